"""The menu behind More on an opportunity's card: a line for each thing, with what is known of it."""

from typing import Any

from bot.i18n import format_money, translate, translator
from bot.store.models import Opportunity
from bot.views.blocks import Block, View, button, section
from bot.views.menus import menu as menu_of
from bot.views.opportunities import by_hand_line, reference, title
from bot.views.private_notes import who_sees
from bot.views.text import shown
from bot.views.words import CATEGORIES


def menu(opportunity: Opportunity, locale: str, *, files: int, rests: bool, has_room: bool) -> View:
    """What can be done with it; `rests` where its signals are paused."""
    _ = translator(locale)
    about: dict[str, Any] = {"opportunity": opportunity.id}
    is_open = opportunity.stage.is_open
    rows: list[tuple[str, Block] | None] = [
        (_("Name, amount, close date, source, owner…"), button(_("Edit"), "opportunity.edit", **about)),
        (_products(opportunity, locale), button(_("Products"), "opportunity.lines", **about)),
        (_involved(opportunity, locale), button(_("Who is involved"), "opportunity.stakes", **about)),
        (_score(opportunity, locale), button(_("Evaluate"), "opportunity.evaluate", **about))
        if is_open
        else None,
        (
            shown(opportunity.strategy or _("How it is to be won, in a line"), 200),
            button(_("Strategy"), "opportunity.strategy", **about),
        )
        if is_open
        else None,
        (_category(opportunity, locale), button(_("Forecast category"), "opportunity.category", **about))
        if is_open
        else None,
        (
            _("{count} file|{count} files", count=files) if files else _("No file yet"),
            button(_("Files"), "opportunity.files", **about),
        ),
        (who_sees(locale), button(_("Private notes"), "private_note.list", **about)),
        (
            _("Who works on it, and who has which share of the credit"),
            button(_("Team"), "collaborator.list", **about),
        ),
        (
            _("The channel where it is worked on") if has_room else _("A channel of its own to work on it"),
            button(_("Deal room"), "room.open", **about),
        )
        if is_open or has_room
        else None,
        _rest(locale, about, rests=rests) if is_open else None,
        (
            _("What happened with the customer, and everything else about them"),
            button(_("Customer"), "customer.overview", customer=opportunity.customer_id),
        )
        if opportunity.customer_id
        else None,
        (
            _("Show the card to everybody in this channel"),
            button(_("Share"), "opportunity.share", **about),
        ),
    ]
    heading = section(f"*{title(opportunity)}*  `{reference(opportunity)}`")
    lines = [section(text, accessory=pressed) for text, pressed in filter(None, rows)]
    return menu_of(_("More"), [heading, *lines], locale)


def _products(opportunity: Opportunity, locale: str) -> str:
    _ = translator(locale)
    if not opportunity.lines:
        return _("What it is made of; the sum is its amount")
    said = _("{count} product line|{count} product lines", count=len(opportunity.lines))
    return f"{said} · {format_money(opportunity.amount, locale)}" if opportunity.amount else said


def _involved(opportunity: Opportunity, locale: str) -> str:
    _ = translator(locale)
    said = []
    if opportunity.involved:
        said.append(_("{count} contact|{count} contacts", count=len(opportunity.involved)))
    if opportunity.rivals:
        said.append(_("{count} competitor|{count} competitors", count=len(opportunity.rivals)))
    if opportunity.tags:
        said.append(_("{count} tag|{count} tags", count=len(opportunity.tags)))
    return " · ".join(said) or _("Contacts with their roles, competitors, tags")


def _score(opportunity: Opportunity, locale: str) -> str:
    _ = translator(locale)
    if opportunity.score is None:
        return _("Not evaluated yet")
    return _("Score {score} of 100", score=opportunity.score)


def _category(opportunity: Opportunity, locale: str) -> str:
    _ = translator(locale)
    if opportunity.category:
        return by_hand_line(opportunity, locale)
    kind = translate(locale, CATEGORIES[opportunity.forecast_category])
    return _("By its stage: {category}", category=kind)


def _rest(locale: str, about: dict[str, Any], *, rests: bool) -> tuple[str, Block]:
    _ = translator(locale)
    if rests:
        return _("It rests; nothing reminds of it"), button(_("Watch again"), "signal.resume", **about)
    return _("Let it rest until a day, with a reason"), button(_("Pause…"), "signal.pause", **about)
