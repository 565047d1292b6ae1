"""Probable duplicates as people see them: the question in a form, and why two are probably one."""

from collections.abc import Mapping, Sequence

from bot.domain.duplicates import Reason
from bot.i18n import N_, translate, translator
from bot.store.finds import Close
from bot.views.blocks import Block, context, option, section, select_input
from bot.views.text import cut, plain, shown

FIELD = "existing"
NEW = "new"
_HEADING, _LINE = "duplicates_heading", "duplicates_line"

REASONS = {
    Reason.NAME: N_("similar name"),
    Reason.PHONE: N_("same phone"),
    Reason.MAIL: N_("same mail domain"),
    Reason.TAX_ID: N_("same tax ID"),
}

_FIELDS = {
    "industry": N_("Industry"),
    "region": N_("Region"),
    "website": N_("Website"),
    "phone": N_("Phone"),
    "note": N_("Note"),
}


def line(close: Close, locale: str) -> str:
    """A probable duplicate with its owner and why; without its name where it may not be seen."""
    _ = translator(locale)
    owner = shown(close.customer.owner.name, 80) if close.customer.owner else _("nobody")
    name = f"*{shown(close.customer.name, 120)}*" if close.is_seen else _("A customer that you may not see")
    why = _(", ").join(_(REASONS[reason]) for reason in close.reasons)
    return " · ".join([name, owner, why])


def question(close: Sequence[Close], locale: str) -> list[Block]:
    """The question above the form's fields: use one of these, or create another anyway."""
    _ = translator(locale)
    choices = [
        option(_("Use {name}", name=cut(plain(each.customer.name), 60)), str(each.customer.id))
        for each in close
        if each.is_seen
    ]
    return [
        section("⚠️ " + _("This is probably here already:"), block_id=_HEADING),
        *(
            {**context(line(each, locale)), "block_id": f"{_LINE}_{number}"}
            for number, each in enumerate(close)
        ),
        select_input(
            FIELD,
            _("Which one is it?"),
            [*choices, option(_("Create anyway"), NEW)],
            optional=False,
            hint=_("Nothing that you typed is lost: it fills what the other one lacks."),
        ),
    ]


def is_question(block: Block) -> bool:
    """True for a block of the question, which an answered form no longer needs."""
    block_id = str(block.get("block_id") or "")
    return block_id in (FIELD, _HEADING) or block_id.startswith(_LINE)


def left_out(values: Mapping[str, str], locale: str) -> str:
    """What was typed and not written, since the record has other values or belongs to somebody else."""
    _ = translator(locale)
    said = _(", ").join(
        f"{translate(locale, _FIELDS[field])}: {shown(value, 100)}" for field, value in values.items()
    )
    return _("Not written, because it is not yours to change or has other values: {values}", values=said)
