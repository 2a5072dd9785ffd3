"""The names in a form's text and fields: `form objective #o5 1,2,n1 gone=3`, and what stands in which field. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.commands import Submit
from bot.grammar import phrase

MOST_ROWS = 8  # a Slack modal holds 100 blocks, and a key result takes ten


class Outdated(Exception):
    """A form's text is none that this program draws: it was opened before an upgrade."""


@dataclass(frozen=True)
class Plan:
    """What an objective's form is about.

    target: "new" or "#o5". rows: a key result's number for one that is there ("2"), "n1" for a new one. gone: numbers to be dropped.
    cycle, team: of a new objective; team None for one's own, "" for the company.
    """

    target: str
    rows: tuple[str, ...]
    gone: tuple[str, ...] = ()
    cycle: str = ""
    team: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether it makes a new objective."""
        return self.target == "new"

    def text(self, *press: str) -> str:
        """The form's text; press: what a button inside it asks for."""
        words = [self.target, ",".join(self.rows) or "-", *press]
        words += [f"gone={','.join(self.gone)}"] if self.gone else []
        words += [f"for={self.cycle}"] if self.cycle else []
        words += [] if self.team is None else [f"team={self.team}"]
        return phrase(Submit("objective", tuple(words)))

    def more(self) -> "Plan":
        """With an empty key result more."""
        return replace(self, rows=(*self.rows, free(self.rows)))

    def less(self, row: str) -> "Plan":
        """Without a key result; one that is there will be dropped."""
        gone = (*self.gone, row) if row in self.rows and row.isdecimal() else self.gone
        return replace(self, rows=tuple(r for r in self.rows if r != row), gone=gone)


def free(rows: Iterable[str]) -> str:
    """A name for a new row."""
    taken = [int(row[1:]) for row in rows if row.startswith("n")]
    return f"n{max(taken, default=0) + 1}"


def read(words: tuple[str, ...]) -> tuple[Plan, str]:
    """The plan that a form's words say, and what was pressed in it: "", "more" or "less=ROW". Raises Outdated."""
    if len(words) < 2:
        raise Outdated
    target, listed, *rest = words
    rows = () if listed == "-" else tuple(listed.split(","))
    if not (target == "new" or target.startswith("#o")) or not all(r.removeprefix("n").isdecimal() and len(r) < 6 for r in rows):
        raise Outdated
    said = dict(word.partition("=")[::2] for word in rest)
    pressed = next((word for word in rest if word == "more" or word.startswith("less=")), "")
    gone = tuple(g for g in said.get("gone", "").split(",") if g.isdecimal())
    return Plan(target, rows, gone, said.get("for", ""), said.get("team")), pressed


@dataclass
class Filled:
    """What stands in a form: texts and people (as a text of mentions) by field name, and what is wrong with which."""

    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "Filled":
        """As it was sent."""
        return cls({name: text.strip() for name, text in fields.items()})

    def get(self, name: str) -> str:
        """What stands in a field, "" for one that the form did not have."""
        return self.texts.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the form had the field: one drawn by an older program may not."""
        return name in self.texts

    def typed(self) -> str:
        """Everything that was typed, line by line, so that nothing of it is lost."""
        return "\n".join(text for text in self.texts.values() if text)


def named(row: str, what: str) -> str:
    """A key result's field: `kr_n1_title`."""
    return f"kr_{row}_{what}"
