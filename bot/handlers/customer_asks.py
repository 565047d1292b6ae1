"""Words after `/crm customer` that ask something instead of naming a customer."""

from bot.domain.duplicates import Kind
from bot.handlers import classes, custom_fields, merging, overview, segments
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.store.customers import find_customers_called
from bot.views.text import plain

_ASKS = (*overview.ASKS, *classes.ASKS, *custom_fields.ASKS, *segments.ASKS, *merging.asks_of(Kind.CUSTOMERS))
"""What asks, and what answers; the nouns put their own here."""


def asked_of_customers(interaction: Interaction, typed: str) -> Answer | None:
    """The answer to what was asked; None where the words name a customer."""
    for words, answer in _ASKS:
        found = words.fullmatch(typed.strip())
        if found and not find_customers_called(interaction.session, plain(typed)):
            return answer(interaction, found[1].strip())
    return None
