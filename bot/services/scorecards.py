"""The scorecard: what every evaluation asks, chosen ready-made and changed by admins."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.i18n.scorecards import SIX, TEMPLATES, ReadyCriterion
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Criterion
from bot.store.scorecards import UnknownCriterion, list_criteria

MOST_CRITERIA = 10
MOST_LEVELS = 6


class CriterionNameMissing(Refusal):
    """A question without a name."""

    message = "What is asked about? One or two words, such as: Budget"


class CriterionExists(Refusal):
    """A second question of one name."""

    message = "“{name}” is on the scorecard already. Edit it, or choose another name."


class LevelsMissing(Refusal):
    """Fewer than two levels, or more than anybody reads."""

    message = "Type the levels one a line, from the lowest to the highest: at least two, at most {most}."


class TooManyCriteria(Refusal):
    """More questions than anybody answers in a moment."""

    message = "{most} questions are as many as anybody answers. Delete one first."


def scorecard(session: Session) -> Sequence[Criterion]:
    """The questions; the first ready-made ones where no admin has chosen."""
    return list_criteria(session) or _made(TEMPLATES[SIX][1])


def choose_template(session: Session, actor: Actor, key: str, *, now: datetime) -> Sequence[Criterion]:
    """Ask what a ready scorecard asks, in place of what was asked; past evaluations stay. AdminsOnly."""
    check_is_admin(session, actor)
    for each in list_criteria(session):
        each.deleted_at = now
    session.flush()
    return _keep(session, _made(TEMPLATES[key][1]))


def add_criterion(session: Session, actor: Actor, *, name: str, levels: Sequence[str]) -> Criterion:
    """Ask one thing more.

    Raises AdminsOnly, CriterionNameMissing, CriterionExists, LevelsMissing and TooManyCriteria.
    """
    check_is_admin(session, actor)
    asked = _own(session)
    if len(asked) >= MOST_CRITERIA:
        raise TooManyCriteria(field="name", most=MOST_CRITERIA)
    made = Criterion(
        key="",
        name=_checked(asked, name, besides=None),
        levels=_checked_levels(levels),
        position=max((each.position for each in asked), default=0) + 1,
    )
    session.add(made)
    session.flush()
    made.key = f"own{made.id}"
    session.flush()
    return made


def edit_criterion(
    session: Session,
    actor: Actor,
    key: str,
    *,
    name: str,
    levels: Sequence[str],
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Criterion:
    """Rename a question or change its levels; past evaluations keep the points that they were given.

    Raises AdminsOnly, CriterionNameMissing, CriterionExists, LevelsMissing, UnknownCriterion, EditConflict.
    """
    check_is_admin(session, actor)
    asked = _own(session)
    criterion = asked_as(asked, key)
    values = {
        "name": _checked(asked, name, besides=criterion.id),
        "levels": _checked_levels(levels),
    }
    edit(session, criterion, values, version=version, seen=seen)
    return criterion


def delete_criterion(session: Session, actor: Actor, key: str, *, now: datetime) -> Criterion:
    """Ask it no more. Raises AdminsOnly and UnknownCriterion."""
    check_is_admin(session, actor)
    criterion = asked_as(_own(session), key)
    criterion.deleted_at = now
    session.flush()
    return criterion


def asked_as(asked: Sequence[Criterion], key: str) -> Criterion:
    """The question of this key. Raises UnknownCriterion."""
    for each in asked:
        if each.key == key:
            return each
    raise UnknownCriterion


def _own(session: Session) -> list[Criterion]:
    """The workspace's own rows: the ready ones are written down when the first of them is changed."""
    return list(list_criteria(session)) or _keep(session, _made(TEMPLATES[SIX][1]))


def _made(ready: Sequence[ReadyCriterion]) -> list[Criterion]:
    return [
        Criterion(key=each.key, name=each.name, levels=list(each.levels), position=position)
        for position, each in enumerate(ready, start=1)
    ]


def _keep(session: Session, criteria: list[Criterion]) -> list[Criterion]:
    session.add_all(criteria)
    session.flush()
    return criteria


def _checked(asked: Sequence[Criterion], name: str, *, besides: int | None) -> str:
    name = " ".join(name.split()).strip(" :：")
    if not name:
        raise CriterionNameMissing(field="name")
    if any(each.name.casefold() == name.casefold() and each.id != besides for each in asked):
        raise CriterionExists(field="name", name=name)
    return name[:60]


def _checked_levels(levels: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(filter(None, (each.strip()[:74] for each in levels))))
    if not 2 <= len(kept) <= MOST_LEVELS:
        raise LevelsMissing(field="levels", most=MOST_LEVELS)
    return kept
