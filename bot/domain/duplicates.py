"""Duplicates: why two records are probably of one customer."""

from enum import StrEnum


class Reason(StrEnum):
    """What they have in common."""

    NAME = "name"
    PHONE = "phone"
    MAIL = "mail"
    TAX_ID = "tax_id"
