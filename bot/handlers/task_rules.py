"""Rules for tasks: `/crm task template Proposal: send references in 2 days`, `/crm task escalate 3`."""

import re
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.lead_policy import whole_number
from bot.handlers.router import Routes
from bot.handlers.tasks import chosen_person, person_named
from bot.services.escalations import NotWorkingDays, set_escalation
from bot.services.rights import check_is_admin
from bot.services.stages import stage_named
from bot.services.task_templates import delete_template, keep_template
from bot.store.people import list_admins
from bot.store.pipelines import access_stage, list_every_stage
from bot.store.task_templates import access_task_template, list_task_templates
from bot.store.workspaces import workspace_settings
from bot.views import task_rules as views
from bot.views.blocks import Message

routes = Routes()

_SHOWN = re.compile(r"(?:rules?|templates?|规则|模板)\s*$", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"(?:templates?|on entering|模板|进入)\s*[:：]?\s*([^:：]{1,60}?)(?:阶段)?\s*[:：]\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ESCALATE = re.compile(
    r"(?:escalat(?:e|ion)|逾期上报|上报)\s*[:：]?\s*(?:after|逾期|超过)?\s*"
    r"(?:(\d{1,3})\s*(?:(?:working |work |business )?days?|个?工作日|天)?(?:后)?|off|never|关闭|关)\s*$",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\s*[,，]?\s*(?:\b(?:in|after|within)\s+)?(\d{1,3})\s*(?:(?:working |business )?days?\b|个?工作日|天)"
    r"\s*(?:之?内|之?后|later)?",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(r"\s*[,，]?\s*(?:\b(?:the )?same day\b|当天)", re.IGNORECASE)
_MANAGER = re.compile(
    r"\s*[,，]?\s*(?:\b(?:to|for|by) (?:the |their )?(?:owner's )?manager\b|(?:给|由)(?:销售)?(?:经理|主管))",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"\s*[,，]?\s*(?:\b(?:to|for|by)\s+|给|由)?\s*({MENTION.pattern})")


def ruled_by_line(interaction: Interaction) -> Answer | None:
    """The answer to a line about rules; None where it is a task's."""
    text = interaction.text
    if _SHOWN.match(text):
        return Answer(rules_card(interaction))
    if escalate := _ESCALATE.match(text):
        return _escalated(interaction, int(escalate[1]) if escalate[1] else None)
    template = _TEMPLATE.match(text)
    return _template(interaction, template[1], template[2]) if template else None


def _template(interaction: Interaction, stage: str, words: str) -> Answer:
    check_is_admin(interaction.session, interaction.actor)
    values: dict[str, Any] = {"days": 0}
    if days := _DAYS.search(words):
        values["days"], words = int(days[1]), _without(words, days)
    elif same := _SAME_DAY.search(words):
        words = _without(words, same)
    if manager := _MANAGER.search(words):
        values["whose"], words = "manager", _without(words, manager)
    elif named := _PERSON.search(words):
        person = person_named(interaction, named[1])
        values |= {"whose": "person", "person_id": person.id if person else None}
        words = _without(words, named)
    template = keep_template(
        interaction.session,
        interaction.actor,
        stage=stage_named(interaction.session, stage.strip()),
        text=words,
        **values,
    )
    said = "✅ " + interaction._("From now on:") + "\n" + views.line(template, interaction.actor.locale)
    return Answer(rules_card(interaction, said=said, changeset=interaction.changeset))


def _without(words: str, part: re.Match[str]) -> str:
    return f"{words[: part.start()]} {words[part.end() :]}".strip()


def rules_card(interaction: Interaction, *, page: int = 0, **more: Any) -> Message:
    """The rules as they are now."""
    session, actor = interaction.session, interaction.actor
    return views.card(
        list_task_templates(session),
        workspace_settings(session),
        actor.locale,
        may_edit=actor.is_admin,
        admins=", ".join(person.name for person in list_admins(session)) or "—",
        page=page,
        **more,
    )


@routes.action("task_rules.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """The rules, by button."""
    return Answer(rules_card(interaction))


@routes.action("task_rules.page", changes=False)
def press_page(interaction: Interaction) -> Answer:
    """Another page of them."""
    return Answer(rules_card(interaction, page=int(interaction.value.get("page") or 0)), replace=True)


@routes.action("task_rules.new")
def press_new(interaction: Interaction) -> Answer:
    """The form of a new one."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(list_every_stage(interaction.session), interaction.actor.locale))


@routes.action("task_rules.edit")
def press_edit(interaction: Interaction) -> Answer:
    """The form of one that is there."""
    session = interaction.session
    check_is_admin(session, interaction.actor)
    template = access_task_template(session, interaction.value["template"])
    stages, values = list_every_stage(session), views.form_values(template)
    return Answer(modal=views.form(stages, interaction.actor.locale, values=values, template_id=template.id))


@routes.view("task_rules.save")
def submit_rule(interaction: Interaction) -> Answer:
    """Keep it."""
    form, session = interaction.form, interaction.session
    template = keep_template(
        session,
        interaction.actor,
        stage=access_stage(session, int(form["stage"])),
        text=form.get("text"),
        days=whole_number(interaction, "after_days") or 0,
        whose=str(form.get("whose") or "owner"),
        person_id=chosen_person(interaction, "person"),
        template_id=interaction.metadata.get("template"),
    )
    said = "✅ " + interaction._("From now on:") + "\n" + views.line(template, interaction.actor.locale)
    return Answer(rules_card(interaction, said=said, changeset=interaction.changeset))


@routes.action("task_rules.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Plan it no more."""
    session, actor = interaction.session, interaction.actor
    delete_template(session, actor, interaction.value["template"], now=interaction.now)
    said = "🗑️ " + interaction._("It is planned no more. Tasks that are there stay.")
    card = rules_card(interaction, said=said, changeset=interaction.changeset)
    if not interaction.in_modal:
        return Answer(card, replace=True)
    view = views.deleted(actor.locale, said=said, changeset=interaction.changeset)
    return Answer(update=view)


@routes.action("task_rules.escalation")
def press_escalation(interaction: Interaction) -> Answer:
    """Ask after how many days."""
    check_is_admin(interaction.session, interaction.actor)
    days = workspace_settings(interaction.session).escalate_after_days
    return Answer(modal=views.escalation_form(days, interaction.actor.locale))


@routes.view("task_rules.escalation")
def submit_escalation(interaction: Interaction) -> Answer:
    """Keep it."""
    return _escalated(interaction, whole_number(interaction, "after_days"))


def _escalated(interaction: Interaction, days: int | None) -> Answer:
    try:
        settings = set_escalation(interaction.session, interaction.actor, days)
    except NotWorkingDays as refusal:
        refusal.field = "after_days"
        raise
    words = views.escalation_in_words(settings.escalate_after_days, interaction.actor.locale)
    return Answer(rules_card(interaction, said=f"✅ {words}", changeset=interaction.changeset))
