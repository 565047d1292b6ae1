"""The day, the week and the Home tab: what is to be done, what is being sold, how the quarter stands."""

import json
from collections.abc import Sequence
from datetime import time
from itertools import groupby
from typing import Any, Literal

from bot.domain.money import Money
from bot.i18n import format_date, format_money, format_percent, format_time, translator
from bot.store.days import OPPORTUNITIES, TASKS, Day, Figures
from bot.store.models import Opportunity, Task
from bot.store.team_days import TeamDay
from bot.views import day_notes
from bot.views import tasks as task_views
from bot.views import team_day as team_views
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    divider,
    fields,
    header,
    section,
    text_message,
)
from bot.views.blocks import home as home_tab
from bot.views.moves import stage_menu
from bot.views.opportunities import line as opportunity_line
from bot.views.periods import period_name
from bot.views.text import shown

Place = Literal["day", "week", "home"]


def tab(day: Day, locale: str, *, team: TeamDay | None = None) -> View:
    """The Home tab, remembering its pages; with the team of whoever leads and sells nothing."""
    _ = translator(locale)
    mine = action_row(button(_("My notifications"), "notify.show"), button(_("Settings"), "settings.show"))
    view = home_tab([*_page(day, locale, "home", team)[:98], divider(), mine])
    pages = {"first_task": day.first_task, "first_opportunity": day.first_opportunity}
    return view | {"private_metadata": json.dumps(pages)}


def message(
    day: Day,
    locale: str,
    place: Literal["day", "week"],
    *,
    said: str | None = None,
    changeset: str | None = None,
    team: TeamDay | None = None,
    hour: int | None = None,
) -> Message:
    """The day or week as a message, below what just happened; at `hour` the day comes by itself."""
    _ = translator(locale)
    above: list[Block] = []
    if said:
        undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
        above.append(section(said, accessory=undo))
    tasks = (*day.overdue, *day.due, *day.ahead)
    lines = [f"• {task_views.named(each)} · {_due(each, day, locale)}" for each in tasks]
    lines += [f"• {opportunity_line(each, locale)}" for each in day.opportunities]
    summary = team_views.summary(team, locale) if team else _summary(day, locale)
    text = "\n".join(
        [*([said] if said else []), _title(day, locale), summary, *day_notes.lines(day, locale), *lines]
    )
    blocks = [*above, *_page(day, locale, place, team)]
    if place == "day":
        blocks = [*blocks[:49], context(_foot(hour, locale))]
    return Message(text, tuple(blocks))


def morning(day: Day, locale: str, *, hour: int) -> Message:
    """The day as it is sent in the morning, with how to have it at another hour or not at all."""
    sent = message(day, locale, "day", hour=hour)
    return Message(f"☀️ {sent.text}", sent.blocks)


def _foot(hour: int | None, locale: str) -> str:
    """When the day comes by itself, or how to have it so."""
    _ = translator(locale)
    if hour is None:
        return _("`/crm day 9:00` sends it to you by itself, every morning of a working day.")
    at = format_time(time(hour), locale)
    return _(
        "Comes on working days at {hour}. `/crm day 8:00` changes that, `/crm day off` ends it.", hour=at
    )


def comes_at(hour: int | None, locale: str) -> str:
    """When somebody's day comes by itself."""
    _ = translator(locale)
    if hour is None:
        return _("Your day no longer comes by itself. `/crm day on` brings it back.")
    return _("Your day comes on working days at {hour}.", hour=format_time(time(hour), locale))


def when_it_comes(hour: int | None, locale: str) -> Message:
    """The question whether the day shall come at an hour, or not at all."""
    _ = translator(locale)
    if hour is None:
        yes = button(_("Stop"), "day.hour")
        return text_message(_("Shall your day no longer come by itself in the morning?"), yes)
    at = format_time(time(hour), locale)
    yes = button(_("Send it at {hour}", hour=at), "day.hour", hour=hour, style="primary")
    return text_message(_("Shall your day come by itself at {hour} on working days?", hour=at), yes)


def _page(day: Day, locale: str, place: Place, team: TeamDay | None = None) -> list[Block]:
    _ = translator(locale)
    blocks = [header(_title(day, locale))]
    if team:
        blocks += [context(team_views.summary(team, locale)), _figures(team.figures, locale, of_team=True)]
        blocks += team_views.blocks(team, locale)
        if not day.task_count:
            return [*blocks, divider(), _quick_actions(locale)]
        blocks += [divider(), context(_summary(day, locale)), _quick_actions(locale)]
    elif day.is_empty and not day.figures.won:
        return [*blocks, *_welcome(locale), _quick_actions(locale)]
    else:
        blocks += [context(_summary(day, locale)), _figures(day.figures, locale), _quick_actions(locale)]
    groups = _by_day(day, locale) if day.until else _by_urgency(day, locale)
    for heading, tasks in groups:
        blocks += [divider(), section(f"*{heading}*")] if not day.until else [section(f"*{heading}*")]
        for task in tasks:
            blocks += task_views.rows(
                task,
                locale,
                zone=_zone(day),
                now=day.now,
                place=place,
                first_task=day.first_task,
                first_opportunity=day.first_opportunity,
            )
    if not day.task_count:
        blocks += [divider(), section(_nothing_due(day, locale))]
    blocks += _pager(day, locale, place, "task", day.first_task, day.task_count, TASKS)
    blocks += day_notes.blocks(day, locale)
    return blocks if team else [*blocks, divider(), *_selling(day, locale, place)]


def _zone(day: Day) -> Any:
    return day.now.tzinfo


def _due(task: Task, day: Day, locale: str) -> str:
    return task_views.due_soon(task, locale, zone=_zone(day), now=day.now)


def _title(day: Day, locale: str) -> str:
    _ = translator(locale)
    today = format_date(day.today, locale, year=False)
    return _("Your week · {today}", today=today) if day.until else _("Your day · {today}", today=today)


def _summary(day: Day, locale: str) -> str:
    _ = translator(locale)
    parts = [_("{count} open task|{count} open tasks", count=day.task_count)]
    if day.overdue:
        parts.append("⚠️ " + _("some are overdue"))
    if day.until:
        parts.append(
            _("{count} opportunity to close|{count} opportunities to close", count=day.opportunity_count)
        )
    else:
        parts.append(_("{count} open opportunity|{count} open opportunities", count=day.opportunity_count))
    return " · ".join(parts)


def _figures(figures: Figures, locale: str, *, of_team: bool = False) -> Block:
    _ = translator(locale)
    quarter = period_name(figures.quarter, locale)
    pipeline = _amounts(figures.open_totals, locale) if figures.open_totals else _("none yet")
    won = _amounts(figures.won, locale) if figures.won else _("nothing yet")
    if figures.quota is not None and figures.attainment is not None:
        won = _(
            "{won} of {quota} ({share})",
            won=won,
            quota=format_money(figures.quota, locale, compact=True),
            share=format_percent(figures.attainment, locale),
        )
        won += f"\n{_bar(figures.attainment)}"
        if figures.to_go:
            won += "\n" + _("{amount} to go", amount=format_money(figures.to_go, locale, compact=True))
    return fields(
        [
            (_("Open pipeline") if of_team else _("Your open pipeline"), pipeline),
            (
                _("Won in {quarter}", quarter=quarter)
                if of_team
                else _("You won in {quarter}", quarter=quarter),
                won,
            ),
        ]
    )


def _bar(share: float) -> str:
    """A share as a bar of ten; more than all is full."""
    filled = min(10, int(share * 10))
    return "■" * filled + "□" * (10 - filled)


def _amounts(amounts: Sequence[Money], locale: str) -> str:
    return " + ".join(format_money(each, locale, compact=True) for each in amounts)


def _quick_actions(locale: str) -> Block:
    _ = translator(locale)
    return action_row(
        button(_("New opportunity"), "opportunity.new", style="primary"),
        button(_("Customer"), "customer.new"),
        button(_("Task"), "task.new"),
        button(_("Log"), "activity.new"),
        button(_("Quote"), "quote.new"),
        button(_("Help"), "help"),
    )


def _by_urgency(day: Day, locale: str) -> list[tuple[str, Sequence[Task]]]:
    _ = translator(locale)
    groups: list[tuple[str, Sequence[Task]]] = [
        ("⚠️ " + _("Overdue"), day.overdue),
        ("📌 " + _("Today"), day.due),
        ("📅 " + _("Coming up"), day.ahead),
    ]
    return [(heading, tasks) for heading, tasks in groups if tasks]


def _by_day(day: Day, locale: str) -> list[tuple[str, Sequence[Task]]]:
    """Overdue first, then each day of the week under its own name."""
    _ = translator(locale)
    groups = [each for each in _by_urgency(day, locale) if each[1] is not day.ahead]
    for on, tasks in groupby(day.ahead, key=lambda task: task.due_on):
        groups.append((format_date(on, locale, year=False) if on else _("No due date"), list(tasks)))
    return groups


def _nothing_due(day: Day, locale: str) -> str:
    _ = translator(locale)
    if day.until:
        return _("Nothing is due this week. Plan a next step: `/crm task call Acme back Fri 10am`")
    return _("Nothing is due. Plan a next step: `/crm task call Acme back Fri 10am`")


def _welcome(locale: str) -> list[Block]:
    _ = translator(locale)
    return [
        section(_("Welcome! Three lines are all you need; type them in any channel, in your own words.")),
        section(
            "\n".join(
                [
                    _("What you are selling: `/crm deal Acme 120k close end of Dec`"),
                    _("What happened: `/crm log Acme call: wants 50 seats, follow up Fri 3pm`"),
                    _("What is to be done: `/crm task Acme demo prep Thu 3pm`"),
                ]
            )
        ),
    ]


def _selling(day: Day, locale: str, place: Place) -> list[Block]:
    _ = translator(locale)
    if not day.opportunities:
        if day.until:
            return [section(_("None of your opportunities is planned to close this week."))]
        return [section(_("You have no open opportunity. Open one: `/crm deal Acme 120k close end of Dec`"))]
    heading = _("Closing this week") if day.until else _("Your open opportunities")
    blocks = [section(f"*💼 {heading}*")]
    for opportunity in day.opportunities:
        blocks += _opportunity(opportunity, day, locale)
    count, first = day.opportunity_count, day.first_opportunity
    return blocks + _pager(day, locale, place, "opportunity", first, count, OPPORTUNITIES)


def _opportunity(opportunity: Opportunity, day: Day, locale: str) -> list[Block]:
    _ = translator(locale)
    lines = [opportunity_line(opportunity, locale)]
    if opportunity.close_on and opportunity.close_on < day.today:
        lines[0] += " ⚠️ " + _("close date has passed")
    following = day.next_tasks.get(opportunity.id)
    if following:
        lines.append(
            "→ " + _("Next: {task}, {due}", task=shown(following.text, 120), due=_due(following, day, locale))
        )
    about: dict[str, Any] = {"opportunity": opportunity.id}
    return [
        section("\n".join(lines)),
        action_row(
            stage_menu(opportunity, day.stages.get(opportunity.stage.pipeline_id, ()), locale),
            button(_("Log"), "activity.new", **about),
            button(_("Task"), "task.new", **about),
            button(_("Show"), "opportunity.show", **about),
        ),
    ]


def _pager(
    day: Day,
    locale: str,
    place: Place,
    what: Literal["task", "opportunity"],
    first: int,
    count: int,
    size: int,
) -> list[Block]:
    """Back and forth through the tasks, or through the opportunities, while the other list stays."""
    _ = translator(locale)
    pages: dict[str, Any] = {
        "place": place,
        "first_task": day.first_task,
        "first_opportunity": day.first_opportunity,
    }
    row = []
    if first:
        row.append(button(_("Back"), "day.page#back", **(pages | {f"first_{what}": max(0, first - size)})))
    if count > first + size:
        row.append(button(_("Show more"), "day.page#more", **(pages | {f"first_{what}": first + size})))
    return [action_row(*row)] if row else []
