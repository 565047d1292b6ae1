"""Actors: who is behind a Slack user id, kept for a minute so that most interactions ask nobody."""

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.actors import Actor
from bot.domain.roles import Role
from bot.services.people import keep_profile
from bot.store import Store
from bot.store.models import Person
from bot.store.people import find_slack_person
from bot.store.workspaces import find_team_workspace, workspace_of_team

KEPT_FOR_S = 60.0

log = structlog.get_logger(__name__)


class UnknownUser(Exception):
    """A user id that Slack does not know in this workspace."""


class Actors:
    """The people who speak with the bot, by Slack team and user."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[tuple[str, str], tuple[Actor, float]] = {}
        self._workspaces: dict[str, int] = {}

    def actor(
        self,
        team_id: str,
        team_name: str,
        user_id: str,
        client: WebClient,
        now: datetime,
        *,
        is_mentioned: bool = False,
    ) -> Actor:
        """The actor; at a person's first appearance Slack is asked for their name, language and zone.

        Who is only mentioned must be known to Slack: raises UnknownUser.
        """
        kept = self._kept.get((team_id, user_id))
        if kept and kept[1] > time.monotonic():
            return kept[0]
        workspace_id = self._workspace(team_id, team_name, now)
        actor = self._read_or_make(workspace_id, user_id, client, now, is_mentioned=is_mentioned)
        self._kept[(team_id, user_id)] = (actor, time.monotonic() + KEPT_FOR_S)
        return actor

    def know(
        self, team_id: str, team_name: str, users: Iterable[str], client: WebClient, now: datetime
    ) -> set[str]:
        """Make everybody mentioned a person of the workspace; those whom Slack does not know are returned."""
        unknown = set()
        for user_id in users:
            try:
                self.actor(team_id, team_name, user_id, client, now, is_mentioned=True)
            except UnknownUser:
                unknown.add(user_id)
        return unknown

    def forget(self, team_id: str | None = None) -> None:
        """Read everybody anew, since somebody's role, language or zone changed."""
        for key in list(self._kept):
            if team_id in (None, key[0]):
                self._kept.pop(key, None)

    def refresh(self, team_id: str, user_id: str, client: WebClient, now: datetime) -> None:
        """Ask Slack again about somebody already known: the event that says they changed has no locale."""
        with self._store.everywhere(writes=False) as session:
            workspace = find_team_workspace(session, team_id)
        try:
            profile = _profile(client, user_id) if workspace else None
        except UnknownUser:
            return
        if workspace is None or profile is None:
            return
        with self._store.transaction(Actor(workspace.id), now=now, how="person.refresh") as session:
            if find_slack_person(session, user_id):
                keep_profile(session, user_id, profile)
        self.forget(team_id)

    def _workspace(self, team_id: str, team_name: str, now: datetime) -> int:
        if team_id not in self._workspaces:
            with self._store.everywhere() as session:
                self._workspaces[team_id] = workspace_of_team(session, team_id, name=team_name, now=now).id
        return self._workspaces[team_id]

    def _read_or_make(
        self, workspace_id: int, user_id: str, client: WebClient, now: datetime, *, is_mentioned: bool
    ) -> Actor:
        with self._store.reading(workspace_id) as session:
            person = find_slack_person(session, user_id)
        # A person still named by their id was met while Slack did not answer.
        if person is None or person.name == user_id:
            try:
                profile = _profile(client, user_id)
            except UnknownUser:
                if is_mentioned:
                    raise
                profile = None  # Slack has just delivered what they did
            with self._store.transaction(Actor(workspace_id), now=now, how="person.meet") as session:
                person = keep_profile(session, user_id, profile)
        return actor_of(person)


def actor_of(person: Person) -> Actor:
    """The actor that a person is."""
    return Actor(
        workspace_id=person.workspace_id,
        person_id=person.id,
        slack_user_id=person.slack_user_id,
        name=person.name,
        role=Role(person.role),
        locale=person.locale,
        zone=person.zone,
    )


def _profile(client: WebClient, user_id: str) -> dict[str, Any] | None:
    """What Slack says of a user; None where it does not answer. Raises UnknownUser."""
    try:
        return dict(client.users_info(user=user_id, include_locale=True)["user"])
    except SlackApiError as error:
        if error.response.get("error") == "user_not_found":
            raise UnknownUser(user_id) from None
        log.warning("users_info_failed", user=user_id, error=str(error.response.get("error")))
        return None
    except (SlackClientError, OSError) as error:
        log.warning("users_info_failed", user=user_id, error=type(error).__name__)
        return None
