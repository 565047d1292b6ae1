"""Approvals: `/crm approvals`, the buttons of whoever decides, and of who asked."""

import re

from bot.domain.approvals import ApprovalState
from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.approvals import approve, decline, withdraw
from bot.store.approvals import access_approval, find_asked, list_asked
from bot.store.models import Approval, Opportunity
from bot.store.opportunities import access_opportunity
from bot.store.pipelines import access_stage
from bot.views import approvals as views
from bot.views import opportunities as opportunity_views
from bot.views.blocks import Message
from bot.views.text import plain, shown

routes = Routes()

_ABOUT = re.compile(r"opp-?(\d{1,18})\b[\s:：,，]*(.*)", re.IGNORECASE | re.DOTALL)
_YES = re.compile(r"(?:approved?|yes|ok|同意|通过|批准|可以)[.!。！]?", re.IGNORECASE)
_NO = re.compile(
    r"(?:declined?|no|reject(?:ed)?|驳回|不同意|拒绝|不批)\b[\s:：,，]*(.*)", re.IGNORECASE | re.DOTALL
)
_BACK = re.compile(r"(?:withdraw|cancel|take back|撤回|撤销|取消)", re.IGNORECASE)


class NothingAsked(Refusal):
    """An answer to what nobody asked."""

    message = "Nothing about {name} waits for approval. `/crm approvals` shows what does."


def pending(interaction: Interaction, approval: Approval) -> views.Pending:
    """What an approval is about."""
    session = interaction.session
    return (
        approval,
        access_opportunity(session, approval.subject_id),
        access_stage(session, int(approval.wanted["to_stage_id"])),
    )


def asked_card(interaction: Interaction, approval: Approval) -> Message:
    """The card of what was asked about, with who decides; Undo takes the question back."""
    _approval, opportunity, stage = pending(interaction, approval)
    note = views.waiting(approval, stage, interaction.actor.locale)
    who = shown(approval.approver.name, 60)
    said = "🔏 " + interaction._("Asked {who}. It moves when they approve.", who=who)
    more = views.actions(approval, interaction.actor.person_id, interaction.actor.locale)
    return opportunity_views.card(
        opportunity,
        interaction.actor.locale,
        said=said,
        notes=[note],
        more=more,
        changeset=interaction.changeset,
    )


@routes.command("approvals")
def approvals(interaction: Interaction) -> Answer:
    """What waits; or an answer: `/crm approvals OPP-128 yes`, `/crm approvals OPP-128 no, too early`."""
    found = _ABOUT.match(plain(interaction.text).strip())
    if not found:
        return Answer(_listing(interaction))
    opportunity = access_opportunity(interaction.session, int(found[1]))
    asked = find_asked(interaction.session, Opportunity.__tablename__, opportunity.id)
    if asked is None:
        raise NothingAsked(name=opportunity_views.reference(opportunity))
    words = found[2].strip()
    if _YES.fullmatch(words):
        return _approve(interaction, asked.id)
    if said := _NO.fullmatch(words):
        if not said[1].strip():
            return Answer(modal=views.decline_form(pending(interaction, asked), interaction.actor.locale))
        return _decline(interaction, asked.id, said[1])
    if _BACK.fullmatch(words):
        return _withdraw(interaction, asked.id)
    return Answer(
        views.listing([pending(interaction, asked)], interaction.actor.person_id, interaction.actor.locale)
    )


def _listing(interaction: Interaction) -> Message:
    person_id = interaction.actor.person_id
    waits = [pending(interaction, each) for each in list_asked(interaction.session, person_id or 0)]
    return views.listing(waits, person_id, interaction.actor.locale)


@routes.action("approval.approve")
def press_approve(interaction: Interaction) -> Answer:
    """Say yes: it moves."""
    return _approve(interaction, interaction.value["approval"])


def _approve(interaction: Interaction, approval_id: int) -> Answer:
    approval = approve(interaction.session, interaction.actor, approval_id, now=interaction.now)
    if approval.state == ApprovalState.OUTDATED:
        who = shown(approval.asked_by.name, 60)
        said = "⌛ " + interaction._(
            "It has changed since {who} asked, so nothing was moved; they have been told.", who=who
        )
        changeset = None
    else:
        said, changeset = "✅ " + interaction._("Approved, and moved."), interaction.changeset
    opportunity = access_opportunity(interaction.session, approval.subject_id)
    card = opportunity_views.card(opportunity, interaction.actor.locale, said=said, changeset=changeset)
    return Answer(card, replace=True)


@routes.action("approval.decline")
def press_decline(interaction: Interaction) -> Answer:
    """Ask why not."""
    approval = access_approval(interaction.session, interaction.value["approval"])
    return Answer(modal=views.decline_form(pending(interaction, approval), interaction.actor.locale))


@routes.view("approval.decline")
def submit_decline(interaction: Interaction) -> Answer:
    """Say no, and why."""
    return _decline(interaction, interaction.metadata["approval"], interaction.form.get("reason"))


def _decline(interaction: Interaction, approval_id: int, reason: str | None) -> Answer:
    approval = decline(
        interaction.session, interaction.actor, approval_id, reason=reason, now=interaction.now
    )
    who = shown(approval.asked_by.name, 60)
    said = interaction._("Declined. {who} is told why.", who=who)
    return _done(interaction, approval, said)


@routes.action("approval.withdraw")
def press_withdraw(interaction: Interaction) -> Answer:
    """Ask no longer."""
    return _withdraw(interaction, interaction.value["approval"])


def _withdraw(interaction: Interaction, approval_id: int) -> Answer:
    approval = withdraw(interaction.session, interaction.actor, approval_id, now=interaction.now)
    return _done(interaction, approval, interaction._("The request is withdrawn."))


def _done(interaction: Interaction, approval: Approval, said: str) -> Answer:
    opportunity = access_opportunity(interaction.session, approval.subject_id)
    card = opportunity_views.card(
        opportunity, interaction.actor.locale, said="✅ " + said, changeset=interaction.changeset
    )
    return Answer(card)
