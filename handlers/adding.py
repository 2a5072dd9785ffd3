"""Another key result for an objective that is there already, draft or published."""

from bot.commands import AddKeyResult, KeyResultText, Ref
from bot.replies import Button, Part, Reply, Say
from handlers import cards, cycles, people
from handlers.asking import Asking
from handlers.coaching import coached
from handlers.drafts import Drafting, check_key_results
from handlers.examples import example
from handlers.forms import okr
from handlers.meant import Meant, to_change
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.progress import reweighed, weights
from handlers.views import ObjectiveView, look
from storage.access import acts_for
from storage.okrs import cycle_by_id, key_results_in, objectives_of


def add(asking: Asking, command: AddKeyResult) -> Reply:
    """Adds key results; without a text, asks for it."""
    meant = to_change(asking, command.ref or _only_one(asking, command), whole=True)
    if not command.key_results:
        return _ask(asking, meant)
    return added(asking, meant, command.key_results)


def added(asking: Asking, meant: Meant, texts: tuple[KeyResultText, ...]) -> Reply:
    """Adds these key results; where the objective is published whoever they name is asked at once."""
    check_key_results(texts, already=len(key_results_in(asking.session, [meant.objective.id or 0])))
    pen = Pen(asking, "added")
    cycle = cycle_by_id(asking.session, meant.objective.cycle_id)
    assert cycle is not None
    drafting = Drafting(asking, pen, cycle)
    made = drafting.extend(meant.objective, texts)
    make_room(asking, pen, meant, {kr.id for kr in made})
    meant.objective.version += 1
    asking.session.add(meant.objective)
    asking.session.flush()
    [view] = look(asking.session, [meant.objective], asking.today, asking.reader)
    return _card(asking, view, pen, {kr.id for kr in made}, drafting)


def _only_one(asking: Asking, command: AddKeyResult) -> Ref:
    """The one objective that can be meant; else it is asked with a button for each."""
    cycle = cycles.find(asking)
    own = objectives_of(asking.session, cycle.id, "member", asking.me, ("draft", "published")) if cycle and cycle.id else ()
    rows = [o for o in asking.sees(own) if acts_for(asking.session, o, asking.me)]
    if len(rows) == 1:
        return Ref(id=f"o{rows[0].id}")
    if not rows:
        raise Refusal("no_objective_yet", copy=example(asking, "example_new").text)
    typed = f": {people.readable(asking, command.text)}" if command.text else ""
    buttons = tuple(Button("button_this", f"add KR to #o{o.id}{typed}", o.version, facts={"ref": f"O{o.number}"}) for o in rows[:5])
    raise Refusal("which_objective", names=[f"O{o.number}" for o in rows], copy=people.readable(asking, command.text), buttons=buttons)


def _ask(asking: Asking, meant: Meant) -> Reply:
    facts = {"ref": meant.ref, "title": meant.objective.title}
    form = okr.key_result_form(asking, meant.objective)
    return Reply((Say("add_how", facts), example(asking, "copy_add_key_result", ref=meant.ref)), private=True, tone="question", form=form)


def make_room(asking: Asking, pen: Pen, meant: Meant, made: set[int | None]) -> None:
    """New ones that said no weight get an equal share where the others had taken all of it."""
    rows = [k for k in key_results_in(asking.session, [meant.objective.id or 0]) if not k.guardrail]
    open_ones = [place for place, k in enumerate(rows) if k.id in made and k.weight is None]
    if not open_ones or sum(k.weight or 0 for k in rows) < 1 - 1e-9:
        return
    before = weights([k.weight for k in rows])
    for row, share in zip(rows, reweighed(before, dict.fromkeys(open_ones, 1 / len(rows))), strict=True):
        pen.set(row, weight=share)


def _card(asking: Asking, view: ObjectiveView, pen: Pen, made: set[int | None], drafting: Drafting) -> Reply:
    cards.meet_all(asking, [view])
    fresh = [kr for kr in view.key_results if kr.row.id in made]
    told = [asking.person(m) for m in dict.fromkeys(r.to_id for kr in fresh for r in kr.requests if r.state == "open")]
    facts = {"ref": view.ref, "title": view.row.title, "count": len(fresh), "names": [kr.ref for kr in fresh], "told": told}
    parts: list[Part] = [Say("added_title", facts, role="title")]
    parts += [Say("stranger", {"name": name}, role="warning") for name in drafting.notes.strangers]
    parts += [Say("day_gone", {"day": day}, role="warning") for day in drafting.notes.days]
    parts += [cards.key_result_item(asking, kr, view) for kr in fresh]
    parts += [Say("key_result_unclear", {"ref": kr.ref, "text": kr.row.unclear}, role="warning") for kr in fresh if kr.row.unclear]
    parts += coached(asking, view, most=2) if view.row.state == "draft" else []
    shares = [{"ref": kr.ref, "share": kr.weight or 0.0} for kr in view.counted]
    parts.append(Say("weights_now", {"shares": shares}, role="note"))
    parts.append(
        cards.row_of(Button("button_undo", f"undo #c{pen.number}"), Button("button_open", f"#o{view.row.id}", facts={"ref": view.ref}))
    )
    return Reply(tuple(parts), card=f"c{pen.number}", private=cards.is_close(view.row))
