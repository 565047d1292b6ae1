"""Notices: what the bot says unasked, and how far it has come."""

from enum import StrEnum


class NoticeState(StrEnum):
    """pending → sent, or dead (will never be sent), cancelled (nothing left to say) or unknown (may be there)."""

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
    MEASURE_REVIEW = "measure_review"
    WON = "won"
