"""How the pretend Slack says no: to a Web API call, and to a person at the keyboard."""

from typing import Any


class SlackError(Exception):
    """A Web API call refused with one of Slack's own error codes.

    `messages` are the lines of `response_metadata.messages`; `extra` is added to the answer as it is.
    """

    def __init__(self, error: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error + ("".join(f"; {line}" for line in messages or ())))
        self.error = error
        self.messages = messages or []
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The JSON that Slack sends for it."""
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in self.messages]}
        return answer


class IncompleteForm(Exception):
    """A modal that Slack's own client does not let a person submit yet; nothing reached the bot.

    `problems` names each block_id and what stands beside its field.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{block}: {problem}" for block, problem in problems.items()))
        self.problems = problems


class NotOnScreen(LookupError):
    """Somebody pressed, chose or typed into a thing that is not there to be seen."""
