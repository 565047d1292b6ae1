"""What a visitor does on the page, done in the pretend Slack as the person whom they play."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from bot.playground.page import forms
from bot.playground.page.clock import jump_target
from bot.playground.page.drawing import Drawing
from bot.playground.page.reader import Reader
from bot.playground.page.scene import HOME, Stage
from bot.playground.slack import (
    Delivery,
    IncompleteForm,
    Message,
    NotOnScreen,
    PretendSlack,
    SlackError,
    View,
)
from bot.playground.slack.forms import Place, find
from bot.playground.slack.state import SLACKBOT

Json = dict[str, Any]


class Deeds:
    """One method a deed; each takes what the browser sent and returns what its script is told.

    `notice` is shown for a moment; `quiet` says that nothing needs to be drawn anew.
    """

    def __init__(self, slack: PretendSlack, stage: Stage, drawing: Drawing) -> None:
        self._slack, self._stage, self._drawing = slack, stage, drawing

    def do(self, what: str, sent: Json) -> Json:
        """Do it. Raises KeyError for a deed or a person that does not exist."""
        deed = self.names[what]
        reader = self._stage.reader(str(sent.get("person")))
        try:
            return deed(self, reader, sent)
        except (NotOnScreen, SlackError):
            return {"notice": reader.say("That is no longer there.")}

    def _say(self, reader: Reader, sent: Json) -> Json:
        text, thread, place = str(sent["text"]).strip(), sent.get("thread_ts"), str(sent["place"])
        command, _, rest = text.partition(" ")
        if not command.startswith("/"):
            said = self._slack.say(reader.person, place, text, thread_ts=thread)
            return self._told(reader, place, said.deliveries, reader.say("your message"))
        if thread:
            told = reader.say("{command} does not work in threads. Type it in the channel.", command=command)
        elif command not in {known["command"].partition(" ")[0] for known in self._stage.cast.commands}:
            told = reader.say(
                "{command} is not a command here. Type / to see those that are.", command=command
            )
        else:
            self._slack.command(reader.person, place, command, rest.replace("\n", " ").strip())
            return {}
        self._slackbot(reader, place, told, thread)
        return {}

    def _press(self, reader: Reader, sent: Json) -> Json:
        shown, place = self._pressed(reader, sent)
        self._hold(reader, shown, sent)
        value = sent.get("value")
        if place.kind not in ("button", "overflow"):
            given = value if isinstance(value, list) else [value]
            value = forms.held(place, [str(each) for each in given if each is not None], reader.zone)
        delivery = self._slack.press(reader.person, shown, place.key, value)
        return self._told(reader, str(sent["place"]), [delivery], place.label)

    def _options(self, reader: Reader, sent: Json) -> Json:
        shown, place = self._pressed(reader, sent)
        delivery = self._slack.type_options(reader.person, shown, place.key, str(sent["typed"]))
        if not delivery.ok:
            return {"quiet": True, "notice": _trouble(reader, delivery, place.label)}
        return {"quiet": True, "html": self._drawing.options(delivery.ack or {}, reader, str(sent["prefix"]))}

    def _submit(self, reader: Reader, sent: Json) -> Json:
        view = self._view(reader, sent)
        self._hold(reader, view, sent)
        try:
            delivery = self._slack.submit(reader.person)
        except IncompleteForm:
            return {}
        return {} if delivery.ok else {"notice": _trouble(reader, delivery, view.title)}

    def _upload(self, reader: Reader, sent: Json) -> Json:
        content = base64.b64decode(str(sent["content"]))
        file = self._slack.upload(reader.person, str(sent["name"])[:200], content)
        return {"quiet": True, "file": file.payload()}

    def _close(self, reader: Reader, sent: Json) -> Json:
        self._view(reader, sent)
        self._slack.close_view(reader.person, all_of_them=bool(sent.get("all")))
        return {}

    def _shortcut(self, reader: Reader, sent: Json) -> Json:
        delivery = self._slack.shortcut(reader.person, str(sent["callback_id"]))
        return self._told(reader, str(sent["place"]), [delivery], reader.say("the shortcut"))

    def _message_shortcut(self, reader: Reader, sent: Json) -> Json:
        message = self._message(reader, sent)
        delivery = self._slack.message_shortcut(reader.person, message, str(sent["callback_id"]))
        return self._told(reader, str(sent["place"]), [delivery], reader.say("the shortcut"))

    def _react(self, reader: Reader, sent: Json) -> Json:
        message, emoji = self._message(reader, sent), str(sent["emoji"])
        if reader.person in message.reactions.get(emoji, ()):
            self._slack.unreact(reader.person, message, emoji)
        else:
            self._slack.react(reader.person, message, emoji)
        return {}

    def _dismiss(self, reader: Reader, sent: Json) -> Json:
        message = self._message(reader, {**sent, "channel": sent["place"]})
        if message.ephemeral_to == reader.person:
            self._slack.state.remove(message)
        return {}

    def _opened(self, reader: Reader, sent: Json) -> Json:
        at_home = sent["place"] == HOME
        delivery = self._slack.open_home(reader.person, tab="home" if at_home else "messages")
        return (
            {} if delivery.ok or not at_home else {"notice": _trouble(reader, delivery, reader.say("Home"))}
        )

    def _language(self, reader: Reader, sent: Json) -> Json:
        if sent["locale"] in ("en-US", "zh-CN") and sent["locale"] != reader.locale:
            self._slack.change_user(reader.person, locale=sent["locale"])
            if self._slack.home(reader.person):
                self._slack.open_home(reader.person)
        return {}

    def _clock(self, reader: Reader, sent: Json) -> Json:
        control = self._stage.control
        to = jump_target(str(sent["to"]), reader, control.next_due())
        if to is None:
            return {"notice": reader.say("Nothing is due, so there is nothing to move to.")}
        if to <= control.now() - timedelta(minutes=1):
            return {"notice": reader.say("The clock only moves forward.")}
        control.move_to(to)
        self._slack.changes.note("clock")
        return {"notice": reader.say("It is now {moment}.", moment=reader.soon(control.now()))}

    def _view(self, reader: Reader, sent: Json) -> View:
        view = self._slack.state.view(str(sent["view"]))
        if view is None or view.user != reader.person:
            raise NotOnScreen("that view is closed")
        return view

    def _message(self, reader: Reader, sent: Json) -> Message:
        channel = self._slack.channel(str(sent["channel"]))
        message = self._slack.state.message(channel.id, str(sent["message"]), viewer=reader.person)
        if message is None or reader.person not in channel.members:
            raise NotOnScreen("that message is gone")
        return message

    def _pressed(self, reader: Reader, sent: Json) -> tuple[Message | View, Place]:
        shown = self._view(reader, sent) if sent.get("view") else self._message(reader, sent)
        return shown, find(shown.live_blocks, (str(sent["block"]), str(sent["action"])))

    def _hold(self, reader: Reader, shown: Message | View, sent: Json) -> None:
        """Keep what stands in all fields of the surface, so that an interaction carries it."""
        drafts = forms.drafts_of(shown.blocks, sent.get("fields") or {}, reader.zone)
        with self._slack.state.lock:
            if isinstance(shown, View):
                shown.drafts.update(drafts)
            elif drafts:
                key = (reader.person, shown.channel, shown.ts)
                self._slack.state.touched.setdefault(key, {}).update(drafts)

    def _told(self, reader: Reader, place: str, deliveries: list[Delivery], what: str) -> Json:
        """Nothing where all went well; else a line from Slackbot, or a notice where no channel is open."""
        failed = next((delivery for delivery in deliveries if not delivery.ok), None)
        if failed is None:
            return {}
        trouble = _trouble(reader, failed, what)
        if place == HOME or self._slack.modal(reader.person):
            return {"notice": trouble}
        self._slackbot(reader, place, trouble)
        return {}

    def _slackbot(self, reader: Reader, place: str, text: str, thread_ts: str | None = None) -> None:
        state, channel = self._slack.state, self._slack.channel(place)
        with state.lock:
            ts = state.next_ts()
            state.post(
                Message(
                    channel.team,
                    channel.id,
                    ts,
                    SLACKBOT,
                    text,
                    thread_ts=thread_ts,
                    ephemeral_to=reader.person,
                )
            )

    names: ClassVar[dict[str, Callable[["Deeds", Reader, Json], Json]]] = {
        "say": _say,
        "press": _press,
        "options": _options,
        "submit": _submit,
        "upload": _upload,
        "close": _close,
        "shortcut": _shortcut,
        "message-shortcut": _message_shortcut,
        "react": _react,
        "dismiss": _dismiss,
        "opened": _opened,
        "language": _language,
        "clock": _clock,
    }
    """What the page's script may ask for."""


def _trouble(reader: Reader, delivery: Delivery, what: str) -> str:
    """Why something did not work, with Slack's own code for it."""
    if delivery.error == "operation_timeout":
        return reader.say(
            "Dealdesk did not answer {what} in time ({error}).", what=what, error=delivery.error
        )
    if delivery.error == "dispatch_failed":
        return reader.say(
            "Dealdesk could not be reached for {what} ({error}).", what=what, error=delivery.error
        )
    return reader.say("Slack refused the answer to {what}: {error}.", what=what, error=_lines(delivery))


def _lines(delivery: Delivery) -> str:
    return "; ".join([str(delivery.error), *delivery.refused])
