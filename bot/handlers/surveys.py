"""Surveys: a text for the customer to forward, and the form in which its answer is recorded."""

from collections.abc import Mapping
from typing import Any

from bot.domain.satisfaction import RatingKind
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.store.customers import access_customer
from bot.store.products import search_products
from bot.views import satisfaction as views
from bot.views.blocks import View

routes = Routes()


def rating_form(interaction: Interaction, values: Mapping[str, Any], **more: Any) -> View:
    """The form of a score, with the products to choose from."""
    products = search_products(interaction.session, "", limit=100)
    return views.form(interaction.actor.locale, values=values, products=products, **more)


@routes.action("rating.survey")
def press_survey(interaction: Interaction) -> Answer:
    """A text to forward to the customer."""
    return Answer(modal=survey_form(interaction, int(interaction.value["customer"])))


@routes.action("rating.survey_turn", changes=False)
def press_survey_turn(interaction: Interaction) -> Answer:
    """The same in another language, or the other question."""
    value = interaction.value
    kind = RatingKind(value.get("kind") or RatingKind.CSAT)
    view = survey_form(interaction, int(value["customer"]), kind=kind, language=str(value.get("language")))
    return Answer(update=view)


def survey_form(
    interaction: Interaction,
    customer_id: int,
    *,
    kind: RatingKind = RatingKind.CSAT,
    language: str | None = None,
) -> View:
    """A text for the customer, in the language of its name unless another is chosen."""
    customer = access_customer(interaction.session, customer_id)
    spoken = language if language in ("en-US", "zh-CN") else _language_of_name(customer.name)
    return views.survey(
        customer, interaction.actor.locale, kind=kind, language=spoken, sender=interaction.actor.name
    )


def _language_of_name(name: str) -> str:
    """The language in which a customer is most likely written to."""
    return "zh-CN" if any("\u3400" <= character <= "\u9fff" for character in name) else "en-US"


@routes.view("rating.answer")
def submit_answer(interaction: Interaction) -> Answer:
    """The survey is answered: the form of the score."""
    metadata = interaction.metadata
    customer = access_customer(interaction.session, int(metadata["customer"]))
    owner = customer.owner.slack_user_id if customer.owner else None
    values = {
        "customer": (customer.name, str(customer.id)), "person": owner, "kind": metadata.get("kind"),
    }  # fmt: skip
    return Answer(modal=rating_form(interaction, values))
