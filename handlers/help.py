"""Help: what there is to say, and more on one topic."""

from bot.commands import Help
from bot.grammar import TOPICS
from bot.replies import Button, Reply, Say
from bot.wording import words
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example

_OFFERED = ("new", "checkin", "see", "together")


def help_(asking: Asking, command: Help) -> Reply:
    """The overview, or one topic with lines to copy."""
    topic = command.topic if command.topic in TOPICS else ""
    if topic and words(asking.locale).has(f"help_{topic}"):
        return Reply((Say(f"help_{topic}"), example(asking, f"help_{topic}_example")), card="help", private=True)
    buttons = tuple(Button(f"button_help_{name}", f"help {name}") for name in _OFFERED)
    parts = (Say("help_title", role="title"), Say("help"), example(asking, "help_example"), cards.row_of(*buttons))
    return Reply(parts, card="help", private=True)
