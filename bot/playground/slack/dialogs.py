"""Pressing, choosing, typing into forms, and sending them off."""

from collections.abc import Mapping
from typing import Any

from bot.playground.slack import forms
from bot.playground.slack.blocks import check_view
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.desk import Desk, Where, action_ts, channel_json
from bot.playground.slack.elements import problems_of_options
from bot.playground.slack.errors import IncompleteForm, NotOnScreen, SlackError
from bot.playground.slack.forms import Place
from bot.playground.slack.methods.views import show
from bot.playground.slack.modals import View, open_view
from bot.playground.slack.people import User
from bot.playground.slack.state import APP_ID
from bot.playground.slack.talk import Json, Message

Name = str | tuple[str, str]


class Dialogs(Desk):
    """Everything with buttons and fields.

    An element is named by its (block_id, action_id), action_id, block_id, or by what is read on or beside it.
    `where` is a message, a view, a command's Delivery, or None for the modal in front of the person.
    """

    def press(
        self,
        user: User | str,
        where: Where,
        name: Name,
        value: Any = None,
        *,
        block_id: str | None = None,
    ) -> Delivery:
        """Press a button, or choose `value` in a select, picker or box: one block_actions.

        Of several buttons of one name, `value` or `block_id` says which.
        """
        person = self.state.user(user)
        with self.state.lock:
            shown = self._shown(person, where)
            place = _pressed(shown.live_blocks, name, value, block_id)
            action = self._act(person, shown, place, value)
            payload = {
                **self._common("block_actions", person),
                **self._around(person, shown),
                "trigger_id": self._trigger(
                    person,
                    channel=shown.channel if isinstance(shown, Message) else shown.context_channel,
                    view=shown if isinstance(shown, View) else None,
                ),
                "actions": [action],
            }
            if isinstance(shown, Message):
                payload["response_url"] = self._response_url(person, shown.channel, shown)
        return self._send(Delivery("block_actions", "interactive", payload, person.id))

    def type_options(self, user: User | str, where: Where, name: Name, query: str) -> Delivery:
        """Type into a select whose options the bot supplies; `.options` of the answer are what is offered."""
        person = self.state.user(user)
        with self.state.lock:
            shown = self._shown(person, where)
            place = forms.find(shown.live_blocks, name)
            least = place.element.get("min_query_length", 3)
            if len(query) < least:
                raise NotOnScreen(f"Slack asks the bot only from {least} characters on, not for {query!r}")
            payload = {
                **self._common("block_suggestion", person),
                **self._around(person, shown),
                "action_id": place.key[1],
                "block_id": place.key[0],
                "value": query,
            }
        delivery = self._send(Delivery("block_suggestion", "interactive", payload, person.id))
        if delivery.ok and (problems := problems_of_options(delivery.ack)):
            delivery.error, delivery.refused = "invalid_options", problems
        return delivery

    def fill(self, user: User | str, values: Mapping[Any, Any], where: Where = None) -> list[Delivery]:
        """Fill in fields by name; those that tell the bot at once do, and those deliveries are returned."""
        person, sent = self.state.user(user), []
        for name, value in values.items():
            shown = self._shown(person, where)
            place = forms.find(shown.live_blocks, name)
            if place.kind.endswith("external_select"):
                value = self._looked_up(person, shown, place, value)
            if not place.is_input or place.block.get("dispatch_action"):
                sent.append(self.press(person, shown, place.key, value))
                continue
            with self.state.lock:
                self._hold(person, shown, place, value)
        return sent

    def submit(self, user: User | str, values: Mapping[Any, Any] | None = None) -> Delivery:
        """Fill in `values`, press the modal's submit button, and do what the bot answers.

        Raises IncompleteForm when Slack's own client would not let it go, NotOnScreen without a modal.
        """
        person = self.state.user(user)
        self.fill(person, values or {})
        with self.state.lock:
            view = self._modal(person)
            if not view.body.get("submit") or view.body.get("submit_disabled"):
                raise NotOnScreen(f"{view.title!r} has no submit button to press")
            view.problems = view.complaints()
            self.state.changes.note("modal", user=person.id)
            if view.problems:
                raise IncompleteForm(view.problems)
            payload = {
                **self._common("view_submission", person),
                "trigger_id": self._trigger(person, channel=view.context_channel, view=view),
                "view": view.payload(),
                "response_urls": self._response_urls(person, view),
            }
        delivery = self._send(Delivery("view_submission", "interactive", payload, person.id))
        with self.state.lock:
            if delivery.ok:
                try:
                    self._follow(person, view, delivery)
                except SlackError as error:
                    delivery.error, delivery.refused = error.error, error.messages
            delivery.view = self.state.stack(person.id).top
            self.state.changes.note("modal", user=person.id)
        return delivery

    def _response_urls(self, person: User, view: View) -> list[Json]:
        """An address for an answer in each channel that was chosen where the bot asked for one."""
        chosen = [
            (place, forms.held_by(view.drafts[place.key]))
            for place in forms.places(view.blocks)
            if place.element.get("response_url_enabled")
        ]
        return [
            {
                "block_id": place.key[0],
                "action_id": place.key[1],
                "channel_id": channel,
                "response_url": self._response_url(person, channel),
            }
            for place, channel in chosen
            if channel
        ]

    def close_view(self, user: User | str, *, all_of_them: bool = False) -> Delivery | None:
        """Close the front modal (Cancel), or all (the cross); None when the bot did not ask to hear of it."""
        person = self.state.user(user)
        with self.state.lock:
            stack, front = self.state.stack(person.id), self._modal(person)
            cleared = all_of_them or bool(front.body.get("clear_on_close"))
            if cleared:
                gone = stack.clear()
            else:
                stack.pop()
                gone = [front]
            self.state.changes.note("modal", user=person.id)
        told = [
            self._send(
                Delivery(
                    "view_closed",
                    "interactive",
                    {
                        **self._common("view_closed", person),
                        "view": view.payload(),
                        "is_cleared": cleared,
                    },
                    person.id,
                )
            )
            for view in gone
            if view.body.get("notify_on_close")
        ]
        return told[0] if told else None

    def _modal(self, person: User) -> View:
        view = self.state.stack(person.id).top
        if view is None:
            raise NotOnScreen(f"no modal is open before {person.name}")
        return view

    def _shown(self, person: User, where: Where) -> Message | View:
        if isinstance(where, Delivery):
            if where.message is None:
                raise NotOnScreen("that was answered with no message")
            return where.message
        return where if where is not None else self._modal(person)

    def _around(self, person: User, shown: Message | View) -> Json:
        """container, channel, message or view, and state of an interaction."""
        if isinstance(shown, View):
            return {"container": {"type": "view", "view_id": shown.id}, "view": shown.payload()}
        held: Json = {}
        for (block_id, action_id), value in self._held(person, shown).items():
            held.setdefault(block_id, {})[action_id] = value
        around: Json = {
            "container": {
                "type": "message_attachment" if shown.attachments and not shown.bot_id else "message",
                "message_ts": shown.ts,
                "channel_id": shown.channel,
                "is_ephemeral": bool(shown.ephemeral_to),
                **({"thread_ts": shown.thread_ts} if shown.thread_ts else {}),
            },
            "channel": channel_json(self.state.channel(shown.channel)),
            "state": {"values": held},
        }
        if not shown.ephemeral_to:
            around["message"] = shown.payload()
        return around

    def _held(self, person: User, message: Message) -> dict[tuple[str, str], Json]:
        key = (person.id, message.channel, message.ts)
        first = forms.initial_values(message.blocks)
        kept = self.state.touched.get(key, {})
        return {place: kept.get(place, value) for place, value in first.items()}

    def _hold(self, person: User, shown: Message | View, place: Place, value: Any) -> Json:
        state = forms.state_of(place, forms.choose(place, value))
        if isinstance(shown, View):
            shown.drafts[place.key] = state
        else:
            key = (person.id, shown.channel, shown.ts)
            self.state.touched.setdefault(key, {})[place.key] = state
        return state

    def _act(self, person: User, shown: Message | View, place: Place, value: Any) -> Json:
        element = place.element
        action: Json = {
            "type": place.kind,
            "block_id": place.key[0],
            "action_id": place.key[1],
            "action_ts": action_ts(self.state),
        }
        if place.kind == "button":
            action.update({k: element[k] for k in ("text", "value", "style") if k in element})
        elif place.kind == "overflow":
            action["selected_option"] = forms.choose(place, value)
        else:
            action.update(self._hold(person, shown, place, value))
            action.update(
                {k: v for k, v in element.items() if k.startswith("initial_") or k == "placeholder"}
            )
        return action

    def _looked_up(self, person: User, shown: Message | View, place: Place, value: Any) -> Any:
        """The option that the bot offers for what is typed; (typed, chosen) where the two differ."""
        if value is None or isinstance(value, dict):
            return value
        if isinstance(value, list):
            return [self._looked_up(person, shown, place, each) for each in value]
        query, choice = value if isinstance(value, tuple) else (value, value)
        return forms.option(self.type_options(person, shown, place.key, str(query)).options, choice)

    def _follow(self, person: User, view: View, delivery: Delivery) -> None:
        """Do what the answer to a form says.

        Raises SlackError when Slack cannot.
        """
        answer = delivery.ack if delivery.ack is not None else delivery.body.strip() or {}
        stack = self.state.stack(person.id)
        if not isinstance(answer, dict):
            raise SlackError("invalid_payload", ["the answer to a form must be empty or a response_action"])
        if not answer:
            if stack.top is view:
                stack.pop()
            return
        kind = answer.get("response_action")
        if kind == "errors":
            view.problems = _field_errors(view, answer.get("errors"))
        elif kind == "clear":
            stack.clear()
        elif kind in ("update", "push"):
            body: Any = answer.get("view")
            check_view(body, kind="modal", knows_picture=self.state.knows_picture)
            if kind == "update":
                show(self.state, view, body)
            elif stack.is_full:
                raise SlackError("push_limit_reached")
            else:
                team = self.state.teams[person.team]
                pushed = open_view(
                    body, user=person.id, team=team, app_id=APP_ID, channel=view.context_channel
                )
                stack.push(pushed)
        else:
            raise SlackError("invalid_payload", [f"unknown response_action: {kind}"])


def _pressed(blocks: list[Json], name: Name, value: Any, block_id: str | None) -> Place:
    """The element meant; among buttons of one name the one of this value."""
    here = [p for p in forms.places(blocks) if block_id in (None, p.block["block_id"])]
    buttons = [p for p in here if p.kind == "button" and name in (p.key, p.element["action_id"], p.label)]
    if value is not None and len(buttons) > 1:
        buttons = [p for p in buttons if p.element.get("value") == value]
        if len(buttons) == 1:
            return buttons[0]
    return forms.find(blocks, name, block_id=block_id)


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if (
        not isinstance(errors, dict)
        or not errors
        or not all(isinstance(e, str) and e for e in errors.values())
    ):
        raise SlackError("invalid_payload", ["errors must name fields and say what is wrong"])
    if strange := set(errors) - fields:
        raise SlackError("invalid_payload", [f"no input block is called {name}" for name in sorted(strange)])
    return dict(errors)
