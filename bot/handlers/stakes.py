"""Who is involved in an opportunity: `/crm rival`, `/crm involve`, `/crm tag`, and one form for all of it."""

import re
from collections.abc import Sequence
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.domain.profiles import ContactRole
from bot.domain.stakes import Standing
from bot.handlers.answers import Answer
from bot.handlers.choosing import which_opportunity
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.i18n import translate
from bot.language import verb_words
from bot.services.edits import EditConflict
from bot.services.rights import check_may_change
from bot.services.stakes import RivalSaid, RivalWithoutName, involve, name_rival, set_tags
from bot.services.stakes_edits import StakesSaid, StakesShown, save_stakes
from bot.store.contacts import find_contact_of
from bot.store.models import Opportunity, Rival
from bot.store.opportunities import access_opportunity, list_opportunities_called
from bot.store.stakes import list_contacts_of, list_involved, list_rivals, stakes_by_id
from bot.views import stakes as views
from bot.views.blocks import View, text_message
from bot.views.opportunities import card
from bot.views.text import plain
from bot.views.words import CONTACT_ROLES

routes = Routes()

_CODE = re.compile(r"opp-(\d{1,18})(?:\s+|$)", re.IGNORECASE)
_STANDING = {
    Standing.AHEAD: re.compile(r"(?<!\w)(?:we are |we're )?(?:ahead|leading)(?!\w)|(?:我们?)?领先", re.I),
    Standing.BEHIND: re.compile(r"(?<!\w)(?:we are |we're )?(?:behind|trailing)(?!\w)|(?:我们?)?落后", re.I),
    Standing.LEVEL: re.compile(r"(?<!\w)(?:we are |we're )?(?:level|tied)(?!\w)|持平|胶着", re.I),
}
_EDGES = " ,，;；:：.。"


class NoContactCalled(Refusal):
    """Nobody of that name at the customer."""

    message = "{customer} has no contact “{typed}”. Add them: `/crm contact {customer} {typed}`"


class RoleMissing(Refusal):
    """A contact without a role."""

    message = "In which role? One of: {roles}"


def _split(interaction: Interaction, text: str) -> tuple[list[Opportunity], str]:
    """The opportunities that the first words mean, by number, customer or their own name; and the rest."""
    if code := _CODE.match(text):
        return [access_opportunity(interaction.session, int(code[1]))], text[code.end() :].strip(_EDGES)
    words = text.split()
    for count in range(len(words), 0, -1):
        named = " ".join(words[:count])
        key = name_key(named)
        found = [
            each
            for each in list_opportunities_called(interaction.session, named, limit=10)
            if key in (name_key(each.name), name_key(each.customer.name) if each.customer else None)
        ]
        is_open = [each for each in found if each.stage.is_open] or found
        if is_open:
            return is_open, " ".join(words[count:])
    return [], text


def _asked(interaction: Interaction, verb: str, example: str) -> tuple[Opportunity, str] | Answer:
    typed = plain(interaction.text).strip()
    if not typed:
        word = verb_words(verb, interaction.language)[0]
        shown = f"`/crm {word} {interaction._(example)}`"
        said = interaction._("Of which opportunity? For example: {example}", example=shown)
        return Answer(text_message(said))
    found, rest = _split(interaction, typed)
    if not found:
        raise NoOpportunityCalled(typed=typed)
    if len(found) > 1:
        return which_opportunity(interaction, verb, rest, found)
    opportunity = access_opportunity(interaction.session, found[0].id)
    return (opportunity, rest) if rest else Answer(modal=_form(interaction, opportunity))


def _saved(interaction: Interaction, opportunity: Opportunity) -> Answer:
    said = "✅ " + interaction._("Saved.")
    return Answer(card(opportunity, interaction.actor.locale, said=said, changeset=interaction.changeset))


@routes.command("rival")
def rival(interaction: Interaction) -> Answer:
    """Name a competitor, what they offer and where we stand: `/crm rival Acme Zoho: 20% cheaper, behind`."""
    asked = _asked(interaction, "rival", "Acme Zoho: 20% cheaper, behind")
    if isinstance(asked, Answer):
        return asked
    opportunity, rest = asked
    name, _mark, offer = re.sub("[：]", ":", rest).partition(":")
    standing = None
    for each, words in _STANDING.items():
        if found := words.search(offer or name):
            standing = each
            if offer:
                offer = f"{offer[: found.start()]} {offer[found.end() :]}"
            else:
                name = f"{name[: found.start()]} {name[found.end() :]}"
            break
    named, offered = (" ".join(each.split()).strip(_EDGES) for each in (name, offer))
    said = RivalSaid(named, offered or None, standing)
    if not said.name:
        raise RivalWithoutName
    saved = name_rival(interaction.session, interaction.actor, opportunity.id, said, now=interaction.now)
    return _saved(interaction, saved)


@routes.command("involve")
def involve_line(interaction: Interaction) -> Answer:
    """Give a contact their role in an opportunity: `/crm involve Acme Li Na decision maker`."""
    asked = _asked(interaction, "involve", "Acme Li Na decision maker")
    if isinstance(asked, Answer):
        return asked
    opportunity, rest = asked
    role, name = _role(rest)
    if role is None:
        locale = interaction.actor.locale
        raise RoleMissing(roles=", ".join(translate(locale, each) for each in CONTACT_ROLES.values()))
    contact = find_contact_of(interaction.session, opportunity.customer_id or 0, name)
    if contact is None:
        customer = opportunity.customer.name if opportunity.customer else opportunity.name
        raise NoContactCalled(customer=customer, typed=name or rest)
    roles: dict[int, ContactRole | None] = {contact.id: role}
    saved = involve(interaction.session, interaction.actor, opportunity.id, roles, now=interaction.now)
    return _saved(interaction, saved)


def _role(text: str) -> tuple[ContactRole | None, str]:
    """The role that the words end with, in either language, and what stands before it."""
    folded = text.casefold()
    for role, english in CONTACT_ROLES.items():
        for word in (english, translate("zh-CN", english)):
            if folded.endswith(word.casefold()):
                return ContactRole(role), text[: len(text) - len(word)].strip(_EDGES + "是为")
    return None, text


@routes.command("tag")
def tag(interaction: Interaction) -> Answer:
    """Add tags, and take away those after a minus: `/crm tag Acme key account, -old`."""
    asked = _asked(interaction, "tag", "Acme key account, -old")
    if isinstance(asked, Answer):
        return asked
    opportunity, rest = asked
    said = [each.strip() for each in re.split(r"[,，;；、]", rest) if each.strip()]
    gone = {each.lstrip("-−").strip().casefold() for each in said if each[0] in "-−"}
    tags = [each for each in opportunity.tags if each.casefold() not in gone]
    tags += [each for each in said if each[0] not in "-−"]
    return _saved(interaction, _tagged(interaction, opportunity, tags))


def _tagged(interaction: Interaction, opportunity: Opportunity, tags: Sequence[str]) -> Opportunity:
    return set_tags(interaction.session, interaction.actor, opportunity.id, tags, now=interaction.now)


def _form(
    interaction: Interaction, opportunity: Opportunity, rivals: Sequence[Rival] | None = None, **more: Any
) -> View:
    session = interaction.session
    contacts = list_contacts_of(session, opportunity.customer_id) if opportunity.customer_id else []
    involved = list_involved(session, opportunity.id)
    if rivals is None:
        rivals = list_rivals(session, opportunity.id)
    return views.form(opportunity, contacts, involved, rivals, interaction.actor.locale, **more)


@routes.action("opportunity.stakes")
def press_stakes(interaction: Interaction) -> Answer:
    """Open the form."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    return Answer(modal=_form(interaction, opportunity))


@routes.view("opportunity.stakes")
def submit_stakes(interaction: Interaction) -> Answer:
    """Save contacts' roles, competitors and tags."""
    form, session, actor, now = interaction.form, interaction.session, interaction.actor, interaction.now
    opportunity_id = int(interaction.metadata["opportunity"])
    roles: dict[int, ContactRole | None] = {}
    rivals: dict[int, RivalSaid | None] = {}
    for field, chosen in form.items():
        name, _mark, key = field.partition("#")
        if name == "role" and key.isdecimal():
            roles[int(key)] = ContactRole(chosen) if chosen else None
        elif name == "rival" and key.isdecimal():
            offer, standing = form.get(f"offer#{key}"), form.get(f"standing#{key}")
            if chosen:
                rivals[int(key)] = RivalSaid(chosen, offer, Standing(standing) if standing else None)
            elif offer or standing:
                raise RivalWithoutName(field=field)
            else:
                rivals[int(key)] = None
    tags = [each.strip() for each in re.split(r"[,，;；、]", str(form.get("tags") or "")) if each.strip()]
    shown = _shown(interaction)
    said = StakesSaid(rivals, roles, tags)
    try:
        saved = save_stakes(
            session, actor, opportunity_id, said, shown=shown, seen=interaction.metadata.get("seen"), now=now
        )
    except EditConflict as conflict:
        return _both(interaction, conflict, opportunity_id, shown)
    return _saved(interaction, saved)


def _shown(interaction: Interaction) -> StakesShown:
    """What the form was opened with, as its metadata remembers it."""
    metadata = interaction.metadata
    rivals, roles = metadata.get("rivals"), metadata.get("roles")
    return StakesShown(
        [(int(rival_id), int(version)) for rival_id, version in rivals or ()],
        {int(contact): (int(each), int(version)) for contact, each, version in roles or ()},
        metadata.get("version"),
    )


def _both(
    interaction: Interaction, conflict: EditConflict, opportunity_id: int, shown: StakesShown
) -> Answer:
    """The form again with what was typed, and beside it what somebody else saved meanwhile."""
    opportunity = access_opportunity(interaction.session, opportunity_id)
    known = stakes_by_id(interaction.session, Rival, [each for each, _version in shown.rivals])
    rows = [known[each] for each, _version in shown.rivals if each in known]
    words = {
        name: views.value_words(name, value, interaction.actor.locale)
        for name, value in conflict.theirs.items()
    }
    problems = conflict_problems(interaction, conflict, words)
    view = _form(interaction, opportunity, rows, values=dict(interaction.form), problems=problems)
    return conflict_answer(interaction, conflict, view)
