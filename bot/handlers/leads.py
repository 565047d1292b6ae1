"""Leads: `/crm lead`, the list, the form and the buttons."""

from collections.abc import Mapping
from typing import Any

from bot.domain.duplicates import Kind
from bot.domain.leads import Authority
from bot.handlers import lead_policy, pools
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import local_date, typed_when
from bot.handlers.duplicates import fill_in, form_asking, keep_answer, question_of, used_instead
from bot.handlers.forms import at_field, typed_money
from bot.handlers.interaction import Interaction
from bot.handlers.lead_conversion import close_customers, convert
from bot.handlers.lead_lines import Deed, deed_of, labelled, whose_list
from bot.handlers.lead_policy import whole_number
from bot.handlers.lines import read_typed, whole_name
from bot.handlers.merging import asks_of
from bot.handlers.messages import message_text, permalink
from bot.handlers.own_fields import (
    LEADS,
    chosen_own,
    fields_asked,
    own_blocks,
    own_values,
    split_own,
)
from bot.handlers.router import Routes
from bot.handlers.tasks import person_named
from bot.language import Line
from bot.language.signatures import read_signature
from bot.services.custom_fields import without_empty
from bot.services.duplicates import Described, described
from bot.services.edits import EditConflict
from bot.services.leads import disqualify_lead, edit_lead, make_lead, qualify_lead
from bot.store.custom_fields import list_fields
from bot.store.customers import find_customers_called
from bot.store.leads import access_lead, count_open_leads, find_open_leads_called, list_open_leads
from bot.store.models import Lead
from bot.store.people import find_slack_person
from bot.views import lead_forms as forms
from bot.views import leads as views
from bot.views.blocks import Message, View, button, text_message
from bot.views.custom_fields import form_values as custom_values
from bot.views.text import plain, shown

routes = Routes()


@routes.command("lead")
def lead(interaction: Interaction) -> Answer:
    """Keep one from a line, do something with one, list the open ones, or open the form."""
    if not interaction.text:
        return Answer(modal=_form(interaction, {}))
    for words, asked in asks_of(Kind.LEADS):
        if found := words.fullmatch(interaction.text):
            return asked(interaction, found[1].strip())
    if asked_fields := fields_asked(interaction, LEADS):
        return asked_fields
    whose = whose_list(interaction.text)
    if whose:
        return Answer(_listed(interaction, whose))
    deed = deed_of(interaction)
    return _done(interaction, deed) if deed else _kept(interaction)


def _kept(interaction: Interaction) -> Answer:
    """A lead kept from a line, one shown by its name, or one with what the line adds."""
    interaction.text, own = split_own(interaction, LEADS)
    typed_text = labelled(interaction.text)
    interaction.text = typed_text.text
    line = read_typed(interaction, "lead")
    typed = line.words.get("customer")
    columns = _said(interaction, line, typed_text.values)
    if own:
        columns["custom"] = own
    if typed is None:
        return Answer(modal=_form(interaction, columns))
    name, rest = whole_name(interaction.text, typed, line.note)
    if name == typed:
        name = str(line.fields["customer"])  # without quotation marks
    note = " · ".join(filter(None, [rest, line.words.get("amount"), line.words.get("probability")]))
    if note:
        columns["note"] = note
    known = find_open_leads_called(interaction.session, plain(name))
    if known and not columns:
        return Answer(_card(interaction, known[0]))
    session, actor, now = interaction.session, interaction.actor, interaction.now
    if known:
        saved = edit_lead(session, actor, known[0].id, _added(known[0], columns), now=now)
        said = "✅ " + interaction._("Saved.")
        return Answer(_card(interaction, saved, said=said, changeset=interaction.changeset))
    form = _form(interaction, columns | {"name": plain(name)})
    if asking := form_asking(interaction, Kind.LEADS, _described(plain(name), columns), form):
        return Answer(modal=asking)
    columns = {"owner_id": actor.person_id} | columns
    made = make_lead(session, actor, name=plain(name), now=now, **columns)
    return Answer(_made(interaction, made))


def _said(interaction: Interaction, line: Line, labels: Mapping[str, str]) -> dict[str, Any]:
    """What the line says besides the name, by column."""
    fields = line.fields
    budget = typed_money(interaction, labels.get("budget"))
    columns = {
        "contact_name": fields.get("contact"),
        "phone": fields.get("phone"),
        "email": fields.get("email"),
        "source": fields.get("source"),
        "campaign": labels.get("campaign"),
        "region": labels.get("region"),
        "size": int(labels["size"].replace(",", "")) if "size" in labels else None,
        "budget_minor": budget.minor if budget else None,
        "currency": budget.currency if budget else None,
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


def _done(interaction: Interaction, deed: Deed) -> Answer:
    """What a line asks to do with one lead; a question where several are meant."""
    match deed.name:
        case "rules":
            return Answer(lead_policy.policy_card(interaction))
        case "away":
            return lead_policy.away_line(interaction, deed.typed)
        case "back":
            return lead_policy.back_line(interaction)
    if not deed.typed:
        return Answer(_listed(interaction, "pool" if deed.name == "claim" else "mine"))
    if len(deed.leads) != 1:
        return Answer(_which(interaction, deed))
    (found,) = deed.leads
    match deed.name:
        case "claim":
            return pools.claim(interaction, found.id)
        case "release":
            return pools.release(interaction, found.id)
        case "assign":
            return pools.assign_line(interaction, found.id, deed.rest.removeprefix("to ").removeprefix("给"))
        case "qualify":
            return Answer(modal=forms.qualify_form(found, interaction.actor.locale))
        case "convert":
            return convert(interaction, found.id)
    if not deed.rest:
        return Answer(modal=forms.disqualify_form(found, interaction.actor.locale))
    return _disqualified(interaction, found.id, deed.rest)


def _which(interaction: Interaction, deed: Deed) -> Message:
    """Nobody knows which lead is meant: those that it may be, or that there is none."""
    _ = interaction._
    typed = shown(deed.typed, 100)
    if not deed.leads:
        text = _("No open lead is called “{typed}”. `/crm lead all` shows them.", typed=typed)
        return text_message(text, button(_("All open leads"), "lead.list", whose="all"))
    text = _("“{typed}” can be read in more than one way. Which one do you mean?", typed=typed)
    rows = [button(each.name, f"lead.show#{place}", lead=each.id) for place, each in enumerate(deed.leads)]
    return text_message(text, *rows)


def _form(interaction: Interaction, columns: Mapping[str, Any]) -> View:
    """The form of a new lead of whoever asks for it, with what is known so far."""
    own = list_fields(interaction.session, LEADS)
    values = {"owner": interaction.actor.slack_user_id, **columns}
    values |= custom_values(own, without_empty(columns.get("custom")))
    return forms.form(interaction.actor.locale, values=values, own=own)


def _edit_form(
    interaction: Interaction,
    known: Lead,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a lead, with what it says or what was typed."""
    values = values if values is not None else _values(interaction, known)
    own = list_fields(interaction.session, LEADS)
    return forms.form(interaction.actor.locale, values=values, own=own, lead=known, problems=problems)


def _values(interaction: Interaction, known: Lead) -> dict[str, Any]:
    return forms.form_values(known) | own_values(interaction, known)


def _card(interaction: Interaction, shown_lead: Lead, **more: Any) -> Message:
    details = own_blocks(interaction, shown_lead)
    return views.card(shown_lead, interaction.actor.locale, details=details, **more)


def _made(interaction: Interaction, made: Lead) -> Message:
    """The new lead's card; where there is a customer of the name already, it says so."""
    _ = interaction._
    known = find_customers_called(interaction.session, made.name)
    notes, more = [], []
    if known:
        notes.append(_("There is a customer of this name already; converting will use it."))
        more.append(button(_("Show customer"), "customer.show", customer=known[0].id))
    elif close := [each for each in close_customers(interaction, made) if each.is_seen]:
        name = shown(close[0].record.name, 100)
        notes.append(_("This is probably the customer {name}; converting will ask.", name=name))
        more.append(button(_("Show customer"), "customer.show", customer=close[0].record.id))
    if made.owner and made.owner_id != interaction.actor.person_id:
        notes.append(_("{name} gets a message about it.", name=shown(made.owner.name, 80)))
    said = "✅ " + _("Lead kept.")
    return _card(interaction, made, said=said, notes=notes, more=more, changeset=interaction.changeset)


def _listed(interaction: Interaction, whose: str = "near", offset: int = 0) -> Message:
    owner_id, session = interaction.actor.person_id, interaction.session
    found = list_open_leads(session, owner_id=owner_id, whose=whose, limit=views.PAGE, offset=offset)
    count = count_open_leads(session, owner_id=owner_id, whose=whose)
    return views.listing(
        found, interaction.actor.locale, count=count, whose=whose, offset=offset, zone=interaction.actor.tz
    )


@routes.action("lead.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Another page of the list, or whose leads it shows."""
    whose, offset = str(interaction.value.get("whose") or "near"), int(interaction.value.get("offset") or 0)
    return Answer(_listed(interaction, whose, offset), replace=True)


@routes.action("lead.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, with the name that the button has."""
    return Answer(modal=_form(interaction, {"name": interaction.value.get("name")}))


@routes.message_shortcut("lead.from_message", "Make a lead")
def lead_of_message(interaction: Interaction) -> Answer:
    """Open the form with what a message says of who wrote it, and the message as its note."""
    text = message_text(interaction)
    found = read_signature(text)
    values = {
        "name": found.company or found.name,
        "contact_name": found.name if found.company else None,
        "phone": found.phone,
        "email": found.email,
        "note": "\n".join(filter(None, [text[:2700], permalink(interaction.payload)])),
    }
    return Answer(modal=_form(interaction, values))


@routes.view("lead.create")
def submit_create(interaction: Interaction) -> Answer:
    """Keep a lead from the form."""
    columns = _columns(interaction)
    if used := used_instead(interaction):
        notes = fill_in(interaction, Kind.LEADS, used, columns)
        known, said = access_lead(interaction.session, used), "✅ " + interaction._("Saved.")
        return Answer(_card(interaction, known, said=said, notes=notes, changeset=interaction.changeset))
    if asked := question_of(interaction, Kind.LEADS, _described(columns["name"] or "", columns)):
        return asked
    made = make_lead(interaction.session, interaction.actor, now=interaction.now, **columns)
    keep_answer(interaction, Kind.LEADS, made.id)
    return Answer(_made(interaction, made))


def _described(name: str, columns: Mapping[str, Any]) -> Described:
    return described(name, phones=[columns.get("phone")], mails=[columns.get("email")])


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    owner = find_slack_person(interaction.session, form["owner"]) if form.get("owner") else None
    columns: dict[str, Any] = {column: form.get(column) for column in forms.COLUMNS}
    return columns | {
        "size": whole_number(interaction, "size"),
        "owner_id": owner.id if owner else None,
        "custom": chosen_own(interaction, LEADS),
    }


@routes.action("lead.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a lead."""
    known = access_lead(interaction.session, interaction.value["lead"])
    return Answer(modal=_edit_form(interaction, known))


@routes.view("lead.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    metadata = interaction.metadata
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
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_lead(interaction.session, metadata["lead"])
        problems = conflict_problems(interaction, conflict, _values(interaction, known))
        view = _edit_form(interaction, known, interaction.form, problems)
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    return Answer(_card(interaction, saved, said=said, changeset=interaction.changeset))


@routes.action("lead.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    return Answer(_card(interaction, access_lead(interaction.session, interaction.value["lead"])))


@routes.action("lead.qualify")
def press_qualify(interaction: Interaction) -> Answer:
    """Ask for need, budget, authority and time."""
    known = access_lead(interaction.session, interaction.value["lead"])
    return Answer(modal=forms.qualify_form(known, interaction.actor.locale))


@routes.view("lead.qualify")
def submit_qualify(interaction: Interaction) -> Answer:
    """Save what is known of it; where somebody else saved the same meanwhile, show both."""
    form, metadata, session = interaction.form, interaction.metadata, interaction.session
    locale = interaction.actor.locale
    with at_field("budget"):
        budget = typed_money(interaction, form.get("budget"))
    day = typed_when(interaction, "needed_on", form.get("needed_on"))
    try:
        saved = qualify_lead(
            session,
            interaction.actor,
            metadata["lead"],
            need=form.get("need"),
            budget=budget,
            authority=Authority(form["authority"]) if form.get("authority") else None,
            needed_on=local_date(interaction, day),
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_lead(session, metadata["lead"])
        problems = conflict_problems(interaction, conflict, forms.qualify_values(known, locale))
        view = forms.qualify_form(known, locale, values=form, problems=problems)
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    return Answer(_card(interaction, saved, said=said, changeset=interaction.changeset))


@routes.action("lead.disqualify")
def press_disqualify(interaction: Interaction) -> Answer:
    """Ask for the reason."""
    known = access_lead(interaction.session, interaction.value["lead"])
    return Answer(modal=forms.disqualify_form(known, interaction.actor.locale))


@routes.view("lead.disqualify")
def submit_disqualify(interaction: Interaction) -> Answer:
    """Give one up with its reason."""
    return _disqualified(interaction, interaction.metadata["lead"], interaction.form.get("reason"))


def _disqualified(interaction: Interaction, lead_id: int, reason: str | None) -> Answer:
    closed = disqualify_lead(
        interaction.session, interaction.actor, lead_id, reason=reason, now=interaction.now
    )
    said = interaction._("Lead disqualified.")
    return Answer(_card(interaction, closed, said=said, changeset=interaction.changeset))
