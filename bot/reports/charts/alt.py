"""The text beside a picture: sentences with every figure in it, for those who hear or cannot load it."""

from collections.abc import Iterable

from bot.i18n import language_of, translate


def heading(title: str, subtitle: str, locale: str) -> str:
    """Title and subtitle as a sentence."""
    if not subtitle:
        return translate(locale, "{title}.", title=title)
    return translate(locale, "{title}. {subtitle}.", title=title, subtitle=subtitle)


def listed(items: Iterable[str], locale: str) -> str:
    """Items in a row, with the reader's comma."""
    return ("，" if language_of(locale) == "zh" else ", ").join(items)


def sentences(parts: Iterable[str], locale: str) -> str:
    """Sentences in a row; the empty ones left out."""
    return ("" if language_of(locale) == "zh" else " ").join(part for part in parts if part)
