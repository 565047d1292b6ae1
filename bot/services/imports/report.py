"""What an import did, or would do: counts, notes, and which column became what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.errors import Refusal
from bot.services.imports.rows import Failure

ANYTHING = "extra"
"""What a column becomes that has no field: kept as it came."""
NOTHING = ""
"""What a column becomes for which the kind has no place."""


@dataclass
class Report:
    """What became of a file's rows. `made` counts what they only named: customers, people, products, stages.

    `notes` has sentences with {count} and {names}, each with what it is about.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    made: dict[str, int] = field(default_factory=dict)
    notes: dict[str, dict[str, None]] = field(default_factory=dict)

    def note(self, message: str, about: str) -> None:
        """Remember that `message` (English, with {count} and {names}) is true of `about`; once each."""
        self.notes.setdefault(message, {})[about] = None

    def count_made(self, noun: str) -> None:
        """Count one record that the file only named."""
        self.made[noun] = self.made.get(noun, 0) + 1


class RowsRefused(Refusal):
    """Rows that cannot be imported. Nothing of the file is."""

    message = (
        "{count} row cannot be imported, so nothing was. Correct it and import the file again.|"
        "{count} rows cannot be imported, so nothing was. Correct them and import the file again."
    )

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__(count=len(failures))
        self.failures = sorted(failures, key=lambda failure: failure.line)
