"""Links to opportunities: /o/OPP-128 sends one on to its card in Slack, and says nothing itself."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from bot.app import Dealdesk
from bot.store import StoreUnavailable
from bot.store.cards import place_of_card

_NAMED = re.compile(r"(?:opp-)?(\d{1,18})", re.IGNORECASE)
_SLACK = "https://app.slack.com"


def add_links(web: Flask, dealdesk: Dealdesk) -> None:
    """Add /o/ID. Who follows it sees in Slack what they may see there."""

    @web.get("/o/<name>")
    def opportunity(name: str) -> AnyResponse:
        named = _NAMED.fullmatch(name)
        try:
            with dealdesk.store.everywhere(writes=False) as session:
                place = place_of_card(session, int(named[1])) if named else None
        except StoreUnavailable:
            return Response("the database does not answer\n", status=503, headers={"Retry-After": "60"})
        if place is None:
            return Response("no such opportunity\n", status=404, headers={"Cache-Control": "no-store"})
        answer = redirect(_in_slack(dealdesk.environment.slack_api_url, place.team, place.channel, place.ts))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


def _in_slack(api_url: str, team: str | None, channel: str | None, ts: str | None) -> str:
    """Where Slack shows a message, a channel, or the app where there is neither."""
    api = urlsplit(api_url)
    if not (api.hostname or "").endswith("slack.com"):  # a pretend Slack shows its messages itself
        base = f"{api.scheme}://{api.netloc}"
        return f"{base}/archives/{channel}/p{(ts or '').replace('.', '')}" if channel else base
    if channel and ts:
        return f"{_SLACK}/client/{team}/{channel}/thread/{channel}-{ts}"
    return f"{_SLACK}/client/{team}/{channel}" if channel else f"{_SLACK}/client/{team or ''}"
