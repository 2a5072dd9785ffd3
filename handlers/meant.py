"""What a command that changes something is about: the row, held against other writers, and whether the asker may change it."""

from dataclasses import dataclass

from bot.commands import Ref
from handlers import cards, references
from handlers.asking import Asking
from handlers.refusals import Refusal
from storage.access import acts_for
from storage.okrs import KeyResult, Objective, held


@dataclass(frozen=True)
class Meant:
    """An objective, or one of its key results."""

    objective: Objective
    key_result: KeyResult | None = None

    @property
    def row(self) -> Objective | KeyResult:
        """What is to be changed."""
        return self.key_result or self.objective

    @property
    def ref(self) -> str:
        """Its number as people write it."""
        return f"KR{self.objective.number}.{self.key_result.number}" if self.key_result else f"O{self.objective.number}"

    @property
    def by_id(self) -> Ref:
        """The same as buttons say it."""
        return Ref(id=f"k{self.key_result.id}" if self.key_result else f"o{self.objective.id}")

    @property
    def counts(self) -> bool:
        """Whether it is published, so that a change of it is told with its reason."""
        return self.objective.state == "published"


def is_key_result(ref: Ref) -> bool:
    """Whether a reference names a key result."""
    return ref.key_result is not None or ref.id.startswith("k")


def to_change(asking: Asking, ref: Ref, *, states: tuple[str, ...] = ("draft", "published"), whole: bool = False) -> Meant:
    """What is meant, held, when the asker may change it.

    Who may: whoever acts for the objective, and a key result's owner for that key result; whole: the former alone, because the
    objective's other key results are touched as well.
    """
    meant = _held(asking, ref, dropped="dropped" in states)
    _refuse_others(asking, meant, whole=whole)
    if meant.objective.state not in states:
        raise Refusal("is_over", ref=meant.ref, state=meant.objective.state, copy=_way_back(meant))
    return meant


def _held(asking: Asking, ref: Ref, *, dropped: bool) -> Meant:
    if not is_key_result(ref):
        [objective] = held(asking.session, [references.objective(asking, ref)])
        return Meant(objective)
    row, parent = references.key_result(asking, ref, dropped=dropped)
    [parent] = held(asking.session, [parent])  # the objective first, as everywhere, so that two writers never wait for each other
    fresh, _ = references.key_result(asking, Ref(id=f"k{row.id}"), lock=True, dropped=dropped)
    return Meant(parent, fresh)


def _refuse_others(asking: Asking, meant: Meant, *, whole: bool) -> None:
    row = meant.key_result
    if acts_for(asking.session, meant.objective, asking.me) or (row is not None and not whole and row.owner_id == asking.me):
        return
    doer = asking.person(row.owner_id) if row is not None and not whole else None
    raise Refusal(
        "not_yours_to_change",
        ref=meant.ref,
        owner=cards.owner_fact(asking, meant.objective),
        kind=meant.objective.owner_kind,
        doer=doer if doer != cards.owner_fact(asking, meant.objective) else None,
    )


def _way_back(meant: Meant) -> str:
    return f"reopen {meant.ref}" if meant.objective.state in ("closed", "dropped") else ""
