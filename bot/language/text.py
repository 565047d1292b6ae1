"""Typed text, folded for reading, with the way back to the words as typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.typed import LITERAL

_TRADITIONAL = str.maketrans(
    "週個後點禮這兩號從間萬億圓幣陸貳參鐘時開過來際內當節聖誕勞動國慶雙預價單報務備訪電話郵會議給與歐鎊"
    "銷總漲約幾還現業績標競產專版員發並將應該進對經買賣讓達處將區數離據據實續績購費額錢塊無為線記錄階段轉紹優惠於"
    "啟貨韓僅紀團隊設幫歷終結帳賬戶註貝連聯係財晝裡裏遲每毎凖準簽約訂",
    "周个后点礼这两号从间万亿圆币陆贰叁钟时开过来际内当节圣诞劳动国庆双预价单报务备访电话邮会议给与欧镑"
    "销总涨约几还现业绩标竞产专版员发并将应该进对经买卖让达处将区数离据据实续绩购费额钱块无为线记录阶段转绍优惠于"
    "启货韩仅纪团队设帮历终结帐账户注贝连联系财昼里里迟每每准准签约订",
)
_AT_OF_TEXT = "§"
_PARTS = re.compile(r"\d，(?=\d)(?!\d{3}(?!\d))")
"""单价120，10套: no decimals stand behind a Chinese comma, but groups of three digits may."""
_QUOTES = {
    "’": "'",
    "‘": "'",
    "‛": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "～": "~",
    "〜": "~",
}


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """One character as the tables write it: half width, lower case, simplified; "" where it is only
    formatting."""
    if char in _QUOTES:
        return _QUOTES[char]
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me", "Cs", "Co", "Cn"):
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp", "So", "Sk"):
        return " "
    return unicodedata.normalize("NFKC", char).casefold().translate(_TRADITIONAL)


@dataclass(frozen=True)
class Text:
    """`typed` as it came, `folded` for reading; `origin[i]` is where folded[i] came from."""

    typed: str
    folded: str
    origin: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The words as typed for a stretch of the folded text, without the spaces around."""
        if start >= end:
            return ""
        return self.typed[self.origin[start] : self.origin[end - 1] + 1].strip()


def fold(typed: str) -> Text:
    """Fold typed text: one space between words, half width, lower case, simplified characters, no
    formatting."""
    folded: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(typed):
        if char == "@" and typed[:index].endswith(LITERAL):
            char = _AT_OF_TEXT
        if char == "，" and _PARTS.match(typed, index - 1 if index else 0):
            char = "、"
        for part in _folded(char) if char > "\x7f" or char < " " else char.lower():
            if part == " " and (not folded or folded[-1] == " "):
                continue
            folded.append(part)
            origin.append(index)
    while folded and folded[-1] == " ":
        folded.pop()
        origin.pop()
    return Text(typed, "".join(folded), tuple(origin))
