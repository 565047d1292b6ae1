"""Refusals: what Dealdesk will not do, as nouns with a sentence and its values."""

from typing import Any, ClassVar


class Refusal(Exception):
    """Something asked for that cannot be done, said in a sentence that a person can act on.

    `message` is the English sentence with {placeholders}; it is also the key of its translations. `values`
    fill the placeholders: text, int, Money, date and datetime are formatted for the reader when the
    sentence is shown. `field` names the form field it belongs to, where there is one.
    """

    message: ClassVar[str] = "That is not possible."

    def __init__(self, *, field: str | None = None, **values: Any) -> None:
        super().__init__(self.message.format_map(_Shown(values)))
        self.field = field
        self.values = values


class _Shown(dict[str, Any]):
    """Values for the English sentence of a traceback, where a missing one must not hide the refusal
    itself.
    """

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
