"""What wins: how a sale looked at a moment, and what is learned from how such sales ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import mean, median
from typing import Any

from bot.domain.forecast import Share
from bot.domain.logistic import Fit, fit

ENOUGH_ENDED, ENOUGH_EACH = 40, 10
"""From so many ended sales on, with so many won and so many lost, the chance is learned."""
FEW = 10
"""Without that, so many ended sales count as much as the rule of thumb."""
RIDGE = 5.0
_AGES = (0, 14, 30, 60, 120, 240)
"""Ages in days at which a sale is looked at, besides at every move; each begins a group."""
_FIRST_LOOK = timedelta(days=1)
_EARLY = 14
_FEWEST = 8
"""A trait that fewer sales had is not weighed."""
_LIKE_IT = 5
"""Sales of the same stage are told as evidence from so many on, else all."""
_SPEAKS = 0.05
"""A reason is none that moves the chance by less, on the logistic scale, or its share from the others'."""
_FACE_TO_FACE = frozenset(["visit", "meeting"])
_TOUCHES = frozenset(["call", "visit", "meeting", "email", "message"])


@dataclass(frozen=True)
class SalePast:
    """One sale with everything dated that is known of it."""

    id: int
    is_won: bool
    opened_on: date
    closed_on: date | None
    source: str | None
    amount_minor: int | None
    currency: str
    moves: tuple[tuple[datetime, int], ...] = ()
    """When it entered which open stage."""
    pushed: tuple[datetime, ...] = ()
    amounts_before: tuple[tuple[datetime, int | None], ...] = ()
    """When the amount was changed, and what it had been."""
    touches: tuple[tuple[datetime, str], ...] = ()
    """Activities with their kinds."""
    quotes: tuple[datetime, ...] = ()
    scores: tuple[tuple[datetime, int], ...] = ()
    bought_on: date | None = None
    """When the customer bought for the first time."""
    hides_amount: bool = False
    """Written down after it had ended: what it was thought to come to is not known."""

    def stage_at(self, at: datetime) -> int | None:
        """The open stage that it was in; None where that is not recorded."""
        return next((stage for moved, stage in reversed(self.moves) if moved <= at), None)

    def amount_at(self, at: datetime) -> int | None:
        """What it was thought to come to."""
        if self.hides_amount:
            return None
        later = (before for changed, before in self.amounts_before if changed > at)
        return next(later, self.amount_minor)

    def moments(self, zone: tzinfo) -> Iterator[datetime]:
        """When it is looked at: at certain ages and at every move, while it was open."""
        start = datetime.combine(self.opened_on, time(9), zone)
        looks = [start + max(timedelta(days=age), _FIRST_LOOK) for age in _AGES]
        looks += [moved + timedelta(minutes=1) for moved, _stage in self.moves]
        for at in sorted(looks):
            if self.closed_on is None or at.astimezone(zone).date() < self.closed_on:
                yield at


def traits_of(sale: SalePast, at: datetime, zone: tzinfo, typical: Mapping[str, int]) -> dict[str, str]:
    """How the sale looked at a moment, by group; nothing later is looked at."""
    day = at.astimezone(zone).date()
    age = (day - sale.opened_on).days
    found = {
        "age": str(max((each for each in _AGES if each <= age), default=0)),
        "pushed": str(min(2, sum(moment <= at for moment in sale.pushed))),
        "source": (sale.source or "").strip().casefold() or "unknown",
        "bought": "yes" if sale.bought_on is not None and sale.bought_on < day else "no",
        "size": _size(sale.amount_at(at), typical.get(sale.currency)),
    }
    stage = sale.stage_at(at)
    if stage is not None:
        found["stage"] = str(stage)
    touched = [moment for moment, kind in sale.touches if moment <= at and kind in _TOUCHES]
    silent = (at - max(touched)).days if touched else None
    is_young = age < _EARLY  # nothing yet says less of a sale that has just begun
    if silent is None:
        found["quiet"] = "young" if is_young else "never"
    else:
        found["quiet"] = "7" if silent <= 7 else "30" if silent <= 30 else "longer"
    met = [
        (moment.astimezone(zone).date() - sale.opened_on).days
        for moment, kind in sale.touches
        if moment <= at and kind in _FACE_TO_FACE
    ]
    if not met:
        found["met"] = "young" if is_young else "no"
    else:
        found["met"] = "early" if min(met) <= _EARLY else "late"
    score = next((value for moment, value in reversed(sale.scores) if moment <= at), None)
    found["score"] = (
        "none" if score is None else "high" if score >= 67 else "middle" if score >= 34 else "low"
    )
    return found


def _size(minor: int | None, typical: int | None) -> str:
    if minor is None or not typical:
        return "unknown"
    return "small" if minor * 2 < typical else "large" if minor > typical * 2 else "usual"


def typical_amounts(sales: Iterable[SalePast]) -> dict[str, int]:
    """The middle amount in each currency."""
    by_currency: dict[str, list[int]] = defaultdict(list)
    for sale in sales:
        if sale.amount_minor:
            by_currency[sale.currency].append(sale.amount_minor)
    return {currency: round(median(each)) for currency, each in by_currency.items()}


def named(traits: Mapping[str, str]) -> list[str]:
    """Traits as columns: group:level."""
    return [f"{group}:{level}" for group, level in traits.items()]


@dataclass(frozen=True)
class Reason:
    """One trait that moves the chance, with how sales like it ended."""

    group: str
    level: str
    share: Share
    in_stage: bool
    """The sales are those that were in the same stage so."""
    speaks_for: bool


@dataclass(frozen=True)
class WinModel:
    """What was learned; kept as JSON."""

    ended: int = 0
    won: int = 0
    is_learned: bool = False
    intercept: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)
    usual: Mapping[str, float] = field(default_factory=dict)
    """By group, the mean of the weights: what contributions are measured against."""
    like: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """By trait, and by stage/trait: how many sales that were ever so were won, and of how many."""
    typical: Mapping[str, int] = field(default_factory=dict)
    error: float | None = None
    """Mean squared error (Brier) on the newest quarter of the sales, learned from the older ones."""
    plain_error: float | None = None
    """The same of the plain win rate."""

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> "WinModel":
        """From what was kept."""
        return cls(**kept) if kept else cls()

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return dict(vars(self))

    def chance(self, traits: Mapping[str, str], *, walked: float) -> float:
        """The chance to be won; `walked` is the share of its pipeline that the sale has behind it."""
        if self.is_learned:
            return Fit(self.intercept, self.weights).chance(named(traits))
        won, ended = self.like.get(f"stage:{traits.get('stage')}", (self.won, self.ended))
        return (won + FEW * rule_of_thumb(walked)) / (ended + FEW)

    def reasons(self, traits: Mapping[str, str], *, most: int = 3) -> list[Reason]:
        """The strongest reasons of a learned chance whose evidence speaks as they do."""
        if not self.is_learned:
            return []
        found = []
        for group, level in traits.items():
            weight = self.weights.get(f"{group}:{level}")
            if weight is None:
                continue
            pull = weight - self.usual.get(group, 0.0)
            share, in_stage = self._like(group, level, traits.get("stage"))
            among = self.like.get(f"stage:{traits.get('stage')}") if in_stage else None
            won, ended = among or (self.won, self.ended)
            speaks = (share.value or 0.0) - won / ended
            if min(abs(pull), abs(speaks)) >= _SPEAKS and pull * speaks > 0:
                found.append((abs(pull), Reason(group, level, share, in_stage, pull > 0)))
        found.sort(key=lambda each: -each[0])
        return [reason for _pull, reason in found[:most]]

    def _like(self, group: str, level: str, stage: str | None) -> tuple[Share, bool]:
        if group != "stage" and stage is not None:
            counted = self.like.get(f"{stage}/{group}:{level}", (0, 0))
            if counted[1] >= _LIKE_IT:
                return Share(*counted), True
        return Share(*self.like.get(f"{group}:{level}", (0, 0))), False


def rule_of_thumb(walked: float) -> float:
    """The chance where nothing is known but how much of the pipeline is behind: a fifth to seven tenths."""
    return 0.2 + 0.5 * max(0.0, min(1.0, walked))


def learn(sales: Sequence[SalePast], zone: tzinfo) -> WinModel:
    """Learn from sales that ended. Where the newest quarter shows no gain over the plain win rate, or there
    are few, only the counts are kept.
    """
    ended = sorted(
        (each for each in sales if each.closed_on is not None), key=lambda each: (each.closed_on, each.id)
    )
    won = sum(each.is_won for each in ended)
    typical = typical_amounts(ended)
    looks = [(sale, [traits_of(sale, at, zone, typical) for at in sale.moments(zone)]) for sale in ended]
    like = _counted(looks)
    counts = WinModel(len(ended), won, like=like, typical=typical)
    if len(ended) < ENOUGH_ENDED or min(won, len(ended) - won) < ENOUGH_EACH:
        return counts
    error, plain_error = _held_out(looks)
    whole = _fitted(looks)
    kept = vars(counts) | {"error": error, "plain_error": plain_error}
    if error is None or plain_error is None or error >= plain_error:
        return WinModel(**kept)
    return WinModel(
        **kept
        | {
            "is_learned": True,
            "intercept": whole.intercept,
            "weights": dict(whole.weights),
            "usual": _usual(looks, whole),
        }
    )


_Looks = Sequence[tuple[SalePast, list[dict[str, str]]]]


def _fitted(looks: _Looks) -> Fit:
    sales_with: dict[str, int] = defaultdict(int)
    levels: dict[str, set[str]] = defaultdict(set)
    for _sale, moments in looks:
        for name in {name for traits in moments for name in named(traits)}:
            sales_with[name] += 1
            if not name.endswith(":young"):
                # Where no contact was ever recorded, that there is none tells only the age.
                levels[name.partition(":")[0]].add(name)
    columns = [
        name
        for name, count in sorted(sales_with.items())
        if count >= _FEWEST and len(levels[name.partition(":")[0]]) > 1
    ]
    return fit(_examples(looks), columns, ridge=RIDGE)


def _examples(looks: _Looks) -> Iterator[tuple[list[str], bool]]:
    for sale, moments in looks:
        for traits in moments:
            yield named(traits), sale.is_won


def _held_out(looks: _Looks) -> tuple[float | None, float | None]:
    """How wrong the newest quarter is judged by what the older ones taught: by the model, by the win rate."""
    cut = len(looks) * 3 // 4
    older, newer = looks[:cut], list(_examples(looks[cut:]))
    examples = list(_examples(older))
    if not newer or not examples:
        return None, None
    taught = _fitted(older)
    rate = mean(outcome for _traits, outcome in examples)
    error = mean((taught.chance(traits) - outcome) ** 2 for traits, outcome in newer)
    return error, mean((rate - outcome) ** 2 for _traits, outcome in newer)


def _usual(looks: _Looks, fitted: Fit) -> dict[str, float]:
    by_group: dict[str, list[float]] = defaultdict(list)
    for _sale, moments in looks:
        for traits in moments:
            for group, level in traits.items():
                by_group[group].append(fitted.weights.get(f"{group}:{level}", 0.0))
    return {group: mean(weights) for group, weights in by_group.items()}


def _counted(looks: _Looks) -> dict[str, list[int]]:
    """How many sales that were ever so were won, and of how many: by trait, and within each stage."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sale, moments in looks:
        seen = {name for traits in moments for name in named(traits)}
        seen |= {
            f"{traits['stage']}/{name}"
            for traits in moments
            if "stage" in traits
            for name in named(traits)
            if not name.startswith("stage:")
        }
        for name in seen:
            counts[name][0] += sale.is_won
            counts[name][1] += 1
    return dict(counts)
