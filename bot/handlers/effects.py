"""What follows an acknowledgement: forms opened, messages replied, the Home tab drawn; on a bounded pool."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.views import problems
from bot.views.blocks import Message

TIMEOUT_S = 2
THREADS = 8
SLACK_HOST = "hooks.slack.com"

log = structlog.get_logger(__name__)


class Effects:
    """Calls to Slack that an answer needs besides its acknowledgement.

    They run after the commit, never on the thread that owes the acknowledgement; each is tried once.
    """

    def __init__(self, api_url: str) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="effects")
        self._reply_hosts = {SLACK_HOST, urlsplit(api_url).netloc}
        self._running: set[Future[None]] = set()

    def follow(self, interaction: Interaction, answer: Answer, client: WebClient) -> None:
        """Start what the answer needs besides its acknowledgement."""
        if answer.modal and interaction.kind != "view":
            self._start(self._open, interaction, answer, client)
        if answer.update and interaction.kind == "action" and (pressed_in := interaction.payload.get("view")):
            view = interaction.with_reply(answer.update)
            self._start(client.views_update, view_id=pressed_in.get("id"), view=view)
        if answer.beneath and (below := (interaction.payload.get("view") or {}).get("previous_view_id")):
            self._start(client.views_update, view_id=below, view=interaction.with_reply(answer.beneath))
        if answer.home:
            self._start(client.views_publish, user_id=interaction.actor.slack_user_id, view=answer.home)
        if answer.message and interaction.kind != "command":
            self._start(self._say, interaction, answer.message, client, replace=answer.replace)
        if answer.unfurls:
            event = interaction.payload.get("event") or {}
            place = {"unfurl_id": event.get("unfurl_id"), "source": event.get("source")}
            if not all(place.values()):
                place = {"channel": event.get("channel"), "ts": event.get("message_ts")}
            self._start(client.chat_unfurl, unfurls=dict(answer.unfurls), **place)

    def reply(self, payload: dict[str, Any], message: Message, client: WebClient) -> None:
        """Say something at the payload's response_url, where it has one."""
        if payload.get("response_url"):
            self._start(self._post, payload["response_url"], _private(message))

    def settle(self, timeout_s: float = 10) -> None:
        """Wait until everything started so far has been done."""
        wait(list(self._running), timeout=timeout_s)

    def close(self) -> None:
        """Let what was started end."""
        self._pool.shutdown(wait=True)

    def _start(self, call: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        def run() -> None:
            try:
                call(*arguments, **named)
            except (SlackClientError, OSError) as error:
                log.warning("slack_call_failed", call=getattr(call, "__name__", ""), error=str(error)[:300])
            except Exception as error:
                log.error("follow_up_failed", call=getattr(call, "__name__", ""), exc_info=error)

        future = self._pool.submit(run)
        self._running.add(future)
        future.add_done_callback(self._running.discard)

    def _open(self, interaction: Interaction, answer: Answer, client: WebClient) -> None:
        assert answer.modal is not None
        opens = client.views_push if interaction.in_modal else client.views_open
        try:
            trigger = interaction.payload.get("trigger_id") or ""
            opens(trigger_id=trigger, view=interaction.with_reply(answer.modal))
        except (SlackClientError, OSError) as error:
            log.warning("form_not_opened", name=interaction.name, error=_reason(error))
            if interaction.reply_url:
                verb = interaction.name if interaction.kind == "command" else None
                message = problems.not_opened(interaction.actor.locale, verb=verb, text=interaction.text)
                self._post(interaction.reply_url, _private(message))

    def _say(self, interaction: Interaction, message: Message, client: WebClient, *, replace: bool) -> None:
        """To this person alone: at the response_url, else in the channel, else in a direct message."""
        if interaction.reply_url and self._post(interaction.reply_url, _private(message, replace=replace)):
            return
        user = interaction.actor.slack_user_id or ""
        if interaction.channel:
            try:
                client.chat_postEphemeral(
                    channel=interaction.channel, user=user, thread_ts=interaction.thread, **message.body()
                )
            except SlackApiError as error:
                log.warning("ephemeral_failed", error=_reason(error))
            else:
                return
        client.chat_postMessage(channel=user, **message.body())

    def _post(self, url: str, body: dict[str, Any]) -> bool:
        if urlsplit(url).netloc not in self._reply_hosts:
            log.warning("foreign_response_url", host=urlsplit(url).netloc)
            return False
        answer = WebhookClient(url, timeout=TIMEOUT_S, retry_handlers=[]).send_dict(body)
        if answer.status_code != 200:
            log.warning("response_url_refused", status=answer.status_code, answer=answer.body[:200])
        return answer.status_code == 200


def _private(message: Message, *, replace: bool = False) -> dict[str, Any]:
    return message.body() | {"response_type": "ephemeral", "replace_original": replace}


def _reason(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
