"""What comes back from our own buttons and forms: hints, of which only the shape is relied on."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.custom_fields import FieldKind
from bot.domain.errors import Refusal
from bot.domain.performance import METRICS, Dimension
from bot.domain.periods import Horizon
from bot.domain.postings import Unfurls
from bot.domain.profiles import ContactRole
from bot.domain.roles import Role
from bot.domain.stages import ForecastCategory, Need, StageKind
from bot.domain.typed import literal

_LARGEST_ID = 2**63 - 1


class Incomplete(Refusal):
    """A button or form without something that it needs: of an older version, or not made by us."""

    message = (
        "Something is missing in this button or form; it may be from an older version. "
        "Run the command again, for example: `/crm day`"
    )


class Hints(dict[str, Any]):
    """Values by name; asking for one that did not come raises Incomplete."""

    def __missing__(self, name: str) -> Any:
        raise Incomplete(field=name)


def read_hints(text: str | None) -> Hints:
    """The values of a button or of a form's metadata; what is not what its name says is left out."""
    if not text:
        return Hints()
    try:
        found = json.loads(text)
    except ValueError:
        return Hints()
    if not isinstance(found, dict):
        return Hints()
    fitting = {name: value for name, value in found.items() if _fits(_HINTS.get(name), value)}
    return Hints(fitting | {name: int(fitting[name]) for name in _IDS if name in fitting})


def read_element(field: str, element: dict[str, Any]) -> Any:
    """What stands in an element of a form: text as typed, choices as their values, nothing as None.

    Raises Incomplete for what its element cannot say.
    """
    value = _element_value(element)
    readers = (_ELEMENTS.get(str(element.get("type"))), _FIELDS.get(field))
    if value is not None and not all(_fits(reader, value) for reader in readers):
        raise Incomplete(field=field)
    return value


def _element_value(element: dict[str, Any]) -> Any:
    if isinstance(element.get("selected_option"), dict):
        return element["selected_option"].get("value")
    if element.get("selected_options") is not None:
        return [option.get("value") for option in element["selected_options"]]
    if element.get("files") is not None:
        return element["files"]
    for key in _CHOSEN:
        if element.get(key) is not None:
            return element[key]
    value = element.get("value")
    return (literal(value.strip()) or None) if isinstance(value, str) else None


_CHOSEN = (
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
)


def _fits(reader: Callable[[Any], object] | None, value: Any) -> bool:
    try:
        return reader is None or reader(value) is not False
    except (ValueError, TypeError, OverflowError, KeyError):
        return False


def is_id(value: Any) -> bool:
    """True for what can be a row's id; raises as int does for what is no number at all."""
    return not isinstance(value, bool | float) and 0 < int(value) <= _LARGEST_ID


def _is_count(value: Any) -> bool:
    return not isinstance(value, bool | float) and 0 <= int(value) <= 10_000


def _is_or_will_be(value: Any) -> bool:
    return str(value).startswith("new:") or is_id(value)


def _are_weekdays(values: Any) -> bool:
    return all(1 <= int(day) <= 7 for day in values)


_IDS = (
    "activity",
    "approval",
    "contact",
    "custom_field",
    "customer",
    "edition",
    "evaluation",
    "from_stage",
    "lead",
    "note",
    "notice",
    "opportunity",
    "other",
    "person",
    "pipeline",
    "quote",
    "rule",
    "schedule",
    "segment",
    "stage",
    "task",
    "team_task",
    "template",
)
_GROUP = re.compile(r"everybody|(?:team|below):[1-9]\d{0,17}|role:(?:rep|manager|admin)")
"""Several people as the form of a task offers them."""
_HINTS: dict[str, Callable[[Any], object]] = dict.fromkeys(_IDS, is_id) | {
    "version": _is_count,
    "other_version": _is_count,
    "offset": _is_count,
    "page": _is_count,
    "days": _is_count,
    "first_task": _is_count,
    "first_opportunity": _is_count,
    "at": lambda value: datetime.fromtimestamp(float(value), UTC),
    "typed_at": lambda value: datetime.fromisoformat(value).utcoffset() is not None,
    "starts_on": date.fromisoformat,
    "since": date.fromisoformat,
    "dimension": Dimension,
    "horizon": Horizon,
    "asked": lambda value: isinstance(value, list) and all(is_id(each) for each in value),
    "changeset": lambda value: isinstance(value, str),
    "choices": lambda value: isinstance(value, dict),
}
_FIELDS: dict[str, Callable[[Any], object]] = {
    "existing": lambda value: value in ("new", "apart") or is_id(value),
    "customer": _is_or_will_be,
    "opportunity": is_id,
    "after": is_id,
    "contact": is_id,
    "decision_maker": is_id,
    "lead": is_id,
    "parent": is_id,
    "stage": is_id,
    "team": _is_or_will_be,
    "manager": is_id,
    "seller": _is_count,
    "group": lambda value: _GROUP.fullmatch(str(value)) is not None,
    "whose": lambda value: value in ("owner", "manager", "person"),
    "quarter": date.fromisoformat,
    "days": _is_count,
    "metric": METRICS.__getitem__,
    "before_stage": is_id,
    "to_stage": is_id,
    "category": lambda value: value == "rule" or ForecastCategory(value),
    # A choice of a stage's form; the field of an activity is free text.
    "needs": lambda values: isinstance(values, str) or [Need(each) for each in values] == values,
    "stage_kind": StageKind,
    "role": Role,
    "decision_role": ContactRole,
    "field_kind": FieldKind,
    "weekdays": _are_weekdays,
    "unfurls": Unfurls,
    "working_days": _are_weekdays,
    "fiscal_start_month": lambda value: 1 <= int(value) <= 12,
}
_ELEMENTS: dict[str, Callable[[Any], object]] = {
    "datepicker": date.fromisoformat,
    "timepicker": time.fromisoformat,
}
