"""Amounts of money, percentages and discounts: $50k, 12万5, 三十万元, 15 dollars 50, 85折, 10% off."""

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.language.numerals import Num
from bot.language.rules.start import rule
from bot.language.spans import Context


@dataclass(frozen=True)
class Sum:
    """Money as said: `sign` is a currency's code, or a sign that several share ($, ¥, 元), or None."""

    value: Decimal
    sign: str | None = None
    per: str | None = None


@dataclass(frozen=True)
class SumRange:
    """From one amount to another."""

    low: Sum
    high: Sum


@rule("money", "figure")
def _figure(context: Context, value: Decimal) -> Sum:
    return Sum(value)


@rule("signed", "currency figure", "currency <dot>? figure")
def _sign_first(context: Context, sign: str, value: Decimal) -> Sum:
    return Sum(value, sign)


@rule("signed", "figure currency", "figure currency_after")
def _sign_last(context: Context, value: Decimal, sign: str) -> Sum:
    return Sum(value, sign)


@rule("signed", "currency figure currency", "currency currency figure")
def _both_signs(context: Context, *parts: object) -> Sum | None:
    """ "$ 10 dollars", 人民币 50元: the two must say one currency, the clearer one counts."""
    signs = [part for part in parts if isinstance(part, str)]
    value = next(part for part in parts if isinstance(part, Decimal))
    clear = [sign for sign in signs if len(sign) == 3]
    if len(set(clear)) > 1:
        return None
    if not clear:
        return Sum(value, signs[0]) if signs[0] == signs[1] else Sum(value, "CNY") if "元" in signs else None
    shared = next((sign for sign in signs if len(sign) == 1), None)
    return Sum(value, clear[0]) if shared is None or _shares(shared, clear[0]) else None


def _shares(sign: str, currency: str) -> bool:
    """Whether the sign can stand for the currency."""
    families: dict[str, tuple[str, ...]] = {
        "$": ("USD", "HKD", "TWD", "CAD", "AUD", "NZD", "SGD", "MXN", "MOP", "BRL", "CLP", "COP", "ARS")
    }
    families |= {"¥": ("CNY", "JPY"), "元": ("CNY", "HKD", "TWD", "USD", "MOP", "SGD", "JPY")}
    return currency in families.get(sign, ())


@rule("signed", "figure currency scale_word")
def _scale_last(context: Context, *parts: object) -> Sum:
    """ "75 USD million"."""
    value = Decimal(1)
    sign = ""
    for part in parts:
        if isinstance(part, Decimal):
            value *= part
        else:
            sign = str(part)
    return Sum(value, sign)


@rule("money", "signed")
def _signed(context: Context, money: Sum) -> Sum:
    return money


@rule("money", "signed <and>? num <cents>", "signed <and>? num <fen_money>")
def _cents(context: Context, money: Sum, cents: Num) -> Sum | None:
    if not 1 <= cents.value <= 99 or money.value % 1:
        return None
    return replace(money, value=money.value + Decimal(cents.value) / 100)


@rule("money", "signed <and>? num")
def _bare_cents(context: Context, money: Sum, cents: Num) -> Sum | None:
    """ "15 dollars 50", 五块五: two digits are cents, one Chinese digit is a tenth."""
    if money.value % 1 or money.value >= 10_000:
        return None
    if cents.width == 2 or (cents.width == 0 and 10 <= cents.value <= 99 and money.sign != "元"):
        return replace(money, value=money.value + Decimal(cents.value) / 100)
    if money.sign == "元" and 1 <= cents.value <= 9 and cents.width <= 1:
        return replace(money, value=money.value + Decimal(cents.value) / 10)
    return None


@rule("money", "signed num <jiao>", "signed num <jiao> num <fen_money>?")
def _jiao(context: Context, money: Sum, tenths: Num, cents: Num | None = None) -> Sum | None:
    if money.value % 1 or tenths.value > 9 or (cents and cents.value > 9):
        return None
    return replace(
        money, value=money.value + Decimal(tenths.value) / 10 + Decimal(cents.value if cents else 0) / 100
    )


@rule("money", "figure <jiao>")
def _only_jiao(context: Context, value: Decimal) -> Sum | None:
    return Sum(value / 10, "元")


@rule("money", "figure <cents_only>")
def _only_cents(context: Context, value: Decimal) -> Sum | None:
    return Sum(value / 100)


@rule("amount", "money")
def _amount(context: Context, money: Sum) -> Sum:
    return money


@rule("amount", "money <per> per_unit", "money per_word")
def _per(context: Context, money: Sum, *unit: object) -> Sum | None:
    if len(unit) == 2 and isinstance(unit[0], Num) and unit[0].value != 1:
        return None
    return replace(money, per=str(unit[-1]))


@rule("amount", "money <per_one> per_unit")
def _per_one(context: Context, money: Sum, unit: str) -> Sum | None:
    """5千一年; but 12万 一季度 is 120k in the first quarter."""
    return replace(money, per=unit) if unit not in ("month", "quarter") else None


@rule("amount", "money <per_one_ge> per_unit")
def _per_one_ge(context: Context, money: Sum, unit: str) -> Sum:
    """5千一个月."""
    return replace(money, per=unit)


@rule("amount", "<per_before> per_unit money")
def _per_first(context: Context, unit: str, money: Sum) -> Sum:
    return replace(money, per=unit)


@rule("amount_range", "amount <to> amount", "<begin>? amount <to> amount", "<between> amount <and_to> amount")
def _range(context: Context, low: Sum, high: Sum) -> SumRange | None:
    """ "100-150k" is 100k to 150k; 10到15万 likewise."""
    sign = low.sign or high.sign
    if low.sign and high.sign and low.sign != high.sign:
        return None
    value = low.value
    if value < 1000 <= high.value:
        scale = max(
            (each for each in _SCALES if high.value >= each and value * each < high.value), default=None
        )
        value = value * scale if scale else value
    if value >= high.value:
        return None
    return SumRange(Sum(value, sign, high.per), Sum(high.value, sign, high.per))


_SCALES = (Decimal(1000), Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000), Decimal(1_000_000_000))


# Percentages and discounts.


@rule("share", "share_num", "num", "decimal")
def _share(context: Context, value: Num | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value.value)


@rule("percentage", "share <percent>", "<percent_before> share")
def _percent(context: Context, share: Decimal) -> Decimal | None:
    return share if share <= 1000 else None


@rule("percentage", "num <cheng>", "num <cheng> num")
def _cheng(context: Context, tens: Num, ones: Num | None = None) -> Decimal | None:
    """六成 is 60 %, 六成五 65 %."""
    digits = tens.value, ones.value if ones else 0
    return Decimal(10 * digits[0] + digits[1]) if 1 <= digits[0] <= 10 and digits[1] <= 9 else None


@rule("price_cut", "percentage <off>", "<discount> percentage <off>?", "<off> percentage")
def _off(context: Context, percent: Decimal) -> Decimal | None:
    return percent if 0 < percent <= 100 else None


@rule("price_cut", "<discount> share <points>", "<off> share <points>")
def _points(context: Context, share: Decimal) -> Decimal | None:
    """让5个点: five points less."""
    return share if 0 < share <= 100 else None


@rule("price_cut", "<da>? num <zhe> <off>?", "<da>? decimal <zhe> <off>?")
def _zhe(context: Context, left: Num | Decimal) -> Decimal | None:
    """85折, 8.5折 and 八五折 leave 85 %; 九折 leaves 90 %."""
    if isinstance(left, Num):
        share = Decimal(left.value) * (10 if left.value < 10 else 1)
    else:
        share = left * 10 if left < 10 else left
    return 100 - share if 10 <= share < 100 else None


@rule("price_cut", "<half_off>", "<da> <half_off>")
def _half_off(context: Context) -> Decimal:
    return Decimal(50)
