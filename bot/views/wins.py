"""Wins as the channel sees them: the message, its picture's figures, and the mark of one taken back."""

from bot.domain.charts import WinFigures
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.i18n import format_date, format_money, translator
from bot.store.models import Opportunity
from bot.views.blocks import Message, action_row, button, context, section
from bot.views.opportunities import reference, title
from bot.views.periods import period_name
from bot.views.text import cut, plain, shown
from bot.views.words import source_name


def won(opportunity: Opportunity, locale: str, *, shows_amount: bool) -> Message:
    """What was won, by whom, after how long; each reader's Details are by their own rights."""
    _ = translator(locale)
    name = title(opportunity)
    if shows_amount and opportunity.amount:
        said = "🎉 " + _(
            "*{name}* is won: {amount}.", name=name, amount=format_money(opportunity.amount, locale)
        )
    else:
        said = "🎉 " + _("*{name}* is won.", name=name)
    pairs = _facts(opportunity, locale)
    facts = [shown(_("{label}: {value}", label=label, value=value), 200) for label, value in pairs]
    details = button(_("Details"), "opportunity.show", opportunity=opportunity.id)
    blocks = [section(said), context(" · ".join([*facts, reference(opportunity)])), action_row(details)]
    return Message("\n".join([said, *facts]), tuple(blocks))


def taken_back(opportunity: Opportunity, locale: str) -> Message:
    """The win that stood here was none after all; it names neither amount nor reason."""
    _ = translator(locale)
    said = "↩️ " + _("Taken back: *{name}* is not won.", name=title(opportunity))
    details = button(_("Details"), "opportunity.show", opportunity=opportunity.id)
    return Message(said, (section(said), action_row(details)))


def figures(
    opportunity: Opportunity,
    locale: str,
    *,
    shows_amount: bool,
    quarter: Period,
    won_so_far: Money | None,
    quota: Money | None,
) -> WinFigures:
    """What the picture shows; without amounts neither this one nor the quarter's."""
    _ = translator(locale)
    customer = plain(opportunity.customer.name if opportunity.customer else opportunity.name)
    name = plain(opportunity.name)
    amount = format_money(opportunity.amount, locale) if shows_amount and opportunity.amount else None
    return WinFigures(
        title=_("Won: {name}", name=cut(customer, 80)),
        subtitle="" if name == customer else cut(name, 120),
        headline=amount or _("Signed"),
        facts=tuple((label, plain(value)) for label, value in _facts(opportunity, locale)),
        period=period_name(quarter, locale),
        won=won_so_far if shows_amount else None,
        quota=quota if shows_amount else None,
    )


def _facts(opportunity: Opportunity, locale: str) -> list[tuple[str, str]]:
    _ = translator(locale)
    facts = [(_("Won by"), opportunity.owner.name)] if opportunity.owner else []
    if opportunity.opened_on and opportunity.closed_on:
        days = (opportunity.closed_on - opportunity.opened_on).days
        facts.append((_("After"), _("{count} day|{count} days", count=days)))
    if opportunity.product:
        facts.append((_("Product"), opportunity.product.name))
    elif opportunity.source:
        facts.append((_("Source"), source_name(opportunity.source, locale)))
    elif opportunity.closed_on:
        facts.append((_("Closed on"), format_date(opportunity.closed_on, locale, year=False)))
    return facts
