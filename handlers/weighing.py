"""Weights: shares of 100 among an objective's key results, or among an owner's objectives. Siblings always sum to 1."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bot.commands import Change, Ref, Weigh
from bot.replies import Button, Part, Reply, Say
from handlers import cards, references, scoring
from handlers.asking import Asking
from handlers.meant import Meant, is_key_result, to_change
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.progress import reweighed, weights
from handlers.views import look
from storage.okrs import KeyResult, Objective, held, key_results_in, objectives_of

Sibling = KeyResult | Objective


def weigh(asking: Asking, command: Weigh) -> Reply:
    """Gives the named ones their weights; the others share what is left as they did before."""
    meant = [to_change(asking, ref, whole=True) for ref, _ in command.weights]
    siblings = _siblings(asking, meant)
    wanted = _wanted(command, meant, siblings)
    before = weights([row.weight for row in siblings])
    _refuse_impossible(command, siblings, wanted)
    pen = Pen(asking, "weighed")
    for row, share in zip(siblings, reweighed(before, wanted), strict=True):
        pen.set(row, weight=share)
    if pen.act is None:
        raise Refusal("is_so_already", ref=meant[0].ref, field="weight")
    if meant[0].key_result is not None:
        scoring.roll_up(asking, pen, [meant[0].objective])
    return _card(asking, pen, meant[0], siblings)


def weigh_one(asking: Asking, command: Change) -> Reply:
    """`edit KR1.2 weight 40`."""
    try:
        number = Decimal(command.value.strip().rstrip("%％ "))
    except InvalidOperation:
        raise Refusal("no_such_weight", typed=command.value, copy=f"weight {references.spelled(command.ref)} 40") from None
    return weigh(asking, Weigh(((command.ref, number),)))


def _siblings(asking: Asking, meant: Sequence[Meant]) -> list[Sibling]:
    first = meant[0]
    if any(bool(m.key_result) != bool(first.key_result) for m in meant):
        raise Refusal("weights_of_two_kinds", refs=[m.ref for m in meant])
    rows: list[Sibling] = list(_key_results(asking, meant) if first.key_result else _objectives(asking, first))
    if any(m.row.id not in [r.id for r in rows] for m in meant):
        raise Refusal("weights_of_two", refs=[m.ref for m in meant])
    return rows


def _key_results(asking: Asking, meant: Sequence[Meant]) -> list[KeyResult]:
    for m in meant:
        if m.key_result is not None and m.key_result.guardrail:
            raise Refusal("guardrail_has_no_weight", ref=m.ref)
    return [k for k in key_results_in(asking.session, [meant[0].objective.id or 0]) if not k.guardrail]


def _objectives(asking: Asking, first: Meant) -> list[Objective]:
    """Those that share with it: the published ones among each other, drafts with what will be beside them."""
    row = first.objective
    states = ("published", "closed") if row.state in ("published", "closed") else ("draft", "published", "closed")
    return held(asking.session, objectives_of(asking.session, row.cycle_id, row.owner_kind, row.owner_id, states))


def _wanted(command: Weigh, meant: Sequence[Meant], siblings: Sequence[Sibling]) -> dict[int, float]:
    """Place among the siblings: share 0–1. Numbers that are all small are taken as shares: 0.4 0.6."""
    numbers = [number for _, number in command.weights]
    whole = 1 if all(n <= 1 for n in numbers) and any(n != n.to_integral_value() for n in numbers) else 100
    places = {row.id: place for place, row in enumerate(siblings)}
    wanted: dict[int, float] = {}
    for m, number in zip(meant, numbers, strict=True):
        place = places[m.row.id]
        if place in wanted:
            raise Refusal("weight_said_twice", ref=m.ref)
        if number < 0:
            raise Refusal("no_such_weight", typed=str(number), copy=f"weight {m.ref} 40")
        wanted[place] = float(number / whole)
    return wanted


def _refuse_impossible(command: Weigh, siblings: Sequence[Sibling], wanted: dict[int, float]) -> None:
    said = sum(wanted.values())
    if said > 1 + 1e-9 or (len(wanted) == len(siblings) and abs(said - 1) > 1e-9):
        raise Refusal("weights_do_not_sum", sum=said, all=len(wanted) == len(siblings), copy=_scaled(command))


def _scaled(command: Weigh) -> str:
    """The same weights in proportion, as a line to send."""
    total = sum(number for _, number in command.weights)
    if total <= 0:
        return ""
    shares = [round(float(number / total * 100)) for _, number in command.weights]
    shares[-1] += 100 - sum(shares)
    return "weight " + " ".join(f"{_named(ref)} {share}" for (ref, _), share in zip(command.weights, shares, strict=True))


def _named(ref: Ref) -> str:
    return f"#{ref.id}" if ref.id else references.spelled(ref)


def _card(asking: Asking, pen: Pen, first: Meant, siblings: Sequence[Sibling]) -> Reply:
    asking.session.flush()
    if is_key_result(first.by_id):
        first.objective.version += 1
        asking.session.add(first.objective)
    rows = [{"ref": _ref(first, row), "title": row.title, "share": row.weight or 0.0} for row in siblings]
    parts: list[Part] = [
        Say("weighed_title", {"ref": first.ref if first.key_result is None else f"O{first.objective.number}"}, role="title")
    ]
    parts += [Say("weight_line", row) for row in rows]
    views = look(asking.session, [first.objective], asking.today, asking.reader)
    cards.meet_all(asking, views)
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(tuple(parts), card=f"c{pen.number}", private=any(cards.is_close(_parent(first, row)) for row in siblings))


def _ref(first: Meant, row: Sibling) -> str:
    return f"KR{first.objective.number}.{row.number}" if isinstance(row, KeyResult) else f"O{row.number}"


def _parent(first: Meant, row: Sibling) -> Objective:
    return row if isinstance(row, Objective) else first.objective
