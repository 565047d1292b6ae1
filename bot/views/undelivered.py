"""Why something could not be delivered, in words for whoever asked for it."""

from bot.domain.notices import NoticeKind
from bot.i18n import N_, translator
from bot.views.text import shown

_REASONS = {
    "is_archived": N_("the channel is archived."),
    "channel_not_found": N_(
        "the channel no longer exists, or I was removed from it. Invite me with /invite."
    ),
    "not_in_channel": N_("I am not in the channel. Invite me with /invite."),
    "user_not_found": N_("that person is no longer in this Slack workspace."),
    "user_disabled": N_("that person's Slack account is deactivated."),
    "account_inactive": N_(
        "my access to this Slack workspace was taken away. Ask an admin to install me again."
    ),
    "token_revoked": N_(
        "my access to this Slack workspace was taken away. Ask an admin to install me again."
    ),
    "invalid_auth": N_("my access to this Slack workspace was taken away. Ask an admin to install me again."),
    "no_slack_user": N_("that person is not linked to anyone in Slack. An admin can do it with `/crm team`."),
}


def why_failed(error: str, locale: str) -> str:
    """The reason in the reader's language; Slack's own code where there are no words for it."""
    _ = translator(locale)
    reason = _REASONS.get(error)
    return _(reason) if reason else _("Slack answered {error}.", error=shown(error, 100))


def what_failed(
    kind: NoticeKind, recipient: str, locale: str, *, text: str | None, person: str | None
) -> str:
    """What was to be delivered, and to whom."""
    _ = translator(locale)
    to = shown(person) if person else f"<#{recipient}>"
    match kind:
        case NoticeKind.TASK_REMINDER:
            return _("the reminder “{text}” for {to}", text=shown(text or "", 300), to=to)
        case NoticeKind.TASK_ASSIGNED:
            return _("the task “{text}” to {to}", text=shown(text or "", 300), to=to)
        case NoticeKind.FORECAST_DIGEST:
            return _("the forecast digest to {to}", to=to)
        case NoticeKind.PERFORMANCE_SUMMARY:
            return _("the performance summary to {to}", to=to)
        case NoticeKind.SHARED_CARD:
            return _("the card that you shared into {to}", to=to)
    return _("a message to {to}", to=to)
