"""`dealdesk import` and `dealdesk export`: files of other systems in, files for them out."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.cli.speaking import shell_locale
from bot.domain.errors import Refusal
from bot.i18n import N_, Translate, translator

if TYPE_CHECKING:
    from bot.cli.opening import Opened
    from bot.services.imports import Report, RowsRefused

Kind = Annotated[
    str,
    typer.Argument(
        help="customers, contacts, leads, opportunities, activities, ratings, tasks, products, prices, "
        "quotes, quotas, people; changes and rates to import alone."
    ),
]
File = Annotated[
    str, typer.Argument(help="A .csv, .xlsx or .jsonl file; - is standard input or output (CSV).")
]
Workspace = Annotated[
    Optional[int], typer.Option(help="The workspace's number; the first one by default.")  # noqa: UP045
]

KINDS = (
    *(
        "customers",
        "contacts",
        "leads",
        "opportunities",
        "activities",
        "ratings",
        "tasks",
        "products",
        "prices",
        "quotes",
    ),
    *("quotas", "people", "changes", "rates"),
)
_SHOWN = 8
"""So many examples of a note are named; the rest is counted."""


class UnknownKind(Refusal):
    """Not a kind of record."""

    message = "“{kind}” is not a kind of record. The kinds: {kinds}. Example: dealdesk {verb} customers a.csv"


class NotYet(Refusal):
    """A kind that cannot be moved this way yet."""

    message = "dealdesk {verb} {kind}: not yet available. Available: {kinds}."


class CannotRead(Refusal):
    """A file that is not there or may not be read."""

    message = "{file} cannot be read: {reason}."


class CannotWrite(Refusal):
    """A file that cannot be written where it was to be."""

    message = "{file} cannot be written: {reason}."


_MADE = {
    "customers": N_("{count} customer|{count} customers"),
    "people": N_("{count} person|{count} people"),
    "products": N_("{count} product|{count} products"),
    "stages": N_("{count} stage|{count} stages"),
    "pipelines": N_("{count} pipeline|{count} pipelines"),
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_file)
    app.command("export")(export_file)


_MANY = 1000
"""From so many rows on a file may change which way of reading a table is the quick one."""


def import_file(
    kind: Kind,
    file: File,
    map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="A TOML file that says which column is what; see docs/import-export.md."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Bring in a file: all of it, or nothing where a row is wrong. A later import updates what it made."""
    from bot.services.imports import (
        IMPORTED_KINDS,
        ColumnMap,
        RowsRefused,
        import_batch,
        read_batch,
        read_mapping,
    )
    from bot.store.transfers import local_of_shell, shell_transaction

    _ = translator(shell_locale())
    with _said(_):
        _check_kind(kind, "import", IMPORTED_KINDS)
        content = sys.stdin.buffer.read() if file == "-" else _read(Path(file))
        mapping = read_mapping(_read(map).decode("utf-8-sig", "replace"), str(map)) if map else ColumnMap()
        with _opened(dry_run=dry_run) as opened, _progress(_("Importing {file}", file=file)) as begin:
            local = local_of_shell(opened.store, workspace)
            rows: list[Callable[[], None]] = []

            def count(total: int) -> Callable[[], None]:
                rows.append(begin(total))
                return rows[0]

            batch = read_batch(kind, content, file, mapping=mapping, local=local, begin=count)
            now = opened.clock()
            try:
                with (
                    _in_workspace(workspace),
                    shell_transaction(
                        opened.store, now=now, how="import", workspace_id=workspace, keep=not dry_run
                    ) as (session, its_workspace),
                ):
                    report = import_batch(session, its_workspace, batch, now=now, step=rows[0])
            except RowsRefused as refused:
                _list_failures(refused, _)
                raise
            if len(batch.records) >= _MANY and not dry_run:
                opened.store.learn_sizes()
        _summarise(report, file, _, dry_run=dry_run)


def export_file(kind: Kind, file: File, workspace: Workspace = None) -> None:
    """Write every record of a kind: dealdesk export opportunities opportunities.xlsx"""
    from bot.services.exports import EXPORTED_KINDS, export_rows, write_file
    from bot.services.imports import format_of
    from bot.store.transfers import shell_transaction

    _ = translator(shell_locale())
    with _said(_):
        _check_kind(kind, "export", EXPORTED_KINDS)
        written_as = format_of(file)
        with (
            _opened() as opened,
            _in_workspace(workspace),
            shell_transaction(opened.store, now=opened.clock(), how="shell", workspace_id=workspace) as (
                session,
                _w,
            ),
        ):
            columns, rows = export_rows(session, kind)
        content = write_file(columns, rows, written_as, for_spreadsheets=file != "-")
        if file == "-":
            sys.stdout.buffer.write(content)
            return
        _write(Path(file), content)
        typer.echo(
            _("{count} row written to {file}|{count} rows written to {file}", count=len(rows), file=file)
        )


def _check_kind(kind: str, verb: str, available: tuple[str, ...]) -> None:
    if kind not in KINDS:
        raise UnknownKind(kind=kind, verb=verb, kinds=", ".join(KINDS))
    if kind not in available:
        raise NotYet(kind=kind, verb=verb, kinds=", ".join(available))


@contextmanager
def _said(_: Translate) -> Iterator[None]:
    """A refusal as a sentence: exit 2 where the command itself is wrong, else 1."""
    try:
        yield
    except Refusal as refusal:
        typer.echo(_(refusal.message, **refusal.values), err=True)
        raise typer.Exit(2 if isinstance(refusal, UnknownKind | NotYet) else 1) from None


@contextmanager
def _in_workspace(number: int | None) -> Iterator[None]:
    from bot.cli.opening import NoSuchWorkspace

    try:
        yield
    except LookupError as error:
        if error.args != (number,):
            raise
        raise NoSuchWorkspace(number=number) from None


@contextmanager
def _opened(*, dry_run: bool = False) -> "Iterator[Opened]":
    """The store; a dry run where there is no database yet uses one that is thrown away."""
    from bot.cli.opening import open_store
    from bot.config import read_environment

    environment = read_environment()
    with tempfile.TemporaryDirectory() as folder:
        file = environment.database_url.removeprefix("sqlite:///")
        if dry_run and file != environment.database_url and not Path(file).exists():
            environment = environment.model_copy(update={"database_url": f"sqlite:///{folder}/dry-run.db"})
        opened = open_store(environment)
        try:
            yield opened
        finally:
            opened.store.close()


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int], Callable[[], None]]]:
    """A bar on standard error, where that is a terminal: begun with a total, then stepped."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(total: int) -> Callable[[], None]:
            task = progress.add_task(title, total=total)
            return lambda: progress.advance(task)

        yield begin


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotRead(file=str(file), reason=error.strerror or str(error)) from None


def _write(file: Path, content: bytes) -> None:
    """Write it whole or leave what was there."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as beside:
            beside.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside.name, 0o666 & ~umask)
        os.replace(beside.name, file)
    except OSError as error:
        raise CannotWrite(file=str(file), reason=error.strerror or str(error)) from None


def _list_failures(refused: "RowsRefused", _: Translate) -> None:
    for failure in refused.failures:
        reason = _(failure.reason.message, **failure.reason.values)
        typer.echo(_("Line {line}: {reason}", line=failure.line, reason=reason), err=True)


def _summarise(report: "Report", file: str, _: Translate, *, dry_run: bool) -> None:
    from bot.services.imports import ANYTHING, NOTHING

    if dry_run:
        typer.echo(_("Nothing was written: this is what the import would do."))
    typer.echo(
        _(
            "{kind} from {file}: {created} created, {updated} updated, {unchanged} unchanged",
            kind=report.kind,
            file=file,
            created=report.created,
            updated=report.updated,
            unchanged=report.unchanged,
        )
    )
    if report.made:
        made = ", ".join(_(_MADE[noun], count=count) for noun, count in report.made.items())
        typer.echo(_("Also made, because rows name them: {made}", made=made))
    typer.echo(_("Columns:"))
    for column, became in report.columns.items():
        shown = {
            ANYTHING: _("kept as it came"),
            NOTHING: _("not kept: there is no place for it"),
        }.get(became, became)
        typer.echo(f"  {column} → {shown}")
    for message, about in report.notes.items():
        names = ", ".join(list(about)[:_SHOWN]) + (", …" if len(about) > _SHOWN else "")
        typer.echo(_("Note: {note}", note=_(message, count=len(about), names=names)))
