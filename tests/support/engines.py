"""What tests make once a process: compiled statements and the certificates of TLS; and no wait for the disk.

SQLAlchemy compiles each statement once an engine, and nearly every test has an engine of its own; SQLite
waits for the disk at each commit. Together that was most of a story's time. Each connection by socket reads
all certificates of the machine, which a pretend Slack on loopback never shows. Processes of tests keep all
three as they are.
"""

import ssl
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.default import DefaultDialect

_compiled: dict[str, Any] = {}


def hasten_engines() -> None:
    """In this process, let engines of one kind share what they compiled, and SQLite not wait for the disk."""
    # What was compiled is kept by its dialect; ours differ in nothing but the address of the database.
    DefaultDialect.__eq__ = _same  # type: ignore[method-assign, assignment]
    ssl.create_default_context = cache(ssl.create_default_context)
    DefaultDialect.__hash__ = lambda mine: hash(type(mine))  # type: ignore[method-assign]

    @event.listens_for(Engine, "engine_connect")
    def _hasten(connection: Connection) -> None:
        engine = connection.engine
        engine._compiled_cache = _compiled.setdefault(engine.dialect.name, engine._compiled_cache)
        if engine.dialect.name == "sqlite" and (driven := connection.connection.dbapi_connection):
            driven.cursor().execute("PRAGMA synchronous=OFF")


def _same(mine: Dialect, other: object) -> bool:
    return type(mine) is type(other)
