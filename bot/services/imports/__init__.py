"""Imports: files of other systems and of Dealdesk, read as they are, brought in whole or not at all.

`read_batch` reads a file and takes no transaction; `import_batch` brings what it read into one.
"""

from bot.services.imports.batch import Batch, read_batch
from bot.services.imports.columns import ColumnMap, read_mapping
from bot.services.imports.importing import IMPORTED_KINDS, import_batch
from bot.services.imports.report import ANYTHING, NOTHING, Report, RowsRefused
from bot.services.imports.rows import Failure
from bot.services.imports.tables import format_of

__all__ = [
    "ANYTHING",
    "IMPORTED_KINDS",
    "NOTHING",
    "Batch",
    "ColumnMap",
    "Failure",
    "Report",
    "RowsRefused",
    "format_of",
    "import_batch",
    "read_batch",
    "read_mapping",
]
