"""Deal rooms through the whole bot: made, adopted, kept true, lost, archived."""

from typing import Any

from bot.jobs import Worker
from tests.support.office import Office


def _room(office: Office, name: str) -> Any:
    return office.slack.state.channel(name)


def _later(office: Office, worker: Worker) -> None:
    office.pass_time(seconds=30)
    worker.tick()


def test_a_room_is_made_with_its_team_topic_and_pinned_card_and_archived_after_the_end(
    office: Office, worker: Worker
) -> None:
    office.crm(office.bo, "help")
    office.crm(office.ann, "deal Acme 120k 2026-12-31")
    office.crm(office.ann, "collaborators OPP-1 @bo presales")
    making = office.crm(office.ann, "room Acme")
    assert "I am making a channel for *Acme*" in making.text
    worker.tick()
    room = _room(office, "acme")
    assert {office.ann.id, office.bo.id} <= set(room.members)
    assert room.topic == "OPP-1 · $120,000 · Qualification · closes Thu, Dec 31, 2026"
    (card,) = [each for each in room.messages if each.pinned]
    assert "$120,000" in card.seen
    office.crm(office.lilei, "帮助")
    office.crm(office.ann, "collaborators OPP-1 @lilei technical")
    office.crm(office.ann, "stage Acme negotiation")
    _later(office, worker)
    assert "Negotiation" in room.topic
    assert office.lilei.id in room.members
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann, {"amount": "130k", "closed_on": "2026-11-23"})
    _later(office, worker)
    assert "$130,000" in room.topic
    asked = next(each for each in room.messages if "Do you still need this channel" in each.seen)
    office.press(office.bo, asked, "Keep it")
    assert not room.is_archived
    office.press(office.bo, asked, "Archive the channel")
    worker.tick()
    assert room.is_archived
    office.crm(office.ann, "room Acme")
    worker.tick()
    assert office.ann.id in _room(office, "acme-2").members


def test_the_channel_it_is_typed_in_becomes_the_room_and_undo_gives_it_up(
    office: Office, worker: Worker
) -> None:
    office.crm(office.lilei, "商机 华星 12万 2026-12-31")
    making = office.crm(office.lilei, "作战室 华星")
    assert "建作战室" in making.text
    office.press(office.lilei, making, "改用本频道")
    adopted = office.said(office.lilei)
    assert "本频道现在是 *华星* 的作战室" in adopted.text
    worker.tick()
    assert not [each for each in office.slack.state.channels.values() if each.name == "华星"]
    assert "OPP-1" in office.sales.topic
    assert [each for each in office.sales.messages if each.pinned]
    assert "只有" not in office.crm(office.lilei, "作战室").text
    office.crm(office.ann, "deal Borg 10k")
    assert "华星 already" in office.crm(office.ann, "room Borg here").text
    office.press(office.lilei, adopted, "撤销")
    assert "This channel is the deal room of *Borg*" in office.crm(office.ann, "room OPP-2 here").text
    assert "Ann Lee" in office.crm(office.bo, "room Borg").text


def test_a_taken_name_gets_a_number_and_a_room_that_was_archived_by_hand_is_made_anew(
    office: Office, worker: Worker
) -> None:
    office.slack.add_channel("acme")
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "deal Acme 5k")
    asked = office.crm(office.ann, "room Acme")
    assert "Which one" in asked.text
    office.press(office.ann, asked, "OPP-1 Acme · $120,000 · Qualification")
    worker.tick()
    room = _room(office, "acme-2")
    worker.tick()
    assert f"is <#{room.id}>: another channel has its usual name" in office.slack.dm(office.ann)[-1].text
    room.is_archived = True
    office.more(office.ann, office.crm(office.ann, "deal OPP-1"), "Edit")
    office.submit(office.ann, {"amount": "150k"})
    _later(office, worker)
    told = office.slack.dm(office.ann)[-1]
    assert "Somebody archived or deleted the deal room of *Acme*" in told.text
    office.press(office.ann, told, "Make a new one")
    worker.tick()
    made = _room(office, "acme-3")
    assert "$150,000" in made.topic
    found = office.crm(office.ann, "room OPP-1")
    office.press(office.ann, found, "Give the room up")
    office.press(office.ann, office.said(office.ann), "Undo")
    del office.slack.state.channels[made.id]
    office.crm(office.ann, "room OPP-1")
    worker.tick()
    assert "took me out of it" in office.slack.dm(office.ann)[-1].text


def test_where_slack_makes_no_channel_the_asker_hears_why(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.slack.team.scopes = frozenset({"chat:write", "im:write"})
    office.crm(office.ann, "room Acme")
    worker.tick()
    told = office.slack.dm(office.ann)[-1]
    assert "an admin installs me again" in told.text
    assert "/crm room OPP-1 here" in told.text
    office.slack.team.scopes = None
    office.press(office.ann, told, "Try again")
    worker.tick()
    assert office.ann.id in _room(office, "acme").members


def test_a_card_is_edited_where_it_stands_many_changes_at_once_and_its_thread_says_what_changed(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, office.crm(office.ann, "collaborators OPP-1"), "Share into a channel")
    office.submit(office.ann, {"share_into": office.sales.id, "words": "have a look"})
    worker.tick()
    (shared,) = [each for each in office.sales.messages if "shared this" in each.seen]
    for thousands in (130, 140, 150):
        office.more(office.ann, office.crm(office.ann, "deal Acme"), "Edit")
        office.submit(office.ann, {"amount": f"{thousands}k"})
    moved = office.crm(office.ann, "stage Acme negotiation")
    worker.tick()
    assert "$120,000" in shared.seen
    _later(office, worker)
    assert "have a look" in shared.seen
    assert "$150,000" in shared.seen
    assert "Negotiation" in shared.seen
    (reply,) = [each for each in office.sales.messages if each.is_reply]
    assert "Amount: $120,000 → *$150,000*" in reply.seen
    assert "by Ann Lee" in reply.seen
    office.press(office.ann, moved, "Undo")
    _later(office, worker)
    assert "Qualification" in shared.seen
    replies = [each for each in office.sales.messages if each.is_reply]
    assert len(replies) == 2
    assert "Stage: Negotiation → *Qualification*" in replies[-1].seen


def test_numbers_in_a_mention_of_the_bot_are_answered_with_their_cards_for_who_asked(
    office: Office,
) -> None:
    office.crm(office.ann, "deal Acme 120k")
    bot_user = office.slack.team.bot_user
    if bot_user not in office.sales.members:
        office.sales.members.append(bot_user)
    asked = office.slack.say(office.ann, office.sales, "who has a slot?")
    thread = asked.message.ts
    office.slack.say(office.bo, office.sales, "@dealdesk what about opp-1 and OPP-99?", thread_ts=thread)
    office.bot.effects.settle()
    answer = office.said(office.bo)
    assert answer.thread_ts == thread
    assert "$120,000" in answer.seen
    assert "OPP-99: This opportunity is no longer here" in answer.seen
    office.slack.say(office.lilei, office.sales, "@dealdesk 在吗")
    office.bot.effects.settle()
    assert "商机编号" in office.said(office.lilei).seen
