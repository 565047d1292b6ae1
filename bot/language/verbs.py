"""The words that a command may begin with, from the tables of the languages."""

import re
from functools import cache, lru_cache

from bot.language.tables import TABLES
from bot.language.text import fold

_LONGEST_START = 60
_FIRST = re.compile(r"/?(?:crm +)?/?")
_WORDS = {1: re.compile(r"([^\s:：,，]+)[\s:：,，]*"), 2: re.compile(r"([a-z]+ [a-z]+)(?![a-z])[\s:：,，]*")}

# A verb of one character, written against what follows: 记华星电话, 派@李雷, 找华星.
_SHORT = re.compile(r"记(?=[\u3400-\u9fff])(?![得者忆住账录忘])|派(?=[@<])|[找查搜](?=[\u3400-\u9fff]{2})")
# What happened, told without a verb: 昨天拜访华星, "yesterday met Acme".
_TOLD = re.compile(
    r"(?:昨[天日晚]|前天|上周[一二三四五六日]?|刚刚?|刚才)(?:上午|下午|晚上|早上|中午)?[ ,，]?"
    r"(?P<kind>[\u3400-\u9fff]+)"
    r"|今天(?:上午|下午|早上|中午)?[ ,，]?(?P<done>[\u3400-\u9fff]+?)[了过完]"
    r"|(?:yesterday|earlier today|just|this morning),? (?P<past>[a-z]+(?:ed|et|ang))(?![a-z])"
)

VERBS: tuple[str, ...] = tuple(TABLES["en"]["verbs"])


@cache
def _verb_words() -> dict[str, str]:
    return {
        word.casefold(): verb
        for table in TABLES.values()
        for verb, words in table["verbs"].items()
        for word in (verb, *words)
    }


def verb_words(verb: str, language: str) -> list[str]:
    """The words for a verb in one language, the usual one first."""
    return list(TABLES[language]["verbs"].get(verb, ()))


def verb_of(word: str) -> str | None:
    """The verb that a word names in any language, or None."""
    return _verb_words().get(word.strip().casefold())


def verb_prefix(word: str) -> tuple[str, int] | None:
    """The verb that Chinese words begin with where no space follows it (商机华星), and its length."""
    for length in range(min(len(word) - 1, 5), 1, -1):
        found = word[:length]
        if not found.isascii() and (verb := verb_of(found)):
            if verb in ("day", "week") and word[length:]:
                return None  # 今天拜访了华星 asks for no day
            return verb, length
    if (short := _SHORT.match(word)) and (verb := verb_of(short[0])):
        return verb, 1
    return None


@lru_cache(maxsize=256)  # A few commands are typed all day: help, day, pipeline.
def split_verb(text: str) -> tuple[str | None, str]:
    """The verb that a command begins with, or None, and the words after it.

    A verb that says what happened, such as "call" or 拜访, stays with the words: it is the kind of activity;
    so do "nps", the kind of score, and "won", the stage.
    """
    folded = fold(text[:_LONGEST_START])
    verb, start = verb_at_start(folded.folded)
    if verb is None:
        return None, text
    return verb, text[folded.origin[start] :] if start < len(folded.folded) else text[_LONGEST_START:]


def verb_at_start(folded: str) -> tuple[str | None, int]:
    """The verb that a folded text begins with, and where its words begin. See split_verb."""
    first = _FIRST.match(folded)
    if not first:
        return None, 0
    told = _TOLD.match(folded, first.end())
    if told and _begins_with_kind(told["kind"] or told["done"] or told["past"]):
        begins_now = told[0].startswith(("刚", "just"))
        return "log", told.start(told.lastgroup or 0) if begins_now else first.end()
    for words in (2, 1):
        found = _WORDS[words].match(folded, first.end())
        if found and (verb := verb_of(found[1])):
            return verb, first.end() if _says_more(verb, found[1]) else found.end()
    glued = _WORDS[1].match(folded, first.end())
    if glued and (prefix := verb_prefix(glued[1])):
        verb, length = prefix
        return verb, first.end() + (0 if _says_more(verb, glued[1][:length]) else length)
    return None, 0


@cache
def _kinds() -> frozenset[str]:
    sections = [table[name] for table in TABLES.values() for name in ("kinds", "scores")]
    return frozenset(word for section in sections for words in section.values() for word in words)


def _says_more(verb: str, word: str) -> bool:
    """Whether the verb's word is itself a part of the line: the kind of activity or score, or the stage."""
    if verb == "stage":
        return any(word in words for table in TABLES.values() for words in table["stages"].values())
    return verb in ("log", "satisfaction") and word in _kinds()


def _begins_with_kind(words: str) -> bool:
    if words.isascii():
        return words in _kinds()
    return any(words[:length] in _kinds() for length in range(2, 6)) and not words.endswith("吗")


def nearest_verb(word: str) -> str | None:
    """The verb whose word looks most like an unknown one, or None where nothing is near."""
    from rapidfuzz import fuzz, process  # 20 ms that only a slip of the pen costs

    typed = word.strip().casefold()[:40]
    found = process.extractOne(typed, _verb_words().keys(), scorer=fuzz.ratio, score_cutoff=60)
    return _verb_words()[found[0]] if found else None
