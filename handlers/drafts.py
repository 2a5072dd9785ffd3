"""Makes drafts out of OKR texts as they were understood, and changes a draft to another text."""

from dataclasses import dataclass, field
from datetime import date

from bot.commands import KeyResultText, ObjectiveText, StageText, When, Who
from bot.grammar import dates
from handlers import people
from handlers.asking import Asking
from handlers.outbox import tell_request
from handlers.pen import Pen
from handlers.refusals import Refusal
from storage.okrs import (
    Cycle,
    KeyResult,
    Objective,
    Request,
    Stage,
    every_key_result_of,
    key_results_in,
    next_key_result_number,
    next_objective_number,
    requests_on,
    stages_in,
)

LONGEST_TITLE = 600
MOST_KEY_RESULTS = 40
MOST_OBJECTIVES = 30
UNPLACED = " ⏎ "


@dataclass
class Notes:
    """What could not be taken as it was typed, to be pointed out: nothing is guessed silently."""

    strangers: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


@dataclass
class Drafting:
    """One act of writing: who writes, into which cycle, and what was noticed on the way."""

    asking: Asking
    pen: Pen
    cycle: Cycle
    notes: Notes = field(default_factory=Notes)

    def add(self, text: ObjectiveText, owner_kind: str, owner_id: int) -> Objective:
        """Stores a new draft with its key results."""
        check(text)
        session = self.asking.session
        assert self.cycle.id is not None
        row = Objective(
            cycle_id=self.cycle.id,
            owner_kind=owner_kind,
            owner_id=owner_id,
            number=next_objective_number(session, self.cycle.id, owner_kind, owner_id),
            title="",
            made_by=self.asking.me,
            made_at=self.asking.now,
        )
        self._say(row, text)
        self.pen.add(row, field="state", absent="discarded")
        self._write_key_results(row, text.key_results)
        self._ask_all(row, text)
        return row

    def replace(self, row: Objective, text: ObjectiveText) -> None:
        """Gives a draft another text: key results keep their numbers by place, the rest are added or dropped."""
        check(text)
        fresh = Objective(
            cycle_id=row.cycle_id, owner_id=row.owner_id, number=row.number, title="", made_by=row.made_by, made_at=row.made_at
        )
        self._say(fresh, text)
        fields = ("title", "why", "kind", "kind_said", "weight", "due", "typed")
        self.pen.set(row, **{name: getattr(fresh, name) for name in fields})
        for request in requests_on(self.asking.session, [row.id or 0]):
            if request.state == "planned":
                self.pen.set(request, state="withdrawn")
        self._write_key_results(row, text.key_results)
        self._ask_all(row, text)

    def extend(self, row: Objective, texts: tuple[KeyResultText, ...]) -> list[KeyResult]:
        """More key results for an objective; those whom they name are asked at once where it is published already."""
        made = []
        for number, text in enumerate(texts, next_key_result_number(self.asking.session, row.id or 0)):
            fresh = self._key_result(row, number, text)
            self.pen.add(fresh, field="state", absent="dropped")
            self._write_stages(fresh, text.stages)
            self.ask_for(row, fresh, text)
            made.append(fresh)
        return made

    def ask_for(self, row: Objective, key_result: KeyResult, text: KeyResultText) -> None:
        """Asks its owner and who is to work on it: when the objective is published, or now where it is."""
        if text.owner is not None:
            self._plan(row, key_result, "owner", text.owner)
        for who in text.collaborators:
            self._plan(row, key_result, "join", who)

    def _say(self, row: Objective, text: ObjectiveText) -> None:
        row.title = self._title(text.title, ())
        row.why, row.kind, row.kind_said = self._readable(text.why), text.kind or "aspirational", text.kind is not None
        row.weight, row.due = _share(text.weight), self._day(text.due)
        row.typed = self._readable(UNPLACED.join(text.unclear))

    def _write_key_results(self, row: Objective, texts: tuple[KeyResultText, ...]) -> None:
        have = {k.number: k for k in every_key_result_of(self.asking.session, row.id or 0)}
        for number, text in enumerate(texts, 1):
            fresh = self._key_result(row, number, text)
            if number in have:
                self.pen.set(have[number], state="open")
                self._change(have[number], fresh, text)
            else:
                self.pen.add(fresh, field="state", absent="dropped")
                self._write_stages(fresh, text.stages)
        for number in have.keys() - set(range(1, len(texts) + 1)):
            self.pen.set(have[number], state="dropped")

    def _change(self, row: KeyResult, fresh: KeyResult, text: KeyResultText) -> None:
        kept = (
            "id",
            "organisation_id",
            "objective_id",
            "number",
            "version",
            "current",
            "confidence",
            "checked_on",
            "score",
            "rhythm",
            "carried_from",
            "state",
        )
        self.pen.set(row, **{name: value for name, value in fresh.model_dump().items() if name not in kept})
        for stage in stages_in(self.asking.session, [row.id or 0]):
            self.asking.session.delete(stage)
        self._write_stages(row, text.stages)

    def _key_result(self, parent: Objective, number: int, text: KeyResultText) -> KeyResult:
        owner = self._member(text.owner)
        needs_start = text.metric in ("number", "percent", "currency") and text.direction == "up" and not text.guardrail
        whole = text.metric in ("done", "stages")
        assumed = needs_start and text.start is None and text.target is not None
        return KeyResult(
            objective_id=parent.id or 0,
            number=number,
            title=self._title(text.title, (text.owner,) if text.owner and owner is None else ()),
            owner_id=owner or (parent.owner_id if parent.owner_kind == "member" else self.asking.me),
            metric=text.metric,
            unit=text.unit[:40],
            start=0.0 if assumed or whole else (float(text.start) if text.start is not None else None),
            start_said=not assumed and (text.start is not None or not needs_start),
            target=1.0 if whole else (float(text.target) if text.target is not None else None),
            direction=text.direction,
            bound=text.bound,
            guardrail=text.guardrail,
            weight=_share(text.weight),
            due=self._day(text.due),
            unclear=self._readable(UNPLACED.join(text.unclear)),
        )

    def _write_stages(self, row: KeyResult, stages: tuple[StageText, ...]) -> None:
        for position, stage in enumerate(stages, 1):
            made = Stage(
                key_result_id=row.id or 0,
                position=position,
                title=self._title(stage.title, ()),
                weight=_share(stage.weight),
                owner_id=self._member(stage.owner),
                due=self._day(stage.due),
            )
            self.asking.session.add(made)
        self.asking.session.flush()

    def _ask_all(self, row: Objective, text: ObjectiveText) -> None:
        """Notes who will be asked for what; they hear of it when the objective is published."""
        for who in text.collaborators:
            self._plan(row, None, "join", who)
        rows = {k.number: k for k in key_results_in(self.asking.session, [row.id or 0])}
        for number, key_result in enumerate(text.key_results, 1):
            self.ask_for(row, rows[number], key_result)

    def _plan(self, row: Objective, key_result: KeyResult | None, kind: str, who: Who) -> None:
        member = self._member(who)
        if member is not None and member != self.asking.me:
            self.plan(row, key_result, kind, member)

    def plan(self, row: Objective, key_result: KeyResult | None, kind: str, member: int) -> None:
        """Asks a member once the objective is published, or now where it is."""
        request = Request(
            kind=kind,
            objective_id=row.id or 0,
            key_result_id=key_result.id if key_result else None,
            by_id=self.asking.me,
            to_id=member,
            state="open" if row.state == "published" else "planned",
            made_at=self.asking.now,
        )
        self.pen.add(request, field="state", absent="withdrawn")
        if request.state == "open":
            tell_request(self.asking, request)

    def _member(self, who: Who | None) -> int | None:
        if who is None:
            return None
        member = people.known(self.asking, who)
        if member is None:
            name = people.label(self.asking, who)
            if name not in self.notes.strangers:
                self.notes.strangers.append(name)
        return member.id if member else None

    def _title(self, text: str, unplaced: tuple[Who, ...]) -> str:
        names = [people.label(self.asking, who) for who in unplaced]
        return " ".join([self._readable(text), *names]).strip()

    def _readable(self, text: str) -> str:
        return people.readable(self.asking, text)

    def _day(self, when: When | None) -> date | None:
        if when is None:
            return None
        day = dates.future(when, self.asking.today, self.cycle.end)
        if day is None or day < self.asking.today:
            self.notes.days.append(day.isoformat() if day else "?")
            return None
        return day


def _share(weight: object) -> float | None:
    return None if weight is None else round(float(str(weight)), 6)


def check(text: ObjectiveText) -> None:
    """Refuses what is too long to be an OKR; a text without an objective is not stored either."""
    check_key_results(text.key_results)
    for title in (text.title, text.why):
        _refuse_longer(title)


def check_key_results(texts: tuple[KeyResultText, ...], *, already: int = 0) -> None:
    """Refuses more than an objective holds, and titles too long to be one; already: how many it has."""
    if len(texts) + already > MOST_KEY_RESULTS:
        raise Refusal("too_many_key_results", count=len(texts) + already, most=MOST_KEY_RESULTS)
    for text in texts:
        _refuse_longer(text.title)


def _refuse_longer(title: str) -> None:
    if len(title) > LONGEST_TITLE:
        raise Refusal("title_too_long", title=title[:80], length=len(title), most=LONGEST_TITLE)
