"""Who is involved in an opportunity, as people see it: on the card, and in the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.profiles import ContactRole
from bot.domain.stakes import Standing
from bot.i18n import N_, translate, translator
from bot.store.models import Contact, Involvement, Opportunity, Rival
from bot.views.blocks import (
    Block,
    View,
    context,
    divider,
    modal,
    option,
    section,
    select_input,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import cut, plain, shown
from bot.views.words import CONTACT_ROLES

STANDINGS = {
    Standing.AHEAD: N_("we are ahead"),
    Standing.LEVEL: N_("level"),
    Standing.BEHIND: N_("we are behind"),
}

_MARKS = {Standing.AHEAD: "🟢", Standing.LEVEL: "🟡", Standing.BEHIND: "🔴"}
ROWS = 4
"""So many competitors has the form, at least one of them empty."""


def on_card(opportunity: Opportunity, locale: str) -> list[str]:
    """Contacts with their roles, competitors with what they offer, and tags; a line each."""
    _ = translator(locale)
    lines = []
    if opportunity.involved:
        people = [
            _(
                "{name} ({role})",
                name=shown(each.contact.name, 80),
                role=translate(locale, CONTACT_ROLES[ContactRole(each.role)]),
            )
            for each in opportunity.involved
        ]
        lines.append("👤 " + _(", ").join(people))
    lines += [_rival(each, locale) for each in opportunity.rivals]
    if opportunity.tags:
        lines.append("🏷️ " + " · ".join(shown(tag, 40) for tag in opportunity.tags))
    return lines


def _rival(rival: Rival, locale: str) -> str:
    standing = Standing(rival.standing) if rival.standing else None
    parts = [f"⚔️ {shown(rival.name, 100)}"]
    parts += [shown(rival.offer, 300)] if rival.offer else []
    parts += [f"{_MARKS[standing]} {translate(locale, STANDINGS[standing])}"] if standing else []
    return " · ".join(parts)


def form(
    opportunity: Opportunity,
    contacts: Sequence[Contact],
    involved: Sequence[Involvement],
    rivals: Sequence[Rival],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The customer's contacts each with a role to choose, competitors, and tags."""
    _ = translator(locale)
    values = values or {}
    roles = [option(translate(locale, name), role.value) for role, name in CONTACT_ROLES.items()]
    standings = [option(translate(locale, name), standing.value) for standing, name in STANDINGS.items()]
    now = {each.contact_id: each.role for each in involved}
    inputs: list[Block] = [section(f"*{_('Contacts and their roles in this opportunity')}*")]
    for contact in contacts:
        field, label = f"role#{contact.id}", cut(plain(contact.name), 100)
        inputs.append(select_input(field, label, roles, values.get(field, now.get(contact.id))))
    if not contacts:
        inputs.append(context(_("The customer has no contact yet. Add one: `/crm contact Acme Li Na`")))
    inputs += [divider(), section(f"*{_('Competitors')}*")]
    for key in range(max(ROWS, len(rivals) + 1)):
        rival = rivals[key] if key < len(rivals) else None
        called = rival.name if rival else None if rivals or key else opportunity.competitor
        name, offer, standing = (f"{field}#{key}" for field in ("rival", "offer", "standing"))
        inputs += [
            text_input(name, _("Competitor"), values.get(name, called), longest=120),
            text_input(offer, _("What they offer"), values.get(offer, rival and rival.offer), longest=500),
            select_input(
                standing, _("Where we stand"), standings, values.get(standing, rival and rival.standing)
            ),
        ]
    tags = values.get("tags", ", ".join(opportunity.tags))
    example = _("key account, 2027")
    inputs += [divider(), text_input("tags", _("Tags"), tags, longest=500, placeholder=example)]
    return modal(
        _("Who is involved"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="opportunity.stakes",
        close=_("Cancel"),
        opportunity=opportunity.id,
        version=opportunity.version,
        rivals=[[each.id, each.version] for each in rivals],
        roles=[[each.contact_id, each.id, each.version] for each in involved],
    )


def value_words(name: str, value: str | None, locale: str) -> str | None:
    """What stands in a field of the form, in the reader's language."""
    if value is None:
        return None
    if name.startswith("role#"):
        return translate(locale, CONTACT_ROLES[ContactRole(value)])
    return translate(locale, STANDINGS[Standing(value)]) if name.startswith("standing#") else value
