"""Laws of the output gate."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.views.text import shown

WHOLE = re.compile(r"(?:[^&<>]|&amp;|&lt;|&gt;|<@[UW][A-Z0-9]+>)*")


@given(
    st.text(st.sampled_from("&<>*_~`aé界 @U1|\ue000"), max_size=80)
    | st.lists(st.sampled_from(["<@U12345>", "&&&", "long words "]), max_size=30).map("".join),
    st.integers(20, 60),
)
def test_no_escape_and_no_mention_is_ever_cut_in_two(text: str, limit: int) -> None:
    said = shown(text, limit)
    assert len(said) <= limit
    assert WHOLE.fullmatch(said)


def test_what_fits_is_shown_whole() -> None:
    assert shown("R&D <b> at 5 > 4", 40) == "R&amp;D &lt;b&gt; at 5 &gt; 4"
