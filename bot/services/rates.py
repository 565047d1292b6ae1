"""Exchange rates: entered by admins, one a pair and day."""

from datetime import date
from decimal import Decimal

from babel.numbers import list_currencies

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.rights import check_is_admin
from bot.services.settings import UnknownCurrency
from bot.store import Session
from bot.store.models import ExchangeRate
from bot.store.rates import find_rate

_MOST = Decimal(10) ** 12


class NotARate(Refusal):
    """A rate of zero, less, or beyond what currencies are worth."""

    message = "{typed} is no exchange rate. It is a number above zero, for example: `/crm rate USD CNY 7.12`"


class SameCurrency(Refusal):
    """A rate between a currency and itself."""

    message = "{currency} against itself is always 1. Name two currencies: `/crm rate USD CNY 7.12`"


def set_rate(
    session: Session, actor: Actor, *, base: str, quote: str, value: Decimal, on: date
) -> ExchangeRate:
    """Keep what one unit of `base` is worth in `quote` on a day; the day's earlier value gives way.

    Raises AdminsOnly, UnknownCurrency, SameCurrency and NotARate.
    """
    check_is_admin(session, actor)
    for field, currency in (("base", base), ("quote", quote)):
        if currency not in list_currencies():
            raise UnknownCurrency(field=field, typed=currency)
    if base == quote:
        raise SameCurrency(field="quote", currency=base)
    if not value.is_finite() or not 0 < value < _MOST:
        raise NotARate(field="value", typed=str(value))
    kept = find_rate(session, base, quote, on)
    if kept is None:
        kept = ExchangeRate(base=base, quote=quote, on_day=on, value=value)
        session.add(kept)
    else:
        kept.value, kept.deleted_at = value, None
    session.flush()
    return kept
