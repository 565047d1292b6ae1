"""Verbs that ask or show: pipeline, forecast, plan, report, digest, find, room, help and the rest."""

from dataclasses import replace
from typing import Any

from bot.language.grammar import Reader
from bot.language.lattice import Lattice
from bot.language.lines.draft import Draft
from bot.language.lines.scan import Piece
from bot.language.rules import GRAMMAR


def read_question(verb: str | None, draft: Draft) -> str:
    """Fill the draft with the period, the person, the amount or the repetition; the rest is the text."""
    scan = draft.scan
    if verb == "report":
        scan.context = replace(scan.context, past=True)
        scan.seen = {}
        scan.reader = Reader(GRAMMAR, Lattice(scan.folded), scan.context, steps=6_000)
    if verb in ("pipeline", "forecast", "plan", "report", "find"):
        if mention := scan.first(scan.mention):
            draft.put("owner", mention.readings[0], mention.start, mention.end)
        if verb == "plan" and (
            amount := scan.first(
                lambda place: None if scan.when(place) else scan.amount(place, bare_from=1000)
            )
        ):
            draft.put_amount(amount)
        if verb != "find" and (period := scan.first(_longest(draft))):
            draft.put_readings("period", period.readings, period.start, period.end, period.why)
    if verb == "digest":
        # "weekly report every Friday": the longest words say when.
        found = [piece for place in scan.places() if (piece := _repeat(draft)(place))]
        if found:
            repeat = max(found, key=lambda piece: piece.end - piece.start)
            scan.take(repeat)
            draft.put_readings("schedule", repeat.readings, repeat.start, repeat.end)
    if verb == "room":
        left = scan.left()
        if left and (rest := draft.name("customer", "customer", left[0][0], left[-1][1], cut=True)):
            return scan.words([rest])
        return ""
    if verb == "plan" and draft.has("amount"):
        _whose(draft)
    text = scan.words(scan.left())
    if text:
        draft.fields["text"] = draft.words["text"] = text
    return ""


def _whose(draft: Draft) -> None:
    """Whose quota is set: "plan Ann 300k Q1"; the workspace's where nobody is named."""
    scan = draft.scan
    if draft.has("owner"):
        draft.fields["person"] = draft.fields.pop("owner")
        draft.words["person"] = draft.words.pop("owner")
        return
    left = scan.left()
    if left:
        rest = draft.name("person", "person", *left[0])
        scan.take(Piece(left[0][0], rest[0] if rest else left[0][1], ()))


def _longest(draft: Draft) -> Any:
    """A recogniser of periods, ranges included."""
    scan = draft.scan

    def recognise(place: int) -> Piece | None:
        whole = scan.period(place)
        return whole if whole and scan.begins_group(place) else None

    return recognise


def _repeat(draft: Draft) -> Any:
    scan = draft.scan

    def recognise(place: int) -> Piece | None:
        found = scan.read("repeat", place)
        if not found or not scan.begins_group(place):
            return None
        return Piece(place, found[0][1], tuple(dict.fromkeys(value for value, _ in found)))

    return recognise
