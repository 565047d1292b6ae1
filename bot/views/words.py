"""The words of the domain in the reader's language: stages, kinds, states, roles."""

from bot.domain.profiles import ContactRole
from bot.domain.stages import FIRST_PIPELINE, ForecastCategory, Need
from bot.i18n import N_, language_of, translate

STAGES = (
    N_("Qualification"),
    N_("Discovery"),
    N_("Proposal"),
    N_("Negotiation"),
    N_("Won"),
    N_("Lost"),
    N_("Usage review"),
    N_("Renewal offer"),
    N_("Terms agreed"),
)
"""Well-known names; all others stand as an admin wrote them."""

_PIPELINES = {FIRST_PIPELINE: N_("Sales pipeline"), "Renewals": N_("Renewals")}
"""Well-known pipelines, and what they are called where they are not shown as written."""

ROLES = {"rep": N_("Rep"), "manager": N_("Manager"), "admin": N_("Admin")}

CUSTOMER_KINDS = {
    "prospect": N_("Prospect"),
    "active": N_("Active customer"),
    "lapsed": N_("Lapsed"),
    "lost": N_("Lost prospect"),
    "partner": N_("Partner"),
}

CONTACT_ROLES = {
    ContactRole.DECISION_MAKER: N_("Decision maker"),
    ContactRole.INFLUENCER: N_("Influencer"),
    ContactRole.USER: N_("User"),
    ContactRole.BLOCKER: N_("Blocker"),
}

CATEGORIES = {
    ForecastCategory.PIPELINE: N_("In the pipeline"),
    ForecastCategory.BEST_CASE: N_("Best case"),
    ForecastCategory.COMMIT: N_("Commit"),
    ForecastCategory.CLOSED: N_("Closed"),
    ForecastCategory.OMITTED: N_("Omitted"),
}

NEEDS = {
    Need.AMOUNT: N_("Amount"),
    Need.CLOSE_ON: N_("Close date"),
    Need.SOURCE: N_("Source"),
    Need.COMPETITOR: N_("Competitor"),
    Need.PROBABILITY: N_("Your estimate in percent"),
    Need.NOTE: N_("Note"),
    Need.CONTACT: N_("A contact"),
    Need.DECISION_MAKER: N_("A decision maker"),
    Need.PRODUCTS: N_("Product lines"),
}

ACTIVITY_KINDS = {
    "call": N_("Call"),
    "visit": N_("Visit"),
    "meeting": N_("Meeting"),
    "email": N_("Email"),
    "message": N_("Message"),
    "note": N_("Note"),
}

SOURCES = {
    "referral": N_("referral"),
    "转介绍": N_("referral"),
    "website": N_("website"),
    "官网": N_("website"),
    "exhibition": N_("exhibition"),
    "trade fair": N_("exhibition"),
    "trade show": N_("exhibition"),
    "展会": N_("exhibition"),
    "event": N_("event"),
    "活动": N_("event"),
    "webinar": N_("webinar"),
    "cold call": N_("cold call"),
    "陌拜": N_("cold call"),
    "partner": N_("partner"),
    "合作伙伴": N_("partner"),
    "advertising": N_("advertising"),
    "广告": N_("advertising"),
    "existing customer": N_("existing customer"),
    "老客户": N_("existing customer"),
}
"""What people write for the well-known sources, in either language."""

QUOTE_STATES = {
    "draft": N_("Draft"),
    "sent": N_("Sent"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
}

TASK_STATES = {"open": N_("to do"), "done": N_("done"), "cancelled": N_("cancelled")}


def stage_name(name: str, locale: str) -> str:
    """A stage's name: the well-known ones are translated, a workspace's own stand as they are."""
    return translate(locale, name) if name in STAGES else name


def stage_of_line(stage: str | None, pipeline: str | None, locale: str) -> str:
    """The stage of a line of figures, with its pipeline where one is given."""
    if stage is None:
        return translate(locale, "Unknown stage")
    name = stage_name(stage, locale)
    return name if pipeline is None else f"{pipeline_name(pipeline, locale)} · {name}"


def pipeline_name(name: str, locale: str) -> str:
    """A pipeline's name: the well-known ones are translated where the reader does not read English."""
    if language_of(locale) == "en" or name not in _PIPELINES:
        return name
    return translate(locale, _PIPELINES[name])


def source_name(source: str, locale: str) -> str:
    """A source to be shown: the well-known ones in the reader's language, all others as they were typed."""
    known = SOURCES.get(source.strip().casefold())
    # An English reader keeps the English word that was typed, and a Chinese reader the Chinese one.
    if known is None or source.isascii() == (language_of(locale) == "en"):
        return source
    return translate(locale, known)
