"""Moves along the pipeline: `/crm stage`, the choice of the next stage, and what won and lost ask for."""

from bot.domain.money import Money
from bot.handlers.answers import Answer
from bot.handlers.forms import at_field, typed_day, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lines import MOST_READINGS, money_of, question, read_typed
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.language import Ask, NameMatch
from bot.services.opportunities import change_stage, stage_named
from bot.store.models import Opportunity, Stage
from bot.store.opportunities import access_opportunity, list_open_opportunities, list_opportunities_called
from bot.store.pipelines import access_stage, list_stages
from bot.views import opportunities as views
from bot.views.text import shown
from bot.views.words import stage_name

routes = Routes()


@routes.command("stage")
def move(interaction: Interaction) -> Answer:
    """Move an opportunity along: `/crm stage Acme negotiation`."""
    line = read_typed(interaction, "stage")
    for ask in line.asks:
        if ask.readings:
            return question(interaction, "stage", ask)
        if ask.why is not None:
            raise ask.why
    typed, to_stage = line.fields.get("customer"), line.fields.get("stage")
    named = line.fields.get("opportunity")
    if typed is None and named is None:
        own = list_open_opportunities(
            interaction.session, owner_id=interaction.actor.person_id, limit=views.PAGE
        )
        return Answer(views.listing(own, interaction.actor.locale, interaction._("Which opportunity moves?")))
    if isinstance(named, NameMatch):
        candidates = [access_opportunity(interaction.session, int(named.id))]
    else:
        name = str(getattr(typed, "name", typed))
        found = list(list_opportunities_called(interaction.session, name))
        candidates = [each for each in found if each.stage.is_open] or found
        if not candidates:
            raise NoOpportunityCalled(typed=name)
        if len(candidates) > MOST_READINGS:
            heading = interaction._("Which one do you mean?")
            return Answer(views.listing(candidates, interaction.actor.locale, heading))
        if len(candidates) > 1:
            readings = tuple(
                NameMatch(each.id, views.choice_words(each, interaction.actor.locale)) for each in candidates
            )
            return question(interaction, "stage", Ask("opportunity", readings, name))
    if to_stage is None:
        return Answer(
            modal=views.stage_form(candidates[0], list_stages(interaction.session), interaction.actor.locale)
        )
    chosen = stage_named(interaction.session, str(getattr(to_stage, "name", to_stage)))
    return _move(
        interaction,
        candidates[0],
        chosen,
        reason=line.note or None,
        amount=money_of(interaction, line.fields),
    )


def _move(
    interaction: Interaction,
    opportunity: Opportunity,
    to_stage: Stage,
    *,
    reason: str | None = None,
    amount: Money | None = None,
) -> Answer:
    """Move at once where nothing is missing; else ask only for that."""
    missing = (to_stage.is_won and amount is None) or (to_stage.is_lost and not reason)
    if missing:
        view = views.stage_form(
            opportunity, [], interaction.actor.locale, to_stage=to_stage, today=interaction.today
        )
        return Answer(update=view) if interaction.kind == "view" else Answer(modal=view)
    change_stage(
        interaction.session,
        interaction.actor,
        opportunity.id,
        to_stage_id=to_stage.id,
        now=interaction.now,
        loss_reason=reason,
        amount=amount,
    )
    return _moved(interaction, opportunity.id)


def _moved(interaction: Interaction, opportunity_id: int) -> Answer:
    opportunity = access_opportunity(interaction.session, opportunity_id)
    locale = interaction.actor.locale
    said = interaction._("Moved to *{stage}*.", stage=shown(stage_name(opportunity.stage.name, locale)))
    if opportunity.stage.is_won:
        said = "🎉 " + interaction._("Won! Congratulations.")
    return Answer(views.card(opportunity, locale, said=said, changeset=interaction.changeset))


@routes.action("opportunity.stage")
def press_stage(interaction: Interaction) -> Answer:
    """Open the choice of stages."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(
        modal=views.stage_form(opportunity, list_stages(interaction.session), interaction.actor.locale)
    )


@routes.view("opportunity.stage")
def submit_stage(interaction: Interaction) -> Answer:
    """Move to the chosen stage, or ask what it needs."""
    opportunity = access_opportunity(interaction.session, interaction.metadata["opportunity"])
    chosen = access_stage(interaction.session, int(interaction.form["stage"]))
    return _move(interaction, opportunity, chosen)


@routes.view("opportunity.close")
def submit_close(interaction: Interaction) -> Answer:
    """Win or lose an opportunity with what was asked."""
    form, metadata = interaction.form, interaction.metadata
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    change_stage(
        interaction.session,
        interaction.actor,
        metadata["opportunity"],
        to_stage_id=metadata["stage"],
        now=interaction.now,
        loss_reason=form.get("loss_reason"),
        amount=amount,
        closed_on=typed_day(form.get("closed_on")),
    )
    return _moved(interaction, metadata["opportunity"])
