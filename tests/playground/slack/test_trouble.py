"""Trouble on demand, the journal, the change feed, files, installation and the socket's life."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.slack import Channel, PretendSlack, User
from tests.playground.slack.conftest import Bot, HandClock, modal, section

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 16


def test_a_rate_limit_says_how_long_and_ends(slack: PretendSlack, client: WebClient, sales: Channel) -> None:
    slack.faults.add("chat.postMessage", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=sales.id, text="x")
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "7"
        assert refused.value.response["error"] == "ratelimited"
    client.chat_postMessage(channel=sales.id, text="x")
    assert len(slack.messages(sales)) == 1


def test_a_failing_slack_does_nothing(slack: PretendSlack, client: WebClient, sales: Channel) -> None:
    slack.faults.add("*", status=503)
    with pytest.raises((SlackApiError, urllib.error.HTTPError)):
        client.chat_postMessage(channel=sales.id, text="x")
    slack.faults.add(error="internal_error")
    with pytest.raises(SlackApiError, match="internal_error"):
        client.chat_postMessage(channel=sales.id, text="x")
    assert slack.messages(sales) == []


@pytest.mark.parametrize(("how", "posted"), [("drop_after_accept", 1), ("drop_before_accept", 0)])
def test_a_dropped_connection_leaves_the_outcome_unknown(
    slack: PretendSlack, client: WebClient, sales: Channel, how: str, posted: int
) -> None:
    slack.faults.add("chat.postMessage", **{how: True})
    with pytest.raises((http.client.HTTPException, OSError)):
        client.chat_postMessage(channel=sales.id, text="x")
    assert len(slack.messages(sales)) == posted


def test_a_late_answer_comes_after_the_work(slack: PretendSlack, sales: Channel) -> None:
    slack.faults.add("chat.postMessage", delay=20)
    impatient = WebClient("xoxb-pretend", base_url=slack.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel=sales.id, text="x")
    assert len(slack.messages(sales)) == 1


def test_the_journal_has_a_line_for_everything_that_crosses_the_border(
    tmp_path: Path, clock: HandClock
) -> None:
    journal = tmp_path / "journal.jsonl"
    with PretendSlack(clock=clock, journal=journal) as slack:
        tom = slack.add_user("tom")
        sales = slack.add_channel("sales")
        slack.command(tom, sales, "/crm", "day")
        client = WebClient("xoxb-pretend", base_url=slack.api_url)
        client.chat_postMessage(channel=sales.id, text="客户")
        lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert [set(line) for line in lines] == [{"at", "direction", "kind", "body", "status", "answer"}] * 2
    assert [(line["direction"], line["kind"], line["status"]) for line in lines] == [
        ("in", "command", None),
        ("out", "chat.postMessage", 200),
    ]
    assert lines[0]["body"]["text"] == "day"
    assert (lines[1]["body"]["text"], lines[1]["answer"]["ok"]) == ("客户", True)
    assert lines[0]["at"] == clock.moment.isoformat()
    assert "xoxb" not in journal.read_text("utf-8")


def test_the_change_feed_wakes_a_reader_and_misses_nothing(
    slack: PretendSlack, client: WebClient, sales: Channel, mei: User
) -> None:
    before = slack.changes.number
    heard: list[Any] = []
    reader = threading.Thread(target=lambda: heard.extend(slack.changes.since(before, timeout=20)))
    reader.start()
    client.chat_postMessage(channel=sales.id, text="x")
    reader.join(20)
    assert [(change.noun, change.channel) for change in heard] == [("message", sales.id)]
    client.views_publish(user_id=mei.id, view={"type": "home", "blocks": []})
    news = slack.changes.since(before)
    assert [(change.noun, change.user) for change in news] == [("message", None), ("home", mei.id)]
    assert slack.changes.since(slack.changes.number) == []


def test_an_uploaded_picture_is_shared_with_a_comment_and_read_back(
    slack: PretendSlack, client: WebClient, sales: Channel
) -> None:
    done = client.files_upload_v2(
        channel=sales.id,
        content=PICTURE,
        filename="funnel.png",
        title="Funnel",
        alt_txt="A funnel",
        initial_comment="This week",
    )
    [message] = slack.messages(sales)
    [file] = message.files
    assert (message.text, file.title, file.alt_text, file.content) == (
        "This week",
        "Funnel",
        "A funnel",
        PICTURE,
    )
    assert client.files_info(file=done["file"]["id"])["file"]["size"] == len(PICTURE)
    asked = urllib.request.Request(file.url, headers={"Authorization": "Bearer xoxb-pretend"})
    with urllib.request.urlopen(asked) as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (PICTURE, "image/png")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(file.url)


def test_a_file_goes_to_a_channel_and_never_to_a_persons_id(client: WebClient, mei: User) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.png", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    urllib.request.urlopen(ticket["upload_url"], data=b"abc").close()
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}], channel_id=mei.id)
    client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])


def test_a_block_shows_an_uploaded_picture_and_no_other(client: WebClient, sales: Channel) -> None:
    ticket = client.files_getUploadURLExternal(filename="a.png", length=3)
    block = {"type": "image", "alt_text": "a", "slack_file": {"id": ticket["file_id"]}}
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel=sales.id, text="x", blocks=[block])
    urllib.request.urlopen(ticket["upload_url"], data=PICTURE).close()
    client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    client.chat_postMessage(channel=sales.id, text="x", blocks=[block])


def test_a_second_team_is_installed_by_a_code_that_works_once(slack: PretendSlack) -> None:
    beta = slack.add_team("Beta")
    anna = slack.add_user("anna", team=beta, is_owner=True)
    client = WebClient(base_url=slack.api_url)
    known = {"client_id": "pretend-client", "client_secret": "pretend-client-secret"}
    query = f"client_id=pretend-client&state=s1&redirect_uri=http://bot.example/back&team={beta.id}"
    connection = http.client.HTTPConnection(urlsplit(slack.url).netloc)
    connection.request("GET", f"/oauth/v2/authorize?{query}")
    sent_to = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    back = parse_qs(sent_to.query)
    assert (sent_to.netloc, back["state"]) == ("bot.example", ["s1"])
    granted = client.oauth_v2_access(code=back["code"][0], **known)
    assert (granted["team"]["id"], granted["authed_user"]["id"]) == (beta.id, anna.id)
    assert WebClient(granted["access_token"], base_url=slack.api_url).auth_test()["team_id"] == beta.id
    for arguments, error in [
        ({**known, "code": back["code"][0]}, "code_already_used"),
        ({**known, "code": "nonsense"}, "invalid_code"),
        ({**known, "client_secret": "wrong", "code": "x"}, "bad_client_secret"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            client.oauth_v2_access(**arguments)


def test_teams_do_not_see_one_another(slack: PretendSlack, client: WebClient) -> None:
    beta = slack.add_team("Beta", token="xoxb-beta")
    anna = slack.add_user("anna", team=beta)
    there = slack.add_channel("there", team=beta)
    for call in (
        lambda: client.users_info(user=anna.id),
        lambda: client.chat_postMessage(channel=anna.id, text="x"),
        lambda: client.chat_postMessage(channel=there.id, text="x"),
        lambda: client.views_open(trigger_id=slack._trigger(anna), view=modal()),
    ):
        with pytest.raises(SlackApiError):
            call()
    WebClient("xoxb-beta", base_url=slack.api_url).chat_postMessage(channel=anna.id, text="x")
    assert [m.text for m in slack.dm(anna)] == ["x"]


def test_a_client_asked_to_reconnect_does_and_misses_no_command(
    slack: PretendSlack, socket_bot: Bot, sales: Channel, mei: User
) -> None:
    socket_bot.app.command("/crm")(lambda ack: ack("here"))
    assert slack.command(mei, sales, "/crm").text == "here"
    slack.sockets.refresh()
    assert slack.command(mei, sales, "/crm").text == "here"


def test_socket_mode_opens_for_the_apps_token_alone(slack: PretendSlack, client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token="xoxb-pretend")
    assert client.apps_connections_open(app_token="xapp-pretend")["url"].startswith("ws://127.0.0.1:")


def test_many_threads_at_once_post_every_message_under_its_own_ts(
    slack: PretendSlack, client: WebClient, sales: Channel
) -> None:
    def post() -> None:
        for _ in range(10):
            client.chat_postMessage(channel=sales.id, text="x", blocks=[section("x")])

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stamps = [message.ts for message in slack.messages(sales)]
    assert len(stamps) == len(set(stamps)) == 40


def test_it_stops_at_once_even_while_somebody_waits_for_news() -> None:
    slack = PretendSlack().start()
    waiting = threading.Thread(
        target=lambda: slack.changes.since(slack.changes.number, timeout=60), daemon=True
    )
    waiting.start()
    began = time.perf_counter()
    slack.stop()
    waiting.join(10)
    assert not waiting.is_alive()
    assert time.perf_counter() - began < 10
