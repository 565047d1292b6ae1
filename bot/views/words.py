"""The words of the domain in the reader's language: stages, kinds, states, roles."""

from bot.domain.profiles import ContactRole
from bot.i18n import N_, translate

STAGES = (
    N_("Qualification"),
    N_("Discovery"),
    N_("Proposal"),
    N_("Negotiation"),
    N_("Won"),
    N_("Lost"),
)

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

ACTIVITY_KINDS = {
    "call": N_("Call"),
    "visit": N_("Visit"),
    "meeting": N_("Meeting"),
    "email": N_("Email"),
    "message": N_("Message"),
    "note": N_("Note"),
}

QUOTE_STATES = {
    "draft": N_("Draft"),
    "sent": N_("Sent"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
}

TASK_STATES = {"open": N_("to do"), "done": N_("done"), "cancelled": N_("cancelled")}


def stage_name(name: str, locale: str) -> str:
    """A stage's name: those of the first pipeline are translated, a workspace's own stand as they are."""
    return translate(locale, name) if name in STAGES else name
