"""What was found, kind by kind, with what matched; and what to do where nothing was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from bot.i18n import translator
from bot.store.models import Contact, Customer, Lead, Opportunity
from bot.views import contacts as contact_views
from bot.views import customers as customer_views
from bot.views import leads as lead_views
from bot.views import opportunities as opportunity_views
from bot.views.blocks import Block, Message, button, context, section, text_message
from bot.views.text import plain, shown

PAGE = 5
"""How many of a kind are shown."""


class _Record(Protocol):
    id: int


Record = TypeVar("Record", bound=_Record)


@dataclass(frozen=True)
class Found:
    """Records by kind, the best first; one more than a page where there are more."""

    customers: Sequence[Customer]
    contacts: Sequence[Contact]
    opportunities: Sequence[Opportunity]
    leads: Sequence[Lead]

    def with_phones(
        self, *, customers: Sequence[Customer], contacts: Sequence[Contact], leads: Sequence[Lead]
    ) -> "Found":
        """The same with what was found by a phone number, each record once."""
        return replace(
            self,
            customers=joined(self.customers, customers),
            contacts=joined(self.contacts, contacts),
            leads=joined(self.leads, leads),
        )


def joined(first: Sequence[Record], then: Sequence[Record]) -> list[Record]:
    """Both, each record once."""
    kept: dict[int, Record] = {each.id: each for each in (*first, *then)}
    return list(kept.values())


def asked(locale: str) -> Message:
    """How one finds something."""
    _ = translator(locale)
    return text_message(_("Whom or what do you look for? Type part of a name or phone: `/crm find acme`"))


def results(typed: str, found: Found, locale: str) -> Message:
    """What was found, a line each with a button that shows it."""
    _ = translator(locale)
    groups: list[tuple[str, list[Block]]] = [
        (
            _("Customers"),
            [customer_views.row(each, locale, _matched(typed, each.phone)) for each in found.customers],
        ),
        (_("Contacts"), [contact_views.row(each, locale) for each in found.contacts]),
        (_("Opportunities"), [_opportunity(each, locale) for each in found.opportunities]),
        (
            _("Leads"),
            [lead_views.row(each, locale, _matched(typed, each.phone, each.email)) for each in found.leads],
        ),
    ]
    groups = [(heading, rows) for heading, rows in groups if rows]
    if not groups:
        return _nothing(typed, locale)
    text = [_("Found for “{typed}”", typed=shown(typed, 100))]
    blocks: list[Block] = [context(text[0])]
    for heading, rows in groups:
        blocks += [section(f"*{heading}*"), *rows[:PAGE]]
        text += [heading, *(row["text"]["text"] for row in rows[:PAGE])]
        if len(rows) > PAGE:
            blocks.append(context(_("There are more. Type more of the name to see them.")))
    return Message("\n".join(text), tuple(blocks))


def _opportunity(opportunity: Opportunity, locale: str) -> Block:
    show = button(translator(locale)("Show"), "opportunity.show", opportunity=opportunity.id)
    return section(opportunity_views.line(opportunity, locale), accessory=show)


def _matched(typed: str, *values: str | None) -> str | None:
    """The phone number or address that the words are in, where the line does not show it anyway."""
    digits = re.sub(r"\D", "", typed)
    for value in filter(None, values):
        if typed.casefold() in value.casefold() or (digits and digits in re.sub(r"\D", "", value)):
            return shown(value, 100)
    return None


def _nothing(typed: str, locale: str) -> Message:
    """Nothing fits: make it from here."""
    _ = translator(locale)
    name = plain(typed)[:200]
    return text_message(
        _(
            "Nothing has “{typed}” in its name, mail or phone. Try a shorter part of it, or make it:",
            typed=shown(typed, 100),
        ),
        button(_("New customer"), "customer.new", name=name),
        button(_("New contact"), "contact.new", name=name),
        button(_("New opportunity"), "opportunity.new", customer_name=name),
        button(_("New lead"), "lead.new", name=name),
    )
