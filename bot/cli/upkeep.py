"""`dealdesk migrate`, `manifest`, `doctor`, and what is not available yet."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from bot.config import read_environment


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(manifest)
    app.command()(doctor)
    for name, argument in (
        ("backup", "FILE"),
        ("restore", "FILE"),
        ("erase-person", "ID"),
        ("export-person", "ID"),
    ):
        app.command(name, help=f"{name} {argument}: not yet available.")(_not_yet)


def migrate() -> None:
    """Create or upgrade the database."""
    from bot.store import Store
    from bot.store.migrating import migrate as upgrade

    store = Store(read_environment().database_url)
    upgrade(store)
    store.close()
    typer.echo("The database is up to date.")


def manifest(
    mode: Annotated[Mode, typer.Option(help="How Slack reaches the bot.")],
    url: Annotated[str | None, typer.Option(help="The public address, for http.")] = None,
) -> None:
    """Print the app's manifest, to paste at api.slack.com/apps under "Create New App"."""
    from bot.app.manifest import manifest as build

    if mode == Mode.HTTP and not url:
        typer.echo("Slack needs the public address: dealdesk manifest --mode http --url https://…", err=True)
        raise typer.Exit(2)
    typer.echo(json.dumps(build(socket_mode=mode == Mode.SOCKET, url=url), ensure_ascii=False, indent=2))


def doctor() -> None:
    """Look at tokens, scopes, database, locale and fonts: what is wrong, and what to do."""
    from bot.app.checkup import examine

    findings = examine(read_environment())
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.fine else 'FAIL'} {finding.what}: {finding.sentence}")
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


def _not_yet(what: Annotated[str, typer.Argument()]) -> None:
    typer.echo("This is not yet available.", err=True)
    raise typer.Exit(2)
