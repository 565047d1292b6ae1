"""Who may do what: everyone sees; owners, their managers and admins change."""

from enum import StrEnum


class Role(StrEnum):
    """A person's part in the sales team."""

    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"
