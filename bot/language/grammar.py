"""A small grammar: rules over kinds of words, tried everywhere they can begin, every reading kept.

A rule says what its parts look like, "month sep? dom": a name with rules of its own is a phrase, any other is
a kind of word. `?` may be absent (its value is then None), and `<to>` must be there but has no value. A
rule's function gets the context and the values of its parts; it returns a value, or a list where people read
the words in several ways, or None where the words do not fit after all.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from bot.language.lattice import Found, Lattice

Context = TypeVar("Context")
Make = Callable[..., Any]
Rule = TypeVar("Rule", bound=Make)


class Unreadable(Exception):
    """More readings than any person would mean: the text is not language."""


class _Part(NamedTuple):
    """One part of a rule: `slot` is where its value goes, -1 for nowhere; `firsts` are the kinds it can begin
    with."""

    name: str
    slot: int
    is_phrase: bool
    firsts: frozenset[str]


class _Variant:
    """A rule with its optional parts settled."""

    __slots__ = ("make", "names", "parts", "slots")

    def __init__(self, names: tuple[tuple[str, int], ...], slots: int, make: Make) -> None:
        self.names = names
        self.parts: tuple[_Part, ...] = ()
        self.slots = slots
        self.make = make


class Grammar(Generic[Context]):
    """Rules by the name of the phrase that they make."""

    def __init__(self) -> None:
        self._variants: dict[str, list[_Variant]] = {}
        self._settled = False
        self._starting: dict[tuple[str, frozenset[str]], tuple[_Variant, ...]] = {}

    def rule(self, phrase: str, *patterns: str) -> Callable[[Rule], Rule]:
        """Add patterns for a phrase, all made into a value by the decorated function."""

        def add(make: Rule) -> Rule:
            for pattern in patterns:
                self._add(phrase, pattern.split(), make)
            return make

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

    def starting(self, phrase: str, kinds: frozenset[str]) -> tuple[_Variant, ...]:
        """The rules of a phrase that can begin with any of some kinds of words."""
        key = (phrase, kinds)
        known = self._starting.get(key)
        if known is None:
            self._settle()
            known = self._starting[key] = tuple(
                variant for variant in self._variants[phrase] if not kinds.isdisjoint(variant.parts[0].firsts)
            )
        return known

    def _settle(self) -> None:
        """Work out, once all rules are there, what each part of a rule can begin with."""
        if self._settled:
            return
        firsts: dict[str, set[str]] = {phrase: set() for phrase in self._variants}
        changed = True
        while changed:
            changed = False
            for phrase, variants in self._variants.items():
                for variant in variants:
                    name = variant.names[0][0]
                    new = firsts.get(name, {name}) - firsts[phrase]
                    if new:
                        firsts[phrase] |= new
                        changed = True
        frozen = {phrase: frozenset(kinds) for phrase, kinds in firsts.items()}
        for variants in self._variants.values():
            for variant in variants:
                variant.parts = tuple(
                    _Part(name, slot, name in frozen, frozen.get(name, frozenset([name])))
                    for name, slot in variant.names
                )
        self._settled = True

    @property
    def phrases(self) -> set[str]:
        """The names that have rules."""
        return set(self._variants)

    def parts(self) -> Iterator[tuple[str, list[str]]]:
        """Each phrase with the names of the parts of each of its rules."""
        for phrase, variants in self._variants.items():
            for variant in variants:
                yield phrase, [name for name, _ in variant.names]

    def makers(self) -> Iterator[tuple[str, int, Make]]:
        """Each phrase with how many values each of its rules gives, and the function that takes them."""
        for phrase, variants in self._variants.items():
            for variant in variants:
                yield phrase, variant.slots, variant.make

    def reader(self, text: str, context: Context) -> "Reader[Context]":
        """A reader of one folded text."""
        return Reader(self, Lattice(text), context)


class Reader(Generic[Context]):
    """One text read with one grammar: every phrase at every place is worked out once."""

    def __init__(
        self, grammar: Grammar[Context], lattice: Lattice, context: Context, steps: int = 10_000
    ) -> None:
        self._grammar = grammar
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
        variants = self._grammar.starting(phrase, self.lattice.kinds(place))
        self._steps -= len(variants)
        if self._steps < 0:
            raise Unreadable
        for variant in variants:
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
        self, parts: tuple[_Part, ...], index: int, place: int, values: tuple[Any, ...]
    ) -> list[tuple[tuple[Any, ...], int]]:
        name, slot, is_phrase, _ = parts[index]
        found = self.read(name, place) if is_phrase else self.lattice.at(place).get(name, ())
        following = parts[index + 1].firsts if index + 1 < len(parts) else None
        matches: list[tuple[tuple[Any, ...], int]] = []
        for value, end in found:
            filled = values if slot < 0 else (*values[:slot], value, *values[slot + 1 :])
            if following is None:
                matches.append((filled, end))
            elif not following.isdisjoint(self.lattice.kinds(end)):
                matches.extend(self._match(parts, index + 1, end, filled))
        return matches

    def whole(self, phrase: str) -> list[Any]:
        """Every reading of the whole text as the phrase, in the order of the rules."""
        return [value for value, end in self.read(phrase, 0) if self.lattice.ends(end)]
