"""Fields that admins define: `/crm customer fields`, the form, and values as they are typed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.custom_fields import FieldKind, Value, read_choice, read_number, read_yes_no
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.forms import at_field
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import read_when
from bot.services.custom_fields import delete_field, edit_field, make_field
from bot.services.edits import EditConflict
from bot.services.rights import check_is_admin
from bot.store.custom_fields import access_field, list_fields
from bot.store.models import Contact, Customer, CustomField, Lead, Opportunity
from bot.views import custom_fields as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()

CUSTOMERS = Customer.__tablename__
ENTITIES = (CUSTOMERS, Contact.__tablename__, Lead.__tablename__, Opportunity.__tablename__)
"""Tables whose records have own fields."""

_KINDS: Mapping[FieldKind, tuple[str, ...]] = {
    FieldKind.TEXT: ("text", "文本", "文字"),
    FieldKind.NUMBER: ("number", "数字"),
    FieldKind.DATE: ("date", "日期"),
    FieldKind.CHOICE: ("choice", "choice of", "单选", "选项"),
    FieldKind.YES_NO: ("yes or no", "yes/no", "是否", "是/否"),
}


def fields(interaction: Interaction, typed: str, *, entity: str = CUSTOMERS) -> Answer:
    """The fields there are; or a new one: `/crm customer field Preferred drink: choice tea, coffee`."""
    if not typed:
        return Answer(_listing(interaction, entity))
    check_is_admin(interaction.session, interaction.actor)
    name, _colon, rest = re.sub("：", ":", plain(typed)).partition(":")
    kind, choices = _kind(rest.strip())
    if kind is None or (kind is FieldKind.CHOICE and len(choices) < 2):
        values = {"name": name, "field_kind": kind, "choices": "\n".join(choices)}
        return Answer(modal=views.form(interaction.actor.locale, values=values, entity=entity))
    made = make_field(
        interaction.session, interaction.actor, name=name, kind=kind, choices=choices, entity=entity
    )
    return Answer(_made(interaction, made))


def _kind(typed: str) -> tuple[FieldKind | None, list[str]]:
    words = [(word, kind) for kind, each in _KINDS.items() for word in each]
    for word, kind in sorted(words, key=lambda pair: -len(pair[0])):
        if typed.casefold().startswith(word):
            choices = re.split(r"[,，、;；/]", typed[len(word) :].strip(" :："))
            return kind, [each.strip() for each in choices if each.strip()]
    return None, []


def _entity(values: Mapping[str, Any]) -> str:
    """Whose fields a button or form is about."""
    asked = str(values.get("entity") or CUSTOMERS)
    return asked if asked in ENTITIES else CUSTOMERS


def _listing(
    interaction: Interaction, entity: str, said: str | None = None, changeset: str | None = None
) -> Message:
    return views.listing(
        list_fields(interaction.session, entity),
        interaction.actor.locale,
        entity=entity,
        may_edit=interaction.actor.is_admin,
        said=said,
        changeset=changeset,
    )


def _made(interaction: Interaction, made: CustomField) -> Message:
    said = "✅ " + interaction._("Field added: {name}.", name=made.name)
    return _listing(interaction, made.entity, said, interaction.changeset)


@routes.action("field.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """The fields there are."""
    return Answer(_listing(interaction, _entity(interaction.value)))


@routes.action("field.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form of a new field."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(interaction.actor.locale, entity=_entity(interaction.value)))


@routes.view("field.create")
def submit_create(interaction: Interaction) -> Answer:
    """Add a field."""
    form = interaction.form
    made = make_field(
        interaction.session,
        interaction.actor,
        name=plain(form.get("name") or ""),
        kind=FieldKind(form.get("field_kind") or FieldKind.TEXT),
        choices=plain(form.get("choices") or "").splitlines(),
        entity=_entity(interaction.metadata),
    )
    return Answer(_made(interaction, made))


@routes.action("field.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a field."""
    check_is_admin(interaction.session, interaction.actor)
    known = access_field(interaction.session, interaction.value["custom_field"])
    return Answer(modal=views.form(interaction.actor.locale, values=_values(known), field=known))


def _values(known: CustomField) -> dict[str, Any]:
    return {"name": known.name, "choices": "\n".join(known.choices)}


@routes.view("field.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved it meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    try:
        known = edit_field(
            interaction.session,
            interaction.actor,
            metadata["custom_field"],
            name=plain(form.get("name") or ""),
            choices=plain(form.get("choices") or "").splitlines(),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_field(interaction.session, metadata["custom_field"])
        problems = conflict_problems(interaction, conflict, _values(known))
        return conflict_answer(
            interaction, conflict, views.form(locale, values=form, field=known, problems=problems)
        )
    said = "✅ " + interaction._("Saved.")
    return Answer(_listing(interaction, known.entity, said, interaction.changeset))


@routes.action("field.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Take a field away; Undo brings it back with its values."""
    gone = delete_field(
        interaction.session, interaction.actor, interaction.value["custom_field"], now=interaction.now
    )
    said = "🗑️ " + interaction._("Field deleted: {name}. Its values come back with Undo.", name=gone.name)
    return Answer(_listing(interaction, gone.entity, said, interaction.changeset))


def read_value(interaction: Interaction, field: CustomField, typed: str) -> Value:
    """A value as it is kept, from what was typed. Raises what says why it is none."""
    words = plain(typed).strip()
    match field.kind:
        case FieldKind.NUMBER:
            return read_number(field.name, words)
        case FieldKind.DATE:
            return read_when(words, now=interaction.local_now).day.isoformat()
        case FieldKind.CHOICE:
            return read_choice(field.name, words, field.choices)
        case FieldKind.YES_NO:
            return read_yes_no(field.name, words)
    return words[:1000]


def form_values(interaction: Interaction, known: Sequence[CustomField]) -> dict[str, Value | None]:
    """The values of a form, by the fields' keys. A refusal finds its field."""
    values: dict[str, Value | None] = {}
    for each in known:
        name = f"custom_{each.key}"
        if name not in interaction.form:
            continue
        typed = interaction.form.get(name)
        with at_field(name):
            chosen_before = each.kind == FieldKind.CHOICE
            values[each.key] = (
                None if not typed else typed if chosen_before else read_value(interaction, each, str(typed))
            )
    return values


ASKS = ((re.compile(r"(?:fields?|自定义字段|字段)(?:\s+|[:：]|$)(.*)", re.IGNORECASE), fields),)
"""What asks after `/crm customer`."""
