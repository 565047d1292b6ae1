"""Messages, modals and Home tabs: what each holds, and what holds across all blocks of one.

docs.slack.dev/reference/methods/chat.postMessage, docs.slack.dev/reference/views,
docs.slack.dev/messaging/message-metadata
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from tests.payloads.blocks import AnyBlock
from tests.payloads.shapes import Identifier, PlainText, Shape, Url, at_most, formatted, length, problems_in

Json = Mapping[str, Any]
Place = Literal["message", "modal", "home"]

VIEW_BYTES = 250_000
# Slack answers msg_blocks_too_long somewhere above 13,000 characters; its reference names no number.
BLOCK_CHARACTERS = 13_000

Scalar = str | int | float | bool
MessageText = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(formatted)]


class Metadata(Shape):
    event_type: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$", max_length=255)]
    event_payload: dict[str, Scalar | dict[str, Scalar] | list[Scalar | dict[str, Scalar]]]


class AttachmentField(Shape):
    title: str | None = None
    value: str | None = None
    short: bool | None = None


class Attachment(Shape):
    """A secondary attachment without its legacy actions."""

    color: Annotated[str, StringConstraints(pattern=r"^(good|warning|danger|#?[0-9A-Fa-f]{6})$")] | None = (
        None
    )
    blocks: Annotated[list[AnyBlock], length(0, 50)] | None = None
    fallback: str | None = None
    pretext: str | None = None
    title: str | None = None
    title_link: Url | None = None
    text: str | None = None
    fields: list[AttachmentField] | None = None
    image_url: Url | None = None
    thumb_url: Url | None = None
    author_name: str | None = None
    author_link: Url | None = None
    author_icon: Url | None = None
    footer: Annotated[str, length(0, 300)] | None = None
    footer_icon: Url | None = None
    ts: int | str | None = None
    mrkdwn_in: list[Literal["pretext", "text", "fields"]] | None = None


class Message(BaseModel):
    """What a message says; where it goes and who says it are arguments of the method."""

    model_config = ConfigDict(strict=True)

    text: MessageText | None = None
    blocks: Annotated[list[AnyBlock], length(0, 50)] | None = None
    attachments: Annotated[list[Attachment], length(0, 100)] | None = None
    markdown_text: Annotated[str, length(1, 12_000)] | None = None
    metadata: Metadata | None = None

    @model_validator(mode="after")
    def _is_readable_everywhere(self) -> Self:
        if self.markdown_text and (self.text or self.blocks):
            raise ValueError("markdown_text does not go with text or blocks")
        if self.markdown_text or self.text:
            return self
        if self.blocks or self.attachments:
            raise ValueError(
                "text is missing: notifications and screen readers read it instead of the blocks"
            )
        raise ValueError("the message says nothing (no_text)")


class View(Shape):
    blocks: Annotated[list[AnyBlock], length(1, 100)]
    private_metadata: Annotated[str, length(0, 3000)] | None = None
    callback_id: Identifier | None = None
    external_id: Identifier | None = None


class Home(View):
    type: Literal["home"]


class Modal(View):
    type: Literal["modal"]
    title: Annotated[PlainText, at_most(24)]
    submit: Annotated[PlainText, at_most(24)] | None = None
    close: Annotated[PlainText, at_most(24)] | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None

    @model_validator(mode="after")
    def _can_be_submitted(self) -> Self:
        if self.submit is None and any(block.type == "input" for block in self.blocks):
            raise ValueError("submit is needed where there is an input block")
        return self


_VIEWS: Mapping[str, TypeAdapter[Any]] = {"modal": TypeAdapter(Modal), "home": TypeAdapter(Home)}
_MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)

# Blocks and elements that live in some places only.
PLACES_OF_BLOCKS: Mapping[str, frozenset[str]] = {
    "context_actions": frozenset({"message"}),
    "markdown": frozenset({"message"}),
    "table": frozenset({"message"}),
}
PLACES_OF_ELEMENTS: Mapping[str, frozenset[str]] = {"file_input": frozenset({"modal"})}
ELEMENT_PROPERTIES_OF_PLACES: Mapping[str, frozenset[str]] = {
    "focus_on_load": frozenset({"modal", "home"}),
    "response_url_enabled": frozenset({"modal"}),
}


def _elements(block: Json) -> list[Json]:
    several = block["elements"] if block["type"] in {"actions", "context", "context_actions"} else []
    return [*several, *(block[key] for key in ("element", "accessory") if key in block)]


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def _block_ids_are_unique(blocks: list[Json], place: Place) -> Iterator[str]:
    for repeated in _repeated([block["block_id"] for block in blocks if "block_id" in block]):
        yield f"the block_id {repeated!r} is used twice"


def _action_ids_are_unique_in_their_block(blocks: list[Json], place: Place) -> Iterator[str]:
    for number, block in enumerate(blocks):
        for repeated in _repeated([e["action_id"] for e in _elements(block) if "action_id" in e]):
            yield f"blocks.{number}: the action_id {repeated!r} is used twice"


def _one_element_has_the_focus(blocks: list[Json], place: Place) -> Iterator[str]:
    focused = [e for block in blocks for e in _elements(block) if e.get("focus_on_load")]
    if len(focused) > 1:
        yield f"focus_on_load is set on {len(focused)} elements, one may have it"


def _everything_is_in_its_place(blocks: list[Json], place: Place) -> Iterator[str]:
    for number, block in enumerate(blocks):
        used = [(block["type"], PLACES_OF_BLOCKS)]
        for element in _elements(block):
            used += [(element["type"], PLACES_OF_ELEMENTS)]
            used += [(name, ELEMENT_PROPERTIES_OF_PLACES) for name, value in element.items() if value]
        for name, places in used:
            if place not in places.get(name, {place}):
                yield f"blocks.{number}: {name} has no place in a {place}"


def _one_table(blocks: list[Json], place: Place) -> Iterator[str]:
    if [block["type"] for block in blocks].count("table") > 1:
        yield "only one table is allowed"


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from _strings(item)
        case list():
            for item in value:
                yield from _strings(item)


def _message_is_not_too_long(blocks: list[Json], place: Place) -> Iterator[str]:
    characters = sum(map(len, _strings(blocks))) if place == "message" else 0
    if characters > BLOCK_CHARACTERS:
        yield f"the blocks hold {characters} characters, Slack refuses above about {BLOCK_CHARACTERS}"


def _markdown_is_not_too_long(blocks: list[Json], place: Place) -> Iterator[str]:
    characters = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if characters > 12_000:
        yield f"the markdown blocks hold {characters} characters together, at most 12000 fit"


ACROSS_BLOCKS: tuple[Callable[[list[Json], Place], Iterator[str]], ...] = (
    _block_ids_are_unique,
    _action_ids_are_unique_in_their_block,
    _one_element_has_the_focus,
    _everything_is_in_its_place,
    _one_table,
    _message_is_not_too_long,
    _markdown_is_not_too_long,
)


def _across(blocks: list[Json], place: Place) -> list[str]:
    return [problem for rule in ACROSS_BLOCKS for problem in rule(blocks, place)]


def problems_of_message(body: Json) -> list[str]:
    """What Slack's reference objects to in the text, blocks, attachments and metadata of a message."""
    try:
        _MESSAGE.validate_python(body)
    except ValidationError as error:
        return problems_in(error)
    return _across([*body.get("blocks", []), *_attached(body)], "message")


def _attached(body: Json) -> list[Json]:
    return [block for attachment in body.get("attachments", []) for block in attachment.get("blocks", [])]


def problems_of_view(view: Any, surface: str) -> list[str]:
    """What Slack's reference objects to in a view sent to this surface: "modal" or "home"."""
    try:
        _VIEWS[surface].validate_python(view)
    except ValidationError as error:
        return problems_in(error)
    size = len(json.dumps(view, ensure_ascii=False).encode())
    too_large = [f"the view has {size} bytes, at most {VIEW_BYTES} fit"] if size > VIEW_BYTES else []
    return too_large + _across(view["blocks"], "modal" if surface == "modal" else "home")
