"""Segments as people see them: what they are, who is in them, the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.classes import KINDS, VALUE_CLASSES
from bot.i18n import translate, translator
from bot.store.models import Customer, Segment
from bot.store.segments import COUNTED
from bot.views import customers as customer_views
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    modal,
    option,
    section,
    text_input,
    text_message,
    user_input,
)
from bot.views.customers import kind_name
from bot.views.forms import with_problems
from bot.views.text import colon, shown

PAGE = 10


def described(segment: Segment, locale: str) -> str:
    """What its customers have in common, in one line."""
    _ = translator(locale)
    parts = [shown(kind_name(each, locale), 60) for each in segment.kinds]
    parts += [translate(locale, "Class {name}", name=each) for each in segment.classes]
    named = (
        (_("Industry"), segment.industry),
        (_("Region"), segment.region),
        (_("Size"), segment.size),
        (_("Tags"), segment.tag),
        (_("Owner"), segment.owner.name if segment.owner else None),
    )
    parts += [f"{label}{colon(locale)}{shown(value, 80)}" for label, value in named if value]
    if segment.silent_days:
        parts.append(_("no contact for {days} days", days=segment.silent_days))
    return " · ".join(parts)


def _count(count: int, locale: str) -> str:
    _ = translator(locale)
    if count >= COUNTED:
        return _("{count} customers or more", count=COUNTED)
    return _("{count} customer|{count} customers", count=count)


def members(
    segment: Segment,
    found: Sequence[Customer],
    count: int,
    locale: str,
    *,
    page: int = 0,
    typed: str = "",
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Who is in a segment. One that is not saved yet is what was typed, with a button that saves it."""
    _ = translator(locale)
    title = f"*{shown(segment.name, 100)}* · " if segment.id else ""
    heading = f"👥 {title}{_count(count, locale)}"
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(heading), context(described(segment, locale))]
    rows = [customer_views.row(each, locale, _facts(each, locale)) for each in found[:PAGE]]
    blocks += rows or [section(_("Nobody fits. Leave one of the conditions out."))]
    actions = []
    if segment.id:
        about: dict[str, Any] = {"segment": segment.id}
        actions += [button(_("Newer"), "segment.show", page=page - 1, **about)] if page else []
        actions += [button(_("More"), "segment.show", page=page + 1, **about)] if len(found) > PAGE else []
        actions += [
            button(_("Edit"), "segment.edit", **about),
            button(_("Delete"), "segment.delete", **about),
        ]
    else:
        actions.append(button(_("Save as segment"), "segment.new", style="primary", typed=typed[:500]))
    actions.append(button(_("Segments"), "segment.list"))
    actions += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    blocks.append(action_row(*actions))
    lines = [row["text"]["text"] for row in rows]
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _facts(customer: Customer, locale: str) -> str:
    parts = [translate(locale, "Class {name}", name=customer.value_class)] if customer.value_class else []
    parts += [shown(each, 60) for each in (customer.industry, customer.region) if each]
    return " · ".join(parts)


def listing(
    segments: Sequence[tuple[Segment, int]],
    locale: str,
    *,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Every segment with what it is and how many are in it."""
    _ = translator(locale)
    heading = f"*{_('Segments')}*"
    new = button(_("New segment"), "segment.new", style="primary")
    undo = [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    if not segments:
        nothing = _("None yet. Try: `/crm customer segment class A, region South`")
        return text_message("\n".join([*([said] if said else []), heading, nothing]), new, *undo)
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(heading))
    lines = []
    for segment, count in segments:
        line = f"*{shown(segment.name, 100)}* · {_count(count, locale)}\n{described(segment, locale)}"
        blocks.append(section(line, accessory=button(_("Show"), "segment.show", segment=segment.id)))
        lines.append(line)
    blocks.append(action_row(new, *undo))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def form(
    locale: str,
    *,
    values: Mapping[str, Any],
    segment: Segment | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new segment, or of one to edit."""
    _ = translator(locale)
    kinds = [option(kind_name(kind, locale), kind) for kind in KINDS]
    classes = [option(_("Class {name}", name=each), each) for each in VALUE_CLASSES]
    inputs = [
        text_input("name", _("Name"), values.get("name"), optional=False, longest=80),
        checkboxes_input("kinds", _("Type"), kinds, values.get("kinds") or []),
        checkboxes_input("classes", _("Value class"), classes, values.get("classes") or []),
        text_input("industry", _("Industry"), values.get("industry")),
        text_input("region", _("Region"), values.get("region")),
        text_input("size", _("Size"), values.get("size")),
        text_input("tag", _("Tags"), values.get("tag"), longest=60),
        user_input("owner", _("Owner"), values.get("owner")),
        text_input("silent_days", _("No contact for so many days"), values.get("silent_days"), longest=4),
    ]
    metadata = {"segment": segment.id, "version": segment.version} if segment else {}
    return modal(
        _("Edit segment") if segment else _("New segment"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="segment.edit" if segment else "segment.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(segment: Segment) -> dict[str, Any]:
    """What the form shows of a segment."""
    names = ("name", "kinds", "classes", "industry", "region", "size", "tag")
    kept = {each: getattr(segment, each) for each in names}
    days = str(segment.silent_days) if segment.silent_days else None
    owner = segment.owner.slack_user_id if segment.owner else None
    return kept | {"owner": owner, "silent_days": days}
