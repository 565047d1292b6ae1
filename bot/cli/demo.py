"""`dealdesk demo`: the whole bot in the browser, with nothing else needed."""

import tempfile
import threading
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import read_environment


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def _writable(file: Path | None) -> Path | None:
    try:
        if file is not None:
            file.open("ab").close()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be written: {error.strerror}.") from None
    return file


def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the page is; 0 finds a free port.")
    ] = 8016,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    database: Annotated[
        str | None, typer.Option(help="A database URL to keep the demo in; a temporary one by default.")
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            callback=_writable, help="Write every message across Slack's border here, a JSON object a line."
        ),
    ] = None,
) -> None:
    """Try Dealdesk in the browser: no Slack, no token, no database server."""
    from bot.logs import set_up_logs
    from bot.playground.demo import Demo

    set_up_logs()
    with tempfile.TemporaryDirectory(prefix="dealdesk-demo-") as folder:
        environment = read_environment(database_url=database or f"sqlite:///{folder}/demo.db")
        start_at = environment.dealdesk_now or datetime.now(UTC)
        running = Demo(environment.database_url, start_at=start_at, port=port, journal=journal).start()
        typer.echo(f"Dealdesk runs at {running.url}  (Ctrl-C ends it)")
        if not no_browser:
            webbrowser.open(running.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            running.stop()
