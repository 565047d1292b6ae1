"""Views: the stack of modals in front of a person, and the home tab."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack import forms
from bot.playground.slack.talk import Json, texts_of

STACK = 3


@dataclass
class View:
    """A modal or home tab as one person has it open, with what they have filled in so far (`drafts`)."""

    id: str
    team: str
    user: str
    body: Json
    app_id: str
    bot_id: str
    root: str
    previous: str | None = None
    hash: str = ""
    drafts: dict[tuple[str, str], Json] = field(default_factory=dict)
    context_channel: str | None = None
    """The channel in which the person was when it opened."""
    problems: dict[str, str] = field(default_factory=dict)
    """What stands beside its fields since the last submit, by block_id."""

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def live_blocks(self) -> list[Json]:
        """Everything in which one can press."""
        return self.blocks

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in order."""
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    @property
    def text(self) -> str:
        """Everything that can be read in it, a line a piece; for looking things up."""
        return "\n".join(texts_of(self.blocks))

    def show(self, body: Json) -> None:
        """Replace what is shown; what was typed stays where block_id and action_id stay, as in Slack."""
        self.body = {**body, "blocks": forms.with_ids(body["blocks"])}
        fresh = forms.initial_values(self.blocks, channel=self.context_channel)
        self.drafts = {
            place: kept if (kept := self.drafts.get(place)) and kept["type"] == first["type"] else first
            for place, first in fresh.items()
        }
        self.hash = f"{secrets.randbelow(10**9) + 10**9}.{secrets.token_hex(4)}"
        self.problems = {}

    def values(self) -> Json:
        """view.state.values as an interaction carries it."""
        values: Json = {}
        for (block_id, action_id), value in self.drafts.items():
            values.setdefault(block_id, {})[action_id] = value
        return values

    def complaints(self) -> dict[str, str]:
        """What Slack's client writes beside the fields that it does not submit, by block_id."""
        found = {}
        for place in forms.places(self.blocks):
            problem = (
                forms.complaint(place, forms.held_by(self.drafts[place.key])) if place.is_input else None
            )
            if problem:
                found[place.block["block_id"]] = problem
        return found

    def payload(self, *, with_values: bool = True) -> Json:
        """The view object of interactions and of the answers of views.*."""
        body = self.body
        return {
            "id": self.id,
            "team_id": self.team,
            "type": self.type,
            "blocks": self.blocks,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "state": {"values": self.values() if with_values else {}},
            "hash": self.hash,
            "title": body.get("title"),
            "clear_on_close": bool(body.get("clear_on_close")),
            "notify_on_close": bool(body.get("notify_on_close")),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": self.app_id,
            "external_id": body.get("external_id") or "",
            "app_installed_team_id": self.team,
            "bot_id": self.bot_id,
        }


class Stack:
    """The modals in front of one person, the top one last."""

    def __init__(self) -> None:
        self.views: list[View] = []

    def __iter__(self) -> Iterator[View]:
        return iter(self.views)

    @property
    def top(self) -> View | None:
        return self.views[-1] if self.views else None

    @property
    def is_full(self) -> bool:
        return len(self.views) >= STACK

    def push(self, view: View) -> None:
        """Put a modal in front."""
        top = self.top
        view.root, view.previous = (top.root, top.id) if top else (view.id, None)
        self.views.append(view)

    def pop(self) -> View | None:
        """Take the front one away; the one behind it is seen again."""
        return self.views.pop() if self.views else None

    def clear(self) -> list[View]:
        """Take all away; returns them, the front one first."""
        gone, self.views = self.views[::-1], []
        return gone

    def holds(self, view_id: str) -> bool:
        return any(view.id == view_id for view in self.views)


def open_view(body: Json, *, user: str, team: Any, app_id: str, channel: str | None) -> View:
    """A new view of `body` for `user`, not yet on a stack."""
    view_id = f"V{secrets.token_hex(5).upper()}"
    view = View(view_id, team.id, user, {}, app_id, team.bot_id, view_id, context_channel=channel)
    view.show(body)
    return view
