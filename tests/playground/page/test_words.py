"""The page speaks Chinese wherever it speaks English."""

import re
from pathlib import Path

import bot.playground.page
from bot.i18n import translate
from bot.playground.page.deeds import Deeds

HERE = Path(bot.playground.page.__file__).parent
SAID = re.compile(r"""(?:say|N_)\(\s*(["'])((?:(?!\1).)+)\1""", re.DOTALL)


def test_every_word_of_the_page_has_its_chinese() -> None:
    files = [*HERE.glob("*.py"), *HERE.glob("templates/*.html")]
    words = {found[2] for file in files for found in SAID.finditer(file.read_text(encoding="utf-8"))}
    assert len(words) > 60
    assert not sorted(word for word in words if translate("zh-CN", word) == word)


def test_what_the_script_asks_for_the_server_does() -> None:
    scripts = " ".join(file.read_text(encoding="utf-8") for file in HERE.glob("static/*.js"))
    asked = set(re.findall(r'post\("([\w-]+)"', scripts))
    assert asked == set(Deeds.names)
