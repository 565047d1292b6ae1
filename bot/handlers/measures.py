"""Improvement measures: from a figure to its form, from the form to a task and a review."""

from datetime import timedelta

from bot.domain.performance import METRICS
from bot.handlers.answers import Answer
from bot.handlers.asked import person_by_id, today_of
from bot.handlers.forms import typed_day
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.reports.performance import metric_value
from bot.services.measures import record_measure
from bot.store.people import find_slack_person
from bot.store.workspaces import workspace_settings
from bot.views import measures as views
from bot.views.measured import metric_shown

routes = Routes()

REVIEWED_AFTER = timedelta(days=30)


@routes.action("measure.new")
def press_measure(interaction: Interaction) -> Answer:
    """The form, with the figure that the button stands beside and its value of today."""
    value = interaction.value
    metric = value.get("metric") if value.get("metric") in METRICS else "won_amount"
    assert isinstance(metric, str)
    days = int(value.get("days") or 30)
    person = person_by_id(interaction, value.get("person"))
    today = today_of(interaction)
    currency = workspace_settings(interaction.session).currency
    now = metric_value(
        interaction.session, metric, as_of=today, days=days, person_id=person.id if person else None
    )
    return Answer(
        modal=views.form(
            interaction.actor.locale,
            metric=metric,
            days=days,
            today=metric_shown(metric, now, currency, interaction.actor.locale),
            review_on=interaction.today + REVIEWED_AFTER,
            whose=person.name if person else None,
            values={"owner": interaction.actor.slack_user_id},
            **({"person": person.id} if person else {}),
        )
    )


@routes.view("measure.create")
def submit_measure(interaction: Interaction) -> Answer:
    """Record the measure, with the chosen metric's value of today."""
    form, session = interaction.form, interaction.session
    person = person_by_id(interaction, interaction.metadata.get("person"))
    person_id = person.id if person else None
    owner = find_slack_person(session, form.get("owner") or "")
    metric, days = str(form["metric"]), int(form["days"])
    review_on = typed_day(form.get("review_on")) or interaction.today
    measure = record_measure(
        session,
        interaction.actor,
        cause=form.get("cause") or "",
        action=form.get("action") or "",
        owner_id=owner.id if owner else None,
        metric=metric,
        value=metric_value(session, metric, as_of=today_of(interaction), days=days, person_id=person_id),
        days=days,
        review_on=review_on,
        now=interaction.now,
        currency=workspace_settings(session).currency,
        person_id=person_id,
        slack_channel=interaction.channel,
    )
    whose = person.name if person else None
    return Answer(
        views.recorded(measure, interaction.actor.locale, changeset=interaction.changeset, whose=whose)
    )
