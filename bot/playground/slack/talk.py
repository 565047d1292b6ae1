"""Channels, direct messages, what is said in them, and the files shown there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class File:
    """An uploaded file. Until it is shared in a channel only its uploader sees it."""

    id: str
    team: str
    name: str
    title: str
    owner: str
    created: int
    url: str
    alt_text: str | None = None
    content: bytes = b""
    mimetype: str = "application/octet-stream"
    uploaded: bool = False
    complete: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def is_picture(self) -> bool:
        return self.mimetype in ("image/png", "image/jpeg", "image/gif")

    def payload(self) -> Json:
        """The file object of files.info and of messages."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2].lower() or "binary",
            "user": self.owner,
            "user_team": self.team,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(self.channels),
            "url_private": self.url,
            "url_private_download": self.url,
            "permalink": self.url.replace(f"/files-pri/{self.team}-{self.id}/", f"/file/{self.id}/"),
            "channels": [c for c in self.channels if c.startswith("C")],
            "ims": [c for c in self.channels if c.startswith("D")],
            "groups": [],
            **({"alt_txt": self.alt_text} if self.alt_text else {}),
        }


@dataclass
class Message:
    """Something said. `ephemeral_to` names the one person who sees it, where that is so."""

    team: str
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    reply_broadcast: bool = False
    metadata: Json | None = None
    edited: Json | None = None
    files: list[File] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    pinned: bool = False
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    ephemeral_to: str | None = None
    unfurl_links: bool = False

    @property
    def seen(self) -> str:
        """Everything that can be read in it, a line a piece."""
        return "\n".join(texts_of(self.blocks)) if self.blocks else self.text

    @property
    def live_blocks(self) -> list[Json]:
        """Its blocks and those of its attachments: everything in which one can press."""
        return [*self.blocks, *(block for each in self.attachments for block in each.get("blocks") or [])]

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def payload(self, *, with_metadata: bool = False) -> Json:
        """The message object of conversations.history and of interactions."""
        shown: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        shown["team"] = self.team
        if self.blocks:
            shown["blocks"] = self.blocks
        optional: Json = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "attachments": self.attachments,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "files": [file.payload() for file in self.files],
            "reactions": [{"name": n, "users": u, "count": len(u)} for n, u in self.reactions.items()],
            "pinned_to": [self.channel] if self.pinned else [],
            "metadata": self.metadata if with_metadata else None,
        }
        shown.update({key: value for key, value in optional.items() if value})
        return shown


@dataclass
class Channel:
    """A public or private channel, or the direct messages of a person with the bot (`is_im`, `user`)."""

    id: str
    team: str
    name: str
    is_private: bool = False
    is_im: bool = False
    user: str | None = None
    creator: str | None = None
    created: int = 0
    members: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def payload(self, viewer: str) -> Json:
        """The conversation object of conversations.info, as `viewer` sees it."""
        if self.is_im:
            return {
                "id": self.id,
                "created": self.created,
                "is_im": True,
                "is_org_shared": False,
                "context_team_id": self.team,
                "user": self.user,
                "is_archived": self.is_archived,
                "is_open": True,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_general": self.name == "general",
            "is_archived": self.is_archived,
            "is_member": viewer in self.members,
            "created": self.created,
            "creator": self.creator,
            "context_team_id": self.team,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
        }

    def message(self, ts: str) -> Message | None:
        """What was said at `ts`, if it still stands."""
        return next((message for message in self.messages if message.ts == ts), None)

    def with_replies(self, message: Message, *, with_metadata: bool = False) -> Json:
        """The message object, with how many replies it has where it has any."""
        shown = message.payload(with_metadata=with_metadata)
        replies = [m for m in self.thread(message.ts) if m.is_reply]
        if replies:
            shown["reply_count"] = len(replies)
            shown["latest_reply"] = replies[-1].ts
            shown["reply_users"] = list(dict.fromkeys(m.user for m in replies))
        return shown

    def thread(self, ts: str) -> list[Message]:
        """A message and its replies, oldest first."""
        return [m for m in self.messages if m.ts == ts or m.thread_ts == ts]


def texts_of(blocks: list[Json]) -> Iterator[str]:
    """Every text that can be read in blocks, in order."""
    for block in blocks:
        yield from _texts(block)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        text = node.get("text")
        if node.get("type") in ("plain_text", "mrkdwn", "text", "markdown") and isinstance(text, str):
            yield text
            return
        if node.get("type") == "image" and node.get("alt_text"):
            yield node["alt_text"]
        for inner in node.values():
            yield from _texts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
