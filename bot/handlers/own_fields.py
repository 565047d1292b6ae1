"""The workspace's own fields of a record: asked for, said after a label in a line, in forms, on cards."""

import re
from typing import Any

from bot.domain.custom_fields import Value, spoken_labels
from bot.handlers import custom_fields
from bot.handlers.answers import Answer
from bot.handlers.customer_details import split_details
from bot.handlers.interaction import Interaction
from bot.store.custom_fields import list_fields
from bot.store.models import Contact, Customer, Lead, Opportunity
from bot.views import custom_fields as views
from bot.views.blocks import Block, fields

_ASKED = re.compile(r"(?:fields?|自定义字段|字段)(?:\s+|[:：]|$)(.*)", re.IGNORECASE | re.DOTALL)

OPPORTUNITIES, LEADS, CONTACTS = Opportunity.__tablename__, Lead.__tablename__, Contact.__tablename__


def fields_asked(interaction: Interaction, entity: str) -> Answer | None:
    """`/crm deal fields`, or a new one: `/crm lead field Seats: number`; None for any other line."""
    asked = _ASKED.fullmatch(interaction.text)
    if asked is None:
        return None
    return custom_fields.fields(interaction, asked[1].strip(), entity=entity)


def split_own(interaction: Interaction, entity: str) -> tuple[str, dict[str, Value | None]]:
    """A line without what it says of own fields, and that by their keys. Raises what says why it is none."""
    known = list_fields(interaction.session, entity)
    if not known:
        return interaction.text, {}
    labels = {each.key: spoken_labels(each.name) for each in known}
    rest, said = split_details(interaction.text, labels)
    values = {
        each.key: custom_fields.read_value(interaction, each, said[each.key])
        for each in known
        if each.key in said
    }
    return rest, dict(values)


def chosen_own(interaction: Interaction, entity: str) -> dict[str, Value | None]:
    """The values of a form, by the fields' keys."""
    return custom_fields.form_values(interaction, list_fields(interaction.session, entity))


def own_values(interaction: Interaction, record: Customer | Opportunity | Lead | Contact) -> dict[str, Any]:
    """What a form shows of them."""
    known = list_fields(interaction.session, record.__tablename__)
    empty = {f"custom_{each.key}": None for each in known}
    return empty | views.form_values(known, record.custom)


def own_blocks(interaction: Interaction, record: Customer | Opportunity | Lead | Contact) -> list[Block]:
    """What is known of them, for the card; ten a block."""
    known = list_fields(interaction.session, record.__tablename__)
    pairs = views.facts(known, record.custom or {}, interaction.actor.locale)
    return [fields(pairs[start : start + 10]) for start in range(0, len(pairs), 10)]
