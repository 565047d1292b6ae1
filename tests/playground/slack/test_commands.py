"""Commands, shortcuts and what is shown of their acknowledgements, through either door."""

import json
import threading
import urllib.request
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground.slack import Channel, PretendSlack, User
from tests.playground.slack.conftest import Bot, HandClock, modal, section


def test_an_acknowledged_text_is_shown_to_the_sender_alone(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User, tom: User
) -> None:
    bot.app.command("/crm")(lambda ack: ack("for you"))
    delivery = slack.command(mei, "#sales", "/crm", "day")
    assert (delivery.status, delivery.ok, delivery.text, delivery.door) == (200, True, "for you", bot.door)
    assert [m.text for m in slack.ephemerals(mei)] == ["for you"]
    assert slack.messages(sales, viewer=tom) == []


def test_an_acknowledgement_may_speak_to_the_channel_in_blocks(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    bot.app.command("/crm")(lambda ack: ack("t", blocks=[section("for all")], response_type="in_channel"))
    assert slack.command(mei, sales, "/crm").text == "for all"
    assert [m.seen for m in slack.messages(sales)] == ["for all"]


def test_a_command_arrives_as_slack_sends_it(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User, tom: User
) -> None:
    seen: dict[str, Any] = {}

    def listen(ack: Any, body: Any) -> None:
        seen.update(body)
        ack()

    bot.app.command("/crm")(listen)
    delivery = slack.command(
        mei, sales, "/crm", "task @Tom Baker <call> & #sales https://a.b/c x@y.com @nobody"
    )
    assert delivery.message is None
    assert seen["text"] == (
        f"task <@{tom.id}|tom> &lt;call&gt; &amp; <#{sales.id}|sales> <https://a.b/c> "
        "<mailto:x@y.com|x@y.com> @nobody"
    )
    assert (
        seen["user_id"],
        seen["user_name"],
        seen["channel_id"],
        seen["channel_name"],
        seen["command"],
    ) == (
        mei.id,
        "mei",
        sales.id,
        "sales",
        "/crm",
    )
    assert (seen["team_id"], seen["api_app_id"]) == (slack.team.id, "A0DEALDESK")
    assert slack.command(mei, slack.direct(mei), "/crm").payload["channel_name"] == "directmessage"


def test_a_bot_that_is_away_is_reported_to_the_person(slack: PretendSlack, sales: Channel, mei: User) -> None:
    for address in (None, "http://127.0.0.1:9"):
        slack.bot_url = address
        delivery = slack.command(mei, sales, "/crm")
        assert delivery.error == "dispatch_failed"
        assert delivery.text == '/crm failed with the error "dispatch_failed"'


def test_an_answer_other_than_200_is_reported(
    slack: PretendSlack, http_bot: Bot, sales: Channel, mei: User
) -> None:
    delivery = slack.command(mei, sales, "/unknown")
    assert (delivery.status, delivery.error, delivery.acked) == (404, "dispatch_failed", False)


def test_a_late_acknowledgement_is_a_timeout(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    release = threading.Event()
    slack.doors.ack_seconds = 0.2

    def listen(ack: Any) -> None:
        release.wait(10)
        ack("too late")

    bot.app.command("/crm")(listen)
    delivery = slack.command(mei, sales, "/crm")
    release.set()
    assert delivery.error == "operation_timeout"
    assert delivery.text == '/crm failed with the error "operation_timeout"'


def test_an_acknowledgement_with_bad_blocks_is_refused(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    bot.app.command("/crm")(lambda ack: ack("t", blocks=[{"type": "chart"}]))
    delivery = slack.command(mei, sales, "/crm")
    assert delivery.error == "invalid_blocks"
    assert delivery.refused == ["unsupported type: chart [json-pointer:/blocks/0/type]"]


def test_a_request_signed_with_another_secret_does_not_get_in(
    slack: PretendSlack, http_bot: Bot, sales: Channel, mei: User
) -> None:
    http_bot.app.command("/crm")(lambda ack: ack("in"))
    slack.doors.signing_secret = "another"
    assert slack.command(mei, sales, "/crm").status == 401


def test_a_response_address_answers_five_times_in_half_an_hour(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User, clock: HandClock
) -> None:
    bot.app.command("/crm")(lambda ack: ack())
    address = slack.command(mei, sales, "/crm").payload["response_url"]
    webhook = WebhookClient(address)
    assert [webhook.send(text=str(n)).status_code for n in range(6)] == [200] * 5 + [404]
    assert [m.text for m in slack.ephemerals(mei)] == ["0", "1", "2", "3", "4"]
    late = WebhookClient(slack.command(mei, sales, "/crm").payload["response_url"])
    clock.move(minutes=31)
    assert json.loads(late.send(text="late").body)["error"] == "expired_url"


def test_a_trigger_opens_one_modal_and_only_while_it_is_fresh(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    triggers: list[str] = []

    def listen(ack: Any, client: Any, body: Any) -> None:
        triggers.append(body["trigger_id"])
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    bot.app.command("/crm")(listen)
    assert slack.command(mei, sales, "/crm").ok
    opened = slack.modal(mei)
    assert opened is not None
    assert opened.title == "Form"
    for spoil, error in [
        (lambda: None, "exchanged_trigger_id"),
        (lambda: triggers.append("1.2.3"), "invalid_trigger_id"),
    ]:
        spoil()
        with pytest.raises(SlackApiError, match=error):
            bot.app.client.views_open(trigger_id=triggers[-1], view=modal())
    stale = slack._trigger(mei)
    slack.state.tickets.expire_triggers()
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        bot.app.client.views_open(trigger_id=stale, view=modal())


def test_shortcuts_arrive_with_what_they_were_chosen_on(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User, tom: User
) -> None:
    seen: list[dict[str, Any]] = []

    def listen(ack: Any, body: Any) -> None:
        seen.append(body)
        ack()

    bot.app.shortcut("new_deal")(listen)
    bot.app.shortcut("log_this")(listen)
    bot.app.event("message")(lambda: None)  # else its acknowledgement is waited for
    said = slack.say(tom, sales, "They want 50 seats").message
    assert slack.shortcut(mei, "new_deal").acked
    assert slack.message_shortcut(mei, said, "log_this").acked
    assert (seen[0]["type"], seen[0]["user"]["id"]) == ("shortcut", mei.id)
    assert (seen[1]["type"], seen[1]["message"]["text"], seen[1]["message"]["user"]) == (
        "message_action",
        "They want 50 seats",
        tom.id,
    )
    assert seen[1]["channel"] == {"id": sales.id, "name": "sales"}


def test_a_delivery_sent_again_is_the_same_but_for_its_signature(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    bodies: list[dict[str, Any]] = []

    def listen(ack: Any, body: Any) -> None:
        bodies.append(dict(body))
        ack(f"answer {len(bodies)}")

    bot.app.command("/crm")(listen)
    first = slack.command(mei, sales, "/crm", "deal Acme")
    again = slack.redeliver(first)
    assert bodies[0] == bodies[1]
    assert again.body != first.body
    assert [m.text for m in slack.ephemerals(mei)] == ["answer 1"]


def test_the_server_answers_over_plain_http(slack: PretendSlack) -> None:
    with urllib.request.urlopen(slack.api_url + "api.test?foo=bar") as answer:
        assert json.load(answer) == {"ok": True, "args": {"foo": "bar"}}
