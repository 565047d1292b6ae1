"""Buttons and selects in messages and the Home tab: what the bot is told, and what its answer does."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground.slack import Channel, NotOnScreen, PretendSlack, User
from tests.playground.slack.conftest import Bot, button, on_action, option, plain, section

Json = dict[str, Any]


def test_a_pressed_button_names_itself_and_where_it_stood(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    seen = on_action(bot, "deal.won")
    buttons = {"type": "actions", "block_id": "do", "elements": [button("deal.won", "Won", "7")]}
    bot.app.client.chat_postMessage(channel=sales.id, text="card", blocks=[section("Acme"), buttons])
    [card] = slack.messages(sales)
    assert slack.press(mei, card, "Won").acked
    [body] = seen
    assert body["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": sales.id,
        "is_ephemeral": False,
    }
    assert (body["message"]["ts"], body["channel"]["name"], body["user"]["id"]) == (card.ts, "sales", mei.id)
    action = body["actions"][0]
    assert (action["type"], action["block_id"], action["action_id"], action["value"]) == (
        "button",
        "do",
        "deal.won",
        "7",
    )
    WebhookClient(body["response_url"]).send(text="done", replace_original=True)
    assert [m.text for m in slack.messages(sales)] == ["done"]


def test_of_several_buttons_of_one_name_the_value_says_which(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    seen = on_action(bot, "task.done")
    blocks = [section(n, button("task.done", "Done", n)) for n in "12"]
    bot.app.client.chat_postMessage(channel=sales.id, text="tasks", blocks=blocks)
    [card] = slack.messages(sales)
    with pytest.raises(NotOnScreen, match="2 elements"):
        slack.press(mei, card, "Done")
    slack.press(mei, card, "Done", "2")
    assert [body["actions"][0]["value"] for body in seen] == ["2"]


def test_an_ephemeral_answer_is_replaced_and_taken_away_by_its_address(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    blocks = [section("Undo?", button("undo", "Undo"))]
    bot.app.command("/crm")(lambda ack: ack("made", blocks=blocks))
    seen = on_action(bot, "undo")
    answered = slack.command(mei, sales, "/crm")
    slack.press(mei, answered, "undo")
    assert "message" not in seen[0], "Slack does not send an ephemeral message back"
    assert seen[0]["container"]["is_ephemeral"] is True
    webhook = WebhookClient(seen[0]["response_url"])
    webhook.send(text="undone", replace_original=True)
    assert [m.seen for m in slack.ephemerals(mei)] == ["undone"]
    webhook.send(delete_original=True)
    assert slack.ephemerals(mei) == []


def test_a_choice_in_a_message_is_sent_and_stays_in_its_state(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    seen, pressed = on_action(bot, "stage"), on_action(bot, "go")
    stage = {
        "type": "static_select",
        "action_id": "stage",
        "options": [option("w", "Won"), option("l", "Lost")],
    }
    row = {"type": "actions", "block_id": "row", "elements": [stage, button("go", "Go")]}
    bot.app.client.chat_postMessage(channel=sales.id, text="card", blocks=[row])
    [card] = slack.messages(sales)
    slack.press(mei, card, "stage", "Lost")
    slack.press(mei, card, "go")
    assert seen[0]["actions"][0]["selected_option"] == option("l", "Lost")
    assert pressed[0]["state"]["values"]["row"]["stage"]["selected_option"] == option("l", "Lost")


def test_the_home_tab_is_published_seen_and_pressed(slack: PretendSlack, bot: Bot, mei: User) -> None:
    home = {"type": "home", "blocks": [section("My day", button("day.more", "More"))]}
    first = bot.app.client.views_publish(user_id=mei.id, view=home)["view"]
    assert first["type"] == "home"
    shown = slack.home(mei)
    assert shown is not None
    assert shown.text.startswith("My day")
    seen = on_action(bot, "day.more")
    slack.press(mei, shown, "More")
    assert (seen[0]["container"]["type"], seen[0]["view"]["id"]) == ("view", shown.id)
    bot.app.client.views_publish(user_id=mei.id, view={"type": "home", "blocks": [section("Empty")]})
    assert (shown.text, slack.home(mei)) == ("Empty", shown)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        bot.app.client.views_publish(user_id=mei.id, view={**home, "title": plain("x")})
