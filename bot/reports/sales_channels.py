"""Opportunities by sales channel and by partner: what is open, how much was won, what is the partner's."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.forecast import Share
from bot.domain.money import Money, totals
from bot.domain.periods import Period
from bot.domain.sales_channels import ChannelLine, ChannelReport
from bot.domain.stages import StageKind
from bot.store import Session
from bot.store.sales_channels import ChannelRow, channel_rows


def sales_channels(session: Session, *, period: Period | None = None) -> ChannelReport:
    """What ended in the period (without one: ever), and what is open now."""
    rows = [
        row
        for row in channel_rows(session)
        if row.kind == StageKind.OPEN or period is None or (row.closed_on and row.closed_on in period)
    ]
    return ChannelReport(
        period,
        _lines((row.channel, row) for row in rows),
        _lines((row.partner, row) for row in rows if row.partner),
    )


def _lines(named: Iterable[tuple[str | None, ChannelRow]]) -> tuple[ChannelLine, ...]:
    groups: dict[str | None, list[ChannelRow]] = {}
    for name, row in named:
        groups.setdefault(name, []).append(row)
    lines = [_line(name, rows) for name, rows in groups.items()]
    return tuple(
        sorted(
            lines,
            key=lambda line: (line.name is None, -line.win_rate.part, -line.open_count, line.name or ""),
        )
    )


def _line(name: str | None, rows: Sequence[ChannelRow]) -> ChannelLine:
    is_open = [row for row in rows if row.kind == StageKind.OPEN]
    won = [row for row in rows if row.kind == StageKind.WON]
    return ChannelLine(
        name,
        len(is_open),
        totals(row.amount for row in is_open if row.amount),
        Share(len(won), len(rows) - len(is_open)),
        totals(row.amount for row in won if row.amount),
        totals(_share(row.amount, row.percent) for row in won if row.amount and row.percent),
    )


def _share(amount: Money, percent: Decimal | None) -> Money:
    part = (percent or Decimal(0)) * amount.minor / 100
    return Money(int(part.quantize(Decimal(1), ROUND_HALF_UP)), amount.currency)
