"""Help: what there is to say, and more on one topic."""

from bot.commands import Help
from bot.grammar import TOPICS
from bot.replies import Button, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example

_OFFERED = (("new", "checkin", "see", "together"), ("change", "share", "team"), ("pulse", "away", "week", "score"))
_ON_PAGE = {
    "new": ("publish", "discard"),
    "checkin": ("correct", "undo", "note", "line"),
    "see": ("mine", "show", "history", "references"),
    "together": ("ask", "accept", "decline", "answer"),
    "change": ("edit", "add", "weight", "drop", "close", "reopen", "transfer", "rhythm"),
    "share": ("comment", "comments", "resolve", "private", "public"),
    "team": ("teams", "company", "lead", "cycles"),
    "week": ("daily", "my week", "my cycle", "agenda", "decision", "coach"),
    "pulse": ("remind", "skip", "same", "snooze", "why", "quiet", "mute"),
    "away": ("back", "workdays", "country"),
    "score": ("lesson", "closing", "carry", "quarter"),
}
_PAGES = {topic: page for page, topics in _ON_PAGE.items() for topic in (page, *topics)}

assert set(TOPICS) >= _PAGES.keys()


def help_(asking: Asking, command: Help) -> Reply:
    """The overview, or the page that a topic is on, with lines to copy."""
    page = _PAGES.get(command.topic)
    if page:
        return Reply((Say(f"help_{page}"), example(asking, f"help_{page}_example")), card="help", private=True)
    rows = (cards.row_of(*(Button(f"button_help_{name}", f"help {name}") for name in row)) for row in _OFFERED)
    return Reply((Say("help_title", role="title"), Say("help"), example(asking, "help_example"), *rows), card="help", private=True)
