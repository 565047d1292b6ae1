"""Activities as people see them: the card, the form."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import format_moment, translate, translator
from bot.store.models import Activity, Task
from bot.views import tasks as task_views
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    divider,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import plain, shown
from bot.views.words import ACTIVITY_KINDS

ICONS = {"call": "📞", "visit": "🚗", "meeting": "👥", "email": "✉️", "message": "💬", "note": "📝"}


def kind_name(kind: str, locale: str) -> str:
    """The kind in the reader's language; an imported one of another name stands as it is."""
    return translate(locale, ACTIVITY_KINDS[kind]) if kind in ACTIVITY_KINDS else kind


def title(activity: Activity, locale: str) -> str:
    """Its kind and whom it was with, for mrkdwn."""
    names = [activity.customer.name] if activity.customer else []
    if activity.opportunity and activity.opportunity.name not in names:
        names.append(activity.opportunity.name)
    words = " · ".join([kind_name(activity.kind, locale), *names])
    return f"{ICONS.get(activity.kind, '📝')} *{shown(words, 200)}*"


def card(
    activity: Activity,
    locale: str,
    *,
    zone: tzinfo,
    task: Task | None = None,
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
) -> Message:
    """The activity, and the task that follows from it, with the next actions."""
    _ = translator(locale)
    words = f"{title(activity, locale)}\n{shown(activity.text, 2700)}".rstrip()
    facts = [shown(activity.person.name, 80)] if activity.person else []
    facts.append(format_moment(activity.happened_at, locale, zone=zone))
    if activity.permalink:
        facts.append(f"<{activity.permalink}|{_('Message')}>")
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(words), context(" · ".join(facts))]
    lines = [*([said] if said else []), words]
    if task is not None:
        due = task_views.due(task, locale, zone)
        assignee = shown(task.assignee.name, 80) if task.assignee else _("nobody")
        following = f"➡️ *{shown(task.text, 500)}*\n{due} · {assignee}"
        done = button(_("Done"), "task.done", task=task.id)
        blocks += [divider(), section(following, accessory=done)]
        lines.append(following)
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks.append(_actions(activity, locale, changeset))
    return Message("\n".join(lines), tuple(blocks))


def _actions(activity: Activity, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"customer": activity.customer_id}
    if activity.opportunity_id is not None:
        about = {"opportunity": activity.opportunity_id}
    row = [
        button(_("Task"), "task.new", **about),
        button(_("Edit"), "activity.edit", activity=activity.id),
    ]
    if activity.customer_id is not None:
        row.append(button(_("Satisfaction"), "rating.new", activity=activity.id))
    if activity.opportunity_id is not None:
        row.append(button(_("Opportunity"), "opportunity.show", **about))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return action_row(*row)


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    activity: Activity | None = None,
    before: Mapping[str, Any] | None = None,
    permalink: str | None = None,
) -> View:
    """The form of a new activity with what follows from it, or of one to edit.

    `before` is what one to edit has now, where `values` are what somebody typed already.

    With `permalink` it is made from a Slack message: whose it was, and when, can be seen and changed.
    """
    _ = translator(locale)
    values = values or {}
    inputs = _inputs(locale, values, names_person=activity is not None or permalink is not None)
    if activity is None:
        inputs += _next_step(locale, values)
    metadata: dict[str, Any] = {"happened_at": (before or values).get("happened_at")}
    if activity is not None:
        metadata |= {"activity": activity.id, "version": activity.version}
    if permalink:
        metadata |= {"permalink": permalink, "at": values.get("at")}
    return modal(
        _("Edit activity") if activity else _("Log activity"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="activity.edit" if activity else "activity.create",
        close=_("Cancel"),
        **metadata,
    )


def _inputs(locale: str, values: Mapping[str, Any], *, names_person: bool) -> list[Block]:
    _ = translator(locale)
    kinds = [option(translate(locale, name), kind) for kind, name in ACTIVITY_KINDS.items()]
    inputs = [
        _choice(
            "customer", _("Customer"), values.get("customer"), _("Type a name; a new one is offered below")
        ),
        _choice("opportunity", _("Opportunity"), values.get("opportunity"), _("Type part of the name")),
        select_input("kind", _("Kind"), kinds, values.get("kind") or "call", optional=False),
        text_input("text", _("What happened"), values.get("text"), multiline=True, longest=3000),
        text_input(
            "happened_at",
            _("When"),
            values.get("happened_at"),
            hint=_("Empty means just now"),
            placeholder=_("yesterday 4pm"),
        ),
    ]
    if names_person:
        inputs.append(user_input("person", _("Whose activity"), values.get("person")))
    return inputs


def _next_step(locale: str, values: Mapping[str, Any]) -> list[Block]:
    _ = translator(locale)
    return [
        text_input("next_step", _("Next step"), values.get("next_step"), placeholder=_("Send the offer")),
        task_views.due_input(_("Next step due"), values.get("due"), locale),
    ]


def _choice(field: str, label: str, chosen: tuple[str, str] | None, placeholder: str) -> Block:
    initial = option(chosen[0], chosen[1]) if chosen else None
    return search_input(field, label, initial, placeholder=placeholder)


def form_values(activity: Activity, zone: tzinfo) -> dict[str, Any]:
    """What the form shows of an activity."""
    customer, opportunity = activity.customer, activity.opportunity
    return {
        "customer": (customer.name, str(customer.id)) if customer else None,
        "opportunity": (plain(opportunity.name), str(opportunity.id)) if opportunity else None,
        "kind": activity.kind,
        "text": activity.text,
        "happened_at": typed_moment(activity.happened_at, zone),
        "person": activity.person.slack_user_id if activity.person else None,
    }


def typed_moment(at: datetime, zone: tzinfo) -> str:
    """A moment as it is typed into a form."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
