"""Customers as people see them: the card with what is around them, the form, the question of near names."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.money import totals
from bot.i18n import format_date, format_money, translate, translator
from bot.store.models import Activity, Customer, Opportunity, Quote, Task
from bot.views import activities as activity_views
from bot.views import contacts as contact_views
from bot.views import profiles
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    divider,
    fields,
    modal,
    option,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.opportunities import next_step_note
from bot.views.sales_channels import channel_inputs, channel_line, channel_values
from bot.views.tasks import bullet, due
from bot.views.text import plain, shown
from bot.views.words import CUSTOMER_KINDS, QUOTE_STATES, stage_name

FEW = 3
"""How many opportunities, tasks, activities and quotes the card shows."""

CONTACTS = 4

COLUMNS = ("name", "kind", "industry", "region", "website", "phone", "note")
"""What the form changes, besides the owner."""


def kind_name(kind: str, locale: str) -> str:
    """The kind in the reader's language; an imported one of another name stands as it is."""
    return translate(locale, CUSTOMER_KINDS[kind]) if kind in CUSTOMER_KINDS else kind


def card(
    customer: Customer,
    locale: str,
    *,
    zone: tzinfo,
    opportunities: Sequence[Opportunity],
    activities: Sequence[Activity],
    tasks: Sequence[Task],
    quotes: Sequence[Quote],
    satisfaction: str = "",
    needs: str = "",
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
) -> Message:
    """The customer with contacts, open opportunities, tasks, activities and quotes, and the next actions.

    `said` is what just happened, `changeset` what Undo takes back.
    """
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"*{shown(customer.name, 300)}*"), fields(profile(customer, locale))]
    if customer.tags:
        blocks.append(context(profiles.tags(customer.tags)))
    if channel := channel_line(customer, locale):
        blocks.append(context(channel))
    if customer.note:
        blocks.append(context(shown(customer.note, 1000)))
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks += _contacts(customer, locale)
    blocks += _opportunities(customer, opportunities, locale)
    blocks += _around(activities, tasks, quotes, locale, zone)
    if needs:
        blocks.append(section(f"*{translate(locale, 'Needs heard')}*\n{needs}"))
    if satisfaction:
        show = button(translate(locale, "All their scores"), "rating.list", customer=customer.id)
        heading = translate(locale, "Satisfaction")
        blocks.append(section(f"*{heading}*\n{satisfaction}", accessory=show))
    blocks.append(_actions(customer, locale, changeset))
    summary = _summary(customer, opportunities, locale)
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def profile(customer: Customer, locale: str) -> list[tuple[str, str]]:
    """Label and value of what the card shows first."""
    _ = translator(locale)
    worth = f" · {_('Class {name}', name=customer.value_class)}" if customer.value_class else ""
    pairs = [
        (_("Type"), shown(kind_name(customer.kind, locale), 100) + worth),
        (_("Owner"), shown(customer.owner.name, 100) if customer.owner else _("nobody")),
    ]
    optional = [
        (_("Industry"), customer.industry),
        (_("Region"), customer.region),
        (_("Size"), customer.size),
        (_("Phone"), customer.phone),
        (_("Website"), customer.website),
        (_("Also called"), " / ".join(customer.aliases[:3])),
        (_("Parent"), customer.parent.name if customer.parent else None),
    ]
    return pairs + [(label, shown(value, 300)) for label, value in optional if value]


def _contacts(customer: Customer, locale: str) -> list[Block]:
    _ = translator(locale)
    if not customer.contacts:
        return [context(_("No contact yet."))]
    blocks = [
        section(
            "👤 " + contact_views.line(contact, locale),
            accessory=button(_("Show"), "contact.show", contact=contact.id),
        )
        for contact in customer.contacts[:CONTACTS]
    ]
    more = customer.contacts[CONTACTS:]
    if more:
        names = _(", ").join(shown(contact.name, 60) for contact in more[:20])
        blocks.append(context(_("Also: {names}", names=names)))
    return blocks


def _opportunities(customer: Customer, opportunities: Sequence[Opportunity], locale: str) -> list[Block]:
    _ = translator(locale)
    if not opportunities:
        return [divider(), context(_("No open opportunity."))]
    blocks: list[Block] = [divider(), section(opportunity_heading(opportunities, locale))]
    for each in opportunities[:FEW]:
        show = button(_("Show"), "opportunity.show", opportunity=each.id)
        blocks.append(section(opportunity_line(each, locale), accessory=show))
    if len(opportunities) > FEW:
        all_of_them = button(_("All opportunities"), "again", verb="deal", text=plain(customer.name)[:200])
        blocks.append(action_row(all_of_them))
    return blocks


def opportunity_heading(opportunities: Sequence[Opportunity], locale: str) -> str:
    """How many are open, and their amounts, currency by currency."""
    _ = translator(locale)
    count = len(opportunities)
    heading = f"*{_('{count} open opportunity|{count} open opportunities', count=count)}*"
    sums = totals(each.amount for each in opportunities if each.amount)
    unknown = sum(each.amount is None for each in opportunities)
    said = [" + ".join(format_money(each, locale) for each in sums)] if sums else []
    if unknown:
        said.append(_("{count} without an amount", count=unknown))
    return f"{heading} · {' · '.join(said)}"


def opportunity_line(opportunity: Opportunity, locale: str) -> str:
    """An open opportunity in two lines: name; amount, stage and planned day."""
    _ = translator(locale)
    amount = format_money(opportunity.amount, locale) if opportunity.amount else _("amount unknown")
    close = (
        format_date(opportunity.close_on, locale, year=False) if opportunity.close_on else _("no close date")
    )
    stage = shown(stage_name(opportunity.stage.name, locale), 40)
    said = [amount, stage, close]
    if note := next_step_note(opportunity, locale):
        said.append(note)
    return f"{shown(opportunity.name, 100)}\n{' · '.join(said)}"


def _around(
    activities: Sequence[Activity], tasks: Sequence[Task], quotes: Sequence[Quote], locale: str, zone: tzinfo
) -> list[Block]:
    """Open tasks, latest activities and quotes: a paragraph each, none where there is nothing."""
    _ = translator(locale)
    parts = [
        (
            _("Open tasks"),
            [f"{bullet(each, 150)} · {due(each, locale, zone)}" for each in tasks[:FEW]],
        ),
        (_("Latest activities"), [_activity(each, locale, zone) for each in activities[:FEW]]),
        (_("Quotes"), [quote_line(each, locale) for each in quotes[:FEW]]),
    ]
    return [section("\n".join([f"*{heading}*", *lines])) for heading, lines in parts if lines]


def _activity(activity: Activity, locale: str, zone: tzinfo) -> str:
    icon = activity_views.ICONS.get(activity.kind, "📝")
    day = activity.happened_at.astimezone(zone).date()
    facts = [activity_views.kind_name(activity.kind, locale), format_date(day, locale, year=False)]
    facts += [activity.person.name] if activity.person else []
    facts += [" ".join(activity.text.split())] if activity.text.strip() else []
    return f"{icon} {' · '.join(shown(each, 160) for each in facts)}"


def quote_line(quote: Quote, locale: str) -> str:
    """A quote in one line: number, total, state."""
    state = translate(locale, QUOTE_STATES[quote.state])
    return f"• {shown(quote.number, 40)} · {format_money(quote.total, locale)} · {state}"


def _actions(customer: Customer, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"customer": customer.id}
    row = [
        button(_("New opportunity"), "opportunity.new", customer_name=plain(customer.name)[:200]),
        button(_("Log"), "activity.new", **about),
        button(_("Task"), "task.new", **about),
        button(_("Quote"), "quote.new", **about),
        button(_("Add contact"), "contact.new", **about),
        button(_("Satisfaction"), "rating.new", **about),
        button(_("Edit"), "customer.edit", **about),
        button(_("Full view"), "customer.overview", **about),
    ]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    row.append(button(_("Share"), "customer.share", **about))
    row.append(button(_("Team"), "collaborator.list", **about))
    row.append(button(_("Merge…"), "customer.merge_with", **about))
    return action_row(*row)


def _summary(customer: Customer, opportunities: Sequence[Opportunity], locale: str) -> str:
    _ = translator(locale)
    owner = shown(customer.owner.name, 100) if customer.owner else _("nobody")
    summary = f"{shown(customer.name, 200)} · {shown(kind_name(customer.kind, locale), 100)} · {owner}"
    return f"{summary} · {opportunity_heading(opportunities, locale)}" if opportunities else summary


def row(customer: Customer, locale: str, matched: str | None = None) -> Block:
    """A customer in a line of a list, with what matched and a button that shows it."""
    _ = translator(locale)
    facts = [shown(kind_name(customer.kind, locale), 60)]
    facts += [shown(customer.owner.name, 80)] if customer.owner else []
    facts += [matched] if matched else []
    show = button(_("Show"), "customer.show", customer=customer.id)
    return section(f"*{shown(customer.name, 150)}*\n{' · '.join(facts)}", accessory=show)


def near(text: str, buttons: Sequence[Block]) -> Message:
    """The question which of several near names is meant: a button each."""
    return Message(text, (section(text), action_row(*buttons)))


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    customer: Customer | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new customer with its first contact, or of one to edit; `values` are by field."""
    _ = translator(locale)
    values = values or {}
    kinds = [option(translate(locale, name), kind) for kind, name in CUSTOMER_KINDS.items()]
    kind = values.get("kind") or "prospect"
    if kind not in CUSTOMER_KINDS:
        kinds.append(option(kind, kind))
    blocks = [
        text_input("name", _("Name"), values.get("name"), optional=False),
        select_input("kind", _("Type"), kinds, kind, optional=False),
        text_input("industry", _("Industry"), values.get("industry")),
        text_input("region", _("Region"), values.get("region")),
        text_input("website", _("Website"), values.get("website")),
        text_input("phone", _("Phone"), values.get("phone"), longest=60),
        *channel_inputs(locale, values),
        user_input("owner", _("Owner"), values.get("owner")),
        text_input("note", _("Note"), values.get("note"), multiline=True, longest=3000),
    ]
    if customer is None:
        blocks += [
            divider(),
            section(f"*{_('First contact')}*"),
            text_input("contact_name", _("Contact's name"), values.get("contact_name")),
            text_input("contact_title", _("Title"), values.get("contact_title")),
            text_input("contact_email", _("Mail"), values.get("contact_email")),
            text_input("contact_phone", _("Contact's phone"), values.get("contact_phone"), longest=60),
        ]
    metadata = {"customer": customer.id, "version": customer.version} if customer else {}
    return modal(
        _("Edit customer") if customer else _("New customer"),
        _("Save") if customer else _("Create"),
        with_problems(blocks, problems or {}),
        callback="customer.edit" if customer else "customer.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(customer: Customer, locale: str) -> dict[str, Any]:
    """What the form shows of a customer."""
    values: dict[str, Any] = {column: getattr(customer, column) for column in COLUMNS}
    values |= channel_values(customer, locale)
    return values | {"owner": customer.owner.slack_user_id if customer.owner else None}
