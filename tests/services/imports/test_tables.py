"""Laws of files: any usual encoding and separator, three formats, and no broken file taken for whole."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.exports import write_file
from bot.services.imports.refusals import (
    ColumnTwice,
    FileEmpty,
    FileUnreadable,
    LineNotAnObject,
    UnknownEnding,
)
from bot.services.imports.tables import read_table

_TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
TEXTS = _TYPED.filter(str.strip)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_chinese_is_read_in_every_usual_encoding(encoding: str) -> None:
    table = read_table("客户,行业\r\n华星科技,软件\r\n".encode(encoding), "客户.csv")
    assert table.columns == ("客户", "行业")
    assert table.rows[0].cells == {"客户": "华星科技", "行业": "软件"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_headings(separator: str) -> None:
    table = read_table(f"name{separator}note\nAcme{separator}a\n".encode(), "a.csv")
    assert table.rows[0].cells == {"name": "Acme", "note": "a"}


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_cell_of_csv_comes_back_whatever_it_begins_with(cells: list[str]) -> None:
    rows = [{"note": cell} for cell in cells]
    table = read_table(write_file(["note"], rows, "csv"), "a.csv")
    assert [row.cells["note"] for row in table.rows] == cells


@pytest.mark.parametrize("cell", ["=1+1", "+86 10", "-2", "@x", "\tx", "\rx", "'=1", "''=1"])
def test_no_cell_of_a_csv_export_can_run(cell: str) -> None:
    written = write_file(["note"], [{"note": cell}], "csv").decode("utf-8-sig").split("\r\n", 1)[1]
    assert written.lstrip('"').startswith("'" + cell)


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1
    )
)
def test_json_lines_and_spreadsheets_keep_text_as_it_is(cells: list[str]) -> None:
    rows = [{"note": cell} for cell in cells]
    for kind in ("jsonl", "xlsx"):
        table = read_table(write_file(["note"], rows, kind), f"a.{kind}")
        assert [row.cells["note"] for row in table.rows] == cells


def test_a_spreadsheet_holds_no_formulas() -> None:
    content = write_file(["note"], [{"note": "=1+1"}], "xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]  # type: ignore[index]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_row_that_was_cut_is_broken_and_its_line_is_told() -> None:
    table = read_table(b'name,note\nAcme,"two\nlines"\nBeta\nGamma,c,d\nDelta,e,,\n', "a.csv")
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "Acme"), (6, "Delta")]
    assert [line for line, _ in table.broken] == [4, 5]


@pytest.mark.parametrize(
    ("content", "file", "refusal"),
    [
        (b"", "a.csv", FileEmpty),
        (b"name,note\n", "a.csv", FileEmpty),
        (b"name,name\na,b\n", "a.csv", ColumnTwice),
        (b'name\n"never closed\n', "a.csv", FileUnreadable),
        (b"not a zip", "a.xlsx", FileUnreadable),
        (b'{"name": ', "a.jsonl", FileUnreadable),
        (b"[1, 2]", "a.jsonl", LineNotAnObject),
        (b"", "a.jsonl", FileEmpty),
        (b"x", "a.pdf", UnknownEnding),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, file: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=file.replace(".", r"\.")):
        read_table(content, file)


def test_sheets_after_the_first_are_told_of() -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["name"])  # type: ignore[union-attr]
    book.active.append(["Acme"])  # type: ignore[union-attr]
    book.create_sheet("Second").append(["x"])
    book.save(content)
    assert read_table(content.getvalue(), "a.xlsx").unread_sheets == ("Second",)


@pytest.mark.parametrize(
    ("content", "file"), [(b"name\nA\0cme\n", "a.csv"), (b'{"name": "A\\u0000cme"}\n', "a.jsonl")]
)
def test_what_no_database_keeps_is_left_out_of_a_cell(content: bytes, file: str) -> None:
    assert read_table(content, file).rows[0].cells == {"name": "Acme"}
