"""What a customer's profile is made of."""

from enum import StrEnum

LISTS = ("aliases", "other_phones", "addresses", "tags")
"""The fields of a customer that hold several values."""


class ContactRole(StrEnum):
    """What a contact does where one decides to buy."""

    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    USER = "user"
    BLOCKER = "blocker"


NO_YEAR = 1904
"""The year of a birthday of which only month and day are known: a leap year long ago."""
