"""Stages: what kind of step one is, and the pipeline that a new workspace begins with."""

from enum import StrEnum


class StageKind(StrEnum):
    """Whether work goes on in a stage or how it ended there."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


FIRST_PIPELINE = "Sales"

FIRST_STAGES: tuple[tuple[str, StageKind], ...] = (
    ("Qualification", StageKind.OPEN),
    ("Discovery", StageKind.OPEN),
    ("Proposal", StageKind.OPEN),
    ("Negotiation", StageKind.OPEN),
    ("Won", StageKind.WON),
    ("Lost", StageKind.LOST),
)
"""Names are English in the store; a name that is still one of these is shown in the reader's language."""
