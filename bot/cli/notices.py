"""`dealdesk notices`: what the bot says unasked, how far it has come, and what to do with what failed."""

import json
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.opening import open_store, shell_actor
from bot.domain.notices import NoticeState
from bot.services.notices import drop_notice, retry_failed_notices, retry_notice
from bot.store.clock import clock_of
from bot.store.models import Notice
from bot.store.notices import list_notices
from bot.store.workspaces import workspace_settings


class Verb(StrEnum):
    """What to do with notices."""

    LIST = "list"
    RETRY = "retry"
    DROP = "drop"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(notices)


def notices(
    verb: Annotated[
        Verb, typer.Argument(help="list; retry (all that failed, or those named); drop.")
    ] = Verb.LIST,
    numbers: Annotated[list[int] | None, typer.Argument(help="The notices meant, by number.")] = None,
    state: Annotated[NoticeState | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    workspace: Annotated[int | None, typer.Option(help="The workspace, where there are several.")] = None,
) -> None:
    """List notices (reminders, digests), try failed ones again, or drop them unsent."""
    opened = open_store()
    actor = shell_actor(opened, workspace)
    if verb == Verb.LIST:
        with opened.store.reading(actor.workspace_id) as session:
            zone = ZoneInfo(workspace_settings(session).zone)
            found = list_notices(session, states=[state] if state else (), limit=limit)
        _show([_row(notice, zone) for notice in found], as_json=as_json)
        return
    if verb == Verb.DROP and not numbers:
        typer.echo("Which ones? For example: dealdesk notices drop 12 15", err=True)
        raise typer.Exit(2)
    with opened.store.transaction(actor, now=opened.clock(), how="shell") as session:
        if verb == Verb.DROP:
            machine = clock_of(opened.store)()
            done = [drop_notice(session, number, machine=machine) for number in numbers or []]
        elif numbers:
            done = [retry_notice(session, number) for number in numbers]
        else:
            typer.echo(f"{retry_failed_notices(session)} to be tried again.")
            return
    for notice in done:
        sent = " already, so nothing was changed" if notice.state == NoticeState.SENT else ""
        typer.echo(f"{notice.id} is {notice.state}{sent}.")


def _row(notice: Notice, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": notice.id,
        "state": notice.state,
        "kind": notice.kind,
        "recipient": notice.recipient,
        "due_at": notice.due_at.astimezone(zone).isoformat(timespec="seconds"),
        "attempts": notice.attempts,
        "error": notice.error,
    }


def _show(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    if not rows:
        typer.echo("No notices.")
        return
    texts = [list(rows[0]), *([str("" if each is None else each) for each in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in texts) for column in range(len(texts[0]))]
    for line in texts:
        padded = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        typer.echo("  ".join(padded).rstrip())
