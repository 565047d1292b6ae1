"""Sales channels as people see them: on cards and forms, in the settings, when two meet at one customer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.domain.sales_channels import SalesChannel
from bot.i18n import N_, format_date, format_decimal, format_money, translate, translator
from bot.store.models import Customer, Opportunity, Settings
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    modal,
    option,
    search_input,
    section,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import cut, plain, shown

NAMES = {
    SalesChannel.DIRECT: N_("Direct"),
    SalesChannel.DISTRIBUTION: N_("Distribution"),
    SalesChannel.ECOMMERCE: N_("E-commerce"),
}

FIELDS = ("sales_channel", "partner", "partner_percent")

_EVIDENCE = 10
_OF_A_SIDE = 3


def channel_name(channel: str, locale: str) -> str:
    """The channel in the reader's language; one that an admin added stands as it is."""
    return translate(locale, NAMES[SalesChannel(channel)]) if channel in tuple(SalesChannel) else channel


def channel_line(record: Customer | Opportunity, locale: str) -> str | None:
    """🤝 Distribution · Ingram Micro · share 15%; None where nothing is said."""
    _ = translator(locale)
    if record.sales_channel is None:
        return None
    return "🤝 " + _("Sales channel: {channel}", channel=shown(channel_words(record, locale), 300))


def channel_words(record: Customer | Opportunity, locale: str) -> str:
    """Distribution · Ingram Micro · share 15%, as plain text."""
    parts = [cut(channel_name(record.sales_channel or "", locale), 60)]
    parts += [cut(record.partner.name, 100)] if record.partner else []
    if record.partner_percent is not None:
        percent = _percent(record.partner_percent, locale)
        parts.append(translate(locale, "share {percent}%", percent=percent))
    return " · ".join(parts)


def _percent(percent: Decimal, locale: str) -> str:
    return format_decimal(percent.normalize() if percent else percent, locale)


def channel_inputs(locale: str, values: Mapping[str, Any]) -> list[Block]:
    """The fields of a form; a choice among `values` is its words and its value."""
    _ = translator(locale)
    channel, partner = values.get("sales_channel"), values.get("partner")
    return [
        search_input(
            "sales_channel",
            _("Sales channel"),
            option(channel[0], channel[1]) if channel else None,
            placeholder=_("Direct, distribution, e-commerce…"),
        ),
        search_input(
            "partner",
            _("Partner"),
            option(partner[0], partner[1]) if partner else None,
            placeholder=_("Who sells to them; a new one is offered below"),
        ),
        text_input(
            "partner_percent", _("Partner's share in percent"), values.get("partner_percent"), longest=8
        ),
    ]


def channel_values(record: Customer | Opportunity, locale: str) -> dict[str, Any]:
    """What the form shows of a record."""
    channel, partner = record.sales_channel, record.partner
    percent = record.partner_percent
    return {
        "sales_channel": (channel_name(channel, locale), channel) if channel else None,
        "partner": (plain(partner.name), str(partner.id)) if partner else None,
        "partner_percent": None if percent is None else f"{percent.normalize():f}",
    }


def settings_form(
    settings: Settings,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """Which channels there are besides the usual ones, and how long two at one customer are a conflict."""
    _ = translator(locale)
    values = values or settings_values(settings)
    usual = _(", ").join(_(name) for name in NAMES.values())
    blocks = [
        context(_("Always there: {names}", names=usual)),
        text_input(
            "sales_channels",
            _("Others, one a line"),
            values.get("sales_channels"),
            multiline=True,
            longest=1500,
            placeholder=_("Telesales"),
        ),
        text_input(
            "channel_conflict_days",
            _("Days in which two channels at one customer are a conflict"),
            values.get("channel_conflict_days"),
            optional=False,
            longest=3,
            hint=_("The manager is told when two partners, or a partner and we, sell to one customer."),
        ),
    ]
    return modal(
        _("Sales channels"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="channels.edit",
        close=_("Cancel"),
        version=settings.version,
    )


def settings_values(settings: Settings) -> dict[str, Any]:
    """What the form shows."""
    return {
        "sales_channels": "\n".join(settings.sales_channels),
        "channel_conflict_days": str(settings.channel_conflict_days),
    }


def settings_saved(settings: Settings, locale: str, *, changeset: str) -> Message:
    """What holds now."""
    _ = translator(locale)
    names = [*(_(name) for name in NAMES.values()), *(shown(name, 60) for name in settings.sales_channels)]
    text = "✅ " + _("Sales channels: {names}", names=_(", ").join(names))
    days = settings.channel_conflict_days
    text += "\n" + _("Two at one customer within {count} days are told to the manager.", count=days)
    row = (button(_("Edit"), "channels.edit"), button(_("Undo"), "undo", changeset=changeset))
    return Message(text, (section(text), action_row(*row)))


def conflict(
    customer: Customer,
    sides: Mapping[str, Sequence[Opportunity]],
    names: Sequence[str],
    days: int,
    locale: str,
) -> Message:
    """Two channels meet at one customer: who sells there, since when, for how much."""
    _ = translator(locale)
    said = "⚠️ " + _(
        "Channels meet at *{customer}*: {sides} within {days} days.",
        customer=shown(customer.name, 200),
        sides=" ↔ ".join(shown(name, 100) for name in names),
        days=days,
    )
    # The latest of each side say most.
    pairs = zip(names, sides.values(), strict=True)
    found = [(name, each) for name, side in pairs for each in list(side)[: -_OF_A_SIDE - 1 : -1]]
    lines = [_evidence(each, name, locale) for name, each in found[:_EVIDENCE]]
    if customer.sales_channel:
        own = channel_line(customer, locale)
        lines.append("• " + _("On the customer itself: {line}", line=own or ""))
    blocks: list[Block] = [section(said), section("\n".join(lines))]
    row = [button(_("Customer"), "customer.show", customer=customer.id)]
    row += [button(f"OPP-{each.id}", "opportunity.show", opportunity=each.id) for _name, each in found[:6]]
    row.append(button(_("Task"), "task.new", customer=customer.id))
    blocks.append(action_row(*row))
    return Message("\n".join([said, *lines]), tuple(blocks))


def _evidence(opportunity: Opportunity, side: str, locale: str) -> str:
    _ = translator(locale)
    facts = [f"`OPP-{opportunity.id}` {shown(opportunity.name, 100)}", shown(side, 80)]
    facts += [shown(opportunity.owner.name, 80)] if opportunity.owner else []
    facts += [format_money(opportunity.amount, locale)] if opportunity.amount else []
    if opportunity.opened_on:
        facts.append(_("since {day}", day=format_date(opportunity.opened_on, locale, year=False)))
    return "• " + " · ".join(facts)
