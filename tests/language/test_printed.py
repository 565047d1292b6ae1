"""Reading what Dealdesk prints gives the same value back, for every locale, grain and currency."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global
from babel.dates import format_date as babel_date
from babel.dates import format_datetime
from babel.numbers import format_currency, get_currency_precision, get_territory_currencies
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.domain.money import Money
from bot.i18n import format_date, format_moment, format_money
from bot.language import Ambiguous, Grain, answer_amount, answer_when, read_amount, read_when

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LOCALES = ["en_US", "en_GB", "en_AU", "en_IN", "zh_CN", "zh_TW"]
# Every currency that is money somewhere today (ISO 4217).
CURRENCIES = sorted(
    {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory, date(2026, 1, 1), date(2026, 11, 24))
    }
)
ZONES = ["Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Sydney", "UTC"]

days = some.dates(date(2000, 1, 1), date(2069, 12, 31))
locales = some.sampled_from(LOCALES)


@given(days, locales, some.sampled_from(["full", "long", "medium"]))
@settings(deadline=None, max_examples=60)
def test_a_printed_day_reads_back(day: date, locale: str, form: str) -> None:
    assert read_when(babel_date(day, form, locale=locale), now=NOW).day == day


@given(days, locales)
@settings(deadline=None, max_examples=60)
def test_a_day_in_figures_reads_back_or_is_asked(day: date, locale: str) -> None:
    try:
        read = [
            read_when(
                babel_date(day, "short", locale=locale),
                now=NOW,
                language="zh" if locale[:2] == "zh" else "en",
            )
        ]
    except Ambiguous as unsure:
        read = list(unsure.readings)
    assert day in [each.day for each in read]


@given(days, locales, some.sampled_from(["MMMM y", "y年M月"]))
@settings(deadline=None, max_examples=60)
def test_a_printed_month_reads_back(day: date, locale: str, pattern: str) -> None:
    when = read_when(babel_date(day, pattern, locale=locale), now=NOW)
    assert (when.start.date(), when.grain) == (day.replace(day=1), "month")


@given(days, locales)
@settings(deadline=None, max_examples=60)
def test_a_printed_quarter_reads_back(day: date, locale: str) -> None:
    pattern = "y年QQQQ" if locale.startswith("zh") else "QQQQ y"
    when = read_when(babel_date(day, pattern, locale=locale), now=NOW)
    assert (when.start.date(), when.grain) == (date(day.year, (day.month - 1) // 3 * 3 + 1, 1), "quarter")


moments = some.datetimes(
    datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    datetime(2029, 12, 31, tzinfo=UTC).replace(tzinfo=None),
)


@given(moments, locales)
@settings(deadline=None, max_examples=60)
def test_a_printed_moment_reads_back(moment: datetime, locale: str) -> None:
    printed = format_datetime(moment.replace(microsecond=0), "medium", locale=locale)
    assert read_when(printed, now=NOW).start.replace(tzinfo=None) == moment.replace(microsecond=0)


@given(
    moments,
    some.sampled_from(["en-US", "en-GB", "zh-CN"]),
    some.sampled_from(ZONES),
)
@settings(deadline=None, max_examples=60)
def test_what_a_card_says_reads_back(moment: datetime, locale: str, zone: str) -> None:
    reader = ZoneInfo(zone)
    at = moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(reader)
    now = NOW.astimezone(reader)
    assert read_when(format_date(at.date(), locale), now=now).day == at.date()
    try:
        read = [read_when(format_moment(at, locale), now=now)]
    except Ambiguous as unsure:  # the hour that a change of clocks repeats
        read = list(unsure.readings)
    assert at in [each.start for each in read]


@given(
    some.integers(0, 10**11),
    some.sampled_from(CURRENCIES),
    some.sampled_from(["en_US", "en_GB", "en_IN", "zh_CN", "zh_TW"]),
)
@settings(deadline=None, max_examples=60)
def test_a_printed_amount_reads_back(minor: int, currency: str, locale: str) -> None:
    value = Decimal(minor).scaleb(-get_currency_precision(currency))
    amount = read_amount(format_currency(value, currency, locale=locale), currency=currency)
    assert (amount.value, amount.currency) == (value, currency)


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "zh-CN"])
@pytest.mark.parametrize("minor", [0, 5, 100, 123_456, 123_456_789_000])
def test_money_as_a_card_shows_it_reads_back_in_every_currency(minor: int, locale: str) -> None:
    lost = []
    for currency in CURRENCIES:
        money = Money(minor, currency)
        amount = read_amount(format_money(money, locale), currency=currency)
        if Money.of(amount.value, amount.currency or currency) != money:
            lost.append((currency, format_money(money, locale)))
    assert len(CURRENCIES) > 150
    assert not lost


PRINTED: dict[Grain, tuple[str, str]] = {
    "second": ("MMM d, y, h:mm:ss a", "y年M月d日 HH:mm:ss"),
    "minute": ("MMM d, y, h:mm a", "y年M月d日 HH:mm"),
    "hour": ("MMM d, y, h a", "y年M月d日 HH时"),
    "day": ("MMM d, y", "y年M月d日"),
    "month": ("MMMM y", "y年M月"),
    "quarter": ("QQQ y", "y年'第'Q'季度'"),
    "year": ("y", "y年"),
}


@pytest.mark.parametrize("grain", get_args(Grain))
@pytest.mark.parametrize("locale", ["en_US", "en_GB", "zh_CN"])
@given(moment=moments)
@settings(deadline=None, max_examples=12)
def test_every_grain_reads_back_as_itself(grain: Grain, locale: str, moment: datetime) -> None:
    at = moment.replace(microsecond=0)
    if grain == "week":
        at = datetime.combine(at.date() - timedelta(days=at.weekday()), time(0))
        year, week, _ = at.isocalendar()
        printed = f"week {week} {year}" if locale != "zh_CN" else f"{year}年第{week}周"
    else:
        printed = format_datetime(at, PRINTED[grain][locale == "zh_CN"], locale=locale)
    when = read_when(printed, now=NOW)
    assert when.grain == grain
    cut = {"second": 19, "minute": 16, "hour": 13, "day": 10, "week": 10, "month": 7, "quarter": 4, "year": 4}
    assert when.start.isoformat()[: cut[grain]] == at.isoformat()[: cut[grain]]
    if grain == "quarter":
        assert (when.start.month - 1) // 3 == (at.month - 1) // 3


@given(days)
@settings(deadline=None, max_examples=60)
def test_an_answer_of_the_shell_reads_back(day: date) -> None:
    question = {"now": "2026-11-24T10:00:00", "tz": "UTC"}
    first = answer_when(question | {"text": day.isoformat()})
    again = answer_when(question | {"text": first["start"]})
    assert first["start"] == again["start"] == f"{day.isoformat()}T00:00:00"
    amount = answer_amount({"text": f"{day.toordinal()}.5"})
    assert answer_amount({"text": amount["amount"]}) == amount


@pytest.mark.parametrize("away", range(-400, 401, 7))
def test_days_counted_in_both_languages_agree(away: int) -> None:
    english = f"in {away} days" if away > 0 else f"{-away} days ago"
    chinese = f"{away}天后" if away > 0 else f"{-away}天前"
    if away:
        expected = NOW.date() + timedelta(days=away)
        assert read_when(english, now=NOW).day == read_when(chinese, now=NOW).day == expected
