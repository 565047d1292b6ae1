"""What tasks and activities are about: a customer, or an opportunity and with it its customer."""

from bot.domain.errors import Refusal
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.opportunities import access_opportunity, list_open_opportunities


class AnotherCustomers(Refusal):
    """An opportunity and a customer that do not belong together."""

    message = (
        "{opportunity} is an opportunity of {theirs}, not of {chosen}. Change one of the two, or empty it."
    )


def subject(
    session: Session, customer_id: int | None, opportunity_id: int | None
) -> tuple[int | None, int | None]:
    """The ids of both, the customer filled in from the opportunity.

    Raises AnotherCustomers, and UnknownCustomer or UnknownOpportunity for what this workspace does not have.
    """
    if opportunity_id is None:
        return access_customer(session, customer_id).id if customer_id is not None else None, None
    opportunity = access_opportunity(session, opportunity_id)
    if opportunity.customer is None:
        return customer_id, opportunity_id
    if customer_id is not None and customer_id != opportunity.customer_id:
        raise AnotherCustomers(
            field="customer",
            opportunity=opportunity.name,
            theirs=opportunity.customer.name,
            chosen=access_customer(session, customer_id).name,
        )
    return opportunity.customer_id, opportunity_id


def only_open_opportunity(session: Session, customer_id: int) -> int | None:
    """The id of the customer's open opportunity, where there is exactly one."""
    found = list_open_opportunities(session, customer_id=customer_id, limit=2)
    return found[0].id if len(found) == 1 else None
