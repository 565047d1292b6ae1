"""What a customer is beyond its name, as people see it: the lines of the profile, and the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.profiles import LISTS
from bot.i18n import translator
from bot.store.models import Customer, CustomField
from bot.views import custom_fields
from bot.views.blocks import View, modal, option, search_input, text_input
from bot.views.forms import with_problems
from bot.views.text import shown

TEXTS = ("legal_name", "tax_id", "size")
"""What the form changes, besides the lists and the parent."""


def tags(values: Sequence[str]) -> str:
    """Tags in a line of mrkdwn."""
    return "  ".join(f"🏷️ {shown(each, 60)}" for each in values[:10])


def in_a_line(values: Sequence[str], locale: str, *, most: int = 10) -> str:
    """Several values in one line, as the reader's language puts them."""
    separator = "、" if locale.startswith("zh") else ", "
    return separator.join(shown(each, 150) for each in values[:most])


def facts(customer: Customer, locale: str, subsidiaries: Sequence[Customer] = ()) -> list[tuple[str, str]]:
    """Label and value of everything that is known of a customer beyond what its card shows first."""
    _ = translator(locale)
    known = [
        (_("Legal name"), shown(customer.legal_name or "", 300)),
        (_("Also called"), in_a_line(customer.aliases, locale)),
        (_("Tax id"), shown(customer.tax_id or "", 100)),
        (_("Size"), shown(customer.size or "", 100)),
        (_("Other phones"), in_a_line(customer.other_phones, locale)),
        (_("Addresses"), "\n".join(shown(each, 300) for each in customer.addresses[:10])),
        (_("Parent"), shown(customer.parent.name, 200) if customer.parent else ""),
        (_("Subsidiaries"), in_a_line([each.name for each in subsidiaries], locale, most=20)),
    ]
    return [(label, value) for label, value in known if value]


def form(
    customer: Customer,
    locale: str,
    *,
    values: Mapping[str, Any],
    own: Sequence[CustomField] = (),
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form; the parent's choice is (name, value), `own` are the workspace's own fields."""
    _ = translator(locale)
    parent = values.get("parent")
    one_a_line = _("One a line")
    blocks = [
        text_input("legal_name", _("Legal name"), values.get("legal_name")),
        text_input(
            "aliases",
            _("Also called"),
            values.get("aliases"),
            multiline=True,
            longest=2000,
            hint=_("Short names, the name in the other language; one a line"),
        ),
        text_input("tax_id", _("Tax id"), values.get("tax_id"), longest=60),
        text_input("size", _("Size"), values.get("size"), placeholder=_("Such as: 200 people")),
        text_input(
            "other_phones",
            _("Other phones"),
            values.get("other_phones"),
            multiline=True,
            longest=2000,
            hint=one_a_line,
        ),
        text_input(
            "addresses",
            _("Addresses"),
            values.get("addresses"),
            multiline=True,
            longest=3000,
            hint=one_a_line,
        ),
        search_input(
            "parent",
            _("Parent"),
            option(*parent) if parent else None,
            placeholder=_("The organisation that it belongs to"),
        ),
        text_input(
            "tags", _("Tags"), values.get("tags"), longest=1000, placeholder=_("Such as: key account, 2027")
        ),
    ]
    blocks += custom_fields.inputs(own, values, locale)
    return modal(
        _("Profile"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="customer.details",
        close=_("Cancel"),
        customer=customer.id,
        version=customer.version,
    )


def form_values(customer: Customer) -> dict[str, Any]:
    """What the form shows of a customer."""
    values: dict[str, Any] = {column: getattr(customer, column) for column in TEXTS}
    values |= {column: "\n".join(getattr(customer, column)) for column in LISTS}
    values["tags"] = ", ".join(customer.tags)
    parent = customer.parent
    return values | {"parent": (parent.name, str(parent.id)) if parent else None}
