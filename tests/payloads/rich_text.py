"""The rich_text block. docs.slack.dev/reference/block-kit/blocks/rich-text-block"""

from typing import Annotated, Literal

from pydantic import Field

from tests.payloads.shapes import Identifier, Shape, length


class Style(Shape):
    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    code: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None
    client_highlight: bool | None = None
    unlink: bool | None = None


class Inline(Shape):
    style: Style | None = None


class Text(Inline):
    type: Literal["text"]
    text: Annotated[str, length(1, 3000)]


class Link(Inline):
    type: Literal["link"]
    url: Annotated[str, length(1, 3000)]
    text: str | None = None
    unsafe: bool | None = None


class User(Inline):
    type: Literal["user"]
    user_id: Annotated[str, length(1, 255)]


class Channel(Inline):
    type: Literal["channel"]
    channel_id: Annotated[str, length(1, 255)]


class Usergroup(Inline):
    type: Literal["usergroup"]
    usergroup_id: Annotated[str, length(1, 255)]


class Broadcast(Inline):
    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class Emoji(Inline):
    type: Literal["emoji"]
    name: Annotated[str, length(1, 255)]
    unicode: str | None = None
    url: str | None = None


class Color(Inline):
    type: Literal["color"]
    value: Annotated[str, length(1, 255)]


class Date(Inline):
    type: Literal["date"]
    timestamp: int
    format: Annotated[str, length(1, 3000)]
    url: str | None = None
    fallback: str | None = None


AnyInline = Annotated[
    Text | Link | User | Channel | Usergroup | Broadcast | Emoji | Color | Date, Field(discriminator="type")
]


class Bordered(Shape):
    border: Literal[0, 1] | None = None


class RichTextSection(Shape):
    type: Literal["rich_text_section"]
    elements: list[AnyInline]


class RichTextList(Bordered):
    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: list[RichTextSection]
    indent: Annotated[int, Field(ge=0, le=8)] | None = None
    offset: Annotated[int, Field(ge=0)] | None = None


class RichTextQuote(Bordered):
    type: Literal["rich_text_quote"]
    elements: list[AnyInline]


class RichTextPreformatted(Bordered):
    type: Literal["rich_text_preformatted"]
    elements: list[Annotated[Text | Link, Field(discriminator="type")]]


class RichText(Shape):
    type: Literal["rich_text"]
    block_id: Identifier | None = None
    elements: list[
        Annotated[
            RichTextSection | RichTextList | RichTextQuote | RichTextPreformatted, Field(discriminator="type")
        ]
    ]
