"""Opportunities: opened, edited, moved along the pipeline."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.stages import StageNames
from bot.services.cards import refresh_cards
from bot.services.classes import classify_customer
from bot.services.custom_fields import set_values
from bot.services.edits import edit
from bot.services.following import tell_followers
from bot.services.gates import check_gate, outdate_approval
from bot.services.mentions import tell_mentioned
from bot.services.opportunity_lines import settle_amount
from bot.services.rights import check_may_change
from bot.services.rooms import ask_whether_to_archive, keep_room_true
from bot.services.sales_channels import channel_of, flag_conflict, settle_channel
from bot.services.stages import check_criteria, check_in_pipeline
from bot.services.task_templates import plan_stage
from bot.services.wins import tell_win
from bot.store import Session
from bot.store.models import Customer, Opportunity, Stage, StageChange
from bot.store.opportunities import access_opportunity, last_mover
from bot.store.pipelines import access_stage, list_stages
from bot.store.workspaces import workspace_settings


class CloseDateInPast(Refusal):
    """A planned day that is over."""

    message = "{day} is in the past. When do you expect it to close? For example: end of next month"


class NegativeAmount(Refusal):
    """An amount below zero."""

    message = "The amount {amount} is negative. Type what you expect to sell, such as 120k."


class ProbabilityOutOfRange(Refusal):
    """Not a percentage."""

    message = "A probability is between 0 and 100 percent; {typed} is not."


class LossReasonRequired(Refusal):
    """A lost opportunity without a reason."""

    message = "Why was it lost? A few words are enough, such as: price, or chose a competitor."


class WonAmountRequired(Refusal):
    """A won opportunity without an amount."""

    message = "How much was it won for? For example: 120k"


class ClosedInFuture(Refusal):
    """A day of closing that has not come."""

    message = "{day} has not come yet. On which day was it closed?"


class AlreadyInStage(Refusal):
    """A move to where it is."""

    message = "{name} is already in this stage."


class MovedMeanwhile(Refusal):
    """A move from a stage that it is in no more."""

    message = "{who} has moved it to {stage} meanwhile; you chose {wanted}. Save again to move it there."


def open_opportunity(
    session: Session,
    actor: Actor,
    *,
    customer: Customer | None,
    now: datetime,
    owner_id: int | None = None,
    name: str | None = None,
    amount: Money | None = None,
    close_on: date | None = None,
    stage: Stage | None = None,
    **values: Any,
) -> Opportunity:
    """A new opportunity, owned by who opens it unless somebody is named, in the first stage likewise,
    which is that of the first pipeline unless a stage of another one is named.

    One that is won or lost already is closed today. Raises CloseDateInPast, NegativeAmount and what
    change_stage raises; `values` are further columns (source, competitor, probability, note, and the
    sales channel, which is the customer's where none is said).
    """
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    _check(today, amount=amount, close_on=close_on, probability=values.get("probability"))
    first = list_stages(session, stage.pipeline_id if stage else None)[0]
    custom = {key: value for key, value in (values.pop("custom", None) or {}).items() if value is not None}
    begins = stage if stage and stage.is_open else first
    if values.get("sales_channel") is None and values.get("partner_id") is None:
        said = {key: value for key, value in values.items() if value is not None}
        values |= channel_of(customer) | said
    opportunity = Opportunity(
        name=(name or (customer.name if customer else "")).strip(),
        customer_id=customer.id if customer else None,
        owner_id=owner_id or actor.person_id,
        stage_id=first.id,
        amount_minor=amount.minor if amount else None,
        currency=amount.currency if amount else workspace_settings(session).currency,
        close_on=close_on,
        opened_on=today,
        custom=custom,
        **values,
    )
    check_criteria(session, opportunity, begins)
    check_gate(session, actor, opportunity, begins, now)
    opportunity.stage_id = begins.id
    session.add(opportunity)
    settle_channel(session, opportunity)
    session.flush()
    flag_conflict(session, opportunity.customer_id, now=now)
    session.add(
        StageChange(opportunity_id=opportunity.id, to_stage_id=begins.id, at=now, person_id=actor.person_id)
    )
    session.flush()
    _tell(session, actor, opportunity, now)
    if stage and not stage.is_open:
        change_stage(session, actor, opportunity.id, to_stage_id=stage.id, now=now)
    else:
        plan_stage(session, actor, opportunity, begins.id, now=now)
    return access_opportunity(session, opportunity.id)


def edit_opportunity(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
    replaces_lines: bool = False,
) -> Opportunity:
    """Change fields of an opportunity. `values` may hold `amount` (Money or None), `custom` (values
    of own fields by their keys) and any other column.

    An amount that is not the sum of its product lines `replaces_lines`, or is refused. Raises NotAllowed,
    CloseDateInPast (only for a day that is new), NegativeAmount, AmountOfLines and EditConflict.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    columns = dict(values)
    amount = columns.pop("amount", opportunity.amount)
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    close_on = columns.get("close_on")
    _check(
        today,
        amount=amount,
        close_on=close_on if close_on != opportunity.close_on else None,
        probability=columns.get("probability"),
    )
    columns["amount_minor"] = amount.minor if amount else None
    if amount:
        columns["currency"] = amount.currency
    custom = columns.pop("custom", None)
    edit(session, opportunity, columns, version=version, seen=seen)
    settle_amount(session, opportunity, now, replaces=replaces_lines)
    if custom:
        set_values(session, opportunity, custom, version=version, seen=seen)
    settle_channel(session, opportunity)
    flag_conflict(session, opportunity.customer_id, now=now)
    _tell(session, actor, opportunity, now)
    return access_opportunity(session, opportunity_id)


def change_stage(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    to_stage_id: int,
    now: datetime,
    loss_reason: str | None = None,
    amount: Money | None = None,
    closed_on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    ticked: Collection[str] = (),
    from_stage_id: int | None = None,
    replaces_lines: bool = False,
    approved: bool = False,
) -> StageChange:
    """Move an opportunity along its pipeline and record who moved it.

    Won takes the final amount and the day, lost the reason. `facts` are fields that change with the move, as
    edit_opportunity takes them, `ticked` the checks that are done, `from_stage_id` where the person saw it,
    `approved` says that who guards the stage has said yes.
    Reopening clears the day of closing, the reason and the lesson, so that win rates count only how it
    finally ended. Raises NotAllowed, AlreadyInStage, MovedMeanwhile, LossReasonRequired, WonAmountRequired,
    ClosedInFuture, UnknownStage, StageElsewhere, StageRetired, NeedsFilled, ChecksOpen, AmountOfLines and
    ApprovalNeeded.
    """
    opportunity, stage = prepare_move(
        session,
        actor,
        opportunity_id,
        to_stage_id=to_stage_id,
        now=now,
        amount=amount,
        closed_on=closed_on,
        facts=facts,
        ticked=ticked,
        from_stage_id=from_stage_id,
        replaces_lines=replaces_lines,
    )
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    if not approved:
        check_gate(session, actor, opportunity, stage, now)
    if stage.is_open:
        opportunity.closed_at = opportunity.closed_on = None
        opportunity.loss_reason = opportunity.lesson = None
    else:
        closed_on = closed_on or today
        if stage.is_lost and not (loss_reason or "").strip():
            raise LossReasonRequired(field="loss_reason")
        opportunity.loss_reason = loss_reason if stage.is_lost else None
        if not stage.is_lost:
            opportunity.lesson = None
        opportunity.closed_on, opportunity.closed_at = closed_on, now
        opportunity.category = opportunity.category_reason = None
        if opportunity.opened_on is not None:
            # What is written down after its end began no later than it ended.
            opportunity.opened_on = min(opportunity.opened_on, closed_on)
    change = StageChange(
        opportunity_id=opportunity.id,
        from_stage_id=opportunity.stage_id,
        to_stage_id=stage.id,
        at=now,
        person_id=actor.person_id,
    )
    opportunity.stage_id = stage.id
    session.add(change)
    session.flush()
    classify_customer(session, opportunity.customer_id, now)
    outdate_approval(session, opportunity, now)
    tell_followers(session, actor, opportunity, now=now)
    keep_room_true(session, opportunity, now)
    refresh_cards(session, opportunity, now)
    if not stage.is_open:
        ask_whether_to_archive(session, opportunity, now)
    if stage.is_won:
        tell_win(session, opportunity, now)
    plan_stage(session, actor, opportunity, stage.id, now=now)
    return change


def prepare_move(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    to_stage_id: int,
    now: datetime,
    amount: Money | None,
    closed_on: date | None,
    facts: Mapping[str, Any] | None,
    ticked: Collection[str],
    from_stage_id: int | None,
    replaces_lines: bool,
) -> tuple[Opportunity, Stage]:
    """Keep what was filled and ticked for a move, and check that nothing lacks; raises as change_stage."""
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    stage = access_stage(session, to_stage_id)
    if stage.id == opportunity.stage_id:
        raise AlreadyInStage(field="stage", name=opportunity.name)
    if from_stage_id is not None and from_stage_id != opportunity.stage_id:
        raise MovedMeanwhile(
            field="stage",
            who=last_mover(session, opportunity_id) or "—",
            stage=StageNames([opportunity.stage.name]),
            wanted=StageNames([stage.name]),
        )
    check_in_pipeline(session, opportunity, stage)
    if facts:
        opportunity = edit_opportunity(
            session, actor, opportunity_id, facts, now=now, replaces_lines=replaces_lines
        )
    if done := [each for each in ticked if each not in opportunity.ticked]:
        opportunity.ticked = [*opportunity.ticked, *done]
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    _check(today, amount=amount, close_on=None, probability=None)
    if closed_on is not None and closed_on > today:
        raise ClosedInFuture(field="closed_on", day=closed_on)
    if amount is not None and not stage.is_open:
        opportunity.amount_minor, opportunity.currency = amount.minor, amount.currency
        settle_amount(session, opportunity, now, replaces=replaces_lines)
    elif stage.is_won and opportunity.amount_minor is None:
        raise WonAmountRequired(field="amount")
    check_criteria(session, opportunity, stage)
    return opportunity, stage


def _tell(session: Session, actor: Actor, opportunity: Opportunity, now: datetime) -> None:
    tell_mentioned(session, actor, opportunity, opportunity.note, now=now)
    outdate_approval(session, opportunity, now)
    tell_followers(session, actor, opportunity, now=now)
    keep_room_true(session, opportunity, now)
    refresh_cards(session, opportunity, now)


def _check(today: date, *, amount: Money | None, close_on: date | None, probability: int | None) -> None:
    if amount is not None and amount.minor < 0:
        raise NegativeAmount(field="amount", amount=amount)
    if close_on is not None and close_on < today:
        raise CloseDateInPast(field="close_on", day=close_on)
    if probability is not None and not 0 <= probability <= 100:
        raise ProbabilityOutOfRange(field="probability", typed=str(probability))
