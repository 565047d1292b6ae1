"""`/crm notifications`, `/crm quiet` and `/crm away`: when somebody is told, of what, and who stands in."""

import re
from datetime import time
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeGroup
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.home import OFF, ON
from bot.handlers.interaction import Interaction
from bot.handlers.lead_lines import DEEDS
from bot.handlers.lead_policy import away_line, back_line
from bot.handlers.router import Routes
from bot.language import Ambiguous, NotUnderstood, read_when
from bot.services.edits import EditConflict
from bot.services.notifications import MOST_APART, NoSuchCount, edit_notifications, mute
from bot.store.people import access_person
from bot.store.pools import find_share
from bot.store.workspaces import workspace_settings
from bot.views import notifications as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()

_BETWEEN = re.compile(r"\s*(?:-|–|—|~|～|\bto\b|\buntil\b|\btill\b|到|至)\s*", re.IGNORECASE)
_FROM = re.compile(r"^(?:from\s+|从)", re.IGNORECASE)
_TOGETHER = re.compile(
    r"(?:(?:together|reminders|as one)\s+)?(?:above|over|more than)\s+(?P<count>\d{1,3}|default)"
    r"(?:\s+an hour)?"
    r"|(?:任务)?(?:提醒)?(?:每小时)?(?:超过|多于|合并)\s*(?P<several>\d{1,3}|默认)\s*条?(?:以上)?(?:[时就]?合并)?(?:成一条)?",
    re.IGNORECASE,
)
_WORDS: dict[NoticeGroup, tuple[str, ...]] = {
    NoticeGroup.REMINDERS: ("reminders", "reminder", "提醒", "任务提醒"),
    NoticeGroup.TASKS: ("tasks", "task", "任务", "派活"),
    NoticeGroup.SIGNALS: ("signals", "signal", "预警", "商机预警", "风险"),
    NoticeGroup.LEADS: ("leads", "lead", "线索"),
    NoticeGroup.CUSTOMERS: ("customers", "birthdays", "客户", "生日", "回访"),
    NoticeGroup.COLLEAGUES: ("colleagues", "mentions", "同事", "动态", "同事动态"),
    NoticeGroup.FIGURES: ("digests", "figures", "measures", "简报", "报表", "改进措施"),
    NoticeGroup.UPKEEP: ("duplicates", "upkeep", "重复", "查重", "渠道冲突"),
}


class NoSuchGroup(Refusal):
    """Words that name nothing that one may hear of or not."""

    message = (
        "I read nothing to switch in “{typed}”. For example: `/crm notifications leads off`, "
        "or `/crm notifications above 5`"
    )


class NoHours(Refusal):
    """Words that are no two hours."""

    message = "I read no hours in “{typed}”. For example: `/crm quiet 22:00-8:00`, or `/crm quiet off`"


def _card(interaction: Interaction, said: str | None = None) -> Message:
    session, person_id = interaction.session, interaction.actor.person_id or 0
    return views.card(
        access_person(session, person_id),
        workspace_settings(session),
        find_share(session, person_id),
        interaction.actor.locale,
        today=interaction.today,
        said=said,
        changeset=interaction.changeset if said else None,
    )


@routes.command("notifications")
def notifications(interaction: Interaction) -> Answer:
    """What one hears of; `leads off` and the like switch one group, `above 5` brings many in one message."""
    typed = plain(interaction.text).strip()
    if not typed:
        return Answer(_card(interaction))
    if found := _TOGETHER.fullmatch(typed):
        count = found["count"] or found["several"]
        values = {"digest_above": int(count) if count.isdecimal() else None}
        edit_notifications(interaction.session, interaction.actor, values, now=interaction.now)
        return Answer(_card(interaction, interaction._("Saved.")))
    group, muted = _switch(typed)
    mute(interaction.session, interaction.actor, group, muted=muted, now=interaction.now)
    return Answer(_card(interaction, interaction._("Saved.")))


def _switch(typed: str) -> tuple[NoticeGroup, bool]:
    words = typed.casefold()
    for states, muted in ((OFF, True), (ON, False)):
        for state in states:
            rest = words.removeprefix(state).removesuffix(state).strip(" :：,，") if state in words else None
            for group, names in _WORDS.items():
                if rest in names:
                    return group, muted
    raise NoSuchGroup(typed=typed)


@routes.command("quiet")
def quiet(interaction: Interaction) -> Answer:
    """`22:00-8:00`, or off; without hours the form."""
    typed = plain(interaction.text).strip()
    if not typed:
        return Answer(modal=_form(interaction))
    first, last = (None, None) if typed.casefold() in OFF else _hours(interaction, typed)
    values = {
        "quiet_from": f"{first:%H:%M}" if first else None,
        "quiet_until": f"{last:%H:%M}" if last else None,
    }
    edit_notifications(interaction.session, interaction.actor, values, now=interaction.now)
    return Answer(_card(interaction, interaction._("Saved.")))


def _hours(interaction: Interaction, typed: str) -> tuple[time, time]:
    parts = [each for each in _BETWEEN.split(_FROM.sub("", typed)) if each]
    if len(parts) != 2:
        raise NoHours(typed=typed)
    first, last = (_readings(interaction, each, typed) for each in parts)
    return max(first), min(last)


def _readings(interaction: Interaction, words: str, typed: str) -> list[time]:
    """Every hour that the words can mean: quiet begins in the evening and ends in the morning."""
    if re.fullmatch(r"\d{1,2}", words):
        words += ":00"
    try:
        readings = [read_when(words, now=interaction.local_now)]
    except Ambiguous as several:
        readings = list(several.readings)
    except NotUnderstood:
        raise NoHours(typed=typed) from None
    if not all(each.is_moment for each in readings):
        raise NoHours(typed=typed)
    return [each.start.time().replace(second=0, microsecond=0) for each in readings]


@routes.command("away")
def away(interaction: Interaction) -> Answer:
    """`until Fri @bo`: away from today on, with a stand-in; `back` ends it; without a day the form."""
    typed = plain(interaction.text).strip()
    if typed.casefold() in OFF or typed.casefold() in DEEDS["back"]:
        return back_line(interaction)
    return away_line(interaction, interaction.text)


@routes.action("notify.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """The same by button."""
    return Answer(_card(interaction))


def _form(interaction: Interaction, **also: Any) -> dict[str, Any]:
    person = access_person(interaction.session, interaction.actor.person_id or 0)
    return views.form(person, workspace_settings(interaction.session), interaction.actor.locale, **also)


@routes.action("notify.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form."""
    return Answer(modal=_form(interaction))


def _count(typed: Any) -> int | None:
    words = str(typed or "").strip()
    if words and not (words.isdecimal() and len(words) < 9):
        raise NoSuchCount(field="digest_above", most=MOST_APART)
    return int(words) if words else None


@routes.view("notify.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where it was saved elsewhere meanwhile, show both."""
    form, metadata, session = interaction.form, interaction.metadata, interaction.session
    settings = workspace_settings(session)
    days = "".join(sorted(form.get("working_days") or []))
    hour, heard = form.get("day_hour"), form.get("heard") or []
    values = {
        "day_hour": int(hour) % 24 if hour and hour.isdigit() else None,
        "quiet_from": form.get("quiet_from"),
        "quiet_until": form.get("quiet_until"),
        "muted": sorted(str(group) for group in NoticeGroup if group not in heard),
        "working_days": None if days in ("", settings.working_days) else days,
        "digest_above": _count(form.get("digest_above")),
    }
    try:
        edit_notifications(
            session,
            interaction.actor,
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        theirs = views.form_values(access_person(session, interaction.actor.person_id or 0), settings)
        problems = conflict_problems(interaction, conflict, theirs)
        return conflict_answer(interaction, conflict, _form(interaction, values=form, problems=problems))
    return Answer(_card(interaction, interaction._("Saved.")))
