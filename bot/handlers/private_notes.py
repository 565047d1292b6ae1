"""`/crm private Acme would accept 8% off`: notes on an opportunity that few may see."""

from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_named_first, which_opportunity
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.services.private_notes import delete_private_note, private_notes_for, write_private_note
from bot.store.opportunities import access_opportunity
from bot.views import private_notes as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()


@routes.command("private")
def private(interaction: Interaction) -> Answer:
    """Write one down from a line, or show those that one may see."""
    typed = interaction.text.strip()
    if not typed:
        return which_opportunity(interaction, "private", "")
    found, name, rest = opportunities_named_first(interaction, plain(typed))
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "private", rest, found)
    if not rest:
        return Answer(_listing(interaction, found[0].id))
    write_private_note(interaction.session, interaction.actor, found[0].id, rest, now=interaction.now)
    return _written(interaction, found[0].id)


def _written(interaction: Interaction, opportunity_id: int) -> Answer:
    said = "✅ " + interaction._("Written down for you.")
    return Answer(_listing(interaction, opportunity_id, said, undo=True))


def _listing(
    interaction: Interaction, opportunity_id: int, said: str | None = None, *, undo: bool = False
) -> Message:
    return views.listing(
        access_opportunity(interaction.session, opportunity_id),
        private_notes_for(interaction.session, interaction.actor, opportunity_id),
        interaction.actor.locale,
        zone=interaction.actor.tz,
        person_id=interaction.actor.person_id,
        said=said,
        changeset=interaction.changeset if undo else None,
    )


@routes.action("private_note.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Those that one may see."""
    return Answer(_listing(interaction, interaction.value["opportunity"]))


@routes.action("private_note.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(modal=views.form(opportunity, interaction.actor.locale))


@routes.view("private_note.create")
def submit_create(interaction: Interaction) -> Answer:
    """Write it down."""
    opportunity_id = interaction.metadata["opportunity"]
    write_private_note(
        interaction.session,
        interaction.actor,
        opportunity_id,
        interaction.form.get("text"),
        now=interaction.now,
    )
    return _written(interaction, opportunity_id)


@routes.action("private_note.delete")
def press_delete(interaction: Interaction) -> Answer:
    """Take it away; Undo brings it back."""
    gone = delete_private_note(
        interaction.session, interaction.actor, interaction.value["note"], now=interaction.now
    )
    said = "🗑️ " + interaction._("Note deleted.")
    return Answer(_listing(interaction, gone.opportunity_id, said, undo=True))
