"""`/crm scorecard`: what evaluations ask, chosen ready-made or shaped by admins."""

from collections.abc import Sequence

from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.i18n.scorecards import TEMPLATES
from bot.services.edits import EditConflict
from bot.services.rights import check_is_admin
from bot.services.scorecards import (
    add_criterion,
    asked_as,
    choose_template,
    delete_criterion,
    edit_criterion,
    scorecard,
)
from bot.store.models import Criterion
from bot.views import scorecards as views
from bot.views.blocks import Message
from bot.views.text import plain, shown

routes = Routes()


@routes.command("scorecard")
def show_scorecard(interaction: Interaction) -> Answer:
    """What is asked; with the name of a ready scorecard, an admin chooses it: `/crm scorecard bant`."""
    typed = plain(interaction.text).strip().casefold()
    if typed in TEMPLATES:
        return _chosen(interaction, typed)
    return Answer(_listing(interaction))


def _listing(interaction: Interaction, said: str | None = None, *, undo: bool = False) -> Message:
    return views.listing(
        scorecard(interaction.session),
        interaction.actor.locale,
        may_edit=interaction.actor.is_admin,
        said=said,
        changeset=interaction.changeset if undo else None,
    )


@routes.action("scorecard.choose")
def press_choose(interaction: Interaction) -> Answer:
    """Ask what a ready scorecard asks."""
    return _chosen(interaction, str(interaction.value["template"]))


def _chosen(interaction: Interaction, key: str) -> Answer:
    if key not in TEMPLATES:
        return Answer(_listing(interaction))
    choose_template(interaction.session, interaction.actor, key, now=interaction.now)
    said = "✅ " + interaction._("Evaluations ask this from now on.")
    return Answer(_listing(interaction, said, undo=True), replace=interaction.kind == "action")


@routes.action("criterion.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form of a new question."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(interaction.actor.locale))


@routes.view("criterion.create")
def submit_create(interaction: Interaction) -> Answer:
    """Ask one thing more."""
    form = interaction.form
    made = add_criterion(
        interaction.session,
        interaction.actor,
        name=plain(form.get("name") or ""),
        levels=plain(form.get("levels") or "").splitlines(),
    )
    said = "✅ " + interaction._("Evaluations also ask about {name}.", name=shown(made.name, 60))
    return Answer(_listing(interaction, said, undo=True))


def _asked(interaction: Interaction, key: str) -> Criterion:
    return asked_as(scorecard(interaction.session), key)


@routes.action("criterion.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a question."""
    check_is_admin(interaction.session, interaction.actor)
    criterion = _asked(interaction, str(interaction.value["key"]))
    locale = interaction.actor.locale
    return Answer(modal=views.form(locale, values=views.form_values(criterion, locale), criterion=criterion))


@routes.view("criterion.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved it meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    key = str(metadata["key"])
    criterion = _asked(interaction, key)
    try:
        edit_criterion(
            interaction.session,
            interaction.actor,
            key,
            name=views.as_kept(plain(form.get("name") or ""), criterion, locale),
            levels=_kept_levels(plain(form.get("levels") or "").splitlines(), criterion, locale),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        criterion = _asked(interaction, key)
        problems = conflict_problems(interaction, conflict, views.form_values(criterion, locale))
        view = views.form(locale, values=form, criterion=criterion, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return Answer(_listing(interaction, "✅ " + interaction._("Saved."), undo=True))


def _kept_levels(typed: Sequence[str], criterion: Criterion, locale: str) -> list[str]:
    return [views.as_kept(each, criterion, locale) for each in typed]


@routes.action("criterion.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Ask it no more; Undo asks it again."""
    gone = delete_criterion(
        interaction.session, interaction.actor, str(interaction.value["key"]), now=interaction.now
    )
    name = shown(views.words(gone.name, interaction.actor.locale), 60)
    said = "🗑️ " + interaction._("{name} is no longer asked.", name=name)
    return Answer(_listing(interaction, said, undo=True))
