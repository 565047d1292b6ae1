"""Who uses Dealdesk: workspaces with their settings, teams, people, installations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.postings import Unfurls
from bot.domain.roles import Role
from bot.store.base import Base, Json, Recorded, Tenant
from bot.store.types import BigId, Day, Instant


class Workspace(Base):
    """One Slack team, or a local one made by the shell (no slack_team_id) until the first team adopts it."""

    __tablename__ = "workspaces"

    slack_team_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class Settings(Recorded, Base):
    """What a workspace's admins decide: one row a workspace."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    currency: Mapped[str] = mapped_column(default="USD")
    fiscal_start_month: Mapped[int] = mapped_column(default=1)
    zone: Mapped[str] = mapped_column(default="UTC")
    locale: Mapped[str] = mapped_column(default="en-US")
    working_days: Mapped[str] = mapped_column(default="12345")
    """ISO weekday digits, Monday = 1."""
    holidays_of: Mapped[str | None]
    """The country (ISO 3166) whose public holidays are days off, and whose make-up days are worked."""
    lapse_months: Mapped[int] = mapped_column(default=12)
    """After so many months without a purchase a customer has lapsed."""
    class_months: Mapped[int] = mapped_column(default=12)
    """The value class counts what was won in so many months."""
    class_floors: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By currency the minor units from which one is A and from which B; see bot.services.classes."""
    class_rhythms: Mapped[dict[str, Any]] = mapped_column(default=lambda: {"A": 14, "B": 30})
    """By value class the days within which somebody is to speak with the customer."""
    sales_channels: Mapped[list[str]] = mapped_column(Json, default=list)
    """The names of those that an admin added to the usual ones."""
    escalate_after_days: Mapped[int | None]
    """After so many working days a manager hears of an overdue task; None for never."""
    channel_conflict_days: Mapped[int] = mapped_column(default=90)
    """Within so many days two channels at one customer are told to a manager."""
    win_channel: Mapped[str | None]
    """The Slack channel in which wins are told; None where nobody chose one."""
    win_shows_amount: Mapped[bool] = mapped_column(default=True)
    unfurls: Mapped[str] = mapped_column(default=Unfurls.EVERYWHERE)
    unfurl_channels: Mapped[list[str]] = mapped_column(Json, default=list)
    """Where links are unfurled, if only in chosen channels."""
    collect_emoji: Mapped[str] = mapped_column(default="pushpin")
    """A message of a deal room that gets this reaction is kept on the opportunity's timeline."""

    @property
    def working_weekdays(self) -> frozenset[int]:
        """The working days as ISO weekday numbers, Monday = 1."""
        return frozenset(int(digit) for digit in self.working_days)


class Routine(Tenant, Base):
    """Something that is done once a local day in a workspace, and the last day on which it was."""

    __tablename__ = "routines"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[str]
    ran_on: Mapped[date] = mapped_column(Day)


class Team(Recorded, Base):
    """A group of sellers, such as a region."""

    __tablename__ = "teams"

    name: Mapped[str]


class Person(Recorded, Base):
    """Somebody who sells, manages or administers; with a Slack id once they have spoken to the bot."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_user_id"),)

    slack_user_id: Mapped[str | None]
    name: Mapped[str]
    email: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="en-US")
    zone: Mapped[str] = mapped_column(default="UTC")
    role: Mapped[str] = mapped_column(default=Role.REP)
    manager_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("teams.id"))

    day_hour: Mapped[int | None]
    """At which local hour of a working day their day is sent to them; None where nobody asked for it."""
    quiet_from: Mapped[str | None]
    """HH:MM in their zone; until `quiet_until` what comes unasked waits. None: they may always be told."""
    quiet_until: Mapped[str | None]
    muted: Mapped[list[str]] = mapped_column(Json, default=list)
    """The groups of notices that they do not want."""
    working_days: Mapped[str | None]
    """ISO weekday digits where theirs are not the workspace's."""
    digest_above: Mapped[int | None]
    """Above how many reminders an hour they come as one message; None: as everywhere here."""

    manager: Mapped["Person | None"] = relationship(remote_side="Person.id", lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")


class Installation(Base):
    """A Slack team's bot token, encrypted, with what it may do."""

    __tablename__ = "installations"
    __table_args__ = (UniqueConstraint("slack_enterprise_id", "slack_team_id"),)

    slack_team_id: Mapped[str]
    slack_enterprise_id: Mapped[str] = mapped_column(default="")
    bot_token: Mapped[bytes] = mapped_column(LargeBinary)
    bot_user_id: Mapped[str]
    bot_id: Mapped[str]
    app_id: Mapped[str]
    scopes: Mapped[str]
    installer_user_id: Mapped[str]
    installed_at: Mapped[datetime] = mapped_column(Instant)
