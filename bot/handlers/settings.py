"""`/crm settings`: what holds for the whole workspace."""

from zoneinfo import available_timezones

from bot.domain.actors import Actor
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.edits import EditConflict
from bot.services.rights import check_is_admin
from bot.services.settings import edit_settings
from bot.services.working_days import countries
from bot.store import Session
from bot.store.people import list_admins
from bot.store.workspaces import workspace_settings
from bot.views import settings as views
from bot.views.blocks import Message, option

routes = Routes()


def _card(session: Session, actor: Actor, said: str | None = None, changeset: str | None = None) -> Message:
    return views.card(
        workspace_settings(session),
        actor.locale,
        admins=", ".join(person.name for person in list_admins(session)) or "—",
        may_edit=actor.is_admin,
        said=said,
        changeset=changeset,
    )


@routes.command("settings", changes=False)
def show_settings(interaction: Interaction) -> Answer:
    """Everybody sees them; admins change them."""
    return Answer(_card(interaction.session, interaction.actor))


@routes.action("settings.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """The same by button."""
    return Answer(_card(interaction.session, interaction.actor))


@routes.action("settings.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(workspace_settings(interaction.session), interaction.actor.locale))


@routes.view("settings.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    values = {
        "currency": form.get("currency"),
        "fiscal_start_month": int(form.get("fiscal_start_month") or 1),
        "zone": form.get("zone"),
        "working_days": "".join(sorted(form.get("working_days") or [])),
        "holidays_of": form.get("holidays_of"),
        "locale": form.get("locale"),
    }
    try:
        edit_settings(
            interaction.session,
            interaction.actor,
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        settings = workspace_settings(interaction.session)
        problems = conflict_problems(interaction, conflict, views.form_values(settings))
        return conflict_answer(
            interaction, conflict, views.form(settings, locale, values=values, problems=problems)
        )
    said = "✅ " + interaction._("Settings saved.")
    return Answer(_card(interaction.session, interaction.actor, said, interaction.changeset))


@routes.options("zone")
def search_zone(interaction: Interaction) -> Answer:
    """Time zones by part of their name."""
    typed = str(interaction.payload.get("value") or "").strip().lower().replace(" ", "_")
    found = sorted(zone for zone in available_timezones() if typed in zone.lower() and "/" in zone)
    return Answer(options=tuple(option(zone, zone) for zone in found[:50]))


@routes.options("holidays_of")
def search_country(interaction: Interaction) -> Answer:
    """Countries whose public holidays are known, by part of their name or their code."""
    typed = str(interaction.payload.get("value") or "").strip().casefold()
    named = views.countries(countries(), interaction.actor.locale)
    found = [(name, code) for name, code in named if typed in name.casefold() or typed == code.casefold()]
    return Answer(options=tuple(option(name, code) for name, code in found[:50]))
