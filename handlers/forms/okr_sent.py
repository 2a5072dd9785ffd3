"""What becomes of an objective's form: a new draft, or field by field what could have been typed. Mistakes go back into the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.commands import Named, ObjectiveText, Ref, When
from bot.replies import Reply, Say
from handlers import adding, changing, lessons, objectives, people, scoring
from handlers.asking import Asking
from handlers.drafts import Drafting, check_key_results
from handlers.forms import merging, okr
from handlers.forms.key_results import day, empty, share, text_of
from handlers.forms.rows import MOST_ROWS, Filled, Plan, named, read
from handlers.meant import Meant, to_change
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal
from handlers.rules.progress import reweighed, weights
from handlers.transferring import offer
from handlers.views import KeyResultView, ObjectiveView, look
from storage.okrs import KeyResult, cycle_by_id, key_results_in

OF_OBJECTIVE = ("title", "why", "kind", "due")
OF_KEY_RESULT = ("title", "start", "target", "unit", "due")  # in this order: a title's own numbers come before those beside it


def objective(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """A form of an objective that was sent, or a button inside it that was pressed."""
    plan, pressed = read(words)
    filled = Filled.sent(fields)
    if pressed:
        return _other_rows(asking, plan, pressed, filled)
    return _written(asking, plan, filled) if plan.is_new else _Edit(asking, plan, filled).done()


def _other_rows(asking: Asking, plan: Plan, pressed: str, filled: Filled) -> Reply:
    """One key result more or less; everything typed stays, and nothing is judged yet."""
    more = pressed == "more"
    plan = plan.more() if more and len(plan.rows) < MOST_ROWS else plan if more else plan.less(pressed.removeprefix("less="))
    drawing = okr.again(asking, plan, filled, version=asking.message.drawn or 0)
    if not plan.is_new:
        [view] = look(asking.session, [to_change(asking, _ref(plan)).objective], asking.today, asking.reader)
        drawing.ref, drawing.asks_why = view.ref, view.row.state == "published"
        drawing.heads = {str(kr.row.number): okr.head_of(kr) for kr in view.key_results}
        drawing.without = {str(kr.row.number): okr.useless(kr) for kr in view.key_results}
    return Reply((Say("form_row_more" if more else "form_row_less"),), private=True, form=okr.draw(drawing))


def _ref(plan: Plan) -> Ref:
    return Ref(id=plan.target.removeprefix("#"))


# ---------------------------------------------------------------- a new objective


def _written(asking: Asking, plan: Plan, filled: Filled) -> Reply:
    errors: dict[str, Say] = {}
    texts = tuple(text_of(filled, row, errors) for row in plan.rows if not empty(filled, row))
    if not filled.get("title"):
        errors["title"] = Say("field_missing")
    due = day(filled, "due", errors)
    form = okr.draw(okr.again(asking, plan, filled, errors=errors))
    if errors:
        raise InForm(form, "form_mistakes", count=len(errors))
    kind = filled.get("kind")
    text = ObjectiveText(
        filled.get("title"),
        texts,
        filled.get("why"),
        kind if kind in ("committed", "aspirational") else None,  # type: ignore[arg-type]
        due=When.on(due) if due else None,
    )
    owner = None if plan.team is None else Named(plan.team)
    try:
        return objectives.write(asking, (text,), owner, plan.cycle)
    except Refusal as no:
        raise InForm(form, no.prompt, **no.facts) from no


# ---------------------------------------------------------------- one that is there


@dataclass
class _Edit:
    """One objective's form being sent: what it holds, what was wrong, and the act that it becomes."""

    asking: Asking
    plan: Plan
    filled: Filled
    errors: dict[str, Say] = field(default_factory=dict)

    def done(self) -> Reply:
        """Changes what was changed in the form; InForm with all that is wrong, and then nothing is changed."""
        asking = self.asking
        try:
            self.meant = to_change(asking, _ref(self.plan), whole=True)
        except Refusal as no:
            raise Refusal(no.prompt, copy=self.filled.typed(), **no.facts) from no
        self.view = self._view()
        self.stands = okr.of_objective(asking, self.view)
        self.stands.version = merging.newest(asking, self.view)
        self._merge()
        self.pen = Pen(asking, "changed")
        self._change_objective()
        for kr in self.view.key_results:
            if str(kr.row.number) in self.plan.rows[:MOST_ROWS]:
                self._change_key_result(kr)
        self._weigh()
        self._drop()
        self._extend()
        self._refuse_wrong()
        if self.pen.act is None:
            return Reply((Say("nothing_changed", {"ref": self.view.ref}),), private=True)
        if self.meant.objective.state == "draft":
            asking.session.flush()
            return lessons.beside(asking, objectives.draft_card(asking, self.meant.objective), [self.meant.objective])
        scoring.roll_up(asking, self.pen, [self.meant.objective])
        return changing.changed_card(asking, self.meant, self.pen)

    def _view(self) -> ObjectiveView:
        [view] = look(self.asking.session, [self.meant.objective], self.asking.today, self.asking.reader)
        return view

    def _merge(self) -> None:
        """What others changed since the form was drawn: what was left as it was becomes theirs, what both changed is shown."""
        there = {str(kr.row.number) for kr in self.view.key_results}
        for row in [r for r in self.plan.rows if r.isdecimal() and r not in there]:
            self.plan, fresh = merging.as_new_row(self.plan, self.filled, row)
            self.errors[named(fresh, "title")] = Say("form_row_dropped", {"ref": f"KR{self.view.row.number}.{row}"})
        for name, was in merging.changed_since(self.asking, self.view, self.asking.message.drawn or 0).items():
            now = self.stands.filled.get(name)
            if self.filled.get(name) == was:
                self.filled.texts[name] = now
            elif self.filled.has(name) and self.filled.get(name) != now:
                self.errors[name] = Say("form_meanwhile", {"now": now})

    def _refuse_wrong(self) -> None:
        dropped = bool(self.plan.gone)
        why = self.filled.get("reason")
        if self.meant.counts and not why and (dropped or self._promises_changed()):
            self.errors["reason"] = Say("reason_missing")
        if not self.errors:
            return
        drawing = okr.again(self.asking, self.plan, self.filled, errors=self.errors, heads=self.stands.heads, ref=self.view.ref)
        drawing.version, drawing.asks_why, drawing.without = self.stands.version, self.stands.asks_why, self.stands.without
        raise InForm(okr.draw(drawing), "form_mistakes", count=len(self.errors))

    def _promises_changed(self) -> bool:
        return any(name.endswith("_target") and self._differs(name) for name in self.filled.texts) or any(
            kr.row.target != self._targets.get(kr.row.id) for kr in self.view.key_results
        )

    def _differs(self, name: str) -> bool:
        """Whether a field that the form had holds something else than what stands."""
        return self.stands.filled.has(name) and self.filled.has(name) and self.filled.get(name) != self.stands.filled.get(name)

    def _change_objective(self) -> None:
        self._targets = {kr.row.id: kr.row.target for kr in self.view.key_results}
        for name in OF_OBJECTIVE:
            if self._differs(name):
                self._set(self.meant, name, name)

    def _set(self, meant: Meant, what: str, name: str) -> None:
        """One field of a row as it is typed; what cannot be is noted at its field."""
        if name in self.errors:
            return
        try:
            typed = self.filled.get(name)
            fields: dict[str, Any] = {"kind": "aspirational", "kind_said": False} if what == "kind" and not typed else {}
            fields = fields or changing.wanted(self.asking, meant, what, typed)
            changing.set_fields(self.asking, self.pen, meant, fields, self.filled.get("reason"))
        except Refusal as no:
            self.errors[name] = Say(no.prompt, no.facts)

    def _change_key_result(self, kr: KeyResultView) -> None:
        row = str(kr.row.number)
        meant = Meant(self.meant.objective, kr.row, self.meant.whose)
        for what in OF_KEY_RESULT:
            if self._differs(named(row, what)):
                self._set(meant, what, named(row, what))
        self._change_people(kr, meant, row)

    def _change_people(self, kr: KeyResultView, meant: Meant, row: str) -> None:
        owner, along = named(row, "owner"), named(row, "with")
        if self.filled.has(owner):
            chosen = [p.id for p in okr.persons(self.asking, self.filled.get(owner))]
            if chosen and chosen[0] != kr.row.owner_id:
                self._give(meant, chosen[0], owner)
        if self.filled.has(along):
            wanted = {p.id for p in okr.persons(self.asking, self.filled.get(along))}
            self._join(kr, wanted)

    def _give(self, meant: Meant, to: int, name: str) -> None:
        """A draft's key result is theirs and they are asked when it is published; a published one is offered."""
        try:
            if meant.counts:
                offer(self.asking, self.pen, meant, ("member", to))
                return
            assert meant.key_result is not None
            self.pen.set(meant.key_result, owner_id=to)
            self._withdraw(meant.key_result, "owner", None)
            if to != self.asking.me:
                self._ask(meant.key_result, "owner", to)
        except Refusal as no:
            self.errors[name] = Say(no.prompt, no.facts)

    def _join(self, kr: KeyResultView, wanted: set[int]) -> None:
        """Those new in the field are asked; those taken out of it are let go, when this platform could show them."""
        have = set(okr.along(kr))
        for member in sorted(wanted - have - {kr.row.owner_id, self.asking.me}):
            self._ask(kr.row, "join", member)
        for member in have - wanted:
            if self._is_here(member):
                self._withdraw(kr.row, "join", member)

    def _is_here(self, member: int) -> bool:
        sender = self.asking.message.sender
        return any((p, w) == (sender.platform, sender.workspace) for p, w, _ in self.asking.person(member).accounts)

    def _ask(self, row: KeyResult, kind: str, member: int) -> None:
        drafting = self._drafting()
        drafting.plan(self.meant.objective, row, kind, member)

    def _withdraw(self, row: KeyResult, kind: str, member: int | None) -> None:
        for request in self.view.requests:
            on_it = request.key_result_id == row.id and request.kind == kind and member in (None, request.to_id)
            if on_it and request.state in ("planned", "open", "accepted"):
                self.pen.set(request, state="withdrawn")

    def _weigh(self) -> None:
        rows = [kr for kr in self.view.counted if self.filled.has(named(str(kr.row.number), "weight"))]
        if not any(self._differs(named(str(kr.row.number), "weight")) for kr in rows):
            return
        said = {kr.row.id: share(self.filled, named(str(kr.row.number), "weight"), self.errors) for kr in rows}
        places = {i: float(w) for i, kr in enumerate(self.view.counted) if (w := said.get(kr.row.id)) is not None}
        whole = len(places) == len(self.view.counted) and not any(r.startswith("n") and not empty(self.filled, r) for r in self.plan.rows)
        total = sum(places.values())
        if total > 1 + 1e-9 or (whole and not self.plan.gone and abs(total - 1) > 1e-9):
            for kr in rows:
                self.errors.setdefault(named(str(kr.row.number), "weight"), Say("weights_do_not_sum", {"sum": total, "all": whole}))
            return
        before = weights([kr.row.weight for kr in self.view.counted])
        shown = {kr.row.id for kr in rows}
        drafted = [places.get(i) if kr.row.id in shown else kr.row.weight for i, kr in enumerate(self.view.counted)]
        shares = reweighed(before, places) if self.meant.counts else drafted
        for kr, weight in zip(self.view.counted, shares, strict=True):
            self.pen.set(kr.row, weight=weight)

    def _drop(self) -> None:
        for kr in self.view.key_results:
            if str(kr.row.number) in self.plan.gone:
                self.pen.set(kr.row, reason=people.readable(self.asking, self.filled.get("reason")), state="dropped")

    def _extend(self) -> None:
        fresh = [row for row in self.plan.rows if row.startswith("n") and not empty(self.filled, row)]
        texts = tuple(text_of(self.filled, row, self.errors) for row in fresh)
        if self.errors or not texts:
            return
        check_key_results(texts, already=len(key_results_in(self.asking.session, [self.meant.objective.id or 0])))
        self._drafting().extend(self.meant.objective, texts)

    def _drafting(self) -> Drafting:
        cycle = cycle_by_id(self.asking.session, self.meant.objective.cycle_id)
        assert cycle is not None
        return Drafting(self.asking, self.pen, cycle)


def key_result(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """The form of one more key result."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    meant = to_change(asking, Ref(id=words[0].removeprefix("#")), whole=True)
    text = text_of(filled, "n1", errors)
    if not filled.get(named("n1", "title")):
        errors.setdefault(named("n1", "title"), Say("field_missing"))
    form = okr.key_result_form(asking, meant.objective, filled, errors)
    if errors:
        raise InForm(form, "form_mistakes", count=len(errors))
    try:
        return adding.added(asking, meant, (text,))
    except Refusal as no:
        raise InForm(form, no.prompt, **no.facts) from no
