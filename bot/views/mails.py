"""Mails as people hear of them: written down, of nobody known, or not read."""

from bot.i18n import N_, translate, translator
from bot.language.mails import Mail
from bot.views.blocks import Message, button, text_message
from bot.views.text import shown

NOT_A_MAIL = N_("it is no mail. Save the mail as .eml and share it again.")


def logged(locale: str, *, is_new: bool) -> str:
    """What stands above the activity of a mail."""
    if is_new:
        return "✅ " + translate(locale, "The mail is logged.")
    return "✅ " + translate(locale, "This mail was logged already.")


def whose(notice_id: int, mail: Mail, locale: str) -> Message:
    """Nobody knows the addresses: ask whose mail it is."""
    _ = translator(locale)
    sender = shown(f"{mail.sender_name} <{mail.sender}>" if mail.sender else mail.sender_name, 200)
    text = "✉️ " + _("Nobody here knows {sender}. Which customer is this mail about?", sender=sender)
    if mail.subject:
        text += f"\n*{shown(mail.subject, 300)}*"
    return text_message(text, button(_("Choose the customer"), "mail.log", style="primary", notice=notice_id))


def unread(name: str, why: str, locale: str) -> Message:
    """A file that could not be read as a mail."""
    _ = translator(locale)
    reason = _(why) if why == NOT_A_MAIL else why
    return text_message("⚠️ " + _("I could not read {name}: {why}", name=shown(name, 200), why=reason))


def unread_replies(why: str, locale: str) -> Message:
    """A thread whose replies could not be read."""
    return text_message("⚠️ " + translate(locale, "I could not add the replies of the thread: {why}", why=why))


def unread_message(why: str, locale: str) -> Message:
    """A message that was to go on a timeline."""
    return text_message(
        "⚠️ " + translate(locale, "I could not put the message on the timeline: {why}", why=why)
    )


def reading(locale: str) -> Message:
    """A mail was chosen by its message's menu."""
    return text_message("✉️ " + translate(locale, "I am reading the mail; it comes in your direct messages."))
