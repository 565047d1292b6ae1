"""Notices: what the bot says unasked, to whom, and how far it has come."""

from enum import StrEnum


def direct_to(person_id: int) -> str:
    """The recipient of a direct message: `person:ID`. Any other recipient is the id of a Slack channel."""
    return f"person:{person_id}"


def person_of(recipient: str) -> int | None:
    """Whose direct message it is; None for a channel."""
    return int(recipient.removeprefix("person:")) if recipient.startswith("person:") else None


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
    TASK_ASSIGNED = "task_assigned"
    FORECAST_DIGEST = "forecast_digest"
    PERFORMANCE_SUMMARY = "performance_summary"
    CHART = "chart"
    PICTURE = "picture"
    """A picture that the recipient asked for."""
    MY_DAY = "my_day"
    """What the recipient has before them, in the morning."""
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
    CHANNEL_CONFLICT = "channel_conflict"
    """Tells a manager that two partners, or a partner and the team itself, sell to one customer."""
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
    ROOM_FAILED = "room_failed"
    """Tells whoever asked for a room why Slack makes none."""
    UNDELIVERABLE = "undeliverable"
    """Tells whoever asked for another notice that it cannot be delivered."""
