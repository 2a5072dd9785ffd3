"""Lines to copy that are words of a language, taken from the prompts like every other word."""

from typing import Any

from bot.replies import Copy, Say
from bot.wording import words
from handlers.asking import Asking


def example(asking: Asking, prompt: str, **facts: Any) -> Copy:
    """A prompt's words as text to copy, in the asker's language."""
    return Copy(words(asking.locale).plain(Say(prompt, facts)))
