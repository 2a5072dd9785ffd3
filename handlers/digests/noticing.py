"""Signs that somebody reads along: seen and thanks, who has given one, and a question that a button asks."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.commands import Question, Ref, Seen
from bot.replies import Button, Person, Reply, Say
from bot.wording import words
from handlers import cards, comments, labels, people, references
from handlers.asking import Asking
from handlers.digests.findings import UNSEEN_FOR
from handlers.outbox import tell
from handlers.pen import Pen, thing
from handlers.refusals import Refusal
from storage.checkins import CheckIn, check_ins_by_id, history_of
from storage.digesting import Circle
from storage.noticed import Noticed, noticed_by, noticed_of
from storage.okrs import key_result_by_id, key_results_by_id, objective_by_id, objectives_by_id
from storage.people import Member, members_by_id
from storage.unanswered import unseen_of


def seen(asking: Asking, command: Seen) -> Reply:
    """Notes that the asker has looked at what a colleague said; with thanks, its author hears of it."""
    rows = _meant(asking, command)
    if not rows:
        raise Refusal("nothing_to_see")
    author = rows[-1].member_id
    if author == asking.me:
        raise Refusal("seen_of_ones_own")
    pen = Pen(asking, "thanked" if command.thanks else "seen")
    there = noticed_by(asking.session, [row.id or 0 for row in rows], asking.me)
    told = [row for row in rows if _note(asking, pen, row, there.get(row.id or 0), thanks=command.thanks)]
    facts = {"who": asking.person(author), "count": len(rows), "thanks": command.thanks, "already": not told}
    undo = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if pen.act else ()
    return Reply((Say("seen_noted", facts), *undo), card=f"seen-m{author}", private=True)


def _note(asking: Asking, pen: Pen, row: CheckIn, there: Noticed | None, *, thanks: bool) -> bool:
    """One sign; false where there is the same or a better one."""
    how = "thanks" if thanks else "tap"
    if there is None:
        made = Noticed(check_in_id=row.id or 0, by_id=asking.me, how=how, made_at=asking.now)
        pen.add(made, field="state", absent="withdrawn")
        there = made
    elif not pen.set(there, state="live", how="thanks" if thanks else there.how):
        return False
    if thanks:
        tell(asking, kind="thanked", subject=thing(there), member_id=row.member_id, key=f"thanked-{there.id}-{there.version}")
    return True


def _meant(asking: Asking, command: Seen) -> list[CheckIn]:
    """The check-ins meant: one by its id, a key result's last one, or all of a colleague's that wait."""
    if command.id.startswith("i"):
        return _seen([row for row in check_ins_by_id(asking.session, [int(command.id[1:])]) if row.live], asking)
    if command.ref is not None:
        ref = command.ref if command.who is None else Ref(command.ref.objective, command.ref.key_result, command.ref.id, command.who)
        row, _ = references.key_result(asking, ref)
        return list(history_of(asking.session, row.id or 0, 1))
    member = _colleague(asking, command)
    first, last = asking.today - timedelta(days=UNSEEN_FOR), asking.today
    mine = Circle(asking.organisation.id or 0, asking.me, "led", admin=asking.member.admin)
    ids = unseen_of(asking.session, mine, member.id or 0, (first, last))
    return _seen(check_ins_by_id(asking.session, ids), asking)


def _colleague(asking: Asking, command: Seen) -> Member:
    if command.who is None:
        found = members_by_id(asking.session, [int(command.id[1:])]).get(int(command.id[1:]))
    else:
        found = people.known(asking, command.who)
    if found is None:
        raise Refusal("no_such_person", name=people.label(asking, command.who).removeprefix("@") if command.who else command.id)
    return found


def _seen(rows: Sequence[CheckIn], asking: Asking) -> list[CheckIn]:
    """Those that the asker may see: the day's lines of those close to them, and what is said of key results they may see."""
    of = key_results_by_id(asking.session, [row.key_result_id for row in rows if row.key_result_id])
    parents = objectives_by_id(asking.session, [kr.objective_id for kr in of.values()])
    open_ = {o.id for o in asking.sees(parents.values())}
    return [row for row in rows if row.key_result_id is None or of[row.key_result_id].objective_id in open_]


def seen_by(asking: Asking, check_ins: Iterable[int]) -> dict[int, list[Person]]:
    """Who gave a sign that they looked at each of these."""
    found = noticed_of(asking.session, check_ins)
    asking.meet({member for members in found.values() for member in members})
    return {number: [asking.person(m) for m in members] for number, members in found.items() if members}


def thanked(asking: Asking, row: Noticed) -> Reply | None:
    """What the author of a check-in hears of thanks, as long as both stand."""
    said = next(iter(check_ins_by_id(asking.session, [row.check_in_id])), None)
    if row.state != "live" or row.how != "thanks" or said is None or not said.live:
        return None
    kr = key_result_by_id(asking.session, said.key_result_id) if said.key_result_id else None
    parent = objective_by_id(asking.session, kr.objective_id) if kr else None
    ref = labels.key_result(asking, kr, parent) if kr and parent else ""
    facts = {"who": asking.person(row.by_id), "ref": ref, "note": said.note or said.blocker or said.plan, "on": said.on}
    return Reply((Say("thanked", facts | {"source": labels.source(asking, said)}),), private=True)


def question(asking: Asking, command: Question) -> Reply:
    """The form of a comment, with a question in it to change and send."""
    row, parent = references.key_result(asking, command.ref)
    ref = labels.key_result(asking, row, parent)
    text = words(asking.locale).plain(Say("question_text", {"ref": ref, "title": row.title}))
    return comments.asked(asking, row, parent, text=text)
