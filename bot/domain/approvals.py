"""Approvals: how far one has come."""

from enum import StrEnum


class ApprovalState(StrEnum):
    """asked → approved, declined, withdrawn by who asked, or outdated by a change of what it rests on."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"
