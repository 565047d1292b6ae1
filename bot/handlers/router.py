"""The router: one table of what can come in. The manifest is made from the same table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction

Kind = Literal["command", "action", "view", "options", "global_shortcut", "message_shortcut", "event"]
Handler = Callable[[Interaction], Answer]


@dataclass(frozen=True)
class Route:
    """One thing that can come in, by kind and name."""

    kind: Kind
    name: str
    handler: Handler
    changes: bool
    """It may change something: it runs in a writing transaction, once for each delivery's id."""
    title: str = ""
    """What a shortcut is called in Slack's menu, in English."""
    asks_alone: bool = False
    """A command that only asks where nothing follows its verb."""

    def may_change(self, text: str) -> bool:
        """Whether it may change something when this follows its verb."""
        return self.changes and not (self.asks_alone and not text.strip())


class Routes:
    """A table of routes; each noun's module fills its own, the application joins them."""

    def __init__(self, *parts: "Routes") -> None:
        self.table: dict[tuple[str, str], Route] = {}
        for part in parts:
            for key, route in part.table.items():
                if key in self.table:
                    raise ValueError(f"two routes for {key}")
                self.table[key] = route

    def find(self, kind: str, name: str) -> Route | None:
        """The route for what came in. A suffix after # only tells equal buttons apart."""
        return self.table.get((kind, name.partition("#")[0]))

    def of_kind(self, kind: Kind) -> list[Route]:
        """Every route of a kind, in the order in which they were declared."""
        return [route for route in self.table.values() if route.kind == kind]

    def _add(
        self, kind: Kind, name: str, changes: bool, title: str = "", *, asks_alone: bool = False
    ) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            if (kind, name) in self.table:
                raise ValueError(f"two routes for {kind} {name}")
            self.table[(kind, name)] = Route(kind, name, handler, changes, title, asks_alone)
            return handler

        return keep

    def command(
        self, verb: str, *, changes: bool = True, asks_alone: bool = False
    ) -> Callable[[Handler], Handler]:
        """`/crm VERB …`; the interaction's text is what follows the verb; it `asks_alone` if nothing does."""
        return self._add("command", verb, changes, asks_alone=asks_alone)

    def action(self, name: str, *, changes: bool = True) -> Callable[[Handler], Handler]:
        """A press or choice of the element whose action_id is the name."""
        return self._add("action", name, changes)

    def view(self, name: str, *, changes: bool = True) -> Callable[[Handler], Handler]:
        """A submission of the form whose callback_id is the name."""
        return self._add("view", name, changes)

    def options(self, name: str) -> Callable[[Handler], Handler]:
        """The choices of the search_input of that name; `payload["value"]` is what was typed."""
        return self._add("options", name, False)

    def global_shortcut(self, name: str, title: str) -> Callable[[Handler], Handler]:
        """An entry of the lightning menu."""
        return self._add("global_shortcut", name, True, title)

    def message_shortcut(self, name: str, title: str) -> Callable[[Handler], Handler]:
        """An entry of a message's menu."""
        return self._add("message_shortcut", name, True, title)

    def event(self, name: str, *, changes: bool = False) -> Callable[[Handler], Handler]:
        """An event of the Events API."""
        return self._add("event", name, changes)
