"""The actor: who does something, as the services see them."""

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.roles import Role


class NotAllowed(Refusal):
    """The actor is neither owner, nor the owner's manager, nor an admin."""

    message = (
        "Only {owner}, their manager or an admin can change this. "
        "Ask {owner}, or ask an admin to hand it to you."
    )


class AdminsOnly(Refusal):
    """A thing that only admins do."""

    message = "Only an admin can change this. Admins here: {admins}."


@dataclass(frozen=True)
class Actor:
    """A person in a workspace; without person_id the shell or the clock, which may do everything."""

    workspace_id: int
    person_id: int | None = None
    slack_user_id: str | None = None
    name: str = ""
    role: Role = Role.REP
    locale: str = "en-US"
    zone: str = "UTC"

    @property
    def is_admin(self) -> bool:
        """True for admins and for the shell."""
        return self.person_id is None or self.role == Role.ADMIN

    @property
    def tz(self) -> tzinfo:
        """The person's time zone."""
        return ZoneInfo(self.zone)
