"""Files that the bot sends to somebody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SharedFile:
    """A file's bytes and what it is called beside it."""

    content: bytes
    title: str
