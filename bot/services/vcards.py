"""vCards: contacts to a phone and from one. The one place that knows vobject."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

import vobject

from bot.domain.cards import ContactCard
from bot.domain.errors import Refusal
from bot.domain.profiles import NO_YEAR
from bot.store.models import Contact

_APPLES_NO_YEAR = 1604
"""The year that phones write where a birthday has none."""

MOST = 200


class NoCards(Refusal):
    """Text in which no card is found."""

    message = "There is no vCard in this. It begins with BEGIN:VCARD and has a name (FN)."


class TooManyCards(Refusal):
    """More cards than one takes at once."""

    message = "These are more than {most} cards. Take them in several parts."


def card_of_contact(contact: Contact) -> ContactCard:
    """A contact, with its customer loaded, as a card."""
    return ContactCard(
        contact.name,
        contact.customer.name,
        contact.title,
        contact.email,
        contact.phone,
        contact.birthday_on,
        contact.preferences,
    )


def write_cards(cards: Iterable[ContactCard]) -> bytes:
    """The cards in one file, as vCard 3.0, which every phone reads."""
    return "".join(_written(card) for card in cards).encode()


def _written(card: ContactCard) -> str:
    made = vobject.vCard()
    made.add("fn").value = card.name
    family, given = _parts(card.name)
    made.add("n").value = vobject.vcard.Name(family=family, given=given)
    if card.organisation:
        made.add("org").value = [card.organisation]
    if card.title:
        made.add("title").value = card.title
    if card.phone:
        phone = made.add("tel")
        phone.value, phone.type_param = card.phone, "WORK"
    if card.email:
        mail = made.add("email")
        mail.value, mail.type_param = card.email, "INTERNET"
    if card.birthday_on:
        day = card.birthday_on
        born = made.add("bday")
        if day.year == NO_YEAR:
            born.value, born.x_apple_omit_year_param = f"{_APPLES_NO_YEAR}-{day:%m-%d}", str(_APPLES_NO_YEAR)
        else:
            born.value = day.isoformat()
    if card.note:
        made.add("note").value = card.note
    return str(made.serialize())


def _parts(name: str) -> tuple[str, str]:
    """Family and given name: a Chinese name begins with the family's, others end with it."""
    if "\u4e00" <= name[0] <= "\u9fff" and " " not in name:
        return name[:1], name[1:]
    given, _space, family = name.rpartition(" ")
    return family, given


def read_cards(text: str) -> list[ContactCard]:
    """The cards in a text; what is around them is ignored. Raises NoCards and TooManyCards."""
    start = text.upper().find("BEGIN:VCARD")
    if start < 0:
        raise NoCards(field="cards")
    found: list[ContactCard] = []
    try:
        for part in vobject.readComponents(text[start:].strip() + "\n", ignoreUnreadable=True):
            card = _read(part)
            if card:
                found.append(card)
            if len(found) > MOST:
                raise TooManyCards(field="cards", most=MOST)
    except (vobject.base.VObjectError, ValueError, AttributeError, KeyError, IndexError) as error:
        if not found:
            raise NoCards(field="cards") from error
    if not found:
        raise NoCards(field="cards")
    return found


def _read(part: Any) -> ContactCard | None:
    if part.name != "VCARD":
        return None
    name = _text(part, "fn")
    if not name and "n" in part.contents:
        held = part.contents["n"][0].value
        name = " ".join(filter(None, (str(held.given), str(held.family)))).strip()
    if not name:
        return None
    organisation = part.contents.get("org", [None])[0]
    held_by = organisation.value if organisation is not None else None
    first = held_by[0] if isinstance(held_by, list) and held_by else held_by
    return ContactCard(
        name[:200],
        (str(first).strip()[:200] or None) if first else None,
        _text(part, "title"),
        _text(part, "email"),
        _text(part, "tel"),
        _born(_text(part, "bday")),
        _text(part, "note"),
    )


def _text(part: Any, name: str) -> str | None:
    found = part.contents.get(name)
    return (str(found[0].value).strip()[:500] or None) if found else None


def _born(typed: str | None) -> date | None:
    """1985-06-07, 19850607, --06-07, and the year that stands for none."""
    if not typed:
        return None
    bare = typed.split("T")[0].replace("-", "")
    year, rest = (bare[:4], bare[4:]) if len(bare) == 8 else (str(NO_YEAR), bare)
    with suppress(ValueError):
        number = NO_YEAR if int(year) == _APPLES_NO_YEAR else int(year)
        return date(number, int(rest[:2]), int(rest[2:4]))
    return None
