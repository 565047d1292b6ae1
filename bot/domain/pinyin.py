"""How Chinese characters are said, without tones: for finding and comparing names, never for showing them."""

import os
import re
import unicodedata
from functools import cache

_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

_SAID_OTHERWISE = {
    "重庆": "chong qing", "长沙": "chang sha", "长春": "chang chun", "长江": "chang jiang",
    "长城": "chang cheng", "长安": "chang an", "长虹": "chang hong", "长兴": "chang xing",
    "长治": "chang zhi", "长风": "chang feng", "长海": "chang hai", "长青": "chang qing",
    "长荣": "chang rong", "长航": "chang hang", "长电": "chang dian", "长鑫": "chang xin",
    "长园": "chang yuan", "长盈": "chang ying", "银行": "yin hang", "分行": "fen hang",
    "支行": "zhi hang", "商行": "shang hang", "洋行": "yang hang", "行业": "hang ye", "厦门": "xia men",
    "六安": "lu an", "蚌埠": "beng bu", "番禺": "pan yu", "朝阳": "chao yang", "西藏": "xi zang",
    "成都": "cheng du", "首都": "shou du", "都市": "du shi", "音乐": "yin yue", "会计": "kuai ji",
    "重工": "zhong gong", "重汽": "zhong qi", "重型": "zhong xing", "大厦": "da sha", "单县": "shan xian",
    "大连": "da lian", "传媒": "chuan mei", "乐视": "le shi", "调味": "tiao wei", "地产": "di chan",
}  # fmt: skip
"""Words of names in which a character is not said as it mostly is."""

_WORDS = re.compile("|".join(_SAID_OTHERWISE))


def is_chinese(text: str) -> bool:
    """True where any character is a Chinese one."""
    return _CJK.search(text) is not None


def syllables(text: str) -> list[str]:
    """How the text is said, a syllable a character; a stretch of Latin letters and digits stays whole."""
    said: list[str] = []
    latin = ""
    place = 0
    words = {found.start(): found[0] for found in _WORDS.finditer(text)}
    while place < len(text):
        if place in words:
            said += [latin] if latin else []
            latin = ""
            said += _SAID_OTHERWISE[words[place]].split()
            place += len(words[place])
            continue
        letter = text[place]
        reading = _reading(letter) if not letter.isascii() else ""
        if reading:
            said += [latin, reading] if latin else [reading]
            latin = ""
        elif letter.isalnum():
            latin += letter
        elif latin:
            said.append(latin)
            latin = ""
        place += 1
    return said + ([latin] if latin else [])


@cache
def _reading(letter: str) -> str:
    """The first reading of a character; nothing for what has none."""
    readings = _readings().get(ord(letter), "")
    marks = unicodedata.normalize("NFD", readings.partition(",")[0].replace("ü", "v"))
    return "".join(mark for mark in marks if mark.isascii()).lower()


@cache
def _readings() -> dict[int, str]:
    # Its table of phrases takes 45 MB and knows few names of companies.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)
