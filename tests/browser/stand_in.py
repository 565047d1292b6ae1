"""A small bot of the tests' own: it answers what the page can do, and remembers what it was told."""

import json
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, note: str = "") -> Json:
    return {"text": plain(text), "value": value, **({"description": plain(note)} if note else {})}


def button(action_id: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "1", **more}


def asks(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


STAGES = [
    option("Qualified", "qualified"),
    option("Proposal", "proposal"),
    option("Negotiation", "negotiation"),
]
CITIES = [
    {"label": plain("North"), "options": [option("Beijing 北京", "bj"), option("Tianjin 天津", "tj")]},
    {"label": plain("South"), "options": [option("Shenzhen 深圳", "sz"), option("Guangzhou 广州", "gz")]},
]
KINDS = [option("New business", "new", "A first order"), option("Renewal", "renewal")]
EXTRAS = [option("Training", "training"), option("Support", "support")]
SURE = {
    "title": plain("Lost?"),
    "text": plain("This closes Acme annual licence."),
    "confirm": plain("Mark lost"),
    "deny": plain("Keep it"),
    "style": "danger",
}
MORE = [option("Edit", "edit"), option("Make a quote", "quote"), option("Show the timeline", "log")]
CUSTOMERS = ["Acme Industries", "Acorn Labs", "华星科技", "Zenith Foods"]


def every_element() -> Json:
    """A modal with every kind of element that a modal takes."""
    return {
        "type": "modal",
        "callback_id": "everything",
        "title": plain("New opportunity"),
        "submit": plain("Create"),
        "close": plain("Cancel"),
        "blocks": [
            {"type": "section", "text": mrkdwn("All about *one* opportunity; _optional_ fields may wait.")},
            asks("name", "Name", {"type": "plain_text_input", "placeholder": plain("Acme annual licence")}),
            asks("amount", "Amount", {"type": "number_input", "is_decimal_allowed": True, "min_value": "1"},
                 hint=plain("In the workspace's currency, such as 120000.")),
            asks("stage", "Stage", {"type": "static_select", "options": STAGES, "initial_option": STAGES[0]}),
            asks("city", "City", {"type": "static_select", "option_groups": CITIES}, optional=True),
            asks("customer", "Customer", {"type": "external_select", "min_query_length": 1,
                                          "placeholder": plain("Type a name")}),
            asks("owner", "Owner", {"type": "users_select"}, optional=True),
            asks("team", "Helpers", {"type": "multi_users_select"}, optional=True),
            asks("tags", "Tags", {"type": "multi_static_select", "options": STAGES}, optional=True),
            asks("channel", "Channel", {"type": "channels_select"}, optional=True),
            asks("talk", "Conversation", {"type": "conversations_select"}, optional=True),
            asks("close_on", "Close date", {"type": "datepicker", "initial_date": "2026-12-31"}),
            asks("at", "Time", {"type": "timepicker"}, optional=True),
            asks("remind", "Remind me", {"type": "datetimepicker"}, optional=True),
            asks("kind", "Kind", {"type": "radio_buttons", "options": KINDS}),
            asks("extras", "Extras", {"type": "checkboxes", "options": EXTRAS}, optional=True),
            asks("mail", "Contact's e-mail", {"type": "email_text_input"}, optional=True),
            asks("site", "Web site", {"type": "url_text_input"}, optional=True),
            asks("note", "Note", {"type": "plain_text_input", "multiline": True}, optional=True),
            {"type": "actions", "block_id": "more", "elements": [
                button("push", "Add a line")]},
        ],
    }  # fmt: skip


def second_modal() -> Json:
    return {
        "type": "modal",
        "callback_id": "line",
        "title": plain("Add a line"),
        "submit": plain("Add"),
        "blocks": [asks("product", "Product", {"type": "plain_text_input"})],
    }


def card(stage: str = "Proposal") -> list[Json]:
    """A message with most of what a message can show."""
    return [
        {"type": "header", "text": plain("Acme annual licence")},
        {
            "type": "section",
            "block_id": "facts",
            "fields": [
                mrkdwn("*Customer*\nAcme Industries"),
                mrkdwn("*Amount*\n$120,000"),
                mrkdwn(f"*Stage*\n{stage}"),
                mrkdwn("*Close*\n<!date^1798675200^{date_short}|31 Dec 2026>"),
            ],
            "accessory": {
                "type": "overflow",
                "action_id": "card_more",
                "options": MORE,
            },
        },
        {
            "type": "actions",
            "block_id": "next",
            "elements": [
                button("won", "Won", style="primary"),
                button("lost", "Lost", style="danger", confirm=SURE),
                {
                    "type": "static_select",
                    "action_id": "move",
                    "placeholder": plain("Move to…"),
                    "options": STAGES,
                },
            ],
        },
        {"type": "context", "elements": [mrkdwn("Owner: Mei Chen · next: `call` · :alarm_clock: Fri 15:00")]},
    ]


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """What was asked is in `told`."""


@dataclass
class StandIn:
    """Answers at /slack/events; `told` is what arrived, newest last."""

    told: list[Json] = field(default_factory=list)
    api_url: str = ""
    silent: threading.Event = field(default_factory=threading.Event)

    def start(self) -> str:
        app = Flask("stand-in")
        app.add_url_rule("/slack/events", "events", self._events, methods=["POST"])
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def call(self, method: str, **arguments: Any) -> Json:
        headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": "Bearer xoxb-pretend"}
        asked = Request(self.api_url + method, json.dumps(arguments).encode(), headers)
        with urlopen(asked) as answer:
            body: Json = json.loads(answer.read())
        assert body["ok"], body
        return body

    def upload(self, address: str, content: bytes) -> None:
        with urlopen(Request(address, content)) as answer:
            assert answer.status == 200

    def last(self, kind: str) -> Json:
        return next(told for told in reversed(self.told) if told.get("type") == kind)

    def _events(self) -> Response:
        if request.is_json:
            payload: Json = request.get_json()
        elif "payload" in request.form:
            payload = json.loads(request.form["payload"])
        else:
            payload = {"type": "command", **request.form}
        self.told.append(payload)
        if self.silent.is_set():
            return Response(status=500)
        answer = self._answer(payload)
        if answer is None:
            return Response("")
        return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")

    def _answer(self, payload: Json) -> Json | None:
        match payload["type"]:
            case "command" if payload["text"] == "new":
                self.call("views.open", trigger_id=payload["trigger_id"], view=every_element())
            case "command" if payload["text"] == "card":
                return {"response_type": "in_channel", "text": "Acme annual licence", "blocks": card()}
            case "command":
                return {"text": f"You typed *{payload['text'] or 'nothing'}*."}
            case "shortcut":
                self.call("views.open", trigger_id=payload["trigger_id"], view=second_modal())
            case "message_action":
                self.call("views.open", trigger_id=payload["trigger_id"], view=second_modal())
            case "block_suggestion":
                found = [name for name in CUSTOMERS if payload["value"].lower() in name.lower()]
                return {"options": [option(name, name) for name in found]}
            case "block_actions":
                return self._pressed(payload)
            case "view_submission":
                return self._submitted(payload)
            case "event_callback" if payload["event"]["type"] == "app_home_opened":
                self._home(payload["event"]["user"])
        return None

    def _pressed(self, payload: Json) -> None:
        action = payload["actions"][0]
        if action["action_id"] == "push":
            self.call("views.push", trigger_id=payload["trigger_id"], view=second_modal())
        elif action["action_id"] == "move":
            stage = action["selected_option"]["text"]["text"]
            place = {"channel": payload["channel"]["id"], "ts": payload["message"]["ts"]}
            self.call("chat.update", **place, text="Acme annual licence", blocks=card(stage))

    def _submitted(self, payload: Json) -> Json | None:
        values = payload["view"]["state"]["values"]
        if payload["view"]["callback_id"] == "everything" and values["amount"]["value"]["value"] == "13":
            return {"response_action": "errors", "errors": {"amount": "13 brings bad luck. Try 14."}}
        return None

    def _home(self, person: str) -> None:
        blocks = [
            {"type": "header", "text": plain("Good morning, Mei")},
            {"type": "section", "text": mrkdwn("*2 tasks* today · *$340,000* open")},
            {"type": "divider"},
            *card(),
        ]
        self.call("views.publish", user_id=person, view={"type": "home", "blocks": blocks})
