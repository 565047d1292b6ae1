"""One frozen Settings, read from the environment; everything bad or missing is reported together."""

from datetime import datetime
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class BadEnvironment(Exception):
    """One or more variables are bad or missing; `problems` has a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Environment(BaseSettings):
    """What the environment says. Every field is a variable of docs/interface.md."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        default="sqlite:///dealdesk.db", description="Where the data is kept: SQLite or PostgreSQL."
    )
    slack_bot_token: str | None = Field(default=None, description="The bot's token, for one workspace.")
    slack_signing_secret: str | None = Field(
        default=None, description="Proves that a request is Slack's (HTTP mode)."
    )
    slack_app_token: str | None = Field(
        default=None, description="The app-level token; Socket Mode when set."
    )
    slack_client_id: str | None = Field(
        default=None, description="For installing into many workspaces (OAuth)."
    )
    slack_client_secret: str | None = Field(
        default=None, description="For installing into many workspaces (OAuth)."
    )
    slack_api_url: str = Field(default="https://slack.com/api/", description="Base address of the Web API.")
    dealdesk_secret_key: str | None = Field(
        default=None,
        description="Encrypts tokens at rest; several, comma-separated, to rotate: the first one encrypts.",
    )
    port: int = Field(default=3000, ge=0, le=65535, description="Where the web role listens.")
    dealdesk_url: str | None = Field(default=None, description="The public address, for links and install.")
    dealdesk_now: datetime | None = Field(
        default=None, description="The clock starts here and runs on (demo and tests)."
    )
    dealdesk_digest_above: int = Field(
        default=10, ge=1, description="Reminders an hour and person before they come as one."
    )
    dealdesk_messages_a_minute: int = Field(
        default=300, ge=20, description="Unasked messages a workspace in any minute, at most."
    )
    dealdesk_lease_s: float = Field(default=60, gt=0, description="How long a worker holds a notice.")
    dealdesk_send_timeout_s: float = Field(default=10, gt=0, description="How long one send may take.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:///, postgres:// or postgresql://")
        if url == "sqlite:///":
            raise ValueError("names no file; write it as sqlite:///dealdesk.db")
        try:
            _ = urlsplit(url).port
        except ValueError:
            raise ValueError(
                "has a port that is no number; write it as postgresql://user:password@host:5432/database"
            ) from None
        return url

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url.rstrip("/") + "/"

    @field_validator("dealdesk_now")
    @classmethod
    def _aware(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise ValueError("needs a zone, such as 2026-11-23T09:00:00+00:00")
        return moment

    @field_validator("dealdesk_secret_key")
    @classmethod
    def _usable_keys(cls, keys: str | None) -> str | None:
        for key in (keys or "").split(",") if keys else []:
            try:
                Fernet(key.strip())
            except ValueError:
                raise ValueError(
                    "each key is 32 bytes in URL-safe base64; make one with: python -c "
                    "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
                ) from None
        return keys

    @property
    def public_url(self) -> str | None:
        """The public address without a slash at its end; None where it is not set."""
        return (self.dealdesk_url or "").rstrip("/") or None

    @property
    def installs_by_oauth(self) -> bool:
        """Several workspaces, each with its own token in the store."""
        return self.slack_client_id is not None

    @property
    def uses_socket_mode(self) -> bool:
        """Slack is reached by WebSocket; no public address is needed."""
        return self.slack_app_token is not None

    @property
    def secret_keys(self) -> list[str]:
        """The keys, the one that encrypts first."""
        return [key.strip() for key in (self.dealdesk_secret_key or "").split(",") if key.strip()]


def read_environment(*, for_slack: bool = False, database_url: str | None = None) -> Environment:
    """The environment, or BadEnvironment with a sentence for every variable that is wrong.

    With `for_slack` what is missing before the bot can speak with Slack is among them. `database_url`
    takes the place of DATABASE_URL, which is then not looked at.
    """
    problems: list[str] = []
    given = {} if database_url is None else {"database_url": database_url}
    try:
        environment = Environment(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [(str(problem["loc"][0]), problem["msg"]) for problem in error.errors()]
        problems = [f"{name.upper()}: {text.removeprefix('Value error, ')}" for name, text in wrong]
        # The rest is looked at too, as if what is wrong were not set.
        unset = {name: Environment.model_fields[name].default for name, _ in wrong}
        environment = Environment(**given | unset)
    if for_slack:
        problems += slack_problems(environment)
    if problems:
        raise BadEnvironment(problems)
    return environment


def slack_problems(environment: Environment) -> list[str]:
    """What is missing before the bot can speak with Slack, a sentence each."""
    problems = []
    oauth = (environment.slack_client_id, environment.slack_client_secret, environment.dealdesk_secret_key)
    if any(oauth[:2]) and not all(oauth):
        problems.append("SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and DEALDESK_SECRET_KEY are needed together.")
    if not environment.slack_bot_token and not environment.installs_by_oauth:
        problems.append(
            "SLACK_BOT_TOKEN: missing. Set it to the token that begins with xoxb- "
            "(or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to install into many workspaces)."
        )
    if not environment.uses_socket_mode and not environment.slack_signing_secret:
        problems.append(
            "SLACK_SIGNING_SECRET: missing. Copy it from Basic Information on the app's page at "
            "api.slack.com (or set SLACK_APP_TOKEN to use Socket Mode)."
        )
    return problems
