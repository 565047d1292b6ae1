"""One-line commands: which words become what, in both languages, and what is asked."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language import (
    KnownNames,
    Line,
    LineItem,
    nearest_verb,
    read_line,
    verb_of,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY_3PM = datetime(2026, 11, 27, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = KnownNames(
    {
        "customer": [
            (1, "Acme Corp"),
            (2, "Acme Labs Inc."),
            (3, "华星科技有限公司"),
            (4, "华兴集团"),
            (5, "Globex"),
            (6, "Blue Sky Travel"),
        ],
        "stage": [(1, "Negotiation"), (2, "谈判"), (3, "Closed Won")],
        "product": [(1, "Pro"), (2, "Support"), (3, "Windows 11 Pro"), (4, "11 Pro")],
    }
)


def read(text: str, **more: Any) -> Line:
    return read_line(text, now=NOW, **more)


@pytest.mark.parametrize(
    ("text", "verb", "fields", "note"),
    [
        (
            "deal Acme 120k annual licence close end of Dec via referral vs Zoho 60%",
            "deal",
            {
                "customer": "Acme",
                "amount": Decimal(120000),
                "close_on": date(2026, 12, 31),
                "source": "referral",
                "competitor": "Zoho",
                "probability": 60,
            },
            "annual licence",
        ),
        (
            "商机 华星 12万 12月底 转介绍 竞品Zoho",
            "deal",
            {
                "customer": "华星",
                "amount": Decimal(120000),
                "close_on": date(2026, 12, 31),
                "source": "转介绍",
                "competitor": "Zoho",
            },
            "",
        ),
        (
            "log Acme call: wants 50 seats, follow up Fri 3pm",
            "log",
            {
                "customer": "Acme",
                "kind": "call",
                "text": "wants 50 seats",
                "due": FRIDAY_3PM,
                "follow_up": "follow up",
            },
            "",
        ),
        (
            "记 华星 拜访采购经理 要50套 周五下午3点跟进",
            "log",
            {
                "customer": "华星",
                "kind": "visit",
                "text": "拜访采购经理 要50套",
                "due": FRIDAY_3PM,
                "follow_up": "跟进",
            },
            "",
        ),
        (
            "task @someone Acme demo prep Thu",
            "task",
            {"assignee": "@someone", "customer": "Acme", "text": "demo prep", "due": date(2026, 11, 26)},
            "",
        ),
        (
            "派 @某人 华星 周四前备好演示",
            "task",
            {"assignee": "@某人", "customer": "华星", "text": "备好演示", "due": date(2026, 11, 26)},
            "",
        ),
        ("stage Acme negotiation", "stage", {"customer": "Acme", "stage": "negotiation"}, ""),
        ("阶段 华星 推进到 商务谈判", "stage", {"customer": "华星", "stage": "商务谈判"}, ""),
        ("stage Acme lost price too high", "stage", {"customer": "Acme", "stage": "lost"}, "price too high"),
        (
            "quote Acme 50 x Pro, 10 x Support, 8% off, valid 30 days",
            "quote",
            {
                "customer": "Acme",
                "lines": (LineItem("Pro", Decimal(50)), LineItem("Support", Decimal(10))),
                "discount_percent": 8,
                "valid_until": date(2026, 12, 24),
            },
            "",
        ),
        (
            "报价 华星 专业版50套 支持服务10套 打九折 有效期至12月31日",
            "quote",
            {
                "customer": "华星",
                "lines": (LineItem("专业版", Decimal(50)), LineItem("支持服务", Decimal(10))),
                "discount_percent": 10,
                "valid_until": date(2026, 12, 31),
            },
            "",
        ),
        (
            "quote Acme 5 Pro @ $99, 2 Support @ 200, 10% off",
            "quote",
            {
                "customer": "Acme",
                "lines": (
                    LineItem("Pro", Decimal(5), Decimal(99)),
                    LineItem("Support", Decimal(2), Decimal(200)),
                ),
                "discount_percent": 10,
            },
            "",
        ),
        (
            'deal "Q3 Partners Ltd" 50k Dec 31',
            "deal",
            {"customer": "Q3 Partners Ltd", "amount": Decimal(50000), "close_on": date(2026, 12, 31)},
            "",
        ),
        (
            "deal 三一重工 80万 概率40%",
            "deal",
            {"customer": "三一重工", "amount": Decimal(800000), "probability": 40},
            "",
        ),
        (
            "task <@U0123|bob> call Globex tomorrow 10am",
            "task",
            {
                "assignee": "U0123",
                "text": "call Globex",
                "due": datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")),
            },
            "",
        ),
        (
            "log Acme call yesterday: wants 50 seats",
            "log",
            {
                "customer": "Acme",
                "kind": "call",
                "happened_at": date(2026, 11, 23),
                "text": "wants 50 seats",
            },
            "",
        ),
        (
            "log 华星 昨天电话沟通，价格谈妥",
            "log",
            {
                "customer": "华星",
                "kind": "call",
                "happened_at": date(2026, 11, 23),
                "text": "电话沟通，价格谈妥",
            },
            "",
        ),
        (
            "deal 华星 ¥12万 预计12月20日签约 联系人王总",
            "deal",
            {
                "customer": "华星",
                "amount": Decimal(120000),
                "currency": "CNY",
                "close_on": date(2026, 12, 20),
                "contact": "王总",
            },
            "",
        ),
        (
            "lead 张三 华星科技 13900001111 展会",
            "lead",
            {"contact": "张三", "customer": "华星科技", "phone": "13900001111", "source": "展会"},
            "",
        ),
        ("find acme", "find", {"text": "acme"}, ""),
        ("report win rate by source", "report", {"text": "win rate by source"}, ""),
        ("foo bar", None, {}, "foo bar"),
    ],
)
def test_every_word_of_a_line_becomes_a_field_or_the_note(
    text: str, verb: str | None, fields: dict[str, Any], note: str
) -> None:
    line = read(text)
    assert (line.verb, dict(line.fields), line.note, line.asks) == (verb, fields, note, ())


@pytest.mark.parametrize(
    ("text", "field", "readings"),
    [
        ("deal Acme 12/11 50k", "close_on", (date(2026, 12, 11), date(2027, 11, 12))),
        ("deal Acme 100-150k Dec", "amount", (Decimal(100000), Decimal(150000))),
        ("deal Acme $1.234 Dec 1", "amount", (Decimal("1.234"), Decimal(1234))),
        ("task Acme renewal next week", "due", (date(2026, 11, 30), date(2026, 12, 4))),
        (
            "任务 华星 周五3点 演示",
            "due",
            (FRIDAY_3PM, datetime(2026, 11, 27, 3, 0, tzinfo=ZoneInfo("Asia/Shanghai"))),
        ),
    ],
)
def test_words_with_two_readings_are_asked_and_never_guessed(
    text: str, field: str, readings: tuple[Any, ...]
) -> None:
    line = read(text)
    assert [(ask.field, ask.readings) for ask in line.asks] == [(field, readings)]
    assert field not in line.fields


@pytest.mark.parametrize("day", ["31 Feb", "Feb 31st", "2月31日", "2026-02-30"])
def test_a_day_that_does_not_exist_is_not_understood_and_not_a_month(day: str) -> None:
    line = read(f"deal Acme 45k {day}")
    assert [(ask.field, ask.readings, ask.typed) for ask in line.asks] == [("close_on", (), day)]
    assert ("close_on" in line.fields, line.note) == (False, "")


def test_the_longest_known_customer_wins_and_the_rest_is_the_note() -> None:
    line = read("deal Acme Labs annual licence 120k", names=KNOWN)
    assert (line.fields["customer"], line.matches["customer"].id, line.note) == (
        "Acme Labs Inc.",
        2,
        "annual licence",
    )


def test_a_near_name_is_asked_with_the_names_it_may_be() -> None:
    line = read("商机 华星 12万", names=KNOWN)
    assert [match.name for match in line.asks[0].readings] == ["华星科技有限公司", "华兴集团"]
    assert line.fields["customer"] == "华星"


@pytest.mark.parametrize("line", ["deal Globex 5k <@U0123456789>", "lead Li Wei <@U0123456789|li>"])
def test_the_digits_of_a_mention_are_no_phone(line: str) -> None:
    read_fields = read(line).fields
    assert read_fields["owner"] == "U0123456789"
    assert "phone" not in read_fields


def test_a_new_name_is_kept_as_typed() -> None:
    line = read("deal Initech 50k", names=KNOWN)
    assert (line.fields["customer"], line.asks, dict(line.matches)) == ("Initech", (), {})


def test_a_stage_of_the_pipeline_is_known_by_its_name_and_a_slip_is_asked() -> None:
    assert read("stage Acme Corp closed won 120k", names=KNOWN).fields["stage"] == "Closed Won"
    slip = read("stage Globex negotiaton", names=KNOWN)
    assert [match.name for match in slip.asks[0].readings] == ["Negotiation"]


def test_the_words_of_each_field_are_named() -> None:
    line = read("deal Acme 120k close end of Dec")
    assert line.words == {"customer": "Acme", "amount": "120k", "close_on": "end of Dec"}


def test_a_verb_given_by_the_command_is_not_looked_for_in_the_text() -> None:
    line = read("Deal Makers Inc 50k", verb="deal")
    assert (line.verb, line.fields["customer"]) == ("deal", "Deal Makers Inc")


def test_text_beyond_what_is_read_is_never_lost() -> None:
    long = "log Acme call: " + "long story " * 1000
    text = read(long).fields["text"]
    assert text.count("long story") == 1000


@pytest.mark.parametrize(
    ("word", "verb"), [("商机", "deal"), ("Deal", "deal"), ("记", "log"), ("派", "task"), ("dela", None)]
)
def test_verbs_have_words_in_both_languages(word: str, verb: str | None) -> None:
    assert verb_of(word) == verb


@pytest.mark.parametrize(
    ("word", "verb"), [("dela", "deal"), ("forcast", "forecast"), ("报价表", "quote"), ("zzz", None)]
)
def test_an_unknown_word_gets_the_nearest_verb(word: str, verb: str | None) -> None:
    assert nearest_verb(word) == verb


@pytest.mark.parametrize(
    ("line", "person", "company"),
    [
        ("lead Jane Doe Globex", "Jane Doe", "Globex"),
        ("lead Jane Doe Globex via referral", "Jane Doe", "Globex"),
        ("lead Mary J. Blue Sky Travel", None, "Mary J. Blue Sky Travel"),
        ("lead Mary Jane Blue Sky Travel", "Mary Jane", "Blue Sky Travel"),
        ("线索 李娜 华星科技有限公司", "李娜", "华星科技有限公司"),
        ("lead Nordic Globex", None, "Nordic Globex"),
        ("lead Jane Doe Initech", None, "Jane Doe Initech"),
        ("lead Globex North America", None, "Globex"),
        ("lead Sales Director Globex", None, "Sales Director Globex"),
    ],
)
def test_a_person_before_a_known_customer_is_its_contact_and_nothing_is_guessed_of_another(
    line: str, person: str | None, company: str
) -> None:
    fields = read(line, names=KNOWN).fields
    assert (fields.get("contact"), fields["customer"]) == (person, company)


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("quote Globex 50 Pro 10 Support", [("Pro", 50), ("Support", 10)]),
        ("quote Globex 50 Pro 10 Support 8% off", [("Pro", 50), ("Support", 10)]),
        ("quote Globex 2 Windows 11 Pro", [("Windows 11 Pro", 2)]),
        ("quote Globex 2 Windows 11 Pro 5 Support", [("Windows 11 Pro", 2), ("Support", 5)]),
        ("quote Globex 50 Pro 10 Care", [("Pro 10 Care", 50)]),
        ("报价 Globex 50 Pro 10 Support 打92折", [("Pro", 50), ("Support", 10)]),
    ],
)
def test_products_in_a_row_are_parted_where_the_price_list_knows_them_all(
    line: str, items: list[tuple[str, int]]
) -> None:
    read_items = read(line, names=KNOWN).fields["lines"]
    assert [(each.product, each.quantity) for each in read_items] == items


def test_a_price_behind_products_in_a_row_is_the_last_ones() -> None:
    first, last = read("quote Globex 50 Pro 10 Support at 20", names=KNOWN).fields["lines"]
    assert (first.unit_price, last.unit_price) == (None, 20)


def test_behind_a_chinese_comma_stand_no_decimals_but_groups_of_three_digits_may() -> None:
    several = read_line("商机 华星 含50套Pro 单价120，10套Team", now=NOW)
    assert [(str(each.quantity), each.product) for each in several.fields["lines"]] == [
        ("50", "Pro"),
        ("10", "Team"),
    ]
    assert read_line("商机 华星 120，000", now=NOW).fields["amount"] == Decimal("120000")
