"""Quotes: `/crm quote`, the form, sending and answering."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.quotes import QuoteState
from bot.handlers.answers import Answer
from bot.handlers.choosing import customer_meant, new_or_known, numbered, without_name
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.forms import at_field, typed_day
from bot.handlers.interaction import Interaction
from bot.handlers.lines import items_of, or_new, question, read_typed, unread
from bot.handlers.router import Routes
from bot.language import Ask, NameMatch, NotUnderstood, read_line, read_percent
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.quotes import BadDiscount, QuoteItem, answer_quote, edit_quote, edition_of, make_quote
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Quote
from bot.store.opportunities import access_opportunity, list_open_opportunities
from bot.store.products import search_products
from bot.store.quotes import access_quote, list_quotes
from bot.views import quotes as views
from bot.views.blocks import View, button, text_message
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()


class UnreadableLine(Refusal):
    """A line that names no quantity and product."""

    message = "I could not read the line “{typed}”. Write it such as: 50 x Pro, or 50 x Pro at 90"


@routes.command("quote")
def quote(interaction: Interaction) -> Answer:
    """Make one from a line, list those of a customer, or open the form."""
    if not interaction.text:
        return Answer(modal=_form(interaction, {}))
    known, text = numbered(interaction, interaction.text)
    line = without_name(read_typed(interaction, "quote", text=text), known)
    unreadable = {ask.field: ask for ask in line.asks if not ask.readings}
    fields = dict(line.fields)
    typed = fields.pop("customer", None)
    if known and known.customer:
        typed = NameMatch(known.customer.id, known.customer.name)
    items = fields.get("lines") or ()
    if unreadable or typed is None or (line.note and not items):
        return Answer(modal=_prefilled(interaction, typed, fields, line.note, unreadable))
    if line.asks:
        return question(interaction, "quote", or_new(interaction, line, line.asks[0]))
    if not items:
        return _listed(interaction, str(getattr(typed, "name", typed)))
    found = customer_meant(interaction, "quote", typed)
    if isinstance(found, Answer):
        return found
    customer, is_new = found
    about = (
        [known] if known else list_open_opportunities(interaction.session, customer_id=customer.id, limit=2)
    )
    try:
        made = make_quote(
            interaction.session,
            interaction.actor,
            customer=customer,
            items=items_of(items),
            now=interaction.now,
            discount_percent=fields.get("discount_percent") or Decimal(0),
            valid_until=fields.get("valid_until"),
            opportunity_id=about[0].id if len(about) == 1 else None,
            note=line.note or None,
        )
    except Refusal as refusal:
        if refusal.field not in ("lines", "discount_percent", "valid_until"):
            raise
        said = sentence(refusal, interaction.actor.locale)
        choice = new_or_known(customer, is_new=is_new)
        problems = {refusal.field: said}
        form = _prefilled(interaction, None, fields, line.note, {}, customer=choice, problems=problems)
        return Answer(text_message(said), modal=form, refused=True)
    notes = [interaction._("New customer: {name}", name=shown(customer.name))] if is_new else []
    return _made(interaction, made, notes)


def _made(interaction: Interaction, made: Quote, notes: Sequence[str] = ()) -> Answer:
    said = "✅ " + interaction._("Quote made.")
    return Answer(
        views.card(made, interaction.actor.locale, said=said, notes=notes, changeset=interaction.changeset)
    )


def _listed(interaction: Interaction, typed: str) -> Answer:
    _ = interaction._
    known = find_customers_called(interaction.session, typed)
    found = list_quotes(interaction.session, customer_id=known[0].id) if known else []
    if len(found) == 1:
        return Answer(views.card(access_quote(interaction.session, found[0].id), interaction.actor.locale))
    if found:
        heading = _("Quotes for {name}", name=shown(known[0].name))
        return Answer(views.listing(found, interaction.actor.locale, heading))
    text = _(
        "No quote for “{typed}” yet. To make one, type: `/crm quote {typed} 50 x Pro`",
        typed=shown(typed, 100),
    )
    new = button(_("New quote"), "quote.new", name=plain(typed)[:100])
    return Answer(text_message(text, new))


def _form(
    interaction: Interaction,
    values: Mapping[str, Any],
    problems: Mapping[str, str] | None = None,
    **more: Any,
) -> View:
    products = search_products(interaction.session, "", limit=20)
    return views.form(products, interaction.actor.locale, values=values, problems=problems, **more)


def _prefilled(
    interaction: Interaction,
    typed: Any,
    fields: dict[str, Any],
    note: str,
    unreadable: dict[str, Ask],
    *,
    customer: tuple[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form with what was understood; beside the other fields what was not, or what is wrong with them."""
    name = plain(str(getattr(typed, "name", typed))) if typed else None
    known = find_customers_called(interaction.session, name) if name else []
    choice = (known[0].name, str(known[0].id)) if known else (name, f"new:{name}") if name else None
    lines = [
        views.typed_item(str(item.product), item.quantity, item.unit_price, item.discount_percent)
        for item in fields.get("lines") or ()
    ]
    values = {
        "customer_choice": customer or choice,
        "lines": "\n".join(lines) or note or None,
        "discount_percent": _discount_typed(fields, unreadable),
        "valid_until": fields["valid_until"].isoformat() if fields.get("valid_until") else None,
        "note": note if lines else None,
    }
    unclear = {field: unread(interaction, ask) for field, ask in unreadable.items()}
    if (odd := unreadable.get("discount_percent")) and odd.why is None:
        unclear["discount_percent"] = sentence(BadDiscount(typed=odd.typed), interaction.actor.locale)
    return _form(interaction, values, unclear | dict(problems or {}))


def _discount_typed(fields: Mapping[str, Any], unreadable: Mapping[str, Ask]) -> str | None:
    """What the form's discount begins with: what was read, else what was typed and is none."""
    if odd := unreadable.get("discount_percent"):
        return odd.typed
    return str(fields["discount_percent"]) if fields.get("discount_percent") else None


@routes.action("quote.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, for an opportunity or a customer where one is named."""
    value = interaction.value
    values: dict[str, Any] = {}
    metadata: dict[str, Any] = {}
    if value.get("opportunity"):
        about = access_opportunity(interaction.session, value["opportunity"])
        metadata["opportunity"] = about.id
        if about.customer:
            values["customer_choice"] = (about.customer.name, str(about.customer.id))
        if about.product:
            values["lines"] = f"1 x {about.product.name}"
    elif value.get("customer"):
        customer = access_customer(interaction.session, value["customer"])
        values["customer_choice"] = (customer.name, str(customer.id))
    elif value.get("name"):
        values["customer_choice"] = (value["name"], f"new:{value['name']}")
    return Answer(modal=_form(interaction, values, None, **metadata))


@routes.view("quote.create")
def submit_create(interaction: Interaction) -> Answer:
    """Make a quote from the form."""
    form = interaction.form
    customer, _is_new = customer_for(
        interaction.session, interaction.actor, form["customer"], now=interaction.now
    )
    made = make_quote(
        interaction.session,
        interaction.actor,
        customer=customer,
        now=interaction.now,
        opportunity_id=_opportunity_of(interaction, customer.id),
        **_typed(interaction),
    )
    return _made(interaction, made)


def _opportunity_of(interaction: Interaction, customer_id: int) -> int | None:
    """The opportunity that the form was opened for, unless another customer was chosen in it."""
    hinted = interaction.metadata.get("opportunity")
    if hinted is None:
        return None
    about = access_opportunity(interaction.session, hinted)
    return about.id if about.customer_id in (None, customer_id) else None


@routes.action("quote.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a quote."""
    found = access_quote(interaction.session, interaction.value["quote"])
    return Answer(modal=_form(interaction, views.form_values(found), quote=found, edition=edition_of(found)))


@routes.view("quote.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save other lines, discount or validity; where somebody else saved meanwhile, show both."""
    metadata = interaction.metadata
    try:
        saved = edit_quote(
            interaction.session,
            interaction.actor,
            metadata["quote"],
            now=interaction.now,
            edition=metadata.get("edition"),
            seen=metadata.get("seen"),
            **_typed(interaction),
        )
    except EditConflict as conflict:
        found = access_quote(interaction.session, metadata["quote"])
        problems = conflict_problems(interaction, conflict, views.form_values(found))
        return conflict_answer(
            interaction, conflict, _form(interaction, interaction.form, problems, quote=found)
        )
    said = "✅ " + interaction._("Saved.")
    return Answer(views.card(saved, interaction.actor.locale, said=said, changeset=interaction.changeset))


def _typed(interaction: Interaction) -> dict[str, Any]:
    """The form's fields, read: the lines as people say them, one below the other."""
    form = interaction.form
    items: list[QuoteItem] = []
    with at_field("lines"):
        for typed in filter(None, (line.strip() for line in str(form.get("lines") or "").splitlines())):
            read = read_line(plain(typed), now=interaction.local_now, verb="quote")
            own = read.fields.get("lines") or ()
            if not own or read.fields.get("customer") or read.note:
                raise UnreadableLine(typed=typed)
            if odd := next((ask for ask in read.asks if ask.field == "discount_percent"), None):
                raise BadDiscount(typed=odd.typed)
            # A discount on a line of its own belongs to that line, not to the whole quote.
            off = read.fields.get("discount_percent") or Decimal(0)
            items += [
                QuoteItem(
                    str(each.product), each.quantity, each.unit_price, each.discount_percent or Decimal(off)
                )
                for each in own
            ]
    with at_field("discount_percent"):
        discount = read_discount(form.get("discount_percent"))
    return {
        "items": items,
        "discount_percent": discount,
        "valid_until": typed_day(form.get("valid_until")),
        "note": form.get("note"),
    }


def read_discount(typed: str | None) -> Decimal:
    """A discount in percent as people type it; nothing is none. Raises BadDiscount."""
    if not typed:
        return Decimal(0)
    text = plain(typed).strip()
    with suppress(ArithmeticError):
        read = Decimal(text.rstrip("%％").strip())
        if read.is_finite():
            return read
    try:
        return read_percent(text)
    except NotUnderstood:
        raise BadDiscount(typed=typed) from None


def _answered(interaction: Interaction, state: QuoteState, said: str) -> Answer:
    answer_quote(
        interaction.session, interaction.actor, interaction.value["quote"], state, now=interaction.now
    )
    found = access_quote(interaction.session, interaction.value["quote"])
    message = views.card(found, interaction.actor.locale, said=said, changeset=interaction.changeset)
    return Answer(message)


@routes.action("quote.sent")
def press_sent(interaction: Interaction) -> Answer:
    """It went to the customer."""
    return _answered(interaction, QuoteState.SENT, interaction._("Marked as sent."))


@routes.action("quote.accepted")
def press_accepted(interaction: Interaction) -> Answer:
    """The customer said yes."""
    return _answered(
        interaction, QuoteState.ACCEPTED, "✅ " + interaction._("Accepted. Move the opportunity to won next.")
    )


@routes.action("quote.declined")
def press_declined(interaction: Interaction) -> Answer:
    """The customer said no."""
    return _answered(interaction, QuoteState.DECLINED, interaction._("Declined. What did you learn? Log it."))


@routes.action("quote.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show one."""
    return Answer(
        views.card(access_quote(interaction.session, interaction.value["quote"]), interaction.actor.locale)
    )
