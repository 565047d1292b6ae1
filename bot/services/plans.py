"""The sales plan: quotas set and taken away."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.services.rights import check_is_admin, check_may_change
from bot.store import Session, alone
from bot.store.models import Quota
from bot.store.people import access_person
from bot.store.plans import find_quota
from bot.store.workspaces import workspace_settings


class QuotaNotPositive(Refusal):
    """A quota of nothing, or less."""

    message = "A quota is more than zero; {amount} is not. Type what is to be sold, such as 500k."


class QuotaInOtherCurrency(Refusal):
    """A quota that no figure could be compared with, since nothing converts money."""

    message = (
        "Figures are counted in {currency}, so {amount} cannot be a quota. Type the amount in {currency}."
    )


class NoQuotaToRemove(Refusal):
    """An empty amount where there is no quota."""

    message = "How much is to be sold? For example: 500k"


def set_quota(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    amount: Money | None,
    now: datetime,
    person_id: int | None = None,
    team_id: int | None = None,
) -> Quota:
    """Set what a person, a team or (neither) the workspace is to sell in the period; None takes it away.

    A person's quota is set by themselves, those above them and admins; others' by admins alone. Raises
    NotAllowed, AdminsOnly, UnknownPerson, QuotaNotPositive, QuotaInOtherCurrency, and NoQuotaToRemove where
    there is none to take.
    """
    if person_id is not None:
        access_person(session, person_id)
        check_may_change(session, actor, person_id)
    else:
        check_is_admin(session, actor)
    alone(session, f"quotas of {actor.workspace_id}")  # no two of one person and period
    quota = find_quota(
        session, person_id=person_id, team_id=team_id, starts_on=period.start, ends_on=period.end
    )
    if amount is None:
        if quota is None:
            raise NoQuotaToRemove(field="amount")
        quota.deleted_at = now
        session.flush()
        return quota
    if amount.minor <= 0:
        raise QuotaNotPositive(field="amount", amount=amount)
    currency = workspace_settings(session).currency
    if amount.currency != currency:
        raise QuotaInOtherCurrency(field="amount", amount=amount, currency=currency)
    if quota is None:
        quota = Quota(
            person_id=person_id,
            team_id=team_id,
            starts_on=period.start,
            ends_on=period.end,
            amount_minor=amount.minor,
            currency=amount.currency,
        )
        session.add(quota)
    else:
        quota.amount_minor, quota.currency = amount.minor, amount.currency
    session.flush()
    return quota
