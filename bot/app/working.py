"""The worker of a joined bot: it finds each Slack team's client by its token."""

from bot.app import Dealdesk
from bot.jobs import Worker
from bot.store.clock import clock_of


def build_worker(dealdesk: Dealdesk) -> Worker:
    """The worker; nothing is started yet."""
    timeout_s = dealdesk.environment.dealdesk_send_timeout_s
    return Worker(
        dealdesk.store,
        dealdesk.clock,
        lambda slack_team_id: dealdesk.tokens.client(slack_team_id, timeout_s=timeout_s),
        dealdesk.environment,
        machine=clock_of(dealdesk.store),
    )
