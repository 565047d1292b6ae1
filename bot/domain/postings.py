"""What a workspace lets the bot say into channels, and what it collects from them."""

import re
from enum import StrEnum


class Unfurls(StrEnum):
    """Where an opportunity's link shows its name and stage to everyone who reads the channel."""

    EVERYWHERE = "everywhere"
    """In every channel of this Slack workspace; never where another company reads along."""
    CHOSEN = "chosen"
    """Only in the channels that an admin named."""
    NOWHERE = "nowhere"


_EMOJI = re.compile(r"[a-z0-9_+'-]{1,80}")


def emoji_name(typed: str) -> str | None:
    """`pushpin` of `:pushpin:`, as Slack's events name it; None for what is no name of an emoji."""
    name = typed.strip().strip(":").lower()
    return name if _EMOJI.fullmatch(name) else None


def same_emoji(reaction: str, name: str) -> bool:
    """Whether a reaction is the emoji; its skin tone does not matter."""
    return reaction.partition("::")[0] == name
