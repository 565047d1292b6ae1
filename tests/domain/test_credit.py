"""Laws of split credit."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credit import HUNDRED, apportion, with_owner

others = st.dictionaries(st.integers(1, 9), st.decimals(Decimal("0.01"), Decimal("11"), places=2), max_size=9)


@given(minor=st.integers(-(10**12), 10**14), shares=others, owner=st.one_of(st.none(), st.integers(1, 9)))
def test_parts_sum_to_the_cent_and_none_is_a_cent_off_its_share(
    minor: int, shares: dict[int | None, Decimal], owner: int | None
) -> None:
    whole = with_owner(owner, shares)
    assert sum(whole.values()) == HUNDRED
    parts = apportion(minor, whole)
    assert sum(parts.values()) == minor
    assert all(abs(parts[who] - minor * share / HUNDRED) < 1 for who, share in whole.items())


def test_what_rounding_leaves_goes_to_the_largest_remainder() -> None:
    thirds = {"a": Decimal("33.33"), "b": Decimal("33.33"), "c": Decimal("33.34")}
    assert apportion(100, thirds) == {"a": 33, "b": 33, "c": 34}
    assert apportion(1, {"a": Decimal(50), "b": Decimal(50)}) == {"a": 1, "b": 0}
