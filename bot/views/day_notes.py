"""What else a day shows: the opportunities that need a look, and the quotes that end soon."""

from typing import Any

from bot.i18n import format_date, format_money, translator
from bot.store.days import Day
from bot.store.models import Quote
from bot.store.signals import Signalled
from bot.views.blocks import Block, action_row, button, divider, section
from bot.views.opportunities import line as opportunity_line
from bot.views.signals import COUNTED, evidence_of
from bot.views.text import shown

_QUOTES = 2


def blocks(day: Day, locale: str) -> list[Block]:
    """Both, where there are any."""
    _ = translator(locale)
    found: list[Block] = []
    if day.watch and day.watch.counts:
        everything = button(_("Show all"), "signal.list", person=None)
        found += [divider(), section(f"*👀 {_needing(day, locale)}*", accessory=everything)]
        for each in day.watch.page:
            found += _needs_a_look(each, locale)
    if day.quotes:
        lines = [_quote(each, day, locale) for each in day.quotes[:_QUOTES]]
        left = len(day.quotes) - len(lines)
        lines += [_("and {count} more|and {count} more", count=left)] if left else []
        show = button(_("Show"), "quote.show", quote=day.quotes[0].id)
        heading = _(
            "{count} quote ends within a week|{count} quotes end within a week", count=len(day.quotes)
        )
        found.append(section("\n".join([f"*⏳ {heading}*", *lines]), accessory=show))
    return found


def lines(day: Day, locale: str) -> list[str]:
    """The same in words."""
    _ = translator(locale)
    said_of = [f"👀 {_needing(day, locale)}"] if day.watch and day.watch.counts else []
    return said_of + [f"⏳ {_quote(each, day, locale)}" for each in day.quotes[:_QUOTES]]


def _needing(day: Day, locale: str) -> str:
    _ = translator(locale)
    counts = day.watch.counts if day.watch else {}
    return " · ".join(_(COUNTED[kind], count=count) for kind, count in counts.items())


def _needs_a_look(each: Signalled, locale: str) -> list[Block]:
    _ = translator(locale)
    about: dict[str, Any] = {"opportunity": each.opportunity.id}
    evidence = "\n".join(f"• {words}" for words in evidence_of(each, locale)[:2])
    return [
        section(f"{opportunity_line(each.opportunity, locale)}\n{evidence}".rstrip()),
        action_row(
            button(_("Log"), "activity.new", **about),
            button(_("Task"), "task.new", **about),
            button(_("Pause"), "signal.pause", **about),
            button(_("Show"), "opportunity.show", **about),
        ),
    ]


def _quote(quote: Quote, day: Day, locale: str) -> str:
    _ = translator(locale)
    until = quote.valid_until or day.today
    ends = _("today") if until == day.today else format_date(until, locale, year=False)
    return " · ".join(
        [f"{quote.number} {shown(quote.customer.name, 80)}", format_money(quote.total, locale), ends]
    )
