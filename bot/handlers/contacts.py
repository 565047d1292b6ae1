"""Contacts: `/crm contact`, the form and the buttons."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.duplicates import Kind
from bot.handlers.answers import Answer
from bot.handlers.choosing import customer_meant
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.contact_details import CONTACT_LABELS, form_of, read_birthday, read_details
from bot.handlers.customer_cards import card_of
from bot.handlers.customer_details import split_details
from bot.handlers.duplicates import fill_in, form_asking, keep_answer, question_of, used_instead
from bot.handlers.forms import at_field
from bot.handlers.interaction import Interaction
from bot.handlers.lines import or_new, question, read_typed
from bot.handlers.merging import asks_of
from bot.handlers.own_fields import (
    CONTACTS,
    chosen_own,
    fields_asked,
    own_blocks,
    own_values,
    split_own,
)
from bot.handlers.router import Routes
from bot.handlers.vcards import ASKS as CARD_ASKS
from bot.language import Line
from bot.services.contacts import BadMail, check_mail, edit_contact, keep_contact, make_contact
from bot.services.custom_fields import without_empty
from bot.services.customers import customer_for
from bot.services.duplicates import Described, described
from bot.services.edits import EditConflict
from bot.store.contacts import access_contact, find_contact_of, search_contacts
from bot.store.custom_fields import list_fields
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Contact, Customer
from bot.views import contacts as views
from bot.views.blocks import Message, View, button
from bot.views.custom_fields import form_values as custom_values
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

_ASKS = (*CARD_ASKS, *asks_of(Kind.CONTACTS))

_LONGEST_NAMES = 120
"""A contact's and a customer's name together; in anything longer nobody's name is looked for."""


@routes.command("contact")
def contact(interaction: Interaction) -> Answer:
    """Write down who is at a customer, show who has a name, or open the form."""
    if not interaction.text:
        return Answer(modal=_form(interaction, {}))
    if asked_fields := fields_asked(interaction, CONTACTS):
        return asked_fields
    whole = interaction.text
    for words, asked in _ASKS:
        if found := words.fullmatch(whole):
            return asked(interaction, (found[1] or "").strip())
    interaction.text, own = split_own(interaction, CONTACTS)
    interaction.text, labelled = split_details(interaction.text, CONTACT_LABELS)
    details = read_details(interaction, labelled) | ({"custom": own} if own else {})
    return _read(interaction, details, whole)


def _read(interaction: Interaction, details: Mapping[str, Any], whole: str) -> Answer:
    line = read_typed(interaction, "contact")
    interaction.text = whole  # a question asks about all of it, labels too
    name = plain(line.words.get("contact") or "")
    said: dict[str, Any] = {
        key: str(line.fields[key]) for key in ("title", "email", "phone") if line.fields.get(key)
    }
    said |= details
    company = _company(interaction, line)
    if isinstance(company, Answer):
        return company
    unread = next((word for word in name.split() if "@" in word), None)
    if unread:
        said["email"], name = unread, " ".join(word for word in name.split() if word != unread)
    if company is None:
        within = _customer_within(interaction, name)
        if within is None:
            return _somewhere(interaction, name, line.note, said)
        company, name = within
    if not (name or said or line.note):
        return Answer(card_of(interaction, company.id))
    if not name or line.note or unread:
        return Answer(modal=_asking(interaction, company, name, line.note, said))
    known = find_contact_of(interaction.session, company.id, name)
    if known and not said:
        return Answer(_card(interaction, access_contact(interaction.session, known.id)))
    if known is None:
        wanted = _described(name, said, company.id)
        form = _form_of(interaction, company, name, said)
        if asking := form_asking(interaction, Kind.CONTACTS, wanted, form):
            return Answer(modal=asking)
    kept, is_new = keep_contact(
        interaction.session, interaction.actor, customer_id=company.id, name=name, **said
    )
    return _kept(interaction, kept, is_new=is_new)


def _company(interaction: Interaction, line: Line) -> Customer | Answer | None:
    """The customer that the line names beside the contact; the question where several can be meant."""
    typed = line.fields.get("customer")
    if typed is None:
        return None
    asked = next((ask for ask in line.asks if ask.field == "customer"), None)
    if asked:
        return question(interaction, "contact", or_new(interaction, line, asked))
    meant = customer_meant(interaction, "contact", typed)
    return meant if isinstance(meant, Answer) else meant[0]


def _customer_within(interaction: Interaction, words: str) -> tuple[Customer, str] | None:
    """The known customer that the words begin or end with, and the other words: Acme Li Na, 华星李娜."""
    if len(words) > _LONGEST_NAMES:
        return None
    between = [place for place, letter in enumerate(words) if letter == " " or not letter.isascii()]
    for place in [len(words), *reversed(between)]:
        for name, rest in ((words[:place], words[place:]), (words[place:], words[:place])):
            found = find_customers_called(interaction.session, name) if len(name.strip()) > 1 else ()
            if len(found) == 1:
                return access_customer(interaction.session, found[0].id), rest.strip(" ,，、:：")
    return None


def _somewhere(interaction: Interaction, name: str, note: str, said: Mapping[str, Any]) -> Answer:
    """No customer is named: who has the name already, else the form, which asks for the customer."""
    _ = interaction._
    called = search_contacts(interaction.session, name) if name and not (said or note) else []
    exact = [each for each in called if each.name.casefold() == name.casefold()]
    if len(exact) == 1:
        return Answer(_card(interaction, exact[0]))
    if called:
        heading = _("Contacts called “{typed}”", typed=shown(name, 60))
        new = button(_("New contact"), "contact.new", name=name[:200])
        return Answer(views.listing(called, interaction.actor.locale, heading, new))
    values = form_of(said) | {"name": name, "title": _title(said, note)}
    problems = {"customer": _("At which customer is {name}?", name=shown(name or "—", 100))}
    return Answer(modal=_form(interaction, values, problems=problems))


def _asking(
    interaction: Interaction, company: Customer, name: str, note: str, said: Mapping[str, Any]
) -> View:
    """The form with what was understood; beside the title what was not."""
    problems = {}
    if note:
        told = interaction._("I did not understand “{typed}”. Is it the title?", typed=shown(note, 100))
        problems["title"] = told
    try:
        check_mail(said.get("email"))
    except BadMail as bad:
        problems["email"] = sentence(bad, interaction.actor.locale)
    values = {**said, "title": _title(said, note)}
    return _form_of(interaction, company, name, values, problems)


def _form_of(
    interaction: Interaction,
    company: Customer,
    name: str,
    said: Mapping[str, Any],
    problems: Mapping[str, str] | None = None,
) -> View:
    values: dict[str, Any] = {"customer": (company.name, str(company.id)), **form_of(said), "name": name}
    return _form(interaction, values, problems=problems)


def _form(
    interaction: Interaction,
    values: Mapping[str, Any],
    *,
    contact: Contact | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form, with the workspace's own fields."""
    own = list_fields(interaction.session, CONTACTS)
    values = {**values, **custom_values(own, without_empty(values.get("custom")))}
    return views.form(interaction.actor.locale, values=values, own=own, contact=contact, problems=problems)


def _values(interaction: Interaction, known: Contact) -> dict[str, Any]:
    return views.form_values(known) | own_values(interaction, known)


def _card(interaction: Interaction, known: Contact, **more: Any) -> Message:
    return views.card(known, interaction.actor.locale, details=own_blocks(interaction, known), **more)


def _described(name: str, said: Mapping[str, Any], customer_id: int | None) -> Described:
    return described(name, phones=[said.get("phone")], mails=[said.get("email")], customer_id=customer_id)


def _title(said: Mapping[str, Any], note: str) -> str:
    return " ".join(filter(None, [said.get("title"), note]))


def _kept(interaction: Interaction, kept: Contact, *, is_new: bool, notes: Sequence[str] = ()) -> Answer:
    _ = interaction._
    said = "✅ " + (_("Contact added.") if is_new else _("Saved."))
    return Answer(_card(interaction, kept, said=said, notes=notes, changeset=interaction.changeset))


@routes.action("contact.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, at the customer or with the name that the button has."""
    values: dict[str, Any] = {"name": interaction.value.get("name")}
    if interaction.value.get("customer"):
        company = access_customer(interaction.session, interaction.value["customer"])
        values["customer"] = (company.name, str(company.id))
    return Answer(modal=_form(interaction, values))


@routes.view("contact.create")
def submit_create(interaction: Interaction) -> Answer:
    """Add a contact from the form; a new customer is made with it."""
    form, chosen = interaction.form, str(interaction.form.get("customer") or "")
    email, columns = check_mail(form.get("email")), _columns(interaction)
    if used := used_instead(interaction):
        notes = fill_in(interaction, Kind.CONTACTS, used, columns | {"email": email})
        return _kept(interaction, access_contact(interaction.session, used), is_new=False, notes=notes)
    customer_id = int(chosen) if chosen.isdigit() else None
    wanted = _described(form.get("name") or "", columns | {"email": email}, customer_id)
    if asked := question_of(interaction, Kind.CONTACTS, wanted):
        return asked
    made = make_contact(
        interaction.session,
        interaction.actor,
        customer_id=_chosen_customer(interaction),
        name=form.get("name") or "",
        email=email,
        **columns,
    )
    keep_answer(interaction, Kind.CONTACTS, made.id)
    return _kept(interaction, made, is_new=True)


def _columns(interaction: Interaction) -> dict[str, Any]:
    """What the form says besides name, customer and mail, which are checked apart."""
    form = interaction.form
    kept = {column: form.get(column) for column in views.COLUMNS if column not in ("name", "email")}
    kept["custom"] = chosen_own(interaction, CONTACTS)
    with at_field("birthday"):
        born = form.get("birthday")
        return kept | {"birthday_on": read_birthday(born, now=interaction.local_now) if born else None}


def _chosen_customer(interaction: Interaction) -> int:
    chosen = interaction.form["customer"]
    return customer_for(interaction.session, interaction.actor, chosen, now=interaction.now)[0].id


@routes.action("contact.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a contact."""
    known = access_contact(interaction.session, interaction.value["contact"])
    return Answer(modal=_form(interaction, _values(interaction, known), contact=known))


@routes.view("contact.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    customer_id = _chosen_customer(interaction)
    values = {"name": form.get("name"), "email": form.get("email"), "customer_id": customer_id}
    values |= _columns(interaction)
    try:
        saved = edit_contact(
            interaction.session,
            interaction.actor,
            metadata["contact"],
            values,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        known = access_contact(interaction.session, metadata["contact"])
        company = access_customer(interaction.session, customer_id)
        problems = conflict_problems(interaction, conflict, _values(interaction, known))
        typed = dict(form) | {"customer": (company.name, str(company.id))}
        view = _form(interaction, typed, contact=known, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return _kept(interaction, saved, is_new=False)


@routes.action("contact.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    known = access_contact(interaction.session, interaction.value["contact"])
    return Answer(_card(interaction, known))
