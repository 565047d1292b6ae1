"""mrkdwn is drawn as Slack draws it, and nothing that people type becomes markup of the page."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.playground.page.mrkdwn import mrkdwn, plain
from bot.playground.page.reader import Reader
from bot.views.text import shown

MEI = Reader(
    "U1",
    "en-US",
    ZoneInfo("Asia/Shanghai"),
    datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
    {"U1": "Mei Chen", "U2": "李雷"},
    {"C1": "sales"},
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*bold with _italic_ inside*", "<strong>bold with <em>italic</em> inside</strong>"),
        ("2 * 3 * 4, snake_case_name, a*b*c", "2 * 3 * 4, snake_case_name, a*b*c"),
        ("`*as it is* &lt;b&gt;`", "<code>*as it is* &lt;b&gt;</code>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\n> again\nafter", "<blockquote>said<br>again</blockquote>after"),
        ("before\n```\na &amp; b\n```\nafter", "before<pre>a &amp; b</pre>after"),
        ("<@U1>", '<span class="mention mine">@Mei Chen</span>'),
        ("<@U2>", '<span class="mention">@李雷</span>'),
        ("<@U9|gone> in <#C1>", '<span class="mention">@gone</span> in <span class="mention">#sales</span>'),
        ("<!here>", '<span class="mention mine">@here</span>'),
        (":tada: :no_such_thing:", "🎉 :no_such_thing:"),
        ("<javascript:alert(1)|click>", "click"),
        ('a &lt;script&gt; & "quotes"', "a &lt;script&gt; &amp; &#34;quotes&#34;"),
        ("&amp;lt; as typed", "&amp;lt; as typed"),
    ],
)
def test_text_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    assert mrkdwn(text, MEI) == html


@pytest.mark.parametrize(
    "text", ["<https://a.example/?x=1&amp;y=2|the *page*>", "see https://a.example/?x=1&amp;y=2."]
)
def test_links_lead_where_they_say_in_a_window_of_their_own(text: str) -> None:
    drawn = mrkdwn(text, MEI)
    assert 'href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer"' in drawn


@pytest.mark.parametrize(
    ("locale", "token", "shown"),
    [
        ("en-US", "{date_num} {time}", "2026-11-24 9:30 AM"),
        ("en-US", "{date_short_pretty} at {time}", "Tomorrow at 9:30 AM"),
        ("en-US", "{date_long}", "Tuesday, November 24, 2026"),
        ("en-US", "{ago}", "in 1 day"),
        ("zh-CN", "{date_pretty} {time}", "明天 09:30"),
        ("zh-CN", "{date}", "2026年11月24日"),
    ],
)
def test_dates_are_the_readers_own(locale: str, token: str, shown: str) -> None:
    reader = Reader(MEI.person, locale, MEI.zone, MEI.now, MEI.people, MEI.channels)
    stamp = int(datetime(2026, 11, 24, 1, 30, tzinfo=UTC).timestamp())
    assert mrkdwn(f"<!date^{stamp}^{token}|then>", reader).striptags().replace("\u202f", " ") == shown


def test_a_date_that_is_none_shows_its_fallback() -> None:
    assert mrkdwn("<!date^soon^{date}|some day>", MEI) == "some day"


@given(st.text(alphabet=st.sampled_from("<>&*_~`|@#!:/ahtps\n\"' 客户")))
def test_no_text_opens_a_tag_of_its_own(text: str) -> None:
    drawn = str(mrkdwn(text, MEI))
    for tag in ("strong", "em", "s", "code", "pre", "blockquote", "span", "a", "time"):
        assert drawn.count(f"</{tag}>") == drawn.count(f"<{tag}>") + drawn.count(f"<{tag} ")
    assert "<script" not in drawn
    assert "<" not in str(plain(text)).replace("<br>", "")


@pytest.mark.parametrize(
    "name", ["*bold*", "a *b* c", "*star", "snake_case_name", "`code` ~gone~ _so_", "<!channel> & *x*"]
)
def test_a_name_with_marks_in_it_is_drawn_as_it_was_typed_in_bold_too(name: str) -> None:
    typed = shown(name)
    drawn = str(escape(name))
    assert str(mrkdwn(typed, MEI)).replace("\u2060", "") == drawn
    assert str(mrkdwn(f"*{typed}* · x", MEI)).replace("\u2060", "") == f"<strong>{drawn}</strong> · x"


def test_a_line_of_many_marks_is_drawn_at_once() -> None:
    typed = shown("_~`" * 300)
    assert str(mrkdwn(f"*{typed}", MEI)).replace("\u2060", "") == "*" + "_~`" * 300
