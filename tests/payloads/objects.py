"""Options, confirmations, filters and picture sources.

docs.slack.dev/reference/block-kit/composition-objects
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from tests.payloads.shapes import AltText, AnyText, PlainText, Shape, Url, at_most, length


class MarkedOption(Shape):
    """A choice of radio buttons or checkboxes, which may be formatted."""

    text: Annotated[AnyText, at_most(75)]
    value: Annotated[str, length(1, 150)]
    description: Annotated[AnyText, at_most(75)] | None = None

    def sameness(self) -> tuple[str, str, str]:
        """What Slack compares when it looks for an initial option among the options."""
        return (self.text.text, self.value, self.description.text if self.description else "")


class Option(MarkedOption):
    """A choice of a menu, which may not be formatted."""

    text: Annotated[PlainText, at_most(75)]
    description: Annotated[PlainText, at_most(75)] | None = None


class OverflowOption(Option):
    url: Url | None = None


def _with_their_own_values(options: Sequence[MarkedOption]) -> Sequence[MarkedOption]:
    values = [option.value for option in options]
    repeated = sorted({value for value in values if values.count(value) > 1})
    if repeated:
        raise ValueError(f"the option value {repeated[0]!r} is used twice")
    return options


OWN_VALUES = AfterValidator(_with_their_own_values)


class OptionGroup(Shape):
    label: Annotated[PlainText, at_most(75)]
    options: Annotated[list[Option], length(1, 100), OWN_VALUES]


class Choices(Shape):
    """`options` or `option_groups`, never both: of a static menu and of the answer to an external one."""

    options: Annotated[list[Option], length(0, 100), OWN_VALUES] | None = None
    option_groups: Annotated[list[OptionGroup], length(0, 100)] | None = None

    def all_options(self) -> list[Option]:
        grouped = [option for group in self.option_groups or [] for option in group.options]
        return [*(self.options or []), *grouped]

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.options is None) == (self.option_groups is None):
            raise ValueError("exactly one of options and option_groups is needed")
        return self


def require_among(initial: Sequence[MarkedOption], options: Sequence[MarkedOption]) -> None:
    """Refuse an initial option which does not match one of the options exactly."""
    known = {option.sameness() for option in options}
    for option in initial:
        if option.sameness() not in known:
            raise ValueError(f"the initial option {option.value!r} is not among the options")


class Confirmation(Shape):
    title: Annotated[PlainText, at_most(100)]
    text: Annotated[PlainText, at_most(300)]
    confirm: Annotated[PlainText, at_most(30)]
    deny: Annotated[PlainText, at_most(30)]
    style: Literal["primary", "danger"] | None = None


class DispatchConfig(Shape):
    trigger_actions_on: Annotated[list[Literal["on_enter_pressed", "on_character_entered"]], length(1, 2)]


class ConversationFilter(Shape):
    include: Annotated[list[Literal["im", "mpim", "private", "public"]], Field(min_length=1)] | None = None
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None

    @model_validator(mode="after")
    def _filters_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a filter names at least one criterion")
        return self


class SlackFile(Shape):
    id: Annotated[str, length(1, 255)] | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _has_one_address(self) -> Self:
        if (self.id is None) == (self.url is None):
            raise ValueError("exactly one of id and url is needed")
        return self


class Picture(Shape):
    """An image, as an element or as a block: a source and the words that stand for it."""

    type: Literal["image"]
    alt_text: AltText
    image_url: Url | None = None
    slack_file: SlackFile | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.image_url is None) == (self.slack_file is None):
            raise ValueError("exactly one of image_url and slack_file is needed")
        return self
