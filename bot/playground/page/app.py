"""The page's addresses, on the pretend Slack's own server."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from werkzeug.wrappers import Response as Answer

import bot
from bot.playground.page.cast import Cast, ClockControl, Example, Player
from bot.playground.page.deeds import Deeds
from bot.playground.page.drawing import Drawing
from bot.playground.page.marks import Marks
from bot.playground.page.rows import file_address
from bot.playground.page.scene import Scene, Stage
from bot.playground.slack import PretendSlack

Json = dict[str, Any]
_FONTS = Path(bot.__file__).parent / "fonts"
REGIONS = ("top", "side", "main", "thread", "modals")
_ROWS = 100
_BREATH = 15.0
"""Seconds after which a silent feed says that it is still there."""


def create_page(
    slack: PretendSlack,
    clock_control: ClockControl,
    *,
    commands: Sequence[Json],
    shortcuts: Sequence[Json],
    people: Sequence[Player],
    examples: Mapping[str, Sequence[Example]],
) -> Blueprint:
    """The page as a blueprint for `slack.app`, to be registered before `slack.start`.

    `commands` and `shortcuts` are the manifest's features.slash_commands and features.shortcuts; a command
    such as "/crm deal" is offered as one types, and sent as /crm. `people` are those whom a visitor may be,
    the first one at the start; `examples` are the lines to try, by language (en, zh). What the channels hold
    already counts as read.
    """
    cast = Cast(
        tuple(people),
        tuple(commands),
        tuple(shortcuts),
        {lang: tuple(list_) for lang, list_ in examples.items()},
    )
    drawing = Drawing(lambda named: _picture_address(slack, named))
    stage = Stage(slack.state, clock_control, cast, Marks(slack.state.next_ts()))
    deeds = Deeds(slack, stage, drawing)
    page = Blueprint("page", __name__, static_folder="static", static_url_path="/static")

    @page.get("/")
    def arrive() -> Answer:
        return redirect(f"/u/{cast.players[0].id}")

    @page.get("/u/<person>")
    def arrive_as(person: str) -> Answer:
        return redirect(f"/u/{person}/{stage.first_place(person)}")

    @page.get("/u/<person>/<place>")
    @page.get("/u/<person>/<place>/<thread>")
    def look(person: str, place: str, thread: str | None = None) -> Answer:
        fragments = request.accept_mimetypes.best == "application/json"
        limit = request.headers.get("X-Rows", default=_ROWS, type=int)
        seen = request.headers.get("X-Seen", "yes") == "yes"
        try:
            scene = stage.build(person, place, thread, seen=seen, limit=max(1, limit))
        except KeyError:
            return Response(status=404) if fragments else redirect("/")
        answer = _fragments(drawing, scene) if fragments else Response(drawing.page(scene))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @page.get("/archives/<place>/p<digits>")
    def message(place: str, digits: str) -> Answer:
        # Where a permalink leads: the channel of the message, as the first person who is in it.
        channel = slack.state.channels.get(place)
        people = [each.id for each in cast.players]
        person = next((each for each in people if channel and each in channel.members), None)
        return redirect(f"/u/{person}/{place}" if person else "/")

    @page.get("/feed/<person>")
    def feed(person: str) -> Answer:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        after = request.headers.get("Last-Event-ID") or request.args.get("after", "")
        seen = int(after) if after.isdecimal() else slack.changes.number
        return Response(_news(slack, person, seen), mimetype="text/event-stream", headers=headers)

    @page.get("/file/<file_id>/<name>")
    def file(file_id: str, name: str) -> Answer:
        found = slack.state.files.get(file_id)
        if found is None or not found.uploaded:
            abort(404)
        shown = found.is_picture or found.mimetype == "application/pdf"
        disposition = "inline" if shown else "attachment"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return Response(found.content, mimetype=found.mimetype, headers=headers)

    @page.get("/fonts/<name>")
    def font(name: str) -> Answer:
        return send_from_directory(_FONTS, name, max_age=86_400)

    @page.post("/do/<what>")
    def do(what: str) -> Answer:
        if not request.is_json:
            abort(415)
        try:
            answer = deeds.do(what, request.get_json())
        except KeyError:
            abort(404)
        return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")

    return page


def _fragments(drawing: Drawing, scene: Scene) -> Response:
    """The regions that differ from those that the browser has, by their hashes."""
    have = dict(pair.split("=", 1) for pair in request.headers.get("X-Have", "").split())
    regions = {}
    for name in REGIONS:
        html = drawing.region(name, scene)
        digest = hashlib.blake2s(html.encode(), digest_size=8).hexdigest()
        if have.get(name) != digest:
            regions[name] = {"hash": digest, "html": html}
    body = {
        "regions": regions,
        "title": f"{scene.title} · {scene.team}",
        "lang": scene.reader.language,
        "number": scene.number,
        "news": [asdict(news) for news in scene.news],
    }
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _news(slack: PretendSlack, person: str, number: int) -> Iterator[str]:
    """A line for every bundle of changes after `number` that may concern a person; comments keep it open."""
    yield ": hello\n\n"
    while True:
        news = slack.changes.since(number, timeout=_BREATH)
        if not news:
            yield ": still here\n\n"
            continue
        number = news[-1].number
        if any(change.user in (None, person) for change in news):
            yield f"id: {number}\ndata: changed\n\n"


def _picture_address(slack: PretendSlack, named: Json) -> str:
    """Where the browser finds the picture that a block names by id or by its address in Slack."""
    for file in slack.state.files.values():
        if named.get("id") == file.id or named.get("url") == file.url:
            return file_address(file)
    return ""
