"""The blocks, and which elements each one holds. docs.slack.dev/reference/block-kit/blocks"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from tests.payloads.elements import (
    Button,
    Chosen,
    DateTimePicker,
    EmailInput,
    FeedbackButtons,
    FileInput,
    IconButton,
    NumberInput,
    Overflow,
    PlainTextInput,
    RichTextInput,
    UrlInput,
)
from tests.payloads.objects import Picture
from tests.payloads.rich_text import RichText
from tests.payloads.shapes import AltText, AnyText, Identifier, Mrkdwn, PlainText, Shape, Url, at_most, length

HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=3000)]


class Block(Shape):
    block_id: Identifier | None = None


class Actions(Block):
    type: Literal["actions"]
    elements: Annotated[
        list[
            Annotated[
                Button | Overflow | DateTimePicker | RichTextInput | Chosen, Field(discriminator="type")
            ]
        ],
        length(1, 25),
    ]

    @model_validator(mode="after")
    def _has_one_primary(self) -> Self:
        styles = [element.style for element in self.elements if isinstance(element, Button)]
        if styles.count("primary") > 1:
            raise ValueError("only one button of a set is primary")
        return self


class Context(Block):
    type: Literal["context"]
    elements: Annotated[
        list[Annotated[PlainText | Mrkdwn | Picture, Field(discriminator="type")]],
        length(1, 10),
    ]


class ContextActions(Block):
    type: Literal["context_actions"]
    elements: Annotated[
        list[Annotated[FeedbackButtons | IconButton, Field(discriminator="type")]],
        length(1, 5),
    ]


class Divider(Block):
    type: Literal["divider"]


class Header(Block):
    type: Literal["header"]
    text: Annotated[PlainText, at_most(150)]


class Image(Block, Picture):
    title: Annotated[PlainText, at_most(2000)] | None = None


class Input(Block):
    type: Literal["input"]
    label: Annotated[PlainText, at_most(2000)]
    element: Annotated[
        Chosen
        | DateTimePicker
        | EmailInput
        | FileInput
        | NumberInput
        | PlainTextInput
        | RichTextInput
        | UrlInput,
        Field(discriminator="type"),
    ]
    hint: Annotated[PlainText, at_most(2000)] | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None

    @model_validator(mode="after")
    def _dispatches_what_it_can(self) -> Self:
        if self.dispatch_action and isinstance(self.element, FileInput):
            raise ValueError("dispatch_action does not go with a file_input")
        return self


class Markdown(Block):
    type: Literal["markdown"]
    text: Annotated[str, length(1, 12_000)]


class Section(Block):
    type: Literal["section"]
    text: AnyText | None = None
    fields: Annotated[list[Annotated[AnyText, at_most(2000)]], length(1, 10)] | None = None
    accessory: Annotated[Button | Overflow | Picture | Chosen, Field(discriminator="type")] | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.fields is None:
            raise ValueError("a section needs text or fields")
        return self


class RawText(Shape):
    type: Literal["raw_text"]
    text: Annotated[str, StringConstraints(min_length=1)]


class ColumnSettings(Shape):
    align: Literal["left", "center", "right"] | None = None
    is_wrapped: bool | None = None


Row = Annotated[list[Annotated[RawText | RichText, Field(discriminator="type")]], length(1, 20)]


class Table(Block):
    type: Literal["table"]
    rows: Annotated[list[Row], length(1, 100)]
    column_settings: Annotated[list[ColumnSettings], length(0, 20)] | None = None


class Video(Block):
    type: Literal["video"]
    alt_text: AltText
    title: Annotated[PlainText, at_most(199)]
    video_url: HttpsUrl
    thumbnail_url: Url
    title_url: HttpsUrl | None = None
    description: Annotated[PlainText, at_most(200)] | None = None
    author_name: Annotated[str, length(1, 49)] | None = None
    provider_name: str | None = None
    provider_icon_url: Url | None = None


AnyBlock = Annotated[
    Actions
    | Context
    | ContextActions
    | Divider
    | Header
    | Image
    | Input
    | Markdown
    | RichText
    | Section
    | Table
    | Video,
    Field(discriminator="type"),
]
