"""Contacts as cards that phones read and write."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ContactCard:
    """One person as a card has them."""

    name: str
    organisation: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    birthday_on: date | None = None
    note: str | None = None


def next_birthday(born: date, today: date) -> date:
    """The next day on which a birthday is kept; one of 29 February on the 28th where there is none."""
    for year in (today.year, today.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = date(year, 2, 28)
        if day >= today:
            return day
    raise AssertionError("a birthday comes round every year")
