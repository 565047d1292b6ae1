"""How leads are handed out, as people see it: the pool, the turns, the rules, and who is away."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.i18n import format_date, translator
from bot.store.models import LeadPolicy, LeadRule, LeadShare, Person
from bot.store.pools import is_away
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    date_input,
    divider,
    fields,
    header,
    modal,
    option,
    plain_text,
    section,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown
from bot.views.words import source_name

MOST_RULES, MOST_SHARES = 10, 12


def card(
    policy: LeadPolicy,
    rules: Sequence[LeadRule],
    shares: Sequence[LeadShare],
    held: Mapping[int, int],
    locale: str,
    *,
    today: date,
    may_edit: bool,
    admins: str,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The pool, the rules in their order, and whose turn it may be."""
    _ = translator(locale)
    title = _("How leads are handed out")
    pairs = _pairs(policy, locale)
    blocks: list[Block] = [section(said)] if said else []
    blocks += [header(title), fields(pairs), divider()]
    lines = [f"{place}. {rule_line(rule, locale)}" for place, rule in enumerate(rules, 1)]
    blocks += _rules(rules, lines, locale, may_edit=may_edit)
    people = [share_line(each, held.get(each.person_id, 0), locale, today=today) for each in shares]
    blocks += _people(shares, people, locale, may_edit=may_edit)
    if not may_edit:
        blocks.append(context(_("Admins: {names}", names=admins)))
    blocks.append(_actions(locale, may_edit=may_edit, changeset=changeset))
    text = [said or title, *(f"{label}: {value}" for label, value in pairs), *lines, *people]
    return Message("\n".join(text), tuple(blocks))


def _pairs(policy: LeadPolicy, locale: str) -> list[tuple[str, str]]:
    _ = translator(locale)
    never = _("never")
    back = _("after {count} day|after {count} days", count=policy.idle_days) if policy.idle_days else never
    warned = _("{count} day before|{count} days before", count=policy.warn_days)
    return [
        (_("Pool's channel"), f"<#{policy.slack_channel}>" if policy.slack_channel else _("none yet")),
        (_("An idle lead goes back"), back),
        (_("Its owner is told"), warned if policy.idle_days else "—"),
        (_("One person holds at most"), str(policy.most_held) if policy.most_held else _("any number")),
        (_("New leads go by turn"), _("yes") if policy.takes_turns else _("no: to the pool")),
    ]


def _rules(rules: Sequence[LeadRule], lines: Sequence[str], locale: str, *, may_edit: bool) -> list[Block]:
    _ = translator(locale)
    if not rules:
        return [
            section(f"*{_('Rules')}*\n" + _("No rule yet: new leads of nobody go by turn or to the pool."))
        ]
    blocks = [section(f"*{_('Rules: the first that fits decides')}*")]
    for place, (rule, line) in enumerate(zip(rules[:MOST_RULES], lines, strict=False)):
        if not may_edit:
            blocks.append(section(line))
            continue
        row = [button(_("Edit"), "rule.edit", rule=rule.id), button(_("Delete"), "rule.delete", rule=rule.id)]
        if place:
            row.insert(0, button(_("Move up"), "rule.raise", rule=rule.id))
        blocks += [section(line), action_row(*row)]
    if len(rules) > MOST_RULES:
        blocks.append(section("\n".join(lines[MOST_RULES:])))
    return blocks


def rule_line(rule: LeadRule, locale: str) -> str:
    """Which leads go to whom."""
    _ = translator(locale)
    wanted = []
    if rule.region:
        wanted.append(_("region {region}", region=shown(rule.region, 60)))
    if rule.source:
        wanted.append(_("source {source}", source=shown(source_name(rule.source, locale), 60)))
    if rule.least_size and rule.most_size:
        wanted.append(_("{least} to {most} people", least=rule.least_size, most=rule.most_size))
    elif rule.least_size:
        wanted.append(_("{least} people or more", least=rule.least_size))
    elif rule.most_size:
        wanted.append(_("at most {most} people", most=rule.most_size))
    return f"{', '.join(wanted)} → *{shown(rule.person.name, 80) if rule.person else _('the pool')}*"


def _people(shares: Sequence[LeadShare], lines: Sequence[str], locale: str, *, may_edit: bool) -> list[Block]:
    _ = translator(locale)
    if not shares:
        return [divider(), section(f"*{_('Turns')}*\n" + _("Nobody takes turns yet."))]
    blocks: list[Block] = [divider(), section(f"*{_('Turns')}*")]
    for share, line in list(zip(shares, lines, strict=True))[:MOST_SHARES]:
        change = button(_("Edit"), "share.edit", person=share.person_id) if may_edit else None
        blocks.append(section(line, accessory=change))
    return blocks


def share_line(share: LeadShare, held: int, locale: str, *, today: date) -> str:
    """One person's part in the turns."""
    _ = translator(locale)
    of = f"{held} / {share.capacity}" if share.capacity else str(held)
    facts = [_("takes turns") if share.takes_turns else _("takes no turns"), _("holds {count}", count=of)]
    if absence := away_words(share, locale):
        facts.append(("🌴 " if is_away(share, today) else "") + absence)
    return f"*{shown(share.person.name, 80)}* · {' · '.join(facts)}"


def away_words(share: LeadShare, locale: str) -> str | None:
    """When somebody is away; None where they are not."""
    _ = translator(locale)
    first, last = share.away_from, share.away_until
    if first and last:
        return _(
            "away from {first} to {last}", first=format_date(first, locale), last=format_date(last, locale)
        )
    if last:
        return _("away until {last}", last=format_date(last, locale))
    return _("away from {first} on", first=format_date(first, locale)) if first else None


def _actions(locale: str, *, may_edit: bool, changeset: str | None) -> Block:
    _ = translator(locale)
    row = []
    if may_edit:
        row += [
            button(_("Edit pool"), "lead.policy_edit", style=None if changeset else "primary"),
            button(_("Add rule"), "rule.new"),
            button(_("Add somebody"), "share.new"),
        ]
    row += [button(_("My absence"), "lead.away"), button(_("Pool"), "lead.list#pool", whose="pool")]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return action_row(*row)


def policy_values(policy: LeadPolicy) -> dict[str, Any]:
    """What the form of the policy shows."""
    return {
        "pool_channel": policy.slack_channel,
        "idle_days": policy.idle_days,
        "warn_days": policy.warn_days,
        "most_held": policy.most_held,
        "takes_turns": ["yes"] if policy.takes_turns else [],
    }


def policy_form(
    policy: LeadPolicy,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of the pool: channel, days, limit, turns."""
    _ = translator(locale)
    values = values if values is not None else policy_values(policy)
    place: Block = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    if values.get("pool_channel"):
        place["initial_conversation"] = values["pool_channel"]
    blocks = [
        {
            "type": "input",
            "block_id": "pool_channel",
            "label": plain_text(_("Pool's channel"), 2000),
            "optional": True,
            "element": place | {"action_id": "pool_channel"},
            "hint": plain_text(_("Leads that nobody has are posted there, with a Claim button."), 2000),
        },
        _number("idle_days", _("Days without work until a lead goes back"), values, _("Empty: never")),
        _number("warn_days", _("Days before that, its owner is told"), values),
        _number("most_held", _("Open leads that one person may hold"), values, _("Empty: any number")),
        checkboxes_input(
            "takes_turns",
            _("New leads without an owner"),
            [option(_("go by turn to those who take turns"), "yes")],
            list(values.get("takes_turns") or []),
        ),
    ]
    return modal(
        _("Lead pool"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="lead.policy",
        close=_("Cancel"),
        version=policy.version,
    )


def _number(field: str, label: str, values: Mapping[str, Any], hint: str | None = None) -> Block:
    value = values.get(field)
    return text_input(field, label, str(value) if value else None, longest=9, hint=hint)


def rule_values(rule: LeadRule) -> dict[str, Any]:
    """What the form of a rule shows."""
    found: dict[str, Any] = {
        name: getattr(rule, name) for name in ("region", "source", "least_size", "most_size")
    }
    return found | {"owner": rule.person.slack_user_id if rule.person else None}


def rule_form(
    locale: str,
    *,
    rule: LeadRule | None = None,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a rule: for which leads, and who gets them."""
    _ = translator(locale)
    values = values if values is not None else rule_values(rule) if rule else {}
    blocks = [
        text_input("region", _("Region"), values.get("region")),
        text_input("source", _("Source"), values.get("source")),
        _number("least_size", _("At least so many people"), values),
        _number("most_size", _("At most so many people"), values),
        user_input("owner", _("Who gets them"), values.get("owner"), hint=_("Empty: they go to the pool")),
    ]
    metadata = {"rule": rule.id, "version": rule.version} if rule else {}
    return modal(
        _("Edit rule") if rule else _("New rule"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="rule.edit" if rule else "rule.create",
        close=_("Cancel"),
        **metadata,
    )


def share_values(share: LeadShare | None) -> dict[str, Any]:
    """What the form of somebody's part shows."""
    if share is None:
        return {"takes_turns": ["yes"]}
    return {
        "takes_turns": ["yes"] if share.takes_turns else [],
        "capacity": share.capacity,
        "away_from": share.away_from.isoformat() if share.away_from else None,
        "away_until": share.away_until.isoformat() if share.away_until else None,
    }


def share_form(
    person: Person | None,
    share: LeadShare | None,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of one person's part in the turns; without a person it asks for one."""
    _ = translator(locale)
    values = values if values is not None else share_values(share)
    first: Block = (
        section(f"*{shown(person.name, 200)}*") if person else user_input("person", _("Who"), optional=False)
    )
    blocks = [
        first,
        checkboxes_input(
            "takes_turns",
            _("Turns"),
            [option(_("takes turns"), "yes")],
            list(values.get("takes_turns") or []),
        ),
        _number("capacity", _("Carries so many open leads"), values, _("Empty: as many as anybody")),
        *_absence(values, locale),
    ]
    metadata = {"person": person.id, "version": share.version if share else None} if person else {}
    return modal(
        _("Turns"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="share.edit",
        close=_("Cancel"),
        **{key: value for key, value in metadata.items() if value is not None},
    )


def away_form(share: LeadShare | None, locale: str, *, values: Mapping[str, Any] | None = None) -> View:
    """The form of one's own absence."""
    _ = translator(locale)
    values = values if values is not None else share_values(share)
    note = context(_("While you are away you get no leads by turn or rule, and yours do not go back."))
    stand_in = share.stand_in if share else None
    reminded = user_input(
        "stand_in",
        _("Who is reminded in your place"),
        stand_in.slack_user_id if stand_in else None,
        hint=_("Nobody: your reminders wait until you are back."),
    )
    blocks = [*_absence(values, locale), reminded, note]
    return modal(_("My absence"), _("Save"), blocks, callback="lead.away", close=_("Cancel"))


def _absence(values: Mapping[str, Any], locale: str) -> list[Block]:
    _ = translator(locale)
    return [
        date_input("away_from", _("First day away"), values.get("away_from")),
        date_input("away_until", _("Last day away"), values.get("away_until"), hint=_("Both empty: here")),
    ]
