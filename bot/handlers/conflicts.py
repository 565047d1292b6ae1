"""Two edits of one record: the later person sees both values, and nothing that either typed is lost."""

import json
from collections.abc import Mapping
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.services.edits import EditConflict
from bot.views.blocks import View, value_of
from bot.views.problems import sentence
from bot.views.text import shown

_COLUMNS = ("", "_id", "_minor", "_on", "_at")
"""What a form's field is called in the store: itself, or itself with one of these."""


def conflict_problems(
    interaction: Interaction, conflict: EditConflict, theirs: Mapping[str, Any]
) -> dict[str, str]:
    """What stands beside the fields that somebody else changed too: the value that each has now.

    `theirs` are the form's values of the record as it is now; a choice is a text and a value.
    """
    problems = {"": sentence(conflict, interaction.actor.locale)}
    for field, value in theirs.items():
        if {field + ending for ending in _COLUMNS} & set(conflict.theirs):
            text = value[0] if isinstance(value, tuple) else value
            is_person = field in ("owner", "assignee") and text
            now_there = f"<@{text}>" if is_person else shown(str(text or "—"), 200)
            problems[field] = interaction._("Now: {value}", value=now_there)
    return problems


def asked_again(interaction: Interaction, form: View) -> Answer:
    """The form again with one more question; it goes on from what it was opened with."""
    metadata = json.loads(form["private_metadata"]) | interaction.metadata
    return Answer(update=form | {"private_metadata": value_of(**metadata)}, refused=True)


def conflict_answer(interaction: Interaction, conflict: EditConflict, form: View) -> Answer:
    """The form again, with what was typed and the other's values beside it.

    The next try builds on what this one was opened with, and knows which of the other's values were shown:
    Slack keeps a field's state, so an untouched field still holds its old value.
    """
    metadata = json.loads(form["private_metadata"]) | interaction.metadata | {"seen": dict(conflict.seen)}
    return Answer(update=form | {"private_metadata": value_of(**metadata)}, refused=True)
