"""The elements that people click, choose and type in.

docs.slack.dev/reference/block-kit/block-elements
"""

import datetime as dt
import zoneinfo
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from tests.payloads.objects import (
    OWN_VALUES,
    Choices,
    Confirmation,
    ConversationFilter,
    DispatchConfig,
    MarkedOption,
    Option,
    OverflowOption,
    require_among,
)
from tests.payloads.rich_text import RichText
from tests.payloads.shapes import Identifier, PlainText, Shape, Url, at_most, length


def _day(value: str) -> str:
    dt.date.fromisoformat(value)
    return value


def _number(value: str) -> str:
    try:
        Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number") from None
    return value


def _zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise ValueError(f"{value!r} is not an IANA time zone")
    return value


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]
Minute = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Instant = Annotated[int, Field(ge=1_000_000_000, le=9_999_999_999)]
Number = Annotated[str, AfterValidator(_number)]
Zone = Annotated[str, AfterValidator(_zone)]
Ids = Annotated[list[Annotated[str, length(1, 255)]], Field(min_length=1)]


class Element(Shape):
    action_id: Identifier | None = None


class Confirmable(Element):
    confirm: Confirmation | None = None


class Focusable(Element):
    focus_on_load: bool | None = None


class Placed(Focusable):
    placeholder: Annotated[PlainText, at_most(150)] | None = None


class Typed(Placed):
    """A field that people type in."""

    dispatch_action_config: DispatchConfig | None = None


class Menu(Placed, Confirmable):
    """A select menu."""


class MultiMenu(Menu):
    max_selected_items: Annotated[int, Field(ge=1)] | None = None


class Button(Confirmable):
    type: Literal["button"]
    text: Annotated[PlainText, at_most(75)]
    value: Annotated[str, length(1, 2000)] | None = None
    url: Url | None = None
    style: Literal["primary", "danger"] | None = None
    accessibility_label: Annotated[str, length(1, 75)] | None = None


class IconButton(Confirmable):
    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: Annotated[PlainText, at_most(75)]
    value: Annotated[str, length(1, 2000)] | None = None
    accessibility_label: Annotated[str, length(1, 75)] | None = None
    visible_to_user_ids: Annotated[list[str], length(0, 10)] | None = None


class FeedbackButton(Shape):
    text: Annotated[PlainText, at_most(75)]
    value: Annotated[str, length(1, 2000)]
    accessibility_label: Annotated[str, length(1, 75)] | None = None


class FeedbackButtons(Element):
    type: Literal["feedback_buttons"]
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class Overflow(Confirmable):
    type: Literal["overflow"]
    options: Annotated[list[OverflowOption], length(1, 5), OWN_VALUES]


class Checkboxes(Confirmable, Focusable):
    type: Literal["checkboxes"]
    options: Annotated[list[MarkedOption], length(1, 10), OWN_VALUES]
    initial_options: Annotated[list[MarkedOption], length(1, 10), OWN_VALUES] | None = None

    @model_validator(mode="after")
    def _starts_with_its_own(self) -> Self:
        require_among(self.initial_options or [], self.options)
        return self


class RadioButtons(Confirmable, Focusable):
    type: Literal["radio_buttons"]
    options: Annotated[list[MarkedOption], length(1, 10), OWN_VALUES]
    initial_option: MarkedOption | None = None

    @model_validator(mode="after")
    def _starts_with_its_own(self) -> Self:
        require_among([self.initial_option] if self.initial_option else [], self.options)
        return self


class DatePicker(Menu):
    type: Literal["datepicker"]
    initial_date: Day | None = None


class TimePicker(Menu):
    type: Literal["timepicker"]
    initial_time: Minute | None = None
    timezone: Zone | None = None


class DateTimePicker(Confirmable, Focusable):
    type: Literal["datetimepicker"]
    initial_date_time: Instant | None = None


class StaticMenu(Choices):
    @model_validator(mode="after")
    def _offers_something(self) -> Self:
        if not self.all_options():
            raise ValueError("a static menu needs at least one option")
        return self


class StaticSelect(Menu, StaticMenu):
    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _starts_with_its_own(self) -> Self:
        require_among([self.initial_option] if self.initial_option else [], self.all_options())
        return self


class MultiStaticSelect(MultiMenu, StaticMenu):
    type: Literal["multi_static_select"]
    initial_options: Annotated[list[Option], length(1, 100), OWN_VALUES] | None = None

    @model_validator(mode="after")
    def _starts_with_its_own(self) -> Self:
        require_among(self.initial_options or [], self.all_options())
        return self


class ExternalSelect(Menu):
    type: Literal["external_select"]
    initial_option: Option | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class MultiExternalSelect(MultiMenu):
    type: Literal["multi_external_select"]
    initial_options: Annotated[list[Option], length(1, 100), OWN_VALUES] | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class UsersSelect(Menu):
    type: Literal["users_select"]
    initial_user: Annotated[str, StringConstraints(pattern=r"^[UW][A-Z0-9]+$")] | None = None


class MultiUsersSelect(MultiMenu):
    type: Literal["multi_users_select"]
    initial_users: Ids | None = None


class ConversationsSelect(Menu):
    type: Literal["conversations_select"]
    initial_conversation: Annotated[str, length(1, 255)] | None = None
    default_to_current_conversation: bool | None = None
    response_url_enabled: bool | None = None
    filter: ConversationFilter | None = None


class MultiConversationsSelect(MultiMenu):
    type: Literal["multi_conversations_select"]
    initial_conversations: Ids | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class ChannelsSelect(Menu):
    type: Literal["channels_select"]
    initial_channel: Annotated[str, length(1, 255)] | None = None
    response_url_enabled: bool | None = None


class MultiChannelsSelect(MultiMenu):
    type: Literal["multi_channels_select"]
    initial_channels: Ids | None = None


class PlainTextInput(Typed):
    type: Literal["plain_text_input"]
    initial_value: Annotated[str, length(0, 3000)] | None = None
    multiline: bool | None = None
    min_length: Annotated[int, Field(ge=0, le=3000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=3000)] | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        least, most = self.min_length or 0, self.max_length or 3000
        if least > most:
            raise ValueError("min_length is above max_length")
        if self.initial_value and not least <= len(self.initial_value) <= most:
            raise ValueError("initial_value is outside min_length and max_length")
        return self


class EmailInput(Typed):
    type: Literal["email_text_input"]
    initial_value: str | None = None


class UrlInput(Typed):
    type: Literal["url_text_input"]
    initial_value: str | None = None


class NumberInput(Typed):
    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: Number | None = None
    min_value: Number | None = None
    max_value: Number | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        given = [v for v in (self.min_value, self.initial_value, self.max_value) if v is not None]
        numbers = [Decimal(value) for value in given]
        if numbers != sorted(numbers):
            raise ValueError("min_value, initial_value and max_value are out of order")
        if not self.is_decimal_allowed and any(number % 1 for number in numbers):
            raise ValueError("a decimal number where is_decimal_allowed is false")
        return self


class RichTextInput(Typed):
    type: Literal["rich_text_input"]
    initial_value: RichText | None = None


class FileInput(Element):
    type: Literal["file_input"]
    filetypes: Annotated[list[str], Field(min_length=1)] | None = None
    max_files: Annotated[int, Field(ge=1, le=10)] | None = None


Select = StaticSelect | ExternalSelect | UsersSelect | ConversationsSelect | ChannelsSelect
MultiSelect = (
    MultiStaticSelect
    | MultiExternalSelect
    | MultiUsersSelect
    | MultiConversationsSelect
    | MultiChannelsSelect
)
Chosen = Select | MultiSelect | Checkboxes | RadioButtons | DatePicker | TimePicker
