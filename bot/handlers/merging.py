"""Merging: `/crm customer merge A with B` (contact, lead), the preview, and the lists of probable pairs."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bot.domain.duplicates import Kind
from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.router import Handler, Routes
from bot.services.customers import near_customers
from bot.services.duplicates import part_records
from bot.services.likely_pairs import likely_pairs
from bot.services.mergeable import MERGEABLE
from bot.services.merging import MergeIsOld, counts_of, differing, merge_records
from bot.store.contacts import access_contact, search_contacts
from bot.store.custom_fields import list_fields
from bot.store.customers import customer_names, find_customers_called, search_customers
from bot.store.leads import access_lead, find_open_leads_called, search_leads
from bot.views import contacts as contact_views
from bot.views import leads as lead_views
from bot.views import merging as views
from bot.views.blocks import Message, View, button, option, text_message
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

PAGE = 10
_BOTH = re.compile(r"(.+?)(?:\s+(?:with|and|into|&|\+)\s+|\s*(?:与|和|跟|到)\s*)(.+)", re.IGNORECASE)


class NobodyCalled(Refusal):
    """A name that no such record has."""

    message = "Nothing to merge is called “{typed}”. Look for it with `/crm find {typed}`"


def _of_each(
    declare: Callable[[str], Callable[[Handler], Handler]], name: str
) -> Callable[[Handler], Handler]:
    """One handler for customers, contacts and leads; the route's name says of which."""

    def keep(handler: Handler) -> Handler:
        for noun in views.NOUNS.values():
            declare(f"{noun}.{name}")(handler)
        return handler

    return keep


def _kind(interaction: Interaction) -> Kind:
    noun = interaction.name.partition(".")[0]
    return next(kind for kind, each in views.NOUNS.items() if each == noun)


def ask_merge(interaction: Interaction, typed: str, *, kind: Kind) -> Answer:
    """Open the preview of merging the two that are named."""
    both = _BOTH.fullmatch(typed)
    if both is None:
        return Answer(views.asks_two(kind, interaction.actor.locale))
    first, second = (plain(name).strip() for name in both.groups())
    winner_id = _named(interaction, kind, first)[0]
    others = [each for each in _named(interaction, kind, second) if each != winner_id]
    return Answer(modal=_form(interaction, kind, winner_id, others[0] if others else winner_id))


def ask_pairs(interaction: Interaction, _typed: str, *, kind: Kind) -> Answer:
    """Show the pairs that are probably one."""
    found = likely_pairs(interaction.session, interaction.actor, kind, limit=PAGE)
    return Answer(views.pairs(kind, found, interaction.actor.locale))


def asks_of(kind: Kind) -> tuple[tuple[re.Pattern[str], Callable[[Interaction, str], Answer]], ...]:
    """What asks for these after `/crm customer`, `/crm contact` and `/crm lead`."""
    return (
        (re.compile(r"(?:merge|合并)\s*(.*)", re.IGNORECASE), partial(ask_merge, kind=kind)),
        (
            re.compile(r"(?:duplicates?|查重|疑似重复|可能重复|重复)\s*()", re.IGNORECASE),
            partial(ask_pairs, kind=kind),
        ),
    )


def _named(interaction: Interaction, kind: Kind, name: str) -> Sequence[int]:
    """Those that the name can mean, the likeliest first."""
    session = interaction.session
    found: Sequence[Any]
    match kind:
        case Kind.CUSTOMERS:
            found = find_customers_called(session, name) or near_customers(session, name, limit=1)
            found = found or search_customers(session, name, limit=2)
        case Kind.CONTACTS:
            called = search_contacts(session, name)
            found = sorted(called, key=lambda each: each.name.casefold() != name.casefold())
        case Kind.LEADS:
            found = [*find_open_leads_called(session, name), *search_leads(session, name)]
    if not found:
        raise NobodyCalled(typed=name)
    return [each.id for each in found]


def _form(
    interaction: Interaction, kind: Kind, winner_id: int, loser_id: int, *, problem: str | None = None
) -> View:
    session, access = interaction.session, MERGEABLE[kind].access
    winner, loser = access(session, winner_id), access(session, loser_id)
    named = ("parent_id", "customer_id")
    ids = [getattr(record, field, None) for record in (winner, loser) for field in named]
    return views.form(
        kind,
        winner,
        loser,
        differing(kind, winner, loser),
        counts_of(session, kind, loser.id),
        customer_names(session, [each for each in ids if each]),
        interaction.actor.locale,
        own=list_fields(session, kind),
        problem=problem,
    )


def _card(interaction: Interaction, kind: Kind, record_id: int, said: str) -> Message:
    session, locale, changeset = interaction.session, interaction.actor.locale, interaction.changeset
    match kind:
        case Kind.CONTACTS:
            contact = access_contact(session, record_id)
            return contact_views.card(contact, locale, said=said, changeset=changeset)
        case Kind.LEADS:
            return lead_views.card(access_lead(session, record_id), locale, said=said, changeset=changeset)
    return card_of(interaction, record_id, said=said, changeset=changeset)


def _both(kind: Kind, values: Any) -> tuple[int, int]:
    return values[views.NOUNS[kind]], values["other"]


@_of_each(routes.action, "merge")
def press_merge(interaction: Interaction) -> Answer:
    """Open the preview for a pair."""
    kind = _kind(interaction)
    return Answer(modal=_form(interaction, kind, *_both(kind, interaction.value)))


@_of_each(routes.action, "apart")
def press_apart(interaction: Interaction) -> Answer:
    """Remember that two are two."""
    kind = _kind(interaction)
    access, session = MERGEABLE[kind].access, interaction.session
    first, second = (access(session, each) for each in _both(kind, interaction.value))
    part_records(session, kind, first.id, [second.id])
    _ = interaction._
    text = "✅ " + _(
        "Noted: *{first}* and *{second}* are two. Nobody is asked about them again.",
        first=shown(first.name, 100),
        second=shown(second.name, 100),
    )
    undo = button(_("Undo"), "undo", changeset=interaction.changeset)
    more = button(_("Other pairs"), "again", verb=views.NOUNS[kind], text="duplicates")
    return Answer(text_message(text, undo, more))


@_of_each(routes.action, "merge_with")
def press_merge_with(interaction: Interaction) -> Answer:
    """Ask which other one becomes part of this one."""
    kind = _kind(interaction)
    record = MERGEABLE[kind].access(interaction.session, interaction.value[views.NOUNS[kind]])
    return Answer(modal=views.choosing(kind, record, interaction.actor.locale))


@_of_each(routes.view, "merge_other")
def submit_merge_other(interaction: Interaction) -> Answer:
    """Show both before anything happens."""
    kind = _kind(interaction)
    noun = views.NOUNS[kind]
    chosen = str(interaction.form.get(noun) or "")
    if not chosen.isdigit():
        raise NobodyCalled(field=noun, typed=plain(chosen.removeprefix("new:")))
    view = _form(interaction, kind, interaction.metadata[noun], int(chosen))
    return Answer(update=interaction.with_reply(view))


@_of_each(routes.view, "merge")
def submit_merge(interaction: Interaction) -> Answer:
    """Merge as was chosen; where one of them changed meanwhile, show both as they are now."""
    kind = _kind(interaction)
    session, metadata, form = interaction.session, interaction.metadata, interaction.form
    winner_id, loser_id = _both(kind, metadata)
    access = MERGEABLE[kind].access
    winner, loser = access(session, winner_id), access(session, loser_id)
    fields = differing(kind, winner, loser)
    try:
        merged = merge_records(
            session,
            interaction.actor,
            kind,
            winner_id,
            loser_id,
            from_loser=[field for field in fields if form.get(field) == views.LOSER],
            versions=(metadata["version"], metadata["other_version"]),
            now=interaction.now,
        )
    except MergeIsOld as old:
        problem = sentence(old, interaction.actor.locale)
        view = _form(interaction, kind, winner_id, loser_id, problem=problem)
        return Answer(update=interaction.with_reply(view), refused=True)
    said = "✅ " + interaction._(
        "Merged: *{loser}* is part of *{winner}* now. Came over: {records}",
        loser=shown(loser.name, 100),
        winner=shown(merged.record.name, 100),
        records=views.moved(merged.moved, interaction.actor.locale),
    )
    return Answer(_card(interaction, kind, winner_id, said))


@routes.options("lead")
def search_lead(interaction: Interaction) -> Answer:
    """Leads for a select, as one types, each with its contact."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = search_leads(interaction.session, typed, limit=50)
    choices = (" · ".join(filter(None, (each.name, each.contact_name))) for each in found)
    return Answer(
        options=tuple(option(each, str(lead.id)) for each, lead in zip(choices, found, strict=True))
    )
