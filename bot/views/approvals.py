"""Approvals as people see them: the question to whoever decides, how it ended, what waits."""

from collections.abc import Sequence
from typing import Any

from bot.domain.approvals import ApprovalState
from bot.i18n import format_date, format_money, translator
from bot.store.models import Approval, Opportunity, Stage
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    fields,
    header,
    modal,
    section,
    text_input,
    text_message,
)
from bot.views.opportunities import reference, title
from bot.views.text import shown
from bot.views.words import stage_name

Pending = tuple[Approval, Opportunity, Stage]
"""What waits, what it is about, and the stage that it is to come into."""


def _stage(stage: Stage, locale: str) -> str:
    return shown(stage_name(stage.name, locale), 60)


def request(pending: Pending, locale: str, *, again: bool = False) -> Message:
    """The question to whoever decides."""
    _ = translator(locale)
    approval, opportunity, stage = pending
    who = shown(approval.asked_by.name, 60)
    said: dict[str, Any] = {"who": who, "name": title(opportunity), "stage": _stage(stage, locale)}
    asked = "🔏 " + _("{who} asks for your approval: *{name}* → *{stage}*", **said)
    if again:
        asked = "⏰ " + _("Still waiting for your answer.") + "\n" + asked
    close = format_date(opportunity.close_on, locale) if opportunity.close_on else _("not set")
    pairs = [
        (_("Amount"), format_money(opportunity.amount, locale) if opportunity.amount else _("unknown")),
        (_("Stage"), _stage(opportunity.stage, locale)),
        (_("Close date"), close),
        (_("Owner"), shown(opportunity.owner.name) if opportunity.owner else _("nobody")),
    ]
    row = action_row(*_decide(approval, locale), _show(opportunity, locale))
    blocks = [section(f"{asked}  `{reference(opportunity)}`"), fields(pairs), row]
    text = "\n".join([asked, *(f"{label}: {value}" for label, value in pairs)])
    return Message(text, tuple(blocks))


def _decide(approval: Approval, locale: str) -> list[Block]:
    _ = translator(locale)
    return [
        button(_("Approve"), "approval.approve", style="primary", approval=approval.id),
        button(_("Decline request…"), "approval.decline", approval=approval.id),
    ]


def _show(opportunity: Opportunity, locale: str) -> Block:
    _ = translator(locale)
    return button(_("Show"), "opportunity.show", opportunity=opportunity.id)


def decided(pending: Pending, locale: str) -> Message:
    """How it ended, for who asked."""
    _ = translator(locale)
    approval, opportunity, stage = pending
    who = shown(approval.decided_by.name, 60) if approval.decided_by else "—"
    said: dict[str, Any] = {"who": who, "name": title(opportunity), "stage": _stage(stage, locale)}
    again = button(_("Stage"), "opportunity.stage", opportunity=opportunity.id)
    show = _show(opportunity, locale)
    match approval.state:
        case ApprovalState.APPROVED:
            return text_message("✅ " + _("{who} has approved: *{name}* is now in *{stage}*.", **said), show)
        case ApprovalState.DECLINED:
            text = "✖️ " + _("{who} has declined *{name}* → *{stage}*:", **said)
            return text_message(f"{text}\n> {shown(approval.reason or '', 1000)}", again, show)
    text = _(
        "*{name}* has changed, so your request for *{stage}* has ended. Ask again if it still holds.", **said
    )
    return text_message("⌛ " + text, again, show)


def waiting(approval: Approval, stage: Stage, locale: str) -> str:
    """That it waits, on the card."""
    _ = translator(locale)
    return "⏳ " + _(
        "waits for {who} to approve *{stage}*",
        who=shown(approval.approver.name, 60),
        stage=_stage(stage, locale),
    )


def actions(approval: Approval, person_id: int | None, locale: str) -> list[Block]:
    """What a reader of the card can do about it."""
    _ = translator(locale)
    if person_id == approval.asked_by_id:
        return [button(_("Withdraw"), "approval.withdraw", approval=approval.id)]
    return _decide(approval, locale)


def listing(waits: Sequence[Pending], person_id: int | None, locale: str) -> Message:
    """What waits for the reader, and what the reader waits for."""
    _ = translator(locale)
    heading = _("Waiting for approval")
    if not waits:
        return text_message(_("Nothing waits for approval."), button(_("Pipelines"), "pipeline.list"))
    blocks: list[Block] = [header(heading)]
    lines = []
    for approval, opportunity, stage in waits[:12]:
        line = f"*{title(opportunity)}* `{reference(opportunity)}` → *{_stage(stage, locale)}*\n"
        if approval.approver_id == person_id:
            line += _("asked by {who}", who=shown(approval.asked_by.name, 60))
        else:
            line += waiting(approval, stage, locale)
        blocks += [
            section(line),
            action_row(*actions(approval, person_id, locale), _show(opportunity, locale)),
        ]
        lines.append(line)
    return Message("\n".join([heading, *lines]), tuple(blocks))


def decline_form(pending: Pending, locale: str) -> View:
    """Ask why not."""
    _ = translator(locale)
    approval, opportunity, stage = pending
    return modal(
        _("Decline request"),
        _("Decline request"),
        [
            section(f"*{title(opportunity)}* → *{_stage(stage, locale)}*"),
            text_input("reason", _("Why is it declined?"), multiline=True, longest=500, optional=False),
        ],
        callback="approval.decline",
        close=_("Cancel"),
        approval=approval.id,
    )
