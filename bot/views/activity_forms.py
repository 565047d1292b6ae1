"""The form of an activity: what happened, with whom, and what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.i18n import translate, translator
from bot.store.models import Activity
from bot.views import task_forms
from bot.views.activities import DIRECTIONS, TELLS, typed_moment
from bot.views.blocks import (
    Block,
    View,
    checkboxes_input,
    context,
    file_input,
    modal,
    option,
    search_input,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import plain
from bot.views.words import ACTIVITY_KINDS


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    activity: Activity | None = None,
    before: Mapping[str, Any] | None = None,
    permalink: str | None = None,
    replies: int = 0,
    files: Sequence[Mapping[str, str]] = (),
    thread: str | None = None,
    link: str | None = None,
) -> View:
    """The form of a new activity with what follows from it, or of one to edit.

    `before` is what one to edit has now, where `values` are what somebody typed already.

    With `permalink` it is made from a Slack message: whose it was, and when, can be seen and changed; its
    `replies` can be taken along, and its `files` are. `link` starts the call or mail that it will be about.
    """
    _ = translator(locale)
    values = values or {}
    inputs = _inputs(locale, values, names_person=activity is not None or permalink is not None)
    if activity is None:
        inputs += _next_step(locale, values)
        inputs.append(file_input("files", _("Files"), most=5))
    if link:
        inputs.insert(0, context(link))
    if replies:
        words = _("Add the {count} reply of the thread|Add the {count} replies of the thread", count=replies)
        inputs.append(checkboxes_input("replies", _("Thread"), [option(words, "yes")], ["yes"]))
    if files:
        inputs.append(
            context("📎 " + _("{count} file comes along.|{count} files come along.", count=len(files)))
        )
    metadata: dict[str, Any] = {"happened_at": (before or values).get("happened_at")}
    if activity is not None:
        metadata |= {"activity": activity.id, "version": activity.version}
    if permalink:
        metadata |= {"permalink": permalink, "at": values.get("at"), "files": list(files), "source": thread}
    if replies and thread:
        metadata |= {"thread": thread}
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
        _choice("contact", _("Contact"), values.get("contact"), _("Type part of the name")),
        select_input("kind", _("Kind"), kinds, values.get("kind") or "call", optional=False),
        text_input("text", _("What happened"), values.get("text"), multiline=True, longest=3000),
        text_input("needs", _("Needs heard"), values.get("needs"), multiline=True, longest=1000),
        text_input("outcome", _("Outcome"), values.get("outcome"), placeholder=_("wants an offer")),
        text_input(
            "happened_at",
            _("When"),
            values.get("happened_at"),
            hint=_("Empty means just now"),
            placeholder=_("yesterday 4pm"),
        ),
        text_input("duration_min", _("How long"), values.get("duration_min"), placeholder=_("30 min")),
        text_input("people", _("Who else was there"), values.get("people")),
        select_input(
            "direction",
            _("Who began it"),
            [option(translate(locale, name), each) for each, name in DIRECTIONS.items()],
            values.get("direction"),
        ),
    ]
    inputs.append(
        select_input(
            "tells",
            _("What it tells beyond that"),
            [option(translate(locale, name), each) for each, name in TELLS.items()],
            values.get("tells"),
            hint=_("Feedback and market information are listed with the evaluation"),
        )
    )
    if names_person:
        inputs.append(user_input("person", _("Whose activity"), values.get("person")))
    return inputs


def _next_step(locale: str, values: Mapping[str, Any]) -> list[Block]:
    _ = translator(locale)
    return [
        text_input("next_step", _("Next step"), values.get("next_step"), placeholder=_("Send the offer")),
        task_forms.due_input(_("Next step due"), values.get("due"), locale),
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
        "contact": (activity.contact.name, str(activity.contact.id)) if activity.contact else None,
        "needs": activity.needs,
        "outcome": activity.outcome,
        "tells": activity.tells,
        "duration_min": str(activity.duration_min) if activity.duration_min else None,
        "people": activity.people,
        "direction": activity.direction,
        "kind": activity.kind,
        "text": activity.text,
        "happened_at": typed_moment(activity.happened_at, zone),
        "person": activity.person.slack_user_id if activity.person else None,
    }
