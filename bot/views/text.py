"""The output gate: every text that people typed passes here on its way to Slack."""

import re

from bot.domain.typed import LITERAL, as_typed

_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]+)(?:\|[^&<>]*)?&gt;")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_FORMATTING = re.compile(r"([*_~`])")


def cut(text: str, limit: int) -> str:
    """The text, shortened to `limit` characters with an ellipsis where it is longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def aside(text: str, locale: str) -> str:
    """The text in brackets behind other words, as the language writes them."""
    return f"（{text}）" if locale.startswith("zh") else f" ({text})"


def colon(locale: str) -> str:
    """What stands between a label and its value."""
    return "：" if locale.startswith("zh") else ": "


def plain(text: str) -> str:
    """Text for places where Slack interprets nothing: plain_text objects, form values, files."""
    return as_typed(text)


def shown(text: str, limit: int = 3000) -> str:
    """Typed text for mrkdwn, shown as typed: nothing in it is markup except mentions of known people.

    At most `limit` characters come out, so that nothing cuts an escape or a mention in two later.
    """
    said = _marked(cut(text, limit))
    while len(said) > limit:
        text = cut(text, min(len(text) - 1, len(text) * limit // len(said)))
        said = _marked(text)
    return said


def _marked(text: str) -> str:
    """Escaped, mentions as Slack writes them.

    Slack has no escape for its formatting characters, so each gets a zero-width joiner that breaks the pair.
    """
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    text = _FORMATTING.sub("\u2060\\1\u2060", text)
    return _MENTION.sub(r"<@\1>", text).replace(LITERAL, "")
