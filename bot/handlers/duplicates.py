"""Before a record is made twice: those that are probably it, to use one or create another anyway."""

from collections.abc import Mapping
from typing import Any

from bot.domain.duplicates import Kind
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.services.contacts import edit_contact
from bot.services.custom_fields import without_empty
from bot.services.customers import edit_customer
from bot.services.duplicates import Described, close_records, part_records
from bot.services.leads import edit_lead
from bot.services.rights import may_change
from bot.store.custom_fields import list_fields
from bot.store.matching import records_by_id
from bot.views import duplicates as views
from bot.views.blocks import View
from bot.views.custom_fields import value_text


def question_of(interaction: Interaction, kind: Kind, wanted: Described) -> Answer | None:
    """The form again, asking which one it is; None where nothing is close or the person has answered.

    Slack keeps what stands in the fields of a form that comes back, so nothing typed is lost.
    """
    close = close_records(interaction.session, interaction.actor, kind, wanted)
    asked = set(interaction.metadata.get("asked") or [])
    is_answered = interaction.form.get(views.FIELD) in (views.NEW, views.APART)
    if not close or (is_answered and {each.record.id for each in close} <= asked):
        return None
    view = interaction.payload["view"]
    return Answer(update=views.asking(view, kind, close, interaction.actor.locale), refused=True)


def form_asking(interaction: Interaction, kind: Kind, wanted: Described, form: View) -> View | None:
    """The form of what a line says, asking which one it is; None where nothing is close."""
    close = close_records(interaction.session, interaction.actor, kind, wanted)
    return views.asking(form, kind, close, interaction.actor.locale) if close else None


def used_instead(interaction: Interaction) -> int | None:
    """The record that the person chose to use."""
    answer = interaction.form.get(views.FIELD)
    return int(answer) if answer and answer not in (views.NEW, views.APART) else None


def keep_answer(interaction: Interaction, kind: Kind, made_id: int) -> None:
    """Where the person said that it is none of those asked about, nobody is asked about them again."""
    if interaction.form.get(views.FIELD) == views.APART:
        part_records(interaction.session, kind, made_id, interaction.metadata.get("asked") or [])


def fill_in(interaction: Interaction, kind: Kind, record_id: int, columns: Mapping[str, Any]) -> list[str]:
    """Write what was typed where the record has nothing; sentences about what was not written."""
    session, actor = interaction.session, interaction.actor
    record = records_by_id(session, kind, [record_id]).get(record_id)
    if record is None:
        return []
    typed = {field: columns[field] for field in views.FILLED[kind] if columns.get(field)}
    free = {field: value for field, value in typed.items() if not getattr(record, field)}
    owner = views.owner_of(record)
    own = without_empty(columns.get("custom"))
    free_own = {key: value for key, value in own.items() if key not in record.custom} if own else {}
    if not may_change(session, actor, owner.id if owner else None):
        free, free_own = {}, {}
    left: dict[str, Any] = {
        field: value
        for field, value in typed.items()
        if field not in free and getattr(record, field) != value
    }
    labels = {each.key: each for each in list_fields(session, kind)} if own else {}
    left_own = {
        labels[key].name: value_text(labels[key], value, actor.locale)
        for key, value in own.items()
        if key in labels and key not in free_own and record.custom.get(key) != value
    }
    if free or free_own:
        _edit(interaction, kind, record_id, free | ({"custom": free_own} if free_own else {}))
    return [views.left_out(left, actor.locale, left_own)] if left or left_own else []


def _edit(interaction: Interaction, kind: Kind, record_id: int, columns: Mapping[str, Any]) -> None:
    session, actor = interaction.session, interaction.actor
    match kind:
        case Kind.CUSTOMERS:
            edit_customer(session, actor, record_id, columns)
        case Kind.CONTACTS:
            edit_contact(session, actor, record_id, columns)
        case Kind.LEADS:
            edit_lead(session, actor, record_id, columns, now=interaction.now)
