"""Phone numbers and mail addresses as links that start a call or a mail."""

import re

from bot.views.text import plain, shown

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?[\d\s().-]{5,30}")


def mail_link(typed: str) -> str:
    """A mail address for mrkdwn; what is none stays text."""
    address = plain(typed).strip()
    return f"<mailto:{address}|{address}>" if _MAIL.fullmatch(address) else shown(typed, 255)


def phone_link(typed: str) -> str:
    """A phone number for mrkdwn, as typed; what is none (several, an extension) stays text."""
    number = plain(typed).strip()
    if not _PHONE.fullmatch(number):
        return shown(typed, 60)
    dialled = re.sub(r"[^\d+]", "", number)
    return f"<tel:{dialled}|{number}>"
