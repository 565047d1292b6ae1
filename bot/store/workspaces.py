"""Workspaces: made with settings and a first pipeline; found by Slack team; the local one adopted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.stages import FIRST_PIPELINE, FIRST_STAGES, category_of
from bot.store.database import alone
from bot.store.models import Change, LeadPolicy, Pipeline, Settings, Stage, Workspace
from bot.store.session import EVERYWHERE, new_changeset

LOCAL_NAME = "Local workspace"


def make_workspace(
    session: Session, *, name: str, now: datetime, slack_team_id: str | None = None, currency: str = "USD"
) -> Workspace:
    """A workspace with its settings and first pipeline. The session is one over all workspaces."""
    workspace = Workspace(name=name, slack_team_id=slack_team_id, created_at=now)
    session.add(workspace)
    session.flush()
    # What follows belongs to the new workspace, and is recorded as made with it.
    session.info.update(
        workspace_id=workspace.id, person_id=None, now=now, how="workspace.make", changeset=new_changeset()
    )
    pipeline = Pipeline(name=FIRST_PIPELINE)
    session.add_all([Settings(currency=currency), LeadPolicy(), pipeline])
    session.flush()
    for position, (stage_name, kind) in enumerate(FIRST_STAGES):
        category = category_of(kind, stage_name)
        session.add(
            Stage(pipeline_id=pipeline.id, name=stage_name, kind=kind, position=position, category=category)
        )
    session.flush()
    session.info.update(workspace_id=EVERYWHERE)
    return workspace


def access_workspace(session: Session, workspace_id: int) -> Workspace:
    """The workspace with this id, which exists as long as anything of it does."""
    return session.get_one(Workspace, workspace_id)


def find_team_workspace(session: Session, slack_team_id: str) -> Workspace | None:
    """The workspace of a Slack team, if it has one."""
    return session.scalars(select(Workspace).where(Workspace.slack_team_id == slack_team_id)).one_or_none()


def workspace_of_team(session: Session, slack_team_id: str, *, name: str, now: datetime) -> Workspace:
    """The Slack team's workspace: its own, else the local one (which it adopts), else a new one."""
    found = find_team_workspace(session, slack_team_id)
    if found is None:
        alone(session, "workspaces")
        found = find_team_workspace(session, slack_team_id)
    if found:
        return found
    local = session.scalars(
        select(Workspace).where(Workspace.slack_team_id.is_(None)).order_by(Workspace.id).limit(1)
    ).one_or_none()
    if local:
        local.slack_team_id, local.name = slack_team_id, name
        return local
    return make_workspace(session, name=name, slack_team_id=slack_team_id, now=now)


def shell_workspace(
    session: Session, *, now: datetime, workspace_id: int | None = None, currency: str = "USD"
) -> Workspace:
    """The workspace that the shell means: the named one, else the only or first one, else a new local one."""
    wanted = select(Workspace).order_by(Workspace.id).limit(1)
    if workspace_id is not None:
        wanted = wanted.where(Workspace.id == workspace_id)
    found = session.scalars(wanted).one_or_none()
    if found is None and workspace_id is not None:
        raise LookupError(workspace_id)
    return found or make_workspace(session, name=LOCAL_NAME, now=now, currency=currency)


def workspace_settings(session: Session) -> Settings:
    """The settings of the session's workspace, read once a transaction."""
    key = f"settings of {session.info.get('workspace_id')}"
    kept = session.info.get(key)
    if isinstance(kept, Settings) and kept in session:
        return kept
    found = session.info[key] = session.scalars(select(Settings)).one()
    return found


def has_changes(session: Session) -> bool:
    """True when anything was ever written in the session's workspace after it was made."""
    return (
        session.scalars(select(Change.id).where(Change.how != "workspace.make").limit(1)).first() is not None
    )


def list_workspaces(session: Session) -> list[Workspace]:
    """Every workspace of the database."""
    return list(session.scalars(select(Workspace).order_by(Workspace.id)))
