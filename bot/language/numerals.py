"""Numbers as people write them: digits with separators, English words, Chinese numerals, mixtures such as
12万5."""

import re
from decimal import Decimal
from typing import NamedTuple

from bot.language.tables import lexicon

_HAN_DIGITS = {char: index % 10 for index, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "〇": 0,
}
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_SCALES = {"万": 10**4, "亿": 10**8}
_HAN_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+")
_HAN_PARTS = re.compile(r"\d+(?:\.\d+)?|.")
_MIXED = re.compile(
    r"\d+(?:\.\d+)? ?[百千万亿](?:[零〇]?(?:\d+(?![\d.]*%)|[一二两三四五六七八九])?[十百千万亿]+)*"
    r"(?:[零〇]?(?:\d+(?![\d.%十]| ?[月日号点:/套个台份年人])"
    r"|[一二两三四五六七八九](?![月日号点套个台份年人])))?"
)
_WORD = re.compile(r"[a-z]+")
_ARABIC = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d{1,2})?(?![\d.,])|\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3}")
_TAIL = re.compile(
    r" ?(万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|k|w|mm|mn|mln|mio|m|bn|bln|b|tn|trn)(?![a-z])"
    r"|([kmb])(?=(?:usd|cny|rmb|eur|gbp|hkd|jpy|sgd|aud|cad)(?![a-z]))"
)


class Num(NamedTuple):
    """A whole number: `width` is its count of digits as typed, 0 where it was words."""

    value: int
    width: int


def english_number(text: str, start: int) -> tuple[int, int, bool] | None:
    """The longest number in words at `start`: (value, end, whether it is an ordinal), or None."""
    table = lexicon()
    total = group = 0
    end = start
    position = start
    last = ""  # what came before, because "twenty two" adds up and "two twenty" does not
    while found := _WORD.match(text, position):
        word = found[0]
        if word in table.numbers or word in table.ordinals:
            ordinal = word in table.ordinals
            value = table.ordinals[word] if ordinal else table.numbers[word]
            fits = last in ("", "scale") or (last == "tens" and 0 < value < 10)
            if not fits:
                break
            group += value
            end = found.end()
            last = "tens" if value >= 20 else "ones"
            if ordinal:
                return total + group, end, True
        elif word == "hundred" and 0 < group < 100 and last != "scale":
            group *= 100
            end, last = found.end(), "scale"
        elif word in ("thousand", "million", "billion", "trillion") and group:
            total += group * int(table.scales[word])
            group, end, last = 0, found.end(), "scale"
        elif word == "and" and last == "scale":
            position = found.end() + 1
            continue
        else:
            break
        position = end + 1 if text[end : end + 1] in (" ", "-") else end
        if position == end:
            break
    return (total + group, end, False) if end > start else None


def han_number(run: str) -> Decimal | None:
    """The value of a whole Chinese numeral, figures within it too (12万5, 3千5百万), or None where it is
    none."""
    parts = _HAN_PARTS.findall(run.replace("廿", "二十").replace("卅", "三十"))
    total = section = number = Decimal(0)
    unit = 10  # what one more digit would count, for 三千五 and 12万5
    before = ""
    for part in parts:
        if part in _HAN_UNITS or part in _HAN_SCALES:
            made = _raise(part, total, section, number, before)
            if made is None:
                return None
            total, section = made
            number, unit = Decimal(0), _HAN_UNITS.get(part) or _HAN_SCALES[part]
            before = "unit" if part in _HAN_UNITS else "scale"
            continue
        if before == "number" and number:
            return None
        value = Decimal(part) if part[0].isdigit() else Decimal(_HAN_DIGITS[part])
        if before == "number" or not before:
            skipped = False
        elif value == 0:
            skipped, unit = True, 1
        else:
            skipped = unit == 1
        fits = _fits(part, value, unit, skipped=skipped) if before in ("unit", "scale") else True
        if not fits:
            return None
        number, before = value, "number" if value else before or "number"
    if number and before == "number" and len(parts) > 1 and unit > 10 and number < 10:
        number *= unit // 10
    return total + section + number


def _raise(
    part: str, total: Decimal, section: Decimal, number: Decimal, before: str
) -> tuple[Decimal, Decimal] | None:
    """Total and section after a unit: 十 to 千 multiply the number, 万 and 亿 all of the section."""
    if part in _HAN_UNITS:
        if not number and not (part in "十拾" and before in ("", "scale")):
            return None
        return total, section + (number or 1) * _HAN_UNITS[part]
    scale = _HAN_SCALES[part]
    if not section + number:
        return (total * scale, Decimal(0)) if total else None
    if scale < 10**8:
        return total + (section + number) * scale, Decimal(0)
    return (total + section + number) * scale, Decimal(0)


def _fits(part: str, value: Decimal, unit: int, *, skipped: bool) -> bool:
    """Whether figures may follow a unit: 12万5000 and 12万5 do, 12万80 could be two things."""
    if not part[0].isdigit() or value < 10 or skipped:
        return value == value.to_integral_value() and not (value < 10 and len(part) > 1)
    return len(part) == len(str(unit)) - 1 and value < unit


def han_numerals(text: str, start: int) -> tuple[Num, int] | None:
    """The longest Chinese numeral at `start` as a small whole number, digit by digit (二零一六) too, or
    None."""
    found = _HAN_RUN.match(text, start)
    if not found:
        return None
    run = found[0][:12]
    digits = re.match(r"[零〇一二三四五六七八九]{2,}", run)
    if digits and (len(run) == digits.end()):
        return Num(
            int("".join(str(_HAN_DIGITS[char]) for char in digits[0])), len(digits[0])
        ), start + digits.end()
    for length in range(len(run), 0, -1):
        value = han_number(run[:length])
        if value is not None and (run[length - 1] not in "万亿" or length == len(run)):
            return Num(int(value), 0), start + length
    return None


def figures(text: str, start: int) -> list[tuple[Decimal, int]]:
    """Every way to read a figure of money at `start`, with its multiplier, as (value, end)."""
    found = _figures(text, start)
    return [
        (value * _GE_SCALES[scaled[1]], scaled.end())
        if (scaled := _GE.match(text, end)) and value < 10**6
        else (value, end)
        for value, end in found
    ]


def _figures(text: str, start: int) -> list[tuple[Decimal, int]]:
    if text[start : start + 1].isdigit():
        return _arabic(text, start)
    if run := _HAN_RUN.match(text, start):
        value = han_number(run[0])
        return [(value, run.end())] if value is not None else []
    return _worded(text, start)


def _arabic(text: str, start: int) -> list[tuple[Decimal, int]]:
    found = _ARABIC.match(text, start)
    if not found or len(found[0]) > 24:
        return []
    if (mixed := _MIXED.match(text, start)) and "," not in found[0]:
        value = han_number(mixed[0].replace(" ", ""))
        return [(value, mixed.end())] if value is not None else []
    values = separated(found[0])
    end = found.end()
    if scaled := _scale(text, end) or english_scale(text, end):
        if " " in found[0]:  # two numbers, the second one scaled: Studio 54 120k
            first = found[0].split(" ")[0]
            return [(value, start + len(first)) for value in separated(first)]
        scale, end = scaled
        # A multiplier follows decimals (1.234 million), never grouped thousands.
        values = [value * scale for value in values[:1]]
    return [(value, end) for value in values]


def separated(typed: str) -> list[Decimal]:
    """Every way to read digits with separators, decimals first: 1,234.50 has one, 1.234 has two, 1,2345
    none."""
    plain = re.sub(r"[ '’]", "", typed)
    dots, commas = plain.count("."), plain.count(",")
    if not dots and not commas:
        return [Decimal(plain)]
    if dots and commas:
        mark, group = (".", ",") if plain.rfind(".") > plain.rfind(",") else (",", ".")
        whole, _, decimals = plain.rpartition(mark)
        if mark in whole or not _GROUPED.fullmatch(whole.replace(group, ",")):
            return []
        return [Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")]
    mark = "." if dots else ","
    head, _, tail = plain.rpartition(mark)
    grouped = bool(_GROUPED.fullmatch(plain.replace(".", ","))) and not plain.startswith("0")
    if mark in head:
        return [Decimal(plain.replace(mark, ""))] if grouped else []
    if mark == ",":
        if grouped:
            return [Decimal(plain.replace(",", ""))]
        return [Decimal(f"{head}.{tail}")] if len(tail) <= 2 else []
    return [Decimal(plain), Decimal(plain.replace(".", ""))] if grouped else [Decimal(plain)]


def _scale(text: str, end: int) -> tuple[Decimal, int] | None:
    found = _TAIL.match(text, end)
    if not found:
        return None
    word = found[1] or found[2]
    if word.isascii():
        if found[0] != word and word != "k":  # "5 m" may be minutes, "5m" is not
            return None
        return (Decimal(10_000) if word == "w" else lexicon().scales[word]), found.end()
    scale = Decimal(1)
    for char in word:
        scale *= _HAN_UNITS.get(char) or _HAN_SCALES[char]
    return scale, found.end()


def english_scale(text: str, end: int) -> tuple[Decimal, int] | None:
    """A multiplier in words after a figure: " million", "-million", " hundred thousand"."""
    scale = Decimal(1)
    position = end
    while found := re.compile(r"[ -]?([a-z]+)").match(text, position):
        if found[1] not in lexicon().scales or len(found[1]) < 2:
            break
        scale *= lexicon().scales[found[1]]
        position = found.end()
    return (scale, position) if position > end else None


# 两个亿, 3个百万.
_GE = re.compile(r"个(万亿|亿|千万|百万)")
_GE_SCALES = {"百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_K = re.compile(r" ?k(?![a-z])")
_FRACTION = re.compile(r"(?:(?:a |one )?(half|quarter)|(three quarters))(?: of)?(?: an?)?(?= )")


def _worded(text: str, start: int) -> list[tuple[Decimal, int]]:
    if fraction := _FRACTION.match(text, start):
        part = (
            Decimal("0.75") if fraction[2] else Decimal("0.5") if fraction[1] == "half" else Decimal("0.25")
        )
        scaled = english_scale(text, fraction.end())
        return [(part * scaled[0], scaled[1])] if scaled else []
    if article := re.compile(r"an? (?=[a-z])").match(text, start):
        scaled = english_scale(text, article.end() - 1)
        return [scaled] if scaled else []
    number = english_number(text, start)
    if not number or number[2]:
        return []
    value, end = Decimal(number[0]), number[1]
    if half := re.compile(r" and a half(?= )").match(text, end):
        scaled = english_scale(text, half.end())
        return [((value + Decimal("0.5")) * scaled[0], scaled[1])] if scaled else []
    scaled = english_scale(text, end)
    if not scaled and (thousand := _K.match(text, end)):
        return [(value * 1000, thousand.end())]
    return [(value * scaled[0], scaled[1])] if scaled else [(value, end)]
