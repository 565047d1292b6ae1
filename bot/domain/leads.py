"""Leads: what may become of them."""

from enum import StrEnum


class LeadState(StrEnum):
    """How far a lead has come."""

    OPEN = "open"
    CONVERTED = "converted"
    DISQUALIFIED = "disqualified"
