"""The one grammar that all rules join."""

from bot.language.grammar import Grammar
from bot.language.spans import Context

GRAMMAR: Grammar[Context] = Grammar()
rule = GRAMMAR.rule
