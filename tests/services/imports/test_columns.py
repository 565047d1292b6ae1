"""Laws of columns: plain headings need no mapping, doubtful ones are refused with the remedy."""

import pytest

from bot.services.imports import read_mapping
from bot.services.imports.columns import ColumnMap, recognise
from bot.services.imports.refusals import (
    ColumnMissing,
    ColumnsAlike,
    MappedColumnNotAName,
    MappedColumnUnknown,
    MappedFieldUnknown,
    MappedOrderUnknown,
    MappingSaysMore,
    MappingUnreadable,
)
from bot.services.imports.words import FIELDS, headings


@pytest.mark.parametrize(
    ("kind", "names", "fields"),
    [
        (
            "opportunities",
            ("Opportunity ID", "Account Name", "CLOSE-DATE"),
            ["external_id", "customer", "close_date"],
        ),
        (
            "opportunities",
            ("商机编号", "客户名称", "金额", "预计成交日期"),
            ["external_id", "customer", "amount", "close_on"],
        ),
        ("customers", ("客户名称", "所属行业", "备注"), ["name", "industry", "note"]),
        ("people", ("姓名", "角色", "直属上级"), ["name", "role", "manager"]),
        ("products", ("Product", "List Price"), ["name", "price"]),
    ],
)
def test_plain_headings_in_both_languages_need_no_mapping(
    kind: str, names: tuple[str, ...], fields: list[str]
) -> None:
    columns = recognise(kind, names, ColumnMap())
    assert [columns.of[field] for field in fields] == list(names)
    assert columns.others == ()


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_read_by_its_own_name_and_no_word_means_two(kind: str) -> None:
    assert all(headings(kind)[field.replace("_", "")] == field for field in FIELDS[kind])


def test_the_fields_own_name_goes_before_another_word_for_it() -> None:
    columns = recognise("opportunities", ("sales_agent", "owner", "name"), ColumnMap())
    assert columns.of["owner"] == "owner"
    assert columns.others == ("sales_agent",)


def test_two_words_for_one_field_are_refused() -> None:
    with pytest.raises(ColumnsAlike, match=r"Account.*Company.*customer"):
        recognise("opportunities", ("Account", "Company", "name"), ColumnMap())


def test_id_is_the_external_id_of_other_systems_and_dealdesks_own_in_its_exports() -> None:
    assert recognise("opportunities", ("id", "name"), ColumnMap()).of["external_id"] == "id"
    ours = recognise("opportunities", ("id", "external_id", "name"), ColumnMap())
    assert (ours.of["external_id"], ours.own_ids) == ("external_id", "id")
    both = recognise("opportunities", ("id", "opportunity_id", "name"), ColumnMap())
    assert (both.of["external_id"], both.others) == ("opportunity_id", ("id",))


def test_a_file_without_the_column_that_it_lives_by_is_refused() -> None:
    with pytest.raises(ColumnMissing, match=r"name.*foo, bar"):
        recognise("customers", ("foo", "bar"), ColumnMap())


def test_a_mapping_goes_before_everything() -> None:
    said = read_mapping('date_order = "DMY"\n[columns]\namount = "Size"\n', "m.toml")
    columns = recognise("opportunities", ("name", "Size", "amount"), said)
    assert (columns.of["amount"], columns.others, said.date_order) == ("Size", ("amount",), "DMY")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("[columns", MappingUnreadable),
        ('date_order = "YDM"', MappedOrderUnknown),
        ("colums = 1", MappingSaysMore),
        ("[columns]\namount = 3", MappedColumnNotAName),
        ('[columns]\nshoe_size = "name"', MappedFieldUnknown),
        ('[columns]\namount = "Size"', MappedColumnUnknown),
    ],
)
def test_a_mapping_that_says_nothing_true_is_refused_by_name(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=r"m\.toml"):
        recognise("opportunities", ("name",), read_mapping(text, "m.toml"))
