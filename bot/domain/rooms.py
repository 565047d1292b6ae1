"""What a deal room's Slack channel is called."""

import unicodedata

from bot.domain.typed import as_typed

LONGEST = 80
"""Characters of a channel's name that Slack takes."""


def channel_name(customer: str | None, name: str, *, number: int = 1) -> str:
    """Customer and opportunity as Slack names channels: lower case, no spaces, no marks, 80 characters.

    The customer stands once where the name begins with it. `number` tells it from channels that have the
    name already. Empty where nothing of the names can be written so.
    """
    whose, what = _slug(customer or ""), _slug(name)
    slug = what if f"{what}-".startswith(f"{whose}-") else f"{whose}-{what}"
    suffix = f"-{number}" if number > 1 else ""
    slug = slug.strip("-")[: LONGEST - len(suffix)].rstrip("-")
    return slug + suffix if slug else ""


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKC", as_typed(text)).lower()
    letters = "".join(each if each.isalnum() else "-" for each in folded)
    return "-".join(filter(None, letters.split("-")))
