"""Sales channels: what lines and forms say of them, the settings, and the report by channel."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.domain.names import name_key
from bot.domain.periods import Period
from bot.domain.sales_channels import SalesChannel
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import NameMatch
from bot.reports.sales_channels import sales_channels
from bot.services.edits import EditConflict
from bot.services.partners import partner_for
from bot.services.rights import check_is_admin
from bot.services.sales_channels import DaysOutOfRange, ShareOutOfRange, edit_channels
from bot.store.customers import access_customer, find_customers_called, search_customers
from bot.store.sales_channels import search_partners
from bot.store.workspaces import workspace_settings
from bot.views import channel_report
from bot.views import sales_channels as views
from bot.views.blocks import option
from bot.views.text import plain

routes = Routes()


def said_channel(interaction: Interaction, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a line's fields fill; a partner that nobody knows is made."""
    plainly = ("sales_channel", "partner_percent")
    columns = {key: fields[key] for key in plainly if fields.get(key) is not None}
    if fields.get("partner") is not None:
        chosen = _choice(interaction, fields["partner"])[1]
        partner, _is_new = partner_for(interaction.session, interaction.actor, chosen, now=interaction.now)
        columns["partner_id"] = partner.id
        columns.setdefault("sales_channel", SalesChannel.DISTRIBUTION.value)
    return columns


def said_values(interaction: Interaction, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows of a line's fields."""
    values: dict[str, Any] = {}
    if fields.get("sales_channel"):
        channel = str(fields["sales_channel"])
        values["sales_channel"] = (views.channel_name(channel, interaction.actor.locale), channel)
    if fields.get("partner") is not None:
        values["partner"] = _choice(interaction, fields["partner"])
    if fields.get("partner_percent") is not None:
        values["partner_percent"] = f"{fields['partner_percent'].normalize():f}"
    return values


def _choice(interaction: Interaction, typed: Any) -> tuple[str, str]:
    if isinstance(typed, NameMatch) and typed.id:
        return plain(typed.name), str(typed.id)
    name = plain(str(getattr(typed, "name", typed)))
    known = find_customers_called(interaction.session, name)
    return (plain(known[0].name), str(known[0].id)) if known else (name, f"new:{name}")


def channel_columns(interaction: Interaction) -> dict[str, Any]:
    """The columns that a form fills; empty for a form without these fields. Raises ShareOutOfRange."""
    form = interaction.form
    if "sales_channel" not in form:
        return {}
    chosen, typed = form.get("partner"), form.get("partner_percent")
    partner_id = None
    if chosen:
        partner_id = partner_for(interaction.session, interaction.actor, chosen, now=interaction.now)[0].id
    channel = form.get("sales_channel") or (SalesChannel.DISTRIBUTION.value if partner_id else None)
    return {
        "sales_channel": channel,
        "partner_id": partner_id,
        "partner_percent": _typed_percent(typed) if typed else None,
    }


def _typed_percent(typed: str) -> Decimal:
    try:
        percent = Decimal(plain(typed).strip().rstrip("%％").strip().replace("，", ".").replace(",", "."))
    except InvalidOperation:
        raise ShareOutOfRange(field="partner_percent", typed=typed) from None
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise ShareOutOfRange(field="partner_percent", typed=typed)
    return percent


def typed_channel(interaction: Interaction) -> dict[str, Any]:
    """What a form's channel fields chose, to be shown once more."""
    form, locale = interaction.form, interaction.actor.locale
    channel, partner = form.get("sales_channel"), form.get("partner")
    values: dict[str, Any] = {"sales_channel": None, "partner": None}
    if channel:
        values["sales_channel"] = (views.channel_name(channel, locale), channel)
    if partner and partner.startswith("new:"):
        values["partner"] = (partner.removeprefix("new:"), partner)
    elif partner:
        values["partner"] = (plain(access_customer(interaction.session, int(partner)).name), partner)
    return values


@routes.options("sales_channel")
def search_channel(interaction: Interaction) -> Answer:
    """The usual channels and those of the workspace, by part of the name."""
    typed = str(interaction.payload.get("value") or "").strip().casefold()
    keys = [*(each.value for each in SalesChannel), *workspace_settings(interaction.session).sales_channels]
    named = [(views.channel_name(key, interaction.actor.locale), key) for key in keys]
    return Answer(options=tuple(option(name, key) for name, key in named if typed in name.casefold()))


@routes.options("partner")
def search_partner(interaction: Interaction) -> Answer:
    """Partners first, then every customer, as one types; a name that nobody has is offered as new."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    key = name_key(typed) if typed else ""
    found = list(search_partners(interaction.session, key))
    if typed:
        known = {each.id for each in found}
        found += [each for each in search_customers(interaction.session, typed) if each.id not in known]
    options = [option(each.name, str(each.id)) for each in found[:50]]
    if typed and not any(name_key(each.name) == key for each in found):
        options.append(option(interaction._("New partner: {name}", name=typed), f"new:{typed[:140]}"))
    return Answer(options=tuple(options))


@routes.action("channels.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of the workspace's channels."""
    check_is_admin(interaction.session, interaction.actor)
    view = views.settings_form(workspace_settings(interaction.session), interaction.actor.locale)
    return Answer(modal=view)


@routes.view("channels.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the workspace's channels; where somebody else saved them meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    typed = str(form.get("channel_conflict_days") or "").strip()
    if not typed.isdecimal():
        raise DaysOutOfRange(field="channel_conflict_days", typed=typed)
    try:
        saved = edit_channels(
            interaction.session,
            interaction.actor,
            names=str(form.get("sales_channels") or "").splitlines(),
            conflict_days=int(typed),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        settings = workspace_settings(interaction.session)
        problems = conflict_problems(interaction, conflict, views.settings_values(settings))
        view = views.settings_form(settings, locale, values=form, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return Answer(views.settings_saved(saved, locale, changeset=interaction.changeset))


def show_report(interaction: Interaction, period: Period | None) -> Answer:
    """What each channel and partner brings."""
    found = sales_channels(interaction.session, period=period)
    return Answer(channel_report.report(found, interaction.actor.locale))
