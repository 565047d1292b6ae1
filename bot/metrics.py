"""What /metrics says: counted in this process, and about notices read from the database that all share."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from bot.clock import Clock
from bot.store import Store, StoreUnavailable
from bot.store.notices import notice_figures

NOTICE_TRIES = Counter(
    "dealdesk_notice_tries", "Notices tried by this process, by how the try ended.", ["outcome"]
)


class NoticeMetrics:
    """Notices by state, and how long the oldest due one has waited, over all workers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def collect(self) -> Iterator[Metric]:
        """What prometheus_client asks for at each scrape; nothing while the database does not answer."""
        try:
            with self._store.everywhere(writes=False) as session:
                figures = notice_figures(session, now=self._clock())
        except StoreUnavailable:
            return
        states = GaugeMetricFamily("dealdesk_notices", "Notices by state.", labels=["state"])
        for state, count in sorted(figures.counts.items()):
            states.add_metric([state], count)
        yield states
        yield GaugeMetricFamily(
            "dealdesk_notices_due_lag_seconds",
            "How long the oldest notice that is due and not settled has waited.",
            value=figures.lag.total_seconds(),
        )

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the database when it is registered."""
        return iter(())


def exposition(store: Store, clock: Clock) -> bytes:
    """Everything, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(NoticeMetrics(store, clock))
    return generate_latest() + generate_latest(registry)
