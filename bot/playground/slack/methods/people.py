"""auth.*, users.*, team.*, oauth.* and apps.*: who is who, and how the bot came in."""

import re
import secrets

from bot.playground.slack.errors import SlackError
from bot.playground.slack.methods.registry import Call, method, paged
from bot.playground.slack.people import Team
from bot.playground.slack.state import APP_ID
from bot.playground.slack.talk import Json


@method("api.test", open_to_all=True)
def api_test(call: Call) -> Json:
    if error := call.get("error"):
        raise SlackError(error)
    return {"args": {name: value for name, value in call.args.items() if name != "token"}}


@method("auth.test")
def auth_test(call: Call) -> Json:
    team = call.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": call.state.users[team.bot_user].name,
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    call.team.token = None
    return {"revoked": True}


@method("team.info", "team:read")
def team_info(call: Call) -> Json:
    team = call.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


@method("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    team = call.team
    if call.get("bot", team.bot_id) != team.bot_id:
        raise SlackError("bot_not_found")
    bot = call.state.users[team.bot_user]
    return {
        "bot": {
            "id": team.bot_id,
            "deleted": False,
            "name": bot.real_name,
            "updated": bot.updated,
            "app_id": APP_ID,
            "user_id": bot.id,
        }
    }


@method("users.info", "users:read")
def users_info(call: Call) -> Json:
    user = call.person()
    return {"user": user.payload(call.state.clock(), with_locale=call.flag("include_locale"))}


@method("users.list", "users:read")
def users_list(call: Call) -> Json:
    now, with_locale = call.state.clock(), call.flag("include_locale")
    here = [user for user in call.state.users.values() if user.team == call.team.id]
    page, after = paged(call, here)
    return {
        "members": [user.payload(now, with_locale=with_locale) for user in page],
        "cache_ts": call.state.seconds(),
        "response_metadata": after,
    }


@method("users.lookupByEmail", "users:read.email")
def users_lookup_by_email(call: Call) -> Json:
    email = call.need("email").lower()
    for user in call.state.users.values():
        if user.team == call.team.id and user.email and user.email.lower() == email:
            return {"user": user.payload(call.state.clock())}
    raise SlackError("users_not_found")


@method("users.conversations", "channels:read", "groups:read", "im:read")
def users_conversations(call: Call) -> Json:
    who = call.get("user") or call.team.bot_user
    kinds = call.ids("types") or ["public_channel"]
    seen = [
        channel.payload(call.team.bot_user)
        for channel in call.state.channels.values()
        if channel.team == call.team.id
        and who in channel.members
        and ("im" if channel.is_im else "private_channel" if channel.is_private else "public_channel")
        in kinds
        and not (channel.is_archived and call.flag("exclude_archived"))
    ]
    page, after = paged(call, seen)
    return {"channels": page, "response_metadata": after}


def issue_code(team: Team, user: str) -> str:
    """A code that the installer's browser brings back, to be exchanged once for a token."""
    return f"{team.id}.{user}.{secrets.token_hex(8)}"


@method("oauth.v2.access", open_to_all=True)
def oauth_v2_access(call: Call) -> Json:
    client_id, secret = call.client or (call.get("client_id"), call.get("client_secret"))
    if client_id != call.state.client[0]:
        raise SlackError("invalid_client_id")
    if secret != call.state.client[1]:
        raise SlackError("bad_client_secret")
    code = call.need("code")
    known = re.fullmatch(r"(\w+)\.(\w+)\.[0-9a-f]{16}", code)
    team = call.state.teams.get(known[1]) if known else None
    if known is None or team is None:
        raise SlackError("invalid_code")
    if code in call.state.used_codes:
        raise SlackError("code_already_used")
    call.state.used_codes.add(code)
    team.token = team.token or f"xoxb-{team.id}-{secrets.token_hex(8)}"
    return {
        "access_token": team.token,
        "token_type": "bot",
        "scope": ",".join(sorted(team.scopes or ())) or "commands,chat:write",
        "bot_user_id": team.bot_user,
        "app_id": APP_ID,
        "team": {"name": team.name, "id": team.id},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": known[2]},
    }
