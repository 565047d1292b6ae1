"""Calendars at their private addresses, for programs that subscribe to them."""

from flask import Flask, Response, request

from bot.app import Dealdesk
from bot.jobs.calendars import FILENAME, calendar_at
from bot.store import StoreUnavailable


def add_calendars(web: Flask, dealdesk: Dealdesk) -> None:
    """Add /calendar/TOKEN.ics. Whoever has the token is its owner, to read and nothing else."""

    @web.get("/calendar/<token>.ics")
    def calendar(token: str) -> Response:
        try:
            content = calendar_at(dealdesk.store, token, dealdesk.clock())
        except StoreUnavailable:
            return Response("the database does not answer\n", status=503, headers={"Retry-After": "60"})
        if content is None:
            return Response("no such calendar\n", status=404, headers={"Cache-Control": "no-store"})
        answer = Response(content, content_type="text/calendar; charset=utf-8")
        answer.headers["Cache-Control"] = "private, max-age=300"
        answer.headers["Content-Disposition"] = f'inline; filename="{FILENAME}"'
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.add_etag()
        answer.make_conditional(request)
        return answer
