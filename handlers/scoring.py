"""Scores: what the owner of each key result judges it came to, beside the computed progress and never instead of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import Ref, Score, Who
from bot.grammar import phrase
from bot.grammar.scoring import number
from bot.replies import Button, Item, Meter, Part, Reply, Say
from handlers import cards, labels, learnt, people, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms import scores as forms
from handlers.forms.scores import Pair
from handlers.pen import Pen
from handlers.people import readable
from handlers.refusals import Refusal
from handlers.rules import scoring as rules
from handlers.views import KeyResultView, ObjectiveView, look
from storage.access import acts_for
from storage.okrs import KeyResult, Objective, cycle_by_id, held, key_results_in
from storage.people import members_by_id
from storage.scoring import parents_to_score

MOST_SHOWN = 20


@dataclass(frozen=True)
class Judged:
    """A key result, or an objective without any, with the score that it is given."""

    objective: Objective
    key_result: KeyResult | None
    score: float

    @property
    def row(self) -> KeyResult | Objective:
        """What is scored."""
        return self.key_result or self.objective


def score(asking: Asking, command: Score) -> Reply:
    """Scores what was named; what was named without a number, or nothing at all, is asked for with a form."""
    if not command.scores:
        return _asked(asking, to_score(asking))
    if not all(typed for _, typed in command.scores):
        return _asked(asking, _named(asking, command))
    judged = [_judged(asking, command, place) for place in range(len(command.scores))]
    _refuse_twice(asking, judged)
    pen = Pen(asking, "scored")
    write(asking, pen, judged)
    if pen.act is None:
        raise Refusal("scored_so_already", refs=[_ref(asking, j) for j in judged])
    return scored_card(asking, pen, judged)


def _refuse_twice(asking: Asking, judged: Sequence[Judged]) -> None:
    """Two numbers for one thing: neither is guessed to be the one that is meant."""
    given: dict[int, Judged] = {}
    for one in judged:
        first = given.setdefault(id(one.row), one)
        if first.score != one.score:
            typed = readable(asking, asking.message.text).strip()
            raise Refusal("scored_twice", ref=_ref(asking, one), one=rules.said(first.score), other=rules.said(one.score), copy=typed)


# ---------------------------------------------------------------- what may be scored, and by whom


def to_score(asking: Asking) -> list[Pair]:
    """The key results that the asker scores, with their objectives: of cycles that run or ended lately."""
    parents = parents_to_score(asking.session, asking.me, asking.today - rules.LATE, asking.today)
    views = look(asking.session, asking.sees(parents), asking.today, asking.reader)
    return [(kr, view) for view in views for kr in view.counted if kr.row.owner_id == asking.me]


def _named(asking: Asking, command: Score) -> list[Pair]:
    """The key results named: an objective stands for those in it that the asker scores."""
    ids: set[int] = set()
    parents: dict[int, Objective] = {}
    for ref, _ in command.scores:
        row, parent = references.either(asking, ref, dropped=True)
        if row is not None:
            refuse(asking, row, parent)
        else:
            _refuse_state(asking, parent)
        own = [row] if row is not None else [k for k in key_results_in(asking.session, [parent.id or 0]) if _scores(asking, k, parent)]
        ids |= {k.id for k in own if k.id is not None and not k.guardrail}
        parents[parent.id or 0] = parent
    views = look(asking.session, parents.values(), asking.today, asking.reader)
    return [(kr, view) for view in views for kr in view.counted if kr.row.id in ids]


def _judged(asking: Asking, command: Score, place: int) -> Judged:
    """One of the scores as it is stored, or why it cannot be."""
    ref, typed = command.scores[place]
    row, parent = _held(asking, ref, readable(asking, asking.message.text) if not asking.pressed else "")
    if row is None:
        _refuse_objective(asking, parent)
    else:
        refuse(asking, row, parent)
    share = number(typed)
    if share is None or not 0 <= share <= 1:
        raise Refusal(
            "no_such_score",
            ref=_spelled(asking, row, parent),
            typed=typed,
            copy=_example(asking, command, place),
            buttons=_meant_so(command, place, float(share) if share is not None else 0.0),
        )
    return Judged(parent, row, round(float(share), 2))


def _held(asking: Asking, ref: Ref, typed: str) -> tuple[KeyResult | None, Objective]:
    """What is meant, held against other writers: the objective first, as everywhere."""
    try:
        row, parent = references.either(asking, ref, dropped=True)
    except references.Ambiguous as which:
        raise Refusal(which.prompt, copy=typed, buttons=which.buttons, **which.facts) from which
    [parent] = held(asking.session, [parent])
    if row is not None:
        row, _ = references.key_result(asking, Ref(id=f"k{row.id}"), lock=True, dropped=True)
    return row, parent


def refuse(asking: Asking, row: KeyResult, parent: Objective) -> None:
    """Says why a key result takes no score, at least not from the asker."""
    ref = _spelled(asking, row, parent)
    if parent.state == "draft":
        raise Refusal("draft_takes_no_score", ref=ref, copy=f"publish {labels.objective(asking, parent)}")
    if "dropped" in (row.state, parent.state):
        raise Refusal(
            "dropped_takes_no_score", ref=ref, copy=f"reopen {ref if row.state == 'dropped' else labels.objective(asking, parent)}"
        )
    if row.guardrail:
        raise Refusal("guardrail_takes_no_score", ref=ref)
    if not _scores(asking, row, parent):
        raise Refusal("not_yours_to_score", ref=ref, owner=asking.person(row.owner_id))
    _refuse_time(asking, parent, ref)


def _scores(asking: Asking, row: KeyResult, parent: Objective) -> bool:
    """Whether the asker scores it: its owner, and where they have left, whoever acts for its objective."""
    if row.owner_id == asking.me:
        return True
    owner = members_by_id(asking.session, [row.owner_id])[row.owner_id]
    return not owner.active and acts_for(asking.session, parent, asking.me)


def _refuse_objective(asking: Asking, parent: Objective) -> None:
    """An objective's score is what its key results come to; one without any is scored itself."""
    _refuse_state(asking, parent)
    ref = labels.objective(asking, parent)
    counted = [k for k in key_results_in(asking.session, [parent.id or 0]) if not k.guardrail]
    if counted:
        names = [f"KR{parent.number}.{k.number}" for k in counted]
        raise Refusal("objective_takes_no_score", ref=ref, copy=_copy(asking, [f"{name} 0.7" for name in names[:3]]))
    if not acts_for(asking.session, parent, asking.me):
        raise Refusal("not_yours_to_score", ref=ref, owner=cards.owner_fact(asking, parent))


def _refuse_state(asking: Asking, parent: Objective) -> None:
    """Says why nothing in an objective takes a score now."""
    ref = labels.objective(asking, parent)
    if parent.state == "draft":
        raise Refusal("draft_takes_no_score", ref=ref, copy=f"publish {ref}")
    if parent.state == "dropped":
        raise Refusal("dropped_takes_no_score", ref=ref, copy=f"reopen {ref}")
    _refuse_time(asking, parent, ref)


def _refuse_time(asking: Asking, parent: Objective, ref: str) -> None:
    cycle = cycle_by_id(asking.session, parent.cycle_id)
    assert cycle is not None
    if cycle.start > asking.today:
        raise Refusal("too_early_to_score", ref=ref, cycle=cycle.name, start=cycle.start)
    if rules.too_late(cycle.end, asking.today):
        raise Refusal("too_late_to_score", ref=ref, cycle=cycle.name, until=cycle.end + rules.LATE)


def _example(asking: Asking, command: Score, place: int) -> str:
    """What was typed, with a good number where it was none."""
    pairs = [(ref, "0.7" if n == place else typed) for n, (ref, typed) in enumerate(command.scores)]
    return _copy(asking, [f"{_typed(asking, ref, command.scores[0][0])} {typed}" for ref, typed in pairs])


def _typed(asking: Asking, ref: Ref, first: Ref) -> str:
    """A reference as it was typed: whose it is, which is said once, before the first."""
    if ref.id:
        return f"#{ref.id}"
    if ref is not first and (ref.owner, ref.cycle) == (first.owner, first.cycle):
        return references.spelled(ref)
    whose = f"{people.label(asking, ref.owner)} " if isinstance(ref.owner, Who) else ""
    return whose + labels.typed(asking, ref) + references.spelled(ref)


def _copy(asking: Asking, pairs: Sequence[str]) -> str:
    """What is to be typed, in the asker's words."""
    return example(asking, "copy_score_so", pairs=pairs).text


def _meant_so(command: Score, place: int, typed: float) -> tuple[Button, ...]:
    """Buttons for what a 7 or a 70 was likely meant to be."""
    buttons = []
    for share in rules.suggested(typed):
        pairs = tuple((ref, f"{share:g}" if n == place else said) for n, (ref, said) in enumerate(command.scores))
        buttons.append(Button("button_score_so", phrase(Score(pairs)), facts={"score": rules.said(share)}))
    return tuple(buttons)


# ---------------------------------------------------------------- writing


def write(asking: Asking, pen: Pen, judged: Sequence[Judged]) -> None:
    """Stores the scores, and beside them what their objectives come to."""
    for one in judged:
        pen.set(one.row, score=one.score)
    parents = {one.objective.id: one.objective for one in judged if one.key_result is not None}
    for parent in parents.values():
        parent.version += 1  # also where its own score stays open: its card shows another
        asking.session.add(parent)
    roll_up(asking, pen, list(parents.values()))


def roll_up(asking: Asking, pen: Pen, objectives: Sequence[Objective]) -> None:
    """Gives objectives the score that their key results come to: None until each of those that count has one."""
    asking.session.flush()
    scored = {k.objective_id for k in key_results_in(asking.session, [o.id or 0 for o in objectives]) if k.score is not None}
    for view in look(asking.session, [o for o in objectives if o.id in scored or o.score is not None], asking.today):
        if view.counted:
            pen.set(view.row, score=view.score)


# ---------------------------------------------------------------- the answers


def _asked(asking: Asking, pairs: Sequence[Pair]) -> Reply:
    """What is to be scored with what it came to by its numbers, and the form."""
    if not pairs:
        raise Refusal("nothing_to_score", copy=example(asking, "example_mine").text)
    cards.meet_all(asking, [view for _, view in pairs])
    parts = (
        *score_parts(asking, pairs, button=False),
        Say("scores_how"),
        example(asking, "copy_scores", refs=_typed_refs(asking, pairs)),
    )
    return Reply((*parts, Say("scores_are_for_learning", role="note")), private=True, form=forms.form(asking, pairs))


def _typed_refs(asking: Asking, pairs: Sequence[Pair]) -> list[str]:
    """Two of them as they are typed: whose they are is said once, so the second is one of the same owner's."""
    kr, view = pairs[0]
    also = [other.ref for other, of in pairs[1:] if (of.row.owner_kind, of.row.owner_id) == (view.row.owner_kind, view.row.owner_id)]
    return [cards.named_ref(asking, kr, view), *also[:1]]


def score_parts(asking: Asking, pairs: Sequence[Pair], *, button: bool = True) -> tuple[Part, ...]:
    """The key results to be scored, each with its computed progress and the score it has. button: opens the form of just these."""
    parts: list[Part] = [Say("scores_title", {"count": len(pairs)}, role="title")]
    for kr, view in pairs[:MOST_SHOWN]:
        parts.append(_item(asking, kr, view))
    if len(pairs) > MOST_SHOWN:
        parts.append(Say("scores_more", {"count": len(pairs) - MOST_SHOWN}, role="note"))
    if button and pairs:
        refs = tuple((Ref(id=f"k{kr.row.id}"), "") for kr, _ in pairs[: forms.MOST])
        parts.append(cards.row_of(Button("button_score", phrase(Score(refs)))))
    return tuple(parts)


def _item(asking: Asking, kr: KeyResultView, view: ObjectiveView) -> Item:
    head = Say("key_result_head", {"ref": cards.named_ref(asking, kr, view), "title": kr.row.title, "guardrail": False})
    said = (cards.score_line(kr.row.score),) if kr.row.score is not None else ()
    return Item(head, Meter(kr.progress, kr.status, kr.expected), said)


def scored_card(asking: Asking, pen: Pen, judged: Sequence[Judged]) -> Reply:
    """What was scored, what the objectives come to by it, what that makes one ask, and the way back."""
    asking.session.flush()
    parents = {one.objective.id: one.objective for one in judged}
    views = look(asking.session, parents.values(), asking.today, asking.reader)
    cards.meet_all(asking, views)
    scored = {one.key_result.id for one in judged if one.key_result is not None}
    parts: list[Part] = [Say("scored_title", {"refs": [_ref(asking, one) for one in judged][:MOST_SHOWN]}, role="title")]
    for view in views:
        parts += [_item(asking, kr, view) for kr in view.key_results if kr.row.id in scored][:MOST_SHOWN]
        parts.append(came_to(asking, view))
        parts += learnt.question(asking, view)
    parts.append(Say("scores_are_for_learning", role="note"))
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(tuple(parts), card=f"c{pen.number}", private=any(cards.is_close(v.row) for v in views))


def came_to(asking: Asking, view: ObjectiveView) -> Say:
    """An objective's score beside its progress, or which of its key results it waits for."""
    ref = labels.objective(asking, view.row, view.cycle)
    if view.score is None:
        left = [kr.ref for kr in view.counted if kr.row.score is None]
        return Say("objective_not_scored", {"ref": ref, "title": view.row.title, "left": left}, role="note")
    facts = {
        "ref": ref,
        "title": view.row.title,
        "score": rules.said(view.score),
        "band": rules.band(view.score),
        "progress": view.progress,
    }
    return Say("objective_scored", facts | {"weighed": bool(view.counted)})


def together(views: Sequence[ObjectiveView]) -> Say | None:
    """What an owner's objectives of a cycle come to, by their weights; None while none of them has a score."""
    live = [view for view in views if view.row.state in ("published", "closed")]
    share = rules.rolled_up([(view.weight or 0.0, view.score) for view in live])
    if share is None:
        return None
    scored = sum(view.score is not None for view in live)
    return Say("scores_together", {"score": rules.said(share), "band": rules.band(share), "scored": scored, "of": len(live)}, role="note")


def _ref(asking: Asking, one: Judged) -> str:
    return _spelled(asking, one.key_result, one.objective)


def _spelled(asking: Asking, row: KeyResult | None, parent: Objective) -> str:
    return labels.key_result(asking, row, parent) if row is not None else labels.objective(asking, parent)
