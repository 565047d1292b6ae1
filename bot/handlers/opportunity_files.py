"""Files of an opportunity: `/crm files Acme`, the form that attaches some, and what the card shows."""

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_named_first, which_opportunity
from bot.handlers.interaction import Interaction
from bot.handlers.messages import uploaded
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.services.activities import log_activity
from bot.store.activities import list_files_of
from bot.store.opportunities import access_opportunity
from bot.views import opportunity_files as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()


class FilesMissing(Refusal):
    """A form of files without one."""

    message = "Choose at least one file."


@routes.command("files", changes=False)
def files(interaction: Interaction) -> Answer:
    """The files of an opportunity."""
    typed = plain(interaction.text).strip()
    if not typed:
        return which_opportunity(interaction, "files", "")
    found, name, _rest = opportunities_named_first(interaction, typed)
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "files", "", found)
    return Answer(_listing(interaction, found[0].id))


def _listing(
    interaction: Interaction, opportunity_id: int, said: str | None = None, *, undo: bool = False
) -> Message:
    return views.listing(
        access_opportunity(interaction.session, opportunity_id),
        list_files_of(interaction.session, opportunity_id, limit=views.SHOWN + 1),
        interaction.actor.locale,
        zone=interaction.actor.tz,
        said=said,
        changeset=interaction.changeset if undo else None,
    )


@routes.action("opportunity.files", changes=False)
def press_files(interaction: Interaction) -> Answer:
    """The same from the menu."""
    return Answer(_listing(interaction, interaction.value["opportunity"]))


@routes.action("opportunity.attach", changes=False)
def press_attach(interaction: Interaction) -> Answer:
    """Open the form."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    return Answer(modal=views.form(opportunity, interaction.actor.locale))


@routes.view("opportunity.attach")
def submit_attach(interaction: Interaction) -> Answer:
    """Keep them as a note on the timeline, which says what they are."""
    opportunity_id = interaction.metadata["opportunity"]
    attached = uploaded(interaction.form.get("files"))
    if not attached:
        raise FilesMissing(field="files")
    log_activity(
        interaction.session,
        interaction.actor,
        now=interaction.now,
        kind="note",
        text=interaction.form.get("text") or ", ".join(each.name for each in attached)[:1000],
        opportunity_id=opportunity_id,
        files=attached,
    )
    said = "✅ " + interaction._("Attached.")
    return Answer(_listing(interaction, opportunity_id, said, undo=True))
