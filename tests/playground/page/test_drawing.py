"""Every kind of block is drawn, with what stands in its controls."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground.page.drawing import Drawing, Surface
from bot.playground.page.forms import drafts_of, field_name, with_drafts
from bot.playground.page.reader import Reader
from bot.playground.slack import NotOnScreen

Json = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
MEI = Reader(
    "U1",
    "en-US",
    SHANGHAI,
    datetime(2026, 11, 23, tzinfo=UTC),
    {"U1": "Mei Chen", "U2": "Bot"},
    {"C1": "sales"},
    frozenset({"U2"}),
)
DRAWING = Drawing(lambda named: f"/file/{named.get('id') or named.get('url')}")


def draw(*blocks: Json, **surface: Any) -> str:
    return " ".join(str(DRAWING.blocks(blocks, MEI, Surface("m", **surface))).split())


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


WON = {"type": "text", "text": "Won"}
ONE = {"text": plain("One"), "value": "1"}


def asks(element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": "b",
        "label": plain("Field"),
        "element": {"action_id": "a", **element},
        **more,
    }


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "header", "text": plain("A < B")}, 'aria-level="2">A &lt; B<'),
        ({"type": "divider"}, "<hr"),
        ({"type": "markdown", "text": "**bold** <b>x</b>"}, "<strong>bold</strong> &lt;b&gt;x&lt;/b&gt;"),
        (
            {
                "type": "image",
                "image_url": "https://a.example/i.png",
                "alt_text": "A chart",
                "title": plain("Q4"),
            },
            'src="https://a.example/i.png" alt="A chart"',
        ),
        ({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A chart"}, 'src="/file/F1"'),
        (
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "*soon*"}]},
            "<span><strong>soon</strong></span>",
        ),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "Stage"}], [rich(WON)]]},
            '<th class="left">Stage</th>',
        ),
        (rich({"type": "text", "text": "x", "style": {"bold": True}}), "<strong>x</strong>"),
        (rich({"type": "user", "user_id": "U1"}), "@Mei Chen"),
        (rich({"type": "link", "url": "https://a.example", "text": "page"}), '<a href="https://a.example"'),
        ({"type": "carousel", "elements": []}, "cannot draw a block of type carousel"),
    ],
)
def test_blocks_are_drawn(block: Json, shown: str) -> None:
    assert shown in draw(block)


def test_a_problem_stands_at_its_field_and_is_announced_with_it() -> None:
    block = asks({"type": "plain_text_input"}, hint=plain("A hint"))
    drawn = draw(block, problems={"b": "Please complete this required field."})
    assert 'aria-invalid="true"' in drawn
    described = re.search(r'aria-describedby="(\S+) (\S+)"', drawn)
    assert described
    assert f'<p class="error" id="{described[1]}">' in drawn
    assert f'<p class="hint" id="{described[2]}">A hint</p>' in drawn


def test_people_can_be_chosen_and_bots_cannot() -> None:
    drawn = draw(asks({"type": "users_select", "initial_user": "U1"}))
    assert 'value="U1"' in drawn
    assert "Bot" not in drawn


@pytest.mark.parametrize(
    ("element", "given", "held"),
    [
        ({"type": "plain_text_input"}, ["a line"], {"value": "a line"}),
        ({"type": "plain_text_input"}, [""], {"value": None}),
        ({"type": "datepicker"}, ["2026-12-31"], {"selected_date": "2026-12-31"}),
        ({"type": "datetimepicker"}, ["2026-12-01T09:00"], {"selected_date_time": 1796086800}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
        ({"type": "checkboxes", "options": [ONE]}, [], {"selected_options": []}),
        (
            {"type": "external_select"},
            ['{"text": {"type": "plain_text", "text": "Acme"}, "value": "7"}'],
            {"selected_option": {"text": plain("Acme"), "value": "7"}},
        ),
    ],
)
def test_what_a_control_holds_is_kept_and_drawn_again(element: Json, given: list[str], held: Json) -> None:
    block = asks(element)
    drafts = drafts_of([block], {field_name("b", "a"): given}, SHANGHAI)
    assert drafts == {("b", "a"): {"type": element["type"], **held}}
    drawn = draw(*with_drafts([block], drafts))
    for value in (v for v in given if v and not v.startswith("{")):
        assert f'value="{value}"' in drawn
    assert "initial_value" not in block["element"]


def test_an_option_that_is_no_longer_offered_is_refused() -> None:
    block = asks({"type": "static_select", "options": [ONE]})
    with pytest.raises(NotOnScreen):
        drafts_of([block], {field_name("b", "a"): ["2"]}, SHANGHAI)
