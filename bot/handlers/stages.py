"""Moves along the pipeline: `/crm stage`, the choice of the next stage, and what a move asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.money import Money
from bot.domain.stages import Need
from bot.handlers.answers import Answer
from bot.handlers.approvals import asked_card
from bot.handlers.choosing import numbered, without_name
from bot.handlers.conflicts import asked_again
from bot.handlers.forms import at_field, typed_day, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lines import MOST_READINGS, money_of, question, read_typed
from bot.handlers.needs import contacts_to_choose, fill_needs
from bot.handlers.opportunities import NoOpportunityCalled, read_percent
from bot.handlers.pipeline_shape import own_fields
from bot.handlers.router import Routes
from bot.language import Ask, NameMatch
from bot.services.approvals import ask_approval
from bot.services.gates import approver_for
from bot.services.opportunities import AlreadyInStage, MovedMeanwhile, change_stage
from bot.services.opportunity_lines import AmountOfLines
from bot.services.rights import check_may_change
from bot.services.stages import check_in_pipeline, lack_of, stage_named, stages_of
from bot.store.figures import stage_rows
from bot.store.models import Opportunity, Stage
from bot.store.opportunities import access_opportunity, list_open_opportunities, list_opportunities_called
from bot.store.pipelines import access_stage
from bot.store.products import access_product
from bot.store.tasks import list_tasks_made
from bot.views import moves as views
from bot.views import opportunities as opportunity_views
from bot.views.blocks import Message
from bot.views.problems import sentence
from bot.views.task_rules import planned
from bot.views.text import shown
from bot.views.words import stage_name

routes = Routes()


@routes.command("stage", asks_alone=True)
def move(interaction: Interaction) -> Answer:
    """Move an opportunity along: `/crm stage Acme negotiation`, `/crm stage OPP-128 won 120k`."""
    if not interaction.text.strip():
        return _own(interaction)
    known, text = numbered(interaction, interaction.text)
    line = without_name(read_typed(interaction, "stage", text=text), known)
    for ask in line.asks:
        if ask.readings:
            return question(interaction, "stage", ask)
        if ask.why is not None:
            raise ask.why
    typed, to_stage = line.fields.get("customer"), line.fields.get("stage")
    named = line.fields.get("opportunity")
    if known:
        candidates = [known]
    elif isinstance(named, NameMatch):
        candidates = [access_opportunity(interaction.session, int(named.id))]
    elif typed is None:
        return _own(interaction)
    else:
        name = str(getattr(typed, "name", typed))
        found = list(list_opportunities_called(interaction.session, name))
        candidates = [each for each in found if each.stage.is_open] or found
        if not candidates:
            raise NoOpportunityCalled(typed=name)
        if len(candidates) > MOST_READINGS:
            return Answer(_to_move(interaction, candidates, interaction._("Which one do you mean?")))
        if len(candidates) > 1:
            readings = tuple(
                NameMatch(each.id, opportunity_views.choice_words(each, interaction.actor.locale))
                for each in candidates
            )
            return question(interaction, "stage", Ask("opportunity", readings, name))
    opportunity = candidates[0]
    if to_stage is None:
        return _choose(interaction, opportunity)
    chosen = stage_named(interaction.session, str(getattr(to_stage, "name", to_stage)), opportunity)
    amount = money_of(interaction, line.fields)
    return move_or_ask(interaction, opportunity, chosen, reason=line.note or None, amount=amount)


def _own(interaction: Interaction) -> Answer:
    """The person's own, to choose from."""
    own = list_open_opportunities(
        interaction.session, owner_id=interaction.actor.person_id, limit=opportunity_views.PAGE
    )
    return Answer(_to_move(interaction, own, interaction._("Which opportunity moves?")))


def _to_move(interaction: Interaction, found: Sequence[Opportunity], heading: str) -> Message:
    """Opportunities with the stages of each in a menu beside it."""
    locale = interaction.actor.locale
    living = [each for each in stage_rows(interaction.session).values() if not each.is_removed]
    menus = {
        each.id: views.stage_menu(
            each, [stage for stage in living if stage.pipeline_id == each.stage.pipeline_id], locale
        )
        for each in found[: opportunity_views.PAGE]
    }
    return opportunity_views.listing(found, locale, heading, beside=menus)


def _choose(interaction: Interaction, opportunity: Opportunity) -> Answer:
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    stages = stages_of(interaction.session, opportunity)
    return Answer(modal=views.choose_form(opportunity, stages, interaction.actor.locale))


def move_or_ask(
    interaction: Interaction,
    opportunity: Opportunity,
    to_stage: Stage,
    *,
    reason: str | None = None,
    amount: Money | None = None,
    from_stage: int | None = None,
) -> Answer:
    """Move at once where nothing is missing; else ask only for that. Who may not move it is told at once."""
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    if to_stage.id == opportunity.stage_id:
        raise AlreadyInStage(field="stage", name=opportunity.name)
    check_in_pipeline(interaction.session, opportunity, to_stage)
    lack = lack_of(interaction.session, opportunity, to_stage)
    if lack or (to_stage.is_won and amount is None) or (to_stage.is_lost and not reason):
        values = {"loss_reason": reason, "amount": opportunity_views.typed_amount(amount)}
        view = _form(interaction, opportunity, to_stage, {key: each for key, each in values.items() if each})
        return Answer(update=view) if interaction.kind == "view" else Answer(modal=view)
    return _move(
        interaction, opportunity, to_stage, loss_reason=reason, amount=amount, from_stage_id=from_stage
    )


def _form(
    interaction: Interaction,
    opportunity: Opportunity,
    to_stage: Stage,
    values: Mapping[str, Any],
    **more: Any,
) -> Any:
    opportunity = access_opportunity(interaction.session, opportunity.id)  # with its product lines
    lack = lack_of(interaction.session, opportunity, to_stage)
    return views.move_form(
        opportunity,
        to_stage,
        interaction.actor.locale,
        needs=lack.needs,
        checks=lack.checks,
        today=interaction.today,
        values=values,
        own=own_fields(interaction),
        contacts=contacts_to_choose(interaction, opportunity, lack.needs),
        **more,
    )


def _move(interaction: Interaction, opportunity: Opportunity, to_stage: Stage, **said: Any) -> Answer:
    """Move, or ask whoever guards the stage for a yes.

    Where somebody else moved it meanwhile, ask again with both stages in sight.
    """
    session, actor, now = interaction.session, interaction.actor, interaction.now
    was_open = opportunity.stage.is_open
    is_gated = approver_for(session, actor, to_stage, now) is not None
    try:
        said["replaces_lines"] = bool(interaction.form.get("replace_lines"))
        if is_gated:
            asked = {key: value for key, value in said.items() if key != "loss_reason"}
            approval = ask_approval(session, actor, opportunity.id, to_stage_id=to_stage.id, now=now, **asked)
            return Answer(asked_card(interaction, approval))
        change_stage(session, actor, opportunity.id, to_stage_id=to_stage.id, now=now, **said)
    except AmountOfLines as refusal:
        problems = {"amount": sentence(refusal, interaction.actor.locale)}
        typed = {"amount": opportunity_views.typed_amount(said.get("amount"))} | dict(interaction.form)
        view = _form(interaction, opportunity, to_stage, typed, problems=problems, asks_lines=True)
        is_form = interaction.kind == "view"
        return asked_again(interaction, view) if is_form else Answer(modal=view, refused=True)
    except MovedMeanwhile as conflict:
        if interaction.kind != "view":
            raise
        problems = {"": sentence(conflict, interaction.actor.locale)}
        view = _form(interaction, opportunity, to_stage, dict(interaction.form), problems=problems)
        return Answer(update=view, refused=True)
    return _moved(interaction, opportunity.id, reopens=to_stage.is_open and not was_open)


def _moved(interaction: Interaction, opportunity_id: int, *, reopens: bool) -> Answer:
    opportunity = access_opportunity(interaction.session, opportunity_id)
    locale = interaction.actor.locale
    stage = shown(stage_name(opportunity.stage.name, locale))
    said = interaction._("Moved to *{stage}*.", stage=stage)
    if reopens:
        said = "🔓 " + interaction._("Reopened in *{stage}*. How it ended stays in its history.", stage=stage)
    if opportunity.stage.is_lost:
        said = interaction._("Written down as lost.")
    if opportunity.stage.is_won:
        said = "🎉 " + interaction._("Won! Congratulations.")
    if tasks := list_tasks_made(interaction.session, interaction.changeset):
        said += "\n" + planned(tasks, locale, interaction.actor.tz)
    return Answer(opportunity_views.card(opportunity, locale, said=said, changeset=interaction.changeset))


@routes.action("opportunity.stage")
def press_stage(interaction: Interaction) -> Answer:
    """Open the choice of stages."""
    return _choose(interaction, access_opportunity(interaction.session, interaction.value["opportunity"]))


@routes.action("opportunity.move")
def choose_stage(interaction: Interaction) -> Answer:
    """Move to the stage chosen in the menu beside an opportunity, or ask what it needs."""
    value = interaction.value
    opportunity = access_opportunity(interaction.session, value["opportunity"])
    chosen = access_stage(interaction.session, value["stage"])
    return move_or_ask(interaction, opportunity, chosen, from_stage=value.get("from_stage"))


@routes.view("opportunity.stage")
def submit_stage(interaction: Interaction) -> Answer:
    """Move to the chosen stage, or ask what it needs."""
    opportunity = access_opportunity(interaction.session, interaction.metadata["opportunity"])
    chosen = access_stage(interaction.session, int(interaction.form["stage"]))
    return move_or_ask(interaction, opportunity, chosen, from_stage=interaction.metadata.get("from_stage"))


@routes.view("opportunity.move")
def submit_move(interaction: Interaction) -> Answer:
    """Move an opportunity with what was asked."""
    form, metadata = interaction.form, interaction.metadata
    opportunity = access_opportunity(interaction.session, metadata["opportunity"])
    to_stage = access_stage(interaction.session, metadata["stage"])
    facts: dict[str, Any] = {
        need.value: form.get(need) for need in (Need.SOURCE, Need.NOTE, Need.COMPETITOR) if need in form
    }
    if str(form.get(views.SOLD) or "").isdecimal():
        facts["product_id"] = access_product(interaction.session, int(form[views.SOLD])).id
    if "lesson" in form:
        facts["lesson"] = form.get("lesson")
    if Need.CLOSE_ON in form:
        facts["close_on"] = typed_day(form.get("close_on"))
    if Need.PROBABILITY in form:
        with at_field("probability"):
            facts["probability"] = read_percent(form.get("probability"))
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    facts |= fill_needs(interaction, opportunity)
    if amount is not None and to_stage.is_open:
        facts["amount"] = amount
    return _move(
        interaction,
        opportunity,
        to_stage,
        loss_reason=form.get("loss_reason"),
        amount=amount,
        closed_on=typed_day(form.get("closed_on")),
        facts=facts,
        ticked=form.get("checks") or (),
        from_stage_id=metadata.get("from_stage"),
    )
