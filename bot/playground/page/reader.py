"""Who looks at the page, and how names and moments read to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from babel import dates

from bot.i18n import format_date, format_moment, format_time, language_of, translate


@dataclass(frozen=True)
class Reader:
    """One person looking at the page at one moment of the demo's clock."""

    person: str
    locale: str
    zone: tzinfo
    now: datetime
    people: Mapping[str, str]
    channels: Mapping[str, str]
    bots: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        """The language for the page's `lang` attribute."""
        return "zh-CN" if language_of(self.locale) == "zh" else "en"

    @property
    def humans(self) -> list[str]:
        """The ids of the people who can be chosen or mentioned."""
        return [person for person in self.people if person not in self.bots]

    @property
    def _babel(self) -> str:
        return self.locale.replace("-", "_")

    def say(self, english: str, **values: object) -> str:
        """The page's own words in the reader's language."""
        return translate(self.locale, english, **values)

    def local(self, moment: datetime) -> datetime:
        """The moment on the reader's own clock."""
        return moment.astimezone(self.zone)

    def time(self, moment: datetime, length: str = "short") -> str:
        """The time of day; `length` is Babel's short (no seconds) or medium."""
        said = str(dates.format_time(self.local(moment), length, locale=self._babel))
        return said.replace("\u202f", "\u00a0")  # many fonts draw the narrow space before AM as none

    def day(self, moment: datetime, length: str = "full") -> str:
        """The date; `length` is Babel's medium, long or full (with its weekday)."""
        return str(dates.format_date(self.local(moment).date(), length, locale=self._babel))

    def near_day(self, moment: datetime, length: str = "full") -> str:
        """Today, Yesterday or Tomorrow where it is so, else the date."""
        away = (self.local(moment).date() - self.local(self.now).date()).days
        near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get(away)
        return self.say(near) if near else self.day(moment, length)

    def moment(self, moment: datetime) -> str:
        """Weekday, date, time and zone in one phrase."""
        return format_moment(moment, self.locale, zone=self.zone)

    def soon(self, moment: datetime) -> str:
        """Weekday, date and time of a moment near enough to need no year."""
        here = self.local(moment)
        return f"{format_date(here.date(), self.locale, year=False)} {format_time(here, self.locale)}"

    def ago(self, moment: datetime) -> str:
        """How long ago, or in how long."""
        return str(dates.format_timedelta(moment - self.now, add_direction=True, locale=self._babel))
