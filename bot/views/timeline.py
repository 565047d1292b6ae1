"""The timeline as people read it: what happened, when, who did it and how."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.domain.money import Money
from bot.domain.timeline import OWN, Entry, FieldChange, TimelineKind
from bot.i18n import N_, format_date, format_money, translate, translator
from bot.i18n.formats import format_time
from bot.views import activities as activity_views
from bot.views.blocks import Block, action_row, button, context, option, plain_text, section, value_of
from bot.views.sales_channels import NAMES as CHANNELS
from bot.views.satisfaction import score_words
from bot.views.text import colon, shown
from bot.views.words import CATEGORIES, CONTACT_ROLES, CUSTOMER_KINDS, QUOTE_STATES, TASK_STATES, stage_name

PAGE = 10

KINDS = {
    TimelineKind.ACTIVITY: N_("Activities"),
    TimelineKind.STAGE: N_("Stages"),
    TimelineKind.QUOTE: N_("Quotes"),
    TimelineKind.TASK: N_("Tasks"),
    TimelineKind.RATING: N_("Satisfaction"),
    TimelineKind.DATA: N_("Changes of data"),
}

_FIELDS = {
    "name": N_("Name"),
    "kind": N_("Type"),
    "value_class": N_("Value class"),
    "legal_name": N_("Legal name"),
    "aliases": N_("Also called"),
    "tax_id": N_("Tax id"),
    "industry": N_("Industry"),
    "size": N_("Size"),
    "region": N_("Region"),
    "website": N_("Website"),
    "phone": N_("Phone"),
    "other_phones": N_("Other phones"),
    "addresses": N_("Addresses"),
    "tags": N_("Tags"),
    "note": N_("Note"),
    "parent_id": N_("Parent"),
    "owner_id": N_("Owner"),
    "title": N_("Title"),
    "decision_role": N_("Role in the decision"),
    "email": N_("Mail"),
    "birthday_on": N_("Birthday"),
    "preferences": N_("Preferences"),
    "customer_id": N_("Customer"),
    "amount_minor": N_("Amount"),
    "close_on": N_("Close date"),
    "source": N_("Source"),
    "sales_channel": N_("Sales channel"),
    "partner_id": N_("Partner"),
    "partner_percent": N_("Partner's share in percent"),
    "competitor": N_("Competitor"),
    "probability": N_("Probability"),
    "category": N_("Forecast category"),
    "category_reason": N_("Reason"),
    "score": N_("Score"),
    "strategy": N_("Strategy"),
    "state": N_("State"),
    "total_minor": N_("Total"),
    "valid_until": N_("Valid until"),
    "discount_percent": N_("Discount"),
    "text": N_("Note"),
    "assignee_id": N_("Assignee"),
    "due_on": N_("Due"),
}
"""Fields by their columns; a change of any other is told as one of the record."""

_HOWS = (
    ("import", N_("by import")),
    ("shell", N_("from the shell")),
    ("clock", N_("by rule")),
    ("command", N_("by command")),
    ("view", N_("by form")),
    ("action", N_("by button")),
    ("message_shortcut", N_("from a message")),
    ("global_shortcut", N_("by form")),
)

_ICONS = {
    TimelineKind.STAGE: "🔀",
    TimelineKind.QUOTE: "📄",
    TimelineKind.TASK: "☑️",
    TimelineKind.DATA: "✏️",
}

_WORDS: dict[str, dict[str, str]] = {
    "sales_channel": {str(channel): name for channel, name in CHANNELS.items()},
    "kind": CUSTOMER_KINDS,
    "category": {str(category): name for category, name in CATEGORIES.items()},
    "decision_role": {str(role): name for role, name in CONTACT_ROLES.items()},
}


def blocks(
    entries: Sequence[Entry],
    locale: str,
    *,
    zone: tzinfo,
    customer_id: int,
    kind: TimelineKind | None,
    page: int,
) -> list[Block]:
    """A page of the timeline with its filter and pager; one entry more than a page tells of another page."""
    _ = translator(locale)
    drawn: list[Block] = [_filter(locale, customer_id, kind)]
    day = None
    for entry in entries[:PAGE]:
        local = entry.at.astimezone(zone)
        if local.date() != day:
            day = local.date()
            drawn.append(context(f"*{format_date(day, locale)}*"))
        drawn.append(section(f"{_line(entry, locale)}\n{_source(entry, local, locale)}"))
    if not entries:
        drawn.append(section(_("Nothing here yet. What you log, quote and change shows up here.")))
    row = []
    about: dict[str, Any] = {"customer": customer_id, "tab": "timeline"} | ({"kind": kind} if kind else {})
    if page:
        row.append(button(_("Newer"), "customer.tab", page=page - 1, **about))
    if len(entries) > PAGE:
        row.append(button(_("Older"), "customer.tab", page=page + 1, **about))
    return [*drawn, action_row(*row)] if row else drawn


def _filter(locale: str, customer_id: int, chosen: TimelineKind | None) -> Block:
    _ = translator(locale)
    options = [option(_("Everything"), value_of(customer=customer_id, tab="timeline"))]
    options += [
        option(translate(locale, name), value_of(customer=customer_id, tab="timeline", kind=kind))
        for kind, name in KINDS.items()
    ]
    position = list(KINDS).index(chosen) + 1 if chosen else 0
    return action_row(
        {
            "type": "static_select",
            "action_id": "customer.timeline",
            "placeholder": plain_text(_("Show"), 150),
            "options": options,
            "initial_option": options[position],
        }
    )


def _line(entry: Entry, locale: str) -> str:
    _ = translator(locale)
    name, between = f"*{shown(entry.name, 150)}*", colon(locale)
    match entry.kind, entry.what:
        case TimelineKind.ACTIVITY, _:
            return _activity(entry, locale)
        case TimelineKind.STAGE, _:
            return _move(entry, locale)
        case TimelineKind.QUOTE, "made":
            return f"📄 {_('Quote made')}{between}{name} · {format_money(entry.facts['total'], locale)}"
        case TimelineKind.TASK, "made":
            return f"☑️ {_('Task made')}{between}{name}"
        case TimelineKind.RATING, _:
            return _rating(entry, locale)
        case TimelineKind.DATA, "made":
            made = _("Contact added") if entry.entity == "contacts" else _("Customer made")
            return f"✨ {made}{between}{name}"
    said = [_change(change, locale) for change in entry.changes if _is_told(change.field)]
    subject = "" if entry.entity == "customers" else f"{name} · "
    return f"{_ICONS[entry.kind]} {subject}{_('; ').join(said) or _('Changed')}"


def _activity(entry: Entry, locale: str) -> str:
    kind = str(entry.facts["kind"])
    icon = activity_views.ICONS.get(kind, "📝")
    parts = [f"{icon} *{shown(activity_views.kind_name(kind, locale), 40)}*"]
    if text := " ".join(str(entry.facts["text"] or "").split()):
        parts.append(shown(text, 500))
    return " · ".join(parts)


def _rating(entry: Entry, locale: str) -> str:
    facts = entry.facts
    said = score_words(str(facts["kind"]), int(facts["score"]), locale)
    return f"{said} · {shown(facts['comment'], 500)}" if facts["comment"] else said


def _move(entry: Entry, locale: str) -> str:
    _ = translator(locale)
    facts, name, between = entry.facts, f"*{shown(entry.name, 150)}*", colon(locale)
    amount = f" · {format_money(facts['amount'], locale)}" if facts["amount"] else ""
    to = shown(stage_name(str(facts["to"]), locale), 60)
    if facts["outcome"] == "won":
        return f"🏆 {name}{between}{to}{amount}"
    if facts["outcome"] == "lost":
        reason = f" · {shown(facts['reason'], 150)}" if facts["reason"] else ""
        return f"✖️ {name}{between}{to}{amount}{reason}"
    if facts["from"] is None:
        return f"💼 {_('Opportunity opened')}{between}{name}{amount}"
    return f"🔀 {name}{between}{shown(stage_name(str(facts['from']), locale), 60)} → {to}"


def _is_told(field: str) -> bool:
    return field in _FIELDS or field.startswith(OWN)


def _change(change: FieldChange, locale: str) -> str:
    is_own = change.field.startswith(OWN)
    label = shown(change.field.removeprefix(OWN), 60) if is_own else translate(locale, _FIELDS[change.field])
    old, new = (_value(change.field, value, locale) for value in (change.old, change.new))
    said = f"{old} → {new}" if old else new or "—"
    return f"{label}{colon(locale)}{said}"


def _value(field: str, value: Any, locale: str) -> str:
    match value:
        case None | "" | []:
            return ""
        case bool():
            return translate(locale, "Yes") if value else translate(locale, "No")
        case {"minor": int(minor), "currency": str(currency)}:
            return format_money(Money(minor, currency), locale)
        case list():
            return shown(("、" if locale.startswith("zh") else ", ").join(map(str, value)), 150)
    words = _WORDS.get(field, {}) | (QUOTE_STATES | TASK_STATES if field == "state" else {})
    return translate(locale, words[value]) if value in words else shown(str(value), 150)


def _source(entry: Entry, local: datetime, locale: str) -> str:
    _ = translator(locale)
    parts = [format_time(local, locale)]
    if entry.who:
        parts.append(shown(entry.who, 80))
    how = next((name for start, name in _HOWS if (entry.how or "").split(".")[0] == start), None)
    if how:
        parts.append(translate(locale, how))
    if entry.kind is TimelineKind.ACTIVITY and entry.name:
        parts.append(shown(entry.name, 100))
    link = entry.facts.get("permalink")
    if link:
        parts.append(f"<{link}|{_('Message')}>")
    return f"_{' · '.join(parts)}_"
