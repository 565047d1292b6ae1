"""New records of a file that are probably here already: compared many at once, noted, never refused."""

from collections import defaultdict
from collections.abc import Iterable

from bot.domain.duplicates import Kind, Reason
from bot.domain.search import Folded, Texts, fold
from bot.i18n import N_
from bot.services.duplicates import Described, compare, described, keys_of_name, reaching_keys
from bot.services.imports.report import Report
from bot.store import Session
from bot.store.matching import customers_of_contacts, folded_by_id, ids_by_key, names_by_id
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


class Similar:
    """New records, each compared with those that are here and with those before it in the file."""

    def __init__(self, session: Session, kind: Kind, report: Report) -> None:
        self._session, self._kind, self._report = session, kind, report
        self._waiting: list[tuple[str, Described, list[str]]] = []
        self._in_file: dict[str, list[tuple[str, Described]]] = defaultdict(list)

    def expect(self, name: str, wanted: Described) -> None:
        """One that is new."""
        indexed = fold(Texts(wanted.names))
        self._waiting.append((name, of_index(indexed, wanted), _keys(self._kind, wanted)))

    def note(self) -> None:
        """Compare all that were expected since the last time; call it before they are written."""
        waiting, self._waiting = self._waiting, []
        with self._session.no_autoflush:
            for some in in_parts(waiting, _AT_ONCE):
                here = _Here(self._session, self._kind, [key for *_rest, keys in some for key in keys])
                for name, wanted, keys in some:
                    self._compare(name, wanted, keys, here)

    def _compare(self, name: str, wanted: Described, keys: list[str], here: "_Here") -> None:
        twins: dict[str, tuple[int, Reason]] = {}
        others: dict[int, tuple[str, Described]] = {}
        for key in keys:
            others |= {id(each): each for each in self._in_file[key]}
        for other_name, other in others.values():
            sureness, reasons = compare(self._kind, wanted, other)
            if reasons and other_name != name:
                twins[other_name] = (sureness, reasons[0])
        for record_id, other in here.of(keys):
            sureness, reasons = compare(self._kind, wanted, other)
            if reasons:
                twins[here.name(record_id)] = (sureness, _first(reasons))
        for other_name, (_sureness, reason) in sorted(twins.items(), key=lambda each: -each[1][0])[:_NOTED]:
            self._report.note(_NOTES[reason], f"{name} ~ {other_name}")
        for key in keys:
            if len(self._in_file[key]) < _MOST_OF_A_FILE:
                self._in_file[key].append((name, wanted))


def _first(reasons: Iterable[Reason]) -> Reason:
    found = set(reasons)
    return next(reason for reason in _NOTES if reason in found)


def _keys(kind: Kind, wanted: Described) -> list[str]:
    keys = [key for name in wanted.names for key in keys_of_name(kind, name)]
    return list(dict.fromkeys([*keys, *reaching_keys(wanted)]))


def of_index(indexed: Folded, besides: Described | None = None) -> Described:
    """What a record is compared by, as the search index has it; `besides` is one that is not in it yet."""
    lines = [part.split("\n") if part else [] for part in (indexed.names, indexed.digits, indexed.mails)]
    if besides is None:
        names, phones, mails = lines
        return described(*names, phones=phones, mails=mails, tax_ids=mails)
    return described(*lines[0], phones=besides.phones, mails=besides.mails, tax_ids=besides.tax_ids)


class _Here:
    """The records that have any of the keys, read in a few queries."""

    def __init__(self, session: Session, kind: Kind, keys: Iterable[str]) -> None:
        self._session, self._kind = session, kind
        wanted = list(dict.fromkeys(keys))
        self._ids = ids_by_key(session, kind, wanted)
        self._described: dict[int, list[Described]] = defaultdict(list)
        self._know(kind, {each for ids in self._ids.values() for each in ids})
        if kind is Kind.CUSTOMERS:
            self._know_contacts([key for key in wanted if key[0] in "d@a"])
        self._names: dict[int, str] = {}

    def _know(self, kind: Kind, ids: set[int]) -> None:
        for record_id, indexed in folded_by_id(self._session, kind, ids):
            self._described[record_id].append(of_index(indexed))

    def _know_contacts(self, keys: list[str]) -> None:
        """A customer has the phones and mail addresses of its contacts too."""
        ids = ids_by_key(self._session, Kind.CONTACTS, keys)
        people = {each for some in ids.values() for each in some}
        works_at = customers_of_contacts(self._session, people)
        for contact_id, indexed in folded_by_id(self._session, Kind.CONTACTS, people):
            if contact_id in works_at:
                person = of_index(indexed)
                self._described[works_at[contact_id]].append(
                    described(phones=person.phones, mails=person.mails)
                )
        for key, some in ids.items():
            self._ids[key] = [*self._ids.get(key, ()), *(works_at[each] for each in some if each in works_at)]

    def of(self, keys: Iterable[str]) -> Iterable[tuple[int, Described]]:
        """Those that have any of these."""
        for record_id in dict.fromkeys(each for key in keys for each in self._ids.get(key, ())):
            for each in self._described[record_id]:
                yield record_id, each

    def name(self, record_id: int) -> str:
        """What it is called, as people wrote it."""
        if record_id not in self._names:
            self._names |= names_by_id(self._session, self._kind, [record_id])
        return self._names.get(record_id, "—")
