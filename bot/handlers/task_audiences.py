"""Tasks for several people: `/crm task @ann @bo …`, `/crm task team North: …`, `/crm task everyone: …`."""

import re
from dataclasses import dataclass

from bot.domain.roles import Role
from bot.handlers.interaction import MENTION, Interaction
from bot.i18n import translate
from bot.services.team_tasks import NobodyMeant
from bot.store import Session
from bot.store.models import Person
from bot.store.people import access_team, find_slack_person, list_named, list_people, search_teams
from bot.store.team_days import people_below
from bot.views.team_tasks import AUDIENCES


@dataclass(frozen=True)
class Audience:
    """Several people, and how they were meant: as TeamTask.audience says it."""

    people: tuple[Person, ...]
    key: str

    @property
    def ids(self) -> list[int]:
        """Their ids."""
        return [person.id for person in self.people]


_MENTIONS = re.compile(
    rf"(?:(?:to|for|给|派给)\s*)?({MENTION.pattern}(?:\s*(?:,|，|、|&|and\b|和|\s)\s*{MENTION.pattern})+)[\s:：,，]*",
    re.IGNORECASE,
)
_NAMED_TEAM = re.compile(r"(?:(?:to|for|给)\s+)?(?:team|团队|小组)\s+(?=\S)", re.IGNORECASE)
_LED = re.compile(r"(?:(?:to|for|给)\s*)?(?:the )?([^:：]{1,60}?)\s*[:：]\s*(?=\S)", re.IGNORECASE)

EVERYBODY = frozenset(["everyone", "everybody", "all", "the whole team", "全体", "全员", "所有人", "大家"])
MY_TEAM = frozenset(["team", "my team", "团队", "我的团队", "本组", "我的组", "小组"])
ROLE_WORDS = {
    **dict.fromkeys(["reps", "all reps", "sellers", "sales reps", "销售", "所有销售", "全体销售"], Role.REP),
    **dict.fromkeys(["managers", "all managers", "经理", "所有经理", "销售经理"], Role.MANAGER),
    **dict.fromkeys(["admins", "all admins", "管理员", "所有管理员"], Role.ADMIN),
}


def take_audience(interaction: Interaction, text: str) -> tuple[Audience | None, str]:
    """The several people that a line begins with, and the line without them; none where it is for one.

    A group is named before a colon, so that “team building on Friday” stays a task's words. Raises
    NobodyMeant for a group in which nobody is.
    """
    session = interaction.session
    if several := _MENTIONS.match(text):
        found = [find_slack_person(session, each[0]) for each in MENTION.findall(several[1])]
        people = tuple(dict.fromkeys(each for each in found if each))
        return (Audience(people, "people"), text[several.end() :]) if len(people) > 1 else (None, text)
    if named := _NAMED_TEAM.match(text):
        rest = text[named.end() :]
        for team in sorted(search_teams(session, "", limit=200), key=lambda each: -len(each.name)):
            if rest.casefold().startswith(team.name.casefold()) and not rest[len(team.name) :][:1].isalnum():
                return _of(interaction, f"team:{team.id}", team.name), _after(rest[len(team.name) :])
    led = _LED.match(text)
    key = _key(interaction, led[1]) if led else None
    return (_of(interaction, key, led[1]), text[led.end() :]) if led and key else (None, text)


def audience_called(interaction: Interaction, key: str) -> Audience:
    """The people of a choice in a form. Raises NobodyMeant."""
    name = next((name for name, each in search_audiences(interaction, "") if each == key), key)
    return _of(interaction, key, name)


def search_audiences(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    """Groups by part of their name, with the key of each: one's own people, roles, teams."""
    groups = [(interaction._("My team"), f"below:{interaction.actor.person_id}")]
    groups += [(translate(interaction.actor.locale, name), key) for key, name in AUDIENCES.items()]
    groups = [each for each in groups if typed.casefold() in each[0].casefold()]
    teams = search_teams(interaction.session, typed, limit=50)
    return groups + [(team.name, f"team:{team.id}") for team in teams]


def _key(interaction: Interaction, words: str) -> str | None:
    """team:ID, role:NAME, below:ID or everybody for the words of a group; None for any others."""
    said = " ".join(words.casefold().split())
    if said in EVERYBODY:
        return "everybody"
    if said in MY_TEAM:
        return f"below:{interaction.actor.person_id}"
    if said in ROLE_WORDS:
        return f"role:{ROLE_WORDS[said].value}"
    for ending in (" team", "团队", "小组"):
        if said.endswith(ending):
            name = said.removesuffix(ending).strip()
            teams = search_teams(interaction.session, name, limit=50)
            same = [team for team in teams if team.name.casefold() in (name, said)]
            if len(same) == 1:
                return f"team:{same[0].id}"
    return None


def _after(rest: str) -> str:
    return rest.lstrip(" :：,，、")


def _of(interaction: Interaction, key: str, typed: str) -> Audience:
    people = people_meant(interaction.session, key)
    # Who gives a task to a group means the others, even where they belong to it.
    people = [person for person in people if person.id != interaction.actor.person_id] or people
    if not people:
        raise NobodyMeant(field="assignee", typed=typed)
    return Audience(tuple(people), key)


def people_meant(session: Session, key: str) -> list[Person]:
    """Everybody of a group who is in Slack; whoever is not would never hear of it."""
    kind, _colon, which = key.partition(":")
    match kind:
        case "team":
            team = access_team(session, int(which))
            found = [person for person in list_people(session) if person.team_id == team.id]
        case "role":
            found = [person for person in list_people(session) if person.role == which]
        case "below":
            below = people_below(session, int(which))
            found = list(list_named(session, below)) if below else _beside(session, int(which))
        case "everybody":
            found = list_people(session)
        case _:
            found = []
    return [person for person in found if person.slack_user_id]


def _beside(session: Session, person_id: int) -> list[Person]:
    """The others of somebody's own team, for whoever leads nobody."""
    people = list_people(session)
    own = next((each.team_id for each in people if each.id == person_id), None)
    return [each for each in people if own is not None and each.team_id == own and each.id != person_id]
