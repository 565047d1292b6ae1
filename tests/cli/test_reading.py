"""`dealdesk parse -`, `when -` and `amount -`: to every line of standard input there is one line of JSON."""

import json

import pytest
from typer.testing import CliRunner

from bot.cli import app

NOW = '"now": "2026-11-24T10:00", "tz": "Asia/Shanghai"'
LINES = [
    f'{{"text": "deal Acme 120k", {NOW}}}',
    "",
    "no json",
    "[]",
    "null",
    '"deal"',
    "[" * 100_000,
    '{"text": 5}',
    '{"text": ' + "9" * 5000 + "}",
    '{"text": "deal Acme", "tz": "Mars"}',
    '{"text": "deal Acme", "now": 5}',
    '{"text": "deal Acme", "lang": ["x"]}',
    '{"text": "\\ud800 \\u0000 \\u202e deal"}',
    f'{{"text": "{"(<[" * 3000}", {NOW}}}',
]


@pytest.mark.parametrize("command", ["parse", "when", "amount"])
def test_every_line_in_has_one_line_of_json_out_whatever_it_holds(command: str) -> None:
    typed = "\n".join(LINES).encode() + b'\n{"text": "\xff\xfe deal"}\n'
    result = CliRunner().invoke(app, [command, "-"], input=typed)
    answers = [json.loads(each) for each in result.stdout.splitlines()]
    assert (result.exit_code, len(answers)) == (0, len(LINES) + 1)
    assert all("error" in each for each in answers[1:9])
    assert all(isinstance(each["error"], str) for each in answers if "error" in each)


def test_one_line_is_printed_as_json_and_an_unknown_zone_exits_1_with_a_sentence() -> None:
    good = CliRunner().invoke(app, ["parse", "商机 华星 12万", "--now", "2026-11-24T10:00", "--json"])
    assert json.loads(good.stdout)["fields"] == {"amount": "120000.00", "customer": "华星"}
    bad = CliRunner().invoke(app, ["parse", "deal Acme", "--tz", "Mars/Base", "--now", "2026-11-24T10:00"])
    assert (bad.exit_code, "no such time zone" in bad.output) == (1, True)
