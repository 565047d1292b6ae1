"""Segments: `/crm customer segment class A, region South`, saved under a name, and the form."""

import re
from collections.abc import Callable
from typing import Any

from bot.domain.classes import VALUE_CLASSES
from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.asked import MINE
from bot.handlers.classes import KIND_WORDS
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.router import Routes
from bot.services.edits import EditConflict
from bot.services.segments import delete_segment, edit_segment, save_segment
from bot.store.models import Segment
from bot.store.people import access_person, find_slack_person
from bot.store.segments import (
    access_segment,
    count_in_segment,
    find_segment,
    list_in_segment,
    list_segments,
)
from bot.views import segments as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()

_VALUES = {
    "region": r"region|地区|区域",
    "industry": r"industry|行业",
    "size": r"size|规模",
    "tag": r"tagged|tags?|标签",
}
_KEYWORD = (
    r"class|level|region|industry|size|tagged|tags?|owner|mine|no contact|silent"
    r"|等级|地区|区域|行业|规模|标签|我的|\d+\s*天"
)
_UNTIL = rf"(?=\s*(?:[,;，；、]|$|(?:\s|(?<=[\u4e00-\u9fff]))(?:{_KEYWORD})))"
_CLASS = re.compile(
    r"(?:(?:value\s+)?class|level|等级|级别)?\s*([ABC])(?![a-z])\s*(?:级|类|class)?", re.IGNORECASE
)
_SILENT = re.compile(
    r"(?:no contact|silent|not spoken with)\s*(?:for|in)?\s*(\d{1,3})\s*(?:days?)?"
    r"|(\d{1,3})\s*天(?:未联系|没联系|未跟进|没跟进)",
    re.IGNORECASE,
)


class NotAFilter(Refusal):
    """Words that say nothing of customers."""

    message = (
        "I do not know what “{typed}” says of customers. I know: class A, prospect, region South, "
        "industry Finance, size …, tag …, mine, no contact 30 days"
    )


class NotDaysOfSilence(Refusal):
    """A number of days that is none."""

    message = "“{typed}” is not a number of days. Type one such as: 30"


def segments(interaction: Interaction, typed: str) -> Answer:
    """The segments; one by name; or who fits what is typed, saved where a name stands before a colon."""
    if not typed:
        return Answer(_listing(interaction))
    name, colon, rest = re.sub("：", ":", typed).partition(":")
    if colon:
        saved = save_segment(
            interaction.session, interaction.actor, name=plain(name), **read_filter(interaction, rest)
        )
        said = "✅ " + interaction._("Segment saved.")
        return Answer(_members(interaction, saved, said=said, changeset=interaction.changeset))
    known = find_segment(interaction.session, plain(typed))
    if known:
        return Answer(_members(interaction, known))
    filters = read_filter(interaction, typed)
    asked = Segment(name="", name_key="", **({"kinds": [], "classes": []} | filters))
    owner_id = filters.get("owner_id")
    asked.owner = access_person(interaction.session, owner_id) if owner_id else None
    return Answer(_members(interaction, asked, typed=typed))


def read_filter(interaction: Interaction, typed: str) -> dict[str, Any]:
    """What the words say of customers, as columns of a segment. Raises NotAFilter."""
    found: dict[str, Any] = {}
    rest = typed.strip()
    while rest := rest.strip(" ,;，；、"):
        for read in (_read_silent, _read_value, _read_owner, _read_class, _read_kind):
            end = read(interaction, rest, found)
            if end:
                rest = rest[end:]
                break
        else:
            raise NotAFilter(typed=rest)
    return found


def _read_silent(interaction: Interaction, words: str, found: dict[str, Any]) -> int:
    match = _SILENT.match(words)
    if match:
        found["silent_days"] = int(match[1] or match[2])
    return match.end() if match else 0


def _read_value(interaction: Interaction, words: str, found: dict[str, Any]) -> int:
    for field, labels in _VALUES.items():
        match = re.match(rf"(?:{labels})\s*[:：]?\s*(.+?){_UNTIL}", words, re.IGNORECASE)
        if match:
            found[field] = plain(match[1])[:80]
            return match.end()
    return 0


def _read_owner(interaction: Interaction, words: str, found: dict[str, Any]) -> int:
    mention = re.match(rf"(?:owner|负责人)?\s*{MENTION.pattern}", words, re.IGNORECASE)
    if mention:
        person = find_slack_person(interaction.session, mention[1])
        found["owner_id"] = person.id if person else None
        return mention.end()
    for word in sorted(MINE, key=len, reverse=True):
        if re.match(rf"{re.escape(word)}(?![a-z])", words, re.IGNORECASE):
            found["owner_id"] = interaction.actor.person_id
            return len(word)
    return 0


def _read_class(interaction: Interaction, words: str, found: dict[str, Any]) -> int:
    match = _CLASS.match(words)
    if match:
        found["classes"] = sorted({*found.get("classes", []), match[1].upper()})
    return match.end() if match else 0


def _read_kind(interaction: Interaction, words: str, found: dict[str, Any]) -> int:
    pairs = [(word, kind) for kind, each in KIND_WORDS.items() for word in each]
    for word, kind in sorted(pairs, key=lambda pair: -len(pair[0])):
        if re.match(rf"{re.escape(word)}(?![a-z])", words, re.IGNORECASE):
            found["kinds"] = [*found.get("kinds", []), kind]
            return len(word)
    return 0


def _members(interaction: Interaction, segment: Segment, *, page: int = 0, **more: Any) -> Message:
    session, now = interaction.session, interaction.now
    found = list_in_segment(session, segment, now=now, limit=views.PAGE + 1, offset=page * views.PAGE)
    count = count_in_segment(session, segment, now=now)
    return views.members(segment, found, count, interaction.actor.locale, page=page, **more)


def _listing(interaction: Interaction, **more: Any) -> Message:
    known = [
        (each, count_in_segment(interaction.session, each, now=interaction.now))
        for each in list_segments(interaction.session)
    ]
    return views.listing(known, interaction.actor.locale, **more)


@routes.action("segment.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Every segment."""
    return Answer(_listing(interaction))


@routes.action("segment.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Who is in one, page by page."""
    segment = access_segment(interaction.session, interaction.value["segment"])
    return Answer(_members(interaction, segment, page=int(interaction.value.get("page") or 0)))


@routes.action("segment.new")
def press_new(interaction: Interaction) -> Answer:
    """The form of a new one, with what was typed."""
    typed = str(interaction.value.get("typed") or "")
    filters = read_filter(interaction, typed) if typed else {}
    values: dict[str, Any] = {key: value for key, value in filters.items() if key != "owner_id"}
    if filters.get("owner_id"):
        values["owner"] = access_person(interaction.session, filters["owner_id"]).slack_user_id
    if filters.get("silent_days"):
        values["silent_days"] = str(filters["silent_days"])
    return Answer(modal=views.form(interaction.actor.locale, values=values))


@routes.view("segment.create")
def submit_create(interaction: Interaction) -> Answer:
    """Save a new one."""
    saved = save_segment(interaction.session, interaction.actor, **_columns(interaction))
    said = "✅ " + interaction._("Segment saved.")
    return Answer(_members(interaction, saved, said=said, changeset=interaction.changeset))


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    texts = ("name", "industry", "region", "size", "tag")
    columns: dict[str, Any] = {each: plain(form[each]) if form.get(each) else None for each in texts}
    columns["kinds"] = [each for each in form.get("kinds") or [] if each in KIND_WORDS]
    columns["classes"] = [each for each in form.get("classes") or [] if each in VALUE_CLASSES]
    owner = find_slack_person(interaction.session, form["owner"]) if form.get("owner") else None
    columns["owner_id"] = owner.id if owner else None
    days = form.get("silent_days")
    if days and not (str(days).isdigit() and 1 <= int(days) <= 3650):
        raise NotDaysOfSilence(field="silent_days", typed=str(days))
    columns["silent_days"] = int(days) if days else None
    return columns


@routes.action("segment.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of one."""
    known = access_segment(interaction.session, interaction.value["segment"])
    return Answer(modal=views.form(interaction.actor.locale, values=views.form_values(known), segment=known))


@routes.view("segment.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved it meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    try:
        saved = edit_segment(
            interaction.session,
            interaction.actor,
            metadata["segment"],
            _columns(interaction),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_segment(interaction.session, metadata["segment"])
        theirs = views.form_values(known) | {
            each: ", ".join(getattr(known, each)) for each in ("kinds", "classes")
        }
        problems = conflict_problems(interaction, conflict, theirs)
        return conflict_answer(
            interaction, conflict, views.form(locale, values=form, segment=known, problems=problems)
        )
    said = "✅ " + interaction._("Saved.")
    return Answer(_members(interaction, saved, said=said, changeset=interaction.changeset))


@routes.action("segment.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Take one away; its customers stay."""
    gone = delete_segment(
        interaction.session, interaction.actor, interaction.value["segment"], now=interaction.now
    )
    said = "🗑️ " + interaction._("Segment deleted: {name}.", name=gone.name)
    return Answer(_listing(interaction, said=said, changeset=interaction.changeset))


_Asked = tuple[re.Pattern[str], Callable[[Interaction, str], Answer]]

ASKS: tuple[_Asked, ...] = (
    (
        re.compile(r"(?:segments?(?=\s|$)|客户分群|客户分组|分群|分组|客群|筛选)\s*(.*)", re.IGNORECASE),
        segments,
    ),
)
"""What asks after `/crm customer`."""
