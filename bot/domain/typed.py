"""Text as people typed it, in which only what Slack marked is a mention."""

LITERAL = "\ue000"
"""Stands between a `<` and the `@` of what somebody typed that only looks like a mention of Slack's."""


def literal(typed: str) -> str:
    """The text without mentions: whatever looks like one is only text."""
    return as_typed(typed).replace("<@", "<" + LITERAL + "@")


def as_typed(text: str) -> str:
    """The text for places where nothing is a mention: files, plain_text objects, values of forms."""
    return text.replace(LITERAL, "")
