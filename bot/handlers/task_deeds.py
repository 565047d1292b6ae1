"""What is done with a task in one line: `/crm task done demo: they want 50 seats; next: quote Fri 3pm`.

Such a line is about an open task whose words it names; where there is none, the line is a new task's.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.task_news import NoteKind
from bot.handlers import task_responses as responses
from bot.handlers.answers import Answer
from bot.handlers.due import due_of
from bot.handlers.forms import chosen_priority
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.lines import MOST_READINGS, choice, read_typed
from bot.handlers.task_buttons import happened
from bot.handlers.task_priorities import prioritised
from bot.handlers.tasks import person_named
from bot.services.tasks import cancel_task
from bot.store.models import Task
from bot.store.tasks import access_task, list_tasks_named
from bot.store.team_days import people_below
from bot.views.blocks import Message, action_row, section
from bot.views.text import plain


@dataclass(frozen=True)
class Deed:
    """What to do with the task, whose words stand in `named`, with what is said after them."""

    name: str
    named: str
    said: str


_WORDS: tuple[tuple[str, str], ...] = (
    ("done", r"done(?: with)?|完成|做完|办完"),
    ("accept", r"accept|接受|接下"),
    ("decline", r"decline|婉拒|拒绝"),
    ("help", r"help(?: with)?|求助"),
    ("comment", r"comment(?: on)?|评论|备注"),
    ("give", r"give|hand over|handover|reassign|转交|转派|移交"),
    ("drop", r"drop|取消"),
    ("high", r"(?:high|important|prioriti[sz]e)|(?:高优先级|标为重要|设为重要)"),
    ("normal", r"normal|普通优先级|(?:标为|设为)普通"),
    ("low", r"low|低优先级|(?:标为|设为)不急"),
)
_NEEDS_WORDS = frozenset(["decline", "help", "comment"])
"""These say something after a colon, or they are no deed but a task."""
_NEXT = re.compile(r"[;；]\s*(?:next(?: step)?|then|下一步|接下来)\s*[:：]?\s*", re.IGNORECASE)
_TO = re.compile(rf"\s*(?:\bto\b|给)?\s*({MENTION.pattern})\s*[:：]?\s*", re.IGNORECASE)
_TO_NAME = re.compile(r"\s+(?:to|给)\s+([^:：]{1,60})", re.IGNORECASE)


def done_by_line(interaction: Interaction) -> Answer | None:
    """The answer to a deed; None where the line is none, or names no task that is open."""
    deed = _deed(interaction.text)
    if deed is None:
        return None
    chosen = interaction.choices.get("task")
    if isinstance(chosen, dict) and str(chosen.get("id", "")).isdigit():
        return _DEEDS[deed.name](interaction, access_task(interaction.session, int(chosen["id"])), deed)
    found = _named(interaction, plain(deed.named))
    if not found:
        return None
    if len(found) > 1:
        return _which(interaction, found)
    return _DEEDS[deed.name](interaction, found[0], deed)


def _named(interaction: Interaction, words: str) -> Sequence[Task]:
    """One's own tasks of these words, else those of one's people."""
    session, me = interaction.session, interaction.actor.person_id or 0
    own = list_tasks_named(session, words, person_ids=[me])
    return own or list_tasks_named(session, words, person_ids=people_below(session, me))


def _deed(text: str) -> Deed | None:
    for name, words in _WORDS:
        begins = re.match(rf"(?:{words})(?:[\s:：]+)", text, re.IGNORECASE)
        if not begins:
            continue
        rest = text[begins.end() :]
        if name == "give":
            to = _TO.search(rest) or _TO_NAME.search(rest)
            return Deed(name, rest[: to.start()].strip(), rest[to.start() :]) if to else None
        named, colon, said = rest.partition(":") if ":" in rest else rest.partition("：")
        if name == "done" and not colon and (step := _NEXT.search(named)):
            named, said = named[: step.start()], named[step.start() :]
        if not named.strip() or (name in _NEEDS_WORDS and not said.strip()):
            return None
        return Deed(name, named.strip(), said.strip())
    return None


def _which(interaction: Interaction, found: Sequence[Task]) -> Answer:
    text = interaction._("Which task do you mean?")
    buttons = [
        choice(interaction, "task", each.text[:70], {"task": {"id": each.id, "name": each.text[:60]}})
        for each in found[:MOST_READINGS]
    ]
    return Answer(Message(text, (section(text), action_row(*buttons))))


def _done(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    outcome, *following = _NEXT.split(deed.said, maxsplit=1)
    if not following:
        return responses.finished(interaction, task.id, outcome, None, None)
    interaction.text = following[0]
    line = read_typed(interaction, "task")
    if line.asks:  # nothing is asked about a step beside the deed: its words stand as they are
        return responses.finished(interaction, task.id, outcome, following[0], None)
    customer = line.fields.get("customer")
    words = [str(getattr(customer, "name", customer or "")), str(line.fields.get("text") or ""), line.note]
    text = " ".join(each.strip() for each in words if each.strip())
    return responses.finished(interaction, task.id, outcome, text, due_of(line.fields.get("due")))


def _accept(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    return responses.accepted(interaction, task.id)


def _decline(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    return responses.declined(interaction, task.id, deed.said)


def _help(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    return responses.helped(interaction, task.id, deed.said)


def _comment(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    return responses.commented(interaction, task.id, deed.said, NoteKind.COMMENT)


def _give(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    to = _TO.match(deed.said)
    named = _TO_NAME.match(deed.said)
    person = person_named(interaction, to[1] if to else named[1].strip() if named else None)
    end = to.end() if to else named.end() if named else 0
    words = deed.said[end:].lstrip(" :：")
    return responses.given(interaction, task.id, person.id if person else 0, words)


def _drop(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    dropped = cancel_task(interaction.session, interaction.actor, task.id, now=interaction.now)
    return happened(interaction, dropped)


def _prioritised(interaction: Interaction, task: Task, deed: Deed) -> Answer:
    return prioritised(interaction, task.id, chosen_priority(deed.name))


_DEEDS: dict[str, Callable[[Interaction, Task, Deed], Answer]] = {
    "done": _done,
    "accept": _accept,
    "decline": _decline,
    "help": _help,
    "comment": _comment,
    "give": _give,
    "drop": _drop,
    **dict.fromkeys(("high", "normal", "low"), _prioritised),
}
