"""The edge: one interaction, one transaction, one answer, whichever door it came through."""

import json
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.handlers import collecting, task_threads
from bot.handlers.actors import Actors
from bot.handlers.answers import Answer
from bot.handlers.deliveries import Delivery
from bot.handlers.effects import Effects
from bot.handlers.interaction import Interaction, mentioned, without_mentions
from bot.handlers.menus import in_menu
from bot.handlers.overview import with_overview
from bot.handlers.router import Route, Routes
from bot.store import EditedMeanwhile, Session, Store, StoreUnavailable
from bot.store.interactions import claim, keep_answer
from bot.store.workspaces import find_team_workspace
from bot.views import problems
from bot.views.blocks import divider, text_message

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""So many are answered at one moment, the others in the order in which they came.

Python computes one at a time: more of them at once only get into each other's way, and all end late. A few,
since one waits for the database while another computes.
"""

Ack = dict[str, Any] | str
"""The body of the acknowledgement."""


class Edge:
    """Runs handlers: finds the actor and the route, opens the transaction, claims, answers, and follows
    up.
    """

    def __init__(
        self,
        routes: Routes,
        store: Store,
        clock: Clock,
        effects: Effects,
        *,
        public_url: str | None = None,
    ) -> None:
        self._routes, self._store, self._clock = routes, store, clock
        self._effects, self._public_url = effects, public_url
        self._turns = BoundedSemaphore(AT_ONCE)
        self.actors = Actors(store)

    def handle(self, delivery: Delivery, client: WebClient) -> Ack:
        """The acknowledgement of one delivery. Whatever happens inside, there is one."""
        locale = "en-US"
        try:
            now = self._clock()
            route = self._routes.find(delivery.kind, delivery.name)
            if not delivery.user_id or not delivery.team_id:
                return ""
            if delivery.kind == "event" and delivery.name == "user_change":
                self.actors.refresh(delivery.team_id, delivery.user_id, client, now)
                return ""
            if route is None:
                return ""
            if delivery.kind == "event" and not self._concerns(delivery):
                return ""
            actor = self.actors.actor(delivery.team_id, delivery.team_name, delivery.user_id, client, now)
            locale = actor.locale
            self._know_the_mentioned(delivery, client, now)
            with self._turns:
                return self._run(route, delivery, actor, client, now)
        except StoreUnavailable as error:
            return self._apologise(delivery, client, locale, error, expected=True)
        except Exception as error:  # the last resort: the person gets a reference, the log the rest
            return self._apologise(delivery, client, locale, error, expected=False)

    def _concerns(self, delivery: Delivery) -> bool:
        """Whether a reaction collects a message, and a message of a channel is about a task.

        Nobody becomes known, and nothing is remembered, by any other.
        """
        if delivery.name in collecting.EVENTS:
            return self._finds(delivery, lambda session: collecting.marked_place(session, delivery.body))
        event = delivery.body.get("event") or {}
        if delivery.name != "message" or event.get("channel_type") == "im":
            return True
        return task_threads.is_reply_in_channel(delivery.body) and self._finds(
            delivery, lambda session: task_threads.is_about_task(session, delivery.body)
        )

    def _finds(self, delivery: Delivery, look: Callable[[Session], object]) -> bool:
        with self._store.everywhere(writes=False) as session:
            workspace = find_team_workspace(session, delivery.team_id)
        if workspace is None:
            return False
        with self._store.reading(workspace.id) as session:
            return bool(look(session))

    def _know_the_mentioned(self, delivery: Delivery, client: WebClient, now: datetime) -> None:
        users = mentioned(delivery.body) - {delivery.user_id}
        if users:
            unknown = self.actors.know(delivery.team_id, delivery.team_name, users, client, now)
            if unknown:
                delivery.body["text"] = without_mentions(delivery.body.get("text") or "", unknown)

    def _run(self, route: Route, delivery: Delivery, actor: Actor, client: WebClient, now: datetime) -> Ack:
        if not route.may_change(str(delivery.body.get("text") or "")):
            with ExitStack() as stack:
                reading = self._store.reading(actor.workspace_id)
                interaction = Interaction(
                    delivery.kind,
                    delivery.name,
                    delivery.body,
                    actor,
                    lambda: stack.enter_context(reading),
                    now,
                    self._public_url,
                )
                answer = self._at_home(interaction, self._answer(route, interaction))
            if answer.modal and (replayed := self._seen_before(route, delivery, answer, interaction, now)):
                return json.loads(replayed)  # type: ignore[no-any-return]
            return self._finish(interaction, answer, client)
        try:
            with self._store.transaction(actor, now=now, how=f"{route.kind}.{route.name}") as session:
                opened = session
                interaction = Interaction(
                    delivery.kind,
                    delivery.name,
                    delivery.body,
                    actor,
                    lambda: opened,
                    now,
                    self._public_url,
                )
                replayed = claim(session, delivery.keys, name=route.name, person_id=actor.person_id, now=now)
                if replayed is not None:
                    return json.loads(replayed)  # type: ignore[no-any-return]
                answer = self._attempt(route, interaction)
                wrote = session.info.get("wrote") or set()
                if answer.changes_nothing or not (wrote or answer.modal):
                    session.rollback()
                else:
                    # As text: PostgreSQL's JSONB would give it back with its keys in another order.
                    keep_answer(session, delivery.keys, json.dumps(_ack(delivery.kind, answer, interaction)))
        except EditedMeanwhile as conflict:
            answer, wrote = _refused(conflict, interaction), set()
        if wrote & {"Person", "Team"}:
            self.actors.forget(delivery.team_id)
        return self._finish(interaction, answer, client)

    def _seen_before(
        self, route: Route, delivery: Delivery, answer: Answer, interaction: Interaction, now: datetime
    ) -> str | None:
        """The answer that an earlier delivery got; a trigger opens one window, to read in as well."""
        actor = interaction.actor
        with self._store.transaction(actor, now=now, how=f"{route.kind}.{route.name}") as session:
            replayed = claim(session, delivery.keys, name=route.name, person_id=actor.person_id, now=now)
            if replayed is None:
                keep_answer(session, delivery.keys, json.dumps(_ack(delivery.kind, answer, interaction)))
            return replayed

    def _attempt(self, route: Route, interaction: Interaction) -> Answer:
        """The handler's answer; what it wrote before refusing is taken back, the claim stays."""
        session = interaction.session
        attempt = session.begin_nested()
        answer = self._answer(route, interaction)
        if answer.errors or answer.refused:
            attempt.rollback()
            session.info.pop("wrote", None)
            session.info.pop("touched", None)
            return answer
        attempt.commit()
        return with_overview(interaction, self._at_home(interaction, answer))

    def _at_home(self, interaction: Interaction, answer: Answer) -> Answer:
        """On the Home tab nothing can be said: a message stands above the tab, which is drawn anew."""
        if not interaction.in_home or answer.home or answer.modal or answer.update:
            return answer
        if not (answer.message or interaction.session.info.get("wrote")):
            return answer
        home = self._routes.table[("event", "app_home_opened")].handler(interaction).home or {"blocks": []}
        said = [*answer.message.blocks, divider()] if answer.message else []
        return replace(answer, message=None, home=home | {"blocks": [*said, *home["blocks"]][:100]})

    def _answer(self, route: Route, interaction: Interaction) -> Answer:
        try:
            answer = route.handler(interaction)
            if answer.instead is None:
                return answer
            other = self._routes.find("command", answer.instead.verb)
            interaction.text, interaction.choices = answer.instead.text, answer.instead.choices
            said = other.handler(interaction) if other else Answer()
            return replace(said, replace=answer.replace) if said.message else said
        except Refusal as refusal:
            return _refused(refusal, interaction)

    def _finish(self, interaction: Interaction, answer: Answer, client: WebClient) -> Ack:
        answer = in_menu(interaction, answer)
        self._effects.follow(interaction, answer, client)
        return _ack(interaction.kind, answer, interaction)

    def _apologise(
        self, delivery: Delivery, client: WebClient, locale: str, error: Exception, *, expected: bool
    ) -> Ack:
        reference = uuid.uuid4().hex[:8]
        if expected:
            log.warning("store_unavailable", reference=reference, kind=delivery.kind, name=delivery.name)
        else:
            log.error(
                "internal_error", reference=reference, kind=delivery.kind, name=delivery.name, exc_info=error
            )
        message = problems.apology(reference, locale, database=expected)
        if delivery.kind == "view" and (inputs := _inputs(delivery.body)):
            return {"response_action": "errors", "errors": {inputs[0]: message.text}}
        if delivery.kind == "command":
            return message.body() | {"response_type": "ephemeral"}
        self._effects.reply(delivery.body, message, client)
        return ""


def _refused(refusal: Refusal, interaction: Interaction) -> Answer:
    sentence = problems.sentence(refusal, interaction.actor.locale)
    if interaction.kind == "view":
        inputs = _inputs(interaction.payload)
        field = refusal.field if refusal.field in inputs else (inputs[0] if inputs else None)
        if field:
            return Answer(errors={field: sentence})
    message = text_message(sentence)
    if interaction.kind != "command" and not interaction.payload.get("response_url"):
        return Answer(modal=problems.refused_modal(sentence, interaction.actor.locale), refused=True)
    return Answer(message=message, refused=True)


def _inputs(payload: dict[str, Any]) -> list[str]:
    """The fields of the submitted form."""
    blocks = (payload.get("view") or {}).get("blocks") or []
    return [block["block_id"] for block in blocks if block.get("type") == "input" and block.get("block_id")]


def _ack(kind: str, answer: Answer, interaction: Interaction | None) -> Ack:
    if kind == "command":
        return answer.message.body() | {"response_type": "ephemeral"} if answer.message else ""
    if kind == "options":
        return {"options": list(answer.options)}
    if kind == "view":
        if answer.errors:
            return {"response_action": "errors", "errors": answer.errors}
        if answer.update and interaction:
            return {"response_action": "update", "view": interaction.with_reply(answer.update)}
        if answer.modal and interaction:
            return {"response_action": "push", "view": interaction.with_reply(answer.modal)}
    return ""
