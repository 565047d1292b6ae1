"""Laws of vCards and birthdays: what goes out comes in again, whatever is in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import ContactCard, next_birthday
from bot.domain.profiles import NO_YEAR
from bot.services.vcards import NoCards, read_cards, write_cards

WORDS = st.text(
    st.characters(blacklist_categories=("C", "Z"), blacklist_characters="\\"), min_size=1, max_size=20
)
CARDS = st.builds(
    ContactCard,
    name=WORDS,
    organisation=st.none() | WORDS,
    title=st.none() | WORDS,
    email=st.none() | st.emails(),
    phone=st.none() | st.from_regex(r"\\+?[0-9]{5,15}", fullmatch=True),
    birthday_on=st.none() | st.dates(date(NO_YEAR, 1, 1), date(2020, 1, 1)),
    note=st.none() | WORDS,
)


@given(st.lists(CARDS, min_size=1, max_size=4))
def test_cards_that_went_out_come_in_as_they_were(cards: list[ContactCard]) -> None:
    assert read_cards(write_cards(cards).decode()) == cards


def test_cards_of_a_phone_are_read_with_words_around_them() -> None:
    text = """Here is Li Na:
BEGIN:VCARD
VERSION:3.0
N:李;娜;;;
FN:李娜
ORG:华星科技;采购部
TITLE:采购经理
TEL;type=CELL:138 0000 0000
EMAIL;type=INTERNET:li.na@huaxing.cn
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-05
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Baker;Tom
BDAY:19850607
END:VCARD
"""
    first, second = read_cards(text)
    assert first == ContactCard(
        "李娜", "华星科技", "采购经理", "li.na@huaxing.cn", "138 0000 0000", date(NO_YEAR, 5, 5)
    )
    assert (second.name, second.birthday_on) == ("Tom Baker", date(1985, 6, 7))


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCARD", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD"])
def test_a_text_without_a_card_is_refused(text: str) -> None:
    with pytest.raises(NoCards):
        read_cards(text)


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (date(1985, 5, 5), date(2026, 5, 5), date(2026, 5, 5)),
        (date(1985, 5, 5), date(2026, 5, 6), date(2027, 5, 5)),
        (date(NO_YEAR, 2, 29), date(2026, 2, 1), date(2026, 2, 28)),
        (date(NO_YEAR, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_birthday_comes_round_every_year(born: date, today: date, expected: date) -> None:
    assert next_birthday(born, today) == expected
