"""The sales plan: `/crm plan`, and the form that sets a quota."""

from datetime import date

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.periods import Period, quarter_of
from bot.handlers.answers import Answer
from bot.handlers.asked import MINE, NotAFigure, person_by_id, read_asked, today_of
from bot.handlers.forms import at_field, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lines import money_of, question, read_typed
from bot.handlers.router import Routes
from bot.handlers.tasks import person_named
from bot.language import Line, When
from bot.reports import plan as plans
from bot.services.plans import set_quota
from bot.store.models import Person
from bot.store.people import search_people
from bot.store.plans import find_quota
from bot.store.workspaces import workspace_settings
from bot.views import plans as views
from bot.views.opportunities import typed_amount
from bot.views.periods import period_name
from bot.views.text import shown

routes = Routes()

QUARTERS_AHEAD = 5
EVERYBODY = frozenset(
    ["team", "everyone", "everybody", "all", "workspace", "company", "团队", "全员", "公司", "整个团队"]
)
"""Whose quota is the whole workspace's."""


class QuarterNeeded(Refusal):
    """A quota for a period that is no quarter."""

    message = "Quotas are set by quarter, and “{typed}” is none. For example: `/crm plan Ann 300k Q1`"


_SHOWN_PEOPLE = 90


@routes.command("plan")
def plan(interaction: Interaction) -> Answer:
    """The plan of a quarter: `/crm plan Q1`; or a quota set by a line: `/crm plan Ann 300k Q1`."""
    line = read_typed(interaction, "plan")
    if "amount" in line.words:
        return _set_by_line(interaction, line)
    asked = read_asked(interaction, past=False)
    day = asked.period.start if asked.period else today_of(interaction)
    return _plan(interaction, _quarter(interaction, day))


def _set_by_line(interaction: Interaction, line: Line) -> Answer:
    """Set a quota; what the line leaves open is asked, and whose it is never guessed."""
    typed = line.fields.get("person")
    for ask in line.asks:
        if not ask.readings:
            raise ask.why or NotAFigure(typed=ask.typed)
        if ask.field == "person" and len(ask.readings) == 1:
            typed = ask.readings[0]
        else:
            return question(interaction, "plan", ask)
    if rest := line.fields.get("text"):
        raise NotAFigure(typed=str(rest))
    period, money = _quarter_said(interaction, line), money_of(interaction, line.fields)
    if typed is None:
        return _opened(interaction, period, person_by_id(interaction, interaction.actor.person_id), money)
    word = str(typed).casefold()
    everybody = word in EVERYBODY
    mine = interaction.actor.person_id if word in MINE else None
    person = None if everybody else person_by_id(interaction, mine) or person_named(interaction, typed)
    return _set(interaction, person, period, money)


def _quarter_said(interaction: Interaction, line: Line) -> Period:
    """The quarter of the line, this one where none is said. Raises QuarterNeeded."""
    said = line.fields.get("period")
    if isinstance(said, When) and said.grain != "quarter":
        raise QuarterNeeded(typed=said.text)
    return _quarter(interaction, said.day if isinstance(said, When) else today_of(interaction))


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
    chosen = _quarter(interaction, date.fromisoformat(starts_on) if starts_on else today_of(interaction))
    person_id = interaction.value.get("person") or interaction.actor.person_id
    person = person_by_id(interaction, person_id)
    quota = find_quota(
        interaction.session,
        person_id=person.id if person else None,
        team_id=None,
        starts_on=chosen.start,
        ends_on=chosen.end,
    )
    return _opened(interaction, chosen, person, quota.amount if quota else None)


def _opened(interaction: Interaction, chosen: Period, person: Person | None, amount: Money | None) -> Answer:
    current = _quarter(interaction, today_of(interaction))
    return Answer(
        modal=views.form(
            interaction.actor.locale,
            periods=_quarters(current, chosen),
            chosen=chosen,
            person=person,
            amount=typed_amount(amount),
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
    form = interaction.form
    person = None if form["seller"] == views.WORKSPACE else person_by_id(interaction, form["seller"])
    period = _quarter(interaction, date.fromisoformat(form["quarter"]))
    with at_field("amount"):
        amount = typed_money(interaction, form.get("amount"))
    with at_field("seller"):
        return _set(interaction, person, period, amount)


def _set(interaction: Interaction, person: Person | None, period: Period, amount: Money | None) -> Answer:
    quota = set_quota(
        interaction.session,
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
    found = search_people(interaction.session, typed, limit=_SHOWN_PEOPLE)
    return Answer(options=views.found_sellers(found, interaction.actor.locale, typed=typed))
