"""Make bot/fonts: one face for both scripts, cut from Noto Sans CJK SC and Noto Sans, Regular and Bold.

A fresh machine has no Chinese font, no package index has one that fits, and the whole family weighs 40 MB.
The Chinese face has no Polish, Turkish or Vietnamese letters and few currency signs: the other lends them.
Run this only to change the set of characters; the results are kept in the repository.

    apt-get install fonts-noto-cjk fonts-noto-core unicode-data
    pip install fonttools
    python scripts/make_fonts.py
"""

import bz2
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

CHINESE = Path("/usr/share/fonts/opentype/noto")
LATIN = Path("/usr/share/fonts/truetype/noto")
UNIHAN = Path("/usr/share/unicode")
FACE = "Noto Sans CJK SC"
NAME = "Dealdesk Sans"
WEIGHTS = ("Regular", "Bold")
VARIATION_SEQUENCES = 14
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


def cut(font: TTFont, characters: set[str]) -> TTFont:
    """The font with these characters alone."""
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != VARIATION_SEQUENCES]
    # No other region's glyphs, no vertical writing, no hints: they double the size and nothing uses them.
    options = subset.Options(hinting=False, layout_features=["kern", "mark"], notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    saved = BytesIO()
    font.save(saved)
    return TTFont(saved, recalcTimestamp=False)


def lend(lender: TTFont, borrower: TTFont, characters: set[str]) -> None:
    """Draw what `borrower`, a CFF font by CID, lacks and `lender` has into `borrower`.

    One font and not two: the chart engine gives a whole name with one foreign letter to whichever font of the
    machine has all of it.
    """
    held, names = borrower.getBestCmap(), lender.getBestCmap()
    glyphs, cff = lender.getGlyphSet(), borrower["CFF "].cff
    top = cff.topDictIndex[0]
    order = borrower.getGlyphOrder()
    kind = top.FDSelect[borrower.getGlyphID(held[ord("A")])]
    private = top.FDArray[kind].Private
    unused = (name for name in map("cid{:05d}".format, range(1, 0xFFFF)) if name not in top.CharStrings)
    scale = borrower["head"].unitsPerEm / lender["head"].unitsPerEm
    for point in sorted(map(ord, characters)):
        if point in held or point not in names:
            continue
        width = round(glyphs[names[point]].width * scale)
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        glyphs[names[point]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        name = next(unused)
        top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex)
        top.CharStrings.charStringsIndex.append(pen.getCharString(private, cff.GlobalSubrs))
        top.FDSelect.append(kind)
        if top.charset is not order:
            top.charset.append(name)
        order.append(name)
        borrower["hmtx"].metrics[name] = (width, round(lender["hmtx"][names[point]][1] * scale))
        for table in borrower["cmap"].tables:
            table.cmap[point] = name
    borrower.setGlyphOrder(order)


def rename(font: TTFont, weight: str) -> None:
    """Give it a name of its own, so that a machine's own Noto, without the lent letters, never stands in."""
    postscript = f"{NAME.replace(' ', '')}-{weight}"
    for record in font["name"].names:
        names = {1: NAME, 3: postscript, 4: f"{NAME} {weight}", 6: postscript, 16: NAME}
        if record.nameID in names:
            record.string = names[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FullName, cff.topDictIndex[0].FamilyName = f"{NAME} {weight}", NAME


def main() -> None:
    """Write both weights and print what they hold."""
    characters = wanted()
    for weight in WEIGHTS:
        font = cut(face(weight), characters)
        lend(TTFont(LATIN / f"NotoSans-{weight}.ttf"), font, characters)
        rename(font, weight)
        path = FOLDER / f"DealdeskSans-{weight}.otf"
        font.save(path)
        held = len(TTFont(path).getBestCmap())
        print(f"{path.name}: {held:,} characters, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
