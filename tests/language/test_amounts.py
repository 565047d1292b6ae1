"""Amounts, discounts, repetitions and lengths of time."""

from datetime import time
from decimal import Decimal

import pytest

from bot.language import (
    Ambiguous,
    Duration,
    NotUnderstood,
    Recurrence,
    answer_amount,
    read_amount,
    read_duration,
    read_percent,
    read_range,
    read_recurrence,
)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("120k", "120000", None),
        ("1.2m", "1200000", None),
        ("$50k", "50000", "USD"),
        ("US$1.2M", "1200000", "USD"),
        ("50kUSD", "50000", "USD"),
        ("50,000.00", "50000", None),
        ("1.234,56 €", "1234.56", "EUR"),
        ("CHF 1'234.50", "1234.5", "CHF"),
        ("1 234,50 €", "1234.5", "EUR"),
        ("₹5,00,000", "500000", "INR"),
        ("half a million dollars", "500000", "USD"),
        ("two hundred and fifty thousand", "250000", None),
        ("three quarters of a million", "750000", None),
        ("75 usd million", "75000000", "USD"),
        ("15 dollars 50", "15.5", "USD"),
        ("450,000 yen", "450000", "JPY"),
        ("HK$100k", "100000", "HKD"),
        ("¥12万", "120000", "CNY"),
        ("12万5", "125000", None),
        ("12万5千", "125000", None),
        ("三十万元", "300000", "CNY"),
        ("1.2亿", "120000000", None),
        ("1亿2千万", "120000000", None),
        ("3千5百万", "35000000", None),
        ("十二万五", "125000", None),
        ("壹佰贰拾万元整", "1200000", "CNY"),
        ("5千", "5000", None),
        ("10w", "100000", None),
        ("人民币5万", "50000", "CNY"),
        ("5万美金", "50000", "USD"),
        ("10万港币", "100000", "HKD"),
        ("五块五", "5.5", "CNY"),
        ("两美元又三美分", "2.03", "USD"),
        ("１２萬元", "120000", "CNY"),
        ("大约12万左右", "120000", None),
    ],
)
def test_an_amount_is_exact_with_its_currency(text: str, value: str, currency: str | None) -> None:
    amount = read_amount(text)
    assert (amount.value, amount.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", ["abc", "k", "万", "10%", "5kk", "12万80", "1,2345", "", "5 apples"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("€1.234", [("1.234", "EUR"), ("1234", "EUR")]),
        ("¥5000", [("5000", "CNY"), ("5000", "JPY")]),
        ("100-150k", [("100000", None), ("150000", None)]),
        ("10万到15万", [("100000", None), ("150000", None)]),
    ],
)
def test_an_amount_with_two_readings_is_asked(text: str, readings: list[tuple[str, str | None]]) -> None:
    with pytest.raises(Ambiguous) as unsure:
        read_amount(text)
    assert [(each.value, each.currency) for each in unsure.value.readings] == [
        (Decimal(value), currency) for value, currency in readings
    ]


def test_the_workspace_settles_signs_that_currencies_share() -> None:
    assert read_amount("$50k", currency="HKD").currency == "HKD"
    assert read_amount("$50k", currency="CNY").currency == "USD"
    assert read_amount("¥5000", currency="JPY").currency == "JPY"
    assert read_amount("120k", currency="CNY").currency is None


def test_a_currency_without_decimals_takes_none() -> None:
    with pytest.raises(NotUnderstood, match="JPY has no decimals"):
        read_amount("100.50 yen")


def test_what_an_amount_is_for_is_kept() -> None:
    assert read_amount("$50 per seat").per == "seat"
    assert read_amount("12万/年").per == "year"
    assert read_amount("每席位50元").per == "seat"


def test_a_range_gives_both_its_amounts() -> None:
    low, high = read_range("$100-150k")
    assert (low.value, high.value, low.currency) == (Decimal(100000), Decimal(150000), "USD")


def test_an_amount_is_printed_with_its_currencys_decimals() -> None:
    assert answer_amount({"text": "12万元"}) == {"amount": "120000.00", "currency": "CNY"}
    assert answer_amount({"text": "five million yen"}) == {"amount": "5000000", "currency": "JPY"}
    assert answer_amount({"text": "1.0753美元"}) == {"amount": "1.0753", "currency": "USD"}


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("85折", "15"),
        ("八五折", "15"),
        ("8.5折", "15"),
        ("打九折", "10"),
        ("七五折", "25"),
        ("半价", "50"),
        ("10% off", "10"),
        ("less 7.5%", "7.5"),
        ("优惠10%", "10"),
        ("让5个点", "5"),
        ("百分之八", "8"),
    ],
)
def test_a_discount_is_percent_off(text: str, off: str) -> None:
    assert read_percent(text) == Decimal(off)


@pytest.mark.parametrize("text", ["105折", "0.5折", "off", "折", "120"])
def test_what_is_no_discount_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_percent(text)


@pytest.mark.parametrize(
    ("text", "repetition"),
    [
        ("every Monday 9:00", Recurrence("weekly", time(9), weekday=0)),
        ("Mondays at 9am", Recurrence("weekly", time(9), weekday=0)),
        ("每周一上午九点", Recurrence("weekly", time(9), weekday=0)),
        ("每周一9点", Recurrence("weekly", time(9), weekday=0)),
        ("daily 8:30", Recurrence("daily", time(8, 30))),
        ("每天早上8:30", Recurrence("daily", time(8, 30))),
        ("weekdays 9:00", Recurrence("weekdays", time(9))),
        ("每个工作日上午9点", Recurrence("weekdays", time(9))),
        ("every other Friday 3pm", Recurrence("weekly", time(15), weekday=4, interval=2)),
        ("monthly on the last working day", Recurrence("monthly", time(9), day=-1, working=True)),
        ("每月最后一个工作日下午4点", Recurrence("monthly", time(16), day=-1, working=True)),
        ("每月5号", Recurrence("monthly", time(9), day=5)),
        ("on the 1st of every month", Recurrence("monthly", time(9), day=1)),
        ("every Monday and Thursday 9:00", Recurrence("weekly", time(9), weekday=0, weekdays=(0, 3))),
        ("every Mon, Wed and Fri 4pm", Recurrence("weekly", time(16), weekday=0, weekdays=(0, 2, 4))),
        ("每周一三五", Recurrence("weekly", time(9), weekday=0, weekdays=(0, 2, 4))),
        ("每周二、四下午3点", Recurrence("weekly", time(15), weekday=1, weekdays=(1, 3))),
        ("每周一和周三上午10点", Recurrence("weekly", time(10), weekday=0, weekdays=(0, 2))),
        ("每周五周五", Recurrence("weekly", time(9), weekday=4)),
        ("每周一十点", Recurrence("weekly", time(10), weekday=0)),
        ("每季度末", Recurrence("quarterly", time(9), day=-1)),
    ],
)
def test_a_repetition_is_read_with_its_local_time(text: str, repetition: Recurrence) -> None:
    assert read_recurrence(text) == repetition


@pytest.mark.parametrize("text", ["every", "9点", "every 5 minutes", "每周一三五八"])
def test_what_is_no_repetition_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_recurrence(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2 hours before", Duration(seconds=7200)),
        ("提前一天", Duration(days=1)),
        ("30 minutes", Duration(seconds=1800)),
        ("提前1小时30分", Duration(seconds=5400)),
        ("an hour and a half", Duration(seconds=5400)),
        ("3 business days", Duration(working_days=3)),
        ("一个半月", Duration(months=1, days=15)),
    ],
)
def test_a_length_of_time_is_read(text: str, length: Duration) -> None:
    assert read_duration(text) == length
