"""Answers: what a handler says back, whichever door the interaction came through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.views.blocks import Block, Message, View


@dataclass(frozen=True)
class Retyped:
    """A command to run now as if it had been typed, with what was chosen where it had two readings."""

    verb: str
    text: str
    choices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What goes back to the person.

    A command's message is its acknowledgement, seen by that person alone; a press is answered at its
    response_url, in place of the message pressed when `replace` is set. A modal opens with the
    interaction's own trigger.
    """

    message: Message | None = None
    replace: bool = False
    modal: View | None = None
    """Opened; from within a modal it is pushed on top."""
    update: View | None = None
    """Takes the place of the modal that was submitted, or in which was pressed."""
    beneath: View | None = None
    """Takes the place of the modal below the one that was submitted."""
    errors: dict[str, str] = field(default_factory=dict)
    """A sentence for each field of the submitted form; the form stays as it was typed."""
    options: tuple[Block, ...] = ()
    home: View | None = None
    """The person's Home tab, drawn anew."""
    instead: Retyped | None = None
    """Another command answers."""
    unfurls: Mapping[str, Block] = field(default_factory=dict)
    """What is shown of links that somebody shared, by their address."""
    refused: bool = False
    """The handler refused: whatever it wrote before is taken back."""

    @property
    def changes_nothing(self) -> bool:
        """True for answers that never claim an interaction: refused fields, and choices of a select."""
        return bool(self.errors) or bool(self.options)
