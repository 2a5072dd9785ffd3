"""Asking each other: requests for help, and accepting, declining or answering what one was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import Accept, Answer, AskHelp, Decline
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import blockers, cards, labels, people, references
from handlers.asking import Asking
from handlers.forms.small import one_text
from handlers.outbox import tell_outcome, tell_request
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.transferring import hand_over
from storage.actions import Action, actions_of_requests
from storage.okrs import (
    KeyResult,
    Objective,
    Request,
    key_result_by_id,
    key_results_by_id,
    objective_by_id,
    objectives_by_id,
    open_requests_to,
    request_by_id,
)

LONGEST = 4000


def ask_help(asking: Asking, command: AskHelp) -> Reply:
    """Asks those named for help on a key result; they hear of it at once."""
    row, parent = references.key_result(asking, command.ref)
    if parent.state != "published":
        raise Refusal("objective_is_over", ref=labels.key_result(asking, row, parent), state=parent.state)
    if len(command.text) > LONGEST:
        raise Refusal("note_too_long", length=len(command.text), most=LONGEST)
    pen, told, strangers = Pen(asking, "asked"), [], []
    for who in command.people:
        member = people.known(asking, who)
        if member is None or member.id is None:
            strangers.append(people.label(asking, who))
        elif member.id != asking.me:
            told.append(member.id)
            _ask(asking, pen, row, member.id, people.readable(asking, command.text))
    if not told:
        raise Refusal("nobody_to_ask", names=strangers, ref=labels.key_result(asking, row, parent))
    asking.meet(told)
    facts = {"people": [asking.person(m) for m in told], "kind": "help", "actions": []}
    parts: list[Part] = [Say("told", facts), *(Say("stranger", {"name": n}, role="warning") for n in strangers)]
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(tuple(parts), card=f"c{pen.number}", private=parent.visibility == "private")


def _ask(asking: Asking, pen: Pen, row: KeyResult, to: int, text: str) -> None:
    request = Request(
        kind="help", objective_id=row.objective_id, key_result_id=row.id, by_id=asking.me, to_id=to, text=text, made_at=asking.now
    )
    pen.add(request, field="state", absent="withdrawn")
    tell_request(asking, request)


def accept(asking: Asking, command: Accept) -> Reply:
    """Takes on what one was asked."""
    request = _meant(asking, command.id, "accept")
    return _settle(asking, request, "accepted")


def decline(asking: Asking, command: Decline) -> Reply:
    """Says no to what one was asked; a key result offered goes back to who wrote it."""
    request = _meant(asking, command.id, "decline")
    return _settle(asking, request, "declined")


def answer(asking: Asking, command: Answer) -> Reply:
    """Answers in words; without words, says how."""
    request = _meant(asking, command.id, "answer", command.text)
    if not command.text.strip():
        return _ask_answer(asking, request)
    if len(command.text) > LONGEST:
        raise Refusal("note_too_long", length=len(command.text), most=LONGEST)
    return _settle(asking, request, "answered", people.readable(asking, command.text))


def _ask_answer(asking: Asking, request: Request) -> Reply:
    facts = {"who": asking.person(request.by_id)}
    form = one_text(
        "answer",
        f"#r{request.id}",
        *request_parts(asking, request)[:1],
        title=Say("form_answer_title", facts),
        label=Say("field_answer"),
        submit=Say("button_answer"),
        opens=f"answer #r{request.id}",
    )
    return Reply((Say("answer_how", facts), Copy(f"answer #r{request.id} …")), private=True, tone="question", form=form)


def _meant(asking: Asking, name: str, what: str, text: str = "") -> Request:
    if not name:
        return _only_open(asking, what, text)
    number = references.number_of(name, "r")
    request = request_by_id(asking.session, number) if number else None
    if request is None or asking.me not in (request.to_id, request.by_id):
        raise Refusal("not_asked_of_you")
    parent = objective_by_id(asking.session, request.objective_id)
    if parent is None or not asking.sees([parent]):
        raise Refusal("not_asked_of_you")
    if request.to_id != asking.me:
        raise Refusal("asked_of_another", who=asking.person(request.to_id))
    return request


def _only_open(asking: Asking, what: str, text: str) -> Request:
    waiting = open_requests_to(asking.session, asking.me)
    if not waiting:
        raise Refusal("nothing_asked")
    if len(waiting) > 1:
        asking.meet([r.by_id for r in waiting])
        buttons = tuple(_one_of(asking, request, what, text) for request in waiting[:5])
        raise Refusal("which_request", count=len(waiting), buttons=buttons)
    return waiting[0]


def _one_of(asking: Asking, request: Request, what: str, text: str) -> Button:
    """One of several requests to choose; an answer's words go along."""
    facts = {"who": asking.person(request.by_id).name, "ref": about(asking, request).ref}
    return Button(f"button_{what}_one", f"{what} #r{request.id} {text}".rstrip(), request.version, facts=facts)


def _settle(asking: Asking, request: Request, state: str, text: str = "") -> Reply:
    request = request_by_id(asking.session, request.id or 0, lock=True) or request
    over = request.state != "open" and not (state == "answered" and request.state in ("accepted", "answered"))
    if over:
        return Reply(request_parts(asking, request), card=f"r{request.id}", private=True)
    pen = Pen(asking, state)
    pen.set(request, state=state, **({"answer": text} if text else {}))
    row = key_result_by_id(asking.session, request.key_result_id, lock=True) if request.key_result_id else None
    if state == "accepted" and request.kind == "transfer":
        hand_over(asking, pen, request)
    if state == "declined" and request.kind == "owner" and row is not None and row.owner_id == asking.me:
        pen.set(row, owner_id=request.by_id)
    blockers.follow(asking, pen, request)
    tell_outcome(asking, request)
    return Reply(request_parts(asking, request), card=f"r{request.id}", private=True)


@dataclass(frozen=True)
class About:
    """What a request is about. parent: the objective it lies in. action: the number of what the one asked is to do, "" for none."""

    ref: str = ""
    title: str = ""
    parent: Objective | None = None
    action: str = ""


def about_all(asking: Asking, requests: Sequence[Request]) -> dict[int, About]:
    """What these requests are about, by request; as many statements however many there are."""
    parents = objectives_by_id(asking.session, {r.objective_id for r in requests})
    rows = key_results_by_id(asking.session, {r.key_result_id for r in requests if r.key_result_id})
    numbers = actions_of_requests(asking.session, [r.id or 0 for r in requests if r.kind == "blocker"])
    return {
        r.id or 0: _about(asking, parents.get(r.objective_id), rows.get(r.key_result_id or 0), numbers.get(r.id or 0)) for r in requests
    }


def _about(asking: Asking, parent: Objective | None, row: KeyResult | None, action: Action | None) -> About:
    number = f"A{action.number}" if action else ""
    if parent is None:
        return About()
    if row is None:
        return About(labels.objective(asking, parent), parent.title, parent, number)
    return About(labels.key_result(asking, row, parent), row.title, parent, number)


def about(asking: Asking, request: Request) -> About:
    """What one request is about."""
    return about_all(asking, [request])[request.id or 0]


def request_parts(asking: Asking, request: Request, of: About | None = None) -> tuple[Part, ...]:
    """A request as the one asked sees it, with its buttons while it is open. of: what it is about, where that is known."""
    of = of or about(asking, request)
    asking.meet([request.by_id, request.to_id])
    facts = {
        "who": asking.person(request.by_id),
        "to": asking.person(request.to_id),
        "kind": request.kind,
        "ref": of.ref,
        "title": of.title,
        "objective": of.parent.title if of.parent else "",
        "text": request.text,
        "answer": request.answer,
        "state": request.state,
        "action": of.action,
    }
    if request.state != "open":
        return (Say("request", facts), Say("request_settled", facts))
    name, version = f"#r{request.id}", request.version
    buttons = [
        Button("button_accept", f"accept {name}", version, "primary", facts={"kind": request.kind}),
        Button("button_decline", f"decline {name}", version),
    ]
    parts: list[Part] = [Say("request", facts)]
    if request.kind in ("help", "blocker", "join"):
        buttons.append(Button("button_answer", f"answer {name}", version))
    parts.append(cards.row_of(*buttons))
    return tuple(parts)


def outcome_parts(asking: Asking, request: Request) -> tuple[Part, ...]:
    """What the asker hears once their request was settled."""
    of = about(asking, request)
    asking.meet([request.to_id])
    facts = {"who": asking.person(request.to_id), "kind": request.kind, "ref": of.ref, "title": of.title}
    return (Say("outcome", facts | {"state": request.state, "answer": request.answer, "text": request.text}),)


def apart(asking: Asking, request: Request) -> Say:
    """The outcome for an asker who may not see any more what they asked about: who answered, and what they answered."""
    return Say("outcome_apart", {"who": asking.person(request.to_id), "state": request.state, "answer": request.answer})
