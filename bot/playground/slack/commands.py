"""Slash commands and shortcuts."""

from bot.playground.slack import answers
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.desk import Desk, action_ts, channel_json, shown_name
from bot.playground.slack.errors import SlackError
from bot.playground.slack.people import User
from bot.playground.slack.state import APP_ID, SLACKBOT
from bot.playground.slack.talk import Channel, Message
from bot.playground.slack.tickets import Response


class Commands(Desk):
    """Typing a command; choosing a shortcut."""

    def command(self, user: User | str, channel: Channel | str, command: str, text: str = "") -> Delivery:
        """Type `/crm text` in a channel, and show the acknowledgement as Slack does.

        People and channels named with @ and # arrive as <@U…|name> and <#C…|name>; & < > arrive escaped.
        """
        person, place = self.state.user(user), self.state.channel(channel)
        team = self.state.teams[person.team]
        payload = {
            "token": "pretend-verification-token",
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": place.id,
            "channel_name": shown_name(place),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": self._escaped(text.strip(), with_names=True),
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self._response_url(person, place.id),
            "trigger_id": self._trigger(person, channel=place.id),
        }
        delivery = self._send(Delivery("command", "slash_commands", payload, person.id))
        with self.state.lock:
            self._show_acknowledgement(delivery, person, place)
        return delivery

    def _show_acknowledgement(self, delivery: Delivery, person: User, place: Channel) -> None:
        said = delivery.ack if delivery.ack is not None else delivery.body.strip()
        if delivery.ok and said:
            ticket = Response("", person.id, person.team, place.id, self.state.clock())
            try:
                delivery.message = answers.say(self.state, ticket, said)
            except SlackError as error:
                delivery.error, delivery.refused = error.error, error.messages
        if delivery.error:
            text = f'{delivery.payload["command"]} failed with the error "{delivery.error}"'
            notice = Message(
                person.team, place.id, self.state.next_ts(), SLACKBOT, text, ephemeral_to=person.id
            )
            delivery.message = self.state.post(notice)

    def shortcut(self, user: User | str, callback_id: str) -> Delivery:
        """Choose a global shortcut."""
        person = self.state.user(user)
        payload = {
            **self._common("shortcut", person),
            "action_ts": action_ts(self.state),
            "callback_id": callback_id,
            "trigger_id": self._trigger(person),
        }
        return self._send(Delivery("shortcut", "interactive", payload, person.id))

    def message_shortcut(self, user: User | str, message: Message, callback_id: str) -> Delivery:
        """Choose a shortcut from a message's menu."""
        person, place = self.state.user(user), self.state.channel(message.channel)
        payload = {
            **self._common("message_action", person),
            "action_ts": action_ts(self.state),
            "callback_id": callback_id,
            "trigger_id": self._trigger(person, channel=place.id),
            "response_url": self._response_url(person, place.id, message),
            "message_ts": message.ts,
            "channel": channel_json(place),
            "message": place.with_replies(message),
        }
        return self._send(Delivery("message_action", "interactive", payload, person.id))
