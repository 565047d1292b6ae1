"""Before a customer is made twice: those that are probably it, to use one or create another anyway."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.services.customers import edit_customer
from bot.services.duplicates import close_customers
from bot.services.rights import may_change
from bot.store.customers import access_customer
from bot.store.finds import Close
from bot.views import duplicates as views
from bot.views.blocks import value_of

FILLED = ("industry", "region", "website", "phone", "note")
"""What was typed for a new customer and goes into the one used instead, where that has nothing."""


def question_of(
    interaction: Interaction, columns: Mapping[str, Any], contact: Mapping[str, str]
) -> Answer | None:
    """The form again, asking which customer it is; None where nothing is close or the person has answered."""
    answer = interaction.form.get(views.FIELD)
    close = close_customers(
        interaction.session,
        interaction.actor,
        [str(columns.get("name") or "")],
        phones=[columns.get("phone"), contact.get("phone")],
        mails=[columns.get("website"), contact.get("email")],
    )
    asked = set(interaction.metadata.get("asked") or [])
    if answer == views.NEW and {each.customer.id for each in close} <= asked:
        return None
    return _asked(interaction, close) if close else None


def _asked(interaction: Interaction, close: Sequence[Close]) -> Answer:
    """Slack keeps what stands in the fields of a form that comes back, so nothing typed is lost."""
    view = interaction.payload["view"]
    kept = [block for block in view["blocks"] if not views.is_question(block)]
    metadata = json.loads(view.get("private_metadata") or "{}")
    metadata |= {"asked": [each.customer.id for each in close]}
    form = {key: view[key] for key in ("type", "callback_id", "title", "submit", "close") if view.get(key)}
    blocks = [*views.question(close, interaction.actor.locale), *kept][:100]
    return Answer(update=form | {"blocks": blocks, "private_metadata": value_of(**metadata)}, refused=True)


def used_instead(interaction: Interaction) -> int | None:
    """The customer that the person chose to use."""
    answer = interaction.form.get(views.FIELD)
    return int(answer) if answer and answer != views.NEW else None


def fill_in(interaction: Interaction, customer_id: int, columns: Mapping[str, Any]) -> list[str]:
    """Write what was typed where the customer has nothing; sentences about what was not written."""
    session, actor = interaction.session, interaction.actor
    customer = access_customer(session, customer_id)
    typed = {field: columns[field] for field in FILLED if columns.get(field)}
    free = {field: value for field, value in typed.items() if not getattr(customer, field)}
    if not may_change(session, actor, customer.owner_id):
        free = {}
    if free:
        edit_customer(session, actor, customer_id, free)
    left = {
        field: value
        for field, value in typed.items()
        if field not in free and getattr(customer, field) != value
    }
    return [views.left_out(left, actor.locale)] if left else []
