"""Sales channels: directly, through a partner, online; and what each brings."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.forecast import Share
from bot.domain.money import Money
from bot.domain.periods import Period


class SalesChannel(StrEnum):
    """The channels that every workspace has; its admins add others by name."""

    DIRECT = "direct"
    DISTRIBUTION = "distribution"
    ECOMMERCE = "ecommerce"


@dataclass(frozen=True)
class ChannelLine:
    """What one channel or partner brings; its name is None where nobody has said one."""

    name: str | None
    open_count: int
    open: tuple[Money, ...]
    win_rate: Share
    won: tuple[Money, ...]
    partner_share: tuple[Money, ...]
    """What of the won amounts is the partners'."""


@dataclass(frozen=True)
class ChannelReport:
    """Opportunities by sales channel and partner: what ended in the period (None: ever), what is open."""

    period: Period | None
    by_channel: tuple[ChannelLine, ...]
    by_partner: tuple[ChannelLine, ...]
