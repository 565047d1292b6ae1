"""A small grammar: rules over kinds of words, tried everywhere they can begin, every reading kept.

A rule says what its parts look like, "month sep? dom": a name with rules of its own is a phrase, any other is a kind
of word. `?` may be absent (its value is then None), and `<to>` must be there but has no value. A rule's function
gets the context and the values of its parts; it returns a value, or a list where people read the words in several
ways, or None where the words do not fit after all.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from bot.language.lattice import Found, Lattice

Context = TypeVar("Context")
Make = Callable[..., Any]


class Unreadable(Exception):
    """More readings than any person would mean: the text is not language."""


class _Variant:
    """A rule with its optional parts settled: `parts` are (kind, whether its value counts, whether it is there)."""

    __slots__ = ("make", "parts", "slots")

    def __init__(self, parts: tuple[tuple[str, int], ...], slots: int, make: Make) -> None:
        self.parts = parts
        self.slots = slots
        self.make = make


class Grammar(Generic[Context]):
    """Rules by the name of the phrase that they make."""

    def __init__(self) -> None:
        self._variants: dict[str, list[_Variant]] = {}
        self._starts: dict[str, dict[str, list[_Variant]]] | None = None

    def rule(self, phrase: str, *patterns: str) -> Callable[[Make], Make]:
        """Add patterns for a phrase, all made into a value by the decorated function."""

        def add(make: Make) -> Make:
            for pattern in patterns:
                self._add(phrase, pattern.split(), make)
            return make

        self._starts = None
        return add

    def _add(self, phrase: str, symbols: list[str], make: Make) -> None:
        variants: list[tuple[tuple[tuple[str, int], ...], int]] = [((), 0)]
        for symbol in symbols:
            optional = symbol.endswith("?")
            name = symbol.removesuffix("?")
            silent = name.startswith("<")
            name = name.strip("<>")
            grown = []
            for parts, slots in variants:
                grown.append(((*parts, (name, -1 if silent else slots)), slots + (not silent)))
                if optional:
                    grown.append((parts, slots + (not silent)))
            variants = grown
        for parts, slots in variants:
            self._variants.setdefault(phrase, []).append(_Variant(parts, slots, make))

    def starts(self) -> dict[str, dict[str, list[_Variant]]]:
        """For each phrase, the rules by the kind of word that each can begin with."""
        if self._starts is None:
            firsts: dict[str, set[str]] = {phrase: set() for phrase in self._variants}
            changed = True
            while changed:
                changed = False
                for phrase, variants in self._variants.items():
                    for variant in variants:
                        name = variant.parts[0][0]
                        new = firsts.get(name, {name}) - firsts[phrase]
                        if new:
                            firsts[phrase] |= new
                            changed = True
            self._starts = {}
            for phrase, variants in self._variants.items():
                table: dict[str, list[_Variant]] = {}
                for variant in variants:
                    name = variant.parts[0][0]
                    for kind in firsts.get(name, {name}):
                        table.setdefault(kind, []).append(variant)
                self._starts[phrase] = table
        return self._starts

    def reader(self, lattice: Lattice, context: Context) -> "Reader[Context]":
        """A reader of one text."""
        return Reader(self.starts(), lattice, context)


class Reader(Generic[Context]):
    """One text read with one grammar: every phrase at every place is worked out once."""

    def __init__(
        self, starts: dict[str, dict[str, list[_Variant]]], lattice: Lattice, context: Context, steps: int = 20_000
    ) -> None:
        self._rules = starts
        self.lattice = lattice
        self.context = context
        self._known: dict[tuple[str, int], Found] = {}
        self._steps = steps

    def read(self, phrase: str, place: int) -> Found:
        """Every reading of a phrase that begins at `place`, as (value, end). Raises Unreadable."""
        key = (phrase, place)
        known = self._known.get(key)
        if known is not None:
            return known
        self._known[key] = found = []
        self._steps -= 1
        if self._steps < 0:
            raise Unreadable
        table = self._rules[phrase]
        tried: set[int] = set()
        for kind in self.lattice.at(place):
            for variant in table.get(kind, ()):
                if id(variant) in tried:
                    continue
                tried.add(id(variant))
                for values, end in self._match(variant.parts, 0, place, (None,) * variant.slots):
                    try:
                        made = variant.make(self.context, *values)
                    except (OverflowError, ValueError):
                        continue  # a day beyond the calendar
                    for value in made if isinstance(made, list) else (made,):
                        if value is not None and (value, end) not in found:
                            found.append((value, end))
        return found

    def _match(
        self, parts: tuple[tuple[str, int], ...], index: int, place: int, values: tuple[Any, ...]
    ) -> list[tuple[tuple[Any, ...], int]]:
        name, slot = parts[index]
        found = self.read(name, place) if name in self._rules else self.lattice.at(place).get(name, ())
        matches: list[tuple[tuple[Any, ...], int]] = []
        for value, end in found:
            filled = values if slot < 0 else (*values[:slot], value, *values[slot + 1 :])
            if index + 1 == len(parts):
                matches.append((filled, end))
            else:
                matches.extend(self._match(parts, index + 1, end, filled))
        return matches

    def whole(self, phrase: str) -> list[Any]:
        """Every reading of the whole text as the phrase, in the order of the rules."""
        return [value for value, end in self.read(phrase, 0) if self.lattice.ends(end)]
