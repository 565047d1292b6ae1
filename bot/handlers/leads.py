"""Leads: `/crm lead`, the list, the form and the buttons."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.lines import read_typed, whole_name
from bot.handlers.router import Routes
from bot.handlers.tasks import person_named
from bot.language import Line
from bot.services.edits import EditConflict
from bot.services.leads import claim_lead, convert_lead, disqualify_lead, edit_lead, make_lead
from bot.store.customers import find_customers_called
from bot.store.leads import access_lead, count_open_leads, find_open_leads_called, list_open_leads
from bot.store.models import Lead
from bot.store.people import find_slack_person
from bot.views import leads as views
from bot.views import opportunities as opportunity_views
from bot.views.blocks import Message, button
from bot.views.text import plain, shown

routes = Routes()

LIST = frozenset(["mine", "my", "list", "open", "all", "pool", "我的", "列表", "全部", "公海"])
"""After `/crm lead` these ask for the list."""


@routes.command("lead")
def lead(interaction: Interaction) -> Answer:
    """Keep one from a line, show one by name, list the open ones, or open the form."""
    if not interaction.text:
        return Answer(modal=views.form(interaction.actor.locale, values=_own(interaction)))
    if interaction.text.casefold() in LIST:
        return Answer(_listed(interaction))
    line = read_typed(interaction, "lead")
    typed = line.words.get("customer")
    columns = _said(interaction, line)
    if typed is None:
        return Answer(modal=views.form(interaction.actor.locale, values=_own(interaction) | columns))
    name, rest = whole_name(interaction.text, typed, line.note)
    if name == typed:
        name = str(line.fields["customer"])  # without quotation marks
    note = " · ".join(filter(None, [rest, line.words.get("amount"), line.words.get("probability")]))
    if note:
        columns["note"] = note
    known = find_open_leads_called(interaction.session, plain(name))
    if known and not columns:
        return Answer(_card(interaction, known[0]))
    if known:
        saved = edit_lead(interaction.session, interaction.actor, known[0].id, _added(known[0], columns))
        said = "✅ " + interaction._("Saved.")
        return Answer(_card(interaction, saved, said=said, changeset=interaction.changeset))
    columns = {"owner_id": interaction.actor.person_id} | columns
    made = make_lead(interaction.session, interaction.actor, name=plain(name), **columns)
    return Answer(_made(interaction, made))


def _said(interaction: Interaction, line: Line) -> dict[str, Any]:
    """What the line says besides the name, by column."""
    fields = line.fields
    columns = {
        "contact_name": fields.get("contact"),
        "phone": fields.get("phone"),
        "email": fields.get("email"),
        "source": fields.get("source"),
    }
    owner = person_named(interaction, fields.get("owner"))
    return {column: value for column, value in columns.items() if value} | (
        {"owner_id": owner.id} if owner else {}
    )


def _added(known: Lead, columns: Mapping[str, Any]) -> dict[str, Any]:
    """A note is added to the one that is there; everything else takes its place."""
    values = dict(columns)
    if known.note and "note" in values:
        values["note"] = f"{known.note}\n{values['note']}"
    return values


def _own(interaction: Interaction) -> dict[str, Any]:
    return {"owner": interaction.actor.slack_user_id}


def _card(interaction: Interaction, shown_lead: Lead, **more: Any) -> Message:
    return views.card(shown_lead, interaction.actor.locale, **more)


def _made(interaction: Interaction, made: Lead) -> Message:
    """The new lead's card; where there is a customer of the name already, it says so."""
    _ = interaction._
    known = find_customers_called(interaction.session, made.name)
    notes, more = [], []
    if known:
        notes.append(_("There is a customer of this name already; converting will use it."))
        more.append(button(_("Show customer"), "customer.show", customer=known[0].id))
    said = "✅ " + _("Lead kept.")
    return _card(interaction, made, said=said, notes=notes, more=more, changeset=interaction.changeset)


def _listed(interaction: Interaction, offset: int = 0) -> Message:
    owner_id = interaction.actor.person_id
    found = list_open_leads(interaction.session, owner_id=owner_id, limit=views.PAGE, offset=offset)
    count = count_open_leads(interaction.session, owner_id=owner_id)
    return views.listing(found, interaction.actor.locale, count=count, offset=offset)


@routes.action("lead.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Another page of the list."""
    return Answer(_listed(interaction, int(interaction.value.get("offset") or 0)), replace=True)


@routes.action("lead.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, with the name that the button has."""
    values = _own(interaction) | {"name": interaction.value.get("name")}
    return Answer(modal=views.form(interaction.actor.locale, values=values))


@routes.view("lead.create")
def submit_create(interaction: Interaction) -> Answer:
    """Keep a lead from the form."""
    made = make_lead(interaction.session, interaction.actor, **_columns(interaction))
    return Answer(_made(interaction, made))


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    owner = find_slack_person(interaction.session, form["owner"]) if form.get("owner") else None
    columns: dict[str, Any] = {column: form.get(column) for column in views.COLUMNS}
    return columns | {"owner_id": owner.id if owner else None}


@routes.action("lead.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a lead."""
    known = access_lead(interaction.session, interaction.value["lead"])
    view = views.form(interaction.actor.locale, values=views.form_values(known), lead=known)
    return Answer(modal=view)


@routes.view("lead.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    metadata, locale = interaction.metadata, interaction.actor.locale
    known = access_lead(interaction.session, metadata["lead"])
    columns = _columns(interaction)
    if columns["owner_id"] is None and known.owner and known.owner.slack_user_id is None:
        del columns["owner_id"]  # the form cannot show an owner who is not in Slack
    try:
        saved = edit_lead(
            interaction.session,
            interaction.actor,
            known.id,
            columns,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_lead(interaction.session, metadata["lead"])
        problems = conflict_problems(interaction, conflict, views.form_values(known))
        view = views.form(locale, values=interaction.form, lead=known, problems=problems)
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    return Answer(_card(interaction, saved, said=said, changeset=interaction.changeset))


@routes.action("lead.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    return Answer(_card(interaction, access_lead(interaction.session, interaction.value["lead"])))


@routes.action("lead.claim")
def press_claim(interaction: Interaction) -> Answer:
    """Take one that nobody has."""
    claimed = claim_lead(interaction.session, interaction.actor, interaction.value["lead"])
    said = "✅ " + interaction._("It is yours now.")
    return Answer(_card(interaction, claimed, said=said, changeset=interaction.changeset))


@routes.action("lead.convert")
def press_convert(interaction: Interaction) -> Answer:
    """Make customer, contact and opportunity of one; the opportunity's card is the answer."""
    _ = interaction._
    converted = convert_lead(
        interaction.session, interaction.actor, interaction.value["lead"], now=interaction.now
    )
    name = shown(converted.customer.name, 100)
    notes = [_("New customer: {name}", name=name) if converted.is_new else _("Customer: {name}", name=name)]
    if converted.contact:
        notes.append(_("Contact: {name}", name=shown(converted.contact.name, 100)))
    return Answer(
        opportunity_views.card(
            converted.opportunity,
            interaction.actor.locale,
            said="✅ " + _("Lead converted. How much is it worth, and when does it close?"),
            notes=notes,
            changeset=interaction.changeset,
        )
    )


@routes.action("lead.disqualify")
def press_disqualify(interaction: Interaction) -> Answer:
    """Ask for the reason."""
    known = access_lead(interaction.session, interaction.value["lead"])
    return Answer(modal=views.disqualify_form(known, interaction.actor.locale))


@routes.view("lead.disqualify")
def submit_disqualify(interaction: Interaction) -> Answer:
    """Give one up with its reason."""
    closed = disqualify_lead(
        interaction.session,
        interaction.actor,
        interaction.metadata["lead"],
        reason=interaction.form.get("reason"),
    )
    said = interaction._("Lead disqualified.")
    return Answer(_card(interaction, closed, said=said, changeset=interaction.changeset))
