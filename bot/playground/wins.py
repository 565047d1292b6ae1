"""The demo's wins: told in a channel; the latest of a seller who is there as the visitor comes."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.services.postings import edit_postings
from bot.services.wins import tell_win
from bot.store import Store
from bot.store.lookbacks import sale_rows
from bot.store.opportunities import access_opportunity
from bot.store.workspaces import find_team_workspace

SELLER = "Ann Lee"


def seed_win(store: Store, slack_team_id: str, slack_channel: str, now: datetime) -> None:
    """Choose the channel of wins, and let the latest win be told when the worker starts."""
    with store.everywhere(writes=False) as session:
        workspace = find_team_workspace(session, slack_team_id)
    if workspace is None:
        return
    with store.transaction(Actor(workspace.id), now=now, how="demo") as session:
        edit_postings(session, Actor(workspace.id), {"win_channel": slack_channel})
        won = [row for row in sale_rows(session) if row.is_won and row.person == SELLER and row.closed_on]
        if won:
            latest = max(won, key=lambda row: (row.closed_on or now.date(), row.id))
            tell_win(session, access_opportunity(session, latest.id), now)
