"""The base of every described object, and the text objects.

docs.slack.dev/reference/block-kit/composition-objects/text-object,
docs.slack.dev/messaging/formatting-message-text
"""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)


class Shape(BaseModel):
    """A JSON object whose every property Slack documents: no others, no nulls, no conversions of type."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _says_no_null(cls, value: Any) -> Any:
        nulls = [name for name, item in value.items() if item is None] if isinstance(value, dict) else []
        if nulls:
            raise ValueError(f"null is not a value of {', '.join(nulls)}: leave the property out")
        return value


def problems_in(error: ValidationError) -> list[str]:
    """One sentence a problem, each led by the path to it."""
    return [f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors()]


def length(least: int, most: int) -> Any:
    """The bounds of a string's characters or of a list's items."""
    return Field(min_length=least, max_length=most)


Identifier = Annotated[str, length(1, 255)]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://|mailto:|slack://)\S+$", max_length=3000)]

_SEQUENCES = re.compile(
    r"<(?:"
    r"@[UW][A-Z0-9]+(?:\|[^<>]*)?"
    r"|#[CG][A-Z0-9]+(?:\|[^<>]*)?"
    r"|!(?:here|channel|everyone)(?:\|[^<>]*)?"
    r"|!subteam\^S[A-Z0-9]+(?:\|[^<>]*)?"
    r"|!date\^\d+\^[^<>|^]+(?:\^[^<>|]+)?\|[^<>]+"
    r"|(?:https?://|mailto:|tel:|slack://)[^<>|\s]+(?:\|[^<>\n]+)?"
    r")>"
)
_ENTITIES = re.compile(r"&(?:amp|lt|gt);")
_QUOTES = re.compile(r"^\s*>+", re.MULTILINE)
_SHOWN_RAW = re.compile(r"<(?:@[UW][A-Z0-9]{2,}|!date\^)[^<>]*>")


def formatted(text: str) -> str:
    """Refuse mrkdwn in which `&`, `<` or `>` is neither escaped nor part of a sequence that Slack knows."""
    rest = _ENTITIES.sub(" ", _SEQUENCES.sub(" ", text))
    stray = re.search(r"[&<>]", _QUOTES.sub(" ", rest))
    if stray:
        start = max(stray.start() - 20, 0)
        raise ValueError(f"unescaped {stray.group()!r} near {rest[start : stray.end() + 20]!r}")
    return text


def unformatted(text: str) -> str:
    """Refuse a mention or a date in text that Slack shows as it is written."""
    raw = _SHOWN_RAW.search(text)
    if raw:
        raise ValueError(f"plain text shows {raw.group()!r} as it is written")
    return text


class PlainText(Shape):
    type: Literal["plain_text"]
    text: Annotated[str, length(1, 3000), AfterValidator(unformatted)]
    emoji: bool | None = None


class Mrkdwn(Shape):
    type: Literal["mrkdwn"]
    text: Annotated[str, length(1, 3000), AfterValidator(formatted)]
    verbatim: bool | None = None


AnyText = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]


def at_most(most: int) -> AfterValidator:
    """The bound of a text object's characters in one place, within the general one of 3,000."""

    def check(value: PlainText | Mrkdwn) -> PlainText | Mrkdwn:
        if len(value.text) > most:
            raise ValueError(f"the text has {len(value.text)} characters, at most {most} fit here")
        return value

    return AfterValidator(check)


AltText = Annotated[str, length(1, 2000), AfterValidator(unformatted)]
