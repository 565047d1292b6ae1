"""What could not be done, in a sentence, with what to do next."""

from typing import Any

from bot.domain.errors import Refusal
from bot.domain.stages import PipelineNames, StageNames
from bot.i18n import language_of, translate, translator
from bot.language import nearest_verb, verb_words
from bot.views.blocks import LONGEST_VALUE, Message, View, button, modal, section, text_message
from bot.views.text import shown
from bot.views.words import pipeline_name, stage_name


def sentence(refusal: Refusal, locale: str) -> str:
    """The refusal in the reader's language; typed values are shown as typed."""
    values = {key: _said(value, locale) for key, value in refusal.values.items()}
    return translate(locale, refusal.message, **values)


def _said(value: Any, locale: str) -> Any:
    if isinstance(value, StageNames | PipelineNames):
        named = stage_name if isinstance(value, StageNames) else pipeline_name
        return shown(translate(locale, ", ").join(named(each, locale) for each in value), 600)
    return shown(value, 300) if isinstance(value, str) else value


def unknown_verb(typed: str, locale: str) -> Message:
    """An unknown word after /crm: the nearest one, and where the help is."""
    _ = translator(locale)
    near = nearest_verb(typed)
    if near:
        word = verb_words(near, language_of(locale))[0]
        text = _("I do not know “{typed}”. Did you mean `/crm {word}`?", typed=shown(typed, 60), word=word)
        again = button(_("Yes, {word}", word=word), "again", verb=near, text="")
        return text_message(text, again, button(_("Help"), "help"))
    text = _(
        "I do not know “{typed}”. `/crm help` shows what I can do, with examples.", typed=shown(typed, 60)
    )
    return text_message(text, button(_("Help"), "help"))


def apology(reference: str, locale: str, *, database: bool) -> Message:
    """An internal error, with the reference under which the log has it."""
    if database:
        text = translate(
            locale,
            "The database does not answer just now, so nothing was saved. Try again in a minute; "
            "if it stays so, tell your admin this reference: {reference}",
            reference=reference,
        )
    else:
        text = translate(
            locale,
            "Something went wrong on our side and nothing was saved. "
            "Tell your admin this reference: {reference}",
            reference=reference,
        )
    return text_message(text)


def not_opened(locale: str, *, verb: str | None, text: str) -> Message:
    """Slack did not open a form in time."""
    _ = translator(locale)
    if verb is None:
        return text_message(_("Slack did not open the form in time. Press the button again."))
    again = button(_("Open the form"), "again", verb=verb, text=text)
    fits = len(again["value"]) <= LONGEST_VALUE
    return text_message(_("Slack did not open the form in time."), *([again] if fits else []))


def refused_modal(text: str, locale: str) -> View:
    """A refusal where no message can be shown: on the Home tab and inside forms."""
    _ = translator(locale)
    return modal(_("Not possible"), None, [section(text)], callback="refused", close=_("Close"))
