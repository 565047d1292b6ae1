"""Slack's mrkdwn as HTML, the way Slack's own client shows it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from markupsafe import Markup, escape

from bot.playground.page.emoji import EMOJI
from bot.playground.page.reader import Reader

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_SHORTCODE = re.compile(r":([a-z0-9_+\-]+):")


_JOINER = "\u2060"


def _styled(mark: str, name: str) -> str:
    """Emphasis between two marks; a mark beside an invisible character is none, but what it is."""
    m = re.escape(mark)
    typed = rf"{_JOINER}[*_~`]{_JOINER}"
    edge = rf"(?:{typed}|[^\s{m}\n{_JOINER}])"
    inner = rf"{edge}(?:(?:{typed}|[^{m}\n{_JOINER}])*{edge})?"
    return rf"(?<![\w{m}{_JOINER}]){m}(?P<{name}>{inner}){m}(?![\w{m}{_JOINER}])"


_INLINE = re.compile(
    "|".join(
        (
            rf"(?<!{_JOINER})`(?P<code>[^`\n]+)`(?!{_JOINER})",
            r"<(?P<angle>[^<>\n]+)>",
            _styled("*", "bold"),
            _styled("_", "italic"),
            _styled("~", "strike"),
            r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])",
        )
    )
)
_TAGS = {"bold": "strong", "italic": "em", "strike": "s"}


def mrkdwn(text: str, reader: Reader) -> Markup:
    """HTML of mrkdwn text: emphasis, code, quotes, links, mentions, dates and emoji; the rest is escaped."""
    parts = _FENCE.split(text)
    out = []
    for n, part in enumerate(parts):
        if n % 2:
            out.append(Markup("<pre>{}</pre>").format(unescape(part)))
        else:
            # The line break beside a fence belongs to the fence, which is a block already.
            lines = part[1:] if n and part.startswith("\n") else part
            lines = lines[:-1] if n < len(parts) - 1 and lines.endswith("\n") else lines
            if lines:
                out.append(_lines(lines, reader))
    return Markup("").join(out)


def unescape(text: str) -> str:
    """Slack escapes three characters and no more."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str) -> Markup:
    """HTML of a plain_text object: emoji shortcodes are drawn, nothing else is markup."""
    return _text(text)


def _lines(text: str, reader: Reader) -> Markup:
    out: list[Markup] = []
    quoted: list[Markup] = []
    loose: list[Markup] = []

    def flush() -> None:
        if loose:
            out.append(Markup("<br>").join(loose))
        if quoted:
            out.append(Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(quoted)))
        loose.clear()
        quoted.clear()

    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        if bool(quote) != bool(quoted):
            flush()
        (quoted if quote else loose).append(_inline(line[quote.end() :] if quote else line, reader))
    flush()
    return Markup("").join(out)


def _inline(text: str, reader: Reader) -> Markup:
    out = []
    at = 0
    for found in _INLINE.finditer(text):
        out.append(_text(text[at : found.start()]))
        at = found.end()
        kind = found.lastgroup or ""
        inner = found.group(kind)
        if kind == "code":
            out.append(Markup("<code>{}</code>").format(unescape(inner)))
        elif kind == "angle":
            out.append(_angle(inner, reader))
        elif kind == "url":
            out.append(link(unescape(inner), unescape(inner)))
        else:
            out.append(Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[kind]), _inline(inner, reader)))
    out.append(_text(text[at:]))
    return Markup("").join(out)


def _text(text: str) -> Markup:
    drawn = _SHORTCODE.sub(lambda m: EMOJI.get(m[1], m[0]), text)
    return Markup(str(escape(unescape(drawn))).replace("\n", "<br>"))


def link(url: str, label: str | Markup) -> Markup:
    """A link, or only its label where the address is of a kind that a browser should not follow."""
    if not url.startswith(("http://", "https://", "mailto:", "tel:", "/")):
        return Markup("{}").format(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def mention(mark: str, name: str, mine: bool = False) -> Markup:
    return Markup('<span class="mention{}">{}{}</span>').format(" mine" if mine else "", mark, name)


def _angle(inner: str, reader: Reader) -> Markup:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        person = target[1:]
        return mention("@", reader.people.get(person) or label or person, person == reader.person)
    if target.startswith("#"):
        return mention("#", reader.channels.get(target[1:]) or label or target[1:])
    if target.startswith("!date^"):
        return _date(target, label, reader)
    if target.startswith("!"):
        return mention("@", target[1:].partition("^")[0] if not label else label.removeprefix("@"), True)
    if re.match(r"[a-z]+:", target):
        return link(unescape(target), _text(label or target.removeprefix("mailto:")))
    return Markup("&lt;{}&gt;").format(unescape(inner))


def _date(target: str, fallback: str, reader: Reader) -> Markup:
    _, stamp, pattern, *rest = [*target.split("^"), ""]
    try:
        moment = datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError):
        return _text(fallback)
    shown = date(moment, pattern, reader)
    return link(unescape(rest[0]), shown) if rest and rest[0] else shown


def date(moment: datetime, pattern: str, reader: Reader) -> Markup:
    """A moment in Slack's date tokens, with its full form as a tooltip."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(), reader.moment(moment), _date_text(moment, pattern, reader)
    )


def _date_text(moment: datetime, pattern: str, reader: Reader) -> str:
    tokens: dict[str, Callable[[], str]] = {
        "date_num": lambda: reader.local(moment).date().isoformat(),
        "date": lambda: reader.day(moment, "long"),
        "date_short": lambda: reader.day(moment, "medium"),
        "date_long": lambda: reader.day(moment, "full"),
        "date_pretty": lambda: reader.near_day(moment, "long"),
        "date_short_pretty": lambda: reader.near_day(moment, "medium"),
        "date_long_pretty": lambda: reader.near_day(moment, "full"),
        "time": lambda: reader.time(moment),
        "time_secs": lambda: reader.time(moment, "medium"),
        "ago": lambda: reader.ago(moment),
    }
    return re.sub(r"\{(\w+)\}", lambda m: tokens[m[1]]() if m[1] in tokens else m[0], pattern)
