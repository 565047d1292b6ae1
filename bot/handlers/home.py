"""The day and the week: the Home tab, `/crm day`, `/crm week` and bare `/crm`."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import Ambiguous, NotUnderstood, read_when
from bot.reports import day as report
from bot.reports.team_day import team_day
from bot.services.mornings import NotAnHour, set_day_hour
from bot.store.custom_fields import list_fields
from bot.store.days import Day
from bot.store.people import find_day_hour
from bot.store.pipelines import list_every_stage
from bot.store.team_days import TeamDay
from bot.views import home as views
from bot.views.blocks import Message, button, text_message
from bot.views.opportunities import form as opportunity_form
from bot.views.text import plain

routes = Routes()


@routes.event("app_home_opened")
def open_home(interaction: Interaction) -> Answer:
    """The Home tab, whenever somebody opens it or does something on it."""
    event = interaction.payload.get("event") or {}
    if event.get("tab", "home") != "home":
        return Answer()
    seen = report.day(interaction.session, interaction.actor, now=interaction.now, **_pages(interaction))
    return Answer(home=views.tab(seen, interaction.actor.locale, team=_team(interaction, seen)))


@routes.global_shortcut("opportunity.new", "New opportunity")
def shortcut_new_opportunity(interaction: Interaction) -> Answer:
    """The form of an opportunity from the lightning menu."""
    stages = list_every_stage(interaction.session)
    own = list_fields(interaction.session, "opportunities")
    return Answer(modal=opportunity_form(stages, interaction.actor.locale, own=own))


OFF = frozenset(["off", "stop", "none", "关", "关闭", "停", "不要"])
ON = frozenset(["on", "start", "开", "开启"])
_FIRST_HOUR = 9


@routes.command("day", changes=False)
def show_day(interaction: Interaction) -> Answer:
    """What the person has before them; with an hour or off: asks whether it shall come so by itself."""
    typed = plain(interaction.text).strip()
    if typed:
        return Answer(views.when_it_comes(_hour(interaction, typed), interaction.actor.locale))
    return Answer(day_message(interaction))


@routes.action("day.hour")
def press_hour(interaction: Interaction) -> Answer:
    """Send the day at that hour from now on, or no more."""
    chosen = interaction.value.get("hour")
    person = set_day_hour(
        interaction.session,
        interaction.actor,
        None if chosen is None else int(chosen) % 24,
        now=interaction.now,
    )
    said = "✅ " + views.comes_at(person.day_hour, interaction.actor.locale)
    if interaction.value.get("offered"):  # on a reminder, which stays
        return Answer(
            text_message(said, button(interaction._("Undo"), "undo", changeset=interaction.changeset))
        )
    return Answer(day_message(interaction, said=said, changeset=interaction.changeset), replace=True)


def _hour(interaction: Interaction, typed: str) -> int | None:
    if typed.casefold() in OFF:
        return None
    if typed.casefold() in ON:
        return _FIRST_HOUR
    try:
        read = read_when(typed.removeprefix("at ").strip(), now=interaction.local_now)
    except Ambiguous as several:
        read = min(several.readings, key=lambda each: each.start.hour)
    except NotUnderstood:
        raise NotAnHour(typed=typed) from None
    if not read.is_moment or read.start.minute:
        raise NotAnHour(typed=typed)
    return read.start.hour


@routes.command("week", changes=False)
def show_week(interaction: Interaction) -> Answer:
    """The same until Sunday."""
    return Answer(week_message(interaction))


@routes.action("day.page", changes=False)
def press_page(interaction: Interaction) -> Answer:
    """Another page of the tasks or the opportunities, in place of the one before."""
    match interaction.value.get("place"):
        case "home":
            return open_home(interaction)
        case "week":
            return Answer(week_message(interaction), replace=True)
    return Answer(day_message(interaction), replace=True)


def day_message(
    interaction: Interaction, *, said: str | None = None, changeset: str | None = None
) -> Message:
    """The day, on the pages that the pressed button names, below what just happened."""
    seen = report.day(interaction.session, interaction.actor, now=interaction.now, **_pages(interaction))
    return views.message(
        seen,
        interaction.actor.locale,
        "day",
        said=said,
        changeset=changeset,
        team=_team(interaction, seen),
        hour=find_day_hour(interaction.session, interaction.actor.person_id or 0),
    )


def _team(interaction: Interaction, seen: Day) -> TeamDay | None:
    """What whoever leads and has no opportunity of their own sees instead of them."""
    if seen.figures.open_count or seen.figures.won:
        return None
    return team_day(interaction.session, interaction.actor, now=interaction.now, today=seen.today)


def week_message(
    interaction: Interaction, *, said: str | None = None, changeset: str | None = None
) -> Message:
    """The same for the week."""
    seen = report.week(interaction.session, interaction.actor, now=interaction.now, **_pages(interaction))
    return views.message(seen, interaction.actor.locale, "week", said=said, changeset=changeset)


def _pages(interaction: Interaction) -> dict[str, int]:
    """The page that the pressed button names, else the one that the Home tab shows."""
    known = interaction.metadata | interaction.value
    return {key: int(known.get(key) or 0) for key in ("first_task", "first_opportunity")}
