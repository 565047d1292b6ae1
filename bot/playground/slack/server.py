"""The pretend Slack's HTTP server: the Web API, response addresses, uploads, installation and Socket Mode."""

import json
import logging
import socket
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.playground.slack import answers
from bot.playground.slack.errors import SlackError
from bot.playground.slack.faults import Fault, Faults
from bot.playground.slack.journal import Journal
from bot.playground.slack.methods import METHODS, Call
from bot.playground.slack.methods.people import issue_code
from bot.playground.slack.people import Team
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.state import State
from bot.playground.slack.talk import Json

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Called:
    """One call of the Web API (or of a response address, `method` being response_url), as it was answered."""

    method: str
    args: Json
    answer: Json
    status: int
    at: datetime
    team: str | None
    headers: dict[str, str]

    @property
    def ok(self) -> bool:
        return self.status == 200 and bool(self.answer.get("ok"))

    @property
    def error(self) -> str | None:
        return self.answer.get("error")


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the journal has it."""


class Server:
    """Serves a state over HTTP. `app` takes further pages until it is started."""

    def __init__(
        self, state: State, sockets: Sockets, faults: Faults, journal: Journal, app_token: str
    ) -> None:
        self.app = Flask("pretend-slack", static_folder=None)
        self.calls: list[Called] = []
        self._state, self._sockets, self._faults, self._journal = state, sockets, faults, journal
        self._app_token = app_token
        self._stopping = threading.Event()
        self._server: BaseWSGIServer | None = None
        route = self.app.add_url_rule
        route("/api/<method>", "api", self._api, methods=["GET", "POST"])
        route("/response/<key>", "response", self._response, methods=["POST"])
        route("/upload/v1/<file_id>", "upload", self._upload, methods=["POST"])
        route("/files-pri/<key>/<name>", "file", self._file)
        route("/oauth/v2/authorize", "authorize", self._authorize)
        route("/link/", "link", self._link, websocket=True)

    def start(self, port: int) -> None:
        """Listen on the loopback address; 0 finds a free port."""
        self._server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=_Handler)
        self._state.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="slack", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and let go of who waits."""
        self._stopping.set()
        self._sockets.stop()
        self._state.changes.close()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def _api(self, method: str) -> Response:
        args, fault = _arguments(), self._faults.take(method)
        if fault and fault.drop_before_accept:
            return _hang_up()
        team: Team | None = None
        answer: Json = {}
        status = 200
        try:
            team, answer = self._answer(method, args, fault)
        except SlackError as error:
            answer = error.answer()
        except Exception:
            _log.exception("the pretend Slack failed at %s", method)
            answer, status = {"ok": False, "error": "internal_error"}, 500
        if fault and fault.status:
            status = fault.status
        if fault and fault.retry_after is not None:
            status = 429
        if fault and fault.drop_after_accept:
            status = 0
        self._record(method, args, answer, status, team)
        return self._send(answer, status, fault, team)

    def _answer(self, method: str, args: Json, fault: Fault | None) -> tuple[Team | None, Json]:
        found = METHODS.get(method)
        if found is None:
            raise SlackError("unknown_method", req_method=method)
        function, needs_bot = found
        if method == "apps.connections.open":
            self._check_app_token(args)
            args = {**args, "ticket": self._sockets.ticket()}
        team = self._authenticated(args) if needs_bot else None
        if fault and fault.retry_after is not None:
            raise SlackError("ratelimited")
        if fault and (fault.error or fault.status):
            raise SlackError(fault.error or "internal_error")
        basic = (
            request.authorization if request.authorization and request.authorization.type == "basic" else None
        )
        client = (basic.username or "", basic.password or "") if basic else None
        with self._state.lock:
            return team, {"ok": True, **function(Call(self._state, team, args, client))}

    def _token(self, args: Json) -> str:
        header = request.headers.get("Authorization", "")
        token = header[7:] if header.lower().startswith("bearer ") else args.get("token")
        if not token:
            raise SlackError("not_authed")
        return str(token)

    def _authenticated(self, args: Json) -> Team:
        token = self._token(args)
        if token == self._app_token:
            raise SlackError("not_allowed_token_type")
        team = self._state.team_of_token(token)
        if team is None:
            raise SlackError("invalid_auth")
        return team

    def _check_app_token(self, args: Json) -> None:
        token = self._token(args)
        if token != self._app_token:
            known = self._state.team_of_token(token)
            raise SlackError("not_allowed_token_type" if known else "invalid_auth")

    def _record(self, method: str, args: Json, answer: Json, status: int, team: Team | None) -> None:
        args = {name: value for name, value in args.items() if name != "token"}
        called = Called(
            method,
            args,
            answer,
            status,
            self._state.clock(),
            team.id if team else None,
            dict(request.headers),
        )
        with self._state.lock:
            self.calls.append(called)
        self._journal.write("out", method, args, status=status, answer=answer)

    def _send(self, answer: Json, status: int, fault: Fault | None, team: Team | None = None) -> Response:
        if fault and fault.delay:
            self._stopping.wait(fault.delay)
        if status == 0:
            return _hang_up()
        if fault and fault.status:
            return Response("", status)
        response = Response(json.dumps(answer, ensure_ascii=False), status, mimetype="application/json")
        if fault and fault.retry_after is not None:
            response.headers["Retry-After"] = str(fault.retry_after)
        if team and team.scopes is not None:
            response.headers["x-oauth-scopes"] = ",".join(sorted(team.scopes))
        return response

    def _response(self, key: str) -> Response:
        args, fault = _arguments(), self._faults.take("response_url")
        if fault and fault.drop_before_accept:
            return _hang_up()
        answer: Json = {"ok": True}
        status = 200
        team: Team | None = None
        try:
            if fault and (fault.status or fault.error or fault.retry_after is not None):
                status = fault.status or 429
                raise SlackError(fault.error or ("ratelimited" if status == 429 else "internal_error"))
            with self._state.lock:
                ticket = self._state.tickets.use_response(key)
                team = self._state.teams[ticket.team]
                answers.say(self._state, ticket, args)
        except SlackError as error:
            answer, status = error.answer(), 404 if status == 200 else status
        if fault and fault.drop_after_accept:
            status = 0
        self._record("response_url", args, answer, status, team)
        return self._send(answer, status, fault)

    def _upload(self, file_id: str) -> Response:
        file = self._state.files.get(file_id)
        if file is None:
            return Response("not found", 404)
        if request.mimetype == "multipart/form-data":
            uploaded = next(iter(request.files.values()), None)
            content = uploaded.read() if uploaded else b""
        else:  # whatever type is claimed for it, the body is the file
            content = request.get_data()
        with self._state.lock:
            file.content, file.uploaded = content, True
        self._journal.write(
            "out", "upload", {"file": file.id, "bytes": len(content)}, status=200, answer="OK"
        )
        return Response(f"OK - {len(content)}", 200, mimetype="text/plain")

    def _file(self, key: str, name: str) -> Response:
        file = self._state.files.get(key.rpartition("-")[2])
        try:
            if file is None or self._authenticated({}).id != file.team:
                return Response("not found", 404)
        except SlackError:
            return Response("sign in first", 403)
        return Response(file.content, 200, mimetype=file.mimetype)

    def _authorize(self) -> Response:
        """Slack's consent page, thinly: it agrees at once for `team` and `user` (else its admin)."""
        team = self._state.teams.get(request.args.get("team", "")) or next(iter(self._state.teams.values()))
        people = [u for u in self._state.users.values() if u.team == team.id and not u.is_bot]
        installer = next((u for u in people if u.is_owner or u.is_admin), people[0] if people else None)
        user = request.args.get("user") or (installer.id if installer else "U0")
        query = {"code": issue_code(team, user), "state": request.args.get("state", "")}
        target = request.args.get("redirect_uri", "")
        if not target:
            return Response("redirect_uri is missing", 400)
        joint = "&" if "?" in target else "?"
        return Response("", 302, {"Location": target + joint + urlencode(query)})

    def _link(self) -> Response:
        ws = self._sockets.serve(request.environ, request.args.get("ticket", ""))
        return Response("wrong ticket", 403) if ws is None else _AlreadyAnswered()


class _AlreadyAnswered(Response):
    """Ends a request whose socket has been used up; werkzeug then sends nothing more."""

    def __call__(self, *_: Any) -> Any:
        raise ConnectionError


def _hang_up() -> Response:
    connection = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    return _AlreadyAnswered()


def _arguments() -> Json:
    """The arguments of a call: query, then form, then JSON, as Slack reads them."""
    args: Json = dict(request.args.items())
    args.update(request.form.items())
    if request.mimetype == "application/json":
        try:
            body = json.loads(request.get_data() or b"{}")
        except ValueError:
            body = None
        if isinstance(body, dict):
            args.update(body)
    elif "payload" in request.form:
        args.update(json.loads(request.form["payload"]))
    return args
