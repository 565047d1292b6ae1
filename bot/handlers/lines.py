"""One-line commands: read with the workspace's names and calendar; questions become buttons that answer
them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.handlers.answers import Answer, Retyped
from bot.handlers.hints import Incomplete, is_id
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.i18n import format_date, format_decimal, format_moment
from bot.language import Amount, Ask, Line, NameMatch, When, read_line
from bot.services.names import KnownNames
from bot.store.workspaces import workspace_settings
from bot.views.blocks import LONGEST_VALUE, Block, Message, action_row, button, section
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

EXACT = 100
"""The score of a very name."""

MOST_READINGS = 5
"""More buttons than that are no question that one answers at a glance."""


class LineTooLong(Refusal):
    """A question about a line that no button can hold."""

    message = (
        "It is not clear what “{typed}” means, and this line is too long to ask with buttons. "
        "Write it in full, such as: {first}. Or shorten the line."
    )


def read_typed(interaction: Interaction, verb: str, *, past: bool = False) -> Line:
    """The command's words by field.

    Choices that the person made by button take the place of what was asked.
    """
    settings = workspace_settings(interaction.session)
    line = read_line(
        interaction.text,
        now=interaction.local_now,
        verb=verb,
        names=KnownNames(interaction.session),
        fiscal_start_month=settings.fiscal_start_month,
        working_days=lambda day: day.isoweekday() in settings.working_weekdays,
        currency=settings.currency,
    )
    chosen = {field: _restored(value) for field, value in interaction.choices.items()}
    asks = tuple(ask for ask in line.asks if ask.field not in chosen)
    note, customer = line.note, chosen.get("customer")
    if isinstance(customer, NameMatch) and not customer.id and "customer" in line.words:
        name, rest = whole_name(interaction.text, line.words["customer"], note)
        note = rest if plain(name) == customer.name else note
    return Line(line.verb, dict(line.fields) | chosen, asks, note, line.words)


def whole_name(text: str, typed: str, note: str) -> tuple[str, str]:
    """The name with the words that directly follow it, and what is left of the note.

    The reader ends a name where a known one ends; a new one may go on: Acme is known, Acme Labs is not.
    """
    spaced, words = " ".join(text.split()), note.split()
    for count in range(len(words), 0, -1):
        name = " ".join([typed, *words[:count]])
        whole = re.search(rf"(?<!\S){re.escape(name)}(?!\w)", spaced)
        if whole or (name in spaced and not name.isascii()):
            return name, " ".join(words[count:])
    return typed, note


def or_new(interaction: Interaction, line: Line, ask: Ask) -> Ask:
    """The question; one of near customers also offers a new one, named by what was typed."""
    if ask.field not in ("customer", "partner") or any(reading.score >= EXACT for reading in ask.readings):
        return ask
    whole, _rest = whole_name(interaction.text, ask.typed, line.note)
    new = [NameMatch(0, name) for name in dict.fromkeys((plain(ask.typed), plain(whole)))]
    return Ask(ask.field, (*ask.readings[: MOST_READINGS - len(new)], *new), ask.typed)


def unread(interaction: Interaction, ask: Ask) -> str:
    """What is wrong with words that nobody can read, beside their field."""
    if ask.why is not None:
        return sentence(ask.why, interaction.actor.locale)
    return interaction._("I could not read “{typed}” here.", typed=shown(ask.typed, 100))


def question(interaction: Interaction, verb: str, ask: Ask) -> Answer:
    """Ask which reading is meant: a button each, which runs the same line with the answer."""
    _ = interaction._
    buttons = [
        button(
            _reading(interaction, reading),
            "line.choose",
            verb=verb,
            text=interaction.text,
            choices=dict(interaction.choices) | {ask.field: _kept(reading)},
        )
        for reading in ask.readings[:MOST_READINGS]
    ]
    check_fits(buttons, ask.typed)
    typed = shown(ask.typed, 100)
    if len(ask.readings) == 1:
        text = _("I do not know “{typed}”. Do you mean this one?", typed=typed)
    else:
        text = _("“{typed}” can be read in more than one way. Which one do you mean?", typed=typed)
    return Answer(Message(text, (section(text), action_row(*buttons))))


def check_fits(buttons: Sequence[Block], typed: str) -> None:
    """Raise LineTooLong where a button that holds the line holds more than Slack takes."""
    if any(len(each["value"]) > LONGEST_VALUE for each in buttons):
        raise LineTooLong(typed=typed, first=buttons[0]["text"]["text"])


def money_of(interaction: Interaction, line_fields: Mapping[str, Any]) -> Money | None:
    """The amount of a line as money, in the workspace's currency where none was typed."""
    amount = line_fields.get("amount")
    if amount is None:
        return None
    return Money.of(amount, line_fields.get("currency") or workspace_settings(interaction.session).currency)


@routes.action("line.choose")
def choose_reading(interaction: Interaction) -> Answer:
    """Run the line again with what the person chose."""
    return _retyped(interaction, interaction.value.get("choices") or {})


@routes.action("again")
def run_command_again(interaction: Interaction) -> Answer:
    """Run a command that a button holds, with this press's own trigger."""
    return _retyped(interaction, {})


def _retyped(interaction: Interaction, choices: Mapping[str, Any]) -> Answer:
    value = interaction.value
    return Answer(instead=Retyped(str(value.get("verb")), str(value.get("text") or ""), choices))


def _kept(reading: Any) -> Any:
    match reading:
        case When():
            return (
                {"moment": reading.start.isoformat()}
                if reading.is_moment
                else {"day": reading.day.isoformat()}
            )
        case NameMatch():
            return {"id": reading.id, "name": reading.name}
        case Amount():
            return {"decimal": str(reading.value)}
        case datetime():
            return {"moment": reading.isoformat()}
        case date():
            return {"day": reading.isoformat()}
        case Decimal():
            return {"decimal": str(reading)}
    return reading


def _restored(kept: Any) -> Any:
    """What `_kept` made a button's value of. Raises Incomplete for anything else."""
    try:
        match kept:
            case str() | int():
                return kept
            case {"moment": str(moment)}:
                return datetime.fromisoformat(moment)
            case {"day": str(day)}:
                return date.fromisoformat(day)
            case {"decimal": str(number)}:
                return Decimal(number)
            case {"id": int(identity), "name": str(name)} if identity == 0 or is_id(identity):
                return NameMatch(identity, name)
    except (ValueError, ArithmeticError):
        pass
    raise Incomplete(field="choices")


def _reading(interaction: Interaction, reading: Any) -> str:
    locale = interaction.actor.locale
    match reading:
        case NameMatch(id=0):
            return interaction._("New: {name}", name=reading.name)
        case When():
            return (
                format_moment(reading.start, locale)
                if reading.is_moment
                else format_date(reading.day, locale)
            )
        case NameMatch():
            return reading.name
        case Amount():
            return f"{format_decimal(reading.value, locale)} {reading.currency or ''}".strip()
        case datetime():
            return format_moment(reading, locale)
        case date():
            return format_date(reading, locale)
        case Decimal():
            return format_decimal(reading, locale)
    return str(reading)
