"""What the page's controls hold, as the pretend Slack keeps it, and back again.

The page names every control by its block and action (`field_name`), so what a browser sends is read by
walking the same blocks again; a name that no block has is never looked at.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import N_
from bot.playground.page.reader import Reader
from bot.playground.slack.forms import HELD_IN, Place, choose, held_by, places, state_of

Json = dict[str, Any]
Fields = Mapping[str, list[str]]
Drafts = Mapping[tuple[str, str], Json]

_COMPLAINTS = (
    N_("Please complete this required field."),
    N_("Please enter a valid email address."),
    N_("Please enter a valid URL."),
    N_("Please enter a valid number."),
    N_("Must be at least {number} characters."),
    N_("Must be at most {number} characters."),
    N_("Must be at least {number}."),
    N_("Must be at most {number}."),
    N_("Please choose at most {number}."),
)


def field_name(block_id: str, action_id: str) -> str:
    """The name of a control in the page."""
    return json.dumps([block_id, action_id], ensure_ascii=False, separators=(",", ":"))


def drafts_of(blocks: list[Json], fields: Fields, zone: tzinfo) -> dict[tuple[str, str], Json]:
    """What every control among `blocks` holds; moments in `fields` are local to `zone`.

    Raises NotOnScreen when a field holds an option that is no longer offered.
    """
    drafts = {}
    for place in places(blocks):
        name = field_name(*place.key)
        if place.kind in HELD_IN and (name in fields or place.kind in ("checkboxes", "radio_buttons")):
            drafts[place.key] = state_of(place, held(place, fields.get(name, []), zone))
    return drafts


def held(place: Place, given: list[str], zone: tzinfo) -> Any:
    """What one control holds, from what its fields in the page hold."""
    values: list[Any] = [value for value in given if value != ""]
    if place.kind == "file_input":
        return [json.loads(value) for value in values]
    if place.kind.endswith("external_select"):
        values = [json.loads(value) for value in values]
    if place.kind.startswith("multi_") or place.kind == "checkboxes":
        return choose(place, values)
    if not values:
        return None
    if place.kind == "datetimepicker":
        return int(datetime.fromisoformat(values[0]).replace(tzinfo=zone).timestamp())
    return _rich(values[0]) if place.kind == "rich_text_input" else choose(place, values[0])


def with_drafts(blocks: list[Json], drafts: Drafts) -> list[Json]:
    """The blocks as they stand when people have filled them in: every control starts with what it holds."""
    by_element = {}
    for place in places(blocks):
        key = HELD_IN.get(place.kind, ("", ""))[1]
        if key and place.key in drafts:
            by_element[id(place.element)] = {**place.element, key: held_by(drafts[place.key])}

    def filled(part: Any) -> Any:
        return by_element.get(id(part), part)

    return [
        {
            **block,
            **{key: filled(block[key]) for key in ("element", "accessory") if key in block},
            **({"elements": [filled(e) for e in block["elements"]]} if block["type"] == "actions" else {}),
        }
        for block in blocks
    ]


def complaint_in(problem: str, reader: Reader) -> str:
    """What stands beside a field: the client's own complaints translated, the bot's words as they came."""
    number = re.search(r"-?\d[\d.]*(?=[ .])", problem)
    plain = problem.replace(number[0], "{number}", 1) if number else problem
    if plain not in _COMPLAINTS:
        return problem
    return reader.say(plain, number=number[0]) if number else reader.say(plain)


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
