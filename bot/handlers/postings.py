"""`/crm wins`: where wins are told; and the form of all that the bot says into channels."""

import re
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.edits import EditConflict
from bot.services.postings import edit_postings
from bot.services.rights import check_is_admin
from bot.store.workspaces import workspace_settings
from bot.views import postings as views
from bot.views.blocks import Message
from bot.views.text import plain

routes = Routes()

_HERE = re.compile(r"(?<!\w)here(?!\w)|(?:在)?(?:这里|本频道|当前频道|此频道)", re.IGNORECASE)
_OFF = re.compile(r"(?<!\w)(?:off|nowhere|stop|none)(?!\w)|关闭|停止|取消|不发", re.IGNORECASE)
_SILENT = re.compile(
    r"(?<!\w)(?:without|no|hide) (?:the )?amounts?(?!\w)|不[带显含](?:示)?金额|隐藏金额", re.IGNORECASE
)
_OPEN = re.compile(r"(?<!\w)(?:with|show) (?:the )?amounts?(?!\w)|[带显含](?:示)?金额", re.IGNORECASE)
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")


class NotAPlaceForWins(Refusal):
    """Words that say neither where nor how."""

    message = "Where are wins told? Type `/crm wins here`, `/crm wins #channel` or `/crm wins off`."


@routes.command("wins")
def wins(interaction: Interaction) -> Answer:
    """Show where wins are told; `here`, a channel or `off` changes it, `without amounts` hides them."""
    typed = interaction.text.strip()
    values: dict[str, Any] = {}
    if not typed:
        return Answer(_card(interaction))
    if _OFF.search(typed):
        values["win_channel"] = None
    elif channel := _CHANNEL.search(typed):
        values["win_channel"] = channel[1]
    elif _HERE.search(typed) and not str(interaction.channel or "D").startswith("D"):
        values["win_channel"] = interaction.channel
    if _SILENT.search(typed):
        values["win_shows_amount"] = False
    elif _OPEN.search(typed):
        values["win_shows_amount"] = True
    if not values:
        raise NotAPlaceForWins
    edit_postings(interaction.session, interaction.actor, values)
    return _saved(interaction)


def _card(interaction: Interaction) -> Message:
    settings, actor = workspace_settings(interaction.session), interaction.actor
    return views.card(settings, actor.locale, may_edit=actor.is_admin)


def _saved(interaction: Interaction) -> Answer:
    settings, actor = workspace_settings(interaction.session), interaction.actor
    said = "✅ " + interaction._("Settings saved.")
    return Answer(
        views.card(settings, actor.locale, may_edit=True, said=said, changeset=interaction.changeset)
    )


@routes.action("postings.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """Show what holds."""
    return Answer(_card(interaction))


@routes.action("postings.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form."""
    check_is_admin(interaction.session, interaction.actor)
    return Answer(modal=views.form(workspace_settings(interaction.session), interaction.actor.locale))


@routes.view("postings.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata, locale = interaction.form, interaction.metadata, interaction.actor.locale
    values = {
        "win_channel": form.get("win_channel"),
        "win_shows_amount": bool(form.get("win_shows_amount")),
        "unfurls": form.get("unfurls"),
        "unfurl_channels": list(form.get("unfurl_channels") or []),
        "collect_emoji": plain(form.get("collect_emoji") or ""),
    }
    try:
        edit_postings(
            interaction.session,
            interaction.actor,
            values,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        settings = workspace_settings(interaction.session)
        theirs = views.form_values(settings)
        problems = conflict_problems(interaction, conflict, theirs)
        typed = values | {"win_shows_amount": form.get("win_shows_amount") or []}
        return conflict_answer(
            interaction, conflict, views.form(settings, locale, values=typed, problems=problems)
        )
    return _saved(interaction)
