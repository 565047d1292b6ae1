"""Laws of the languages: every message exists in each, says the same values, and is said in one way."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.main import get_command

import bot
from bot.cli import app
from bot.cli.speaking import helps
from bot.domain.errors import Refusal
from bot.domain.stages import FIRST_STAGES

CODE = Path(bot.__file__).parent
IN_TEMPLATES = re.compile(r"""\bsay\(\s*["']([^"']+)["']""")
TRANSLATING = {"_", "N_", "say"}


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        position = 1 if name == "translate" else 0
        if name in TRANSLATING | {"translate"} and len(node.args) > position:
            for each in _texts(node.args[position]):
                yield node.lineno, each


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield of
    for each in of.__subclasses__():
        yield from _refusals(each)


def _messages() -> dict[str, str]:
    found = {}
    for file in CODE.rglob("*.py"):
        for line, text in _literals(ast.parse(file.read_text(encoding="utf-8"))):
            found[text] = f"{file.relative_to(CODE)}:{line}"
    for file in CODE.rglob("*.html"):
        for text in IN_TEMPLATES.findall(file.read_text(encoding="utf-8")):
            found[text] = str(file.relative_to(CODE))
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for refusal in _refusals():
        found[refusal.message] = refusal.__qualname__
    for each in helps(get_command(app)):
        found[" ".join(str(each.help).split())] = f"the help of {each.name}"
    return found | {name: "FIRST_STAGES" for name, _kind in FIRST_STAGES}


MESSAGES = _messages()


def _catalogs(language: str) -> Iterator[tuple[str, str, str]]:
    for file in sorted((CODE / "i18n" / language / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, abort_invalid=True):
                if message.id:
                    yield file.name, str(message.id), str(message.string)


@pytest.mark.parametrize("language", ["zh_CN"])
def test_every_message_is_translated(language: str) -> None:
    translated = {english for _, english, text in _catalogs(language) if text}
    missing = {
        f"{where}: {english}" for english, where in MESSAGES.items() if english and english not in translated
    }
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("language", ["zh_CN"])
def test_no_translation_outlives_its_message(language: str) -> None:
    stale = {f"{file}: {english}" for file, english, _ in _catalogs(language) if english not in MESSAGES}
    assert not stale, "\n".join(sorted(stale))


@pytest.mark.parametrize("language", ["zh_CN"])
def test_what_is_bold_stands_apart_from_words(language: str) -> None:
    """Slack shows the asterisks themselves where a word touches them, and Chinese has no spaces."""
    touched = re.compile(r"\w\*\{\w+\}\*|\*\{\w+\}\*\w")
    wrong = [f"{file}: {text}" for file, _, text in _catalogs(language) if touched.search(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["zh_CN"])
def test_a_translation_fills_the_same_placeholders(language: str) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", text))

    wrong = {english for _, english, text in _catalogs(language) if names(text) - names(english)}
    lost = {english for _, english, text in _catalogs(language) if names(english) - names(text) - {"count"}}
    assert not wrong | lost


@pytest.mark.parametrize("language", ["zh_CN"])
def test_one_message_is_said_in_one_way(language: str) -> None:
    said: dict[str, set[str]] = {}
    for _, english, text in _catalogs(language):
        said.setdefault(english, set()).add(text)
    assert not {english: texts for english, texts in said.items() if len(texts) > 1}


@pytest.mark.parametrize("language", ["zh_CN"])
def test_emphasis_touches_no_letter_or_slack_shows_its_stars(language: str) -> None:
    stars = re.compile(r"\w\*[^*\s][^*]*\*|\*[^*\s][^*]*\*\w")
    wrong = {text for _, _, text in _catalogs(language) if stars.search(text)}
    assert not wrong, "\n".join(sorted(wrong))


def test_chinese_says_one_you_to_colleagues_and_the_polite_one_to_customers_alone() -> None:
    letters = {text for _, english, text in _catalogs("zh_CN") if english.startswith("Hello,")}
    polite = {text for _, _, text in _catalogs("zh_CN") if "您" in text}
    assert polite == letters
    assert not any("你" in text for text in letters)
