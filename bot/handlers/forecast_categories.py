"""`/crm category Acme commit: signed letter`: what an opportunity counts as in a forecast, and why."""

import re
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.stages import ForecastCategory
from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_named_first, which_opportunity
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.handlers.signals import with_signals
from bot.i18n import translate
from bot.services.edits import EditConflict
from bot.services.forecast_categories import CategoryOfClosed, CategoryReasonMissing, set_category
from bot.services.rights import check_may_change
from bot.store.forecast_categories import list_category_changes
from bot.store.models import Opportunity
from bot.store.opportunities import access_opportunity
from bot.views import forecast_categories as views
from bot.views.blocks import View, text_message
from bot.views.problems import sentence
from bot.views.text import plain
from bot.views.words import CATEGORIES

routes = Routes()

_TYPED = {
    ForecastCategory.COMMIT: r"committed|commit|承诺",
    ForecastCategory.BEST_CASE: r"best[ _-]?case|best|upside|乐观|最好情况",
    ForecastCategory.PIPELINE: r"(?:in the )?pipeline|跟进中|储备",
    ForecastCategory.OMITTED: r"omitted|omit|leave out|不计入|排除",
    None: r"(?:by )?(?:rule|(?:its )?stage)|(?:按|恢复)?(?:规则|阶段)",
}
_BECAUSE = re.compile(
    r"^[\s,，;；:：.。]*(?:because\b|reason\s*[:：]|因为|原因\s*[:：]?)?[\s:：]*", re.IGNORECASE
)


class NoCategory(Refusal):
    """A word that is no category."""

    message = "“{typed}” is no forecast category. One of: {categories}; or “rule”, so that its stage decides."


@routes.command("category")
def category(interaction: Interaction) -> Answer:
    """Set it from a line, or open the form."""
    typed = plain(interaction.text).strip()
    if not typed:
        return which_opportunity(interaction, "category", "")
    found, name, rest = opportunities_named_first(interaction, typed)
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "category", rest, found)
    if not rest:
        return Answer(modal=_form(interaction, _changeable(interaction, found[0].id)))
    chosen, reason = _read(interaction, rest)
    try:
        set_category(
            interaction.session, interaction.actor, found[0].id, chosen, reason=reason, now=interaction.now
        )
    except CategoryReasonMissing as refusal:
        said = sentence(refusal, interaction.actor.locale)
        opportunity = access_opportunity(interaction.session, found[0].id)
        form = _form(
            interaction, opportunity, values={"category": chosen}, problems={"category_reason": said}
        )
        return Answer(text_message(said), modal=form, refused=True)
    return _set(interaction, found[0].id)


def _read(interaction: Interaction, text: str) -> tuple[ForecastCategory | None, str]:
    """The category that the words begin with and the reason behind it. Raises NoCategory."""
    for kind, words in _TYPED.items():
        if found := re.match(rf"(?:{words})(?![a-z])", text, re.IGNORECASE):
            return kind, _BECAUSE.sub("", text[found.end() :]).strip()
    raise NoCategory(typed=text, categories=_known(interaction))


def read_category(interaction: Interaction, typed: str) -> ForecastCategory:
    """The category of these words and no others. Raises NoCategory."""
    chosen, rest = _read(interaction, typed)
    if chosen is None or rest:
        raise NoCategory(typed=typed, categories=_known(interaction))
    return chosen


def _known(interaction: Interaction) -> str:
    locale = interaction.actor.locale
    names = [translate(locale, CATEGORIES[each]) for each in views.BY_HAND]
    return ("、" if locale.startswith("zh") else ", ").join(names)


def _changeable(interaction: Interaction, opportunity_id: int) -> Opportunity:
    """The opportunity, where its category may be set: nobody fills a form in vain."""
    opportunity = access_opportunity(interaction.session, opportunity_id)
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    if not opportunity.stage.is_open:
        raise CategoryOfClosed(name=opportunity.name)
    return opportunity


def _form(interaction: Interaction, opportunity: Opportunity, **more: Any) -> View:
    past = list_category_changes(interaction.session, opportunity.id)
    return views.form(opportunity, past, interaction.actor.locale, zone=interaction.actor.tz, **more)


def _set(interaction: Interaction, opportunity_id: int) -> Answer:
    said = "✅ " + interaction._("Saved.")
    return Answer(with_signals(interaction, opportunity_id, said=said, changeset=interaction.changeset))


@routes.action("opportunity.category")
def press_category(interaction: Interaction) -> Answer:
    """Open the form."""
    return Answer(modal=_form(interaction, _changeable(interaction, interaction.value["opportunity"])))


@routes.view("opportunity.category")
def submit_category(interaction: Interaction) -> Answer:
    """Save it; where somebody else saved another one meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    chosen = form.get("category")
    try:
        set_category(
            interaction.session,
            interaction.actor,
            metadata["opportunity"],
            ForecastCategory(chosen) if chosen and chosen != views.RULE else None,
            reason=form.get("category_reason"),
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        there = access_opportunity(interaction.session, metadata["opportunity"])
        now_there = {
            "category": interaction._(CATEGORIES[there.forecast_category]),
            "category_reason": there.category_reason,
        }
        problems = conflict_problems(interaction, conflict, now_there)
        view = _form(interaction, there, values=dict(form), problems=problems)
        return conflict_answer(interaction, conflict, view)
    return _set(interaction, metadata["opportunity"])
