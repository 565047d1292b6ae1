"""Hand-overs as people see them: the form, what would go, what went."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.handovers import HandoverCounts, HandoverFilter
from bot.i18n import translate, translator
from bot.store.models import Person
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    modal,
    option,
    section,
    select_input,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import plain, shown
from bot.views.words import CUSTOMER_KINDS


def form(
    people: Sequence[Person],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """Whose book goes to whom, and which part of it."""
    _ = translator(locale)
    values = values or {}
    choices = [option(plain(person.name), str(person.id)) for person in people[:100]]
    kinds = [option(translate(locale, name), kind) for kind, name in CUSTOMER_KINDS.items()]
    only = [option(_("Closed opportunities stay where they are"), "open_only")]
    blocks = [
        select_input("giver", _("Whose book"), choices, values.get("giver"), optional=False),
        select_input("taker", _("Who takes it over"), choices, values.get("taker"), optional=False),
        text_input(
            "region",
            _("Only customers in the region"),
            values.get("region"),
            hint=_("Empty means everywhere"),
        ),
        select_input("kind", _("Only customers of the type"), kinds, values.get("kind")),
        checkboxes_input("which", _("Opportunities"), only, values.get("which") or ()),
    ]
    return modal(
        _("Hand over a book"),
        _("Preview"),
        with_problems(blocks, problems or {}),
        callback="handover.preview",
        close=_("Cancel"),
    )


def preview(giver: Person, taker: Person, which: HandoverFilter, counts: HandoverCounts, locale: str) -> View:
    """What would go, to be confirmed."""
    _ = translator(locale)
    text = (
        _("From *{giver}* to *{taker}*:", giver=shown(giver.name, 100), taker=shown(taker.name, 100))
        + "\n"
        + "\n".join(f"• {line}" for line in lines(counts, locale))
    )
    blocks: list[Block] = [section(text)]
    if limits := limited(which, locale):
        blocks.append(context(limits))
    blocks.append(context(_("Histories stay as they are. Both are told, and Undo gives everything back.")))
    return modal(
        _("Hand over a book"),
        _("Hand over"),
        blocks,
        callback="handover.confirm",
        close=_("Cancel"),
        giver=giver.id,
        taker=taker.id,
        region=which.region,
        kind=which.kind,
        open_only=which.open_only,
    )


def limited(which: HandoverFilter, locale: str) -> str:
    """By what the book is cut; empty where all of it goes."""
    _ = translator(locale)
    parts = [_("Region: {region}", region=shown(which.region, 80))] if which.region else []
    parts += [translate(locale, CUSTOMER_KINDS[which.kind])] if which.kind in CUSTOMER_KINDS else []
    parts += [_("open opportunities only")] if which.open_only else []
    return " · ".join(parts)


def lines(counts: HandoverCounts, locale: str) -> list[str]:
    """The counts in words, without those of nothing."""
    _ = translator(locale)
    pairs = [
        (counts.customers, _("{count} customer|{count} customers", count=counts.customers)),
        (counts.opportunities, _("{count} opportunity|{count} opportunities", count=counts.opportunities)),
        (counts.leads, _("{count} open lead|{count} open leads", count=counts.leads)),
        (counts.tasks, _("{count} open task|{count} open tasks", count=counts.tasks)),
    ]
    return [line for count, line in pairs if count]


def done(giver: Person, taker: Person, counts: HandoverCounts, locale: str, *, changeset: str) -> Message:
    """What went."""
    _ = translator(locale)
    text = "✅ " + _(
        "{taker} has taken over from {giver}: {what}.",
        taker=shown(taker.name, 100),
        giver=shown(giver.name, 100),
        what=_(", ").join(lines(counts, locale)),
    )
    row = (
        button(_("Pipeline"), "again", verb="pipeline", text=plain(taker.name)[:100]),
        button(_("Undo"), "undo", changeset=changeset),
    )
    return Message(text, (section(text), action_row(*row)))


def told(
    giver: Person, taker: Person, by: str | None, counts: HandoverCounts, locale: str, *, is_taker: bool
) -> Message:
    """The summary for either of the two."""
    _ = translator(locale)
    who = shown(by, 100) if by else _("An admin")
    if is_taker:
        said = "🤝 " + _("{who} handed {giver}'s book to you:", who=who, giver=shown(giver.name, 100))
        row = [
            button(_("My pipeline"), "again", verb="pipeline", text="mine"),
            button(_("My day"), "again", verb="day", text=""),
        ]
    else:
        said = "🤝 " + _("{who} handed your book to {taker}:", who=who, taker=shown(taker.name, 100))
        row = [button(_("My day"), "again", verb="day", text="")]
    text = said + "\n" + "\n".join(f"• {line}" for line in lines(counts, locale))
    return Message(text, (section(text), action_row(*row)))
