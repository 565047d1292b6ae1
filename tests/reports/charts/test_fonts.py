"""The fonts of the package hold what a Chinese sales team writes."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

import bot
from bot.reports.charts.engine import FONT, FONTS

WEIGHTS = ["Regular", "Bold"]


@pytest.fixture(scope="module", params=WEIGHTS)
def face(request: pytest.FixtureRequest) -> TTFont:
    return TTFont(FONTS / f"DealdeskSans-{request.param}.otf", lazy=True)


def test_a_face_holds_every_character_of_the_national_encoding(face: TTFont) -> None:
    held = face.getBestCmap()
    rows = (bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    national = {character for row in rows for character in row.decode("gb2312", "ignore")}
    assert len(national) == 6763
    assert not {character for character in national if ord(character) not in held}


def test_a_face_holds_rare_names_foreign_letters_and_the_worlds_currency_signs(face: TTFont) -> None:
    texts = "喆堃翀赟昇珺玥祎嫒邰镕鈞國華臺灣龍鳳麗 ŁźĞşřĐảộñüΏЄ ¥$€£₩₹₽₫₦₪₺ ，。「」（）％１２→↓…—·"
    assert [character for character in texts if ord(character) not in face.getBestCmap()] == []


def test_a_face_holds_every_character_of_every_message(face: TTFont) -> None:
    held = face.getBestCmap()
    files = sorted((Path(bot.__file__).parent / "i18n").glob("*/LC_MESSAGES/*.po"))
    assert files
    for file in files:
        with file.open("rb") as opened:
            messages = [str(message.string) for message in read_po(opened)]
        missing = {
            character for character in "".join(messages) if character.isalnum() and ord(character) not in held
        }
        assert not missing, file.name


def test_the_face_has_the_name_that_charts_ask_for(face: TTFont) -> None:
    assert face["name"].getDebugName(1) == FONT


def test_the_licence_goes_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
