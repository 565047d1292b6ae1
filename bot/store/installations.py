"""Installations: which Slack teams the bot is in, with tokens that only the secret key opens."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.models import Installation


def vault(keys: Sequence[str]) -> MultiFernet:
    """Encrypts with the first key, opens with any: a key is rotated by putting a new one in front."""
    return MultiFernet([Fernet(key) for key in keys])


def find_installation(
    session: Session, *, slack_team_id: str, slack_enterprise_id: str = ""
) -> Installation | None:
    """The team's installation, else its enterprise's."""
    wanted = select(Installation).where(
        Installation.slack_team_id.in_([slack_team_id, ""]),
        Installation.slack_enterprise_id.in_(["", slack_enterprise_id]),
    )
    return session.scalars(wanted.order_by(Installation.slack_team_id.desc()).limit(1)).one_or_none()


def keep_installation(session: Session, installation: Installation) -> None:
    """Store an installation in place of the team's earlier one."""
    remove_installation(
        session,
        slack_team_id=installation.slack_team_id,
        slack_enterprise_id=installation.slack_enterprise_id,
    )
    session.add(installation)


def remove_installation(session: Session, *, slack_team_id: str, slack_enterprise_id: str = "") -> None:
    """Forget a team's token: the app was uninstalled."""
    session.execute(
        delete(Installation).where(
            Installation.slack_team_id == slack_team_id,
            Installation.slack_enterprise_id == slack_enterprise_id,
        )
    )
