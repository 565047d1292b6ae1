"""Every command of the shell."""

import importlib
import sys

import typer

from bot.cli.speaking import shell_locale, translate_frame, translate_help
from bot.config import BadEnvironment
from bot.domain.errors import Refusal
from bot.i18n import N_, translate
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
    locale = shell_locale()
    try:
        command = typer.main.get_command(app)
        translate_help(command, locale)
        if "--help" in sys.argv or len(sys.argv) == 1:
            translate_frame(command, locale)
        command()
    except BadEnvironment as error:
        _say(
            "\n".join(
                [
                    translate(locale, "The environment is not right:"),
                    *(f"  {each}" for each in error.problems),
                ]
            )
        )
        sys.exit(2)
    except StoreUnavailable as error:
        said = N_("The database does not answer ({error}). Is DATABASE_URL right, and the server running?")
        _say(translate(locale, said, error=str(error)))
        sys.exit(1)
    except Refusal as refusal:
        _say(translate(locale, refusal.message, **refusal.values))
        sys.exit(1)


def _say(text: str) -> None:
    typer.echo(text, err=True)
