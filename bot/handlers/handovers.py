"""Hand-overs: `/crm handover @bo to @ann`, the form, the preview and the confirmation."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.handovers import HandoverFilter
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.tasks import NobodyCalled, person_named
from bot.i18n import translate
from bot.services.handovers import hand_over, plan_handover
from bot.store.models import Person
from bot.store.people import access_person, list_people
from bot.views import handovers as views
from bot.views.blocks import View
from bot.views.problems import sentence
from bot.views.text import plain
from bot.views.words import CUSTOMER_KINDS

routes = Routes()

_REGION = re.compile(r"(?:\b(?:in )?(?:region|area)\b|地区|区域)[ :：]*([^\s,，]+)", re.IGNORECASE)
_OPEN = re.compile(
    r"\bopen(?: only| deals| opportunities)?\b|(?:只要?|仅)?(?:进行中|未关闭|未结)(?:的?商机)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+to\s+|\s*(?:->|→|=>)\s*|\s*(?:移交给|交给|转给|给)\s*", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:from|customers?|everything|all)\b|客户|全部|所有|的", re.IGNORECASE)


@routes.command("handover")
def handover(interaction: Interaction) -> Answer:
    """Show what would go from one to the other, or open the form."""
    if not interaction.text:
        return Answer(modal=_form(interaction, {}))
    text, region = _cut(_REGION, interaction.text)
    text, is_open = _cut(_OPEN, text)
    text, kind = _kind(text)
    names = [" ".join(part.split()) for part in _BETWEEN.split(_FILLERS.sub(" ", text), maxsplit=1)]
    values: dict[str, Any] = {"region": region, "kind": kind, "which": ["open_only"] if is_open else []}
    problems: dict[str, str] = {}
    for field, name in zip(("giver", "taker"), names, strict=False):
        try:
            person = person_named(interaction, name or None)
        except NobodyCalled as refusal:
            problems[field] = sentence(refusal, interaction.actor.locale)
            continue
        values[field] = str(person.id) if person else None
    if problems or not (values.get("giver") and values.get("taker")):
        return Answer(modal=_form(interaction, values, problems))
    return Answer(modal=_preview(interaction, values))


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    """The text without what the pattern finds, and what it found."""
    found = pattern.search(text)
    if not found:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}", plain(found[pattern.groups])


def _kind(text: str) -> tuple[str, str | None]:
    """A type of customer by its word in either language."""
    for kind, name in CUSTOMER_KINDS.items():
        for word in (kind, name, translate("zh-CN", name)):
            found = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text, re.IGNORECASE)
            if found:
                return f"{text[: found.start()]} {text[found.end() :]}", kind
    return text, None


def _form(
    interaction: Interaction, values: Mapping[str, Any], problems: Mapping[str, str] | None = None
) -> View:
    people = list_people(interaction.session)
    return views.form(people, interaction.actor.locale, values=values, problems=problems)


def _which(values: Mapping[str, Any]) -> HandoverFilter:
    return HandoverFilter(
        region=(values.get("region") or "").strip() or None,
        kind=values.get("kind") or None,
        open_only="open_only" in (values.get("which") or []),
    )


def _preview(interaction: Interaction, values: Mapping[str, Any]) -> View:
    giver, taker = _people(interaction, values)
    which = _which(values)
    counts = plan_handover(
        interaction.session, interaction.actor, from_id=giver.id, to_id=taker.id, which=which
    )
    return views.preview(giver, taker, which, counts, interaction.actor.locale)


def _people(interaction: Interaction, values: Mapping[str, Any]) -> tuple[Person, Person]:
    session = interaction.session
    return access_person(session, int(values["giver"])), access_person(session, int(values["taker"]))


@routes.action("handover.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, for the person that the button names."""
    return Answer(modal=_form(interaction, {"giver": str(interaction.value.get("person") or "")}))


@routes.view("handover.preview")
def submit_preview(interaction: Interaction) -> Answer:
    """Count what would go, and ask once more."""
    return Answer(update=_preview(interaction, interaction.form))


@routes.view("handover.confirm")
def submit_confirm(interaction: Interaction) -> Answer:
    """Hand the book over."""
    metadata, session = interaction.metadata, interaction.session
    giver, taker = _people(interaction, metadata)
    which = HandoverFilter(
        metadata.get("region") or None, metadata.get("kind") or None, bool(metadata.get("open_only"))
    )
    counts = hand_over(
        session, interaction.actor, from_id=giver.id, to_id=taker.id, which=which, now=interaction.now
    )
    return Answer(views.done(giver, taker, counts, interaction.actor.locale, changeset=interaction.changeset))
