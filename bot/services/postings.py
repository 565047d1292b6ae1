"""What is said into channels: wins and links; and by which emoji messages are collected."""

from collections.abc import Mapping
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.postings import Unfurls, emoji_name
from bot.services.edits import edit
from bot.services.rights import check_is_admin
from bot.store import Session
from bot.store.models import Settings
from bot.store.workspaces import workspace_settings


class NoEmoji(Refusal):
    """Not the name of an emoji."""

    message = "“{typed}” is not the name of an emoji. Type it as in Slack, such as: :pushpin:"


class ChannelsMissing(Refusal):
    """Only in chosen channels, of which there are none."""

    message = "In which channels? Choose at least one, or choose nowhere."


def edit_postings(
    session: Session,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Settings:
    """Change where wins are told and with what, where links are unfurled, and by what messages are collected.

    Raises AdminsOnly, NoEmoji, ChannelsMissing and EditConflict.
    """
    check_is_admin(session, actor)
    columns = dict(values)
    settings = workspace_settings(session)
    if "collect_emoji" in columns:
        typed = str(columns["collect_emoji"] or "")
        columns["collect_emoji"] = emoji_name(typed)
        if columns["collect_emoji"] is None:
            raise NoEmoji(field="collect_emoji", typed=typed)
    if columns.get("unfurls") == Unfurls.CHOSEN and not columns.get("unfurl_channels"):
        raise ChannelsMissing(field="unfurl_channels")
    edit(session, settings, columns, version=version, seen=seen)
    return settings


def may_unfurl(settings: Settings, slack_channel: str) -> bool:
    """Whether the workspace lets links show their names in a channel.."""
    if settings.unfurls == Unfurls.CHOSEN:
        return slack_channel in settings.unfurl_channels
    return settings.unfurls == Unfurls.EVERYWHERE
