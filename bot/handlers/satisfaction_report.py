"""`/crm report satisfaction`: what customers say, by person, product and customer."""

from bot.handlers.answers import Answer
from bot.handlers.asked import read_asked
from bot.handlers.interaction import Interaction
from bot.reports.satisfaction import satisfaction
from bot.views import satisfaction_report as views

WORDS = ("satisfaction", "csat", "nps", "满意度", "客户满意度")
"""After `/crm report` these ask for this report."""


def asks_for_satisfaction(text: str) -> str | None:
    """What else a report's words say where they ask for satisfaction; None where they ask for another."""
    for word in sorted(WORDS, key=len, reverse=True):
        if word in text.casefold():
            place = text.casefold().index(word)
            return f"{text[:place]} {text[place + len(word) :]}".strip()
    return None


def show_report(interaction: Interaction) -> Answer:
    """Scores overall, by person, product and customer; of a period or a person where one is named."""
    asked = read_asked(interaction, past=True)
    found = satisfaction(interaction.session, period=asked.period, person_id=asked.person_id)
    return Answer(views.report(found, interaction.actor.locale, period=asked.period, owner=asked.name))
