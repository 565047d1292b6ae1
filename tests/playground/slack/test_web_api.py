"""The Web API as slack_sdk speaks it: Slack's arguments, answers and refusals."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.slack import Channel, PretendSlack, User
from tests.playground.slack.conftest import HandClock, button, section


def refusal(call: Any, **arguments: Any) -> Any:
    """The answer with which a call is refused."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response


def test_a_bot_knows_itself_by_its_token(slack: PretendSlack, client: WebClient) -> None:
    me = client.auth_test()
    assert (me["team_id"], me["user_id"], me["bot_id"]) == (
        slack.team.id,
        slack.team.bot_user,
        slack.team.bot_id,
    )


def test_a_missing_or_foreign_token_and_an_unknown_method_are_refused(slack: PretendSlack) -> None:
    assert refusal(WebClient(base_url=slack.api_url).auth_test)["error"] == "not_authed"
    assert refusal(WebClient("xoxb-foreign", base_url=slack.api_url).auth_test)["error"] == "invalid_auth"
    client = WebClient("xoxb-pretend", base_url=slack.api_url)
    assert refusal(lambda: client.api_call("chat.shout"))["error"] == "unknown_method"


def test_a_missing_argument_is_named(client: WebClient) -> None:
    answer = refusal(lambda: client.api_call("users.info"))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


def test_a_person_has_a_zone_always_and_a_locale_when_asked(client: WebClient, mei: User) -> None:
    plain = client.users_info(user=mei.id)["user"]
    assert (plain["tz"], plain["tz_offset"], plain["is_admin"]) == ("Asia/Shanghai", 28800, True)
    assert "locale" not in plain
    assert client.users_info(user=mei.id, include_locale=True)["user"]["locale"] == "zh-CN"
    assert refusal(client.users_info, user="U0NOBODY")["error"] == "user_not_found"


def test_lists_come_in_pages_that_together_hold_everyone_once(slack: PretendSlack, client: WebClient) -> None:
    people = {slack.add_user(f"p{n}").id for n in range(7)}
    pages = [[member["id"] for member in page["members"]] for page in client.users_list(limit=3)]
    assert [len(page) for page in pages] == [3, 3, 3]  # the bot and Slackbot are members too
    assert people <= {member for page in pages for member in page}


def test_a_message_is_posted_updated_and_deleted(
    slack: PretendSlack, client: WebClient, sales: Channel, tom: User
) -> None:
    posted = client.chat_postMessage(channel=sales.id, text="one", blocks=[section("one")])
    [message] = slack.messages(sales)
    assert (message.ts, message.seen) == (posted["ts"], "one")
    client.chat_update(channel=sales.id, ts=message.ts, text="two")
    assert (message.text, message.seen) == ("two", "one"), "blocks that are not named are kept"
    client.chat_update(channel=sales.id, ts=message.ts, text="two", blocks=[])
    assert message.seen == "two"
    client.chat_delete(channel=sales.id, ts=message.ts)
    assert slack.messages(sales) == []
    assert (
        refusal(client.chat_update, channel=sales.id, ts=message.ts, text="x")["error"] == "message_not_found"
    )
    theirs = slack.say(tom, sales, "mine").message
    assert (
        refusal(client.chat_update, channel=sales.id, ts=theirs.ts, text="x")["error"]
        == "cant_update_message"
    )


def test_a_message_to_a_person_arrives_in_their_direct_messages(
    slack: PretendSlack, client: WebClient, mei: User
) -> None:
    opened = client.conversations_open(users=[mei.id])["channel"]["id"]
    answer = client.chat_postMessage(channel=mei.id, text="hello")
    assert answer["channel"] == opened == slack.direct(mei).id
    assert [m.text for m in slack.dm(mei)] == ["hello"]


def test_a_bot_speaks_only_where_it_is_and_where_one_may_still_speak(
    slack: PretendSlack, client: WebClient, mei: User, sales: Channel
) -> None:
    elsewhere = slack.add_channel("elsewhere", [mei], with_bot=False)
    secret = slack.add_channel("secret", [mei], private=True, with_bot=False)
    for channel, error in [
        (elsewhere.id, "not_in_channel"),
        (secret.id, "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
    ]:
        assert refusal(client.chat_postMessage, channel=channel, text="x")["error"] == error
    client.conversations_join(channel=elsewhere.id)
    client.chat_postMessage(channel=elsewhere.id, text="x")
    client.conversations_archive(channel=sales.id)
    assert refusal(client.chat_postMessage, channel=sales.id, text="x")["error"] == "is_archived"


def test_bad_blocks_are_refused_with_their_place(client: WebClient, sales: Channel) -> None:
    answer = refusal(client.chat_postMessage, channel=sales.id, text="x", blocks=[section("x" * 3001)])
    line = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert (answer["error"], answer["errors"]) == ("invalid_blocks", [line])
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {line}"]


def test_blocks_in_attachments_are_checked_too(client: WebClient, sales: Channel) -> None:
    attachment = {"color": "#36a64f", "blocks": [section("x" * 3001)]}
    answer = refusal(client.chat_postMessage, channel=sales.id, text="x", attachments=[attachment])
    assert answer["error"] == "invalid_attachments"


def test_an_ephemeral_message_is_seen_by_one_member_alone(
    slack: PretendSlack, client: WebClient, sales: Channel, mei: User, tom: User
) -> None:
    client.chat_postEphemeral(channel=sales.id, user=mei.id, text="only you")
    assert [m.text for m in slack.messages(sales, viewer=mei)] == ["only you"]
    assert slack.messages(sales, viewer=tom) == slack.messages(sales) == []
    outsider = slack.add_user("outsider")
    answer = refusal(client.chat_postEphemeral, channel=sales.id, user=outsider.id, text="x")
    assert answer["error"] == "user_not_in_channel"


def test_history_is_newest_first_with_metadata_on_request_and_threads_apart(
    client: WebClient, sales: Channel
) -> None:
    metadata = {"event_type": "notice", "event_payload": {"id": "7"}}
    first = client.chat_postMessage(channel=sales.id, text="first", metadata=metadata)
    client.chat_postMessage(channel=sales.id, text="reply", thread_ts=first["ts"])
    client.chat_postMessage(channel=sales.id, text="second")
    history = client.conversations_history(channel=sales.id, include_all_metadata=True)["messages"]
    assert [m["text"] for m in history] == ["second", "first"]
    assert (history[1]["metadata"], history[1]["reply_count"]) == (metadata, 1)
    assert "metadata" not in client.conversations_history(channel=sales.id)["messages"][1]
    replies = client.conversations_replies(channel=sales.id, ts=first["ts"])["messages"]
    assert [m["text"] for m in replies] == ["first", "reply"]
    since = client.conversations_history(channel=sales.id, oldest=first["ts"])["messages"]
    assert [m["text"] for m in since] == ["second"]


def test_metadata_of_the_wrong_form_is_refused(client: WebClient, sales: Channel) -> None:
    answer = refusal(client.chat_postMessage, channel=sales.id, text="x", metadata={"event_type": "x"})
    assert answer["error"] == "invalid_metadata_format"


def test_without_a_scope_a_call_is_refused_and_says_which(
    slack: PretendSlack, client: WebClient, sales: Channel
) -> None:
    slack.team.scopes = frozenset({"chat:write"})
    answer = refusal(client.conversations_history, channel=sales.id)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"


def test_timestamps_follow_the_clock_and_never_repeat(
    slack: PretendSlack, client: WebClient, sales: Channel, clock: HandClock
) -> None:
    stamps = [client.chat_postMessage(channel=sales.id, text="x")["ts"] for _ in range(3)]
    assert len(set(stamps)) == 3
    assert stamps[0].startswith(str(int(clock.moment.timestamp())))
    clock.move(days=1)
    assert float(client.chat_postMessage(channel=sales.id, text="x")["ts"]) - float(stamps[0]) >= 86400


def test_a_channel_is_made_filled_named_and_pinned_in(
    slack: PretendSlack, client: WebClient, mei: User, tom: User
) -> None:
    room = client.conversations_create(name="deal-acme", is_private=True)["channel"]
    client.conversations_invite(channel=room["id"], users=[mei.id, tom.id])
    client.conversations_setTopic(channel=room["id"], topic="Acme")
    card = client.chat_postMessage(channel=room["id"], text="card")
    client.pins_add(channel=room["id"], timestamp=card["ts"])
    client.reactions_add(channel=room["id"], timestamp=card["ts"], name="tada")
    made = slack.channel("deal-acme")
    assert (made.topic, set(made.members)) == ("Acme", {mei.id, tom.id, slack.team.bot_user})
    assert made.messages[0].pinned
    assert made.messages[0].reactions == {"tada": [slack.team.bot_user]}
    assert refusal(client.conversations_create, name="deal-acme")["error"] == "name_taken"
    assert refusal(client.conversations_create, name="Deal Acme")["error"] == "invalid_name_specials"
    assert refusal(client.pins_add, channel=room["id"], timestamp=card["ts"])["error"] == "already_pinned"


def test_a_link_leads_to_its_message(client: WebClient, sales: Channel) -> None:
    ts = client.chat_postMessage(channel=sales.id, text="x")["ts"]
    link = client.chat_getPermalink(channel=sales.id, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{sales.id}/p{ts.replace('.', '')}")


def test_every_call_is_kept_with_its_arguments_and_answer(
    slack: PretendSlack, client: WebClient, sales: Channel
) -> None:
    client.chat_postMessage(channel=sales.id, text="x", blocks=[section("x", button("a", "Press"))])
    refusal(client.chat_postMessage, channel="C0", text="x")
    good, bad = slack.calls("chat.postMessage")
    assert (good.ok, good.args["channel"], good.team) == (True, sales.id, slack.team.id)
    assert (bad.ok, bad.error) == (False, "channel_not_found")
    assert "token" not in good.args
    assert slack.refusals() == [bad]


def test_forms_and_json_are_read_alike(slack: PretendSlack, client: WebClient, sales: Channel) -> None:
    client.api_call(
        "chat.postMessage", params={"channel": sales.id, "text": "form", "blocks": '[{"type":"divider"}]'}
    )
    client.api_call(
        "chat.postMessage", json={"channel": sales.id, "text": "json", "blocks": [{"type": "divider"}]}
    )
    assert [m.blocks[0]["type"] for m in slack.messages(sales)] == ["divider", "divider"]
