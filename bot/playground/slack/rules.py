"""Small rules from which Slack's shapes are put together: how long a text, how many options, which fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """What is wrong with a payload, in Slack's words, each line naming its place as a JSON pointer."""

    lines: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    focused: int = 0
    letters: int = 0
    """Characters of text seen, which Slack limits for a message as a whole."""
    knows_picture: Callable[[str], bool] = lambda _: True

    def add(self, pointer: str, problem: str) -> None:
        self.lines.append(f"{problem} [json-pointer:{pointer}]")


Rule = Callable[[Any, str, Report], None]


def string(most: int, *, least: int = 0, pattern: str | None = None) -> Rule:
    """A string of `least` to `most` characters."""
    compiled = re.compile(pattern) if pattern else None

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(pointer, "must be a string")
        elif len(value) > most:
            report.add(pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report.add(pointer, f"must be more than {least - 1} characters")
        elif compiled and not compiled.fullmatch(value):
            report.add(pointer, "must match the expected format")
        else:
            report.letters += len(value)

    return check


def one_of(*allowed: Any) -> Rule:
    """One of a few values."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if value not in allowed:
            report.add(pointer, "must be one of: " + ", ".join(str(a) for a in allowed))

    return check


def whole(least: int, most: int | None = None) -> Rule:
    """A whole number within bounds."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(pointer, "must be an integer")
        elif value < least:
            report.add(pointer, f"must be greater than or equal to {least}")
        elif most is not None and value > most:
            report.add(pointer, f"must be less than or equal to {most}")

    return check


def boolean(value: Any, pointer: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add(pointer, "must be a boolean")


def anything(value: Any, pointer: str, report: Report) -> None:
    """Accepted as it is."""


def focus(value: Any, pointer: str, report: Report) -> None:
    """focus_on_load, which only one element of a view may ask for."""
    boolean(value, pointer, report)
    report.focused += value is True
    if value is True and report.focused > 1:
        report.add(pointer, "only one element can have focus_on_load set to true")


def action_id(value: Any, pointer: str, report: Report) -> None:
    """An action_id, unique in its block."""
    string(255, least=1)(value, pointer, report)
    if isinstance(value, str):
        if value in report.action_ids:
            report.add(pointer, f'`action_id` "{value}" already exists')
        report.action_ids.add(value)


def block_id(value: Any, pointer: str, report: Report) -> None:
    """A block_id, unique in its message or view."""
    string(255, least=1)(value, pointer, report)
    if isinstance(value, str):
        if value in report.block_ids:
            report.add(pointer, f'`block_id` "{value}" already exists')
        report.block_ids.add(value)


def shape(
    fields: Mapping[str, Rule], *, required: tuple[str, ...] = (), either: tuple[str, ...] = ()
) -> Rule:
    """An object with these fields and no others; exactly one of `either`, where given, must be there."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(pointer, "must be an object")
            return
        for name in required:
            if value.get(name) is None:
                report.add(pointer, f"missing required field: {name}")
        if either and sum(value.get(name) is not None for name in either) != 1:
            report.add(pointer, "must provide exactly one of: " + ", ".join(either))
        for name, inner in value.items():
            rule = fields.get(name)
            if rule is None:
                report.add(pointer, f"invalid additional property: {name}")
            elif inner is not None or name not in required:
                rule(inner, f"{pointer}/{name}", report)

    return check


def several(rule: Rule, most: int, *, least: int = 0) -> Rule:
    """A list of `least` to `most` items that each keep `rule`."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(pointer, "must be an array")
            return
        if len(value) > most:
            report.add(pointer, f"no more than {most} items allowed")
        if len(value) < least:
            report.add(pointer, f"no fewer than {least} items allowed")
        for at, item in enumerate(value):
            rule(item, f"{pointer}/{at}", report)

    return check


def by_type(kinds: Mapping[str, Rule], what: str) -> Rule:
    """An object whose `type` chooses its rule; any other type is refused by name."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(pointer, "must be an object")
        elif value.get("type") is None:
            report.add(pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            report.add(f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            kinds[value["type"]](value, pointer, report)

    check.__doc__ = what
    return check


def plain(most: int) -> Rule:
    """A plain_text object of 1 to `most` characters."""
    return by_type(
        {
            "plain_text": shape(
                {"type": anything, "text": string(most, least=1), "emoji": boolean}, required=("text",)
            )
        },
        "plain text",
    )


def rich(most: int) -> Rule:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    return by_type(
        {
            "plain_text": plain(most),
            "mrkdwn": shape(
                {"type": anything, "text": string(most, least=1), "verbatim": boolean}, required=("text",)
            ),
        },
        "text",
    )
