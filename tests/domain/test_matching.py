"""Laws of matching names of companies."""

from bot.domain.matching import CLOSE, likeness
from tests.support.pairs import judged, labelled_pairs


def test_labelled_pairs_are_matched_with_precision_and_recall() -> None:
    pairs = labelled_pairs()
    score = judged(pairs)
    assert len(pairs) >= 300
    assert sum(not pair.is_same for pair in pairs) >= 150
    assert score.precision >= 0.95
    assert score.recall >= 0.90


def test_a_name_is_its_own_and_the_order_of_two_does_not_count() -> None:
    for pair in labelled_pairs():
        assert likeness(pair.first, pair.first) == 100
        assert likeness(pair.first, pair.second) == likeness(pair.second, pair.first), pair


def test_branches_of_one_bank_are_two_and_both_languages_name_one() -> None:
    assert likeness("中国银行北京分行", "中国银行上海分行") < CLOSE
    assert likeness("华为技术有限公司", "Huawei Technologies") >= CLOSE
