"""What an opportunity's card says of how good it is and how it is to be won."""

from bot.i18n import format_date, translator
from bot.store.models import Opportunity
from bot.views.text import shown


def card_lines(opportunity: Opportunity, locale: str) -> list[str]:
    """What the opportunity's card says of its evaluation: the strategy, the score with its change."""
    _ = translator(locale)
    lines = []
    if opportunity.strategy:
        lines.append(f"🧭 {shown(opportunity.strategy, 300)}")
    if opportunity.score is not None:
        said = "📊 " + _("Score {score} of 100", score=opportunity.score)
        if opportunity.score_before is not None:
            said += change_words(opportunity.score - opportunity.score_before, locale)
        if opportunity.scored_on:
            said += f" · {format_date(opportunity.scored_on, locale, year=False)}"
        lines.append(said)
    return lines


def change_words(points: int, locale: str) -> str:
    """What moved since the time before, in brackets behind the score."""
    _ = translator(locale)
    if points == 0:
        return _(" (as last time)")
    return _(" ({change} since last time)", change=f"{points:+d}".replace("-", "−"))
