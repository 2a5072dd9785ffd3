"""What the coach looks at, and what it says: plain frozen facts that any handler can build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Level = Literal["warn", "ask", "info"]


@dataclass(frozen=True)
class KeyResultDraft:
    """A key result as written. start, target: None when not said. confidence: 0–10 at the start. stages: how many.

    owned: somebody answers for it (the objective's owner counts). ref: "KR1.2" when it has a number already.
    """

    title: str
    metric: str = "done"
    unit: str = ""
    start: Decimal | float | None = None
    target: Decimal | float | None = None
    direction: str = "up"
    guardrail: bool = False
    weight: Decimal | float | None = None
    due: date | None = None
    owned: bool = True
    confidence: float | None = None
    stages: int = 0
    ref: str = ""

    @property
    def measured(self) -> bool:
        """Whether it says how far: a target, or stages."""
        return self.target is not None or self.stages > 0


@dataclass(frozen=True)
class ObjectiveDraft:
    """An objective as written. aligned: None when there is nothing that it could be aligned to.

    parents: the texts of what it is aligned to. ref: "O1" when it has a number already.
    """

    title: str
    key_results: tuple[KeyResultDraft, ...] = ()
    why: str = ""
    kind: str | None = None
    aligned: bool | None = None
    parents: tuple[str, ...] = ()
    ref: str = ""

    @property
    def results(self) -> tuple[KeyResultDraft, ...]:
        """The key results that count: all but guardrails."""
        return tuple(k for k in self.key_results if not k.guardrail)


@dataclass(frozen=True)
class Writing:
    """What one person has just written.

    others: how many further objectives of theirs the cycle holds. previous: titles of the last cycle, objectives and KRs.
    cycle_end: the cycle's last day. publishing: they are about to publish, so Q8 is asked once.
    """

    objectives: tuple[ObjectiveDraft, ...]
    others: int = 0
    previous: tuple[str, ...] = ()
    cycle_end: date | None = None
    publishing: bool = False


@dataclass(frozen=True)
class Limits:
    """Where the rules draw their lines; sources differ, so all of them are settings. Confidences: 0–10."""

    objectives: int = 3
    objectives_most: int = 5
    key_results_least: int = 2
    key_results_most: int = 5
    words_most: int = 18
    characters_most: int = 40
    confidence_least: float = 2.5
    confidence_most: float = 9.0
    likeness: float = 90.0


@dataclass(frozen=True)
class Remark:
    """One thing to make better. about: the objective's index, and the key result's or None. prompt: its wording.

    facts: rule, ref, title and example, and what else the prompt needs. example: the writer's words, made better.
    """

    rule: str
    level: Level
    about: tuple[int, int | None]
    prompt: str
    example: str
    facts: Mapping[str, Any] = field(default_factory=dict)
