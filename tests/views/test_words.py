"""The words of the domain in the reader's language."""

import pytest

from bot.views.words import source_name


@pytest.mark.parametrize(
    ("typed", "locale", "seen"),
    [
        ("referral", "zh-CN", "转介绍"),
        ("Trade fair", "zh-CN", "展会"),
        ("转介绍", "en-US", "referral"),
        ("Referral", "en-US", "Referral"),
        ("网站", "zh-CN", "网站"),
        ("Zhang's cousin", "zh-CN", "Zhang's cousin"),
    ],
)
def test_a_well_known_source_is_shown_in_the_readers_language(typed: str, locale: str, seen: str) -> None:
    assert source_name(typed, locale) == seen
