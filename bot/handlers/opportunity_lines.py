"""Product lines of an opportunity: the form that adds and removes, and `/crm lines Acme 50 x Pro`."""

from decimal import Decimal
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import CurrencyMismatch
from bot.handlers.answers import Answer
from bot.handlers.choosing import which_opportunity
from bot.handlers.conflicts import conflict_answer
from bot.handlers.forms import at_field
from bot.handlers.interaction import Interaction
from bot.handlers.lines import items_of
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.quotes import read_discount
from bot.handlers.router import Routes
from bot.language import NotUnderstood, read_amount, read_line, verb_words
from bot.services.edits import EditConflict
from bot.services.opportunity_lines import edition_of, set_lines
from bot.services.quotes import BadQuantity, QuoteItem
from bot.services.rights import check_may_change
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity, list_opportunities_called
from bot.store.opportunity_lines import list_lines
from bot.store.products import access_product, search_products
from bot.views import opportunity_lines as views
from bot.views.blocks import View, option, text_message
from bot.views.opportunities import card
from bot.views.problems import sentence
from bot.views.text import plain

routes = Routes()


@routes.command("lines")
def lines(interaction: Interaction) -> Answer:
    """Set the lines of an opportunity by name or number; without lines open the form."""
    _ = interaction._
    if not interaction.text:
        word = verb_words("lines", interaction.language)[0]
        example = f"`/crm {word} Acme 50 x Pro, 10 x Team`"
        return Answer(text_message(_("Of which opportunity? For example: {example}", example=example)))
    read = read_line(plain(interaction.text), now=interaction.local_now, verb="quote")
    items = items_of(read.fields.get("lines") or ())
    named = read.fields.get("customer")
    typed = str(getattr(named, "name", named) or read.note or interaction.text)
    found = _meant(interaction, plain(typed))
    if not found:
        raise NoOpportunityCalled(typed=typed)
    if len(found) > 1:
        rest = plain(interaction.text).replace(read.words.get("customer", typed), "", 1).strip()
        return which_opportunity(interaction, "lines", rest if items else "", found)
    if not items:
        return Answer(modal=_form(interaction, found[0]))
    saved = set_lines(interaction.session, interaction.actor, found[0].id, items, now=interaction.now)
    return _saved(interaction, saved)


def _meant(interaction: Interaction, typed: str) -> list[Opportunity]:
    number = typed.lower().removeprefix("opp-")
    if number.isdecimal() and number != typed.lower():
        return [access_opportunity(interaction.session, int(number))]
    found = list(list_opportunities_called(interaction.session, typed, limit=10))
    return [each for each in found if each.stage.is_open] or found


def _form(interaction: Interaction, opportunity: Opportunity) -> View:
    there = list_lines(interaction.session, opportunity.id)
    rows = views.rows_of(there, opportunity.currency)
    return _shown(interaction, opportunity, rows, edition=edition_of(there))


def _shown(interaction: Interaction, opportunity: Opportunity, rows: list[views.Row], **more: Any) -> View:
    products = search_products(interaction.session, "", limit=20)
    return views.form(opportunity, rows, products, interaction.actor.locale, **more)


def _saved(interaction: Interaction, saved: Opportunity) -> Answer:
    said = "✅ " + interaction._("Saved.")
    return Answer(card(saved, interaction.actor.locale, said=said, changeset=interaction.changeset))


@routes.action("opportunity.lines")
def press_lines(interaction: Interaction) -> Answer:
    """Open the form."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    return Answer(modal=_form(interaction, opportunity))


@routes.action("line.add", changes=False)
def press_add(interaction: Interaction) -> Answer:
    """One more line; what was typed stays."""
    rows = _rows(interaction)
    rows.append(views.Row(max((row.key for row in rows), default=0) + 1))
    return _again(interaction, rows)


@routes.action("line.remove", changes=False)
def press_remove(interaction: Interaction) -> Answer:
    """One line less."""
    gone = interaction.value.get("key")
    rows = [row for row in _rows(interaction) if row.key != gone]
    return _again(interaction, rows or [views.Row(max(_keys(interaction), default=0) + 1)])


def _again(interaction: Interaction, rows: list[views.Row]) -> Answer:
    metadata = interaction.metadata
    opportunity = access_opportunity(interaction.session, metadata["opportunity"])
    kept = {name: metadata[name] for name in ("edition", "seen") if name in metadata}
    return Answer(update=_shown(interaction, opportunity, rows[: views.MOST_ROWS], **kept))


def _keys(interaction: Interaction) -> list[int]:
    keys = interaction.metadata.get("rows")
    return [each for each in keys if isinstance(each, int)] if isinstance(keys, list) else []


def _rows(interaction: Interaction) -> list[views.Row]:
    """The rows with what was typed into them so far."""
    form = interaction.form
    rows = []
    for key in _keys(interaction):
        product, quantity, price, discount = views.fields_of(key)
        chosen = form.get(product)
        named = None
        if chosen and str(chosen).isdecimal():
            named = (plain(access_product(interaction.session, int(chosen)).name), str(chosen))
        rows.append(views.Row(key, named, form.get(quantity), form.get(price), form.get(discount)))
    return rows


@routes.options("line_product")
def search_product(interaction: Interaction) -> Answer:
    """Products by part of the name, with their price."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = search_products(interaction.session, typed, limit=50)
    return Answer(options=tuple(option(plain(each.name), str(each.id)) for each in found))


@routes.view("opportunity.lines")
def submit_lines(interaction: Interaction) -> Answer:
    """Save the lines; where somebody else saved others meanwhile, show both."""
    metadata = interaction.metadata
    rows = _rows(interaction)
    items = [read_item(interaction, row) for row in rows if row.product]
    try:
        saved = set_lines(
            interaction.session,
            interaction.actor,
            metadata["opportunity"],
            items,
            now=interaction.now,
            edition=metadata.get("edition"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        opportunity = access_opportunity(interaction.session, metadata["opportunity"])
        there = list_lines(interaction.session, opportunity.id)
        now_there = views.on_card(there, opportunity.currency, interaction.actor.locale) or "—"
        said = sentence(conflict, interaction.actor.locale)
        problems = {"": f"{said}\n{interaction._('Now: {value}', value=now_there)}"}
        view = _shown(interaction, opportunity, rows, problems=problems)
        return conflict_answer(interaction, conflict, view)
    except Refusal as refusal:
        refusal.field = views.fields_of(rows[0].key)[2] if rows else None
        raise
    return _saved(interaction, saved)


def read_item(interaction: Interaction, row: views.Row) -> QuoteItem:
    """What a row says. Raises what is wrong with it, at its field."""
    _product, quantity, price, discount = views.fields_of(row.key)
    name = row.product[0] if row.product else ""
    with at_field(quantity):
        count = _count(row.quantity, name)
    with at_field(price):
        each = _price(interaction, row)
    with at_field(discount):
        percent = read_discount(row.discount)
    return QuoteItem(name, count, each, percent)


def _price(interaction: Interaction, row: views.Row) -> Decimal | None:
    """A price in the product's own currency. Raises CurrencyMismatch for one in another."""
    if not row.price or row.product is None:
        return None
    product = access_product(interaction.session, int(row.product[1]))
    read = read_amount(plain(row.price), currency=product.currency)
    if read.currency and read.currency != product.currency:
        raise CurrencyMismatch(left=read.currency, right=product.currency)
    return read.value


def _count(typed: str | None, product: str) -> Decimal:
    if not typed:
        return Decimal(1)
    try:
        count = read_amount(plain(typed)).value
    except NotUnderstood:
        raise BadQuantity(typed=typed, product=product) from None
    if not 0 < count <= 1_000_000_000:
        raise BadQuantity(typed=typed, product=product)
    return count
