"""The sales plan: `/crm plan`, and the form that sets a quota."""

from datetime import date

from bot.domain.periods import Period, quarter_of
from bot.handlers.answers import Answer
from bot.handlers.asked import person_by_id, read_asked, today_of
from bot.handlers.forms import at_field, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.reports import plan as plans
from bot.services.plans import set_quota
from bot.store.models import Person
from bot.store.people import find_people_named
from bot.store.plans import find_quota
from bot.store.workspaces import workspace_settings
from bot.views import plans as views
from bot.views.opportunities import typed_amount
from bot.views.periods import period_name
from bot.views.text import shown

routes = Routes()

QUARTERS_AHEAD = 5
_SHOWN_PEOPLE = 90


@routes.command("plan", changes=False)
def plan(interaction: Interaction) -> Answer:
    """The plan of a quarter: `/crm plan Q1`."""
    asked = read_asked(interaction, past=False)
    day = asked.period.start if asked.period else today_of(interaction)
    return _plan(interaction, _quarter(interaction, day))


@routes.action("plan.show", changes=False)
def press_plan(interaction: Interaction) -> Answer:
    """The plan of another quarter, in place of the first."""
    day = date.fromisoformat(interaction.value["starts_on"])
    return _plan(interaction, _quarter(interaction, day), replace=True)


def _plan(
    interaction: Interaction,
    period: Period,
    *,
    said: str | None = None,
    changeset: str | None = None,
    replace: bool = False,
) -> Answer:
    found = plans.plan(interaction.session, as_of=today_of(interaction), period=period)
    message = views.plan(found, interaction.actor.locale, said=said, changeset=changeset)
    return Answer(message, replace=replace)


def _quarter(interaction: Interaction, day: date) -> Period:
    return quarter_of(day, workspace_settings(interaction.session).fiscal_start_month)


@routes.action("quota.new")
def press_quota(interaction: Interaction) -> Answer:
    """The form, for the quarter and person of the button; else this quarter and whoever presses."""
    starts_on = interaction.value.get("starts_on")
    current = _quarter(interaction, today_of(interaction))
    chosen = _quarter(interaction, date.fromisoformat(starts_on)) if starts_on else current
    person_id = interaction.value.get("person") or interaction.actor.person_id
    person = person_by_id(interaction, person_id)
    quota = find_quota(
        interaction.session,
        person_id=person.id if person else None,
        team_id=None,
        starts_on=chosen.start,
        ends_on=chosen.end,
    )
    return Answer(
        modal=views.form(
            interaction.actor.locale,
            periods=_quarters(current, chosen),
            chosen=chosen,
            person=person,
            amount=typed_amount(quota.amount) if quota else None,
        )
    )


def _quarters(current: Period, chosen: Period) -> list[Period]:
    """From the quarter before the present one on, and the chosen one."""
    found = [current.before, current]
    while len(found) < QUARTERS_AHEAD + 2:
        found.append(found[-1].after)
    return sorted({*found, chosen}, key=lambda period: period.start)


@routes.view("quota.set")
def submit_quota(interaction: Interaction) -> Answer:
    """Set or take away a quota, and show the plan."""
    form, session = interaction.form, interaction.session
    person = None if form["seller"] == views.WORKSPACE else person_by_id(interaction, form["seller"])
    period = _quarter(interaction, date.fromisoformat(form["quarter"]))
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    with at_field("seller"):
        quota = set_quota(
            session,
            interaction.actor,
            period=period,
            amount=amount,
            now=interaction.now,
            person_id=person.id if person else None,
        )
    said = _said(interaction, person, period, removed=amount is None, amount=quota.amount)
    return _plan(interaction, period, said=said, changeset=interaction.changeset)


def _said(
    interaction: Interaction, person: Person | None, period: Period, *, removed: bool, amount: object
) -> str:
    _ = interaction._
    name = shown(person.name) if person else _("The whole workspace")
    quarter = period_name(period, interaction.actor.locale)
    if removed:
        return "✅ " + _("Quota taken away: {name}, {period}.", name=name, period=quarter)
    return "✅ " + _("Quota set: {name}, {period}: {amount}.", name=name, period=quarter, amount=amount)


@routes.options("seller")
def search_seller(interaction: Interaction) -> Answer:
    """People for a select, as one types; before that the whole workspace too."""
    typed = str(interaction.payload.get("value") or "").strip()
    found = find_people_named(interaction.session, typed, limit=_SHOWN_PEOPLE)
    return Answer(options=views.found_sellers(found, interaction.actor.locale, typed=typed))
