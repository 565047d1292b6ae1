"""One-line commands: read with the workspace's names and calendar; questions become buttons that answer
them.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.handlers.answers import Answer, Retyped
from bot.handlers.hints import Incomplete, is_id
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.i18n import format_date, format_decimal, format_moment, format_money
from bot.language import Amount, Ask, Line, LineItem, NameMatch, When, read_line
from bot.services.names import KnownNames
from bot.services.quotes import QuoteItem
from bot.services.working_days import is_working_day
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


def read_typed(interaction: Interaction, verb: str, *, past: bool = False, text: str | None = None) -> Line:
    """The command's words by field, or those of `text`.

    Choices that the person made by button take the place of what was asked.
    """
    settings = workspace_settings(interaction.session)
    line = read_line(
        interaction.text if text is None else text,
        now=_typed_at(interaction),
        verb=verb,
        names=KnownNames(interaction.session),
        fiscal_start_month=settings.fiscal_start_month,
        working_days=partial(is_working_day, settings),
        currency=settings.currency,
    )
    chosen = {field: _restored(value) for field, value in interaction.choices.items()}
    asks = tuple(ask for ask in line.asks if ask.field not in chosen)
    note, customer = line.note, chosen.get("customer")
    if isinstance(customer, NameMatch) and not customer.id and "customer" in line.words:
        name, rest = whole_name(interaction.text, line.words["customer"], note)
        note = rest if plain(name) == customer.name else note
    elif isinstance(customer, NameMatch) and (
        beyond := _beyond_name(line.words.get("customer", ""), customer.name)
    ):
        note = f"{beyond} {note}".strip()
    return Line(line.verb, dict(line.fields) | chosen, asks, note, line.words)


def _typed_at(interaction: Interaction) -> datetime:
    """When the line was typed, in the person's zone: tomorrow stays tomorrow in a late answer."""
    typed = interaction.value.get("typed_at") if interaction.kind == "action" else None
    if typed is None:
        return interaction.local_now
    return datetime.fromisoformat(typed).astimezone(interaction.local_now.tzinfo)


def _beyond_name(typed: str, name: str) -> str:
    """What was typed behind a known name: the 续约 of 华星续约, but not the slip of Acmee."""
    for end in range(len(typed) - 1, 1, -1):
        if not re.fullmatch(r"[a-z0-9]{2}", typed[end - 1 : end + 1], re.IGNORECASE) and name_key(
            typed[:end]
        ) == name_key(name):
            return typed[end:].lstrip("的 ")
    return ""


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


def question(interaction: Interaction, verb: str, ask: Ask, *, currency: str | None = None) -> Answer:
    """Ask which reading is meant: a button each, which runs the same line with the answer.

    Amounts are shown in the line's currency, or in the workspace's where it names none.
    """
    _ = interaction._
    buttons = [
        choice(
            interaction,
            verb,
            _reading(interaction, ask.field, reading, currency),
            {ask.field: _kept(reading)},
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


def choice(
    interaction: Interaction, verb: str, words: str, chosen: Mapping[str, Any], *, text: str | None = None
) -> Block:
    """A button that answers a question about the line, or about `text` where that is more of it.

    It holds when the line was typed, and which line it was: the first answer counts, pressed twice or not.
    """
    again = interaction.kind == "action" and interaction.name.split("#")[0] == "line.choose"
    value = interaction.value if again else {}
    return button(
        words,
        "line.choose",
        verb=verb,
        text=interaction.text if text is None else text,
        choices=dict(interaction.choices) | dict(chosen),
        typed_at=value.get("typed_at") or interaction.now.isoformat(timespec="seconds"),
        asked=value.get("asked") or uuid.uuid4().hex[:12],
    )


def check_fits(buttons: Sequence[Block], typed: str) -> None:
    """Raise LineTooLong where a button that holds the line holds more than Slack takes."""
    if any(len(each["value"]) > LONGEST_VALUE for each in buttons):
        raise LineTooLong(typed=typed, first=buttons[0]["text"]["text"])


def items_of(items: Iterable[LineItem]) -> list[QuoteItem]:
    """What a line names, as quotes and opportunities take it."""
    return [
        QuoteItem(str(item.product), item.quantity, item.unit_price, item.discount_percent or Decimal(0))
        for item in items
    ]


def money_of(interaction: Interaction, line_fields: Mapping[str, Any]) -> Money | None:
    """The amount of a line as money, in the workspace's currency where none was typed."""
    amount = line_fields.get("amount")
    if amount is None:
        return None
    return Money.of(amount, line_fields.get("currency") or workspace_settings(interaction.session).currency)


@routes.action("line.choose")
def choose_reading(interaction: Interaction) -> Answer:
    """Run the line again with what the person chose; the answer takes the question's place."""
    return replace(_retyped(interaction, interaction.value.get("choices") or {}), replace=True)


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


def _reading(interaction: Interaction, field: str, reading: Any, currency: str | None) -> str:
    locale = interaction.actor.locale
    if field == "amount" and isinstance(reading, Decimal):
        code = currency or workspace_settings(interaction.session).currency
        with suppress(Refusal):  # $1.234 has more decimals than dollars
            return format_money(Money.of(reading, code), locale)
    if field == "discount_percent":
        return interaction._("{percent}% off", percent=format_decimal(Decimal(reading), locale))
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
