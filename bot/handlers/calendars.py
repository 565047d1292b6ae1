"""`/crm calendar`: one's tasks and meetings for other programs, as a file and at a private address."""

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.calendars import renew_feed, revoke_feed
from bot.services.notices import post_notice
from bot.store.calendars import feed_of
from bot.views import calendars as views
from bot.views.blocks import Message

routes = Routes()

_ADDRESS = frozenset(["link", "feed", "url", "address", "subscribe", "链接", "地址", "订阅", "网址"])
_END = frozenset(["end", "stop", "revoke", "off", "停用", "取消", "关闭", "停止"])


class NoPublicAddress(Refusal):
    """No program can reach the bot."""

    message = "Calendar programs cannot subscribe here: an admin has to set DEALDESK_URL, the public address."


@routes.command("calendar")
def calendar(interaction: Interaction) -> Answer:
    """The file, by direct message; `link` makes the private address, `stop` ends it."""
    typed = interaction.text.casefold()
    if typed in _ADDRESS:
        return _renewed(interaction)
    if typed in _END:
        return Answer(_ended(interaction))
    return Answer(_sent(interaction))


@routes.action("calendar.file")
def press_file(interaction: Interaction) -> Answer:
    """The file, by direct message."""
    return Answer(_sent(interaction))


@routes.action("calendar.renew")
def press_renew(interaction: Interaction) -> Answer:
    """A private address, in place of the one before."""
    return _renewed(interaction)


@routes.action("calendar.revoke")
def press_revoke(interaction: Interaction) -> Answer:
    """End the private address."""
    return Answer(_ended(interaction), replace=True)


def _sent(interaction: Interaction) -> Message:
    post_notice(
        interaction.session,
        kind=NoticeKind.CALENDAR_FILE,
        recipient=direct_to(interaction.actor.person_id or 0),
        due_at=interaction.now,
        dedupe_key=f"calendar:{interaction.changeset}",
    )
    return _card(interaction, "📅 " + interaction._("Your calendar is on its way to your direct messages."))


def _renewed(interaction: Interaction) -> Answer:
    """The address is shown in a form alone: what a command answers is kept, and an address must not be."""
    if not interaction.public_url:
        raise NoPublicAddress
    token = renew_feed(interaction.session, interaction.actor, now=interaction.now)
    return Answer(
        modal=views.address(f"{interaction.public_url}/calendar/{token}.ics", interaction.actor.locale)
    )


def _ended(interaction: Interaction) -> Message:
    _ = interaction._
    was_there = revoke_feed(interaction.session, interaction.actor)
    interaction.session.flush()
    said = _("The address of your calendar has ended.") if was_there else _("Your calendar has no address.")
    return _card(interaction, said)


def _card(interaction: Interaction, said: str) -> Message:
    return views.card(
        interaction.actor.locale,
        said=said,
        has_feed=feed_of(interaction.session, interaction.actor.person_id or 0) is not None,
        can_feed=bool(interaction.public_url),
    )
