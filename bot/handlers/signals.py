"""`/crm signals`: what needs a look; pausing one opportunity, closing the long dead together."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.asked import person_by_id, read_asked
from bot.handlers.forms import typed_day
from bot.handlers.interaction import Interaction
from bot.handlers.own_fields import own_blocks
from bot.handlers.router import Routes
from bot.handlers.suggestions import history_blocks
from bot.reports.signals import signals_now, watch, worth
from bot.services.signals import close_as_lost, pause_signals, resume_signals
from bot.store.activities import count_files_of, list_files_of
from bot.store.approvals import find_asked
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity, list_by_id
from bot.store.pipelines import access_stage
from bot.store.signals import usual
from bot.views import approvals as approval_views
from bot.views import opportunities as opportunity_views
from bot.views import opportunity_files as file_views
from bot.views import signals as views
from bot.views.blocks import Block, Message

routes = Routes()


@routes.command("signals", changes=False)
def show_signals(interaction: Interaction) -> Answer:
    """What needs a look: `/crm signals mine`, `/crm signals @bo`."""
    asked = read_asked(interaction, past=False)
    return Answer(_watch(interaction, asked.person_id))


@routes.action("signal.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Another page, in place of this one."""
    value = interaction.value
    person = person_by_id(interaction, value.get("person"))
    message = _watch(interaction, person.id if person else None, first=int(value.get("offset") or 0))
    return Answer(message, replace=True)


def _watch(interaction: Interaction, person_id: int | None, *, first: int = 0, **more: Any) -> Message:
    person = person_by_id(interaction, person_id)
    owner_ids = [person_id] if person_id is not None else None
    found = watch(interaction.session, now=interaction.now, owner_ids=owner_ids, first=first)
    whose = person.name if person else None
    return views.watch(found, interaction.actor.locale, whose=whose, person_id=person_id, **more)


def _dead(interaction: Interaction, person_id: int | None) -> list[Opportunity]:
    owner_ids = [person_id] if person_id is not None else None
    found = watch(interaction.session, now=interaction.now, owner_ids=owner_ids, size=1)
    return list_by_id(interaction.session, found.outlived)


@routes.action("signal.close")
def press_close(interaction: Interaction) -> Answer:
    """Open the review."""
    person = person_by_id(interaction, interaction.value.get("person"))
    person_id = person.id if person else None
    dead = _dead(interaction, person_id)
    if not dead:
        return Answer(_watch(interaction, person_id), replace=True)
    lifetime = usual(interaction.session).lifetime or 0
    view = views.close_form(dead, worth(dead), lifetime, interaction.actor.locale, person_id=person_id)
    return Answer(modal=view)


@routes.view("signal.close")
def submit_close(interaction: Interaction) -> Answer:
    """Close those that were shown, but the ones to keep; Undo opens them again."""
    person = person_by_id(interaction, interaction.metadata.get("person"))
    person_id = person.id if person else None
    keep = {str(each) for each in interaction.form.get("keep") or []}
    ids = [each.id for each in _dead(interaction, person_id) if str(each.id) not in keep]
    closed = close_as_lost(
        interaction.session,
        interaction.actor,
        ids,
        reason=interaction.form.get("loss_reason"),
        now=interaction.now,
    )
    _ = interaction._
    told = "✅ " + _("Closed {count} as lost.", count=closed)
    if closed < len(ids):
        told += " " + _("{count} belong to others and stay open.", count=len(ids) - closed)
    changeset = interaction.changeset if closed else None
    return Answer(_watch(interaction, person_id, told=told, changeset=changeset))


@routes.action("signal.pause")
def press_pause(interaction: Interaction) -> Answer:
    """Ask until when and why."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    facts, _ = signals_now(interaction.session, opportunity.id, now=interaction.now)
    view = views.pause_form(
        opportunity, interaction.actor.locale, until=facts.paused_until, why=facts.pause_reason or None
    )
    return Answer(modal=view)


@routes.view("signal.pause")
def submit_pause(interaction: Interaction) -> Answer:
    """Let it rest; the card says so."""
    opportunity_id = interaction.metadata["opportunity"]
    form = interaction.form
    pause_signals(
        interaction.session,
        interaction.actor,
        opportunity_id,
        until=typed_day(form.get("until")),
        why=form.get("why"),
        now=interaction.now,
    )
    said = "⏸ " + interaction._("It rests.")
    return Answer(with_signals(interaction, opportunity_id, said=said, changeset=interaction.changeset))


@routes.action("signal.resume")
def press_resume(interaction: Interaction) -> Answer:
    """End the pause."""
    opportunity_id = interaction.value["opportunity"]
    resume_signals(interaction.session, interaction.actor, opportunity_id, now=interaction.now)
    said = "▶️ " + interaction._("It is watched again.")
    return Answer(with_signals(interaction, opportunity_id, said=said, changeset=interaction.changeset))


def with_signals(interaction: Interaction, opportunity_id: int, **more: Any) -> Message:
    """The card of an opportunity with its signals, and what to do about them."""
    opportunity = access_opportunity(interaction.session, opportunity_id)
    if not opportunity.stage.is_open:
        own = own_details(interaction, opportunity)
        return opportunity_views.card(opportunity, interaction.actor.locale, details=own, **more)
    facts, signals = signals_now(interaction.session, opportunity_id, now=interaction.now)
    notes = [*more.pop("notes", ()), *views.card_notes(facts, signals, interaction.actor.locale)]
    extra = []
    if asked := find_asked(interaction.session, Opportunity.__tablename__, opportunity_id):
        stage = access_stage(interaction.session, int(asked.wanted["to_stage_id"]))
        notes.insert(0, approval_views.waiting(asked, stage, interaction.actor.locale))
        extra += approval_views.actions(asked, interaction.actor.person_id, interaction.actor.locale)
    details = [*own_details(interaction, opportunity), *history_blocks(interaction, opportunity)]
    return opportunity_views.card(
        opportunity, interaction.actor.locale, notes=notes, more=extra, details=details, **more
    )


def own_details(interaction: Interaction, opportunity: Opportunity) -> list[Block]:
    """What a card has for its one reader alone: own fields, and the latest files."""
    session = interaction.session
    files = list_files_of(session, opportunity.id, limit=file_views.ON_CARD)
    count = count_files_of(session, opportunity.id) if len(files) == file_views.ON_CARD else len(files)
    return [
        *own_blocks(interaction, opportunity),
        *file_views.on_card(files, count, interaction.actor.locale),
    ]
