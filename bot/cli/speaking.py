"""The language of the terminal, and every command's help in it."""

import os
from collections.abc import Iterator
from typing import Any

import typer

from bot.i18n import N_, language_of, translate

FRAME = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}
"""What Typer itself says around the help of commands, by its names in typer.rich_utils."""


def shell_locale() -> str:
    """The language of the terminal; the first variable that is set decides, as everywhere in a shell."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh-CN" if language_of(said) == "zh" else "en-US"


def helps(command: Any) -> Iterator[Any]:
    """Whatever has a help of its own in a command and those below it."""
    for each in (command, *command.params):
        if getattr(each, "help", None):
            yield each
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def translate_help(command: Any, locale: str) -> None:
    """Say the help of a command and those below it in the reader's language."""
    for each in helps(command):
        each.help = translate(locale, " ".join(str(each.help).split()))


def translate_frame(command: Any, locale: str) -> None:
    """Say in the reader's language too what Typer says around the help, as far as it lets itself be told.

    Only where help is asked for: what draws it takes a while to load.
    """
    from typer import rich_utils

    for name, english in FRAME.items():
        setattr(rich_utils, name, translate(locale, english))
    for each in (command, *getattr(command, "commands", {}).values()):
        asked = each.get_help_option(typer.Context(each))
        if asked is not None:
            asked.help = translate(locale, "Show this message and exit.")
