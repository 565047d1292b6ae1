"""Events: what the bot hears of what people do, and how it is told again."""

from typing import Any

import pytest

from bot.playground.slack import Channel, PretendSlack, User
from tests.playground.slack.conftest import Bot, HandClock

Json = dict[str, Any]


def listening(bot: Bot, event: str) -> list[Json]:
    seen: list[Json] = []

    def listen(body: Json) -> None:
        seen.append(body)

    bot.app.event(event)(listen)
    return seen


def test_a_direct_message_is_heard_with_its_escapes(
    slack: PretendSlack, bot: Bot, mei: User, tom: User
) -> None:
    seen = listening(bot, "message")
    said = slack.say(mei, slack.direct(mei), "call @tom & <wait>")
    assert [d.ok for d in said.deliveries] == [True]
    event = seen[0]["event"]
    assert (event["text"], event["channel_type"], event["user"], event["ts"]) == (
        f"call <@{tom.id}> &amp; &lt;wait&gt;",
        "im",
        mei.id,
        said.message.ts,
    )
    assert seen[0]["event_id"].startswith("Ev")


def test_talk_is_heard_where_the_bot_is_a_member_and_a_mention_besides(
    slack: PretendSlack, bot: Bot, sales: Channel, mei: User
) -> None:
    seen = listening(bot, "app_mention")
    heard = listening(bot, "message")
    assert [d.ok for d in slack.say(mei, sales, "good morning").deliveries] == [True]
    assert [body["event"]["channel_type"] for body in heard] == ["channel"]
    slack.say(mei, sales, "@dealdesk pipeline")
    assert [body["event"]["text"] for body in seen] == [f"<@{slack.team.bot_user}> pipeline"]
    outside = slack.add_channel("outside", [mei], with_bot=False)
    assert slack.say(mei, outside, "@dealdesk pipeline").deliveries == []


def test_opening_the_home_tab_is_heard_with_the_view_that_stands_there(
    slack: PretendSlack, bot: Bot, mei: User
) -> None:
    seen = listening(bot, "app_home_opened")
    slack.open_home(mei)
    bot.app.client.views_publish(user_id=mei.id, view={"type": "home", "blocks": []})
    slack.open_home(mei)
    assert ["view" in body["event"] for body in seen] == [False, True]


def test_a_changed_profile_is_heard_and_its_locale_must_be_asked_for(
    slack: PretendSlack, bot: Bot, mei: User
) -> None:
    seen = listening(bot, "user_change")
    slack.change_user(mei, locale="en-GB", tz="Europe/London")
    user = seen[0]["event"]["user"]
    assert (user["id"], user["tz"], "locale" in user) == (mei.id, "Europe/London", False)
    assert bot.app.client.users_info(user=mei.id, include_locale=True)["user"]["locale"] == "en-GB"


def test_a_removed_app_hears_it_and_its_token_is_dead(slack: PretendSlack, http_bot: Bot) -> None:
    seen = listening(http_bot, "app_uninstalled")
    slack.uninstall()
    assert len(seen) == 1
    assert slack.team.token is None


def test_an_event_that_fails_comes_again_at_once_after_one_and_after_five_minutes(
    slack: PretendSlack, clock: HandClock, mei: User
) -> None:
    slack.bot_url = "http://127.0.0.1:9"
    first = slack.open_home(mei)
    steps = []
    for minutes in (0, 0.9, 0.2, 3.8, 0.2, 10):
        clock.move(minutes=minutes)
        slack.retry_due()
        steps.append([retry.attempt for retry in first.retries])
    assert steps == [[1], [1], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3]]
    assert {retry.payload["event_id"] for retry in first.retries} == {first.payload["event_id"]}


def test_an_event_that_is_taken_at_the_second_try_does_not_come_a_third_time(
    slack: PretendSlack, http_bot: Bot, clock: HandClock, mei: User
) -> None:
    headers: list[Json] = []

    def listen(request: Any) -> None:
        headers.append(request.headers)
        if len(headers) == 1:
            raise RuntimeError("not yet")

    http_bot.app.event("app_home_opened")(listen)
    first = slack.open_home(mei)
    clock.move(minutes=10)
    assert slack.retry_due() == []
    assert [d.status for d in [first, *first.retries]] == [500, 200]
    assert headers[1]["x-slack-retry-num"] == ["1"]


@pytest.mark.parametrize("locale", ["fr-FR"])
def test_a_field_that_no_user_has_cannot_be_changed(slack: PretendSlack, mei: User, locale: str) -> None:
    with pytest.raises(TypeError, match="no language"):
        slack.change_user(mei, language=locale)


def test_a_bot_proves_that_its_address_is_its_own(slack: PretendSlack, http_bot: Bot) -> None:
    assert slack.verify_url().ok
    slack.doors.signing_secret = "another"
    assert not slack.verify_url().ok
