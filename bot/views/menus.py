"""Menus: modals of buttons, and what stands in their place once one was pressed."""

from collections.abc import Sequence

from bot.i18n import translator
from bot.views.blocks import Block, Message, View, modal, section
from bot.views.text import cut


def menu(title: str, blocks: Sequence[Block], locale: str) -> View:
    """A modal whose buttons are answered in its place."""
    close = translator(locale)("Close")
    return modal(cut(title, 24), None, blocks, callback="menu", close=close, menu=True)


def answered(message: Message, title: str, locale: str) -> View:
    """A message in the place of the menu; its own buttons are answered there too."""
    return menu(title, message.blocks or (section(message.text),), locale)
