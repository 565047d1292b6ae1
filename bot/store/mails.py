"""Whose a mail is: found by address, by domain, by its own id."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.store.activities import access_activity
from bot.store.models import Activity, Contact, Customer, Person

_FREE = frozenset(
    ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "qq.com", "163.com", "126.com"]
)


def activity_of_mail(session: Session, message_id: str) -> Activity | None:
    """The activity that this mail became."""
    found = session.scalars(select(Activity.id).where(Activity.external_id == message_id).limit(1)).first()
    return access_activity(session, found) if found else None


def contact_of_mail(session: Session, addresses: Sequence[str]) -> Contact | None:
    """Whose address one of these is, in their order."""
    wanted = select(Contact).join(Contact.customer).where(func.lower(Contact.email).in_(addresses))
    found = {(each.email or "").lower(): each for each in session.scalars(wanted.order_by(Contact.id.desc()))}
    return next((found[each] for each in addresses if each in found), None)


def customer_of_domain(session: Session, domains: Sequence[str]) -> int | None:
    """The one customer whose contacts or website are at one of these domains; None where it is not one."""
    own = [each for each in domains if each and each not in _FREE]
    if not own:
        return None
    mail = or_(*(func.lower(Contact.email).endswith("@" + each, autoescape=True) for each in own))
    site = or_(*(func.lower(Customer.website).contains(each, autoescape=True) for each in own))
    ids = set(session.scalars(select(Contact.customer_id).join(Contact.customer).where(mail).limit(50)))
    ids |= set(session.scalars(select(Customer.id).where(site).limit(50)))
    return ids.pop() if len(ids) == 1 else None


def is_colleague(session: Session, address: str) -> bool:
    """Somebody of ours has this address."""
    wanted = select(Person.id).where(func.lower(Person.email) == address.lower()).limit(1)
    return session.scalars(wanted).first() is not None
