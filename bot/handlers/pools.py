"""Who has a lead: Claim, Assign, To the pool, I am working on it; by button and by line."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.tasks import chosen_person, person_named
from bot.services.leads import edit_lead
from bot.services.pools import assign_lead, claim_lead, release_lead
from bot.store.leads import access_lead
from bot.store.models import Lead
from bot.views import lead_forms as forms
from bot.views import leads as views
from bot.views.blocks import Message
from bot.views.text import shown

routes = Routes()


def lead_card(interaction: Interaction, lead: Lead, said: str, *notes: str) -> Message:
    """The lead's card below what just happened with it."""
    return views.card(lead, interaction.actor.locale, said=said, notes=notes, changeset=interaction.changeset)


def claim(interaction: Interaction, lead_id: int) -> Answer:
    """Take one that nobody has."""
    claimed = claim_lead(interaction.session, interaction.actor, lead_id, now=interaction.now)
    return Answer(lead_card(interaction, claimed, "✅ " + interaction._("It is yours now.")))


def release(interaction: Interaction, lead_id: int) -> Answer:
    """Give one back."""
    released = release_lead(interaction.session, interaction.actor, lead_id, now=interaction.now)
    return Answer(
        lead_card(interaction, released, "✅ " + interaction._("It is in the pool: anybody may claim it."))
    )


def assign(interaction: Interaction, lead_id: int, person_id: int) -> Answer:
    """Give one to somebody."""
    given = assign_lead(interaction.session, interaction.actor, lead_id, person_id, now=interaction.now)
    _ = interaction._
    name = shown(given.owner.name, 80) if given.owner else "—"
    said = "✅ " + _("{name} has it now.", name=name)
    told = (
        [_("{name} gets a message about it.", name=name)] if person_id != interaction.actor.person_id else []
    )
    return Answer(lead_card(interaction, given, said, *told))


@routes.action("lead.claim")
def press_claim(interaction: Interaction) -> Answer:
    """Claim, on a card or in a list."""
    return claim(interaction, interaction.value["lead"])


@routes.action("lead.release")
def press_release(interaction: Interaction) -> Answer:
    """To the pool."""
    return release(interaction, interaction.value["lead"])


@routes.action("lead.keep")
def press_keep(interaction: Interaction) -> Answer:
    """I am working on it: it is not idle."""
    kept = edit_lead(
        interaction.session, interaction.actor, interaction.value["lead"], {}, now=interaction.now
    )
    return Answer(lead_card(interaction, kept, "✅ " + interaction._("It stays yours.")))


@routes.action("lead.assign")
def press_assign(interaction: Interaction) -> Answer:
    """Ask who gets it."""
    lead = access_lead(interaction.session, interaction.value["lead"])
    return Answer(modal=forms.assign_form(lead, interaction.actor.locale))


@routes.view("lead.assign")
def submit_assign(interaction: Interaction) -> Answer:
    """Give it to whom the form names."""
    return assign(interaction, interaction.metadata["lead"], chosen_person(interaction, "owner") or 0)


def assign_line(interaction: Interaction, lead_id: int, words: str) -> Answer:
    """`lead assign Blue Ocean @bo`; without a name the form asks."""
    person = person_named(interaction, words) if words else None
    if person is None:
        lead = access_lead(interaction.session, lead_id)
        return Answer(modal=forms.assign_form(lead, interaction.actor.locale))
    return assign(interaction, lead_id, person.id)
