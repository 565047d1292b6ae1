"""Make bot/fonts: Noto Sans CJK SC and Noto Sans, Regular and Bold, cut down to what sales records need.

A fresh machine has no Chinese font, no package index has one that fits, and the whole family weighs 40 MB.
The Chinese face has no Polish, Turkish or Vietnamese letters and few currency signs: the other brings them.
Run this only to change the set of characters; the results are kept in the repository.

    apt-get install fonts-noto-cjk fonts-noto-core unicode-data
    pip install fonttools
    python scripts/make_fonts.py
"""

import bz2
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

CHINESE = Path("/usr/share/fonts/opentype/noto")
LATIN = Path("/usr/share/fonts/truetype/noto")
UNIHAN = Path("/usr/share/unicode")
FACE = "Noto Sans CJK SC"
WEIGHTS = ("Regular", "Bold")
VARIATION_SEQUENCES = 14

# Left to the second face: with them in the first, "ź" would be drawn as its "z" and a stray accent.
COMBINING = {chr(point) for point in range(0x0300, 0x0370)}
FOLDER = Path(__file__).parent.parent / "bot" / "fonts"

# Latin with its accents, Greek, Cyrillic, punctuation, currency signs, letterlike signs, arrows, mathematics,
# boxes and shapes, CJK punctuation and kana, full-width forms.
BLOCKS = (
    (0x0020, 0x024F),
    (0x02B0, 0x036F),
    (0x0370, 0x04FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x20CF),
    (0x2100, 0x22FF),
    (0x2460, 0x266F),
    (0x2713, 0x2717),
    (0x3000, 0x30FF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
)


def unihan(field: str) -> Iterator[tuple[str, str]]:
    """Every (character, value) of one field of the Unicode Han database, whichever of its files holds it."""
    for path in sorted(UNIHAN.glob("Unihan_*.txt.bz2")):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                point, _, rest = line.partition("\t")
                name, _, value = rest.rstrip("\n").partition("\t")
                if name == field and not line.startswith("#"):
                    yield chr(int(point.removeprefix("U+"), 16)), value


def double_bytes(codec: str, lead: range, trail: Iterable[int]) -> set[str]:
    """The characters which a two-byte encoding gives to these bytes."""
    decoded = (bytes([first, second]).decode(codec, "ignore") for first in lead for second in list(trail))
    return {character for character in decoded if len(character) == 1}


def wanted() -> set[str]:
    """通用规范汉字表 with its traditional forms, GB 2312, the first level of Big5, and BLOCKS."""
    standard = {character for character, _ in unihan("kTGH")}
    if len(standard) != 8105:
        sys.exit(f"通用规范汉字表 has 8,105 characters, {UNIHAN} gives {len(standard)}.")
    traditional = {
        chr(int(point.removeprefix("U+"), 16))
        for character, points in unihan("kTraditionalVariant")
        if character in standard
        for point in points.split()
    }
    gb2312 = double_bytes("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
    big5 = double_bytes("big5", range(0xA1, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    blocks = {chr(point) for first, last in BLOCKS for point in range(first, last + 1)}
    return standard | traditional | gb2312 | big5 | blocks


def face(weight: str) -> TTFont:
    """The simplified Chinese face of one weight, out of Debian's collection of all of them."""
    for font in TTCollection(CHINESE / f"NotoSansCJK-{weight}.ttc", lazy=True):
        if font["name"].getDebugName(1) == FACE or font["name"].getDebugName(16) == FACE:
            return font
    sys.exit(f"No {FACE} {weight} in {CHINESE}.")


def cut(font: TTFont, characters: set[str], path: Path) -> set[str]:
    """Write the font with these characters alone; the characters that it turned out to have."""
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != VARIATION_SEQUENCES]
    # No other region's glyphs, no vertical writing, no hints: they double the size and nothing uses them.
    options = subset.Options(hinting=False, layout_features=["kern", "mark"], notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    font.recalcTimestamp = False
    font.save(path)
    held = {chr(point) for point in TTFont(path).getBestCmap()}
    print(f"{path.name}: {len(held):,} characters, {path.stat().st_size / 1e6:.2f} MB")  # noqa: T201
    return held


def main() -> None:
    """Write both faces in both weights and print what they hold."""
    characters = wanted()
    for weight in WEIGHTS:
        held = cut(face(weight), characters - COMBINING, FOLDER / f"NotoSansSC-{weight}.otf")
        latin = TTFont(LATIN / f"NotoSans-{weight}.ttf")
        cut(latin, characters - held, FOLDER / f"NotoSans-{weight}.ttf")


if __name__ == "__main__":
    main()
