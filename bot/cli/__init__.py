"""Every command of the shell."""

import importlib
import os
import sys

import typer

from bot.config import BadEnvironment
from bot.domain.errors import Refusal
from bot.i18n import translate
from bot.store import StoreUnavailable

PARTS = ("reading", "data", "figures", "running", "notices", "upkeep", "demo")

app = typer.Typer(
    name="dealdesk",
    help="A sales CRM whose only front end is Slack. Begin with: dealdesk demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for part in PARTS:
    importlib.import_module(f"bot.cli.{part}").register(app)


def main() -> None:
    """Run one command; what is wrong is said in a sentence, never in a traceback."""
    try:
        app()
    except BadEnvironment as error:
        _say("The environment is not right:\n" + "\n".join(f"  {problem}" for problem in error.problems))
        sys.exit(2)
    except StoreUnavailable as error:
        _say(f"The database does not answer ({error}). Is DATABASE_URL right, and the server running?")
        sys.exit(1)
    except Refusal as refusal:
        _say(
            translate(
                os.environ.get("LC_ALL") or os.environ.get("LANG") or "en", refusal.message, **refusal.values
            )
        )
        sys.exit(1)


def _say(text: str) -> None:
    typer.echo(text, err=True)
