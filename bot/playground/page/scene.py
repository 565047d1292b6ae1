"""Everything that one look at the page shows, read from the pretend Slack in one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import language_of
from bot.playground.page.cast import Cast, ClockControl, Example
from bot.playground.page.clock import ClockFace, clock_face
from bot.playground.page.drawing import Surface
from bot.playground.page.faces import Face
from bot.playground.page.forms import with_drafts
from bot.playground.page.marks import Marks
from bot.playground.page.mrkdwn import mrkdwn
from bot.playground.page.reader import Reader
from bot.playground.page.rows import Row, rows
from bot.playground.slack.modals import View
from bot.playground.slack.people import User
from bot.playground.slack.state import SLACKBOT, State
from bot.playground.slack.talk import Channel, Message

Json = dict[str, Any]
HOME = "home"


@dataclass(frozen=True)
class Door:
    """A channel or direct message in the sidebar, and as the place where one is."""

    id: str
    name: str
    address: str
    private: bool = False
    unread: int = 0
    current: bool = False
    topic: str = ""
    is_app: bool = False
    is_home: bool = False
    members: tuple[Face, ...] = ()


@dataclass(frozen=True)
class AppDoor(Face):
    """The app in the sidebar, with the addresses of its two tabs."""

    current: bool = False
    home_address: str = ""
    messages_address: str = ""


@dataclass(frozen=True)
class Shown:
    """A modal or the Home tab."""

    id: str
    hash: str
    blocks: list[Json]
    surface: Surface
    title: Json = field(default_factory=dict)
    submit: Json | None = None
    close: Json | None = None
    submit_disabled: bool = False
    has_fields: bool = False


@dataclass(frozen=True)
class News:
    """Something unread in another place."""

    address: str
    count: int
    title: str
    text: str


@dataclass(frozen=True)
class Thread:
    ts: str
    messages: list[Row]


@dataclass(frozen=True)
class Scene:
    """What the templates read.

    `earlier` counts the messages above those shown; `number` is that of the newest change in it, from
    which the feed goes on.
    """

    reader: Reader
    team: str
    me: Face
    people: list[Face]
    channels: list[Door]
    app: AppDoor
    place: Door
    clock: ClockFace
    examples: tuple[Example, ...]
    shortcuts: list[Json]
    message_shortcuts: list[Json]
    phrases: Json
    messages: list[Row]
    thread: Thread | None
    home: Shown | None
    modals: list[Shown]
    news: list[News]
    number: int
    earlier: int

    @property
    def title(self) -> str:
        """The title of the browser's tab, with what is unread everywhere."""
        unread = sum(door.unread for door in self.channels) + self.app.unread
        name = self.app.name if self.place.is_app else f"#{self.place.name}"
        return f"({unread}) {name}" if unread else name

    def is_language(self, locale: str) -> bool:
        return language_of(locale) == language_of(self.reader.locale)


class Stage:
    """Builds scenes: the state, who may be played and how far they have read."""

    def __init__(self, state: State, control: ClockControl, cast: Cast, marks: Marks) -> None:
        self.state, self.control, self.cast, self.marks = state, control, cast, marks

    def reader(self, person: str) -> Reader:
        """The person as a reader. Raises KeyError for one who is not among the players."""
        if person not in {player.id for player in self.cast.players}:
            raise KeyError(person)
        user = self.state.users[person]
        mates = [u for u in self.state.users.values() if u.team == user.team]
        channels = {c.id: c.name for c in self._channels(person)}
        return Reader(
            person,
            user.locale,
            ZoneInfo(user.tz),
            self.control.now(),
            {u.id: u.real_name for u in mates},
            channels,
            frozenset(u.id for u in mates if u.is_bot or u.id == SLACKBOT),
        )

    def first_place(self, person: str) -> str:
        """Where a person arrives: their first channel, else the Home tab."""
        channels = self._channels(person)
        return channels[0].id if channels else HOME

    def build(self, person: str, place_id: str, thread_ts: str | None, *, seen: bool, limit: int) -> Scene:
        """One look at the page with the newest `limit` messages; `seen` marks them as read.

        Raises KeyError where there is no such person, place or thread.
        """
        with self.state.lock:
            reader = self.reader(person)
            user = self.state.users[person]
            direct = self.state.direct(user)
            channel = None if place_id == HOME else self._channel(person, place_id)
            if seen and channel and channel.messages:
                self.marks.read(person, channel.id, channel.messages[-1].ts)
            app = self._app(user, direct, channel)
            place = self._place(reader, channel, app)
            thread = self._thread(reader, channel, thread_ts) if channel and thread_ts else None
            home = self.state.homes.get(person)
            said = self._main(person, channel) if channel else []
            language = language_of(reader.locale)
            players = self._players(reader, place_id)
            return Scene(
                reader=reader,
                team=self.state.teams[user.team].name,
                me=next(face for face in players if face.id == person),
                people=players,
                channels=[self._door(person, c, channel) for c in self._channels(person)],
                app=app,
                place=place,
                clock=clock_face(self.control, reader),
                examples=self.cast.examples.get(language, ()),
                shortcuts=self._told(reader, "global"),
                message_shortcuts=self._told(reader, "message"),
                phrases=self._phrases(reader),
                messages=self._rows(reader, channel, said[-limit:]) if channel else [],
                thread=thread,
                home=_shown(home, 2) if home else Shown("", "", [], Surface("home")),
                modals=[_shown(view, 3) for view in self.state.stack(person)],
                news=[self._news(reader, c) for c in self._elsewhere(person, channel, direct)],
                number=self.state.changes.number,
                earlier=max(0, len(said) - limit),
            )

    def _channels(self, person: str) -> list[Channel]:
        known = self.state.channels.values()
        return [c for c in known if person in c.members and not c.is_im and not c.is_archived]

    def _channel(self, person: str, channel_id: str) -> Channel:
        channel = self.state.channels[channel_id]
        if person not in channel.members:
            raise KeyError(channel_id)
        return channel

    def _unread(self, person: str, channel: Channel) -> int:
        return self.marks.unread(person, channel.id, channel.messages)

    def _elsewhere(self, person: str, current: Channel | None, direct: Channel) -> list[Channel]:
        others = [c for c in (*self._channels(person), direct) if c is not current]
        return [c for c in others if self._unread(person, c)]

    def _news(self, reader: Reader, channel: Channel) -> News:
        last = channel.messages[-1]
        name = self._face(reader, last.user).name
        title = name if channel.is_im else reader.say("{name} in #{channel}", name=name, channel=channel.name)
        said = last.text or " · ".join(file.title for file in last.files)
        text = Markup(str(mrkdwn(said, reader)).replace("<br>", " ")).striptags()
        address = f"/u/{reader.person}/{channel.id}"
        return News(address, self._unread(reader.person, channel), title, text)

    def _door(self, person: str, channel: Channel, current: Channel | None) -> Door:
        here = current is channel
        unread = 0 if here else self._unread(person, channel)
        return Door(channel.id, channel.name, f"/u/{person}/{channel.id}", channel.is_private, unread, here)

    def _app(self, user: User, direct: Channel, current: Channel | None) -> AppDoor:
        bot = self.state.users[self.state.teams[user.team].bot_user]
        home, messages = f"/u/{user.id}/{HOME}", f"/u/{user.id}/{direct.id}"
        unread = 0 if current is direct else self._unread(user.id, direct)
        return AppDoor(
            id=bot.id,
            name=bot.real_name,
            is_app=True,
            address=messages if unread else home,
            unread=unread,
            current=current is direct or current is None,
            home_address=home,
            messages_address=messages,
        )

    def _place(self, reader: Reader, channel: Channel | None, app: AppDoor) -> Door:
        if channel is None:
            return Door(HOME, app.name, app.home_address, is_app=True, is_home=True)
        address = f"/u/{reader.person}/{channel.id}"
        if channel.is_im:
            return Door(channel.id, app.name, address, is_app=True)
        members = tuple(self._face(reader, m) for m in channel.members if m not in reader.bots)
        topic = channel.topic or channel.purpose
        return Door(channel.id, channel.name, address, channel.is_private, topic=topic, members=members)

    def _players(self, reader: Reader, place_id: str) -> list[Face]:
        """Those whom one may become, each in the same channel where they are in it."""
        faces = []
        for player in self.cast.players:
            theirs = self._channels(player.id)
            channels = [*theirs, self.state.direct(self.state.users[player.id])]
            same = place_id == HOME or place_id in {c.id for c in theirs}
            place = place_id if same else self.first_place(player.id)
            faces.append(
                Face(
                    player.id,
                    reader.people[player.id],
                    number=list(reader.people).index(player.id),
                    role=reader.say(player.role),
                    address=f"/u/{player.id}/{place}",
                    unread=sum(self._unread(player.id, c) for c in channels),
                )
            )
        return faces

    def _face(self, reader: Reader, user_id: str) -> Face:
        user = self.state.users.get(user_id)
        if user is None:
            return Face(user_id, user_id)
        number = list(reader.people).index(user_id) if user_id in reader.people else 0
        return Face(user_id, user.real_name, is_app=user.is_bot, number=number)

    def _main(self, person: str, channel: Channel) -> list[Message]:
        said = [m for m in channel.messages if not m.is_reply or m.reply_broadcast]
        private = [m for m in self._private(person, channel) if not m.is_reply]
        return sorted([*said, *private], key=lambda m: m.ts)

    def _private(self, person: str, channel: Channel) -> list[Message]:
        return [m for m in self.state.ephemerals if m.channel == channel.id and m.ephemeral_to == person]

    def _thread(self, reader: Reader, channel: Channel, ts: str) -> Thread:
        messages = channel.thread(ts)
        if not messages:
            raise KeyError(ts)
        private = [m for m in self._private(reader.person, channel) if m.thread_ts == ts]
        return Thread(ts, self._rows(reader, channel, sorted([*messages, *private], key=lambda m: m.ts)))

    def _rows(self, reader: Reader, channel: Channel, messages: Iterable[Message]) -> list[Row]:
        return rows(reader, channel, messages, partial(self._face, reader), self.state.touched)

    def _told(self, reader: Reader, kind: str) -> list[Json]:
        return [
            {**s, "name": reader.say(s["name"]), "description": reader.say(s.get("description", ""))}
            for s in self.cast.shortcuts_of(kind)
        ]

    def _phrases(self, reader: Reader) -> Json:
        """What the page's script says or offers by itself."""
        return {
            "unreachable": reader.say("The demo does not answer. Is it still running in the terminal?"),
            "nothing_found": reader.say("Nothing fits."),
            "keep_typing": reader.say("Keep typing to search…"),
            "searching": reader.say("Searching…"),
            "copied": reader.say("Copied."),
            "remove": reader.say("Remove {name}", name="{name}"),
            "people": [reader.people[person] for person in reader.humans],
            "commands": [
                {
                    "name": command["command"],
                    "description": reader.say(command.get("description", "")),
                    "usage_hint": reader.say(command.get("usage_hint", "")),
                }
                for command in self.cast.commands
            ],
        }


def _shown(view: View, level: int) -> Shown:
    body = view.body
    blocks = with_drafts(view.blocks, view.drafts)
    return Shown(
        view.id,
        view.hash,
        blocks,
        Surface(view.id, level, problems=view.problems),
        body.get("title") or {},
        body.get("submit"),
        body.get("close"),
        bool(body.get("submit_disabled")),
        bool(view.drafts),
    )
