"""Activities as people see them: the card, and the needs heard."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import N_, format_date, format_moment, translate, translator
from bot.store.models import Activity, ActivityFile, Task
from bot.views import tasks as task_views
from bot.views.blocks import Block, Message, action_row, button, context, divider, section
from bot.views.text import shown
from bot.views.words import ACTIVITY_KINDS

ICONS = {"call": "📞", "visit": "🚗", "meeting": "👥", "email": "✉️", "message": "💬", "note": "📝"}


DIRECTIONS = {"in": N_("They came to us"), "out": N_("We went to them")}


TELLS = {"customer": N_("Customer feedback"), "market": N_("Market information")}


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
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(words), context(" · ".join(_facts(activity, locale, zone)))]
    details = _details(activity, locale)
    if details:
        blocks.append(section("\n".join(details)))
    lines = [*([said] if said else []), words, *details]
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


def _facts(activity: Activity, locale: str, zone: tzinfo) -> list[str]:
    """Whose it was, when, how long, who began it, where it was said."""
    _ = translator(locale)
    facts = [shown(activity.person.name, 80)] if activity.person else []
    facts.append(format_moment(activity.happened_at, locale, zone=zone))
    if activity.duration_min:
        facts.append(_("{count} minute|{count} minutes", count=activity.duration_min))
    if activity.direction in DIRECTIONS:
        facts.append(_(DIRECTIONS[activity.direction]))
    if activity.tells in TELLS:
        facts.append("🗣️ " + _(TELLS[activity.tells]))
    if activity.permalink:
        facts.append(f"<{activity.permalink}|{_('Message')}>")
    return facts


def _details(activity: Activity, locale: str) -> list[str]:
    """A line each for who was there, what they need, how it ended, and the files."""
    _ = translator(locale)
    people = [each for each in (activity.contact.name if activity.contact else None, activity.people) if each]
    named = [
        (_("Who was there"), shown(_(", ").join(people), 300) if people else None),
        (_("Needs heard"), shown(activity.needs, 600) if activity.needs else None),
        (_("Outcome"), shown(activity.outcome, 300) if activity.outcome else None),
        (_("Files"), " · ".join(file_link(each) for each in activity.files[:10]) or None),
    ]
    return [f"*{label}*: {value}" for label, value in named if value]


def file_link(file: ActivityFile) -> str:
    """A file by its name, which opens it."""
    name = shown(file.name, 80).replace("|", "¦")
    return f"📎 <{file.address}|{name}>"


def needs(activities: Sequence[Activity], locale: str, zone: tzinfo) -> str:
    """What a customer needs, as it was heard: a line each, the latest first."""
    lines = []
    for each in activities:
        day = format_date(each.happened_at.astimezone(zone).date(), locale, year=False)
        lines.append(f"• {shown(' '.join((each.needs or '').split()), 200)} · {day}")
    return "\n".join(lines)


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


def typed_moment(at: datetime, zone: tzinfo) -> str:
    """A moment as it is typed into a form."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
