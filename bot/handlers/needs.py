"""What a move's form fills in for the stages that ask for it: own fields, contacts, product lines."""

from collections.abc import Collection, Sequence
from typing import Any

from bot.domain.profiles import ContactRole
from bot.domain.stages import Need
from bot.handlers.interaction import Interaction
from bot.handlers.opportunity_lines import read_item
from bot.handlers.own_fields import chosen_own
from bot.services.contacts import keep_contact
from bot.services.opportunity_lines import set_lines
from bot.services.stakes import involve
from bot.store.models import Contact, Opportunity
from bot.store.products import access_product
from bot.store.stakes import list_contacts_of
from bot.views.moves import NEW
from bot.views.opportunity_lines import Row, fields_of
from bot.views.text import plain

_CONTACTS = (Need.DECISION_MAKER, Need.CONTACT)
_MOST = 90


def contacts_to_choose(
    interaction: Interaction, opportunity: Opportunity, needs: Collection[str]
) -> Sequence[Contact]:
    """The customer's contacts, where a contact is asked for."""
    if opportunity.customer_id is None or not set(needs) & set(_CONTACTS):
        return []
    return list_contacts_of(interaction.session, opportunity.customer_id, limit=_MOST)


def fill_needs(interaction: Interaction, opportunity: Opportunity) -> dict[str, Any]:
    """Keep contacts and product lines of the form; what is left are fields of the opportunity.

    Raises what keeping them raises, each at its field.
    """
    facts: dict[str, Any] = {}
    if own := chosen_own(interaction, Opportunity.__tablename__):
        facts["custom"] = own
    for need in _CONTACTS:
        contact_id = _contact_id(interaction, opportunity, need)
        if contact_id is None:
            continue
        if need == Need.CONTACT:
            facts["contact_id"] = contact_id
        else:
            roles: dict[int, ContactRole | None] = {contact_id: ContactRole.DECISION_MAKER}
            involve(interaction.session, interaction.actor, opportunity.id, roles, now=interaction.now)
    product, quantity, price, _discount = fields_of(1)
    if chosen := interaction.form.get(product):
        named = access_product(interaction.session, int(chosen))
        row = Row(
            1, (plain(named.name), str(chosen)), interaction.form.get(quantity), interaction.form.get(price)
        )
        item = read_item(interaction, row)
        set_lines(interaction.session, interaction.actor, opportunity.id, [item], now=interaction.now)
    return facts


def _contact_id(interaction: Interaction, opportunity: Opportunity, need: str) -> int | None:
    form = interaction.form
    if name := plain(form.get(need + NEW) or "").strip():
        if opportunity.customer_id is None:
            return None
        contact, _is_new = keep_contact(
            interaction.session, interaction.actor, customer_id=opportunity.customer_id, name=name
        )
        return contact.id
    chosen = form.get(need)
    return int(chosen) if chosen and str(chosen).isdecimal() else None
