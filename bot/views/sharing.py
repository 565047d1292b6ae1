"""Cards that go into a channel: which one, what stands above the card, and what a mere copy says."""

from typing import Any

from bot.i18n import translate, translator
from bot.store.models import Customer, Lead, Opportunity, Quote
from bot.views import collaboration
from bot.views.blocks import Block, Message, View, context, modal, section, text_input
from bot.views.text import shown


def about(record: Customer | Lead | Opportunity | Quote) -> dict[str, Any]:
    """A button's value for the record."""
    if isinstance(record, Lead):
        return {"lead": record.id}
    return {"quote": record.id} if isinstance(record, Quote) else collaboration.about(record)


def name_of(record: Customer | Lead | Opportunity | Quote, locale: str) -> str:
    """The record's name for mrkdwn."""
    if isinstance(record, Quote):
        return translate(locale, "Quote {number}", number=shown(record.number, 60))
    return shown(record.name, 150) if isinstance(record, Lead) else collaboration.name_of(record)


def share_form(
    record: Customer | Lead | Opportunity | Quote,
    locale: str,
    *,
    channel: str | None = None,
    words: str | None = None,
) -> View:
    """Into which channel the card goes."""
    _ = translator(locale)
    place: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"]},
        "response_url_enabled": True,
    }
    place |= {"initial_conversation": channel} if channel else {"default_to_current_conversation": True}
    block = {
        "type": "input",
        "block_id": "share_into",
        "label": {"type": "plain_text", "text": _("Channel"), "emoji": False},
        "element": place | {"action_id": "share_into"},
    }
    blocks = [
        section(f"*{name_of(record, locale)}*"),
        block,
        text_input("words", _("A word to it"), words, multiline=True, longest=500),
        context(
            _("The card there stays up to date. Its buttons work for everyone, each within their own rights.")
        ),
    ]
    return modal(
        _("Share into a channel"),
        _("Share"),
        blocks,
        callback="card.share",
        close=_("Cancel"),
        **about(record),
    )


def shared(card: Message, by: str | None, words: str | None, locale: str) -> Message:
    """A card in a channel, with who shared it and their word to it."""
    _ = translator(locale)
    said = _("{name} shared this:", name=shown(by, 80)) if by else ""
    head = "\n".join(filter(None, [said, shown(words, 500) if words else ""]))
    if not head:
        return card
    return Message(f"{head}\n{card.text}", (section(head), *card.blocks))


def copied(shared_card: Message, locale: str) -> Message:
    """The same where it cannot be edited later, with what makes that otherwise."""
    _ = translator(locale)
    said = _(
        "This copy stays as it is: I am not in this channel. Invite me with /invite and share it again, "
        "and it stays up to date."
    )
    return Message(f"{shared_card.text}\n{said}", (*shared_card.blocks[:49], context(said)))
