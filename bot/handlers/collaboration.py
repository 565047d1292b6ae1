"""Working together: a record's team, following it, sharing its card into a channel."""

import re
from decimal import Decimal
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.choosing import which_opportunity
from bot.handlers.forms import at_field
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.quotes import read_discount
from bot.handlers.router import Routes
from bot.handlers.tasks import chosen_person, person_named
from bot.language import verb_words
from bot.services.collaborators import add_collaborator, remove_collaborator, split_credit
from bot.services.customers import near_customers
from bot.services.following import follow, unfollow
from bot.store.collaboration import (
    Record,
    find_follow,
    list_collaborators,
    list_followed,
    list_followers,
)
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Customer
from bot.store.opportunities import access_opportunity, list_opportunities_called
from bot.views import collaboration as views
from bot.views.blocks import Block, Message, action_row, button, section, text_message
from bot.views.text import plain, shown

routes = Routes()

_NUMBER = re.compile(r"^OPP-(\d+)$", re.IGNORECASE)
_SHARE = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d{1,4})?) ?(?:%|％|percent)(?: (?:of the )?credit)?(?:的?业绩)?", re.IGNORECASE
)
_ROLES = {
    "presales": ("presales", "pre-sales", "售前"),
    "technical": ("technical", "tech", "技术"),
    "delivery": ("delivery", "交付", "实施"),
    "service": ("service", "support", "服务", "售后"),
    "sponsor": ("sponsor", "高层支持", "高层"),
}


class NothingCalled(Refusal):
    """Neither customer nor opportunity of the name."""

    message = "There is no customer or opportunity called “{typed}”. Find it with: `/crm find {typed}`"


def _record(interaction: Interaction, values: Any) -> Record:
    """The record that a button's value or a form's metadata names."""
    if values.get("opportunity") is not None:
        return access_opportunity(interaction.session, int(values["opportunity"]))
    return access_customer(interaction.session, int(values["customer"]))


def record_meant(interaction: Interaction, typed: str, action: str, **values: Any) -> Record | Answer:
    """The record of a name, or the question which one is meant; `action` is what its buttons do, with
    `values` besides.
    """
    session, name = interaction.session, plain(typed).strip()
    if number := _NUMBER.match(name):
        return access_opportunity(session, int(number[1]))
    exact = find_customers_called(session, name)
    if len(exact) == 1:
        return access_customer(session, exact[0].id)
    opportunities = [] if exact else list(list_opportunities_called(session, name, limit=5))
    if len(opportunities) == 1:
        return access_opportunity(session, opportunities[0].id)
    near = list(exact) or ([] if opportunities else list(near_customers(session, name)))
    if not near and not opportunities:
        raise NothingCalled(typed=name)
    text = interaction._("Which one do you mean?")
    buttons: list[Block] = [button(plain(each.name), action, customer=each.id, **values) for each in near[:5]]
    for each in opportunities:
        buttons.append(button(f"OPP-{each.id} {plain(each.name)}", action, opportunity=each.id, **values))
    return Answer(Message(text, (section(text), action_row(*buttons))))


def team_message(interaction: Interaction, record: Record, said: str | None = None, **more: Any) -> Message:
    """Who works on a record and who follows it."""
    session = interaction.session
    person_id = interaction.actor.person_id
    return views.team(
        record,
        list_collaborators(session, record),
        list_followers(session, record),
        interaction.actor.locale,
        follows=person_id is not None and find_follow(session, record, person_id) is not None,
        said=said,
        **more,
    )


def _changed(interaction: Interaction, record: Record, said: str) -> Answer:
    return Answer(team_message(interaction, record, "✅ " + said, changeset=interaction.changeset))


@routes.command("collaborators")
def collaborators(interaction: Interaction) -> Answer:
    """Show a record's team, or put somebody on it: `/crm collaborators Acme @bo presales`."""
    _ = interaction._
    if not interaction.text:
        word = verb_words("collaborators", interaction.language)[0]
        text = _("Whose team? Type a customer or opportunity: {example}", example=f"`/crm {word} Acme`")
        return Answer(text_message(text))
    mention = MENTION.search(interaction.text)
    name = interaction.text[: mention.start()] if mention else interaction.text
    found = record_meant(interaction, name, "collaborator.list")
    if isinstance(found, Answer) or mention is None:
        return found if isinstance(found, Answer) else Answer(team_message(interaction, found))
    person = person_named(interaction, mention[0])
    said = interaction.text[mention.end() :]
    share = _SHARE.search(said)
    role = _role(_SHARE.sub(" ", said))
    credit = Decimal(share[1]) if share else None
    if credit is not None and isinstance(found, Customer):
        deals = list_opportunities_called(interaction.session, found.name, limit=20)
        going = [each for each in deals if each.stage.is_open and each.customer_id == found.id]
        if len(going) > 1:
            return which_opportunity(interaction, "collaborators", interaction.text[mention.start() :], going)
        found = access_opportunity(interaction.session, going[0].id) if going else found
    return _add(interaction, found, person.id if person else None, role, credit)


def _role(typed: str) -> str | None:
    words = plain(typed).strip().strip(",，")
    for role, names in _ROLES.items():
        if words.casefold() in names:
            return role
    return words or None


def _add(
    interaction: Interaction,
    record: Record,
    person_id: int | None,
    role: str | None,
    credit: Decimal | None = None,
) -> Answer:
    added = add_collaborator(
        interaction.session,
        interaction.actor,
        record,
        person_id=person_id,
        role=role,
        now=interaction.now,
        credit_percent=credit,
    )
    said = interaction._("{name} is on the team.", name=shown(added.person.name, 80))
    return _changed(interaction, record, said)


@routes.action("collaborator.list", changes=False)
def pressteam_message(interaction: Interaction) -> Answer:
    """Show a record's team."""
    return Answer(team_message(interaction, _record(interaction, interaction.value)))


@routes.action("collaborator.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form."""
    return Answer(modal=views.form(_record(interaction, interaction.value), interaction.actor.locale))


@routes.view("collaborator.add")
def submit_add(interaction: Interaction) -> Answer:
    """Put somebody on a record's team."""
    form = interaction.form
    role = form.get("other_part") or form.get("part")
    record = _record(interaction, interaction.metadata)
    return _add(interaction, record, chosen_person(interaction, "person"), role)


@routes.action("credit.split")
def press_split(interaction: Interaction) -> Answer:
    """Open the form of everybody's shares."""
    opportunity = access_opportunity(interaction.session, interaction.value["opportunity"])
    team = list_collaborators(interaction.session, opportunity)
    return Answer(modal=views.split_form(opportunity, team, interaction.actor.locale))


@routes.view("credit.split")
def submit_split(interaction: Interaction) -> Answer:
    """Save everybody's shares."""
    opportunity = access_opportunity(interaction.session, interaction.metadata["opportunity"])
    shares = {}
    for field, typed in interaction.form.items():
        name, _mark, person_id = field.partition("#")
        if name == "share" and person_id.isdecimal():
            with at_field(field):
                shares[int(person_id)] = read_discount(typed)
    split_credit(interaction.session, interaction.actor, opportunity, shares, now=interaction.now)
    return _changed(interaction, opportunity, interaction._("The credit is split."))


@routes.action("collaborator.remove")
def press_remove(interaction: Interaction) -> Answer:
    """Take somebody off a record's team."""
    value = interaction.value
    record = _record(interaction, value)
    gone = remove_collaborator(
        interaction.session, interaction.actor, record, int(value["collaborator"]), now=interaction.now
    )
    said = interaction._("{name} is off the team.", name=shown(gone.person.name, 80))
    return _changed(interaction, record, said)


@routes.command("follow")
def follow_line(interaction: Interaction) -> Answer:
    """Follow a record by name; without one list what one follows."""
    if not interaction.text:
        return Answer(_followed(interaction))
    found = record_meant(interaction, interaction.text, "follow.add")
    return found if isinstance(found, Answer) else _follow(interaction, found)


@routes.command("unfollow")
def unfollow_line(interaction: Interaction) -> Answer:
    """Follow it no more."""
    if not interaction.text:
        return Answer(_followed(interaction))
    found = record_meant(interaction, interaction.text, "follow.remove")
    return found if isinstance(found, Answer) else _unfollow(interaction, found)


def _followed(interaction: Interaction) -> Message:
    _ = interaction._
    followed = list_followed(interaction.session, interaction.actor.person_id or 0)
    if not followed:
        word = verb_words("follow", interaction.language)[0]
        example = f"`/crm {word} Acme`"
        return text_message(
            _("You follow nothing yet. Hear of what happens with: {example}", example=example)
        )
    heading = f"*{_('You follow')}*"
    blocks: list[Block] = [section(heading)]
    lines = [heading]
    for each in followed:
        values = {"customer": each.customer_id} if each.customer_id else {"opportunity": each.opportunity_id}
        name = views.name_of(_record(interaction, values))
        blocks.append(section(name, accessory=button(_("Unfollow"), "follow.remove", **values)))
        lines.append(name)
    return Message("\n".join(lines), tuple(blocks))


@routes.action("follow.add")
def press_follow(interaction: Interaction) -> Answer:
    """Follow it."""
    return _follow(interaction, _record(interaction, interaction.value))


@routes.action("follow.remove")
def press_unfollow(interaction: Interaction) -> Answer:
    """Follow it no more."""
    return _unfollow(interaction, _record(interaction, interaction.value))


def _follow(interaction: Interaction, record: Record) -> Answer:
    follow(interaction.session, interaction.actor.person_id or 0, record)
    said = interaction._("You hear of what happens with *{name}*.", name=views.name_of(record))
    return _changed(interaction, record, said)


def _unfollow(interaction: Interaction, record: Record) -> Answer:
    unfollow(interaction.session, interaction.actor.person_id or 0, record, now=interaction.now)
    said = interaction._("You hear no more of *{name}*.", name=views.name_of(record))
    return _changed(interaction, record, said)
