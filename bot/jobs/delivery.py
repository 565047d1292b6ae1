"""Delivering one claimed notice: render, look whether it is there already, send, write down how it went."""

import random
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.clock import Clock
from bot.config import Environment
from bot.domain.actors import Actor
from bot.domain.charts import Picture
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, NoticeState
from bot.jobs.calls import Failed, Limited, Refused, Slack, Trouble, Unsure, without_retries
from bot.jobs.history import EVENT_TYPE, Found, find_file, find_sent, open_channel
from bot.jobs.illustrating import PATIENCE, picture_for, upload
from bot.jobs.rendering import NoAddress, reader_of, render
from bot.jobs.turns import Turns
from bot.jobs.words import Apart, Called, Drawn, Edited, Fetched, Later, Reader, Rendered, Said
from bot.metrics import NOTICE_TRIES
from bot.services.notices import tell_undeliverable
from bot.services.rooms import lose_room
from bot.services.schedules import pause_schedule
from bot.store import EditedMeanwhile, Session, Store, StoreUnavailable
from bot.store.claims import POST, Claimed, held_until, hold_method, put_back, renew_lease
from bot.store.notices import access_notice, list_members, note_file, put_off, settle
from bot.store.workspaces import access_workspace
from bot.views.blocks import Message
from bot.views.text import cut

log = structlog.get_logger(__name__)

ClientFor = Callable[[str], WebClient | None]
"""The client for a Slack team; None where there is no token for it."""

_LONGEST_WAIT_S = 60.0
_MISTAKES = 8
"""Tries after which a mistake of ours in a notice stops holding back the ones behind it."""
_CHANNEL_GONE = frozenset(["is_archived", "channel_not_found", "not_in_channel"])


class LostLease(Exception):
    """Another worker has the notice by now."""


@dataclass(frozen=True)
class Prepared:
    """What a notice says now, to whom, and the file that an earlier try was about to share."""

    slack_team_id: str | None
    reader: Reader
    rendered: Rendered
    key: str
    file_id: str | None


@dataclass(frozen=True)
class Delivery:
    """How notices are delivered. Safe to use from several threads."""

    store: Store
    clock: Clock
    machine: Clock
    client_for: ClientFor
    environment: Environment
    turns: Turns = field(default_factory=Turns)

    def deliver(self, claimed: Claimed) -> None:
        """Bring the notice to its end, or give it back for another try. Raises nothing."""
        try:
            try:
                self._try(claimed)
            except Limited as trouble:
                self._wait(claimed, trouble)
            except Trouble as trouble:
                self._again(claimed, trouble)
            except (LostLease, StoreUnavailable):
                raise
            except EditedMeanwhile:
                self._again(claimed, Failed("edited at the same moment"))
            except Exception as mistake:
                log.exception("notice_failed", notice=claimed.id)
                self._mistaken(claimed, mistake)
        except LostLease:
            log.warning("notice_lease_lost", notice=claimed.id)
        except StoreUnavailable:
            # The lease ends by itself; whoever takes it then looks first whether the message is there.
            log.warning("notice_not_written_down", notice=claimed.id)

    def _try(self, claimed: Claimed) -> None:
        try:
            prepared = self._prepare(claimed)
        except NoAddress:
            with self._transaction(claimed) as session:
                self._give_up(session, claimed, "no_slack_user")
            return
        rendered = prepared.rendered if prepared else None
        if isinstance(rendered, Later):
            self._put_off(claimed, rendered)
            return
        if prepared is None or not isinstance(rendered, Said | Edited | Fetched | Drawn | Called):
            self._say_nothing(claimed, rendered if isinstance(rendered, Apart) else None)
            return
        if isinstance(rendered, Said) and rendered.outdated:
            with self.store.everywhere() as session:
                self._end(session, rendered.outdated, NoticeState.CANCELLED)
        client = self.client_for(prepared.slack_team_id) if prepared.slack_team_id else None
        if client is None:
            raise Limited(POST, _LONGEST_WAIT_S)
        timeout_s = min(self.environment.dealdesk_send_timeout_s, self.environment.dealdesk_lease_s)
        slack = Slack(without_retries(client, timeout_s), timeout_s, partial(self._ready, claimed))
        try:
            if isinstance(rendered, Said):
                self._post(slack, claimed, prepared, rendered)
            elif isinstance(rendered, Fetched):
                self._fetch(slack, claimed, rendered)
            elif isinstance(rendered, Edited):
                self._edit(slack, claimed, prepared, rendered)
            elif isinstance(rendered, Called):
                self._call(slack, claimed, rendered)
            else:
                self._share(slack, claimed, prepared, rendered)
        except Refused as refusal:
            if isinstance(rendered, Said | Edited) and rendered.draw and refusal.error == "invalid_blocks":
                raise Failed("the picture is not ready") from refusal
            copy = rendered.copy if isinstance(rendered, Said) and refusal.error in _CHANNEL_GONE else None
            if copy and slack.answer(copy.url, copy.message.body() | {"response_type": "in_channel"}):
                with self.store.everywhere() as session:
                    self._end(session, claimed.members, NoticeState.CANCELLED, error=refusal.error)
                return
            with self._transaction(claimed) as session:
                if refusal.error in _CHANNEL_GONE:
                    lose_room(session, prepared.reader.address, self.clock())
                if isinstance(rendered, Called) and rendered.refused(session, refusal.error):
                    self._end(session, claimed.members, NoticeState.CANCELLED, error=refusal.error)
                elif isinstance(rendered, Drawn | Edited):
                    # A digest has said the figures as text, and a message that is gone needs no correction:
                    # what Slack does not take is left out.
                    self._end(session, claimed.members, NoticeState.CANCELLED, error=refusal.error)
                else:
                    self._give_up(session, claimed, refusal.error)

    def _prepare(self, claimed: Claimed) -> Prepared | None:
        """What is to be said, and where; None where what it is about is gone. Raises NoAddress."""
        # Figures take a while: nobody waits for the one writer of SQLite meanwhile, unless something is kept.
        writes = claimed.kind == NoticeKind.MEASURE_REVIEW
        opened = self._transaction(claimed) if writes else self.store.reading(claimed.workspace_id)
        above = self.environment.dealdesk_digest_above
        with opened as session:
            team_id = access_workspace(session, claimed.workspace_id).slack_team_id
            notice = access_notice(session, claimed.id)
            try:
                reader = reader_of(session, notice, self.clock())
                rendered = render(session, reader, claimed.members, digest_above=above)
            except Refusal:
                return None
        return Prepared(team_id, reader, rendered, notice.dedupe_key, notice.payload.get("file_id"))

    def _put_off(self, claimed: Claimed, later: Later) -> None:
        with self._transaction(claimed) as session:
            put_off(
                list_members(session, claimed.members), until=later.until, to=later.to, told=not later.untold
            )
            session.flush()
            state = self._state(claimed)
            put_back(session, claimed, state, not_before=self.machine(), error=None, counts=False)

    def _say_nothing(self, claimed: Claimed, rendered: Apart | None) -> None:
        outdated, state = rendered.outdated if rendered else claimed.members, self._state(claimed)
        with self.store.everywhere() as session:
            self._end(session, outdated, NoticeState.CANCELLED)
            put_back(session, claimed, state, not_before=self.machine(), error=None, counts=False)

    def _post(self, slack: Slack, claimed: Claimed, prepared: Prepared, said: Said) -> None:
        reader = prepared.reader
        if claimed.uncertain and (found := find_sent(slack, reader, said.covers)):
            self._found(claimed, said, found)
            return
        payload: dict[str, Any] = {"notice": claimed.id, "key": prepared.key}
        if len(said.covers) > 1:
            payload["notices"] = list(said.covers)

        message = self._illustrated(slack, claimed, prepared, said)

        def send(client: WebClient) -> SlackResponse:
            answer = client.chat_postMessage(
                channel=reader.address,
                metadata={"event_type": EVENT_TYPE, "event_payload": payload},
                unfurl_links=False,
                thread_ts=said.thread_ts,
                **message.body(),
            )
            self.turns.hear(claimed.workspace_id, answer.headers)
            return answer

        with self.turns.of(claimed.workspace_id):
            answer = slack.in_channel(POST, reader.address, send)
            with self.store.everywhere() as session:
                self._end(
                    session,
                    said.covers,
                    NoticeState.SENT,
                    slack_channel=answer.get("channel"),
                    message_ts=answer.get("ts"),
                )

    def _fetch(self, slack: Slack, claimed: Claimed, fetched: Fetched) -> None:
        found, error = None, None
        try:
            found = fetched.gather(slack)
        except Refused as refusal:
            error = refusal.error
        actor = Actor(claimed.workspace_id, fetched.person_id)
        with self.store.transaction(actor, now=self.clock(), how="clock") as session:
            fetched.keep(session, found, error)
            state = self._state(claimed)
            put_back(session, claimed, state, not_before=self.machine(), error=None, counts=False)

    def _edit(self, slack: Slack, claimed: Claimed, prepared: Prepared, edited: Edited) -> None:
        # Done twice it is the same: an unknown outcome is simply tried again.
        body = self._illustrated(slack, claimed, prepared, edited).body()
        slack.call(
            "chat.update",
            lambda client: client.chat_update(channel=edited.channel, ts=edited.ts, **body),
        )
        with self.store.everywhere() as session:
            self._end(session, claimed.members, NoticeState.SENT)

    def _illustrated(
        self, slack: Slack, claimed: Claimed, prepared: Prepared, rendered: Said | Edited
    ) -> Message:
        """The message with its picture, where it has one that Slack takes in a few tries."""
        if rendered.draw is None:
            return rendered.message
        with self.store.everywhere(writes=False) as session:
            if access_notice(session, claimed.id).attempts > PATIENCE:
                return rendered.message

        def keep(file_id: str) -> None:
            with self.store.everywhere() as session:
                note_file(session, claimed.id, file_id)

        found = picture_for(slack, rendered.draw, prepared.file_id, keep)
        return rendered.message.illustrated(*found) if found else rendered.message

    def _call(self, slack: Slack, claimed: Claimed, called: Called) -> None:
        if called.channel:
            answer = slack.in_channel(called.method, called.channel, called.send)
        else:
            answer = slack.call(called.method, called.send)
        with self._transaction(claimed) as session:
            called.done(session, answer)
            self._end(session, claimed.members, NoticeState.SENT, slack_channel=called.channel)

    def _found(self, claimed: Claimed, said: Said, found: Found) -> None:
        """An earlier try reached Slack: what it said is sent, what has joined since is still to be said."""
        there = [each for each in said.covers if each in found.notices]
        with self.store.everywhere() as session:
            self._end(
                session, there, NoticeState.SENT, slack_channel=found.slack_channel, message_ts=found.ts
            )
            put_back(
                session, claimed, NoticeState.PENDING, not_before=self.machine(), error=None, counts=False
            )

    def _share(self, slack: Slack, claimed: Claimed, prepared: Prepared, drawn: Drawn) -> None:
        reader, earlier_file = prepared.reader, prepared.file_id
        channel = open_channel(slack, reader) if reader.is_person else reader.address
        if claimed.uncertain and earlier_file and (found := find_file(slack, channel, earlier_file)):
            with self.store.everywhere() as session:
                self._end(session, claimed.members, NoticeState.SENT, slack_channel=channel, message_ts=found)
            return
        picture = drawn.draw()
        if picture is None:
            with self.store.everywhere() as session:
                self._end(session, claimed.members, NoticeState.CANCELLED)
            return
        content = picture.png if isinstance(picture, Picture) else picture.content
        alt = picture.alt if isinstance(picture, Picture) else None
        file_id = upload(slack, drawn.filename, content, alt=alt)
        with self.store.everywhere() as session:
            note_file(session, claimed.id, file_id)
        slack.in_channel(
            "files.completeUploadExternal",
            channel,
            lambda client: client.files_completeUploadExternal(
                files=[{"id": file_id, "title": cut(picture.title, 255)}],
                channel_id=channel,
            ),
        )
        with self.store.everywhere() as session:
            self._end(session, claimed.members, NoticeState.SENT, slack_channel=channel)

    def _ready(self, claimed: Claimed, method: str) -> None:
        """Right before a call: the method is not held, and the notice is still this worker's for a lease."""
        machine = self.machine()
        with self._transaction(claimed) as session:
            until = held_until(session, method, machine=machine)
            if until:
                raise Limited(method, (until - machine).total_seconds())
            if not renew_lease(session, claimed, until=machine + self._lease):
                raise LostLease

    def _give_up(self, session: Session, claimed: Claimed, error: str) -> None:
        """It will never be delivered: whoever asked for it is told once, and its schedule pauses."""
        notices = list_members(session, claimed.members)
        self._end(session, claimed.members, NoticeState.DEAD, error=error)
        log.warning("notice_dead", notice=claimed.id, error=error)
        for notice in notices:
            if notice.subject == "schedules" and notice.subject_id and error in _CHANNEL_GONE:
                pause_schedule(session, Actor(claimed.workspace_id), notice.subject_id)
            tell_undeliverable(session, notice, now=self.clock())

    def _wait(self, claimed: Claimed, limit: Limited) -> None:
        until = self.machine() + timedelta(seconds=limit.seconds)
        NOTICE_TRIES.labels("held").inc()
        with self._transaction(claimed) as session:
            hold_method(session, limit.method, until=until)
            put_back(
                session, claimed, self._state(claimed), not_before=until, error=limit.error, counts=False
            )

    def _again(self, claimed: Claimed, trouble: Trouble) -> None:
        state = (
            NoticeState.UNKNOWN if isinstance(trouble, Unsure) or claimed.uncertain else NoticeState.FAILED
        )
        log.warning("notice_not_sent", notice=claimed.id, state=str(state), error=trouble.error)
        NOTICE_TRIES.labels(str(state)).inc()
        with self.store.everywhere() as session:
            put_back(
                session,
                claimed,
                state,
                not_before=self.machine() + wait_after(access_notice(session, claimed.id).attempts),
                error=trouble.error,
            )

    def _mistaken(self, claimed: Claimed, mistake: Exception) -> None:
        error = f"{type(mistake).__name__}: {mistake}"[:300]
        with self.store.everywhere() as session:
            attempts = access_notice(session, claimed.id).attempts
            if attempts >= _MISTAKES:
                self._end(session, claimed.members, NoticeState.DEAD, error=error)
                return
            state = NoticeState.UNKNOWN if claimed.uncertain else NoticeState.FAILED
            not_before = self.machine() + wait_after(attempts)
            put_back(session, claimed, state, not_before=not_before, error=error)

    def _end(self, session: Session, notice_ids: Collection[int], state: NoticeState, **how: Any) -> None:
        NOTICE_TRIES.labels(str(state)).inc(len(notice_ids))
        settle(session, notice_ids, state, machine=self.machine(), **how)

    def _state(self, claimed: Claimed) -> NoticeState:
        return NoticeState.UNKNOWN if claimed.uncertain else NoticeState.PENDING

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self.environment.dealdesk_lease_s)

    def _transaction(self, claimed: Claimed) -> AbstractContextManager[Session]:
        return self.store.transaction(Actor(claimed.workspace_id), now=self.clock(), how="clock")


def wait_after(attempts: int) -> timedelta:
    """How long until the next try: 1, 2, 4 … at most 60 seconds, give or take a fifth."""
    seconds = min(2.0 ** (min(attempts, 10) - 1), _LONGEST_WAIT_S)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))
