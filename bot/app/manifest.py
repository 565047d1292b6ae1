"""The app's manifest for Slack, made from the same table that the router reads."""

from typing import Any
from urllib.parse import urlsplit

from bot.handlers.deliveries import SHORT_COMMANDS
from bot.handlers.table import ROUTES

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
)
"""What the bot asks for. History is only read to see whether a message of unknown outcome arrived, and for
replies in the threads of tasks."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "link_shared",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
    "user_change",
)

HINTS = {
    "crm": "deal Acme 120k close end of Dec",
    "deal": "Acme 120k close end of Dec",
    "customer": "Acme",
    "lead": "Blue Ocean via website",
    "task": "@someone Acme demo prep Thu 3pm",
    "quote": "Acme 50 x Pro, 8% off",
    "log": "Acme call: wants 50 seats, follow up Fri 3pm",
    "forecast": "this quarter",
}

DESCRIPTIONS = {
    "crm": "Everything of Dealdesk",
    "deal": "Open or show an opportunity",
    "customer": "Add or show a customer",
    "lead": "Keep a lead",
    "task": "Give a task with a reminder",
    "quote": "Make a quote",
    "log": "Log a call, visit or meeting",
    "forecast": "What will be won, and how sure that is",
}


def manifest(*, socket_mode: bool, url: str | None) -> dict[str, Any]:
    """The manifest as Slack's "Create an app from a manifest" takes it.

    `url` is the public address for HTTP.
    """
    address = f"{(url or 'https://example.invalid').rstrip('/')}/slack/events"
    place = {} if socket_mode else {"url": address}
    commands = [
        {
            "command": f"/{name}",
            "description": DESCRIPTIONS[name],
            "usage_hint": HINTS[name],
            "should_escape": True,
        }
        | place
        for name in ("crm", *SHORT_COMMANDS)
    ]
    shortcuts = [
        {"name": route.title, "type": kind, "callback_id": route.name, "description": route.title}
        for kind, routes in (
            ("global", ROUTES.of_kind("global_shortcut")),
            ("message", ROUTES.of_kind("message_shortcut")),
        )
        for route in routes
    ]
    where = {} if socket_mode else {"request_url": address}
    oauth: dict[str, Any] = {"scopes": {"bot": list(SCOPES)}}
    if url:
        oauth["redirect_urls"] = [f"{url.rstrip('/')}/slack/oauth_redirect"]
    interactivity = (
        {"is_enabled": True} | where | ({} if socket_mode else {"message_menu_options_url": address})
    )
    return {
        "display_information": {
            "name": "Dealdesk",
            "description": "A sales CRM that lives in Slack",
            "background_color": "#1d4ed8",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Dealdesk", "always_online": True},
            "shortcuts": shortcuts,
            # Without the bot's own address there is no link to unfurl.
            **({"unfurl_domains": [urlsplit(url).netloc]} if url else {}),
            "slash_commands": commands,
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | where,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
