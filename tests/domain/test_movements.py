"""Laws of the bridge from what the pipeline was to what it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.known import Sale
from bot.domain.money import Money
from bot.domain.movements import MovementKind, PipelineChange, pipeline_change
from bot.domain.periods import Period
from bot.domain.stages import StageKind

SINCE, TODAY = date(2026, 11, 23), date(2026, 11, 27)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
IN, LATER = date(2026, 12, 15), date(2027, 2, 1)


def sale(
    amount: int | None = 100,
    close_on: date | None = IN,
    kind: StageKind = StageKind.OPEN,
    currency: str = "USD",
    number: int = 1,
) -> Sale:
    """A sale; whole dollars."""
    return Sale(
        number, None, kind, None, None if amount is None else amount * 100, currency, None, close_on, None
    )


def change(was: Sale | None, now: Sale, period: Period | None = QUARTER) -> PipelineChange:
    """The change that one sale makes."""
    return pipeline_change([(was, now)], since=SINCE, until=TODAY, period=period)


def kinds(found: PipelineChange) -> list[str]:
    """What happened, in order."""
    return [str(each.kind) for each in found.movements]


def test_each_way_in_and_out_has_its_name() -> None:
    assert kinds(change(None, sale())) == ["new"]
    assert kinds(change(sale(kind=StageKind.LOST), sale())) == ["reopened"]
    assert kinds(change(sale(close_on=LATER), sale())) == ["moved_in"]
    assert kinds(change(sale(close_on=None), sale())) == ["moved_in"]
    assert kinds(change(sale(), sale(150))) == ["bigger"]
    assert kinds(change(sale(), sale(50))) == ["smaller"]
    assert kinds(change(sale(), sale(close_on=LATER))) == ["moved_out"]
    assert kinds(change(sale(), sale(kind=StageKind.WON))) == ["won"]
    assert kinds(change(sale(), sale(kind=StageKind.LOST))) == ["lost"]
    assert kinds(change(sale(), sale())) == []


def test_what_came_and_was_won_in_between_is_new_and_won() -> None:
    found = change(None, sale(kind=StageKind.WON))
    assert kinds(found) == ["new", "won"]
    assert (found.before_count, found.after_count) == (0, 0)


def test_a_sale_won_for_another_amount_first_changes_size() -> None:
    found = change(sale(100), sale(80, kind=StageKind.WON))
    assert kinds(found) == ["smaller", "won"]
    assert [step.signed_minor for step in found.bridges[0].steps] == [-2000, -8000]


def test_what_was_lost_without_ever_counting_is_not_shown() -> None:
    assert kinds(change(sale(close_on=LATER), sale(close_on=LATER, kind=StageKind.LOST))) == []


def test_an_unknown_amount_is_counted_and_adds_nothing() -> None:
    found = change(None, sale(None))
    assert found.count(MovementKind.NEW) == 1
    assert found.bridges == ()


def test_pushed_are_those_planned_for_later_now() -> None:
    found = change(sale(), sale(close_on=LATER))
    assert [each.days for each in found.pushed] == [48]


def test_another_currency_leaves_one_bridge_and_enters_the_other() -> None:
    found = change(sale(100), sale(700, currency="CNY"))
    assert [(bridge.before, bridge.after) for bridge in found.bridges] == [
        (Money.of(0, "CNY"), Money.of(700, "CNY")),
        (Money.of(100, "USD"), Money.of(0, "USD")),
    ]


SALES = st.builds(
    sale,
    st.none() | st.integers(0, 10**9),
    st.sampled_from([None, IN, LATER]),
    st.sampled_from(list(StageKind)),
    st.sampled_from(["USD", "CNY", "JPY"]),
)


@given(st.lists(st.tuples(st.none() | SALES, SALES)), st.sampled_from([None, QUARTER]))
def test_every_bridge_sums_exactly_and_ends_at_what_is_open(
    pairs: list[tuple[Sale | None, Sale]], period: Period | None
) -> None:
    found = pipeline_change(pairs, since=SINCE, until=TODAY, period=period)
    for bridge in found.bridges:
        reached = bridge.before.minor + sum(step.signed_minor for step in bridge.steps)
        assert reached == bridge.after.minor
        open_now = [
            now.amount_minor or 0
            for _, now in pairs
            if now.is_open
            and now.currency == bridge.after.currency
            and (period is None or now.close_on == IN)
        ]
        assert bridge.after.minor == sum(open_now)
