"""What people type → a command, and a command → the text that says it; it knows the words and no OKR."""

from bot.grammar.phrase import phrase
from bot.grammar.reading import parse
from bot.grammar.shapes import TOPICS

__all__ = ["TOPICS", "parse", "phrase"]
