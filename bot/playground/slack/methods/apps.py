"""apps.*: the way into Socket Mode."""

from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.talk import Json


@method("apps.connections.open", open_to_all=True)
def apps_connections_open(call: Call) -> Json:
    """Called with the app's token, which the server checks; the ticket in the address lets one client in."""
    address = call.state.address.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={call.get('ticket')}"}
