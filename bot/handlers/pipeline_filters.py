"""What `/crm pipeline` is narrowed by: a period, person, team, source, product, channel, pipeline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.pipeline import PipelineFilter
from bot.handlers.asked import read_asked
from bot.handlers.interaction import Interaction
from bot.i18n import N_
from bot.language import channel_words
from bot.services.stages import spoken_names
from bot.store import Session
from bot.store.lookbacks import said_values, team_ids, teams_by_name
from bot.store.pipelines import pipeline_names
from bot.store.products import search_products
from bot.store.workspaces import workspace_settings
from bot.views.sales_channels import channel_name
from bot.views.text import plain
from bot.views.words import source_name

_WORDS = {
    "source": ("source", "via", "来源", "来自"),
    "competitor": ("competitor", "against", "vs", "竞品", "竞争对手", "对手"),
    "product": ("product", "产品"),
    "channel": ("sales channel", "channel", "销售渠道", "渠道"),
    "team": ("team", "团队", "小组"),
    "pipeline": ("pipeline", "funnel", "漏斗", "流程"),
}
_NAMES = {
    "source": N_("source"),
    "competitor": N_("competitor"),
    "product": N_("product"),
    "channel": N_("sales channel"),
    "team": N_("team"),
    "pipeline": N_("pipeline"),
}


def _pattern(name: str, words: Iterable[str]) -> str:
    either = "|".join(rf"(?<!\w){word}(?!\w)" if word.isascii() else word for word in words)
    return f"(?P<{name}>{either})"


_LABEL = re.compile("|".join(_pattern(*each) for each in _WORDS.items()), re.IGNORECASE)


class NotInPipeline(Refusal):
    """A filter by something that no opportunity has."""

    message = "No {label} here is called “{typed}”. I know: {known}. For example: `/crm pipeline {example}`"


@dataclass(frozen=True)
class Narrowed:
    """A filter, and what it was narrowed by as the reader typed it; the person where it is one's own."""

    only: PipelineFilter
    names: tuple[str, ...]
    person_id: int | None


def read_filters(interaction: Interaction, text: str) -> Narrowed:
    """Read a command's words. Raises NotInPipeline, and what read_asked raises for the words left over."""
    session, only, names = interaction.session, PipelineFilter(), []
    while found := _last(_LABEL.finditer(text)):
        label, typed = str(found.lastgroup), plain(text[found.end() :]).strip(" :：,，")
        known = _known(session, label)
        value = _leading(typed, known)
        if value is None:
            listed = _listed(interaction, label, known)
            example = f"{found[0]} {next(iter(listed), '…')}"
            raise NotInPipeline(
                label=interaction._(_NAMES[label]),
                typed=typed or found[0],
                known=("、" if interaction.language == "zh" else ", ").join(listed[:8]) or "—",
                example=example,
            )
        only = replace(only, **known[value])
        names.append(_called(interaction, label, known[value], value))
        text = f"{text[: found.start()]} {typed[len(value) :]}"
    if only.pipeline_id is None:
        only, text, names = _bare_pipeline(session, only, text, names)
    asked = read_asked(interaction, past=False, text=text)
    if asked.person_id is not None:
        only = replace(only, owner_ids=(asked.person_id,))
        names.append(str(asked.name))
    return Narrowed(replace(only, period=asked.period), tuple(reversed(names)), asked.person_id)


def _bare_pipeline(
    session: Session, only: PipelineFilter, text: str, names: list[str]
) -> tuple[PipelineFilter, str, list[str]]:
    """A pipeline's name without its label, where there is more than one: `/crm pipeline Renewals`."""
    known = _known(session, "pipeline")
    for name in sorted(known, key=len, reverse=True) if len(known) > 1 else ():
        edge = r"(?<!\w){}(?!\w)" if name.isascii() else "{}"
        found = re.search(edge.format(re.escape(name)), text, re.IGNORECASE)
        if found:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return replace(only, **known[name]), rest, [*names, name]
    return only, text, names


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(list(matches)[-1:]), None)


def _known(session: Session, label: str) -> dict[str, dict[str, Any]]:
    """What may stand behind a label, each with what it sets of the filter."""
    if label == "product":
        return {each.name: {"product_id": each.id} for each in search_products(session, "", limit=500)}
    if label == "channel":
        return _channels(session)
    if label == "pipeline":
        return {
            name: {"pipeline_id": pipeline_id}
            for pipeline_id, called in pipeline_names(session)
            for name in spoken_names(called)
        }
    if label == "team":
        return {
            name: {"owner_ids": tuple(team_ids(session, team_id))}
            for name, team_id in teams_by_name(session).items()
        }
    if label == "source":
        sources = said_values(session, "source")
        both = {source_name(value, locale): value for locale in ("en", "zh-CN") for value in sources}
        return {name: {"source": value} for name, value in (both | {each: each for each in sources}).items()}
    return {value: {"competitor": value} for value in said_values(session, "competitor")}


def _listed(interaction: Interaction, label: str, known: dict[str, dict[str, Any]]) -> list[str]:
    """What a refusal names: of the well-known sources the reader's words."""
    if label != "source":
        return list(known)
    return list(
        dict.fromkeys(source_name(each["source"], interaction.actor.locale) for each in known.values())
    )


def _channels(session: Session) -> dict[str, dict[str, Any]]:
    """The usual channels by all their words, and those that an admin added by their names."""
    words = {word: {"sales_channel": key} for word, key in channel_words().items()}
    added = {name: {"sales_channel": name} for name in workspace_settings(session).sales_channels}
    return words | added


def _called(interaction: Interaction, label: str, sets: dict[str, Any], typed: str) -> str:
    """What the answer says that it was narrowed by."""
    if label == "source":
        return source_name(sets["source"], interaction.actor.locale)
    return channel_name(sets["sales_channel"], interaction.actor.locale) if label == "channel" else typed


def _leading(typed: str, known: Iterable[str]) -> str | None:
    """The longest known value with which the words begin, as a whole word where it is written in letters."""
    for value in sorted(known, key=len, reverse=True):
        rest = typed[len(value) :]
        if typed[: len(value)].casefold() == value.casefold() and not (
            value[-1:].isascii() and rest[:1].isascii() and rest[:1].isalnum()
        ):
            return value
    return None
