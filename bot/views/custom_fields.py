"""Fields that admins define, as people see them: their list and form, and their values on records."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.custom_fields import FieldKind, Value, as_day
from bot.i18n import N_, format_date, translate, translator
from bot.store.models import Customer, CustomField
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    date_input,
    modal,
    option,
    plain_text,
    section,
    select_input,
    text_input,
    value_of,
)
from bot.views.forms import with_problems
from bot.views.text import shown

KINDS = {
    FieldKind.TEXT: N_("Free text"),
    FieldKind.NUMBER: N_("A number"),
    FieldKind.DATE: N_("A date"),
    FieldKind.CHOICE: N_("One of several"),
    FieldKind.YES_NO: N_("Yes or no"),
}


_SAID = {
    "customers": (
        N_("Own fields of customers"),
        N_("Set one in a line: `/crm customer Acme {name}: …`"),
        N_("Fields of customers"),
    ),
    "contacts": (
        N_("Own fields of contacts"),
        N_("Set one in a line: `/crm contact Acme Li Na {name}: …`"),
        N_("Fields of contacts"),
    ),
    "leads": (
        N_("Own fields of leads"),
        N_("Set one in a line: `/crm lead Blue Ocean {name}: …`"),
        N_("Fields of leads"),
    ),
    "opportunities": (
        N_("Own fields of opportunities"),
        N_("Set one in a line: `/crm deal Acme {name}: …`"),
        N_("Fields of opportunities"),
    ),
}
"""Of each table: the list's heading, a line that sets one, and the button that leads there."""


def value_text(field: CustomField, value: Value, locale: str) -> str:
    """A value in the reader's language."""
    _ = translator(locale)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.kind == FieldKind.DATE and (day := as_day(value)):
        return format_date(day, locale)
    return shown(value, 500)


def facts(fields: Sequence[CustomField], values: Mapping[str, Value], locale: str) -> list[tuple[str, str]]:
    """Label and value of every field that has one."""
    return [
        (shown(each.name, 60), value_text(each, values[each.key], locale))
        for each in fields
        if values.get(each.key) is not None
    ]


def inputs(fields: Sequence[CustomField], values: Mapping[str, Any], locale: str) -> list[Block]:
    """An input for each field; `values` are the form's, by custom_ID."""
    return [_input(each, values.get(f"custom_{each.key}"), locale) for each in fields]


def _input(field: CustomField, value: Any, locale: str) -> Block:
    _ = translator(locale)
    name, label = f"custom_{field.key}", field.name
    match field.kind:
        case FieldKind.DATE:
            return date_input(name, label, str(value) if value and as_day(value) else None)
        case FieldKind.CHOICE:
            offered = list(field.choices)
            if value and value not in offered:
                offered.append(str(value))
            return select_input(name, label, [option(each, each) for each in offered], value)
        case FieldKind.YES_NO:
            return select_input(name, label, [option(_("Yes"), "yes"), option(_("No"), "no")], value)
    return text_input(name, label, value, longest=1000 if field.kind == FieldKind.TEXT else 40)


def form_values(fields: Sequence[CustomField], values: Mapping[str, Value]) -> dict[str, Any]:
    """What a form shows of the values, by custom_ID."""
    shown_as = {True: "yes", False: "no"}
    return {
        f"custom_{each.key}": shown_as[value] if isinstance(value, bool) else value
        for each in fields
        if (value := values.get(each.key)) is not None
    }


def listing(
    fields: Sequence[CustomField],
    locale: str,
    *,
    entity: str,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The fields that records of a table have here, with what an admin does about them."""
    _ = translator(locale)
    heading, example, _word = _SAID[entity]
    heading = f"*{_(heading)}*"
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(heading))
    lines = []
    for each in fields:
        line = f"*{shown(each.name, 60)}* · {translate(locale, KINDS[FieldKind(each.kind)])}"
        if each.choices:
            line += f" · {shown(' / '.join(each.choices), 300)}"
        edit = button(_("Edit"), "field.edit", custom_field=each.id) if may_edit else None
        blocks.append(section(line, accessory=edit))
        lines.append(line)
    if not fields:
        lines.append(_("None yet. An admin adds what matters here, such as the end of a contract."))
        blocks.append(section(lines[-1]))
    row = [button(_("New field"), "field.new", style="primary", entity=entity)] if may_edit else []
    row += [_delete(fields, locale)] if may_edit and fields else []
    row += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    others = [
        button(_(word), f"field.list#{other}", entity=other)
        for other, (_heading, _example, word) in _SAID.items()
        if other != entity
    ]
    blocks.append(action_row(*row, *others))
    if fields:
        blocks.append(context(_(example, name=shown(fields[0].name, 60))))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _delete(fields: Sequence[CustomField], locale: str) -> Block:
    _ = translator(locale)
    return {
        "type": "static_select",
        "action_id": "field.delete",
        "placeholder": plain_text(_("Delete field"), 150),
        "options": [option(each.name, value_of(custom_field=each.id)) for each in fields],
    }


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    field: CustomField | None = None,
    entity: str = Customer.__tablename__,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new field, or of one to edit; what it holds stays as it was made."""
    _ = translator(locale)
    values = values or {}
    kinds = [option(translate(locale, name), kind) for kind, name in KINDS.items()]
    blocks: list[Block] = [text_input("name", _("Name"), values.get("name"), optional=False, longest=60)]
    if field is None:
        blocks.append(
            select_input(
                "field_kind", _("What it holds"), kinds, values.get("field_kind") or "text", optional=False
            )
        )
    if field is None or field.kind == FieldKind.CHOICE:
        blocks.append(
            text_input(
                "choices",
                _("Choices"),
                values.get("choices"),
                multiline=True,
                longest=2500,
                hint=_("One a line; for a choice only"),
            )
        )
    metadata: dict[str, Any] = (
        {"custom_field": field.id, "version": field.version} if field else {"entity": entity}
    )
    return modal(
        _("Edit field") if field else _("New field"),
        _("Save") if field else _("Create"),
        with_problems(blocks, problems or {}),
        callback="field.edit" if field else "field.create",
        close=_("Cancel"),
        **metadata,
    )
