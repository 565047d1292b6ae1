"""What a line says of a contact after a label: role in the decision, birthday, preferences."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.profiles import NO_YEAR, ContactRole
from bot.handlers.interaction import Interaction
from bot.language import Ambiguous, NotUnderstood, read_when
from bot.views.contacts import birthday_typed
from bot.views.text import plain

CONTACT_LABELS: Mapping[str, tuple[str, ...]] = {
    "role": ("role", "角色", "决策角色"),
    "birthday": ("birthday", "born", "生日"),
    "preferences": ("preferences", "likes", "偏好", "喜好", "爱好"),
}

_ROLES: Mapping[ContactRole, tuple[str, ...]] = {
    ContactRole.DECISION_MAKER: ("decision maker", "decider", "buyer", "决策人", "决策者", "拍板人"),
    ContactRole.INFLUENCER: ("influencer", "影响者", "影响人"),
    ContactRole.USER: ("user", "使用者", "用户", "使用人"),
    ContactRole.BLOCKER: ("blocker", "反对者", "阻碍者", "反对人"),
}

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})")


class UnknownRole(Refusal):
    """A role that nobody has in a decision."""

    message = "“{typed}” is no role that I know. Say one of: decision maker, influencer, user, blocker"


class NoBirthday(Refusal):
    """What can be nobody's birthday."""

    message = "“{typed}” is not a birthday. Type it such as: 5 May, or 1985-05-05"


def read_details(interaction: Interaction, labelled: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a contact that a line names. Raises UnknownRole and NoBirthday."""
    columns: dict[str, Any] = {}
    if role := labelled.get("role"):
        columns["decision_role"] = read_role(role)
    if born := labelled.get("birthday"):
        columns["birthday_on"] = read_birthday(born, now=interaction.local_now)
    if likes := labelled.get("preferences"):
        columns["preferences"] = plain(likes)
    return columns


def read_role(typed: str) -> ContactRole:
    """The role that the words name. Raises UnknownRole."""
    for role, words in _ROLES.items():
        if typed.strip().casefold() in words:
            return role
    raise UnknownRole(typed=typed)


def read_birthday(typed: str, *, now: datetime) -> date:
    """The day, in the year NO_YEAR where none is said. Raises NoBirthday."""
    words = plain(typed).strip()
    try:
        if pair := _MONTH_DAY.fullmatch(words):
            return date(NO_YEAR, int(pair[1]), int(pair[2]))
        has_year = bool(_YEAR.search(words))
        read = read_when(words, now=now, past=has_year)
        if read.grain != "day":
            raise NoBirthday(typed=typed)
        born = read.day if has_year else read.day.replace(year=NO_YEAR)
    except (NotUnderstood, Ambiguous, ValueError) as error:
        raise NoBirthday(typed=typed) from error
    if not date(1900, 1, 1) <= born <= now.date():
        raise NoBirthday(typed=typed)
    return born


def form_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a line said of a contact, as its form shows it."""
    values = dict(said)
    born = values.pop("birthday_on", None)
    return values | {"birthday": birthday_typed(born)}
