"""Everything about a customer in one modal: the tabs, and what stands on each but the timeline."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.money import Money
from bot.domain.purchases import Purchase, PurchaseHistory
from bot.i18n import format_date, format_decimal, format_money, translator
from bot.store.models import Customer, CustomField, Opportunity, Quote, Task
from bot.views import contacts as contact_views
from bot.views import custom_fields, profiles
from bot.views import customers as customer_views
from bot.views.blocks import (
    Block,
    View,
    action_row,
    button,
    context,
    divider,
    fields,
    header,
    modal,
    section,
)
from bot.views.sales_channels import channel_line
from bot.views.tables import table
from bot.views.tasks import bullet, due
from bot.views.text import shown

FEW = 20
"""How many of a kind a tab shows."""

PURCHASES = 10
"""How many purchases a page shows."""


def frame(
    customer: Customer,
    locale: str,
    *,
    tabs: Sequence[tuple[str, str]],
    tab: str,
    blocks: Sequence[Block],
) -> View:
    """The modal: the customer's name, a button for each tab (key and name), and what the chosen one shows."""
    _ = translator(locale)
    row = [
        button(name, "customer.tab", style="primary" if key == tab else None, customer=customer.id, tab=key)
        for key, name in tabs
    ]
    return modal(
        _("Customer"),
        None,
        [header(customer.name), action_row(*row), divider(), *blocks],
        callback="customer.overview",
        close=_("Close"),
        customer=customer.id,
        tab=tab,
    )


def profile(
    customer: Customer, subsidiaries: Sequence[Customer], own: Sequence[CustomField], locale: str
) -> list[Block]:
    """Who they are, all of it, with the forms that change it."""
    _ = translator(locale)
    pairs = customer_views.profile(customer, locale)
    known = {label for label, _value in pairs}
    pairs += [pair for pair in profiles.facts(customer, locale, subsidiaries) if pair[0] not in known]
    pairs += custom_fields.facts(own, customer.custom, locale)
    blocks = [fields(pairs[start : start + 10]) for start in range(0, len(pairs), 10)]
    if channel := channel_line(customer, locale):
        blocks.append(context(channel))
    if customer.tags:
        blocks.append(context(profiles.tags(customer.tags)))
    if customer.note:
        blocks.append(section(f"*{_('Note')}*\n{shown(customer.note, 2500)}"))
    about: dict[str, Any] = {"customer": customer.id}
    blocks.append(
        action_row(
            button(_("Edit"), "customer.edit", **about),
            button(_("Edit profile"), "customer.details", **about),
            button(_("Classify"), "customer.classify", **about),
        )
    )
    return blocks


def contacts(customer: Customer, locale: str) -> list[Block]:
    """Everybody there, with their role in the decision, birthday and preferences."""
    _ = translator(locale)
    about: dict[str, Any] = {"customer": customer.id}
    add = action_row(
        button(_("Add contact"), "contact.new", **about),
        button(_("Contacts from vCard"), "contact.import"),
        *([button(_("All to my phone"), "contact.vcard", **about)] if customer.contacts else []),
    )
    if not customer.contacts:
        return [section(_("No contact yet.")), add]
    blocks: list[Block] = []
    for each in customer.contacts[:FEW]:
        edit = button(_("Edit"), "contact.edit", contact=each.id)
        more = [f"🎂 {contact_views.birthday(each.birthday_on, locale)}"] if each.birthday_on else []
        more += [f"💚 {shown(each.preferences, 300)}"] if each.preferences else []
        text = "👤 " + contact_views.line(each, locale)
        blocks.append(section(f"{text}\n{' · '.join(more)}" if more else text, accessory=edit))
    if not any(each.decision_role == "decision_maker" for each in customer.contacts):
        blocks.append(context("⚠️ " + _("Nobody here is marked as the decision maker yet.")))
    return [*blocks, add]


def opportunities(
    customer: Customer, still_open: Sequence[Opportunity], closed: Sequence[Opportunity], locale: str
) -> list[Block]:
    """Open ones with their total, closed ones with how they ended."""
    _ = translator(locale)
    blocks: list[Block] = []
    if still_open:
        blocks.append(section(customer_views.opportunity_heading(still_open, locale)))
        blocks += [
            section(
                customer_views.opportunity_line(each, locale),
                accessory=button(_("Show"), "opportunity.show", opportunity=each.id),
            )
            for each in still_open[:FEW]
        ]
    else:
        blocks.append(section(_("No open opportunity.")))
    if closed:
        lines = [_closed(each, locale) for each in closed[:FEW]]
        blocks += [divider(), section(f"*{_('Closed')}*")]
        blocks += [section("\n".join(lines[start : start + 10])) for start in range(0, len(lines), 10)]
    new = button(_("New opportunity"), "opportunity.new", customer_name=customer.name[:200])
    return [*blocks, action_row(new)]


def _closed(opportunity: Opportunity, locale: str) -> str:
    parts = [f"{'🏆' if opportunity.stage.is_won else '✖️'} {shown(opportunity.name, 100)}"]
    if opportunity.amount:
        parts.append(format_money(opportunity.amount, locale))
    if opportunity.closed_on:
        parts.append(format_date(opportunity.closed_on, locale))
    if opportunity.loss_reason:
        parts.append(shown(opportunity.loss_reason, 100))
    return " · ".join(parts)


def offers(
    customer: Customer, quotes: Sequence[Quote], tasks: Sequence[Task], locale: str, zone: tzinfo
) -> list[Block]:
    """Quotes and open tasks."""
    _ = translator(locale)
    said = [
        (_("Quotes"), [customer_views.quote_line(each, locale) for each in quotes[:FEW]], _("No quote yet.")),
        (_("Open tasks"), [_task(each, locale, zone) for each in tasks[:FEW]], _("Nothing to do here.")),
    ]
    blocks = [
        section("\n".join([f"*{heading}*", *(lines or [nothing])])[:2990]) for heading, lines, nothing in said
    ]
    about: dict[str, Any] = {"customer": customer.id}
    row = action_row(button(_("Quote"), "quote.new", **about), button(_("Task"), "task.new", **about))
    return [blocks[0], divider(), blocks[1], row]


def _task(task: Task, locale: str, zone: tzinfo) -> str:
    who = f" · {shown(task.assignee.name, 60)}" if task.assignee else ""
    return f"{bullet(task, 120)} · {due(task, locale, zone)}{who}"


def purchases(history: PurchaseHistory, customer: Customer, locale: str, *, page: int) -> list[Block]:
    """What was bought, when, at which price, with the sums by year and by product."""
    _ = translator(locale)
    if not history.purchases:
        return [section(_("Nothing bought yet. What you win shows up here, with the lines of its quote."))]
    currencies = [each.currency for each in history.total]
    heads = [[_("Year"), *currencies], [_("Product"), *currencies]]
    years = [[str(year), *_cells(sums, currencies, locale)] for year, sums in history.by_year[:10]]
    products = [[what, *_cells(sums, currencies, locale)] for what, sums in history.by_product[:10]]
    total = " + ".join(format_money(each, locale) for each in history.total)
    blocks: list[Block] = [section(_("Bought so far: *{total}*", total=total))]
    blocks += [section(table(head, rows)) for head, rows in zip(heads, (years, products), strict=True)]
    shown_now = history.purchases[page * PURCHASES : (page + 1) * PURCHASES]
    blocks += [divider(), section("\n".join(_purchase(each, locale) for each in shown_now) or "—")]
    row = []
    if page:
        row.append(button(_("Newer"), "customer.tab", customer=customer.id, tab="purchases", page=page - 1))
    if len(history.purchases) > (page + 1) * PURCHASES:
        row.append(button(_("Older"), "customer.tab", customer=customer.id, tab="purchases", page=page + 1))
    return [*blocks, action_row(*row)] if row else blocks


def _cells(sums: Sequence[Money], currencies: Sequence[str], locale: str) -> list[str]:
    known = {each.currency: format_money(each, locale) for each in sums}
    return [known.get(currency, "—") for currency in currencies]


def _purchase(purchase: Purchase, locale: str) -> str:
    parts = [f"• {format_date(purchase.on, locale)}", f"*{shown(purchase.what, 80)}*"]
    if purchase.quantity is not None and purchase.unit_price is not None:
        count = format_decimal(purchase.quantity, locale)
        parts.append(f"{count} × {format_money(purchase.unit_price, locale)}")
    parts.append(format_money(purchase.total, locale))
    if purchase.source != purchase.what:
        parts.append(shown(purchase.source, 60))
    return " · ".join(parts)
