"""Laws of matching names of companies."""

import random

from cleanco import basename

from bot.domain.company_words import ALSO
from bot.domain.matching import CLOSE, likeness, likeness_in_full
from bot.domain.names import name_key
from bot.domain.search import words_of
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


def test_what_is_left_out_by_a_look_is_like_in_nothing() -> None:
    chance = random.Random(20261127)
    known = [name for pair in labelled_pairs() for name in (pair.first, pair.second)]
    known += [name for names in ALSO for name in names]
    names = sorted({words_of(name) for name in known})
    names += [
        name[:place] + name[place + 1 :] for name in names if (place := chance.randrange(len(name))) > 2
    ]
    near = [(name, other) for name in names for other in names if name[0] == other[0]]
    for first, second in [*chance.sample(near, 6000), *zip(names, reversed(names), strict=True)]:
        assert likeness(first, second) == likeness_in_full(first, second), (first, second)


def test_forms_of_companies_are_taken_off_as_cleanco_does() -> None:
    for pair in labelled_pairs():
        for name in (pair.first, pair.second):
            if name.isascii():
                twice = basename(basename(name)) or name
                assert name_key(name) == name_key(twice)
                assert name_key(name) == "".join(letter for letter in twice.casefold() if letter.isalnum())
