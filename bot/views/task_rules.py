"""Rules for tasks: what stages plan, and when a manager hears of what is overdue."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.i18n import N_, translator
from bot.store.models import Settings, Stage, Task, TaskTemplate
from bot.views import tasks as task_views
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    header,
    modal,
    option,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown
from bot.views.words import stage_name

PAGE = 15

WHOSE = {
    "owner": N_("The opportunity's owner"),
    "manager": N_("The owner's manager"),
    "person": N_("One person"),
}


def card(
    templates: Sequence[TaskTemplate],
    settings: Settings,
    locale: str,
    *,
    may_edit: bool,
    admins: str,
    page: int = 0,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """What stages plan, page by page, and when managers hear of overdue tasks."""
    _ = translator(locale)
    title = _("Task rules")
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(said, accessory=undo)] if said else []
    blocks.append(header(title))
    if not templates:
        example = _("Proposal: send references in 2 days")
        empty = _("No stage plans anything yet. For example: `/crm task template {example}`", example=example)
        blocks.append(section(empty))
    listed = templates[page * PAGE : (page + 1) * PAGE]
    for template in listed:
        edit = button(_("Edit"), "task_rules.edit", template=template.id) if may_edit else None
        blocks.append(section(line(template, locale), accessory=edit))
    escalation = escalation_in_words(settings.escalate_after_days, locale)
    change = button(_("Change"), "task_rules.escalation") if may_edit else None
    blocks.append(section(f"⏫ {escalation}", accessory=change))
    if not may_edit:
        blocks.append(context(_("Admins change this: {names}", names=shown(admins, 500))))
    row = [button(_("Plan a task for a stage"), "task_rules.new", style="primary")] if may_edit else []
    if page:
        row.append(button(_("Back"), "task_rules.page#back", page=page - 1))
    if len(templates) > (page + 1) * PAGE:
        row.append(button(_("Show more"), "task_rules.page#more", page=page + 1))
    row.append(button(_("Settings"), "settings.show"))
    blocks.append(action_row(*row))
    lines = [line(template, locale).replace("\n", " · ") for template in listed]
    return Message("\n".join([said or title, *lines, escalation]), tuple(blocks))


def line(template: TaskTemplate, locale: str) -> str:
    """`*Proposal*: send references · after 2 days · the owner`."""
    _ = translator(locale)
    whose = _(WHOSE[template.whose]) if template.person is None else shown(template.person.name, 80)
    after = _("in {count} day|in {count} days", count=template.days) if template.days else _("the same day")
    stage = shown(stage_name(template.stage.name, locale), 80)
    return f"*{stage}* → {shown(template.text, 300)}\n{after} · {whose}"


def escalation_in_words(days: int | None, locale: str) -> str:
    """When managers hear of overdue tasks."""
    _ = translator(locale)
    if days is None:
        return _("Managers hear nothing of overdue tasks by themselves.")
    return _(
        "A manager hears of a task that is overdue for {count} working day.|"
        "A manager hears of a task that is overdue for {count} working days.",
        count=days,
    )


def planned(tasks: Sequence[Task], locale: str, zone: tzinfo) -> str:
    """What a stage planned for an opportunity that just entered it."""
    _ = translator(locale)
    heading = _("{count} task planned|{count} tasks planned", count=len(tasks))
    lines = [
        f"{task_views.bullet(task)} · {shown(task.assignee.name, 60) if task.assignee else '—'} · "
        + task_views.due(task, locale, zone)
        for task in tasks
    ]
    return "\n".join([f"📋 {heading}", *lines])


def form(
    stages: Sequence[Stage],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    template_id: int | None = None,
) -> View:
    """What is to be done on entering which stage, by whom and until when."""
    _ = translator(locale)
    values = values or {}
    blocks: list[Block] = [
        select_input(
            "stage",
            _("On entering"),
            [option(stage_name(stage.name, locale), str(stage.id)) for stage in stages],
            values.get("stage"),
            optional=False,
        ),
        text_input(
            "text",
            _("What is to be done"),
            values.get("text"),
            optional=False,
            placeholder=_("Send references"),
            longest=1000,
        ),
        text_input(
            "after_days", _("After how many days"), values.get("after_days"), placeholder="2", longest=3
        ),
        select_input(
            "whose",
            _("Whose task"),
            [option(_(name), key) for key, name in WHOSE.items()],
            values.get("whose") or "owner",
            optional=False,
        ),
        user_input("person", _("That person"), values.get("person")),
    ]
    if template_id:
        blocks.append(action_row(button(_("Delete"), "task_rules.delete", template=template_id)))
    about: dict[str, Any] = {"template": template_id} if template_id else {}
    return modal(
        _("Plan a task"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="task_rules.save",
        close=_("Cancel"),
        **about,
    )


def deleted(locale: str, *, said: str, changeset: str) -> View:
    """In place of the form of a rule that was just deleted."""
    _ = translator(locale)
    undo = button(_("Undo"), "undo", changeset=changeset)
    return modal(
        _("Plan a task"),
        None,
        [section(said, accessory=undo)],
        callback="task_rules.deleted",
        close=_("Close"),
    )


def form_values(template: TaskTemplate) -> dict[str, Any]:
    """What the form shows of a template."""
    return {
        "stage": str(template.stage_id),
        "text": template.text,
        "after_days": str(template.days),
        "whose": template.whose,
        "person": template.person.slack_user_id if template.person else None,
    }


def escalation_form(days: int | None, locale: str) -> View:
    """After how many working days a manager hears of an overdue task."""
    _ = translator(locale)
    blocks = [
        text_input(
            "after_days",
            _("Working days overdue"),
            str(days) if days else None,
            hint=_("Their manager then gets one message. Empty: never."),
            placeholder="3",
            longest=3,
        )
    ]
    return modal(_("Overdue tasks"), _("Save"), blocks, callback="task_rules.escalation", close=_("Cancel"))


def overdue(tasks: Sequence[Task], days: int | None, locale: str, zone: tzinfo) -> Message:
    """What a manager hears of the tasks of their people, with what can be done about each."""
    _ = translator(locale)
    heading = "⏫ " + _(
        "{count} task of your people is overdue|{count} tasks of your people are overdue", count=len(tasks)
    )
    blocks: list[Block] = [section(f"*{heading}*")]
    for task in tasks[:PAGE]:
        facts = " · ".join(task_views.facts(task, locale, zone))
        about: dict[str, Any] = {"task": task.id, "place": "overdue"}
        blocks.append(section(f"{task_views.named(task)}\n{facts}"))
        blocks.append(
            action_row(
                button(_("Ask"), "task.ask_after", **about),
                button(_("Hand over…"), "task.give", **about),
                button(_("Reschedule"), "task.reschedule", **about),
                button(_("More…"), "task.details", **about),
            )
        )
    foot = [escalation_in_words(days, locale), _("`/crm team tasks` shows all of them.")]
    blocks.append(context(" ".join(foot)))
    lines = [f"{task_views.bullet(task)} · {task_views.due(task, locale, zone)}" for task in tasks]
    return Message("\n".join([heading, *lines]), tuple(blocks))
