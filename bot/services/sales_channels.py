"""Sales channels: what goes together, what an admin adds, and two channels that meet at one customer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.sales_channels import SalesChannel
from bot.services.edits import edit
from bot.services.notices import post_notice
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.customers import access_customer
from bot.store.models import Customer, Opportunity, Settings
from bot.store.people import list_admins
from bot.store.sales_channels import list_channelled
from bot.store.workspaces import workspace_settings

MOST_ADDED = 20


class DirectHasNoPartner(Refusal):
    """A partner of a direct sale."""

    message = "A direct sale has no partner. Choose another sales channel, or empty the partner."


class OwnPartner(Refusal):
    """A customer that sells to itself."""

    message = "{name} cannot be its own partner. Choose who sells to them."


class ShareWithoutPartner(Refusal):
    """A share that nobody gets."""

    message = "Whose share is it? Name the partner."


class ShareOutOfRange(Refusal):
    """Not a share."""

    message = "A partner's share is between 0 and 100 percent; {typed} is not."


class DaysOutOfRange(Refusal):
    """Not a number of days."""

    message = "Type a number of days between 1 and 730; {typed} is not."


def settle_channel(session: Session, record: Customer | Opportunity) -> None:
    """Make the channel of a record whole: a partner without a channel means distribution.

    Raises DirectHasNoPartner, OwnPartner, ShareWithoutPartner and ShareOutOfRange.
    """
    percent = record.partner_percent
    if percent is not None and not 0 <= percent <= 100:
        raise ShareOutOfRange(field="partner_percent", typed=str(percent))
    if record.partner_id is None:
        if percent is not None:
            raise ShareWithoutPartner(field="partner")
        return
    its_customer = record.id if isinstance(record, Customer) else record.customer_id
    if its_customer == record.partner_id:
        raise OwnPartner(field="partner", name=access_customer(session, record.partner_id).name)
    if record.sales_channel == SalesChannel.DIRECT:
        raise DirectHasNoPartner(field="partner")
    if record.sales_channel is None:
        record.sales_channel = SalesChannel.DISTRIBUTION
    session.flush()


def channel_of(customer: Customer | None) -> dict[str, Any]:
    """The channel that a new opportunity of a customer begins with."""
    if customer is None or customer.sales_channel is None:
        return {}
    return {
        "sales_channel": customer.sales_channel,
        "partner_id": customer.partner_id,
        "partner_percent": customer.partner_percent,
    }


def sides_of(opportunities: Sequence[Opportunity]) -> dict[str, list[Opportunity]]:
    """Who sells to a customer: each partner by id, and `direct`, with their opportunities."""
    sides: dict[str, list[Opportunity]] = {}
    for each in opportunities:
        if each.partner_id is not None:
            sides.setdefault(str(each.partner_id), []).append(each)
        elif each.sales_channel == SalesChannel.DIRECT:
            sides.setdefault(SalesChannel.DIRECT, []).append(each)
    return sides


def meeting_channels(session: Session, customer_id: int, *, now: datetime) -> dict[str, list[Opportunity]]:
    """The sides that sell to a customer within the days of the settings; empty where they do not meet."""
    settings = workspace_settings(session)
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    since: date = today - timedelta(days=settings.channel_conflict_days)
    sides = sides_of(list_channelled(session, customer_id, since=since))
    customer = access_customer(session, customer_id)
    if customer.partner_id is not None:
        sides.setdefault(str(customer.partner_id), [])
    elif customer.sales_channel == SalesChannel.DIRECT:
        sides.setdefault(SalesChannel.DIRECT, [])
    return sides if len(sides) > 1 else {}


def flag_conflict(session: Session, customer_id: int | None, *, now: datetime) -> None:
    """Tell the managers of those involved, once for the same sides, that channels meet at a customer.

    Without a manager the admins are told.
    """
    if customer_id is None:
        return
    sides = meeting_channels(session, customer_id, now=now)
    if not sides:
        return
    owners = [each.owner for found in sides.values() for each in found if each.owner]
    owners += [owner] if (owner := access_customer(session, customer_id).owner) else []
    told = {owner.manager_id for owner in owners if owner.manager_id is not None}
    for person_id in sorted(told or {admin.id for admin in list_admins(session)}):
        names = sorted(sides)
        post_notice(
            session,
            kind=NoticeKind.CHANNEL_CONFLICT,
            recipient=direct_to(person_id),
            due_at=now,
            dedupe_key=f"channel_conflict:{customer_id}:{'+'.join(names)}:{person_id}",
            subject=Customer.__tablename__,
            subject_id=customer_id,
            payload={"sides": names},
        )


def edit_channels(
    session: Session,
    actor: Actor,
    *,
    names: Sequence[str],
    conflict_days: int,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Settings:
    """Set which sales channels the workspace has besides the usual ones, and how long channels may meet.

    Raises AdminsOnly, DaysOutOfRange and EditConflict.
    """
    check_is_admin(session, actor)
    if not 1 <= conflict_days <= 730:
        raise DaysOutOfRange(field="channel_conflict_days", typed=str(conflict_days))
    kept = {name_key(name): name.strip()[:60] for name in names if name.strip()}
    settings = workspace_settings(session)
    values = {
        "sales_channels": list(kept.values())[:MOST_ADDED],
        "channel_conflict_days": conflict_days,
    }
    edit(session, settings, values, version=version, seen=seen)
    return settings
