"""What a form holds: first values, what a person picks or types, and what Slack's client refuses."""

import copy
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.playground.slack.errors import NotOnScreen
from bot.playground.slack.talk import Json

# Where an element's value stands in view.state.values, and where its first value comes from.
HELD_IN = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_LISTS = frozenset(kind for kind, (key, _) in HELD_IN.items() if key.endswith("s"))


@dataclass(frozen=True)
class Place:
    """An element where it stands."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        return (self.block["block_id"], self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """What a person reads on or beside it: a button's text, a field's label, a placeholder."""
        for text in (self.block.get("label"), self.element.get("text"), self.element.get("placeholder")):
            if text:
                return str(text["text"])
        return ""

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def options(self) -> list[Json]:
        """What it offers; an external select offers only what the bot answers."""
        groups = self.element.get("option_groups") or []
        return [*(self.element.get("options") or []), *(o for g in groups for o in g["options"])]


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy of blocks in which everything has a block_id and an action_id, as Slack stores them."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block["block_id"] = block.get("block_id") or secrets.token_urlsafe(4)
        for element in _elements(block):
            if element["type"] not in ("image", "mrkdwn", "plain_text"):
                element["action_id"] = element.get("action_id") or secrets.token_urlsafe(4)
    return blocks


def _elements(block: Json) -> list[Json]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [element for key in ("accessory", "element") if (element := block.get(key))]


def places(blocks: list[Json]) -> Iterator[Place]:
    """Every element that a person can use, in reading order."""
    for block in blocks:
        for element in _elements(block):
            if "action_id" in element:
                yield Place(block, element)


def find(blocks: list[Json], name: str | tuple[str, str], *, block_id: str | None = None) -> Place:
    """The element of this (block_id, action_id), action_id, block_id or label, tried in that order.

    Raises NotOnScreen when there is none, or more than one of that name.
    """
    here = [place for place in places(blocks) if block_id in (None, place.block["block_id"])]
    if isinstance(name, tuple):
        found = [place for place in here if place.key == name]
    else:
        found = (
            [place for place in here if place.element["action_id"] == name]
            or [place for place in here if place.block["block_id"] == name]
            or [place for place in here if place.label == name]
        )
    if len(found) == 1:
        return found[0]
    seen = ", ".join(f"{place.element['action_id']} ({place.label!r})" for place in here) or "nothing"
    how_many = "no element is" if not found else f"{len(found)} elements are"
    raise NotOnScreen(f"{how_many} called {name!r}; on the screen: {seen}")


def initial_values(blocks: list[Json], *, channel: str | None = None) -> dict[tuple[str, str], Json]:
    """The state with which a form opens."""
    return {
        place.key: state_of(place, _first(place, channel))
        for place in places(blocks)
        if place.kind in HELD_IN
    }


def _first(place: Place, channel: str | None) -> Any:
    _, key = HELD_IN[place.kind]
    first = place.element.get(key)
    if first is None and place.element.get("default_to_current_conversation") and channel:
        return [channel] if place.kind in _LISTS else channel
    return first


def state_of(place: Place, held: Any) -> Json:
    """An element's entry in state.values."""
    key, _ = HELD_IN[place.kind]
    empty: Any = [] if place.kind in _LISTS else None
    state: Json = {"type": place.kind, key: empty if held in (None, "", []) else held}
    if place.kind == "timepicker" and place.element.get("timezone"):
        state["timezone"] = place.element["timezone"]
    return state


def held_by(state: Json) -> Any:
    """The value in an entry of state.values."""
    return state[HELD_IN[state["type"]][0]]


def choose(place: Place, value: Any) -> Any:
    """What an element holds when a person gives it `value`.

    Options are named by value, by label or whole; days and times by date, time or datetime, or as Slack
    writes them.
    """
    if value is None:
        return None
    if place.kind in _LISTS:
        return [_single(place, each) for each in (value if isinstance(value, list | tuple) else [value])]
    return _single(place, value)


def _single(place: Place, value: Any) -> Any:
    if isinstance(value, dict):
        return value
    if place.kind in ("static_select", "radio_buttons", "multi_static_select", "checkboxes", "overflow"):
        return option(place.options, value)
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if place.kind == "datetimepicker":
        return int(value)
    return getattr(value, "id", None) or str(value)


def option(options: list[Json], value: Any) -> Json:
    """The option of this value or, failing that, of this label.

    Raises NotOnScreen when none or several carry it.
    """
    found = [o for o in options if o["value"] == str(value)] or [
        o for o in options if o["text"]["text"] == str(value)
    ]
    if len(found) == 1:
        return found[0]
    offered = ", ".join(f"{o['value']} ({o['text']['text']!r})" for o in options) or "nothing"
    raise NotOnScreen(f"no single option is called {value!r}; offered: {offered}")


def complaint(place: Place, held: Any) -> str | None:
    """What Slack's client writes beside a field that it does not submit; None when the field is fine."""
    element = place.element
    if held in (None, "", []):
        return None if place.block.get("optional") else "Please complete this required field."
    if place.kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(held) < least:
            return f"Must be at least {least} characters."
        if len(held) > most:
            return f"Must be at most {most} characters."
    if place.kind == "number_input":
        return _number_complaint(element, held)
    if place.kind == "email_text_input" and not re.fullmatch(r"\S+@\S+\.\S+", held):
        return "Please enter a valid email address."
    if place.kind == "url_text_input" and not re.fullmatch(r"https?://\S+", held):
        return "Please enter a valid URL."
    most_chosen = element.get("max_selected_items")
    if most_chosen and len(held) > most_chosen:
        return f"Please choose at most {most_chosen}."
    return None


def _number_complaint(element: Json, held: str) -> str | None:
    digits = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(digits, held):
        return "Please enter a valid number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(held) < float(least):
        return f"Must be at least {least}."
    if most is not None and float(held) > float(most):
        return f"Must be at most {most}."
    return None
