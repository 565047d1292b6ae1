"""Numbers as people write them: digits with separators, English words, Chinese numerals, mixtures such as 12万5."""

import re
from decimal import Decimal
from typing import NamedTuple

from bot.language.tables import lexicon

_HAN_DIGITS = {char: index % 10 for index, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "〇": 0}
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_SCALES = {"万": 10**4, "亿": 10**8}
_HAN_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+")
_WORD = re.compile(r"[a-z]+")
_ARABIC = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d{1,2})?(?![\d.,])|\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3}")
_TAIL = re.compile(r" ?(万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|k|w|mm|mn|mln|mio|m|bn|bln|b|tn|trn)(?![a-z])")
_HAN_TAIL = re.compile(r"零?(\d+(?:\.\d+)?|[一二两三四五六七八九])(千|百|十)?")


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
    """The value of a whole Chinese numeral, or None where the characters are no numeral."""
    total = section = digit = 0
    unit = 10
    seen = ""
    for char in run.replace("廿", "二十").replace("卅", "三十"):
        if char in _HAN_DIGITS:
            if seen == "digit" and digit:
                return None
            digit, seen = _HAN_DIGITS[char], "digit"
            if char in "零〇":
                unit = 10
        elif char in _HAN_UNITS:
            if not digit and not (char in "十拾" and seen in ("", "scale")) :
                return None
            unit = _HAN_UNITS[char]
            section += (digit or 1) * unit
            digit, seen = 0, "unit"
        else:
            scale = _HAN_SCALES[char]
            if not (section + digit):
                if not total:
                    return None
                total *= scale
            else:
                total = total + (section + digit) * scale if scale < 10**8 else (total + section + digit) * scale
            section, digit, unit, seen = 0, 0, scale, "scale"
    if digit and seen == "digit" and unit > 10 and run[-2] not in "零〇" and len(run) > 1:
        digit *= unit // 10  # 三千五 is 3500, 十二万五 is 125000
    return Decimal(total + section + digit)


def han_numerals(text: str, start: int) -> tuple[Num, int] | None:
    """The longest Chinese numeral at `start` as a small whole number, digit by digit (二零一六) too, or None."""
    found = _HAN_RUN.match(text, start)
    if not found:
        return None
    run = found[0][:12]
    digits = re.match(r"[零〇一二三四五六七八九]{2,}", run)
    if digits and (len(run) == digits.end()):
        return Num(int("".join(str(_HAN_DIGITS[char]) for char in digits[0])), len(digits[0])), start + digits.end()
    for length in range(len(run), 0, -1):
        value = han_number(run[:length])
        if value is not None and (run[length - 1] not in "万亿" or length == len(run)):
            return Num(int(value), 0), start + length
    return None


def figures(text: str, start: int) -> list[tuple[Decimal, int]]:
    """Every way to read a figure of money at `start`, with its multiplier, as (value, end)."""
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
    values = separated(found[0])
    end = found.end()
    scaled = _scale(text, end)
    if not scaled:
        if word := english_scale(text, end):
            scaled = word
    if scaled:
        scale, end = scaled
        # A multiplier follows decimals (1.234 million), never grouped thousands.
        values = values[:1]
        values = [value * scale for value in values]
        if tail := _HAN_TAIL.match(text, end):
            added = _tail_value(tail, scale)
            if added is not None and text[end - 1] in "万亿千百":
                values, end = [value + added for value in values], tail.end()
    return [(value, end) for value in values]


def separated(typed: str) -> list[Decimal]:
    """Every way to read digits with separators, decimals first: 1,234.50 has one, 1.234 has two, 1,2345 none."""
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
    word = found[1]
    if word.isascii():
        if found[0] != word:  # "5 m" may be minutes, "5m" is not
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


def _tail_value(tail: re.Match[str], scale: Decimal) -> Decimal | None:
    """What follows the multiplier: 12万5千 adds 5000; 12万5 adds half a 万; 12万5000 adds 5000."""
    digits, unit = tail[1], tail[2]
    value = Decimal(digits) if digits[0].isdigit() else Decimal(_HAN_DIGITS[digits])
    if unit:
        return value * _HAN_UNITS[unit] if _HAN_UNITS[unit] < scale else None
    if len(digits) == 1 and not tail[0].startswith("零"):
        return value * scale / 10
    return value if len(digits) > 1 and value < scale else None


_FRACTION = re.compile(r"(?:(?:a |one )?(half|quarter)|(three quarters))(?: of)?(?: an?)?(?= )")


def _worded(text: str, start: int) -> list[tuple[Decimal, int]]:
    if fraction := _FRACTION.match(text, start):
        part = Decimal("0.75") if fraction[2] else Decimal("0.5") if fraction[1] == "half" else Decimal("0.25")
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
    return [(value * scaled[0], scaled[1])] if scaled else [(value, end)]
