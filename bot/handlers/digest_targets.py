"""For whom a digest is and about whom, as people type it or choose it in the form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from zoneinfo import available_timezones

from bot.domain.notices import direct_to, person_of
from bot.handlers.asked import MINE
from bot.handlers.hints import Incomplete
from bot.handlers.interaction import MENTION, Interaction
from bot.services.settings import UnknownZone
from bot.store.models import Person, Schedule
from bot.store.people import access_person, access_team, find_slack_person, find_team_called
from bot.views.settings import LOCALES

_TO = re.compile(
    r"(?:\bto\s+|发送给|发送到|推送给|推送到|发给|发到|给|到)\s*"
    r"(?:<@(?P<person>[UW][A-Z0-9]+)(?:\|[^>]*)?>|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?P<me>me|myself|my dms?|我自己|我|自己)(?![A-Za-z0-9]))",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>")
_ABOUT = re.compile(rf"(?:\b(?:of|for|about|only)\s+|只看|关于|看)?\s*{MENTION.pattern}\s*的?", re.IGNORECASE)
_TEAM = re.compile(r"(?:\b(?:of|for|about)\s+)?\bteam\s+(\S+)|(?:只看|关于)?团队\s*(\S+)", re.IGNORECASE)


class Reads(Protocol):
    """Whose zone and language count."""

    @property
    def zone(self) -> str: ...

    @property
    def locale(self) -> str: ...


_SPOKEN = re.compile(r"\bin (english|chinese)\b|(?:用|以)?(中文|英文)版?", re.IGNORECASE)
_ZONE = re.compile(r"\b([A-Z][A-Za-z_]+/[A-Za-z_/]+)(?: time)?|\b([A-Z][A-Za-z ]+?) time\b|(北京|上海)时间")


def _zone_called(name: str) -> str | None:
    """The time zone of this name, or of a city; None where there is no such, or more than one."""
    if name in ("北京", "上海"):
        return "Asia/Shanghai"
    city = name.strip().replace(" ", "_").casefold()
    zones = [zone for zone in available_timezones() if "/" in zone]
    return next(
        (zone for zone in sorted(zones) if city in (zone.casefold(), zone.rsplit("/", 1)[1].casefold())), None
    )


@dataclass(frozen=True)
class Target:
    """Where a digest goes (empty: not said), and whose figures alone it tells."""

    recipient: str = ""
    person_id: int | None = None
    team_id: int | None = None
    zone: str | None = None
    locale: str | None = None
    """Its own clock and language, where they were said."""

    def with_place(self, here: str) -> "Target":
        """The same, going `here` where nothing else was said."""
        return self if self.recipient else replace(self, recipient=here)

    def reader(self, interaction: Interaction) -> Reads:
        """Whose clock and language it follows: the person's who gets it, else the one's who asks."""
        person_id = person_of(self.recipient)
        if person_id is None or person_id == interaction.actor.person_id:
            return interaction.actor
        return access_person(interaction.session, person_id)

    def form_values(self, interaction: Interaction) -> dict[str, str]:
        """What the form shows of it."""
        said = {"zone": self.zone, "locale": self.locale}
        if self.person_id is not None:
            said["about"] = access_person(interaction.session, self.person_id).slack_user_id
        return {field: value for field, value in said.items() if value}


def read_target(interaction: Interaction) -> tuple[Target, str]:
    """What a line says of it (`to @bo`, `to #sales`, `to me`; `of @ann`, `team North`), and the rest."""
    target, text = Target(), interaction.text
    if found := _TO.search(text) or _CHANNEL.search(text):
        said = found.groupdict()
        if said.get("channel"):
            target = replace(target, recipient=said["channel"])
        elif said.get("me"):
            target = replace(target, recipient=direct_to(interaction.actor.person_id or 0))
        elif person := _person(interaction, said.get("person")):
            target = replace(target, recipient=direct_to(person.id))
        text = _without(text, found)
    if found := _SPOKEN.search(text):
        is_english = (found[1] or found[2] or "").casefold() in ("english", "英文")
        target, text = replace(target, locale="en-US" if is_english else "zh-CN"), _without(text, found)
    if (found := _ZONE.search(text)) and (zone := _zone_called(found[1] or found[2] or found[3])):
        target, text = replace(target, zone=zone), _without(text, found)
    if (found := _ABOUT.search(text)) and (person := _person(interaction, found[1])):
        return replace(target, person_id=person.id), _without(text, found)
    if (found := _TEAM.search(text)) and (
        team := find_team_called(interaction.session, found[1] or found[2])
    ):
        return replace(target, team_id=team.id), _without(text, found)
    for word in MINE:
        pattern = rf"(?<!\w){word}(?!\w)" if word.isascii() else rf"{word}(?!\w)|^{word}"
        if found := re.search(pattern, text, re.IGNORECASE):
            return replace(target, person_id=interaction.actor.person_id), _without(text, found)
    return target, text


def target_of_form(interaction: Interaction) -> Target:
    """What the form chooses of it."""
    form, team_id = interaction.form, interaction.form.get("team")
    if team_id and not str(team_id).isdigit():  # the search offers a new team too, which has no figures
        raise Incomplete(field="team")
    recipient, about = (_person(interaction, form.get(field)) for field in ("person", "about"))
    return Target(
        direct_to(recipient.id) if recipient else "",
        about.id if about else None,
        access_team(interaction.session, int(team_id)).id if team_id and not about else None,
        *_own_clock(interaction, recipient),
    )


def _own_clock(interaction: Interaction, recipient: Person | None) -> tuple[str | None, str | None]:
    """Zone and language as the form says them; a person keeps their own where nobody touched the zone."""
    zone, locale = interaction.form.get("zone"), interaction.form.get("locale")
    if zone is not None and zone not in available_timezones():
        raise UnknownZone(field="zone", typed=str(zone))
    if recipient is not None and zone == interaction.actor.zone:
        zone = None
    return zone, locale if locale in dict(LOCALES) else None


def recipient_names(interaction: Interaction, schedules: Iterable[Schedule]) -> dict[str, str]:
    """The names of the people, other than the reader, to whom digests go."""
    own = interaction.actor.person_id
    ids = {person_of(each.slack_channel) for each in schedules} - {None, own}
    return {
        direct_to(each): access_person(interaction.session, each).name for each in ids if each is not None
    }


def _person(interaction: Interaction, slack_user_id: str | None) -> Person | None:
    return find_slack_person(interaction.session, slack_user_id) if slack_user_id else None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()
