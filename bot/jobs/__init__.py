"""The clock comes in: due notices are sent, and due schedules make theirs."""

from bot.jobs.delivery import ClientFor
from bot.jobs.worker import Worker

__all__ = ["ClientFor", "Worker"]
