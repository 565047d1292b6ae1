"""Customers: `/crm customer`, the form and the buttons, and the search of every form that asks for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.duplicates import Kind
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.customer_asks import asked_of_customers
from bot.handlers.customer_cards import card_of
from bot.handlers.customer_details import keep_details, labels_here, split_details
from bot.handlers.duplicates import fill_in, keep_answer, question_of, used_instead
from bot.handlers.interaction import Interaction
from bot.handlers.lines import check_fits, choice, or_new, question, read_typed, whole_name
from bot.handlers.router import Routes
from bot.handlers.sales_channels import channel_columns, said_channel, said_values, typed_channel
from bot.handlers.tasks import person_named
from bot.language import NameMatch
from bot.services.contacts import check_mail, keep_contact
from bot.services.customers import CustomerExists, edit_customer, make_customer, near_customers
from bot.services.duplicates import Described, close_records, described
from bot.services.edits import EditConflict
from bot.store.customers import access_customer, find_customers, find_customers_called
from bot.store.models import Customer
from bot.store.people import find_slack_person
from bot.views import contacts as contact_views
from bot.views import customers as views
from bot.views.blocks import Message, View, option
from bot.views.problems import sentence
from bot.views.sales_channels import FIELDS
from bot.views.text import cut, plain, shown

routes = Routes()


class ContactNameMissing(Refusal):
    """A contact's title, mail or phone without a name."""

    message = "Whose are these? Type the contact's name, such as: Li Na"


@dataclass(frozen=True)
class Said:
    """What a line says of a customer."""

    name: str
    note: str
    columns: Mapping[str, Any]
    contact: Mapping[str, str]
    """name, title, mail and phone of a contact."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What stands after a label of the profile, as typed."""
    channel: Mapping[str, Any] = field(default_factory=dict)
    """Sales channel, partner and share."""

    @property
    def is_bare(self) -> bool:
        """Nothing but the name."""
        return not (self.note or self.columns or self.contact or self.details or self.channel)


@routes.command("customer")
def customer(interaction: Interaction) -> Answer:
    """Show one by name, write down what a line says of one, make one that nobody has, or open the form."""
    if not interaction.text:
        return Answer(modal=views.form(interaction.actor.locale, values=_own(interaction)))
    whole = interaction.text
    if answer := asked_of_customers(interaction, whole):
        return answer
    interaction.text, details = split_details(whole, labels_here(interaction))
    answer = _read(interaction, whole, details)
    interaction.text = whole
    return answer


def _read(interaction: Interaction, whole: str, details: Mapping[str, str]) -> Answer:
    line = read_typed(interaction, "customer")
    partner = next((ask for ask in line.asks if ask.field == "partner"), None)
    if partner:
        interaction.text = whole
        return question(interaction, "customer", or_new(interaction, line, partner))
    chosen = line.fields.get("customer")
    typed = line.words.get("customer")
    if typed is None:
        said = _said(interaction, "", line.note, line.fields)
        values = {"note": said.note, **said.columns, **said_values(interaction, said.channel)}
        return Answer(modal=_blank(interaction, values | _contact_values(said)))
    name, rest = whole_name(interaction.text, typed, line.note)
    if isinstance(chosen, NameMatch):
        if chosen.id:
            said = replace(_said(interaction, chosen.name, line.note, line.fields), details=details)
            return _known(interaction, access_customer(interaction.session, int(chosen.id)), said)
        said = _said(interaction, chosen.name, line.note, line.fields)
        return _new(interaction, replace(said, details=details))
    if name == typed:
        name = str(chosen)  # without the quotation marks, and spelled as it is known
    said = replace(_said(interaction, name, rest, line.fields), details=details)
    exact = find_customers_called(interaction.session, name)
    if len(exact) == 1:
        return _known(interaction, access_customer(interaction.session, exact[0].id), said)
    if exact:
        return _which(interaction, whole, name, exact, can_be_new=False)
    near = [*find_customers_called(interaction.session, typed), *near_customers(interaction.session, name)]
    readings = [each for ask in line.asks if ask.field == "customer" for each in ask.readings]
    near += _close(interaction, said)
    near += [access_customer(interaction.session, each.id) for each in readings]
    if near:
        return _which(interaction, whole, name, near, can_be_new=True)
    return _new(interaction, said)


def _said(interaction: Interaction, name: str, note: str, fields: Mapping[str, Any]) -> Said:
    """A phone number and a mail address belong to the contact where one is named; a customer has no mail."""
    owner = person_named(interaction, fields.get("owner"))
    columns: dict[str, Any] = {"owner_id": owner.id} if owner else {}
    columns |= {key: str(fields[key]) for key in ("industry", "region", "website") if fields.get(key)}
    contact = {key: str(fields[key]) for key in ("title", "email", "phone") if fields.get(key)}
    if fields.get("contact"):
        contact["name"] = plain(str(getattr(fields["contact"], "name", fields["contact"])))
    elif "phone" in contact:
        columns["phone"] = contact.pop("phone")
    if fields.get("source"):
        source = f"{interaction._('Source')}: {fields['source']}"
        note = f"{note} · {source}" if note else source
    channel = {key: fields[key] for key in FIELDS if fields.get(key) is not None}
    return Said(name, note, columns, contact, channel=channel)


def _close(interaction: Interaction, said: Said) -> list[Customer]:
    """Customers that are probably the one that a line says, by name, phone, mail domain."""
    wanted = _described(said.name, said.columns, said.contact)
    found = close_records(interaction.session, interaction.actor, Kind.CUSTOMERS, wanted)
    return [each.record for each in found if each.is_seen]


def _described(name: str, columns: Mapping[str, Any], contact: Mapping[str, Any]) -> Described:
    return described(
        name,
        phones=[columns.get("phone"), contact.get("phone")],
        mails=[columns.get("website"), contact.get("email")],
    )


def _which(
    interaction: Interaction, whole: str, name: str, near: Sequence[Customer], *, can_be_new: bool
) -> Answer:
    """Ask which customer is meant, or whether it is a new one; the answer runs the same line again."""
    _ = interaction._
    different = list({each.id: each for each in near}.values())[:4]
    choices = [(each.id, each.name, plain(each.name)) for each in different]
    if can_be_new:
        choices.append((0, name, _("New: {name}", name=plain(name))))
    buttons = [
        choice(interaction, "customer", words, {"customer": {"id": identity, "name": each}}, text=whole)
        for identity, each, words in choices
    ]
    check_fits(buttons, name)
    text = (
        _("There is no customer “{typed}” yet. Do you mean one of these?", typed=shown(name, 100))
        if can_be_new
        else _("Several customers are called “{typed}”. Which one do you mean?", typed=shown(name, 100))
    )
    return Answer(views.near(text, buttons))


def _new(interaction: Interaction, said: Said) -> Answer:
    _ = interaction._
    if said.contact and "name" not in said.contact:
        values = {"name": said.name, "note": said.note, **said.columns}
        values |= said_values(interaction, said.channel)
        problems = {"contact_name": _whose(interaction, said)}
        return Answer(modal=_blank(interaction, values | _contact_values(said), problems))
    try:
        made = make_customer(
            interaction.session,
            interaction.actor,
            said.name,
            now=interaction.now,
            note=said.note or None,
            **said.columns,
            **said_channel(interaction, said.channel),
        )
    except CustomerExists as exists:
        return _faster(interaction, exists)
    _keep_contact(interaction, made.id, said.contact)
    keep_details(interaction, made.id, said.details)
    return Answer(_made(interaction, made.id))


def _faster(interaction: Interaction, exists: CustomerExists) -> Answer:
    """Somebody made the same customer meanwhile: here it is."""
    told = sentence(exists, interaction.actor.locale)
    return Answer(card_of(interaction, exists.customer_id, said=told), refused=True)


def _known(interaction: Interaction, known: Customer, said: Said) -> Answer:
    """Show it where nothing else is said; write down what is; ask in the form about what fits no field."""
    _ = interaction._
    if said.is_bare:
        return Answer(card_of(interaction, known.id))
    keep_details(interaction, known.id, said.details)
    if said.contact and ("name" not in said.contact or said.note):
        return Answer(modal=_contact_form(interaction, known, said))
    if said.note:
        values = views.form_values(known, interaction.actor.locale) | dict(said.columns)
        values |= said_values(interaction, said.channel)
        values["note"] = f"{known.note}\n{said.note}" if known.note else said.note
        told = _("“{typed}” fits no field, so it is in the note.", typed=shown(said.note, 200))
        view = views.form(interaction.actor.locale, values=values, customer=known, problems={"note": told})
        return Answer(modal=view)
    columns = dict(said.columns) | said_channel(interaction, said.channel)
    if columns:
        edit_customer(interaction.session, interaction.actor, known.id, columns)
    is_new = _keep_contact(interaction, known.id, said.contact)
    told = _("Contact added: {name}.", name=shown(said.contact["name"], 100)) if is_new else _("Saved.")
    return Answer(card_of(interaction, known.id, said="✅ " + told, changeset=interaction.changeset))


def _contact_form(interaction: Interaction, known: Customer, said: Said) -> View:
    _ = interaction._
    values: dict[str, Any] = {"customer": (known.name, str(known.id)), **said.contact}
    if "name" not in said.contact:
        problems = {"name": _whose(interaction, said)}
    else:
        values["title"] = " ".join(filter(None, [said.contact.get("title"), said.note]))
        problems = {
            "title": _("I did not understand “{typed}”. Is it the title?", typed=shown(said.note, 100))
        }
    return contact_views.form(interaction.actor.locale, values=values, problems=problems)


def _whose(interaction: Interaction, said: Said) -> str:
    value = " · ".join(said.contact.values())
    return interaction._("Whose is “{value}”?", value=shown(value, 200))


def _contact_values(said: Said) -> dict[str, str]:
    return {f"contact_{key}": value for key, value in said.contact.items()}


def _keep_contact(interaction: Interaction, customer_id: int, contact: Mapping[str, str]) -> bool:
    if not contact:
        return False
    return keep_contact(interaction.session, interaction.actor, customer_id=customer_id, **contact)[1]


def _made(interaction: Interaction, customer_id: int) -> Message:
    said = "✅ " + interaction._("Customer created.")
    return card_of(interaction, customer_id, said=said, changeset=interaction.changeset)


def _own(interaction: Interaction) -> dict[str, Any]:
    return {"owner": interaction.actor.slack_user_id}


def _blank(
    interaction: Interaction, values: Mapping[str, Any], problems: Mapping[str, str] | None = None
) -> View:
    """The form of a new customer, with what is known already."""
    return views.form(interaction.actor.locale, values=_own(interaction) | dict(values), problems=problems)


@routes.action("customer.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, with the name that the button has."""
    return Answer(modal=_blank(interaction, {"name": interaction.value.get("name")}))


@routes.global_shortcut("customer.new", "New customer")
def shortcut_new(interaction: Interaction) -> Answer:
    """The same from the lightning menu."""
    return Answer(modal=_blank(interaction, {}))


@routes.view("customer.create")
def submit_create(interaction: Interaction) -> Answer:
    """Make a customer, and its first contact where one is named."""
    form = interaction.form
    contact = {
        key: form[f"contact_{key}"]
        for key in ("name", "title", "email", "phone")
        if form.get(f"contact_{key}")
    }
    if contact and "name" not in contact:
        raise ContactNameMissing(field="contact_name")
    check_mail(contact.get("email"), field="contact_email")
    columns = _columns(interaction)
    if used := used_instead(interaction):
        notes = fill_in(interaction, Kind.CUSTOMERS, used, columns)
        _keep_contact(interaction, used, contact)
        said = "✅ " + interaction._("Saved.")
        return Answer(card_of(interaction, used, said=said, notes=notes, changeset=interaction.changeset))
    wanted = _described(columns["name"] or "", columns, contact)
    if asked := question_of(interaction, Kind.CUSTOMERS, wanted):
        return asked
    made = make_customer(
        interaction.session, interaction.actor, columns.pop("name") or "", now=interaction.now, **columns
    )
    _keep_contact(interaction, made.id, contact)
    keep_answer(interaction, Kind.CUSTOMERS, made.id)
    return Answer(_made(interaction, made.id))


def _columns(interaction: Interaction) -> dict[str, Any]:
    form = interaction.form
    columns = {column: form.get(column) for column in views.COLUMNS} | channel_columns(interaction)
    owner = find_slack_person(interaction.session, form["owner"]) if form.get("owner") else None
    return columns | ({"owner_id": owner.id} if owner else {})


@routes.action("customer.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a customer."""
    known = access_customer(interaction.session, interaction.value["customer"])
    view = views.form(
        interaction.actor.locale, values=views.form_values(known, interaction.actor.locale), customer=known
    )
    return Answer(modal=view)


@routes.view("customer.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    metadata, locale = interaction.metadata, interaction.actor.locale
    customer_id = metadata["customer"]
    try:
        edit_customer(
            interaction.session,
            interaction.actor,
            customer_id,
            _columns(interaction),
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_customer(interaction.session, customer_id)
        problems = conflict_problems(
            interaction, conflict, views.form_values(known, interaction.actor.locale)
        )
        typed = dict(interaction.form) | typed_channel(interaction)
        view = views.form(locale, values=typed, customer=known, problems=problems)
        return conflict_answer(interaction, conflict, view)
    said = "✅ " + interaction._("Saved.")
    return Answer(card_of(interaction, customer_id, said=said, changeset=interaction.changeset))


@routes.action("customer.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    return Answer(card_of(interaction, interaction.value["customer"]))


@routes.options("customer")
def search_customer(interaction: Interaction) -> Answer:
    """Customers for a select, as one types; a name that nobody has is offered as new."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = find_customers(interaction.session, typed)
    options = [option(_choice(each.name, matched), str(each.id)) for each, matched in found]
    if typed and not any(name_key(each.name) == name_key(typed) for each, _matched in found):
        options.append(option(interaction._("New customer: {name}", name=typed), f"new:{typed[:140]}"))
    return Answer(options=tuple(options))


def _choice(name: str, matched: str | None) -> str:
    """A name with what matched beside it, both still to be seen where the name is long."""
    return f"{cut(name, 45)} · {cut(matched, 26)}" if matched else name
