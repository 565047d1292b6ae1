"""What is told of a task to whoever gave it or asked to hear of it."""

from enum import StrEnum


class TaskNews(StrEnum):
    """What became of it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    HANDED_OVER = "handed_over"
    COMMENT = "comment"
    ANSWER = "answer"
    """To who asked for help."""
    READY = "ready"
    """What had to be done before is done."""


class NoteKind(StrEnum):
    """What a note on a task is."""

    COMMENT = "comment"
    HELP = "help"
    ANSWER = "answer"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
