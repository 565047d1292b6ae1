"""What the bot posts into channels, as admins set it: wins, links, and what it collects."""

from collections.abc import Mapping
from typing import Any

from bot.domain.postings import Unfurls
from bot.i18n import N_, translator
from bot.store.models import Settings
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    conversation_input,
    modal,
    option,
    section,
    select_input,
    text_input,
)
from bot.views.forms import with_problems

UNFURLS = {
    Unfurls.EVERYWHERE: N_("in every channel of ours"),
    Unfurls.CHOSEN: N_("only in the channels chosen below"),
    Unfurls.NOWHERE: N_("nowhere"),
}


def card(
    settings: Settings,
    locale: str,
    *,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Where wins are told, where links show names, by which emoji messages are collected."""
    _ = translator(locale)
    lines = [said] if said else []
    if settings.win_channel:
        place = f"<#{settings.win_channel}>"
        told = (
            _("Wins are told in {channel}, with amounts.", channel=place)
            if settings.win_shows_amount
            else _("Wins are told in {channel}, without amounts.", channel=place)
        )
    else:
        told = _("Wins are told nowhere yet.")
    lines.append(f"🎉 {told}")
    where = _(UNFURLS[Unfurls(settings.unfurls)])
    if settings.unfurls == Unfurls.CHOSEN:
        where += " " + " ".join(f"<#{each}>" for each in settings.unfurl_channels)
    lines.append("🔗 " + _("Links to opportunities show name and stage: {where}", where=where))
    lines.append(
        "📌 "
        + _(
            "In deal rooms, messages with {emoji} go on the opportunity's timeline.",
            emoji=f":{settings.collect_emoji}:",
        )
    )
    row: list[Block] = [button(_("Edit"), "postings.edit")] if may_edit else []
    row += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    row.append(button(_("Settings"), "settings.show"))
    text = "\n".join(lines)
    return Message(text, (section(text), action_row(*row)))


def form(
    settings: Settings,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form, with what holds or what was typed so far."""
    _ = translator(locale)
    values = values if values is not None else form_values(settings)
    inputs = [
        conversation_input(
            "win_channel",
            _("Tell wins in"),
            values.get("win_channel"),
            hint=_("With a picture. I must be in a private channel to post there. Empty: nowhere."),
        ),
        checkboxes_input(
            "win_shows_amount",
            _("Amounts"),
            [option(_("Tell how much was won"), "yes")],
            list(values.get("win_shows_amount") or []),
        ),
        select_input(
            "unfurls",
            _("Links to opportunities show name and stage"),
            [option(_(name), key.value) for key, name in UNFURLS.items()],
            values.get("unfurls"),
            optional=False,
            hint=_("Everybody in a channel sees that. Channels shared with other companies never do."),
        ),
        conversation_input(
            "unfurl_channels", _("Chosen channels"), list(values.get("unfurl_channels") or []), several=True
        ),
        text_input(
            "collect_emoji",
            _("Emoji that puts a message of a deal room on the timeline"),
            values.get("collect_emoji"),
            optional=False,
            longest=82,
            placeholder=":pushpin:",
        ),
    ]
    return modal(
        _("In channels"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="postings.edit",
        close=_("Cancel"),
        version=settings.version,
    )


def form_values(settings: Settings) -> dict[str, Any]:
    """What the form shows."""
    return {
        "win_channel": settings.win_channel,
        "win_shows_amount": ["yes"] if settings.win_shows_amount else [],
        "unfurls": settings.unfurls,
        "unfurl_channels": settings.unfurl_channels,
        "collect_emoji": f":{settings.collect_emoji}:",
    }
