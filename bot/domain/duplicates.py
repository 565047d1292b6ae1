"""Duplicates: why two records are probably of one customer, contact or lead."""

from enum import StrEnum


class Kind(StrEnum):
    """What may be here twice, by its table."""

    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    LEADS = "leads"


class Reason(StrEnum):
    """What they have in common."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    """The very mail address."""
    MAIL = "mail"
    """The domain of a mail address or website."""
    TAX_ID = "tax_id"


OWN = "custom_"
"""Before the key of a field that an admin defined: in a merge each of them is a field of its own."""
