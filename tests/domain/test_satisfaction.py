"""Laws of scores: what they come to, and how sure that is."""

import pytest
from scipy import stats

from bot.domain.forecast import Share
from bot.domain.satisfaction import Mood, RatingKind, Recommended, Satisfied, likely_kind, mood


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (2, 5), (29, 29), (40, 200)])
def test_the_range_of_a_share_is_wilsons(part: int, whole: int) -> None:
    mine = Satisfied(whole, 4.0, Share(part, whole)).range
    theirs = stats.binomtest(part, whole).proportion_ci(method="wilson")
    assert (mine.low, mine.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_a_recommendations_range_holds_its_score_and_is_wide_where_few_agree() -> None:
    for promoters, detractors, others in ((1, 0, 0), (3, 0, 0), (2, 2, 1), (90, 5, 5)):
        found = Recommended(promoters + detractors + others, promoters, detractors)
        assert -100 <= found.range.low < found.range.high <= 100
        assert found.range.low <= found.score <= found.range.high
    few, many = Recommended(2, 2, 0).range, Recommended(200, 200, 0).range
    assert few.high - few.low > 5 * (many.high - many.low)


def test_a_score_without_a_scale_is_of_satisfaction_where_it_fits() -> None:
    assert [likely_kind(score) for score in (0, 1, 5, 6, 10)] == [
        RatingKind.NPS, RatingKind.CSAT, RatingKind.CSAT, RatingKind.NPS, RatingKind.NPS,
    ]  # fmt: skip
    assert mood(RatingKind.NPS, 6) == Mood.BAD
    assert mood(RatingKind.CSAT, 3) == Mood.MIDDLING
