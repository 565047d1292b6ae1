"""`dealdesk when`, `amount` and `parse`: how what people type is read."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.cli.speaking import shell_locale
from bot.domain.errors import Refusal

Answer = Callable[[dict[str, Any], Callable[[Refusal, str | None], str]], dict[str, Any]]

Text = Annotated[
    str, typer.Argument(help="What was typed; - reads one JSON object a line from standard input.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Lang = Annotated[str | None, typer.Option(help="en or zh; both where it is left out.")]
Now = Annotated[str | None, typer.Option(help="The moment of typing, ISO; the machine's clock by default.")]
Zone = Annotated[str, typer.Option(help="The time zone of who types.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(when)
    app.command(context_settings={"ignore_unknown_options": True})(amount)  # -5k is an amount
    app.command()(parse)


def when(
    text: Text,
    now: Now = None,
    tz: Zone = "UTC",
    lang: Lang = None,
    past: Annotated[bool, typer.Option("--past", help="Prefer the past, as for a log.")] = False,
    json: AsJson = False,
) -> None:
    """Read a date or time: dealdesk when "Fri 3pm"."""
    from bot.language import answer_when

    _run(answer_when, {"text": text, "now": _moment(now), "tz": tz, "lang": lang, "past": past}, as_json=json)


def amount(
    text: Text,
    currency: Annotated[str | None, typer.Option(help="ISO 4217, the default.")] = None,
    lang: Lang = None,
    json: AsJson = False,
) -> None:
    """Read an amount: dealdesk amount "12万"."""
    from bot.language import answer_amount

    _run(answer_amount, {"text": text, "currency": currency, "lang": lang}, as_json=json)


def parse(line: Text, now: Now = None, tz: Zone = "UTC", json: AsJson = False) -> None:
    """Read a one-line command and show what would be done: dealdesk parse "deal Acme 120k"."""
    from bot.language import answer_line

    _run(answer_line, {"text": line, "now": _moment(now), "tz": tz}, as_json=json)


def _moment(now: str | None) -> str | None:
    if now is None:
        from bot.config import read_environment

        start = read_environment().dealdesk_now
        return (start or datetime.now(UTC)).isoformat()
    return now


def _run(answer: Answer, question: dict[str, Any], *, as_json: bool) -> None:
    if question["text"] == "-":
        common = {key: value for key, value in question.items() if key != "text"}
        for line in sys.stdin.buffer:  # bytes that are no UTF-8 end no batch
            text = line.decode("utf-8", "replace").lstrip("\ufeff")
            typer.echo(json.dumps(_one(answer, text, common), ensure_ascii=False))
        return
    found = answer({key: value for key, value in question.items() if value is not None}, _sentence)
    if "error" in found:
        typer.echo(json.dumps(found, ensure_ascii=False) if as_json else found["error"], err=not as_json)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            typer.echo(
                f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
            )


def _sentence(refusal: Refusal, language: str | None) -> str:
    """Why something cannot be read, in the language of who typed it."""
    from bot.i18n import translate

    chinese = language == "zh" or (language is None and shell_locale() == "zh-CN")
    return translate("zh-CN" if chinese else "en", refusal.message, **refusal.values)


def _one(answer: Answer, line: str, common: dict[str, Any]) -> dict[str, Any]:
    """The answer to one line of standard input: to every line there is one, whatever it holds."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):  # no JSON, or brackets a hundred thousand deep
        question = None
    if not isinstance(question, dict) or not isinstance(question.get("text"), str):
        return {"error": 'Each line is one JSON object with a text, such as {"text": "Fri 3pm"}'}
    question["text"] = question["text"].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return answer({key: value for key, value in (common | question).items() if value is not None}, _sentence)
