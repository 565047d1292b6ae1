"""What a customer is beyond its name: said after a label in a line, or in a form of its own."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.custom_fields import spoken_labels
from bot.domain.errors import Refusal
from bot.domain.profiles import LISTS
from bot.handlers.answers import Answer
from bot.handlers.classes import read_kind, read_value_class
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.custom_fields import form_values, read_value
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.customers import edit_customer
from bot.services.edits import EditConflict
from bot.services.profiles import listed, with_lists
from bot.store.custom_fields import list_fields
from bot.store.customers import access_customer, find_customers_called, search_customers
from bot.views import custom_fields as custom_views
from bot.views import profiles as views
from bot.views.blocks import option
from bot.views.text import plain

routes = Routes()

LABELS: Mapping[str, tuple[str, ...]] = {
    "legal_name": ("legal name", "公司全称", "法定名称", "全称"),
    "tax_id": ("tax id", "tax number", "vat id", "统一社会信用代码", "信用代码", "税号"),
    "aliases": ("aliases", "alias", "also called", "别名", "又名"),
    "size": ("size", "employees", "规模", "员工数"),
    "other_phones": ("other phones", "other phone", "其他电话", "备用电话"),
    "addresses": ("addresses", "address", "地址"),
    "parent": ("parent company", "parent", "母公司", "上级单位", "总公司"),
    "tags": ("tags", "tag", "标签"),
    "kind": ("type", "life cycle", "客户类型", "类型"),
    "value_class": ("value class", "class", "客户等级", "等级", "级别"),
}
"""The words before a colon, by field."""


class UnknownParent(Refusal):
    """A parent that is no customer yet."""

    message = (
        "There is no customer “{typed}” yet, so it cannot be a parent. Add it first: `/crm customer {typed}`"
    )


def split_details(text: str, labels_of: Mapping[str, tuple[str, ...]] = LABELS) -> tuple[str, dict[str, str]]:
    """A line without what it says after labels, and that by field: Acme tags: vip; size: 200 people.

    A value ends at a semicolon or at the next label.
    """
    labels = {word: field for field, words in labels_of.items() for word in words}
    either = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True))
    found = list(
        re.finditer(rf"(?:^|(?<=[\s;；,，。])|(?<=[\u4e00-\u9fff]))({either})\s*[:：=]", text, re.IGNORECASE)
    )
    if not found:
        return text, {}
    rest, details = text[: found[0].start()], {}
    for label, following in zip(found, [*found[1:], None], strict=True):
        said = text[label.end() : following.start() if following else len(text)]
        value, _semicolon, after = re.sub("；", ";", said).partition(";")
        details[labels[label[1].casefold()]] = value.strip(" ,，。\t\n")
        rest += " " + after.strip(" ;") if after.strip(" ;") else ""
    return rest.strip(" ,，;；"), {field: value for field, value in details.items() if value}


def labels_here(interaction: Interaction) -> Mapping[str, tuple[str, ...]]:
    """The labels of a line about a customer; the workspace's own fields have theirs, behind ours."""
    own = {f"custom_{each.key}": spoken_labels(each.name) for each in list_fields(interaction.session)}
    return {**own, **LABELS}


def keep_details(interaction: Interaction, customer_id: int, details: Mapping[str, str]) -> None:
    """Write down what a line says of a customer; of lists it adds to what is there."""
    if not details:
        return
    said: dict[str, Any] = {
        field: plain(value)
        for field, value in details.items()
        if field in LABELS and field not in ("parent", *_CLASSES)
    }
    said |= _classes(details)
    known = {f"custom_{each.key}": each for each in list_fields(interaction.session)}
    custom = {
        known[name].key: read_value(interaction, known[name], details[name])
        for name in details
        if name in known
    }
    if custom:
        said["custom"] = custom
    if "parent" in details:
        said["parent_id"] = _parent_called(interaction, plain(details["parent"]))
    customer = access_customer(interaction.session, customer_id)
    edit_customer(interaction.session, interaction.actor, customer_id, with_lists(customer, said))


_CLASSES = ("kind", "value_class")


def _classes(details: Mapping[str, str]) -> dict[str, Any]:
    """The classes that a line sets by hand, or gives back to the rules."""
    said: dict[str, Any] = {}
    if "kind" in details:
        kind = read_kind(details["kind"])
        said |= {"kind": kind, "kind_by_hand": True} if kind else {"kind_by_hand": False}
    if "value_class" in details:
        worth = read_value_class(details["value_class"])
        said |= {"value_class": worth, "class_by_hand": True} if worth else {"class_by_hand": False}
    return said


def _parent_called(interaction: Interaction, typed: str) -> int:
    found = find_customers_called(interaction.session, typed) or search_customers(
        interaction.session, typed, limit=2
    )
    if len(found) != 1:
        raise UnknownParent(typed=typed)
    return found[0].id


@routes.action("customer.details")
def press_details(interaction: Interaction) -> Answer:
    """Open the form of what a customer is beyond its name."""
    known = access_customer(interaction.session, interaction.value["customer"])
    own = list_fields(interaction.session)
    values = views.form_values(known) | custom_views.form_values(own, known.custom)
    return Answer(modal=views.form(known, interaction.actor.locale, values=values, own=own))


@routes.view("customer.details")
def submit_details(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    customer_id = metadata["customer"]
    columns: dict[str, Any] = {field: form.get(field) for field in views.TEXTS}
    columns |= {field: listed(field, plain(form.get(field) or "")) for field in LISTS}
    columns["parent_id"] = int(form["parent"]) if form.get("parent") else None
    own = list_fields(interaction.session)
    columns["custom"] = form_values(interaction, own)
    try:
        edit_customer(
            interaction.session,
            interaction.actor,
            customer_id,
            columns,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_customer(interaction.session, customer_id)
        values = {f"custom_{each.key}": None for each in own} | custom_views.form_values(own, known.custom)
        problems = conflict_problems(interaction, conflict, values | views.form_values(known))
        parent = access_customer(interaction.session, columns["parent_id"]) if columns["parent_id"] else None
        typed = dict(form) | {"parent": (parent.name, str(parent.id)) if parent else None}
        return conflict_answer(
            interaction, conflict, views.form(known, locale, values=typed, own=own, problems=problems)
        )
    said = "✅ " + interaction._("Saved.")
    return Answer(card_of(interaction, customer_id, said=said, changeset=interaction.changeset))


@routes.options("parent")
def search_parent(interaction: Interaction) -> Answer:
    """Customers for the field of the parent, as one types."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = search_customers(interaction.session, typed)
    return Answer(options=tuple(option(each.name, str(each.id)) for each in found))
