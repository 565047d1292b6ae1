"""What was found, kind by kind, with what matched; and what to do where nothing was."""

from bot.i18n import translator
from bot.store.finds import Found, Hit
from bot.store.models import Opportunity, Person, Product
from bot.views import contacts as contact_views
from bot.views import customers as customer_views
from bot.views import leads as lead_views
from bot.views import opportunities as opportunity_views
from bot.views import products as product_views
from bot.views.blocks import Block, Message, button, context, section, text_message
from bot.views.text import plain, shown
from bot.views.words import ROLES

PAGE = 5
"""How many of a kind are shown."""


def asked(locale: str) -> Message:
    """How one finds something."""
    _ = translator(locale)
    return text_message(_("Whom or what do you look for? Type part of a name or phone: `/crm find acme`"))


def results(typed: str, found: Found, locale: str) -> Message:
    """What was found, a line each with a button that shows it."""
    _ = translator(locale)
    groups: list[tuple[str, list[Block]]] = [
        (
            _("Customers"),
            [customer_views.row(each.record, locale, _matched(each.matched)) for each in found.customers],
        ),
        (
            _("Contacts"),
            [contact_views.row(each.record, locale, _matched(each.matched)) for each in found.contacts],
        ),
        (_("Opportunities"), [_opportunity(each.record, locale) for each in found.opportunities]),
        (_("Leads"), [lead_views.row(each.record, locale, _matched(each.matched)) for each in found.leads]),
        (_("Products"), [_product(each.record, locale) for each in found.products]),
        (_("People"), [_person(each, locale) for each in found.people]),
    ]
    groups = [(heading, rows) for heading, rows in groups if rows]
    if not groups:
        return _nothing(typed, locale)
    text = [_("Found for “{typed}”", typed=shown(typed, 100))]
    blocks: list[Block] = [context(text[0])]
    for heading, rows in groups:
        blocks += [section(f"*{heading}*"), *rows[:PAGE]]
        text += [heading, *(row["text"]["text"] for row in rows[:PAGE])]
        if len(rows) > PAGE:
            blocks.append(context(_("There are more. Type more of the name to see them.")))
    return Message("\n".join(text), tuple(blocks))


def _matched(text: str | None) -> str | None:
    return "🔎 " + shown(text, 100) if text else None


def _opportunity(opportunity: Opportunity, locale: str) -> Block:
    show = button(translator(locale)("Show"), "opportunity.show", opportunity=opportunity.id)
    return section(opportunity_views.line(opportunity, locale), accessory=show)


def _product(product: Product, locale: str) -> Block:
    quote = button(translator(locale)("New quote"), "quote.new")
    return section(product_views.line(product, locale), accessory=quote)


def _person(hit: Hit[Person], locale: str) -> Block:
    _ = translator(locale)
    person = hit.record
    facts = [_(ROLES[person.role])] + ([f"<@{person.slack_user_id}>"] if person.slack_user_id else [])
    facts += [shown(hit.matched, 100)] if hit.matched else []
    return section(f"*{shown(person.name, 80)}*\n{' · '.join(facts)}")


def _nothing(typed: str, locale: str) -> Message:
    """Nothing fits: make it from here."""
    _ = translator(locale)
    name = plain(typed)[:200]
    return text_message(
        _(
            "Nothing has “{typed}” in its name, mail or phone. Try a shorter part of it, or make it:",
            typed=shown(typed, 100),
        ),
        button(_("New customer"), "customer.new", name=name),
        button(_("New contact"), "contact.new", name=name),
        button(_("New opportunity"), "opportunity.new", customer_name=name),
        button(_("New lead"), "lead.new", name=name),
    )
