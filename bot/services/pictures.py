"""Pictures that somebody asked for: drawn by the worker, sent to that person's direct messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.actors import Actor
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.periods import Grain, Period
from bot.domain.pipeline import PipelineFilter
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Notice


class PictureKind(StrEnum):
    """What is drawn."""

    FUNNEL = "funnel"
    CHANGES = "changes"


@dataclass(frozen=True)
class PictureAsked:
    """What a picture shows: its kind, a filter with what the reader called it, since when."""

    kind: PictureKind
    only: PipelineFilter
    names: tuple[str, ...]
    since: date | None = None


def send_picture(session: Session, actor: Actor, asked: PictureAsked, *, now: datetime) -> Notice:
    """Write down that a picture is to be drawn and sent; it shows what is true when it is drawn.

    A picture in a channel is seen by everyone there, so it goes to the person's direct messages.
    """
    return post_notice(
        session,
        kind=NoticeKind.PICTURE,
        recipient=direct_to(actor.person_id or 0),
        due_at=now,
        dedupe_key=f"picture:{session.info['changeset']}",
        payload=_kept(asked),
    )


def read_picture(notice: Notice) -> PictureAsked:
    """What a notice of a picture asked for."""
    kept = notice.payload
    only = dict(kept["only"])
    if only.get("owner_ids") is not None:
        only["owner_ids"] = tuple(only["owner_ids"])
    if only.get("period"):
        start, end, grain, month = only["period"]
        only["period"] = Period(date.fromisoformat(start), date.fromisoformat(end), Grain(grain), month)
    since = date.fromisoformat(kept["since"]) if kept.get("since") else None
    return PictureAsked(PictureKind(kept["picture"]), PipelineFilter(**only), tuple(kept["names"]), since)


def _kept(asked: PictureAsked) -> dict[str, Any]:
    only, period = asked.only, asked.only.period
    names: Sequence[str] = asked.names
    return {
        "picture": asked.kind.value,
        "names": list(names),
        "since": asked.since.isoformat() if asked.since else None,
        "only": {
            "owner_ids": None if only.owner_ids is None else list(only.owner_ids),
            "period": [
                period.start.isoformat(),
                period.end.isoformat(),
                period.grain,
                period.fiscal_start_month,
            ]
            if period
            else None,
            "source": only.source,
            "competitor": only.competitor,
            "product_id": only.product_id,
            "sales_channel": only.sales_channel,
            "pipeline_id": only.pipeline_id,
        },
    }
