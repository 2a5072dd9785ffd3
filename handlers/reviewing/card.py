"""How a review is shown: what is still to be done from earlier ones, each key result with its four steps, and the ways on."""

from zlib import crc32

from bot.commands import Ref, Score
from bot.grammar import phrase
from bot.replies import Button, Item, Meter, Part, Reply, Rule, Say
from bot.wording import words
from handlers import actions, cards
from handlers.asking import Asking
from handlers.reviewing.facts import STEPS, Looked, Picture
from handlers.reviewing.spans import Period
from handlers.rules import grai
from handlers.rules.scoring import asks_for_scores
from storage.actions import actions_of_review
from storage.reviews import still_to_do

MOST_SHOWN, MOST_ACTIONS, MOST_DAYS = 14, 8, 4
MOST_SCORED = 20
ROOM = 4200  # characters: a Feishu card holds 24 KB, and a character is up to three bytes of it or an entity of five
OF_ONE, OF_OWN = 420, 300
CALM = ("steady", "beyond")
DONE = True


def named(period: Period, *words_: str) -> str:
    """The text of a command about this period, as buttons say it."""
    return " ".join(("review", period.end.isoformat(), *words_))


def shown(asking: Asking, picture: Picture, *said: Part, sure: bool = False, buttons: tuple[Part, ...] = ()) -> Reply:
    """The review's card. said: what stands above it; sure: it asks whether this is to be stored; buttons: what else can be done."""
    parts: list[Part] = [_title(picture, sure=sure), *said]
    if not said or sure:
        parts.append(Say("review_how", {"state": _state(picture), "sure": sure, **_counts(picture)}, role="note"))
    parts += _earlier(asking, picture) if not picture.closed else []
    items, left = _items(asking, picture, whole=sure or picture.closed)
    parts += items
    if left:
        parts.append(Say("review_more", {"left": len(left), "ref": left[0]}, role="note"))
    parts += _days(picture) if not sure else []
    parts += _made(asking, picture)
    parts += _to_score(picture) if not sure and not picture.closed else []
    parts += ways_on(asking, picture, sure=sure)
    return Reply((*parts, *buttons), card=f"review-{picture.period.end.isoformat()}", private=True, tone="question" if sure else "answer")


def _title(picture: Picture, *, sure: bool = False) -> Say:
    period = picture.period
    return Say("review_title", {"start": period.start, "end": period.end, "state": _state(picture), "sure": sure}, role="title")


def _state(picture: Picture) -> str:
    return "closed" if picture.closed else "open"


def _counts(picture: Picture) -> dict[str, int]:
    return {"count": len(picture.counted), "confirmed": sum(row.confirmed for row in picture.counted)}


def ways_on(asking: Asking, picture: Picture, *, sure: bool = False) -> list[Part]:
    """What can be done with the whole review: store it as it stands, fill it in, or open it again."""
    period = picture.period
    if picture.closed:
        version = picture.review.version if picture.review else 0
        return [cards.row_of(Button("button_review_reopen", named(period, "reopen"), version))]
    if not picture.counted:
        return []
    drawn = stands_as(picture, asking.locale)
    if sure:
        close = Button("button_review_store", named(period, "close as drafted"), drawn, "primary")
        return [cards.row_of(close, Button("button_review_fill", named(period, "fill in")))]
    whole = all(row.confirmed for row in picture.counted)
    close = Button("button_review_close", named(period, "close"), drawn, "primary", facts={"whole": whole})
    return [cards.row_of(close, Button("button_review_fill", named(period, "fill in")))]


def stands_as(picture: Picture, locale: str) -> int:
    """A number that is another one whenever anything else would be stored."""
    texts = [text for row in picture.counted for text in _texts(row, locale)]
    return crc32("\x1f".join(texts).encode())


def _texts(row: Looked, locale: str) -> list[str]:
    entry = row.entry
    said = (entry.insight, str(entry.confidence)) if entry else ()
    return [str(row.row.id), str(row.row.score), *(row.says(step, locale) for step in STEPS), *said]


# ---------------------------------------------------------------- the parts


def _earlier(asking: Asking, picture: Picture) -> list[Part]:
    """What is still to do comes first, but for what this very review made."""
    this = picture.review.id if picture.review else None
    rows = actions.seen(asking, [a for a in still_to_do(asking.session, asking.me) if this is None or a.review_id != this], asking.me)
    if not rows:
        return []
    title = Say("review_earlier", {"count": len(rows)}, role="title")
    more = [Say("review_earlier_more", {"left": len(rows) - MOST_ACTIONS}, role="note")] if len(rows) > MOST_ACTIONS else []
    return [title, *actions.action_lines(asking, rows[:MOST_ACTIONS], buttons=DONE), *more, Rule()]


def _made(asking: Asking, picture: Picture) -> list[Part]:
    """What this review made to be done."""
    rows = actions_of_review(asking.session, picture.review.id or 0) if picture.review else []
    shown = actions.seen(asking, rows, asking.me)[:MOST_ACTIONS]
    return (
        [Rule(), Say("review_made", {"count": len(rows)}, role="title"), *actions.action_lines(asking, shown, buttons=False)]
        if shown
        else []
    )


def _items(asking: Asking, picture: Picture, *, whole: bool) -> tuple[list[Part], list[str]]:
    """The key results, those first that need a look, as much of each as there is room for; and what is left out."""
    order = sorted(picture.rows, key=lambda row: (not row.counts, row.confirmed, row.drafted.question in CALM))
    room, parts = ROOM, list[Part]()
    for row in order[:MOST_SHOWN]:
        item = _item(asking, picture, row, brief=not whole and row.drafted.question in CALM)
        if (size := _size(asking, item)) > room:
            item = _item(asking, picture, row, brief=True)
            size = _size(asking, item)
        room -= size
        parts.append(item)
    return parts, [row.ref for row in order[MOST_SHOWN:]]


def _size(asking: Asking, item: Item) -> int:
    said = words(asking.locale)
    return sum(len(said.plain(say)) for say in (item.head, *item.body))


def _item(asking: Asking, picture: Picture, row: Looked, *, brief: bool) -> Item:
    drafted = row.drafted
    head = Say("review_head", {"ref": row.ref, "title": grai.cut(row.row.title, 80), "over": row.over, "confirmed": row.confirmed})
    if not row.counts:
        return Item(head, None, (drafted.result,))
    meter = Meter(drafted.progress, drafted.status, None if row.row.guardrail else drafted.expected) if not row.row.guardrail else None
    body = [_step(row, "result")] if brief else [_step(row, step) for step in STEPS]
    body.append(_insight(row))
    if picture.closed:
        return Item(head, meter, tuple(body))
    buttons = [Button("button_review_one", named(picture.period, f"#k{row.row.id}"), facts={"ref": row.ref})]
    if drafted.unlinked and not brief:
        buttons.append(Button("button_history", f"history #k{row.row.id}"))
    return Item(head, meter, tuple(body), tuple(buttons))


def _step(row: Looked, step: str) -> Say:
    """A step in its owner's words, or as it is drafted, no longer than a card can bear."""
    own = row.own(step)
    if own:
        return Say("grai_own", {"step": step, "text": grai.cut(own, OF_OWN)})
    drafted: Say = getattr(row.drafted, step)
    if step != "analysis":
        return drafted
    lines, left = drafted.facts["lines"], drafted.facts["left"]
    kept = lines[:3] if len(lines) > 3 else lines
    each = OF_ONE // max(1, len(kept))
    short = [line | {"text": grai.cut(line["text"], each), "blocker": grai.cut(line["blocker"], each)} for line in kept]
    return Say("grai_analysis", dict(drafted.facts) | {"lines": short, "left": left + len(lines) - len(kept)})


def _insight(row: Looked) -> Say:
    said = row.own("insight")
    return Say("grai_insight", {"text": grai.cut(said, OF_OWN)}) if said else question(row)


def question(row: Looked) -> Say:
    """The one question that is asked of a key result's owner."""
    return Say(f"question_{row.drafted.question}", role="note")


def _to_score(picture: Picture) -> list[Part]:
    """In the last review of a month, or of their cycle: the key results that have no score yet, and their form."""
    period = picture.period
    start = None if period.kind == "xun" else period.start
    rows = [row for row in picture.counted if not row.row.guardrail and row.row.score is None]
    due = [row for row in rows if asks_for_scores(period.end, row.cycle_end, start)]
    if not due:
        return []
    ends = any(period.start <= row.cycle_end <= period.end for row in due)
    refs = tuple((Ref(id=f"k{row.row.id}"), "") for row in due[:MOST_SCORED])
    ask = Say("review_scores", {"count": len(due), "cycle": ends}, role="note")
    return [ask, cards.row_of(Button("button_score", phrase(Score(refs))))]


def _days(picture: Picture) -> list[Part]:
    """The lines of the days that name no key result, which nobody can put to one but their writer."""
    kept, left = grai.told(picture.days, MOST_DAYS, OF_ONE)
    if not kept or picture.closed:
        return []
    lines = [{"on": n.on, "text": n.text, "blocker": n.blocker, "source": n.source} for n in kept]
    return [Say("review_days", {"lines": lines, "left": left}, role="note")]
