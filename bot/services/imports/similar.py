"""New records of a file that are probably here already: compared many at once, noted, never refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.duplicates import Kind, Reason
from bot.domain.search import words_of
from bot.i18n import N_
from bot.services.duplicates import Described, compare, keys_of_name, reaching_keys
from bot.services.imports.report import Report
from bot.store import Session
from bot.store.matching import customers_of_contacts, ids_by_key, indexed_by_id, names_by_id
from bot.store.search_index import in_parts

SIMILAR = N_(
    "{count} new name is very like a known one; is it the same? {names}|"
    "{count} new names are very like a known one; are they the same? {names}"
)
SAME_PHONE = N_(
    "{count} new record has the phone number of a known one: {names}|"
    "{count} new records have the phone number of a known one: {names}"
)
SAME_ADDRESS = N_(
    "{count} new record has the mail address or domain of a known one: {names}|"
    "{count} new records have the mail address or domain of a known one: {names}"
)
SAME_TAX_ID = N_(
    "{count} new customer has the tax ID of a known one: {names}|"
    "{count} new customers have the tax ID of a known one: {names}"
)
_NOTES = {
    Reason.TAX_ID: SAME_TAX_ID,
    Reason.NAME: SIMILAR,
    Reason.PHONE: SAME_PHONE,
    Reason.ADDRESS: SAME_ADDRESS,
    Reason.MAIL: SAME_ADDRESS,
}
"""What is said of the best reason."""

_AT_ONCE = 500
_MOST_OF_A_FILE = 50
"""Of one key in the file itself; more say that it is a common word."""
_NOTED = 3
"""So many of a new record's likely twins are named."""
_NAMELESS = "—"

_Alike = tuple[int, Reason]
"""How surely, and what says so best."""


class Similar:
    """New records, each compared with those that are here and with those before it in the file."""

    def __init__(self, session: Session, kind: Kind, report: Report) -> None:
        self._session, self._kind, self._report = session, kind, report
        self._waiting: list[tuple[str, Described, list[str]]] = []
        self._in_file: dict[str, list[tuple[str, Described]]] = defaultdict(list)

    def expect(self, name: str, wanted: Described) -> None:
        """One that is new."""
        folded = replace(wanted, names=tuple(dict.fromkeys(filter(None, map(words_of, wanted.names)))))
        self._waiting.append((name, folded, _keys(self._kind, wanted)))

    def note(self) -> None:
        """Compare all that were expected since the last time; call it before they are written."""
        waiting, self._waiting = self._waiting, []
        with self._session.no_autoflush:
            for some in in_parts(waiting, _AT_ONCE):
                here = _Here(self._session, self._kind, [key for *_rest, keys in some for key in keys])
                found = [(name, *self._twins(name, wanted, keys, here)) for name, wanted, keys in some]
                names = names_by_id(
                    self._session, self._kind, {each for *_rest, ids in found for each in ids}
                )
                for name, in_file, ids in found:
                    twins = in_file | {names.get(each, _NAMELESS): alike for each, alike in ids.items()}
                    self._note(name, twins)

    def _note(self, name: str, twins: Mapping[str, _Alike]) -> None:
        for other_name, (_sureness, reason) in sorted(twins.items(), key=lambda each: -each[1][0])[:_NOTED]:
            self._report.note(_NOTES[reason], f"{name} ~ {other_name}")

    def _twins(
        self, name: str, wanted: Described, keys: list[str], here: "_Here"
    ) -> tuple[dict[str, _Alike], dict[int, _Alike]]:
        """Its likely twins in the file, by name, and among those that are here, by id."""
        in_file: dict[str, _Alike] = {}
        others: dict[int, tuple[str, Described]] = {}
        for key in keys:
            others |= {id(each): each for each in self._in_file[key]}
        for other_name, other in others.values():
            sureness, reasons = compare(self._kind, wanted, other)
            if reasons and other_name != name:
                in_file[other_name] = (sureness, reasons[0])
        ids: dict[int, _Alike] = {}
        for record_id, other in here.of(keys):
            sureness, reasons = compare(self._kind, wanted, other)
            if reasons:
                ids[record_id] = (sureness, _first(reasons))
        itself = (name, wanted)
        for key in keys:
            if len(self._in_file[key]) < _MOST_OF_A_FILE:
                self._in_file[key].append(itself)
        return in_file, ids


def _first(reasons: Iterable[Reason]) -> Reason:
    found = set(reasons)
    return next(reason for reason in _NOTES if reason in found)


def _keys(kind: Kind, wanted: Described) -> list[str]:
    keys = [key for name in wanted.names for key in keys_of_name(kind, name)]
    return list(dict.fromkeys([*keys, *reaching_keys(wanted)]))


class _Here:
    """The records that have any of the keys, read in a few queries."""

    def __init__(self, session: Session, kind: Kind, keys: Iterable[str]) -> None:
        self._session, self._kind = session, kind
        wanted = list(dict.fromkeys(keys))
        self._ids = ids_by_key(session, kind, wanted)
        self._lines = {row[0]: row for rows in indexed_by_id(session, kind, _all(self._ids)) for row in rows}
        """Kept as text and described anew for each comparison: most are compared once, and thousands of small
        things that live on for a while keep the garbage collector busy.
        """
        self._people: dict[int, list[tuple[str, str]]] = {}
        if kind is Kind.CUSTOMERS:
            self._know_contacts([key for key in wanted if key[0] in "d@a"])

    def _know_contacts(self, keys: list[str]) -> None:
        """A customer has the phones and mail addresses of its contacts too."""
        ids = ids_by_key(self._session, Kind.CONTACTS, keys)
        people = _all(ids)
        works_at = customers_of_contacts(self._session, people)
        for rows in indexed_by_id(self._session, Kind.CONTACTS, people):
            for contact_id, _names, phones, mails in rows:
                if contact_id in works_at:
                    self._people.setdefault(works_at[contact_id], []).append((phones, mails))
        for key, some in ids.items():
            self._ids[key] = [*self._ids.get(key, ()), *(works_at[each] for each in some if each in works_at)]

    def of(self, keys: Iterable[str]) -> Iterable[tuple[int, Described]]:
        """Those that have any of these."""
        for record_id in dict.fromkeys(each for key in keys for each in self._ids.get(key, ())):
            if record_id in self._lines:
                _id, names, phones, mails = self._lines[record_id]
                yield (
                    record_id,
                    Described(_parts(names), _parts(phones), _parts(mails), frozenset(_parts(mails))),
                )
            for phones, mails in self._people.get(record_id, ()):
                yield record_id, Described((), _parts(phones), _parts(mails))


def _parts(lines: str) -> tuple[str, ...]:
    return tuple(lines.split("\n")) if lines else ()


def _all(ids: Mapping[str, Iterable[int]]) -> set[int]:
    return {each for some in ids.values() for each in some}
