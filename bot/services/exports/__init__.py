"""Exports: every kind as rows, and rows as files."""

from bot.services.exports.files import write_file
from bot.services.exports.rows import EXPORTED_KINDS, export_rows

__all__ = ["EXPORTED_KINDS", "export_rows", "write_file"]
