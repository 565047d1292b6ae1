"""The same readings as JSON, for `dealdesk when`, `amount` and `parse`: a dict in, a dict out, never raising.

`now` must be there: the clock belongs to the caller.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import Refusal
from bot.domain.money import minor_digits
from bot.language.amounts import read_amount
from bot.language.lines import read_line
from bot.language.refusals import Ambiguous, NotUnderstood
from bot.language.values import Amount, Language, LineItem, NameMatch, Recurrence, When
from bot.language.whens import read_when, spoken

Say = Callable[[Refusal, Language | None], str]
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBERS = ("probability", "discount_percent")


def _english(refusal: Refusal, language: Language | None) -> str:
    """The refusal's English sentence, where nobody translates it."""
    return str(refusal)


class _BadQuestion(Exception):
    """Something around the text is wrong; the message says what, and how it is written."""


def answer_when(question: dict[str, Any], say: Say = _english) -> dict[str, Any]:
    """Answer {"text", "now", "tz", "lang", "past"} as docs/interface.md says; `say` words a refusal."""
    try:
        when = read_when(
            str(question.get("text", "")),
            now=_now(question),
            language=_language(question),
            past=bool(question.get("past")),
        )
    except Ambiguous as unsure:
        return {"ambiguous": [_plain(reading) for reading in unsure.readings]}
    except NotUnderstood as refusal:
        return {"error": say(refusal, spoken(str(question.get("text", "")), _language(question)))}
    except _BadQuestion as slip:
        return {"error": str(slip)}
    return {
        "start": _local(when.start),
        "end": when.end and _local(when.end),
        "grain": when.grain,
        "text": when.text,
    }


def answer_amount(question: dict[str, Any], say: Say = _english) -> dict[str, Any]:
    """Answer {"text", "lang", "currency"} as docs/interface.md says; `say` words a refusal."""
    try:
        currency = _currency(question)
        amount = read_amount(str(question.get("text", "")), language=_language(question), currency=currency)
    except Ambiguous as unsure:
        return {"ambiguous": [_plain(reading) for reading in unsure.readings]}
    except NotUnderstood as refusal:
        return {"error": say(refusal, spoken(str(question.get("text", "")), _language(question)))}
    except _BadQuestion as slip:
        return {"error": str(slip)}
    return _amount(amount, currency)


def answer_line(question: dict[str, Any], say: Say = _english) -> dict[str, Any]:
    """Answer {"text", "now", "tz", "lang", "currency"} as docs/interface.md says for `parse`."""
    try:
        line = read_line(
            str(question.get("text", "")),
            now=_now(question),
            language=_language(question),
            currency=_currency(question),
        )
    except _BadQuestion as slip:
        return {"error": str(slip)}
    return {
        "verb": line.verb,
        "fields": {name: _field(name, value) for name, value in line.fields.items()},
        "asks": [
            {"field": ask.field, "readings": [_plain(each) for each in ask.readings]} for ask in line.asks
        ],
        "note": line.note,
    }


def _now(question: dict[str, Any]) -> datetime:
    """The asked moment in the asked zone: `now` is ISO; without a zone of its own it is local in `tz`."""
    try:
        zone = ZoneInfo(str(question.get("tz") or "UTC"))
    except (ValueError, ZoneInfoNotFoundError, OSError):
        raise _BadQuestion("There is no such time zone. Try: Asia/Shanghai.") from None
    try:
        now = datetime.fromisoformat(str(question.get("now")))
        return now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)
    except (ValueError, OverflowError):
        raise _BadQuestion("now must be an ISO moment. Try: 2026-11-24T10:00.") from None


def _language(question: dict[str, Any]) -> Language | None:
    match str(question.get("lang") or "")[:2].lower():
        case "":
            return None
        case "en":
            return "en"
        case "zh":
            return "zh"
    raise _BadQuestion("lang is en or zh; leave it out for both.")


def _currency(question: dict[str, Any]) -> str | None:
    currency = str(question.get("currency") or "").upper()
    if currency and not _CURRENCY.fullmatch(currency):
        raise _BadQuestion("currency is three letters (ISO 4217). Try: CNY.")
    return currency or None


def _local(moment: datetime) -> str:
    """Local time; with its offset where a change of clocks makes the hour come twice."""
    other = moment.replace(fold=1 - moment.fold)
    twice = other.utcoffset() != moment.utcoffset()
    return moment.isoformat() if twice else moment.replace(tzinfo=None).isoformat()


def _amount(amount: Amount, currency: str | None = None) -> dict[str, Any]:
    return {"amount": _decimal(amount.value, amount.currency or currency), "currency": amount.currency}


def _decimal(value: Decimal, currency: str | None) -> str:
    digits = minor_digits(currency) if currency else 2
    own = max(0, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{max(digits, own)}f}"


def _field(name: str, value: Any) -> Any:
    return _number(value) if name in _NUMBERS and isinstance(value, Decimal) else _plain(value)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _item(item: LineItem) -> dict[str, Any]:
    plain: dict[str, Any] = {"product": item.product, "quantity": _number(item.quantity)}
    if item.unit_price is not None:
        plain["unit_price"] = _decimal(item.unit_price, None)
    if item.discount_percent is not None:
        plain["discount_percent"] = _number(item.discount_percent)
    return plain


def _plain(value: Any) -> Any:
    match value:
        case When():
            return {
                "start": _local(value.start),
                "end": value.end and _local(value.end),
                "grain": value.grain,
            }
        case Amount():
            return _amount(value)
        case LineItem():
            return _item(value)
        case Recurrence():
            said = {
                name: part for name, part in vars(value).items() if name not in ("at", "text", "weekdays")
            }
            several = {"weekdays": list(value.weekdays)} if value.weekdays else {}
            return said | several | {"at": value.at.isoformat("minutes")}
        case NameMatch():
            return value.name
        case datetime():
            return _local(value)
        case date():
            return value.isoformat()
        case Decimal():
            return _decimal(value, None)
        case tuple():
            return [_plain(each) for each in value]
    return value
