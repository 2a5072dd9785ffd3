"""A clean page written from what was recorded: sections of facts, cut to what one message holds, and the same as text to copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies import Copy, Item, Part, Say
from bot.wording import words
from handlers.asking import Asking

# What both platforms hold in one message twice, as a page and as text to copy: a character of 中文 takes three bytes.
ROOM = 2400
MOST_LINES = 12


@dataclass(frozen=True)
class Section:
    """A heading and its lines. more: the prompt of the command that shows its writer what there is no room for."""

    title: Say
    lines: tuple[Say, ...]
    more: str = ""


@dataclass(frozen=True)
class Page:
    """A title and its sections, those without a line left out. hidden: how many private objectives its reader may not see."""

    title: Say
    sections: tuple[Section, ...]
    hidden: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.sections


def page(title: Say, sections: Sequence[Section], *, hidden: int = 0) -> Page:
    """A page of the sections that say something."""
    return Page(title, tuple(s for s in sections if s.lines), hidden)


def parts_of(asking: Asking, shown: Page, *, own: bool = True) -> list[Part]:
    """The page as it is shown: each section gets its share of the room, and says how many lines it left out. own: to its writer."""
    room = ROOM // max(1, len(shown.sections))
    return [shown.title, *(_item(asking, section, room, own=own) for section in shown.sections)]


def _item(asking: Asking, section: Section, room: int, *, own: bool) -> Item:
    said = words(asking.locale)
    fitting: list[Say] = []
    for line in section.lines[:MOST_LINES]:
        room -= len(said.plain(line))
        if room < 0 and fitting:
            break
        fitting.append(line)
    left = len(section.lines) - len(fitting)
    copy = said.plain(Say(section.more)) if own and said.has(section.more) else ""
    more = (Say("page_more", {"count": left, "copy": copy}, role="note"),) if left else ()
    return Item(section.title, body=(*fitting, *more))


def as_text(asking: Asking, parts: Sequence[Part]) -> Copy:
    """The same in letters alone, to be copied elsewhere."""
    said = words(asking.locale)
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Say):
            lines.append(said.plain(part))
        elif isinstance(part, Item):
            lines += ["", said.plain(part.head), *(f"- {said.plain(line)}" for line in part.body)]
    return Copy("\n".join(lines))
