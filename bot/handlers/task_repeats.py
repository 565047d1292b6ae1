"""Repetitions of tasks as people type them: “every Monday 9:00 until 31 Dec”, 每周五下午5点 共6次."""

import re
from typing import Any

from bot.domain.task_repeats import TaskRepeat
from bot.handlers.answers import Answer
from bot.handlers.due import local_date, typed_when
from bot.handlers.forms import at_field
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_buttons import moved_to
from bot.handlers.task_details import done_in_details
from bot.language import Recurrence, read_recurrence
from bot.services.tasks import skip_task
from bot.views.text import plain

routes = Routes()

_COUNT = re.compile(r"[,，;；]?\s*(?:(?:for )?(\d{1,3}) times|共?\s*(\d{1,3})\s*次)", re.IGNORECASE)
_UNTIL = re.compile(
    r"[,，;；]?\s*(?:\b(?:until|till|through)\b|直到|截止到?|截至|一直到)\s*(.{2,40})$", re.IGNORECASE
)
_ON_DAYS_OFF = re.compile(
    r"[,，;；]?\s*(?:including (?:weekends|days off)|(?:含|包括)(?:周末|节假日))", re.IGNORECASE
)
_NAMES_NINE = re.compile(r"9|九|nine|morning|早|上午", re.IGNORECASE)


def rule_of_line(interaction: Interaction, typed: str, text: str) -> tuple[TaskRepeat, str]:
    """The rule of a line whose words `typed` are a repetition, and its text without what says how long."""
    rest, ends = _ends(interaction, text)
    return _rule(interaction, typed, ends, f"{typed} {text.removeprefix(rest).strip()}".strip()), rest


def rule_of_field(interaction: Interaction, field: str, typed: str | None) -> TaskRepeat | None:
    """The rule that was typed into a form. Raises the reader's refusals at the field."""
    if not (typed or "").strip():
        return None
    with at_field(field):
        rest, ends = _ends(interaction, plain(str(typed)))
        return _rule(interaction, rest, ends, str(typed).strip())


def _ends(interaction: Interaction, text: str) -> tuple[str, dict[str, Any]]:
    ends: dict[str, Any] = {}
    if off := _ON_DAYS_OFF.search(text):
        ends["on_days_off"], text = True, text[: off.start()] + text[off.end() :]
    if count := _COUNT.search(text):
        ends["left"] = max(0, int(count[1] or count[2]) - 1)
        text = text[: count.start()] + text[count.end() :]
    if until := _UNTIL.search(text):
        day = local_date(interaction, typed_when(interaction, "repeats", until[1]))
        ends["until"], text = day, text[: until.start()]
    return text.strip(), ends


def _rule(interaction: Interaction, typed: str, ends: dict[str, Any], said: str) -> TaskRepeat:
    read: Recurrence = read_recurrence(typed)
    is_whole_day = f"{read.at:%H:%M}" == "09:00" and not _NAMES_NINE.search(typed)
    return TaskRepeat(
        freq=read.freq,
        first_on=interaction.today,
        local_time=None if is_whole_day else f"{read.at:%H:%M}",
        weekdays=read.iso_weekdays,
        month_day=read.day,
        counts_working_days=read.working,
        interval=read.interval,
        said=said,
        **ends,
    )


@routes.action("task.skip")
def press_skip(interaction: Interaction) -> Answer:
    """Not this time."""
    later = skip_task(
        interaction.session, interaction.actor, int(interaction.value["task"]), now=interaction.now
    )
    return done_in_details(interaction, later, moved_to(interaction, later))
