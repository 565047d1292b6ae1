"""Notices: what the bot says unasked, to whom, and how far it has come."""

from enum import StrEnum


def direct_to(person_id: int) -> str:
    """The recipient of a direct message: `person:ID`. Any other recipient is the id of a Slack channel."""
    return f"person:{person_id}"


def person_of(recipient: str) -> int | None:
    """Whose direct message it is; None for a channel."""
    return int(recipient.removeprefix("person:")) if recipient.startswith("person:") else None


class NoticeGroup(StrEnum):
    """What people may want to hear or not, and what waits while they are not to be disturbed."""

    REMINDERS = "reminders"
    TASKS = "tasks"
    SIGNALS = "signals"
    LEADS = "leads"
    CUSTOMERS = "customers"
    COLLEAGUES = "colleagues"
    FIGURES = "figures"
    UPKEEP = "upkeep"


class NoticeState(StrEnum):
    """pending → sent, dead (never to be sent), cancelled (nothing left to say) or unknown (may be there)."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    """The last try failed; it is tried again at not_before."""
    DEAD = "dead"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class NoticeKind(StrEnum):
    """What a notice says; jobs has one renderer for each."""

    TASK_REMINDER = "task_reminder"
    REMINDER_AGAIN = "reminder_again"
    """Reminds once more of an important task, where nobody reacted."""
    TASK_ASSIGNED = "task_assigned"
    TEAM_TASK = "team_task"
    """How far everybody is with a task of many; edited in place."""
    TEAM_TASK_DONE = "team_task_done"
    """Tells who gave a task to many that everybody is through."""
    TASK_NEWS = "task_news"
    """Tells who gave a task what became of it: accepted, declined, done, handed over, spoken of."""
    TASK_HELP = "task_help"
    """Asks a manager for help with somebody's task."""
    TASKS_OVERDUE = "tasks_overdue"
    """Tells a manager of tasks of their people that are overdue for days."""
    TASK_ASKED_AFTER = "task_asked_after"
    """Somebody asks how far an open task is."""
    FORECAST_DIGEST = "forecast_digest"
    PERFORMANCE_SUMMARY = "performance_summary"
    REPORT = "report"
    """A report that somebody wants again and again."""
    CHART = "chart"
    PICTURE = "picture"
    """A picture that the recipient asked for."""
    MY_DAY = "my_day"
    """What the recipient has before them, in the morning."""
    DUPLICATES = "duplicates"
    """New pairs of customers that are probably one, told to admins."""
    SIGNALS = "signals"
    """What newly needs a look of the recipient's opportunities."""
    MEASURE_REVIEW = "measure_review"
    LEAD_POOL = "lead_pool"
    """A lead that anybody may claim, in the pool's channel."""
    LEAD_CARD = "lead_card"
    """Brings a lead's card in the pool's channel up to date."""
    LEAD_POOL_NEWS = "lead_pool_news"
    """Many leads came into the pool at once."""
    LEAD_ASSIGNED = "lead_assigned"
    LEAD_IDLE = "lead_idle"
    """Warns of a lead that goes back to the pool soon."""
    LEAD_RETURNED = "lead_returned"
    FOLLOW_UP = "follow_up"
    CONTACT_CARDS = "contact_cards"
    """A file of vCards that somebody asked for."""
    CARDS_TAKEN = "cards_taken"
    """A file of vCards is read, and becomes contacts."""
    BIRTHDAY = "birthday"
    CALENDAR_FILE = "calendar_file"
    """A file of one's tasks and meetings that somebody asked for."""
    CHANNEL_CONFLICT = "channel_conflict"
    """Tells a manager that two partners, or a partner and the team itself, sell to one customer."""
    APPROVAL_ASKED = "approval_asked"
    """Asks somebody for a yes, and again a day later."""
    APPROVAL_DECIDED = "approval_decided"
    """Tells who asked how it ended."""
    HANDED_OVER = "handed_over"
    RECORD_NEWS = "record_news"
    """Tells whoever follows a record what changed in it."""
    MENTIONED = "mentioned"
    COLLABORATOR_ADDED = "collaborator_added"
    SHARED_CARD = "shared_card"
    """A card that somebody shares into a channel."""
    MAIL = "mail"
    """A mail is read, and becomes an activity."""
    REPLIES = "replies"
    """The replies of a thread are added to the activity of its first message."""
    COLLECTED = "collected"
    """A message that somebody marked in a deal room goes on the timeline, or is taken from it."""
    CARD_REFRESH = "card_refresh"
    """Edits an opportunity's card where it was posted."""
    CARD_NEWS = "card_news"
    """What changed, in the card's thread."""
    WIN = "win"
    """An opportunity that was won, in the channel that the workspace chose."""
    ROOM_MAKE = "room_make"
    """Makes the Slack channel of a deal room."""
    ROOM_PEOPLE = "room_people"
    """Invites an opportunity's owner and team into its room."""
    ROOM_TOPIC = "room_topic"
    """Keeps a room's topic true."""
    ROOM_CARD = "room_card"
    """The card of a room's opportunity, in the room."""
    ROOM_PIN = "room_pin"
    ROOM_CLOSED = "room_closed"
    """Asks in the room of what was won or lost whether to archive it."""
    ROOM_ARCHIVE = "room_archive"
    ROOM_LOST = "room_lost"
    """Tells whoever asked for a room that somebody archived or deleted its channel."""
    ROOM_NAMED = "room_named"
    """The room has another name than it would, which some channel has."""
    ROOM_FAILED = "room_failed"
    """Tells whoever asked for a room why Slack makes none."""
    UNDELIVERABLE = "undeliverable"
    """Tells whoever asked for another notice that it cannot be delivered."""


_K, _G = NoticeKind, NoticeGroup
_GROUPS: dict[NoticeKind, NoticeGroup] = {
    _K.TASK_REMINDER: _G.REMINDERS,
    _K.REMINDER_AGAIN: _G.REMINDERS,
    _K.TASK_ASKED_AFTER: _G.TASKS,
    _K.TEAM_TASK_DONE: _G.TASKS,
    _K.TASK_ASSIGNED: _G.TASKS,
    _K.TASK_NEWS: _G.TASKS,
    _K.TASKS_OVERDUE: _G.TASKS,
    _K.APPROVAL_ASKED: _G.TASKS,
    _K.APPROVAL_DECIDED: _G.TASKS,
    _K.SIGNALS: _G.SIGNALS,
    _K.LEAD_POOL_NEWS: _G.LEADS,
    _K.LEAD_ASSIGNED: _G.LEADS,
    _K.LEAD_IDLE: _G.LEADS,
    _K.LEAD_RETURNED: _G.LEADS,
    _K.FOLLOW_UP: _G.CUSTOMERS,
    _K.BIRTHDAY: _G.CUSTOMERS,
    _K.HANDED_OVER: _G.COLLEAGUES,
    _K.RECORD_NEWS: _G.COLLEAGUES,
    _K.MENTIONED: _G.COLLEAGUES,
    _K.COLLABORATOR_ADDED: _G.COLLEAGUES,
    _K.FORECAST_DIGEST: _G.FIGURES,
    _K.PERFORMANCE_SUMMARY: _G.FIGURES,
    _K.REPORT: _G.FIGURES,
    _K.CHART: _G.FIGURES,
    _K.MEASURE_REVIEW: _G.FIGURES,
    _K.DUPLICATES: _G.UPKEEP,
    _K.CHANNEL_CONFLICT: _G.UPKEEP,
}
_AT_THEIR_HOUR = frozenset([_K.FORECAST_DIGEST, _K.PERFORMANCE_SUMMARY, _K.REPORT, _K.CHART])


def group_of(kind: NoticeKind) -> NoticeGroup | None:
    """The group under which people choose whether they hear of it; None for what they asked for just now."""
    return _GROUPS.get(kind)


def may_wait(kind: NoticeKind) -> bool:
    """Whether it waits for the end of quiet hours or of an absence; digests keep the hour chosen for them."""
    return kind in _GROUPS and kind not in _AT_THEIR_HOUR
