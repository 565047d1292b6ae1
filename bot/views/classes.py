"""Classes of customers as people see them: how many, who changed, whom nobody spoke with, the rules."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.domain.classes import KINDS, VALUE_CLASSES, ClassRules
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.i18n import N_, format_date, format_money, translate, translator
from bot.store.classes import Move, Silent
from bot.store.models import Customer, Settings
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    fields,
    header,
    modal,
    option,
    section,
    select_input,
    text_input,
    text_message,
)
from bot.views.customers import kind_name
from bot.views.forms import with_problems
from bot.views.periods import period_name
from bot.views.text import aside, colon, cut, shown

BY_RULE = "rule"
"""The choice that gives a class back to the rules."""

PAGE = 15

_BY_RULE = N_("By rule")


def summary(
    counts: Mapping[tuple[str, str | None], int],
    rules: ClassRules,
    locale: str,
    *,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """How many customers there are of each class, and what makes one so."""
    _ = translator(locale)
    kinds: dict[str, int] = {}
    worths: dict[str, int] = {}
    for (kind, worth), count in counts.items():
        kinds[kind] = kinds.get(kind, 0) + count
        if worth:
            worths[worth] = worths.get(worth, 0) + count
    order = {kind: place for place, kind in enumerate(KINDS)}
    pairs = [
        (shown(kind_name(kind, locale), 60), str(kinds[kind]))
        for kind in sorted(kinds, key=lambda each: (order.get(each, 99), each))[:7]
    ]
    pairs += [(_("Class {name}", name=each), str(worths.get(each, 0))) for each in VALUE_CLASSES]
    title = _("Customers by class")
    rows = [
        button(_("Who changed this quarter"), "customer.moved"),
        button(_("Whom to speak with"), "customer.overdue", whose="all"),
    ]
    rows.append(button(_("Segments"), "segment.list"))
    rows += [button(_("Edit rules"), "class.edit")] if may_edit else []
    rows += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    blocks: list[Block] = [
        header(said or title),
        fields(pairs),
        context(*_rules(rules, locale)),
        action_row(*rows),
    ]
    lines = [f"{label}{colon(locale)}{value}" for label, value in pairs]
    return Message("\n".join([said or title, *lines]), tuple(blocks))


def _rules(rules: ClassRules, locale: str) -> list[str]:
    _ = translator(locale)
    said = [_("Active: bought in the last {months} months; after that lapsed.", months=rules.lapse_months)]
    for currency, (a, b) in list(rules.floors.items())[:5]:
        said.append(
            _(
                "A from {a}, B from {b} won in {months} months; C below.",
                a=format_money(Money(a, currency), locale),
                b=format_money(Money(b, currency), locale),
                months=rules.class_months,
            )
        )
    rhythms = [
        _("{name}: every {days} days", name=name, days=days) for name, days in sorted(rules.rhythms.items())
    ]
    said.append(_("To be spoken with: {rhythms}", rhythms=_(", ").join(rhythms) or "—"))
    return said


def moves(
    found: Sequence[Move],
    period: Period,
    locale: str,
    *,
    zone: tzinfo,
    old: str | None,
    new: str | None,
) -> Message:
    """Who changed class in the period, from what to what, when and by whom."""
    _ = translator(locale)
    name = period_name(period, locale)
    asked = " → ".join(_class(each, locale) for each in (old or "", new or "") if each)
    heading = f"*{_('Changed class in {period}', period=name)}*" + (f" · {asked}" if asked else "")
    if not found:
        nothing = _("Nobody changed class in {period}.", period=name)
        return text_message(
            f"{heading}\n{nothing}", button(_("Customers by class"), "again", verb="customer", text="classes")
        )
    pairs: dict[tuple[str | None, str | None], int] = {}
    for move in found:
        pairs[(move.old, move.new)] = pairs.get((move.old, move.new), 0) + 1
    counts = [
        f"{_class(before, locale)} → {_class(after, locale)}{colon(locale)}{count}"
        for (before, after), count in sorted(pairs.items(), key=lambda each: -each[1])
    ]
    blocks: list[Block] = [section(heading), context(" · ".join(counts[:12]))]
    lines = []
    for move in found[:PAGE]:
        day = format_date(move.at.astimezone(zone).date(), locale)
        who = shown(move.who, 60) if move.who else _("by rule")
        line = f"{_class(move.old, locale)} → {_class(move.new, locale)} · {day} · {who}"
        show = button(_("Show"), "customer.show", customer=move.customer.id)
        blocks.append(section(f"*{shown(move.customer.name, 120)}*\n{line}", accessory=show))
        lines.append(f"{shown(move.customer.name, 120)}{colon(locale)}{line}")
    if len(found) > PAGE:
        blocks.append(
            context(_("… and {count} more. Name a class or a shorter period.", count=len(found) - PAGE))
        )
    return Message("\n".join([heading, *counts, *lines]), tuple(blocks))


def _class(name: str | None, locale: str) -> str:
    if name in VALUE_CLASSES:
        return translate(locale, "Class {name}", name=name)
    return shown(kind_name(name, locale), 60) if name else "—"


def overdue(found: Sequence[Silent], locale: str, *, mine: bool) -> Message:
    """Whom nobody spoke with in time, with nothing planned: a line each with what to do."""
    _ = translator(locale)
    heading = f"*{_('To be spoken with')}*"
    everybody = button(_("Everybody's"), "customer.overdue", whose="all")
    if not found:
        done = _("Nobody is waiting: every class was spoken with in its rhythm, or something is planned.")
        return text_message(f"{heading}\n{done}", *([everybody] if mine else []))
    blocks: list[Block] = [section(heading)]
    lines = []
    for each in found[:PAGE]:
        line = silent_line(each, locale)
        blocks += [section(line), action_row(*silent_buttons(each.customer, locale))]
        lines.append(line)
    if len(found) > PAGE:
        blocks.append(context(_("… and {count} more.", count=len(found) - PAGE)))
    if mine:
        blocks.append(action_row(everybody))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def silent_line(each: Silent, locale: str) -> str:
    """A customer in one line: class, since when nobody spoke with them, the rhythm, whose."""
    _ = translator(locale)
    last = format_date(each.last_on, locale, year=False)
    said = (
        _("spoken with last on {day}, {days} days ago", day=last, days=each.days)
        if each.was_ever
        else _("never spoken with")
    )
    owner = f" · {shown(each.customer.owner.name, 60)}" if each.customer.owner else ""
    rhythm = _("every {days} days", days=each.every)
    worth = translate(locale, "Class {name}", name=each.customer.value_class)
    return f"*{shown(each.customer.name, 120)}* · {worth} · {said}{aside(rhythm, locale)}{owner}"


def silent_buttons(customer: Customer, locale: str) -> list[Block]:
    """What one does about a customer who was not spoken with."""
    _ = translator(locale)
    about: dict[str, Any] = {"customer": customer.id}
    return [
        button(_("Log"), "activity.new", **about),
        button(_("Task"), "task.new", **about),
        button(_("Show"), "customer.show", **about),
    ]


def nudge(found: Sequence[Silent], locale: str) -> Message:
    """The morning's message to an owner: whom to speak with, nothing being planned."""
    _ = translator(locale)
    heading = "👋 " + _(
        "{count} customer waits for a word from you, and nothing is planned:|"
        "{count} customers wait for a word from you, and nothing is planned:",
        count=len(found),
    )
    blocks: list[Block] = [section(heading)]
    lines = []
    for each in found[:10]:
        line = silent_line(each, locale)
        blocks += [section(line), action_row(*silent_buttons(each.customer, locale))]
        lines.append(f"• {line}")
    if len(found) > 10:
        blocks.append(action_row(button(_("All of them"), "customer.overdue")))
    return Message("\n".join([heading, *lines]), tuple(blocks))


def rules_values(rules: ClassRules) -> dict[str, Any]:
    """What the form of the rules shows."""
    floors = [
        f"{currency} {_typed(Money(a, currency))} {_typed(Money(b, currency))}"
        for currency, (a, b) in rules.floors.items()
    ]
    rhythms = {f"rhythm_{each.lower()}": rules.rhythms.get(each) for each in VALUE_CLASSES}
    return {
        "lapse_months": str(rules.lapse_months),
        "class_months": str(rules.class_months),
        "class_floors": "\n".join(floors),
    } | {field: str(days) if days else None for field, days in rhythms.items()}


def _typed(money: Money) -> str:
    return f"{money.amount.normalize():f}"


def rules_form(
    settings: Settings, locale: str, values: Mapping[str, Any], problems: Mapping[str, str] | None = None
) -> View:
    """The form of the rules."""
    _ = translator(locale)
    inputs = [
        text_input(
            "lapse_months",
            _("A customer lapses after so many months without a purchase"),
            values.get("lapse_months"),
            optional=False,
            longest=3,
        ),
        text_input(
            "class_months",
            _("Months of revenue that count for A, B and C"),
            values.get("class_months"),
            optional=False,
            longest=3,
        ),
        text_input(
            "class_floors",
            _("Where A and B begin"),
            values.get("class_floors"),
            multiline=True,
            longest=1000,
            hint=_("One currency a line, such as: USD 100k 20k. Currencies are never added together."),
        ),
    ]
    inputs += [
        text_input(
            f"rhythm_{each.lower()}",
            _("Class {name}: to be spoken with every … days", name=each),
            values.get(f"rhythm_{each.lower()}"),
            longest=3,
        )
        for each in VALUE_CLASSES
    ]
    return modal(
        _("Customer classes"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="class.edit",
        close=_("Cancel"),
        version=settings.version,
    )


def form(
    customer: Customer, locale: str, values: Mapping[str, Any], problems: Mapping[str, str] | None = None
) -> View:
    """The form that classes one customer by hand, or gives it back to the rules."""
    _ = translator(locale)
    rule = option(_(_BY_RULE), BY_RULE)
    kinds = [rule, *(option(kind_name(kind, locale), kind) for kind in KINDS)]
    if customer.kind not in KINDS:
        kinds.append(option(customer.kind, customer.kind))
    worths = [rule, *(option(_("Class {name}", name=each), each) for each in VALUE_CLASSES)]
    inputs = [
        select_input("kind", _("Type"), kinds, values.get("kind"), optional=False),
        select_input("value_class", _("Value class"), worths, values.get("value_class"), optional=False),
    ]
    return modal(
        _("Classify"),
        _("Save"),
        [section(f"*{shown(cut(customer.name, 200))}*"), *with_problems(inputs, problems or {})],
        callback="customer.classify",
        close=_("Cancel"),
        customer=customer.id,
        version=customer.version,
    )


def form_values(customer: Customer) -> dict[str, Any]:
    """What the form shows of a customer."""
    return {
        "kind": customer.kind if customer.kind_by_hand else BY_RULE,
        "value_class": customer.value_class if customer.class_by_hand else BY_RULE,
    }
