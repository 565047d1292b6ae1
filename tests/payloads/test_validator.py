"""A whole journal is read line by line, and each problem names its line."""

import json
from pathlib import Path
from typing import Any

from tests.payloads.rules import Rule, each
from tests.payloads.samples import DELIVERIES, POST, Payload, message, section, without
from tests.payloads.validator import problems_of_journal


def crossing(direction: str, kind: str, body: Any, answer: Any = "", status: int | None = 200) -> Payload:
    at = "2026-11-25T15:00:00+00:00"
    return {"at": at, "direction": direction, "kind": kind, "body": body, "status": status, "answer": answer}


GOOD_CROSSINGS = [
    crossing("in", "slash_commands", DELIVERIES["slash_commands"], message(section())),
    crossing("in", "view_submission", DELIVERIES["view_submission"], {"response_action": "clear"}),
    crossing(
        "in", "block_suggestion", {"payload": json.dumps(DELIVERIES["block_suggestion"])}, {"options": []}
    ),
    crossing("in", "app_home_opened", DELIVERIES["event_callback"]),
    crossing(
        "in", "slash_commands", {"envelope_id": "e", "payload": DELIVERIES["slash_commands"]}, None, None
    ),
    crossing(
        "in",
        "interactive",
        {"envelope_id": "e", "payload": DELIVERIES["block_suggestion"]},
        {"envelope_id": "e", "payload": {"options": []}},
        None,
    ),
    crossing("in", "slash_commands", "not a form", "", 401),
    crossing("out", "chat.postMessage", POST, {"ok": True}),
    crossing("out", "chat.postMessage", POST, {"ok": False, "error": "ratelimited"}, 429),
    crossing("out", "response_url", message(section())),
    crossing("out", "upload", None),
    crossing("out", "auth.test", None, {"ok": True}),
]

BAD_CROSSINGS = [
    Rule(
        "an answer is checked",
        None,
        crossing("in", "slash_commands", DELIVERIES["slash_commands"], {}) | {"answer": {"a": 1}},
        "answer: a: not",
    ),
    Rule(
        "errors are held against the form",
        None,
        crossing(
            "in",
            "view_submission",
            DELIVERIES["view_submission"],
            {"response_action": "errors", "errors": {"amount": "Too low"}},
        ),
        "'amount' is no input block",
    ),
    Rule(
        "a delivery is checked",
        None,
        crossing("in", "shortcut", {"type": "shortcut"}),
        "trigger_id is missing",
    ),
    Rule(
        "an unknown delivery is flagged",
        None,
        crossing("in", "dialog", {"type": "dialog"}),
        "no kind of delivery",
    ),
    Rule("a call is checked", None, crossing("out", "chat.postMessage", {"text": "Hi"}), "requires it"),
    Rule(
        "an unknown method is flagged", None, crossing("out", "chat.shout", {"text": "Hi"}), "has no method"
    ),
    Rule(
        "a response is checked",
        None,
        crossing("out", "response_url", {"blocks": [section()]}),
        "text is missing",
    ),
    Rule("a direction is in or out", None, crossing("up", "x", {}), "neither in nor out"),
    Rule(
        "an instant has its zone",
        None,
        crossing("out", "auth.test", {}) | {"at": "2026-11-25T15:00:00"},
        "zone",
    ),
    Rule("a line is whole", None, without(crossing("out", "auth.test", {}), "status"), "status is missing"),
]


def journal(folder: Path, *lines: str) -> Path:
    path = folder / "journal.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_journal_that_keeps_to_the_reference_has_no_problems(tmp_path: Path) -> None:
    assert problems_of_journal(journal(tmp_path, *map(json.dumps, GOOD_CROSSINGS))) == []


@each(BAD_CROSSINGS)
def test_a_problem_of_a_journal_names_its_line(tmp_path: Path, rule: Rule) -> None:
    path = journal(tmp_path, json.dumps(GOOD_CROSSINGS[0]), json.dumps(rule.bad))
    problems = problems_of_journal(path)
    assert any(problem.startswith("line 2: ") and rule.objection in problem for problem in problems), problems
    assert not any(problem.startswith("line 1: ") for problem in problems)


def test_a_line_that_is_not_json_is_flagged(tmp_path: Path) -> None:
    assert problems_of_journal(journal(tmp_path, "{"))[0].startswith("line 1: not JSON")


def test_an_empty_journal_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.touch()
    assert problems_of_journal(path) == ["the journal is empty"]
