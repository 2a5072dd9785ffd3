"""Somebody else's last closed review: read by who leads them, and by who shares the work; what one may not see is not in it."""

from bot.replies import Item, Part, Reply, Say
from handlers import actions, labels
from handlers.asking import Asking
from handlers.refusals import Refusal
from handlers.rules import grai
from storage.access import leads
from storage.okrs import KeyResult, Objective, Request, key_results_by_id, objectives_by_id, requests_on
from storage.reviews import ReviewEntry, entries_of, last_closed

MOST, OF_ONE, ROOM = 14, 300, 4000  # characters, as in handlers/reviewing/card.py


def shown(asking: Asking, member_id: int) -> Reply:
    """The last review that a member closed, as far as the asker may read it."""
    review = last_closed(asking.session, member_id)
    entries = [e for e in entries_of(asking.session, review.id or 0) if e.state != "withdrawn"] if review else []
    rows = key_results_by_id(asking.session, [e.key_result_id for e in entries])
    parents = objectives_by_id(asking.session, {kr.objective_id for kr in rows.values()})
    seen = {o.id for o in asking.sees(parents.values())}
    may = set(rows) if leads(asking.session, asking.me, member_id) else _shared(asking, rows, parents)
    mine = [e for e in entries if e.key_result_id in may and rows[e.key_result_id].objective_id in seen]
    if review is None or not mine:
        raise Refusal("review_none_of_theirs", who=asking.person(member_id))
    title = Say("review_theirs", {"who": asking.person(member_id), "start": review.start, "end": review.end}, role="title")
    each = min(OF_ONE, ROOM // (4 * min(len(mine), MOST)))
    items = [_item(asking, e, rows[e.key_result_id], parents[rows[e.key_result_id].objective_id], each) for e in mine[:MOST]]
    more: list[Part] = [Say("review_theirs_more", {"left": len(mine) - MOST}, role="note")] if len(mine) > MOST else []
    return Reply((title, *items, *more), card=f"w{review.id}", private=True)


def _shared(asking: Asking, rows: dict[int, KeyResult], parents: dict[int, Objective]) -> set[int]:
    """The key results in objectives of the asker's own, and those that they work on."""
    own = {number for number, o in parents.items() if (o.owner_kind, o.owner_id) == ("member", asking.me)}
    joined = [r for r in requests_on(asking.session, parents) if _works(r, asking.me)]
    whole = own | {r.objective_id for r in joined if r.key_result_id is None}
    single = {r.key_result_id for r in joined}
    return {number for number, row in rows.items() if row.objective_id in whole or number in single}


def _works(request: Request, member_id: int) -> bool:
    return request.to_id == member_id and request.state == "accepted" and request.kind in ("join", "help", "owner")


def _item(asking: Asking, entry: ReviewEntry, row: KeyResult, parent: Objective, room: int) -> Item:
    ref = actions.theirs(asking, parent) + labels.key_result(asking, row, parent)
    head = Say("review_head", {"ref": ref, "title": grai.cut(row.title, 80), "over": "", "confirmed": False})
    said = [(step, grai.cut(getattr(entry, step), room)) for step in ("goal", "result", "analysis")]
    body = [Say("grai_own", {"step": step, "text": text}) for step, text in said if text]
    if entry.insight:
        body.append(Say("grai_insight", {"text": grai.cut(entry.insight, room)}))
    return Item(head, None, tuple(body))
