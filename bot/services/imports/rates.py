"""Exchange rates: one for a pair and a day."""

from collections.abc import Callable
from datetime import datetime

from bot.services.imports.batch import Batch
from bot.services.imports.known import Known
from bot.services.imports.matching import Written, fill
from bot.services.imports.rows import Failure
from bot.services.rates import SameCurrency
from bot.store.models import ExchangeRate
from bot.store.rates import rates_by_key


def import_rates(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update rates: one for a pair and a day."""
    kept = rates_by_key(known.session)
    written = Written(known.session, known.report)
    for record in batch.records:
        step()
        base, quote = record.values["base"], record.values["quote"]
        if base == quote:
            failures.append(Failure(record.line, SameCurrency(currency=base)))
            continue
        key = (base, quote, record.values["on_day"])
        rate, is_new = kept.get(key), key not in kept
        if rate is None:
            rate = kept[key] = ExchangeRate(base=base, quote=quote, on_day=record.values["on_day"])
        fill(rate, {"value": record.values["value"]})
        rate.deleted_at = None
        written.take(rate, is_new=is_new)
    written.keep()
