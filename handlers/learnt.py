"""What is learnt at the end: the question that an objective's score asks, and lessons kept by typing, by button and by form."""

from collections.abc import Mapping

from bot.commands import KeepLesson, Ref
from bot.grammar import phrase
from bot.replies import Button, Copy, Part, Reply, Say
from bot.wording import words
from handlers import cards, labels, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms.small import MOST, one_text
from handlers.pen import Pen
from handlers.people import readable
from handlers.refusals import Refusal
from handlers.rules import scoring as rules
from handlers.views import ObjectiveView
from storage.access import acts_for
from storage.lessons import Lesson
from storage.okrs import KeyResult, Objective
from storage.scoring import lesson_kept


def question(asking: Asking, view: ObjectiveView) -> list[Part]:
    """The one question that an objective's score asks: whether it was bold enough, or what kept it from what was committed."""
    row = view.row
    facts = {"ref": labels.objective(asking, row), "score": view.score}
    if rules.asks_boldness(row.kind, view.score):
        said = words(asking.locale)
        ready = [Button(label, _kept(row, said.plain(Say(label)))) for label in ("button_bold_enough", "button_too_easy")]
        return [Say("ask_boldness", facts), cards.row_of(*ready, _in_words(row))]
    if rules.asks_post_mortem(row.kind, view.score):
        return [Say("ask_post_mortem", facts), cards.row_of(_in_words(row))]
    return []


def _kept(row: Objective, text: str) -> str:
    return phrase(KeepLesson(Ref(id=f"o{row.id}"), text))


def _in_words(row: Objective) -> Button:
    return Button("button_in_words", f"lesson #o{row.id}")


def lesson(asking: Asking, command: KeepLesson) -> Reply:
    """Keeps what was learnt; without a text, asks for it. Said again it takes the former one's place."""
    text = readable(asking, command.text).strip()
    row, parent = _meant(asking, command.ref, text)
    if not text:
        return _asked(asking, row, parent)
    if len(text) > MOST:
        raise Refusal("lesson_too_long", length=len(text), most=MOST, copy=text)
    pen = Pen(asking, "learnt")
    keep(asking, pen, parent, row, text=text, source=_source(parent) if row is None else "close")
    if pen.act is None:
        raise Refusal("lesson_so_already", ref=_ref(asking, row, parent))
    facts = {"ref": _ref(asking, row, parent), "title": (row or parent).title, "text": text}
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((Say("lesson_kept", facts), undo), card=f"c{pen.number}", private=cards.is_close(parent))


def keep(asking: Asking, pen: Pen, parent: Objective, row: KeyResult | None, *, text: str, source: str) -> None:
    """Stores a lesson as part of an act."""
    there = lesson_kept(asking.session, parent.id or 0, row.id if row else None, asking.me, source)
    if there is not None:
        pen.set(there, text=text)
        return
    made = Lesson(
        objective_id=parent.id or 0, key_result_id=row.id if row else None, by_id=asking.me, source=source, text=text, made_at=asking.now
    )
    pen.add(made, field="state", absent="withdrawn")


def _source(parent: Objective) -> str:
    """What a lesson of an objective answers, by its score."""
    if rules.asks_boldness(parent.kind, parent.score):
        return "boldness"
    return "post_mortem" if rules.asks_post_mortem(parent.kind, parent.score) else "close"


def _meant(asking: Asking, ref: Ref, text: str) -> tuple[KeyResult | None, Objective]:
    """What it was learnt with, by whoever answers for it."""
    try:
        row, parent = references.either(asking, ref, dropped=True)
    except Refusal as no:
        raise Refusal(no.prompt, copy=text or no.copy, buttons=() if text else no.buttons, **no.facts) from no
    if parent.state == "draft":
        raise Refusal("draft_takes_no_lesson", ref=_ref(asking, row, parent), copy=text)
    if not acts_for(asking.session, parent, asking.me) and not (row is not None and row.owner_id == asking.me):
        owner = asking.person(row.owner_id) if row is not None else cards.owner_fact(asking, parent)
        raise Refusal("not_yours_to_learn", ref=_ref(asking, row, parent), owner=owner, copy=text)
    return row, parent


def _ref(asking: Asking, row: KeyResult | None, parent: Objective) -> str:
    return labels.key_result(asking, row, parent) if row is not None else labels.objective(asking, parent)


def _asked(asking: Asking, row: KeyResult | None, parent: Objective) -> Reply:
    """Asks for the text: which question it answers depends on the objective's score."""
    source = _source(parent) if row is None else "close"
    facts = {"ref": _ref(asking, row, parent), "title": (row or parent).title, "source": source}
    about = f"#k{row.id}" if row is not None else f"#o{parent.id}"
    form = one_text(
        "lesson",
        about,
        title=Say("form_lesson_title", facts),
        label=Say("field_lesson", facts),
        submit=Say("button_save"),
        opens=f"lesson {about}",
    )
    copy: Copy = example(asking, "copy_lesson", ref=facts["ref"])
    return Reply((Say("lesson_how", facts), copy), private=True, tone="question", form=form)


def sent(asking: Asking, words_: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """The form was sent: kept like a typed lesson."""
    return lesson(asking, KeepLesson(Ref(id=words_[0].removeprefix("#")), fields.get("text", "").strip()))
