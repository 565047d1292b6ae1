"""Classes of customers: how many of each there are, who changed class, whom nobody spoke with; the rules."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.classes import VALUE_CLASSES
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.periods import Period, quarter_of
from bot.handlers.answers import Answer
from bot.handlers.asked import MINE, period_asked
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.language import read_amount
from bot.reports.classes import silent_customers
from bot.services.classes import NotDays, NotMonths, edit_rules, rules_of
from bot.services.customers import edit_customer
from bot.services.edits import EditConflict
from bot.services.rights import check_is_admin
from bot.store.classes import count_classes, list_moves
from bot.store.customers import access_customer
from bot.store.workspaces import workspace_settings
from bot.views import classes as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()

KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "prospect": ("prospects", "prospect", "潜在客户", "潜在"),
    "active": (
        "active customers",
        "active customer",
        "customers",
        "customer",
        "active",
        "成交客户",
        "成交",
        "客户",
    ),
    "lapsed": ("lapsed", "流失客户", "流失"),
    "lost": ("lost prospects", "lost", "丢单客户", "丢单"),
    "partner": ("partners", "partner", "合作伙伴", "伙伴"),
}
_BY_RULE = ("rule", "by rule", "auto", "按规则", "规则", "自动")


class UnknownClass(Refusal):
    """A class that there is not."""

    message = (
        "“{typed}” is no class. Types are: prospect, active, lapsed, lost, partner. Value classes are A, B "
        "and C. “by rule” gives it back to the rules."
    )


class FloorsUnread(Refusal):
    """Floors of the value classes that are no two amounts."""

    message = "Type a currency and where A and B begin, one currency a line, such as: USD 100k 20k"


def read_kind(typed: str) -> str | None:
    """The kind that the words name; None for by rule. Raises UnknownClass."""
    folded = plain(typed).strip().casefold()
    if folded in _BY_RULE:
        return None
    for kind, words in KIND_WORDS.items():
        if folded in words:
            return kind
    raise UnknownClass(typed=typed)


def read_value_class(typed: str) -> str | None:
    """A, B or C; None for by rule. Raises UnknownClass."""
    folded = re.sub(r"^(class|级|类)\s*|\s*[级类]$", "", plain(typed).strip().casefold()).upper()
    if folded.casefold() in _BY_RULE:
        return None
    if folded in VALUE_CLASSES:
        return folded
    raise UnknownClass(typed=typed)


def summary(interaction: Interaction, typed: str) -> Answer:
    """`/crm customer classes`: how many there are of each, and the rules."""
    return Answer(_summary(interaction))


def _summary(interaction: Interaction, said: str | None = None, changeset: str | None = None) -> Message:
    settings = workspace_settings(interaction.session)
    return views.summary(
        count_classes(interaction.session),
        rules_of(settings),
        interaction.actor.locale,
        may_edit=interaction.actor.is_admin,
        said=said,
        changeset=changeset,
    )


_LEADS_IN = re.compile(r"\s*(?:from|to|->|→|从|由)?\s*", re.IGNORECASE)


def moved(interaction: Interaction, typed: str) -> Answer:
    """`/crm customer moved prospect to active this quarter`: who changed class, when, by whom."""
    classes, rest = _classes(typed)
    settings = workspace_settings(interaction.session)
    zone = ZoneInfo(settings.zone)
    today = interaction.now.astimezone(zone).date()
    period = (
        period_asked(interaction, rest, past=True) if rest else quarter_of(today, settings.fiscal_start_month)
    )
    is_value = bool(classes) and all(each in VALUE_CLASSES for each in classes)
    old, new = (classes[0], classes[1]) if len(classes) > 1 else (None, classes[0] if classes else None)
    since, before = _moments(period, zone)
    moves = list_moves(
        interaction.session,
        field="value_class" if is_value else "kind",
        since=since,
        before=before,
        old=old,
        new=new,
    )
    return Answer(
        views.moves(moves, period, interaction.actor.locale, zone=interaction.actor.tz, old=old, new=new)
    )


def _classes(typed: str) -> tuple[list[str], str]:
    """The classes that the words name (from, to), and what is left before and behind them: the period."""
    found: list[str] = []
    rest = plain(typed).strip()
    words = [(word, kind) for kind, each in KIND_WORDS.items() for word in each]
    words += [(each.casefold(), each) for each in VALUE_CLASSES]
    words.sort(key=lambda pair: -len(pair[0]))
    # In Chinese the period stands first: 本季度 潜在客户 转为 成交客户.
    named = [re.escape(word) for word, _name in words if not word.isascii()]
    first = re.search("|".join([*named, "[ABCabc]级"]), rest)
    period = rest[: first.start()] if first else ""
    if _LEADS_IN.fullmatch(period):
        period = ""
    else:
        rest = rest[len(period) :]
    while len(found) < 2:
        rest = re.sub(
            r"^(?:from\b|to\b|->|→|从|到|[转变升降]为|[转变]成|转|变)?\s*", "", rest, flags=re.IGNORECASE
        )
        rest = re.sub(r"^(?:to\b|->|→|到)\s*", "", rest, flags=re.IGNORECASE)
        for word, name in words:
            end = rest.casefold().startswith(word) and len(word)
            following = rest[end : end + 1] if end else ""
            if end and not (word.isascii() and following.isascii() and following.isalnum()):
                found.append(name)
                rest = rest[end:].strip(" ,，级")
                break
        else:
            break
    return found, f"{period.strip()} {rest}".strip()


def _moments(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (period.start, period.end))
    return start, end


def overdue(interaction: Interaction, typed: str) -> Answer:
    """`/crm customer overdue`: whom nobody spoke with in their class's rhythm, with nothing planned."""
    everybody = typed.strip().casefold() in ("all", "everybody", "全部", "所有")
    mine = not everybody and (not typed.strip() or typed.strip().casefold() in MINE)
    found = silent_customers(
        interaction.session,
        now=interaction.now,
        rules=rules_of(workspace_settings(interaction.session)),
        owner_id=interaction.actor.person_id if mine else None,
    )
    return Answer(views.overdue(found, interaction.actor.locale, mine=mine))


@routes.action("customer.overdue", changes=False)
def press_overdue(interaction: Interaction) -> Answer:
    """The same by button."""
    return overdue(interaction, str(interaction.value.get("whose") or ""))


@routes.action("customer.moved", changes=False)
def press_moved(interaction: Interaction) -> Answer:
    """Who changed class this quarter."""
    return moved(interaction, "")


@routes.action("class.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """How many there are of each class, and the rules."""
    return Answer(_summary(interaction))


@routes.action("class.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the rules."""
    check_is_admin(interaction.session, interaction.actor)
    settings = workspace_settings(interaction.session)
    return Answer(
        modal=views.rules_form(settings, interaction.actor.locale, views.rules_values(rules_of(settings)))
    )


@routes.view("class.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the rules and class everybody anew; where somebody else saved them meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    values = {field: _months(field, form.get(field)) for field in ("lapse_months", "class_months")}
    rhythms = {each: _days(each, form.get(f"rhythm_{each.lower()}")) for each in VALUE_CLASSES}
    columns: dict[str, Any] = {
        **values,
        "class_rhythms": {each: days for each, days in rhythms.items() if days is not None},
        "class_floors": _floors(form.get("class_floors") or ""),
    }
    try:
        changed = edit_rules(
            interaction.session,
            interaction.actor,
            columns,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        settings = workspace_settings(interaction.session)
        theirs = views.rules_values(rules_of(settings))
        problems = conflict_problems(interaction, conflict, theirs)
        if "class_rhythms" in conflict.theirs:
            problems |= {
                field: interaction._("Now: {value}", value=theirs[field] or "—")
                for field in ("rhythm_a", "rhythm_b", "rhythm_c")
            }
        return conflict_answer(interaction, conflict, views.rules_form(settings, locale, form, problems))
    said = interaction._(
        "Rules saved. {count} customer changed class.|Rules saved. {count} customers changed class.",
        count=changed,
    )
    return Answer(_summary(interaction, "✅ " + said, interaction.changeset))


def _months(field: str, typed: str | None) -> int:
    if not (typed or "").strip().isdigit():
        raise NotMonths(field=field, typed=typed or "—")
    return int(str(typed))


def _days(name: str, typed: str | None) -> int | None:
    if not typed:
        return None
    if not typed.strip().isdigit():
        raise NotDays(field=f"rhythm_{name.lower()}", typed=typed)
    return int(typed)


def _floors(typed: str) -> dict[str, tuple[int, int]]:
    """By currency where A and B begin, from lines such as `USD 100k 20k`. Raises FloorsUnread."""
    floors = {}
    for line in filter(None, (each.strip() for each in plain(typed).splitlines())):
        parts = line.replace(",", "").replace("：", " ").replace(":", " ").split()
        if len(parts) != 3 or not re.fullmatch(r"[A-Za-z]{3}", parts[0]):
            raise FloorsUnread(field="class_floors")
        currency = parts[0].upper()
        try:
            a, b = (
                Money.of(read_amount(each, currency=currency).value, currency).minor for each in parts[1:]
            )
        except Refusal as error:
            raise FloorsUnread(field="class_floors") from error
        floors[currency] = (a, b)
    return floors


@routes.action("customer.classify")
def press_classify(interaction: Interaction) -> Answer:
    """Open the form that classes one customer by hand."""
    known = access_customer(interaction.session, interaction.value["customer"])
    return Answer(modal=views.form(known, interaction.actor.locale, views.form_values(known)))


@routes.view("customer.classify")
def submit_classify(interaction: Interaction) -> Answer:
    """Save it; where somebody else classed the customer meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    customer_id = metadata["customer"]
    known = access_customer(interaction.session, customer_id)
    kind, worth = form.get("kind"), form.get("value_class")
    columns: dict[str, Any] = {
        "kind": known.kind if kind in (None, views.BY_RULE) else kind,
        "kind_by_hand": kind not in (None, views.BY_RULE),
        "value_class": known.value_class if worth in (None, views.BY_RULE) else worth,
        "class_by_hand": worth not in (None, views.BY_RULE),
    }
    try:
        edit_customer(
            interaction.session,
            interaction.actor,
            customer_id,
            columns,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_customer(interaction.session, customer_id)
        problems = conflict_problems(interaction, conflict, views.form_values(known))
        return conflict_answer(interaction, conflict, views.form(known, locale, form, problems))
    said = "✅ " + interaction._("Saved.")
    return Answer(card_of(interaction, customer_id, said=said, changeset=interaction.changeset))


_A_CLASS = r"(?:潜在客户?|成交客户?|流失客户?|丢单客户?|合作伙伴|[ABCabc]级)"
ASKS = (
    (re.compile(r"(?:classes|分级|分类|客户分级)\s*()", re.IGNORECASE), summary),
    (
        re.compile(r"(?:moved|changed class|变动|流转|转化)(?:\s+|(?=[\u4e00-\u9fff])|$)(.*)", re.IGNORECASE),
        moved,
    ),
    (
        re.compile(rf"((?:.*\s)?{_A_CLASS}\s*(?:转为|转成|变为|变成|升为|降为|到|→)\s*{_A_CLASS}(?:\s.*)?)"),
        moved,
    ),
    (
        re.compile(r"(?:overdue|silent|待跟进|未跟进|久未联系|逾期|该跟进)(?:\s+|$)(.*)", re.IGNORECASE),
        overdue,
    ),
)
"""What asks after `/crm customer`, and what answers; the rest of the words goes along."""
