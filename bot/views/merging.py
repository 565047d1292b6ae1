"""Merging two customers as people see it: the preview with a choice for each field, and what came over."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import N_, translate, translator
from bot.store.finds import Close
from bot.store.models import Customer
from bot.views.blocks import (
    Block,
    Message,
    View,
    button,
    context,
    modal,
    option,
    section,
    select_input,
)
from bot.views.customers import kind_name
from bot.views.duplicates import line
from bot.views.forms import with_problems
from bot.views.text import cut, plain, shown

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
    "partner_id": N_("Partner"),
    "partner_percent": N_("Partner's share"),
    "external_id": N_("External ID"),
}

_MOVED = {
    "contacts": N_("{count} contact|{count} contacts"),
    "opportunities": N_("{count} opportunity|{count} opportunities"),
    "activities": N_("{count} activity|{count} activities"),
    "tasks": N_("{count} task|{count} tasks"),
    "quotes": N_("{count} quote|{count} quotes"),
    "leads": N_("{count} lead|{count} leads"),
}
WINNER, LOSER = "winner", "loser"


def form(
    winner: Customer,
    loser: Customer,
    differing: Sequence[str],
    moving: Mapping[str, int],
    names: Mapping[int, str],
    locale: str,
    *,
    problem: str | None = None,
) -> View:
    """Which value stays where both have one, and what comes over. `names` are of organisations."""
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
    for field in differing:
        options = [
            option(_value(customer, field, names, locale), value)
            for customer, value in ((winner, WINNER), (loser, LOSER))
        ]
        blocks.append(select_input(field, _(LABELS[field]), options, WINNER, optional=False))
    blocks.append(
        context(_("Notes, phones, tags and other names of both stay; what one lacks comes from the other."))
    )
    return modal(
        _("Merge customers"),
        _("Merge"),
        with_problems(blocks, {"": problem} if problem else {}),
        callback="customer.merge",
        close=_("Cancel"),
        customer=winner.id,
        other=loser.id,
        version=winner.version,
        other_version=loser.version,
    )


def _value(customer: Customer, field: str, names: Mapping[int, str], locale: str) -> str:
    value: Any = getattr(customer, field)
    if field == "kind":
        return cut(kind_name(value, locale), 75)
    if field == "owner_id":
        return cut(plain(customer.owner.name if customer.owner else "—"), 75)
    if field in ("parent_id", "partner_id"):
        return cut(plain(names.get(value, "—")), 75)
    return cut(plain(str(value)), 75)


def moved(counts: Mapping[str, int], locale: str) -> str:
    """How many records of which kinds, in words."""
    _ = translator(locale)
    known = [_(_MOVED[table], count=counts[table]) for table in _MOVED if counts.get(table)]
    others = sum(count for table, count in counts.items() if table not in _MOVED)
    if others:
        known.append(_("{count} other record|{count} other records", count=others))
    return _(", ").join(known) or _("nothing")


def pairs(found: Sequence[tuple[Customer, Close]], locale: str, *, said: str | None = None) -> Message:
    """Pairs that are probably one customer, each with a button that merges them."""
    _ = translator(locale)
    heading = _(
        "{count} pair is probably one customer|{count} pairs are probably one customer", count=len(found)
    )
    if not found:
        heading = _("No two customers look like one. I look again every night.")
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(f"*{heading}*" if found else heading))
    lines = []
    for customer, close in found:
        text = f"*{shown(customer.name, 120)}* ⇄ {line(close, locale)}"
        lines.append(text)
        both: dict[str, Any] = {"customer": customer.id, "other": close.customer.id}
        blocks.append(section(text, accessory=button(_("Merge…"), "customer.merge", **both)))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def asks_two(locale: str) -> Message:
    """How one names two customers."""
    text = translate(locale, "Name two customers: `/crm customer merge Acme with Acme Labs`")
    return Message(text, (section(text),))
