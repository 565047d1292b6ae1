"""Notices become what is said, from what is true when they are sent: one renderer a kind."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.notices import NoticeKind, NoticeState, person_of
from bot.domain.sales_channels import SalesChannel
from bot.jobs import (
    approvals,
    cards,
    colleagues,
    collecting,
    contacts,
    digests,
    leads,
    mails,
    reminders,
    rooms,
    scheduled_reports,
    shared_cards,
    wins,
)
from bot.jobs import tasks as task_news
from bot.jobs.calendars import calendar_file
from bot.jobs.duplicates import duplicates_told
from bot.jobs.mornings import comes_with_the_day, my_day
from bot.jobs.peace import is_unwanted, to_be_put_off
from bot.jobs.pictures import picture
from bot.jobs.signals import signals_told
from bot.jobs.tongues import spoken_for
from bot.jobs.words import Called, Fetched, Reader, Rendered, Said
from bot.reports.classes import silent_customers
from bot.reports.performance import metric_value
from bot.services.classes import rules_of
from bot.services.measures import review_measure
from bot.services.sales_channels import meeting_channels
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.measures import access_measure
from bot.store.models import Notice, Schedule
from bot.store.notices import access_notice, find_tasks, list_members
from bot.store.people import access_person
from bot.store.schedules import access_schedule
from bot.store.task_notes import access_task_note
from bot.store.workspaces import workspace_settings
from bot.views import classes as class_views
from bot.views import reminders as views
from bot.views.blocks import Message
from bot.views.measured import measured
from bot.views.sales_channels import channel_name
from bot.views.sales_channels import conflict as channel_conflict
from bot.views.undelivered import what_failed, why_failed


class NoAddress(Exception):
    """The recipient is a person without a Slack id: nobody has linked them yet."""


def reader_of(session: Session, notice: Notice, now: datetime) -> Reader:
    """For whom the notice is written.

    A person reads by their own profile, a channel by the schedule's language and zone, else by those of
    whom it is about, else the workspace's.

    Raises NoAddress for a person who is not in Slack.
    """
    person_id = person_of(notice.recipient)
    schedule = (
        access_schedule(session, notice.subject_id)
        if notice.subject == "schedules" and notice.subject_id is not None
        else None
    )
    if person_id is None:
        ours = schedule or spoken_for(session, notice) or workspace_settings(session)
        return Reader(notice.recipient, False, ours.locale, ZoneInfo(ours.zone), now)
    person = access_person(session, person_id)
    if not person.slack_user_id:
        raise NoAddress(person.name)
    theirs = schedule or person
    return Reader(person.slack_user_id, True, theirs.locale, ZoneInfo(theirs.zone), now)


def render(session: Session, reader: Reader, notice_ids: Sequence[int], *, digest_above: int) -> Rendered:
    """What the claimed notices say now. A renderer may write what it found (a measure's new value)."""
    notices = list_members(session, notice_ids)
    if not notices:
        return None
    if is_unwanted(session, notices[0]):
        return None
    if later := to_be_put_off(session, reader, notices[0]) or comes_with_the_day(session, notices[0]):
        return later
    if notices[0].kind == NoticeKind.TASK_REMINDER:
        return reminders.of_tasks(session, reader, notices, is_group=len(notice_ids) > 1, above=digest_above)
    (notice,) = notices
    if notice.kind == NoticeKind.CHART:
        return digests.chart(session, reader, notice)
    if notice.kind == NoticeKind.PICTURE:
        return picture(session, reader, notice)
    if notice.kind in _FETCHING:
        rendered = _FETCHING[NoticeKind(notice.kind)](session, reader, notice)
        return Said(rendered, (notice.id,)) if isinstance(rendered, Message) else rendered
    if notice.kind == NoticeKind.LEAD_CARD:
        return leads.pool_card_again(session, reader, notice)
    if notice.kind == NoticeKind.CONTACT_CARDS:
        return contacts.cards(session, reader, notice)
    if notice.kind == NoticeKind.CALENDAR_FILE:
        return calendar_file(session, reader, notice)
    if notice.kind in _WHOLE:
        return _WHOLE[NoticeKind(notice.kind)](session, reader, notice)
    message = _RENDERERS[NoticeKind(notice.kind)](session, reader, notice)
    return Said(message, (notice.id,)) if message else None


def _task_assigned(session: Session, reader: Reader, notice: Notice) -> Message | None:
    task = find_tasks(session, [notice.subject_id or 0]).get(notice.subject_id or 0)
    if task is None or task.state != "open" or task.assignee_id != person_of(notice.recipient):
        return None
    by_id = notice.payload.get("by_id")
    by = access_person(session, by_id).name if by_id else None
    note_id = notice.payload.get("note")
    words = access_task_note(session, int(note_id)).text if note_id else None
    return views.assigned(task, by, reader.locale, zone=reader.zone, words=words)


def _measure_review(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Measure again, and keep what was found with the measure."""
    measure = access_measure(session, notice.subject_id or 0)
    if measure.reviewed_at is None:
        scope = measure.metric_scope
        value = metric_value(
            session,
            measure.metric,
            as_of=digests.today(session, reader.now),
            days=int(scope["days"]),
            person_id=scope.get("person_id"),
            team_id=scope.get("team_id"),
        )
        measure = review_measure(session, measure.id, value=value, now=reader.now)
    return measured(measure, reader.locale, reader.zone)


def _follow_up(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """Those of the customers with whom still nobody has spoken, and for whom still nothing is planned."""
    named = set(notice.payload["customers"])
    rules = rules_of(workspace_settings(session))
    owner_id = person_of(notice.recipient)
    silent = silent_customers(session, now=reader.now, rules=rules, owner_id=owner_id)
    still = [each for each in silent if each.customer.id in named]
    return class_views.nudge(still, reader.locale) if still else None


def _channel_conflict(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """As it is now; nothing where the sides that met do so no more."""
    customer = access_customer(session, notice.subject_id or 0)
    sides = meeting_channels(session, customer.id, now=reader.now)
    if not set(notice.payload["sides"]) <= set(sides):
        return None
    names = [
        channel_name(side, reader.locale)
        if side == SalesChannel.DIRECT
        else access_customer(session, int(side)).name
        for side in sides
    ]
    days = workspace_settings(session).channel_conflict_days
    return channel_conflict(customer, sides, names, days, reader.locale)


def _undeliverable(session: Session, reader: Reader, notice: Notice) -> Message | None:
    lost = access_notice(session, int(notice.payload["notice"]))
    if lost.state != NoticeState.DEAD:
        return None
    tasks = find_tasks(session, [lost.subject_id or 0]) if lost.subject == "tasks" else {}
    schedule: Schedule | None = None
    if lost.subject == "schedules" and lost.subject_id:
        schedule = access_schedule(session, lost.subject_id)
    what = what_failed(
        NoticeKind(lost.kind),
        lost.recipient,
        reader.locale,
        text=next((task.text for task in tasks.values()), None),
        person=_name(session, lost.recipient),
    )
    why = why_failed(lost.error or "", reader.locale)
    return views.undeliverable(what, why, reader.locale, paused=bool(schedule and schedule.next_at is None))


def _name(session: Session, recipient: str) -> str | None:
    person_id = person_of(recipient)
    return access_person(session, person_id).name if person_id else None


_FETCHING: dict[NoticeKind, Callable[[Session, Reader, Notice], Message | Fetched | Called | None]] = {
    NoticeKind.MAIL: mails.mail,
    NoticeKind.REPLIES: mails.replies,
    NoticeKind.COLLECTED: collecting.collected,
    NoticeKind.CARDS_TAKEN: contacts.taken_cards,
}
"""What is read from Slack first, and told of when it is written down."""

_RENDERERS: dict[NoticeKind, Callable[[Session, Reader, Notice], Message | None]] = {
    NoticeKind.TASK_ASSIGNED: _task_assigned,
    NoticeKind.TASK_NEWS: task_news.news,
    NoticeKind.TASK_HELP: task_news.help_wanted,
    NoticeKind.TASKS_OVERDUE: task_news.overdue,
    NoticeKind.TASK_ASKED_AFTER: task_news.asked_after,
    NoticeKind.TEAM_TASK: task_news.progress,
    NoticeKind.TEAM_TASK_DONE: task_news.all_done,
    NoticeKind.MEASURE_REVIEW: _measure_review,
    NoticeKind.FOLLOW_UP: _follow_up,
    NoticeKind.BIRTHDAY: contacts.birthday,
    NoticeKind.CHANNEL_CONFLICT: _channel_conflict,
    NoticeKind.APPROVAL_ASKED: approvals.asked,
    NoticeKind.APPROVAL_DECIDED: approvals.decided,
    NoticeKind.HANDED_OVER: colleagues.handed_over,
    NoticeKind.MENTIONED: colleagues.mentioned,
    NoticeKind.COLLABORATOR_ADDED: colleagues.collaborator_added,
    NoticeKind.RECORD_NEWS: colleagues.record_news,
    NoticeKind.ROOM_CARD: rooms.card,
    NoticeKind.ROOM_CLOSED: rooms.closed,
    NoticeKind.ROOM_LOST: rooms.lost,
    NoticeKind.ROOM_FAILED: rooms.failed,
    NoticeKind.ROOM_NAMED: rooms.named,
    NoticeKind.UNDELIVERABLE: _undeliverable,
    NoticeKind.SIGNALS: signals_told,
    NoticeKind.DUPLICATES: duplicates_told,
    NoticeKind.LEAD_POOL: leads.pool_card,
    NoticeKind.LEAD_POOL_NEWS: leads.pool_news,
    NoticeKind.LEAD_ASSIGNED: leads.assigned,
    NoticeKind.LEAD_IDLE: leads.idle,
    NoticeKind.LEAD_RETURNED: leads.returned,
    NoticeKind.FORECAST_DIGEST: digests.forecast_digest,
    NoticeKind.PERFORMANCE_SUMMARY: digests.performance_summary,
    NoticeKind.REPORT: scheduled_reports.report,
}

_WHOLE: dict[NoticeKind, Callable[[Session, Reader, Notice], Rendered]] = {
    NoticeKind.REMINDER_AGAIN: reminders.again,
    NoticeKind.MY_DAY: my_day,
    NoticeKind.CARD_REFRESH: cards.refresh,
    NoticeKind.CARD_NEWS: cards.news,
    NoticeKind.WIN: wins.told,
    NoticeKind.SHARED_CARD: shared_cards.posted,
    NoticeKind.ROOM_MAKE: rooms.make,
    NoticeKind.ROOM_PEOPLE: rooms.people,
    NoticeKind.ROOM_TOPIC: rooms.topic,
    NoticeKind.ROOM_PIN: rooms.pin,
    NoticeKind.ROOM_ARCHIVE: rooms.archive,
}
