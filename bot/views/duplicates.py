"""Probable duplicates as people see them: the question in a form, and why two are probably one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.duplicates import Kind, Reason
from bot.domain.leads import LeadState
from bot.i18n import N_, translator
from bot.store.finds import Close
from bot.store.models import Contact, Lead
from bot.views.blocks import Block, View, context, option, section, select_input, value_of
from bot.views.leads import state_name
from bot.views.text import cut, plain, shown

FIELD = "existing"
NEW, APART = "new", "apart"
_HEADING, _LINE = "duplicates_heading", "duplicates_line"

REASONS = {
    Reason.NAME: N_("similar name"),
    Reason.PHONE: N_("same phone"),
    Reason.ADDRESS: N_("same mail address"),
    Reason.MAIL: N_("same mail domain"),
    Reason.TAX_ID: N_("same tax ID"),
}

_MASKED = {
    Kind.CUSTOMERS: N_("A customer that you may not see"),
    Kind.CONTACTS: N_("A contact that you may not see"),
    Kind.LEADS: N_("A lead that you may not see"),
}

_FIELDS = {
    "industry": N_("Industry"),
    "region": N_("Region"),
    "website": N_("Website"),
    "phone": N_("Phone"),
    "note": N_("Note"),
    "title": N_("Title"),
    "decision_role": N_("Role in the decision"),
    "email": N_("Mail"),
    "preferences": N_("Preferences"),
    "birthday_on": N_("Birthday"),
    "contact_name": N_("Contact's name"),
    "source": N_("Source"),
    "campaign": N_("Campaign"),
    "size": N_("People there"),
}
FILLED: Mapping[Kind, tuple[str, ...]] = {
    Kind.CUSTOMERS: ("industry", "region", "website", "phone", "note"),
    Kind.CONTACTS: ("title", "decision_role", "email", "phone", "preferences", "birthday_on"),
    Kind.LEADS: ("contact_name", "phone", "email", "source", "campaign", "region", "size", "note"),
}
"""What was typed for a new record and goes into the one used instead, where that has nothing."""


def line(kind: Kind, close: Close[Any], locale: str) -> str:
    """A probable duplicate with its owner and why; without its name where it may not be seen."""
    _ = translator(locale)
    record = close.record
    owner = owner_of(record)
    facts = [shown(owner.name, 80) if owner else _("nobody")]
    if close.is_seen:
        facts.insert(0, f"*{shown(record.name, 120)}*")
        facts[1:1] = _where(record, locale)
    else:
        facts.insert(0, _(_MASKED[kind]))
    why = _(", ").join(_(REASONS[reason]) for reason in close.reasons)
    return " · ".join([*facts, why])


def owner_of(record: Any) -> Any:
    """Whose the record is; a contact is its customer's owner's."""
    return record.customer.owner if isinstance(record, Contact) else record.owner


def _where(record: Any, locale: str) -> list[str]:
    """What tells records of one name apart."""
    if isinstance(record, Contact):
        return [shown(record.customer.name, 80)]
    if isinstance(record, Lead):
        contact = [shown(record.contact_name, 80)] if record.contact_name else []
        return contact + ([state_name(record.state, locale)] if record.state != LeadState.OPEN else [])
    return []


def question(kind: Kind, close: Sequence[Close[Any]], locale: str) -> list[Block]:
    """The question above the form's fields: use one of these, or create another anyway."""
    _ = translator(locale)
    choices = [
        option(_("Use {name}", name=cut(plain(each.record.name), 60)), str(each.record.id))
        for each in close
        if each.is_seen
    ]
    return [
        section("⚠️ " + _("This is probably here already:"), block_id=_HEADING),
        *(
            {**context(line(kind, each, locale)), "block_id": f"{_LINE}_{number}"}
            for number, each in enumerate(close)
        ),
        select_input(
            FIELD,
            _("Which one is it?"),
            [*choices, option(_("Create anyway"), NEW), option(_("Not the same: create, never ask"), APART)],
            optional=False,
            hint=_("Nothing that you typed is lost: it fills what the other one lacks."),
        ),
    ]


def is_question(block: Block) -> bool:
    """True for a block of the question, which an answered form no longer needs."""
    block_id = str(block.get("block_id") or "")
    return block_id in (FIELD, _HEADING) or block_id.startswith(_LINE)


def asking(view: View, kind: Kind, close: Sequence[Close[Any]], locale: str) -> View:
    """The form with the question above its fields; whatever it holds stays."""
    kept = [block for block in view["blocks"] if not is_question(block)]
    metadata = json.loads(view.get("private_metadata") or "{}")
    metadata |= {"asked": [each.record.id for each in close]}
    form = {key: view[key] for key in ("type", "callback_id", "title", "submit", "close") if view.get(key)}
    blocks = [*question(kind, close, locale), *kept][:100]
    return form | {"blocks": blocks, "private_metadata": value_of(**metadata)}


def left_out(values: Mapping[str, Any], locale: str, own: Mapping[str, str] | None = None) -> str:
    """What was typed and not written, since the record has other values or belongs to somebody else;
    `own` are values of the workspace's own fields, by name.
    """
    _ = translator(locale)
    labelled = [(_(_FIELDS[field]), shown(str(value), 100)) for field, value in values.items()]
    labelled += [(shown(name, 60), value) for name, value in (own or {}).items()]
    said = _(", ").join(_("{label}: {value}", label=label, value=value) for label, value in labelled)
    return _("Not written, because it is not yours to change or has other values: {values}", values=said)
