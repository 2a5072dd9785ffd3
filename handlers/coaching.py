"""What the coach would change in a draft, as remarks for its card."""

from bot.replies import Part
from handlers.asking import Asking
from handlers.views import ObjectiveView


def remarks(asking: Asking, view: ObjectiveView, *, most: int) -> list[Part]:
    """The coach's most useful remarks on a draft."""
    return []
