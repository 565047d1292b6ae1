"""Which open opportunities need a look, and why."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.money import Money, totals
from bot.domain.signals import PRESSING, Facts, Signal, SignalKind, Usual, signals_of
from bot.store import Session
from bot.store.models import Opportunity
from bot.store.opportunities import list_by_id
from bot.store.signals import Signalled, Watch, facts_of, open_ids, usual, usual_on
from bot.store.workspaces import workspace_settings


def watch(
    session: Session,
    *,
    now: datetime,
    owner_ids: Collection[int] | None = None,
    first: int = 0,
    size: int = 6,
    often: bool = False,
) -> Watch:
    """A page of the open opportunities that need a look; the most and the longest overdue first.

    `often`: what is usual is what it was when it was first asked for today.
    """
    today, normal, facts = _read(session, open_ids(session, owner_ids=owner_ids), now, often=often)
    signals = {each.id: signals_of(each, normal, today) for each in facts}
    counts = {
        kind: count
        for kind in SignalKind
        if (count := sum(any(each.kind == kind for each in found) for found in signals.values()))
    }
    pressing = [
        opportunity_id
        for opportunity_id, found in signals.items()
        if any(each.kind in PRESSING for each in found)
    ]
    pressing.sort(key=lambda each: (-_weight(signals[each]), each))
    outlived = [each for each in pressing if any(one.kind == SignalKind.OUTLIVED for one in signals[each])]
    first = max(0, min(first, (len(pressing) - 1) // size * size))
    shown = pressing[first : first + size]
    by_id = {each.id: each for each in list_by_id(session, shown)}
    return Watch(
        len(facts),
        counts,
        tuple(pressing),
        tuple(outlived),
        tuple(Signalled(by_id[each], signals[each]) for each in shown if each in by_id),
        first,
    )


def signals_now(session: Session, opportunity_id: int, *, now: datetime) -> tuple[Facts, tuple[Signal, ...]]:
    """One opportunity's facts and signals."""
    today, normal, facts = _read(session, [opportunity_id], now)
    return facts[0], signals_of(facts[0], normal, today)


def pressing_by_owner(session: Session, *, now: datetime) -> dict[int, list[tuple[int, Signal]]]:
    """By owner: each pressing signal of each open opportunity."""
    ids = open_ids(session)
    today, normal, facts = _read(session, ids, now)
    owners = {each.id: each.owner_id for each in list_by_id(session, ids)}
    found: dict[int, list[tuple[int, Signal]]] = {}
    for each in facts:
        owner_id = owners.get(each.id)
        for signal in signals_of(each, normal, today):
            if owner_id is not None and signal.kind in PRESSING | {SignalKind.COMPETITOR}:
                found.setdefault(owner_id, []).append((each.id, signal))
    return found


def worth(opportunities: Collection[Opportunity]) -> tuple[Money, ...]:
    """What opportunities come to, a sum a currency."""
    return totals(each.amount for each in opportunities if each.amount)


def _read(
    session: Session, ids: Collection[int], now: datetime, *, often: bool = False
) -> tuple[date, Usual, list[Facts]]:
    zone = ZoneInfo(workspace_settings(session).zone)
    today = now.astimezone(zone).date()
    normal = usual_on(session, today) if often else usual(session)
    return today, normal, facts_of(session, ids, zone)


def _weight(signals: tuple[Signal, ...]) -> int:
    pressing = [each for each in signals if each.kind in PRESSING]
    return 10_000 * len(pressing) + max(each.days for each in pressing)
