"""A person's calendar: its entries as other programs show them, and what is said about its address."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.entries import CalendarEntry
from bot.domain.priorities import Priority
from bot.i18n import translator
from bot.store.models import Activity, Task
from bot.views.activities import kind_name
from bot.views.blocks import Block, Message, View, action_row, button, confirmation, context, modal, section
from bot.views.text import cut, plain

_MORNING = timedelta(hours=9)
"""When a task of a whole day rings."""


def entries(
    tasks: Sequence[Task],
    meetings: Sequence[Activity],
    locale: str,
    *,
    tasks_changed: Mapping[int, datetime],
    meetings_changed: Mapping[int, datetime],
) -> list[CalendarEntry]:
    """The calendar of somebody who has these tasks and meetings."""
    return [
        *(_task(each, tasks_changed.get(each.id), locale) for each in tasks),
        *(_meeting(each, meetings_changed.get(each.id), locale) for each in meetings),
    ]


def _task(task: Task, changed_at: datetime | None, locale: str) -> CalendarEntry:
    _ = translator(locale)
    is_open = task.state == "open"
    states = {"done": _("Done"), "cancelled": _("Dropped")}
    starts = task.due_at or task.due_on
    assert starts is not None  # The store lists those with a day.
    return CalendarEntry(
        uid=_uid("task", task),
        sequence=task.version - 1,
        made_at=task.created_at,
        changed_at=changed_at or task.created_at,
        starts=starts,
        summary=("✓ " if task.state == "done" else "") + _line(task.text),
        about=_about(task, plain(task.text), states.get(task.state)),
        rings=None if not is_open else timedelta() if task.due_at else _MORNING,
        priority={Priority.HIGH: 1, Priority.LOW: 9}.get(Priority(task.priority)),
        is_cancelled=task.state == "cancelled",
    )


def _meeting(activity: Activity, changed_at: datetime | None, locale: str) -> CalendarEntry:
    _ = translator(locale)
    kind = kind_name(activity.kind, locale)
    customer = plain(activity.customer.name) if activity.customer else _line(activity.text)
    return CalendarEntry(
        uid=_uid("activity", activity),
        sequence=activity.version - 1,
        made_at=activity.created_at,
        changed_at=changed_at or activity.created_at,
        starts=activity.happened_at,
        summary=_("{kind}: {customer}", kind=kind, customer=customer),
        about=_about(activity, plain(activity.text), None),
        is_busy=True,
    )


def _uid(noun: str, entity: Task | Activity) -> str:
    """The same for ever, and in no other workspace or installation the same."""
    return f"{noun}-{entity.id}-{entity.workspace_id}-{entity.created_at:%Y%m%d%H%M%S%f}@dealdesk"


def _line(text: str) -> str:
    return cut(" ".join(plain(text).split()), 200)


def _about(entity: Task | Activity, text: str, state: str | None) -> str:
    lines = [text, state]
    lines += [plain(each.name) for each in (entity.customer, entity.opportunity) if each]
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def card(locale: str, *, said: str, has_feed: bool, can_feed: bool) -> Message:
    """What just happened to the calendar, and the buttons of its address."""
    _ = translator(locale)
    blocks: list[Block] = [section(said)]
    text = said
    if not can_feed:
        note = _(
            "Calendar programs cannot subscribe here: an admin has to set DEALDESK_URL, the public address."
        )
        blocks += [context(note), action_row(button(_("Send the file"), "calendar.file"))]
        return Message(f"{text}\n{note}", tuple(blocks))
    note = (
        _("Your calendar has a private address that programs can subscribe to.")
        if has_feed
        else _("Programs can also subscribe to your calendar at a private address, and stay up to date.")
    )
    row = [button(_("Send the file"), "calendar.file")]
    if has_feed:
        again = confirmation(
            _("Make a new address?"),
            _("Programs that use the old one get nothing more."),
            _("New address"),
            _("Keep"),
        )
        end = confirmation(
            _("End the address?"), _("Programs that use it get nothing more."), _("End it"), _("Keep")
        )
        row += [
            button(_("New address"), "calendar.renew", confirm=again),
            button(_("End the address"), "calendar.revoke", style="danger", confirm=end),
        ]
    else:
        row.append(button(_("Make the address"), "calendar.renew", style="primary"))
    blocks += [context(note), action_row(*row)]
    return Message(f"{text}\n{note}", tuple(blocks))


def address(url: str, locale: str) -> View:
    """The address, shown this once."""
    _ = translator(locale)
    blocks = [
        section(_("Subscribe to this address in your calendar program:")),
        section(f"```{url}```"),
        section(
            _(
                "Google Calendar: Other calendars › From URL. "
                "Apple Calendar: File › New Calendar Subscription. "
                "Outlook: Add calendar › Subscribe from web."
            )
        ),
        context(
            _(
                "Whoever has the address sees your tasks and meetings, so keep it to yourself. "
                "It is shown only now; `/crm calendar` makes a new one or ends it."
            )
        ),
    ]
    return modal(_("Calendar address"), None, blocks, callback="calendar.address", close=_("Close"))
