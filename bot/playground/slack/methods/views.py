"""views.*: modals and the home tab."""

from bot.playground.slack.blocks import check_view
from bot.playground.slack.errors import SlackError
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.modals import Stack, View, open_view
from bot.playground.slack.state import APP_ID, State
from bot.playground.slack.talk import Json
from bot.playground.slack.tickets import Trigger


def _checked(call: Call, *, kind: str, replacing: View | None = None) -> Json:
    view = call.parsed("view")
    check_view(view, kind=kind, knows_picture=call.state.knows_picture)
    other = call.state.view_of_external(view.get("external_id") or "")
    if other is not None and other is not replacing:
        raise SlackError("duplicate_external_id")
    return dict(view)


def _open(call: Call, trigger: Trigger, body: Json, stack: Stack) -> Json:
    view = open_view(body, user=trigger.user, team=call.team, app_id=APP_ID, channel=trigger.channel)
    trigger.exchanged = True
    stack.push(view)
    call.state.changes.note("modal", user=trigger.user)
    return {"view": view.payload(with_values=False)}


def _trigger(call: Call) -> Trigger:
    call.need("trigger_id", "view")
    trigger = call.state.tickets.usable(call.get("trigger_id"))
    if trigger.team != call.team.id:
        raise SlackError("invalid_trigger_id")
    return trigger


@method("views.open")
def views_open(call: Call) -> Json:
    trigger = _trigger(call)
    body = _checked(call, kind="modal")
    stack = call.state.stack(trigger.user)
    if trigger.view is None or not stack.holds(trigger.view):
        stack.clear()
    elif stack.is_full:
        raise SlackError("push_limit_reached")
    return _open(call, trigger, body, stack)


@method("views.push")
def views_push(call: Call) -> Json:
    trigger = _trigger(call)
    body = _checked(call, kind="modal")
    stack = call.state.stack(trigger.user)
    if trigger.view is None or not stack.holds(trigger.view):
        raise SlackError("not_found")
    if stack.is_full:
        raise SlackError("push_limit_reached")
    return _open(call, trigger, body, stack)


@method("views.update")
def views_update(call: Call) -> Json:
    call.need("view")
    if not call.get("view_id") and not call.get("external_id"):
        raise SlackError("invalid_arguments", ["missing required field: view_id or external_id"])
    state = call.state
    known = state.view(call.get("view_id")) or state.view_of_external(call.get("external_id"))
    if known is None or known.team != call.team.id:
        raise SlackError("not_found")
    if call.get("hash") and call.get("hash") != known.hash:
        raise SlackError("hash_conflict")
    show(state, known, _checked(call, kind=known.type, replacing=known))
    return {"view": known.payload(with_values=False)}


@method("views.publish")
def views_publish(call: Call) -> Json:
    call.need("user_id", "view")
    state = call.state
    user = call.person("user_id")
    home = state.homes.get(user.id)
    body = _checked(call, kind="home", replacing=home)
    if call.get("hash") and home and call.get("hash") != home.hash:
        raise SlackError("hash_conflict")
    if home is None:
        home = open_view(body, user=user.id, team=call.team, app_id=APP_ID, channel=None)
        state.homes[user.id] = home
        state.changes.note("home", user=user.id)
    else:
        show(state, home, body)
    return {"view": home.payload(with_values=False)}


def show(state: State, view: View, body: Json) -> None:
    """Show `body` in an open view."""
    view.show(body)
    state.changes.note("home" if view.type == "home" else "modal", user=view.user)
