"""Everything about a customer in one modal: `/crm customer 360 Acme`, the button on the card, the tabs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.errors import Refusal
from bot.domain.timeline import TimelineKind
from bot.handlers.answers import Answer
from bot.handlers.collaboration import team_message
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.satisfaction import scores_message
from bot.i18n import N_, translate
from bot.reports.purchases import purchase_history
from bot.store.custom_fields import list_fields
from bot.store.customers import (
    access_customer,
    find_customers_called,
    list_subsidiaries,
    search_customers,
)
from bot.store.models import Customer
from bot.store.opportunities import list_open_opportunities
from bot.store.purchases import list_closed_of
from bot.store.quotes import list_quotes
from bot.store.tasks import list_open_tasks_of
from bot.store.timeline import list_timeline
from bot.views import overview as views
from bot.views import timeline as timeline_views
from bot.views.blocks import Block, View, button
from bot.views.customers import near
from bot.views.text import plain, shown

routes = Routes()


class NoSuchCustomer(Refusal):
    """A name that no customer has."""

    message = "There is no customer “{typed}”. Look for another with `/crm find {typed}`"


@dataclass(frozen=True)
class Tab:
    """One tab: its name, and what draws it."""

    name: str
    draw: Callable[[Interaction, Customer], list[Block]]


def overview(interaction: Interaction, typed: str) -> Answer:
    """The modal of the customer that was named; the question where several are near."""
    typed = plain(typed)
    meant = find_customers_called(interaction.session, typed) or search_customers(
        interaction.session, typed, limit=4
    )
    if not meant:
        raise NoSuchCustomer(typed=typed)
    if len(meant) > 1:
        text = interaction._(
            "“{typed}” can be read in more than one way. Which one do you mean?", typed=shown(typed, 100)
        )
        return Answer(
            near(text, [button(each.name, "customer.overview", customer=each.id) for each in meant])
        )
    return Answer(modal=_view(interaction, access_customer(interaction.session, meant[0].id)))


@routes.action("customer.overview", changes=False)
def press_overview(interaction: Interaction) -> Answer:
    """Open it from a card."""
    return Answer(
        modal=_view(interaction, access_customer(interaction.session, interaction.value["customer"]))
    )


@routes.action("customer.timeline", changes=False)
@routes.action("customer.tab", changes=False)
def press_tab(interaction: Interaction) -> Answer:
    """Another tab, another page, or the timeline of one kind, in place of what was shown."""
    known = access_customer(interaction.session, interaction.value["customer"])
    return Answer(update=_view(interaction, known, str(interaction.value.get("tab") or "profile")))


def with_overview(interaction: Interaction, answer: Answer) -> Answer:
    """The answer to a form that was opened in the full view, which shows at once what was saved."""
    below = interaction.metadata.get("beneath") if interaction.kind == "view" else None
    if not below or answer.update or answer.modal:
        return answer
    customer_id, tab = below
    try:
        known = access_customer(interaction.session, int(customer_id))
    except Refusal:
        return answer
    return replace(answer, beneath=_view(interaction, known, str(tab)))


def _view(interaction: Interaction, customer: Customer, tab: str = "profile") -> View:
    locale = interaction.actor.locale
    tab = tab if tab in TABS else "profile"
    names = [(key, translate(locale, each.name)) for key, each in TABS.items()]
    return views.frame(customer, locale, tabs=names, tab=tab, blocks=TABS[tab].draw(interaction, customer))


def _page(interaction: Interaction) -> int:
    return int(interaction.value.get("page") or 0)


def _profile(interaction: Interaction, customer: Customer) -> list[Block]:
    subsidiaries = list_subsidiaries(interaction.session, customer.id)
    own = list_fields(interaction.session)
    return views.profile(customer, subsidiaries, own, interaction.actor.locale)


def _contacts(interaction: Interaction, customer: Customer) -> list[Block]:
    return views.contacts(customer, interaction.actor.locale)


def _opportunities(interaction: Interaction, customer: Customer) -> list[Block]:
    still_open = list_open_opportunities(interaction.session, customer_id=customer.id, limit=200)
    closed = list_closed_of(interaction.session, customer.id, limit=views.FEW)
    return views.opportunities(customer, still_open, closed, interaction.actor.locale)


def _offers(interaction: Interaction, customer: Customer) -> list[Block]:
    quotes = list_quotes(interaction.session, customer_id=customer.id, limit=views.FEW)
    tasks = list_open_tasks_of(interaction.session, customer.id, limit=views.FEW)
    return views.offers(customer, quotes, tasks, interaction.actor.locale, interaction.actor.tz)


def _purchases(interaction: Interaction, customer: Customer) -> list[Block]:
    history = purchase_history(interaction.session, customer.id, zone=interaction.actor.tz)
    return views.purchases(history, customer, interaction.actor.locale, page=_page(interaction))


def _timeline(interaction: Interaction, customer: Customer) -> list[Block]:
    chosen = interaction.value.get("kind")
    kind = TimelineKind(chosen) if chosen in set(TimelineKind) else None
    page = _page(interaction)
    entries = list_timeline(
        interaction.session,
        customer.id,
        kinds=[kind] if kind else (),
        limit=timeline_views.PAGE + 1,
        offset=page * timeline_views.PAGE,
    )
    return timeline_views.blocks(
        entries,
        interaction.actor.locale,
        zone=interaction.actor.tz,
        customer_id=customer.id,
        kind=kind,
        page=page,
    )


def _scores(interaction: Interaction, customer: Customer) -> list[Block]:
    return list(scores_message(interaction, customer.id).blocks)


def _team(interaction: Interaction, customer: Customer) -> list[Block]:
    return list(team_message(interaction, customer).blocks)


ASKS = ((re.compile(r"(?:(?:360|overview)\s+|(?:全景|全貌|画像)\s*)(.+)", re.IGNORECASE), overview),)
"""What asks for everything about the customer named after it."""

TABS: dict[str, Tab] = {
    "profile": Tab(N_("Profile"), _profile),
    "contacts": Tab(N_("Contacts"), _contacts),
    "opportunities": Tab(N_("Opportunities"), _opportunities),
    "offers": Tab(N_("Quotes and tasks"), _offers),
    "purchases": Tab(N_("Purchases"), _purchases),
    "satisfaction": Tab(N_("Satisfaction"), _scores),
    "colleagues": Tab(N_("Team"), _team),
    "timeline": Tab(N_("Timeline"), _timeline),
}
"""Every tab in its order. A noun that has more to show of a customer puts its own here."""
