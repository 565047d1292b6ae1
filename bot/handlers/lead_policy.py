"""`/crm lead rules` and `/crm lead away`: how leads are handed out, and who is away."""

import re
from datetime import date
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import local_date, typed_when
from bot.handlers.forms import typed_day
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.router import Routes
from bot.handlers.tasks import chosen_person, person_named
from bot.services.edits import EditConflict
from bot.services.lead_policy import (
    delete_rule,
    edit_policy,
    edit_rule,
    edit_share,
    go_away,
    make_rule,
    raise_rule,
)
from bot.services.pools import today
from bot.services.rights import check_is_admin
from bot.store.people import access_person, find_slack_person, list_admins
from bot.store.pools import access_rule, count_held, find_share, lead_policy, list_rules, list_shares
from bot.views import lead_policy as views
from bot.views.blocks import Message, button, text_message
from bot.views.text import plain, shown

routes = Routes()

_NAMED = re.compile(r"@([^\s,，]+)")
_STANDS_IN = re.compile(r"\b(?:with|and|stands? in|covers?|instead)\b|由|代班|顶班|代|[,，]", re.IGNORECASE)

_UNTIL = re.compile(r"^(?:until|till|to|到|至)|[止]$", re.IGNORECASE)


class NotANumber(Refusal):
    """Something else where a number is asked for."""

    message = "“{typed}” is not a whole number. Type digits, such as: 14"


def whole_number(interaction: Interaction, field: str) -> int | None:
    """A field's whole number; None where it is empty. Raises NotANumber."""
    typed = interaction.form.get(field)
    if not typed:
        return None
    digits = str(typed).replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise NotANumber(field=field, typed=str(typed))
    return int(digits)


def policy_card(interaction: Interaction, said: str | None = None, changeset: str | None = None) -> Message:
    """How leads are handed out, as it is now."""
    session = interaction.session
    shares = list_shares(session)
    return views.card(
        lead_policy(session),
        list_rules(session),
        shares,
        count_held(session, [each.person_id for each in shares]),
        interaction.actor.locale,
        today=today(session, interaction.now),
        may_edit=interaction.actor.is_admin,
        admins=shown(", ".join(person.name for person in list_admins(session)) or "—", 500),
        said="✅ " + said if said else None,
        changeset=changeset,
    )


def _saved(interaction: Interaction, said: str) -> Answer:
    return Answer(policy_card(interaction, said, interaction.changeset))


@routes.action("lead.policy", changes=False)
def press_policy(interaction: Interaction) -> Answer:
    """Show it."""
    return Answer(policy_card(interaction))


@routes.action("lead.policy_edit")
def press_policy_edit(interaction: Interaction) -> Answer:
    """Open the form of the pool."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.policy_form(lead_policy(interaction.session), interaction.actor.locale))


@routes.view("lead.policy")
def submit_policy(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, session = interaction.form, interaction.metadata, interaction.session
    values = {
        "slack_channel": form.get("pool_channel"),
        "idle_days": whole_number(interaction, "idle_days"),
        "warn_days": whole_number(interaction, "warn_days") or 2,
        "most_held": whole_number(interaction, "most_held"),
        "takes_turns": bool(form.get("takes_turns")),
    }
    try:
        edit_policy(
            session, interaction.actor, values, version=metadata.get("version"), seen=metadata.get("seen")
        )
    except EditConflict as conflict:
        policy = lead_policy(session)
        problems = conflict_problems(interaction, conflict, views.policy_values(policy))
        view = views.policy_form(policy, interaction.actor.locale, values=form, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return _saved(interaction, interaction._("Saved."))


@routes.action("rule.new")
def press_rule_new(interaction: Interaction) -> Answer:
    """Open the form of a new rule."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.rule_form(interaction.actor.locale))


@routes.action("rule.edit")
def press_rule_edit(interaction: Interaction) -> Answer:
    """Open the form of a rule."""
    check_is_admin(interaction.session, interaction.actor)
    rule = access_rule(interaction.session, interaction.value["rule"])
    return Answer(modal=views.rule_form(interaction.actor.locale, rule=rule))


def _rule_columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    return {
        "region": form.get("region"),
        "source": form.get("source"),
        "least_size": whole_number(interaction, "least_size"),
        "most_size": whole_number(interaction, "most_size"),
        "person_id": chosen_person(interaction, "owner"),
    }


@routes.view("rule.create")
def submit_rule_create(interaction: Interaction) -> Answer:
    """Keep a new rule."""
    make_rule(interaction.session, interaction.actor, _rule_columns(interaction))
    return _saved(interaction, interaction._("Rule kept."))


@routes.view("rule.edit")
def submit_rule_edit(interaction: Interaction) -> Answer:
    """Save a rule; where somebody else saved the same fields meanwhile, show both."""
    metadata, session = interaction.metadata, interaction.session
    try:
        edit_rule(
            session,
            interaction.actor,
            metadata["rule"],
            _rule_columns(interaction),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        rule = access_rule(session, metadata["rule"])
        problems = conflict_problems(interaction, conflict, views.rule_values(rule))
        view = views.rule_form(
            interaction.actor.locale, rule=rule, values=interaction.form, problems=problems
        )
        return conflict_answer(interaction, conflict, view)
    return _saved(interaction, interaction._("Saved."))


@routes.action("rule.raise")
def press_rule_raise(interaction: Interaction) -> Answer:
    """Let a rule decide earlier."""
    raise_rule(interaction.session, interaction.actor, interaction.value["rule"])
    said = interaction._("Moved up.")
    return Answer(policy_card(interaction, said, interaction.changeset), replace=True)


@routes.action("rule.delete")
def press_rule_delete(interaction: Interaction) -> Answer:
    """Take a rule away."""
    delete_rule(interaction.session, interaction.actor, interaction.value["rule"], now=interaction.now)
    said = interaction._("Deleted.")
    return Answer(policy_card(interaction, said, interaction.changeset), replace=True)


@routes.action("share.new")
def press_share_new(interaction: Interaction) -> Answer:
    """Ask who takes turns from now on."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.share_form(None, None, interaction.actor.locale))


@routes.action("share.edit")
def press_share_edit(interaction: Interaction) -> Answer:
    """Open the form of somebody's part in the turns."""
    check_is_admin(interaction.session, interaction.actor)
    person = access_person(interaction.session, interaction.value["person"])
    share = find_share(interaction.session, person.id)
    return Answer(modal=views.share_form(person, share, interaction.actor.locale))


@routes.view("share.edit")
def submit_share(interaction: Interaction) -> Answer:
    """Save somebody's part; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, session = interaction.form, interaction.metadata, interaction.session
    check_is_admin(session, interaction.actor)
    person_id = metadata.get("person") or chosen_person(interaction, "person") or 0
    values = {
        "takes_turns": bool(form.get("takes_turns")),
        "capacity": whole_number(interaction, "capacity"),
        "away_from": typed_day(form.get("away_from")),
        "away_until": typed_day(form.get("away_until")),
    }
    try:
        edit_share(
            session,
            interaction.actor,
            person_id,
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        share = find_share(session, person_id)
        problems = conflict_problems(interaction, conflict, views.share_values(share))
        view = views.share_form(
            access_person(session, person_id), share, interaction.actor.locale, values=form, problems=problems
        )
        return conflict_answer(interaction, conflict, view)
    return _saved(interaction, interaction._("Saved."))


def away_line(interaction: Interaction, words: str) -> Answer:
    """`lead away until Fri`: away from today on; without a day the form asks."""
    words, stand_in = _with_stand_in(interaction, words)
    words = _UNTIL.sub("", words).strip()
    last = local_date(interaction, typed_when(interaction, "away_until", words)) if words else None
    if last is None:
        share = find_share(interaction.session, interaction.actor.person_id or 0)
        return Answer(modal=views.away_form(share, interaction.actor.locale))
    return _gone(interaction, interaction.today, last, stand_in)


def _with_stand_in(interaction: Interaction, words: str) -> tuple[str, int | None]:
    """The words without the person that they mention, and who that is."""
    found = MENTION.search(words)
    person = find_slack_person(interaction.session, found[1]) if found else None
    if person is None and (found := _NAMED.search(words)):
        person = person_named(interaction, found[1])
    if found is None or person is None:
        return plain(words), None
    rest = _STANDS_IN.sub(" ", f"{words[: found.start()]} {words[found.end() :]}")
    return plain(" ".join(rest.split())), person.id


@routes.action("lead.away")
def press_away(interaction: Interaction) -> Answer:
    """Open the form of one's own absence."""
    share = find_share(interaction.session, interaction.actor.person_id or 0)
    return Answer(modal=views.away_form(share, interaction.actor.locale))


@routes.view("lead.away")
def submit_away(interaction: Interaction) -> Answer:
    """Save one's own absence."""
    form = interaction.form
    first, last = typed_day(form.get("away_from")), typed_day(form.get("away_until"))
    return _gone(interaction, first, last, chosen_person(interaction, "stand_in"))


def _gone(
    interaction: Interaction, first: date | None, last: date | None, stand_in_id: int | None = None
) -> Answer:
    share = go_away(
        interaction.session,
        interaction.actor,
        first=first,
        last=last,
        now=interaction.now,
        stand_in_id=stand_in_id,
    )
    _, locale = interaction._, interaction.actor.locale
    absence = views.away_words(share, locale)
    if absence is None:
        said = "✅ " + _("You are back: leads come to you again, and what waited for you.")
    else:
        said = "🌴 " + _(
            "{absence}. {leads} {reminders}",
            absence=absence[:1].upper() + absence[1:],
            leads=_("While you are away you get no leads by turn or rule, and yours do not go back."),
            reminders=_("Your reminders go to {name}.", name=shown(share.stand_in.name, 80))
            if share.stand_in
            else _("Your reminders wait for you."),
        )
    row = [button(_("Change"), "lead.away"), button(_("Undo"), "undo", changeset=interaction.changeset)]
    return Answer(text_message(said, *row))


def back_line(interaction: Interaction) -> Answer:
    """`lead back`: here again."""
    return _gone(interaction, None, None)
