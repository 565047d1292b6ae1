"""Messages as rows of a list: grouped by who spoke and by day, with their threads counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.playground.page.drawing import Surface
from bot.playground.page.faces import Face
from bot.playground.page.forms import Drafts, with_drafts
from bot.playground.page.reader import Reader
from bot.playground.slack.state import SLACKBOT
from bot.playground.slack.talk import Channel, File, Message

Json = dict[str, Any]
_TOGETHER = timedelta(minutes=5)


@dataclass(frozen=True)
class FileRow:
    """A file under a message."""

    title: str
    address: str
    alt_text: str
    is_picture: bool
    kind: str
    size: str


@dataclass(frozen=True)
class Row:
    """One message as it is shown. `first` opens a group of one author, `new_day` a day."""

    ts: str
    channel: str
    at: datetime
    author: Face
    first: bool
    new_day: str
    short_time: str
    text: str
    blocks: list[Json]
    attachments: list[Json]
    files: list[FileRow]
    reactions: list[Json]
    edited: bool
    ephemeral: bool
    notice: bool
    replies: int
    repliers: list[Face]
    last_reply_at: datetime
    thread_address: str
    surface: Surface


def rows(
    reader: Reader,
    channel: Channel,
    messages: Iterable[Message],
    face: Callable[[str], Face],
    touched: Mapping[tuple[str, str, str], Drafts],
) -> list[Row]:
    """The rows of messages in order; `touched` has what people chose in them, by (person, channel, ts)."""
    shown: list[Row] = []
    threads: dict[str, list[Message]] = {}
    for reply in channel.messages:
        if reply.is_reply and reply.thread_ts:
            threads.setdefault(reply.thread_ts, []).append(reply)
    before: Message | None = None
    for message in messages:
        at = moment_of(message.ts)
        new_day = before is None or reader.local(moment_of(before.ts)).date() != reader.local(at).date()
        first = (
            before is None
            or new_day
            or bool(message.ephemeral_to)
            or bool(before.ephemeral_to)
            or before.user != message.user
            or at - moment_of(before.ts) > _TOGETHER
        )
        replies = threads.get(message.ts, [])
        drafts = touched.get((reader.person, channel.id, message.ts), {})
        shown.append(
            Row(
                ts=message.ts,
                channel=channel.id,
                at=at,
                author=face(message.user),
                first=first,
                new_day=reader.local(at).date().isoformat() if new_day else "",
                short_time=reader.local(at).strftime("%H:%M"),
                text=message.text,
                blocks=with_drafts(message.blocks, drafts),
                attachments=message.attachments,
                files=[_file(reader, file) for file in message.files],
                reactions=[{"name": name, "count": len(who)} for name, who in message.reactions.items()],
                edited=bool(message.edited) and not message.bot_id,
                ephemeral=bool(message.ephemeral_to),
                notice=message.user == SLACKBOT,
                replies=len(replies),
                repliers=[face(user) for user in dict.fromkeys(m.user for m in replies)][:3],
                last_reply_at=moment_of(replies[-1].ts) if replies else at,
                thread_address=f"/u/{reader.person}/{channel.id}/{message.thread_ts or message.ts}",
                surface=Surface(f"{channel.id}-{message.ts}"),
            )
        )
        before = message
    return shown


def moment_of(ts: str) -> datetime:
    """The moment of a message's timestamp."""
    return datetime.fromtimestamp(float(ts), UTC)


def file_address(file: File) -> str:
    """Where the browser finds a file."""
    return f"/file/{file.id}/{file.name}"


def _file(reader: Reader, file: File) -> FileRow:
    size = len(file.content)
    shown = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
    kind = file.name.rpartition(".")[2].upper()
    alt = file.alt_text or reader.say("Picture: {title}", title=file.title)
    return FileRow(file.title, file_address(file), alt, file.is_picture, kind, shown)
