"""The language of the terminal, and every command's help in it."""

import os
from collections.abc import Iterator
from typing import Any

from bot.i18n import language_of, translate


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
