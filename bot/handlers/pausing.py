"""`/crm pause Acme until Dec 20: budget freeze`: an opportunity rests until a day, with a reason."""

import re
from datetime import date

from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_named_first, which_opportunity
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.handlers.signals import with_signals
from bot.language import Ambiguous, NotUnderstood, read_when
from bot.services.rights import check_may_change
from bot.services.signals import pause_signals, resume_signals
from bot.store.opportunities import access_opportunity
from bot.views.signals import pause_form
from bot.views.text import plain

routes = Routes()

_UNTIL = re.compile(r"^(?:until|till|to)\s+|^(?:直)?(?:到|至)\s*", re.IGNORECASE)
_BECAUSE = re.compile(r"^[\s,，;；:：.。]*(?:because\b|因为|原因)?[\s:：]*", re.IGNORECASE)
_OVER = frozenset(["off", "end", "over", "resume", "watch again", "结束", "恢复", "取消"])


@routes.command("pause")
def pause(interaction: Interaction) -> Answer:
    """Let one rest from a line, or open the form where day or reason lack; `off` ends it."""
    typed = plain(interaction.text).strip()
    if not typed:
        return which_opportunity(interaction, "pause", "")
    found, name, rest = opportunities_named_first(interaction, typed)
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "pause", rest, found)
    session, actor, now = interaction.session, interaction.actor, interaction.now
    opportunity = access_opportunity(session, found[0].id)
    if rest.casefold() in _OVER:
        resume_signals(session, actor, opportunity.id, now=now)
        said = "▶️ " + interaction._("It is watched again.")
    else:
        check_may_change(session, actor, opportunity.owner_id)
        until, why = _read(interaction, _UNTIL.sub("", rest))
        if until is None or not why:
            return Answer(modal=pause_form(opportunity, actor.locale, until=until, why=why or None))
        pause_signals(session, actor, opportunity.id, until=until, why=why, now=now)
        said = "⏸ " + interaction._("It rests.")
    return Answer(with_signals(interaction, opportunity.id, said=said, changeset=interaction.changeset))


def _read(interaction: Interaction, text: str) -> tuple[date | None, str]:
    """The day with which the words begin, as many of them as name one, and the reason behind it."""
    ends = [each.end() for each in re.finditer(r"[^\s:：,，;；]+", text)][:5]
    for end in reversed(ends):
        try:
            day = read_when(text[:end], now=interaction.local_now).day
        except (Ambiguous, NotUnderstood):
            continue
        return day, _BECAUSE.sub("", text[end:]).strip()
    return None, _BECAUSE.sub("", text).strip()
