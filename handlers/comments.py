"""Comments on drafts and on published OKRs: said, shown, and resolved by whom they concern."""

from collections.abc import Mapping, Sequence

from bot.commands import Comment as CommentCommand
from bot.commands import Comments, Ref, Resolve
from bot.grammar.people import among, quote
from bot.replies import Button, Field, Form, Part, Reply, Say
from handlers import cards, people, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.hearers import Concerned, concerned
from handlers.outbox import tell
from handlers.pen import Pen, thing
from handlers.refusals import InForm, Refusal
from handlers.remarks import about, list_parts, may_resolve, remark_parts
from storage.okrs import KeyResult, Objective
from storage.sharing import Comment, comment_by_id, comments_on, open_comments_near

LONGEST = 4000


def comment(asking: Asking, command: CommentCommand) -> Reply:
    """Keeps a comment and tells whom it concerns; without a text, asks for it."""
    text = people.readable(asking, command.text).strip()
    row, parent = _meant(asking, command.ref, text)
    if not text:
        return asked(asking, row, parent)
    if len(text) > LONGEST:
        raise Refusal("comment_too_long", length=len(text), most=LONGEST, copy=text)
    pen = Pen(asking, "commented")
    made = Comment(objective_id=parent.id or 0, key_result_id=row.id if row else None, by_id=asking.me, text=text, made_at=asking.now)
    pen.add(made, field="state", absent="withdrawn")
    hears = concerned(asking, made, row, parent, among(command.text))
    told = [m for m in hears.members if tell(asking, kind="comment", subject=thing(made), member_id=m, key=f"comment-{made.id}-{m}")]
    return _said(asking, pen, _ref(row, parent), hears, told, private=_few_see(parent))


def _said(asking: Asking, pen: Pen, ref: str, hears: Concerned, told: Sequence[int], *, private: bool) -> Reply:
    asking.meet([*told, *hears.blind])
    parts: list[Part] = [Say("commented", {"ref": ref, "people": [asking.person(m) for m in told]})]
    if hears.blind:
        names = {"ref": ref, "people": [asking.person(m) for m in hears.blind]}
        parts.append(Say("comment_unseen", names, role="warning"))
    parts += [Say("stranger", {"name": name}, role="warning") for name in hears.strangers]
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(tuple(parts), card=f"c{pen.number}", private=private)


def _meant(asking: Asking, ref: Ref, text: str) -> tuple[KeyResult | None, Objective]:
    """What is to be commented; a refusal gives the text back."""
    try:
        row, parent = references.either(asking, ref, dropped=True)
    except references.Ambiguous as which:
        said = f" text={quote(text)}" if text else ""
        choices = [
            Button("button_this", f"comment #k{kr.id}{said}", facts={"ref": f"KR{parent.number}.{kr.number}"})
            for kr, parent in which.rows[:5]
        ]
        raise Refusal(which.prompt, copy=text, buttons=tuple(choices), **which.facts) from which
    except Refusal as no:
        raise Refusal(no.prompt, copy=text or no.copy, buttons=no.buttons, **no.facts) from no
    if parent.state == "dropped" or (row is not None and row.state == "dropped"):
        raise Refusal("dropped_takes_no_comment", ref=_ref(row, parent), copy=text)
    return row, parent


def _ref(row: KeyResult | None, parent: Objective) -> str:
    return f"KR{parent.number}.{row.number}" if row else f"O{parent.number}"


def _few_see(parent: Objective) -> bool:
    return parent.visibility == "private" or parent.state == "draft"


# ---------------------------------------------------------------- asking for the text


def asked(asking: Asking, row: KeyResult | None, parent: Objective, *, text: str = "") -> Reply:
    """What asks for a comment's text. text: what stands in it already."""
    ref = _ref(row, parent)
    said = (Say("comment_how", {"ref": ref, "title": (row or parent).title}), example(asking, "example_comment_on", ref=ref))
    return Reply(said, private=True, tone="question", form=_form(row, parent, text=text))


def form(asking: Asking, ref: Ref) -> Form:
    """What asks for a comment's text."""
    return _form(*_meant(asking, ref, ""))


def _form(row: KeyResult | None, parent: Objective, *, text: str = "", error: Say | None = None) -> Form:
    name = f"#k{row.id}" if row else f"#o{parent.id}"
    facts = {"ref": _ref(row, parent), "title": (row or parent).title}
    box = Field("text", Say("field_comment"), kind="text", value=text, error=error, required=True, most=LONGEST)
    return Form(Say("form_comment", facts), f"form comment {name}", (box,), Say("button_send"), f"comment {name}")


def submit(asking: Asking, words: Sequence[str], fields: Mapping[str, str]) -> Reply:
    """The form was sent: kept like a typed comment; an empty or overlong text is asked for again, as it was filled in."""
    text = fields.get("text", "").strip()
    ref = Ref(id=words[0].removeprefix("#") if words else "o0")
    row, parent = _meant(asking, ref, people.readable(asking, text))
    if not text or len(text) > LONGEST:
        wrong = Say("comment_too_long", {"length": len(text), "most": LONGEST}) if text else Say("comment_empty")
        raise InForm(_form(row, parent, text=text, error=wrong), wrong.prompt, **wrong.facts)
    return comment(asking, CommentCommand(ref, text))


# ---------------------------------------------------------------- seeing and resolving


def comments(asking: Asking, command: Comments) -> Reply:
    """What was said of an objective and its key results: the open ones, then what was resolved."""
    row, parent = references.either(asking, command.ref, dropped=True)
    return _listed(asking, row, parent)


def _listed(asking: Asking, row: KeyResult | None, parent: Objective) -> Reply:
    found = comments_on(asking.session, parent.id or 0, row.id if row else None)
    ref, name = _ref(row, parent), f"k{row.id}" if row else f"o{parent.id}"
    head = Say("comments_title", {"ref": ref, "title": (row or parent).title, "open": sum(n.state == "open" for n in found)}, role="title")
    add = cards.row_of(Button("button_comment", f"comment #{name}"))
    body = list_parts(asking, found, parent) if found else [example(asking, "example_comment_on", ref=ref)]
    return Reply((head, *body, add), card=f"comments-{name}", private=_few_see(parent))


def resolve(asking: Asking, command: Resolve) -> Reply:
    """Settles a comment; a second press shows who settled it."""
    found = _to_resolve(asking, command.id)
    found = comment_by_id(asking.session, found.id or 0, lock=True) or found
    row, parent = about(asking.session, found)
    if not may_resolve(asking, found, row, parent):
        asking.meet([found.by_id])
        raise Refusal("not_yours_to_resolve", who=asking.person(found.by_id), owner=cards.owner_fact(asking, parent))
    pen = Pen(asking, "resolved")
    if found.state == "open":
        pen.set(found, state="resolved", resolved_by=asking.me, resolved_at=asking.now)
        asking.session.flush()
        if found.by_id != asking.me:
            tell(asking, kind="resolved", subject=thing(found), member_id=found.by_id, key=f"resolved-{found.id}-{found.version}")
    if asking.pressed and asking.message.card.startswith("comments-"):
        whole = asking.message.card.startswith("comments-o") or row is None
        return _listed(asking, None if whole else row, parent)
    undo = [cards.row_of(Button("button_undo", f"undo #c{pen.number}"))] if pen.act else []
    return Reply((*remark_parts(asking, found, row, parent), *undo), card=thing(found), private=True)


def _to_resolve(asking: Asking, name: str) -> Comment:
    if name:
        found = comment_by_id(asking.session, references.number_of(name, "n") or 0)
        parent = about(asking.session, found)[1] if found else None
        if found is None or parent is None or found.state == "withdrawn" or not asking.sees([parent]):
            raise Refusal("no_such_comment")
        return found
    near = [n for n in open_comments_near(asking.session, asking.me) if asking.sees([about(asking.session, n)[1]])]
    if not near:
        raise Refusal("nothing_to_resolve")
    if len(near) > 1:
        asking.meet([n.by_id for n in near])
        raise Refusal("which_comment", count=len(near), buttons=tuple(_one_of(asking, n) for n in near[:5]))
    return near[0]


def _one_of(asking: Asking, found: Comment) -> Button:
    facts = {"who": asking.person(found.by_id).name, "ref": _ref(*about(asking.session, found))}
    return Button("button_resolve_one", f"resolve #n{found.id}", found.version, facts=facts)
