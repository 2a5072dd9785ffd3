"""OKR texts as people write and paste them, in English and 中文: recognised, read, and written back."""

from bot.grammar.documents.canonical import text_of
from bot.grammar.documents.reading import is_document, read, read_key_result

__all__ = ["is_document", "read", "read_key_result", "text_of"]
