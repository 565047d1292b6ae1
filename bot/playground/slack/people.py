"""Teams and the people in them."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")


@dataclass
class Team:
    """A Slack workspace, and the bot as it is installed there."""

    id: str
    name: str
    domain: str
    bot_user: str
    bot_id: str
    token: str | None = None
    scopes: frozenset[str] | None = None
    """What the bot may do; None stands for everything."""


@dataclass
class User:
    """A person (or a bot) in a team. `tz` is an IANA zone, `locale` as Slack writes it: en-US, zh-CN."""

    id: str
    team: str
    name: str
    real_name: str
    tz: str = "America/Los_Angeles"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_bot: bool = False
    deleted: bool = False
    email: str | None = None
    colour: str = ""
    updated: int = field(default=0)

    def __post_init__(self) -> None:
        self.colour = self.colour or _COLOURS[zlib.crc32(self.id.encode()) % len(_COLOURS)]
        self.email = self.email or (None if self.is_bot else f"{self.name}@example.com")

    def payload(self, now: datetime, *, with_locale: bool = False) -> dict[str, Any]:
        """The user object of users.info; the locale is in it only when asked for, as in Slack."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        user: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "color": self.colour,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "real_name": self.real_name,
                "real_name_normalized": self.real_name,
                "display_name": self.name,
                "display_name_normalized": self.name,
                "team": self.team,
            },
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_primary_owner,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if self.email:
            user["profile"]["email"] = self.email
        if with_locale:
            user["locale"] = self.locale
        return user
