"""The scorecard as people see it: its questions with their levels, the choice of a ready one, the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import translate, translator
from bot.i18n.scorecards import READY, TEMPLATES, TEXTS
from bot.store.models import Criterion
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    confirmation,
    context,
    modal,
    option,
    plain_text,
    section,
    text_input,
    value_of,
)
from bot.views.forms import with_problems
from bot.views.text import shown


def words(text: str, locale: str) -> str:
    """A name or level: the ready ones in the reader's language, an admin's own as they were typed."""
    return translate(locale, text) if text in TEXTS else text


def typed_words(criterion: Criterion) -> tuple[str, ...]:
    """What people may type for a question, in every language."""
    ready = READY.get(criterion.key)
    names = [criterion.name, words(criterion.name, "zh-CN"), words(criterion.name, "en-US")]
    if ready is not None:
        names += [*ready.words, ready.key.replace("_", " ")]
    return tuple(dict.fromkeys(each.casefold() for each in names))


def listing(
    criteria: Sequence[Criterion],
    locale: str,
    *,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """What an evaluation asks, with what an admin does about it."""
    _ = translator(locale)
    heading = f"*{_('Scorecard')}*"
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(heading))
    lines = []
    for each in criteria:
        levels = "\n".join(
            f"{value} · {shown(words(level, locale), 80)}" for value, level in enumerate(each.levels)
        )
        line = f"*{shown(words(each.name, locale), 60)}*\n{levels}"
        edit = button(_("Edit"), "criterion.edit", key=each.key) if may_edit else None
        blocks.append(section(line, accessory=edit, block_id=f"criterion_{each.key}"))
        lines.append(line)
    if may_edit:
        row = [button(_("New question"), "criterion.new", style="primary")]
        row += [_ready(key, name, locale) for key, (name, _criteria) in TEMPLATES.items()]
        row.append(_delete(criteria, locale))
        row += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
        blocks.append(action_row(*row))
        blocks.append(context(_("Evaluations so far keep the points that they were given.")))
    else:
        blocks.append(context(_("An admin changes what is asked.")))
    return Message("\n".join([*([said] if said else []), heading, *lines]), tuple(blocks))


def _ready(key: str, name: str, locale: str) -> Block:
    _ = translator(locale)
    name = translate(locale, name)
    asks = ", ".join(words(each.name, locale) for each in TEMPLATES[key][1])
    confirm = confirmation(
        name, _("From now on it asks: {questions}", questions=asks), _("Use it"), _("Cancel")
    )
    return button(_("Ask {name}", name=name), "scorecard.choose", confirm=confirm, template=key)


def _delete(criteria: Sequence[Criterion], locale: str) -> Block:
    _ = translator(locale)
    return {
        "type": "static_select",
        "action_id": "criterion.delete",
        "placeholder": plain_text(_("Delete question"), 150),
        "options": [option(words(each.name, locale), value_of(key=each.key)) for each in criteria],
    }


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    criterion: Criterion | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new question, or of one to edit."""
    _ = translator(locale)
    values = values or {}
    blocks = [
        text_input("name", _("What is asked about"), values.get("name"), optional=False, longest=60),
        text_input(
            "levels",
            _("Levels"),
            values.get("levels"),
            optional=False,
            multiline=True,
            longest=600,
            hint=_("One a line, from the lowest (0 points) to the highest; say what each means"),
        ),
    ]
    metadata: dict[str, Any] = (
        {"key": criterion.key, "version": criterion.version or 1} if criterion is not None else {}
    )
    return modal(
        _("Edit question") if criterion is not None else _("New question"),
        _("Save") if criterion is not None else _("Create"),
        with_problems(blocks, problems or {}),
        callback="criterion.edit" if criterion is not None else "criterion.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(criterion: Criterion, locale: str) -> dict[str, Any]:
    """What the form shows of a question."""
    return {
        "name": words(criterion.name, locale),
        "levels": "\n".join(words(each, locale) for each in criterion.levels),
    }


def as_kept(text: str, criterion: Criterion, locale: str) -> str:
    """What is kept of a name or level: the ready text where the reader's language shows it so."""
    known = {words(each, locale): each for each in (criterion.name, *criterion.levels)}
    return known.get(text.strip(), text.strip())
