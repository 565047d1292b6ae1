"""vCards and birthdays as people see them."""

from collections.abc import Sequence
from datetime import date

from bot.domain.profiles import NO_YEAR
from bot.i18n import format_date, translator
from bot.store.models import Contact
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    modal,
    search_input,
    section,
    text_input,
    text_message,
)
from bot.views.contacts import birthday, line
from bot.views.text import shown


def on_its_way(count: int, locale: str) -> Message:
    """The file comes in a direct message."""
    _ = translator(locale)
    return text_message(
        "📇 "
        + _(
            "{count} card is on its way to your direct messages. Open it on the phone to save it.|"
            "{count} cards are on their way to your direct messages. Open them on the phone to save them.",
            count=count,
        )
    )


def reading(locale: str) -> Message:
    """The file is being read; what came of it follows."""
    _ = translator(locale)
    return text_message("📇 " + _("The cards are being read. What comes of them follows in your messages."))


def not_taken(name: str, why: str, locale: str) -> Message:
    """A file of cards that nothing came of, and why."""
    _ = translator(locale)
    text = _("Nothing was taken from “{name}”: {why}", name=shown(name, 100), why=why)
    return text_message("📇 " + text, button(_("Contacts from vCard"), "contact.import"))


def form(locale: str, *, cards: str = "") -> View:
    """The form for cards that are pasted."""
    _ = translator(locale)
    inputs = [
        text_input(
            "cards",
            _("vCards"),
            cards,
            optional=False,
            multiline=True,
            longest=3000,
            placeholder="BEGIN:VCARD …",
            hint=_("Paste what a phone shares, one card or several."),
        ),
        search_input(
            "customer",
            _("Customer"),
            placeholder=_("Empty: as each card's organisation says"),
        ),
    ]
    return modal(_("Contacts from vCard"), _("Save"), inputs, callback="contact.import", close=_("Cancel"))


def taken(kept: Sequence[Contact], new: int, locale: str, *, changeset: str) -> Message:
    """What came of the cards."""
    _ = translator(locale)
    known = len(kept) - new
    heading = "✅ " + (
        _("{new} added, {known} were here already and got what the cards add.", new=new, known=known)
        if known
        else _("{new} added.", new=new)
    )
    blocks: list[Block] = [section(heading)]
    for each in kept[:15]:
        show = button(_("Show"), "contact.show", contact=each.id)
        blocks.append(section(f"{line(each, locale)}\n{shown(each.customer.name, 100)}", accessory=show))
    blocks.append(action_row(button(_("Undo"), "undo", changeset=changeset)))
    lines = [f"{line(each, locale)} · {shown(each.customer.name, 100)}" for each in kept[:15]]
    return Message("\n".join([heading, *lines]), tuple(blocks))


def birthdays(found: Sequence[tuple[date, Contact]], locale: str, *, today: date, mine: bool) -> Message:
    """The coming birthdays, each with a button that asks for a reminder."""
    _ = translator(locale)
    heading = f"*🎂 {_('Birthdays in the next 60 days')}*"
    everybody = [button(_("Everybody's"), "again", verb="contact", text="birthdays all")] if mine else []
    if not found:
        nothing = _("None that is known. Add one: `/crm contact Acme Li Na birthday: 5 May`")
        return text_message(f"{heading}\n{nothing}", *everybody)
    blocks: list[Block] = [section(heading)]
    lines = []
    for day, contact in found[:20]:
        who = f"*{shown(contact.name, 100)}* · {shown(contact.customer.name, 100)}"
        said = f"{who} · {_when(day, today, locale)}"
        if contact.preferences:
            said += f"\n{shown(contact.preferences, 200)}"
        remind = button(_("Remind me"), "contact.remind", contact=contact.id)
        blocks.append(section(said, accessory=remind))
        lines.append(said)
    if everybody:
        blocks.append(action_row(*everybody))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def _when(day: date, today: date, locale: str) -> str:
    _ = translator(locale)
    days = (day - today).days
    if days == 0:
        return _("today")
    return _(
        "{day}, in {count} day|{day}, in {count} days", day=format_date(day, locale, year=False), count=days
    )


def birthday_notice(contact: Contact, day: date, today: date, locale: str) -> Message:
    """The reminder of a birthday, with what they like."""
    _ = translator(locale)
    assert contact.birthday_on is not None
    who = {"name": shown(contact.name, 100), "customer": shown(contact.customer.name, 100)}
    if day < today:
        had = birthday(day.replace(year=NO_YEAR), locale)
        said = _("{name} ({customer}) had a birthday on {day}.", day=had, **who)
    else:
        said = _("Birthday of {name} ({customer}): {when}.", when=_when(day, today, locale), **who)
    blocks: list[Block] = [section(f"🎂 {said}")]
    text = said
    if contact.preferences:
        likes = f"{_('Preferences')}: {shown(contact.preferences, 500)}"
        blocks.append(section(likes))
        text += f"\n{likes}"
    blocks.append(
        action_row(
            button(_("Show"), "contact.show", contact=contact.id),
            button(_("Log"), "activity.new", customer=contact.customer_id),
            button(_("Task"), "task.new", customer=contact.customer_id),
            button(_("Remind me no more"), "contact.remind", contact=contact.id),
        )
    )
    return Message(f"🎂 {text}", tuple(blocks))
