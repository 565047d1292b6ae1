"""Make the playground's emoji font: those of Noto Color Emoji that the bot or the page ever writes.

A fresh machine has no emoji font, and every card begins with one. Run this after new ones are written; the
result is kept in the repository.

    apt-get install fonts-noto-color-emoji
    pip install fonttools brotli
    python scripts/make_emoji.py
"""

import re
from pathlib import Path

from fontTools import subset

SOURCE = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
BOT = Path(__file__).parent.parent / "bot"
TARGET = BOT / "playground" / "page" / "static" / "emoji.woff2"
WRITTEN_IN = (".py", ".po", ".html", ".js", ".toml")
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u23e9-\u23ff\u203c\u2139\u2194-\u21aa\u231a\u231b\ufe0f]"
)


def main() -> None:
    """Write the font."""
    files = (path for path in BOT.rglob("*") if path.suffix in WRITTEN_IN)
    written = {emoji for path in files for emoji in EMOJI.findall(path.read_text("utf-8"))}
    options = subset.Options(flavor="woff2", layout_features=["*"])
    font = subset.load_font(str(SOURCE), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(written))
    subsetter.subset(font)
    subset.save_font(font, str(TARGET), options)


if __name__ == "__main__":
    main()
