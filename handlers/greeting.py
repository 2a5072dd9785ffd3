"""First contact: whoever opens their conversation with Tenday is greeted once, with one thing to do; nobody is written to unasked."""

from bot.commands import Hello
from bot.replies import Button, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example


def hello(asking: Asking, command: Hello) -> Reply:
    """Shows somebody around: the first member sets the company up, everybody else writes their first objective."""
    facts = {"who": asking.member.name, "first": asking.member.admin}
    parts = (
        Say("greeting_title", facts, role="title"),
        Say("greeting", facts),
        example(asking, "greeting_example"),
        cards.row_of(Button("button_begin", "new", style="primary")),
    )
    return Reply(parts, card="hello", private=True)
