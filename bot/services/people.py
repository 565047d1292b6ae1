"""People as Slack knows them: made when they first appear, kept as their profile changes."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from bot.domain.roles import Role
from bot.store import Session, alone
from bot.store.models import Person
from bot.store.people import find_slack_person, has_admin
from bot.store.workspaces import workspace_settings


def keep_profile(session: Session, slack_user_id: str, profile: Mapping[str, Any] | None) -> Person:
    """The person with this Slack id, made or brought up to date from Slack's `user` object.

    Without a profile (Slack did not answer) a new person gets the workspace's locale and zone until it
    does. Where nobody is admin yet, an owner or admin of the Slack workspace becomes it.
    """
    person = find_slack_person(session, slack_user_id)
    if person is None:
        alone(session, "people")
        person = find_slack_person(session, slack_user_id)
    if person is None:
        settings = workspace_settings(session)
        person = Person(
            slack_user_id=slack_user_id,
            name=slack_user_id,
            locale=settings.locale,
            zone=settings.zone,
            role=Role.REP,
        )
        session.add(person)
    if profile:
        details = profile.get("profile") or {}
        named = (
            profile.get("real_name"),
            details.get("real_name"),
            details.get("display_name"),
            profile.get("name"),
        )
        person.name = next((name for name in named if name), person.name)
        person.email = details.get("email") or person.email
        person.locale = profile.get("locale") or person.locale
        if profile.get("tz") in available_timezones():
            person.zone = profile["tz"]
        owner = profile.get("is_owner") or profile.get("is_primary_owner")
        if person.role != Role.ADMIN and (owner or profile.get("is_admin")) and not has_admin(session):
            person.role = Role.ADMIN
    session.flush()
    return person
