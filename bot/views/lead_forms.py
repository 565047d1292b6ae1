"""The forms of leads: a new one, one to edit, what qualifies it, who gets it, why it is given up."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.duplicates import Kind
from bot.i18n import format_decimal, translator
from bot.store.finds import Close
from bot.store.models import CustomField, Lead
from bot.views import custom_fields
from bot.views.blocks import Block, View, modal, option, section, select_input, text_input, user_input
from bot.views.duplicates import asking
from bot.views.forms import with_problems
from bot.views.leads import AUTHORITIES
from bot.views.text import shown

COLUMNS = ("name", "contact_name", "phone", "email", "source", "campaign", "region", "size", "note")
"""What the form changes, besides the owner."""


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    own: Sequence[CustomField] = (),
    lead: Lead | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new lead, or of one to edit; `own` are the workspace's own fields."""
    _ = translator(locale)
    values = values or {}
    hint = _("The company, or the person where you know no company")
    size = values.get("size")
    where_from = _("referral, website, exhibition…")
    blocks = [
        text_input("name", _("Name"), values.get("name"), optional=False, hint=hint),
        text_input("contact_name", _("Contact's name"), values.get("contact_name")),
        text_input("phone", _("Phone"), values.get("phone"), longest=60),
        text_input("email", _("Mail"), values.get("email")),
        text_input("source", _("Source"), values.get("source"), placeholder=where_from),
        text_input("campaign", _("Campaign"), values.get("campaign"), placeholder=_("Spring fair 2027")),
        text_input("region", _("Region"), values.get("region")),
        text_input("size", _("People there"), str(size) if size else None, longest=12, placeholder="250"),
        user_input(
            "owner", _("Owner"), values.get("owner"), hint=_("Empty: by rule, by turn, or to the pool")
        ),
        text_input("note", _("Note"), values.get("note"), multiline=True, longest=3000),
        *custom_fields.inputs(own, values, locale),
    ]
    metadata: dict[str, Any] = {"lead": lead.id, "version": lead.version} if lead else {}
    return modal(
        _("Edit lead") if lead else _("New lead"),
        _("Save") if lead else _("Create"),
        with_problems(blocks, problems or {}),
        callback="lead.edit" if lead else "lead.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(lead: Lead) -> dict[str, Any]:
    """What the form shows of a lead."""
    values: dict[str, Any] = {column: getattr(lead, column) for column in COLUMNS}
    return values | {"owner": lead.owner.slack_user_id if lead.owner else None}


def convert_form(lead: Lead, close: Sequence[Close[Any]], locale: str) -> View:
    """Which customer is the lead about: one that is here, or a new one?"""
    _ = translator(locale)
    about = section(f"*{shown(lead.name, 300)}*")
    form = modal(
        _("Convert"), _("Convert"), [about], callback="lead.convert", close=_("Cancel"), lead=lead.id
    )
    return asking(form, Kind.CUSTOMERS, close, locale)


def qualify_form(
    lead: Lead,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """Need, budget, authority and time."""
    _ = translator(locale)
    values = values if values is not None else qualify_values(lead, locale)
    choices = [option(_(name), each) for each, name in AUTHORITIES.items()]
    blocks: list[Block] = [
        section(f"*{shown(lead.name, 300)}*"),
        text_input("need", _("What do they need?"), values.get("need"), multiline=True, longest=1000),
        text_input("budget", _("What can they spend?"), values.get("budget"), placeholder="50k"),
        select_input("authority", _("What say does your contact have?"), choices, values.get("authority")),
        text_input(
            "needed_on",
            _("Until when do they want it?"),
            values.get("needed_on"),
            placeholder=_("end of March"),
        ),
    ]
    return modal(
        _("Qualify lead"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="lead.qualify",
        close=_("Cancel"),
        lead=lead.id,
        version=lead.version,
    )


def qualify_values(lead: Lead, locale: str) -> dict[str, Any]:
    """What the form of qualification shows."""
    budget = f"{format_decimal(lead.budget.amount, locale)} {lead.budget.currency}" if lead.budget else None
    return {
        "need": lead.need,
        "budget": budget,
        "authority": lead.authority,
        "needed_on": lead.needed_on.isoformat() if lead.needed_on else None,
    }


def assign_form(lead: Lead, locale: str) -> View:
    """Ask who gets a lead."""
    _ = translator(locale)
    blocks = [
        section(f"*{shown(lead.name, 300)}*"),
        user_input(
            "owner", _("Who gets it?"), lead.owner.slack_user_id if lead.owner else None, optional=False
        ),
    ]
    return modal(_("Assign lead"), _("Save"), blocks, callback="lead.assign", close=_("Cancel"), lead=lead.id)


def disqualify_form(lead: Lead, locale: str) -> View:
    """Ask why a lead is given up."""
    _ = translator(locale)
    hint = _("In a few words: no budget, not a fit, cannot be reached…")
    blocks = [
        section(f"*{shown(lead.name, 300)}*"),
        text_input("reason", _("Why is it given up?"), optional=False, hint=hint),
    ]
    return modal(
        _("Disqualify lead"), _("Save"), blocks, callback="lead.disqualify", close=_("Cancel"), lead=lead.id
    )
