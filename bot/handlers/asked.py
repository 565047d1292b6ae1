"""What a question about figures names: a period, whose figures, what they are split by."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.performance import Dimension
from bot.domain.periods import Period, month_of, quarter_of, week_of
from bot.handlers.interaction import MENTION, Interaction
from bot.language import Ambiguous, NotUnderstood, When, read_when
from bot.store.models import Person
from bot.store.people import access_person, find_people_named, find_slack_person
from bot.store.workspaces import workspace_settings
from bot.views.text import plain

MINE = ("mine", "my", "me", "我的", "我", "本人")

_FILLERS = (
    *("win rate", "win rates", "report", "for", "of", "the", "only", "just"),
    *("赢单率", "成交率", "胜率", "报表", "只看", "仅看", "只显示", "的"),
)

_SPLIT = re.compile(r"\bby\s+(\w+(?:\s+(?:reason|channel))?)|[按依]\s*([\w]+)", re.IGNORECASE)

_DIMENSIONS = {
    Dimension.SOURCE: ("source", "sources", "来源"),
    Dimension.SALES_CHANNEL: ("channel", "channels", "sales channel", "渠道", "销售渠道"),
    Dimension.PARTNER: ("partner", "partners", "reseller", "伙伴", "合作伙伴", "经销商", "代理商"),
    Dimension.PERSON: ("person", "people", "owner", "seller", "rep", "人", "人员", "销售", "负责人", "成员"),
    Dimension.PRODUCT: ("product", "products", "产品"),
    Dimension.STAGE: ("stage", "stages", "阶段"),
    Dimension.CUSTOMER: ("customer", "customers", "client", "客户"),
    Dimension.COMPETITOR: ("competitor", "competitors", "竞品", "竞争对手", "对手"),
    Dimension.LOSS_REASON: ("reason", "loss reason", "loss", "原因", "丢单原因", "输单原因"),
}


class UnknownSplit(Refusal):
    """Split by something that is not recorded."""

    message = (
        "I cannot split by “{typed}”. I can by: source, channel, partner, person, product, stage, "
        "customer, competitor, reason. For example: `/crm report win rate by source`"
    )


class NotAFigure(Refusal):
    """Words that name neither a period nor a person."""

    message = (
        "I do not know what “{typed}” means here. Name a period or a person, such as: last quarter, or mine"
    )


@dataclass(frozen=True)
class Whose:
    """Whose figures are asked for."""

    id: int
    name: str


@dataclass(frozen=True)
class Asked:
    """What was named; None where nothing was."""

    period: Period | None = None
    person: Whose | None = None
    split: Dimension | None = None

    @property
    def owner_ids(self) -> list[int] | None:
        """Whose figures; None for everybody's."""
        return [self.person.id] if self.person else None

    @property
    def person_id(self) -> int | None:
        """Whose figures, where they are one person's."""
        return self.person.id if self.person else None

    @property
    def name(self) -> str | None:
        """The person's name."""
        return self.person.name if self.person else None


def today_of(interaction: Interaction) -> date:
    """The day in the workspace's zone, in which figures are counted."""
    zone = ZoneInfo(workspace_settings(interaction.session).zone)
    return interaction.now.astimezone(zone).date()


def read_asked(interaction: Interaction, *, past: bool, text: str | None = None) -> Asked:
    """Read a command's words, or those of them that `text` leaves.

    `past` is for what has been: Q1 is then the last one.

    Raises UnknownSplit and NotAFigure for what it does not know; nothing is guessed.
    """
    split, text = read_split(interaction.text if text is None else text)
    person, text = _person(interaction, text)
    for filler in _FILLERS:
        text = re.sub(
            rf"(?<!\w){filler}(?!\w)" if filler.isascii() else filler, " ", text, flags=re.IGNORECASE
        )
    rest = " ".join(text.split())
    if not rest:
        return Asked(None, person, split)
    try:
        return Asked(_period(interaction, rest, past=past), person, split)
    except (NotUnderstood, Ambiguous):
        named = find_people_named(interaction.session, plain(rest).lstrip("@"))
        if person is None and len(named) == 1:
            return Asked(None, whose(named[0]), split)
        raise NotAFigure(typed=rest) from None


def period_asked(interaction: Interaction, typed: str, *, past: bool) -> Period:
    """The period that the words name, and nothing else. Raises NotAFigure."""
    try:
        return _period(interaction, typed, past=past)
    except (NotUnderstood, Ambiguous):
        raise NotAFigure(typed=typed) from None


def person_by_id(interaction: Interaction, person_id: object) -> Person | None:
    """Whose figures a button is about."""
    return access_person(interaction.session, int(str(person_id))) if person_id is not None else None


def read_split(text: str) -> tuple[Dimension | None, str]:
    """What words are to be split by, and the others. Raises UnknownSplit."""
    found = _SPLIT.search(text)
    if not found:
        alone = " ".join(text.casefold().split())  # "report channels"
        split = next((dimension for dimension, words in _DIMENSIONS.items() if alone in words), None)
        return split, "" if split else text
    typed = (found[1] or found[2]).casefold()
    for dimension, words in _DIMENSIONS.items():
        for word in sorted(words, key=len, reverse=True):
            if typed == word or (not word.isascii() and typed.startswith(word)):
                after = text[found.end() - len(typed) + len(word) :]
                return dimension, text[: found.start()] + " " + after
    raise UnknownSplit(typed=typed)


def whose(person: Person | None) -> Whose | None:
    """The person as whose figures are asked for."""
    return Whose(person.id, person.name) if person else None


def _person(interaction: Interaction, text: str) -> tuple[Whose | None, str]:
    mention = MENTION.search(text)
    if mention:
        return whose(find_slack_person(interaction.session, mention[1])), MENTION.sub(" ", text)
    for word in MINE:
        pattern = rf"(?<!\w){word}(?!\w)" if word.isascii() else word
        if re.search(pattern, text, re.IGNORECASE):
            rest = re.sub(pattern, " ", text, count=1, flags=re.IGNORECASE)
            actor = interaction.actor
            return None if actor.person_id is None else Whose(actor.person_id, actor.name), rest
    return None, text


def _period(interaction: Interaction, typed: str, *, past: bool) -> Period:
    settings = workspace_settings(interaction.session)
    read = read_when(
        plain(typed), now=interaction.local_now, past=past, fiscal_start_month=settings.fiscal_start_month
    )
    return _as_period(read, settings.fiscal_start_month)


def _as_period(read: When, fiscal_start_month: int) -> Period:
    whole = Period(read.day, read.last_day + timedelta(days=1))
    named = {
        "week": week_of(read.day),
        "month": month_of(read.day),
        "quarter": quarter_of(read.day, fiscal_start_month),
    }.get(read.grain, whole)
    return named if named.end >= whole.end else whole  # "Jan to Mar" and H1 are longer than their grain
