"""Merging two records as people see them: the preview with a choice for each field, and what came over."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.duplicates import OWN, Kind
from bot.i18n import N_, format_date, format_money, translate, translator
from bot.store.finds import Close
from bot.store.models import Contact, CustomField, Lead
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    modal,
    option,
    search_input,
    section,
    select_input,
)
from bot.views.contacts import birthday, role
from bot.views.custom_fields import value_text
from bot.views.customers import kind_name
from bot.views.duplicates import line, owner_of
from bot.views.forms import with_problems
from bot.views.leads import authority_name
from bot.views.sales_channels import channel_words
from bot.views.text import cut, plain, shown
from bot.views.words import source_name

LABELS = {
    "name": N_("Name"),
    "kind": N_("Type"),
    "legal_name": N_("Legal name"),
    "tax_id": N_("Tax ID"),
    "industry": N_("Industry"),
    "size": N_("Size"),
    "region": N_("Region"),
    "website": N_("Website"),
    "phone": N_("Phone"),
    "owner_id": N_("Owner"),
    "parent_id": N_("Belongs to"),
    "sales_channel": N_("Sales channel"),
    "external_id": N_("External ID"),
    "customer_id": N_("Customer"),
    "title": N_("Title"),
    "decision_role": N_("Role in the decision"),
    "email": N_("Mail"),
    "birthday_on": N_("Birthday"),
    "contact_name": N_("Contact's name"),
    "source": N_("Source"),
    "campaign": N_("Campaign"),
    "budget": N_("Budget"),
    "authority": N_("Authority"),
    "needed_on": N_("Time"),
}

_MOVED = {
    "contacts": N_("{count} contact|{count} contacts"),
    "opportunities": N_("{count} opportunity|{count} opportunities"),
    "activities": N_("{count} activity|{count} activities"),
    "tasks": N_("{count} task|{count} tasks"),
    "quotes": N_("{count} quote|{count} quotes"),
    "leads": N_("{count} lead|{count} leads"),
}
_TITLES = {
    Kind.CUSTOMERS: N_("Merge customers"),
    Kind.CONTACTS: N_("Merge contacts"),
    Kind.LEADS: N_("Merge leads"),
}
_STAYS = {
    Kind.CUSTOMERS: N_(
        "Notes, phones, tags and other names of both stay; what one lacks comes from the other."
    ),
    Kind.CONTACTS: N_("Preferences of both stay; what one lacks comes from the other."),
    Kind.LEADS: N_("Needs and notes of both stay; what one lacks comes from the other."),
}
_FOUND = {
    Kind.CUSTOMERS: N_("{count} pair is probably one customer|{count} pairs are probably one customer"),
    Kind.CONTACTS: N_("{count} pair is probably one contact|{count} pairs are probably one contact"),
    Kind.LEADS: N_("{count} pair is probably one lead|{count} pairs are probably one lead"),
}
_NONE = {
    Kind.CUSTOMERS: N_("No two customers look like one. I look again every night."),
    Kind.CONTACTS: N_("No two contacts look like one. I look again every night."),
    Kind.LEADS: N_("No two open leads look like one. I look again every night."),
}
_EXAMPLES = {
    Kind.CUSTOMERS: N_("Name two customers: `/crm customer merge Acme with Acme Labs`"),
    Kind.CONTACTS: N_("Name two contacts: `/crm contact merge Li Na with 李娜`"),
    Kind.LEADS: N_("Name two leads: `/crm lead merge Acme with Acme Labs`"),
}
NOUNS = {Kind.CUSTOMERS: "customer", Kind.CONTACTS: "contact", Kind.LEADS: "lead"}
"""The command, and what routes, search fields and hints of a kind are called."""
WINNER, LOSER = "winner", "loser"


def form(
    kind: Kind,
    winner: Any,
    loser: Any,
    differing: Sequence[str],
    moving: Mapping[str, int],
    names: Mapping[int, str],
    locale: str,
    *,
    own: Sequence[CustomField] = (),
    problem: str | None = None,
) -> View:
    """Which value stays where both have one, and what comes over.

    `names` are of organisations, `own` the fields that admins defined.
    """
    _ = translator(locale)
    blocks: list[Block] = [
        section(
            _(
                "*{loser}* becomes part of *{winner}*. You can undo it afterwards.",
                loser=shown(loser.name, 150),
                winner=shown(winner.name, 150),
            )
        ),
        context(_("Comes over: {records}", records=moved(moving, locale))),
    ]
    fields = {OWN + each.key: each for each in own}
    for field in differing:
        if field.startswith(OWN) and field not in fields:
            continue  # of a field that was deleted: the winner's stays
        options = [
            option(cut(plain(_value(record, field, names, fields, locale)), 75), value)
            for record, value in ((winner, WINNER), (loser, LOSER))
        ]
        label = fields[field].name if field in fields else _label(kind, field, locale)
        blocks.append(select_input(field, label, options, WINNER, optional=False))
    blocks.append(context(_(_STAYS[kind])))
    noun = NOUNS[kind]
    return modal(
        _(_TITLES[kind]),
        _("Merge"),
        with_problems(blocks, {"": problem} if problem else {}),
        callback=f"{noun}.merge",
        close=_("Cancel"),
        version=winner.version,
        other_version=loser.version,
        **{noun: winner.id, "other": loser.id},
    )


def _label(kind: Kind, field: str, locale: str) -> str:
    if kind is Kind.LEADS and field == "size":
        return translate(locale, "People there")
    return translate(locale, LABELS[field])


def _value(
    record: Any, field: str, names: Mapping[int, str], fields: Mapping[str, CustomField], locale: str
) -> str:
    if field in fields:
        return value_text(fields[field], record.custom[fields[field].key], locale)
    value: Any = getattr(record, field)
    match field:
        case "kind":
            return kind_name(value, locale)
        case "owner_id":
            return owner_of(record).name if owner_of(record) else "—"
        case "sales_channel":
            return channel_words(record, locale)
        case "parent_id" | "customer_id":
            return names.get(value, "—")
        case "decision_role":
            return role(value, locale)
        case "birthday_on":
            return birthday(value, locale)
        case "budget":
            return format_money(value, locale)
        case "authority":
            return authority_name(value, locale) or "—"
        case "source":
            return source_name(value, locale)
    return format_date(value, locale) if isinstance(value, date) else str(value)


def moved(counts: Mapping[str, int], locale: str) -> str:
    """How many records of which kinds, in words."""
    _ = translator(locale)
    known = [_(_MOVED[table], count=counts[table]) for table in _MOVED if counts.get(table)]
    others = sum(count for table, count in counts.items() if table not in _MOVED)
    if others:
        known.append(_("{count} other record|{count} other records", count=others))
    return _(", ").join(known) or _("nothing")


def pairs(kind: Kind, found: Sequence[tuple[Any, Close[Any]]], locale: str) -> Message:
    """Pairs that are probably one, each with buttons to merge them or to say that they are two."""
    _ = translator(locale)
    heading = _(_FOUND[kind], count=len(found)) if found else _(_NONE[kind])
    blocks: list[Block] = [section(f"*{heading}*" if found else heading)]
    lines = []
    for number, (record, close) in enumerate(found):
        text = f"*{shown(record.name, 120)}*{_whose(record)} ⇄ {line(kind, close, locale)}"
        lines.append(text)
        both: dict[str, Any] = {NOUNS[kind]: record.id, "other": close.record.id}
        row = action_row(
            button(_("Merge…"), f"{NOUNS[kind]}.merge", **both),
            button(_("Not the same"), f"{NOUNS[kind]}.apart", **both),
        )
        blocks += [section(text), row | {"block_id": f"{kind}_{number}"}]
    return Message("\n".join([heading, *lines]), tuple(blocks))


def _whose(record: Any) -> str:
    """What tells the first of a pair from the second where their names are one."""
    if isinstance(record, Contact):
        return f" · {shown(record.customer.name, 80)}"
    if isinstance(record, Lead) and record.contact_name:
        return f" · {shown(record.contact_name, 80)}"
    return ""


def choosing(kind: Kind, record: Any, locale: str) -> View:
    """Which other record becomes part of this one?"""
    _ = translator(locale)
    noun = NOUNS[kind]
    return modal(
        _(_TITLES[kind]),
        _("Continue"),
        [
            section(_("What becomes part of *{winner}*?", winner=shown(record.name, 150))),
            search_input(noun, _("The other one"), optional=False),
            context(_("You see both, field by field, before anything happens.")),
        ],
        callback=f"{noun}.merge_other",
        close=_("Cancel"),
        **{noun: record.id},
    )


def asks_two(kind: Kind, locale: str) -> Message:
    """How one names two."""
    text = translate(locale, _EXAMPLES[kind])
    return Message(text, (section(text),))
