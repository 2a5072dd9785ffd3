"""What becomes of the review's form: what was left as drafted stays drafted, what was written is the owner's, and each change an action."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.commands import When
from bot.replies import Button, Part, Reply, Say
from handlers import cards, people, reviews
from handlers.asking import Asking
from handlers.forms import review as drawn
from handlers.forms.rows import Filled, Outdated
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal
from handlers.reviewing import card, changes, spans, writing
from handlers.reviewing.facts import Looked, Picture, picture
from storage.actions import Action, actions_of_review
from storage.journal import changes_after
from storage.reviews import Review, ReviewEntry

Seen = dict[int, tuple[str, str]]


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Stores what was filled in, or none of it: with a mistake in one field the form comes back as it was."""
    end, seen = _words(words)
    filled = Filled.sent(fields)
    period, begun = spans.meant(asking, When.on(end))
    found = picture(asking, period, writing.held(asking, period, begun))
    if found.closed:
        raise reviews.closed_already(period, people.readable(asking, filled.typed()))
    rows = [row for row in found.counted if row.row.id in seen]
    if len(rows) < len(seen):
        raise Refusal("form_key_result_gone", copy=people.readable(asking, filled.typed()))
    return _Sent(asking, found, rows, filled, seen).done()


def _words(words: tuple[str, ...]) -> tuple[date, Seen]:
    try:
        end = date.fromisoformat(words[0])
        parts = [piece.split(":") for piece in words[1].split(",")]
        return end, {int(number): (result, analysis) for number, result, analysis in parts}
    except ValueError:
        raise Outdated from None


@dataclass
class _Sent:
    """One form being sent. seen: signs of the results and analyses that were drawn in it, by key result."""

    asking: Asking
    found: Picture
    rows: Sequence[Looked]
    filled: Filled
    seen: Seen
    errors: dict[str, Say] = field(default_factory=dict)

    def done(self) -> Reply:
        """The review as it stands then, with the way back; InForm with all that is wrong, and then nothing is stored."""
        self._merge()
        attempt = self.asking.session.begin_nested()
        self.pen = Pen(self.asking, "reviewed")
        if not self.errors:
            self._store()
        if self.errors:
            attempt.rollback()
            form = drawn.form(self.asking, self.found, self.rows, self.filled, self.errors)
            raise InForm(form, "form_mistakes", count=len(self.errors))
        attempt.commit()
        return self._told()

    def _merge(self) -> None:
        """What was said elsewhere since the form was drawn: a field left as it was becomes that, one that both wrote is shown with both."""
        by_thing = {f"x{row.entry.id}": row for row in self.rows if row.entry is not None}
        was: dict[str, tuple[Looked, str, str]] = {}
        for change in changes_after(self.asking.session, list(by_thing), self.asking.message.drawn or 0) if by_thing else ():
            if change.field in drawn.KEPT:
                row, old = by_thing[change.thing], json.loads(change.old)
                was.setdefault(f"{change.field}_{row.row.id}", (row, change.field, "" if old is None else str(old)))
        for name, (row, what, before) in was.items():
            now, typed = drawn.standing(self.asking, row, what), self.filled.get(name)
            if self._untouched(row, what) or (what not in drawn.EDITED and typed == before):
                self.filled.texts[name] = now
            elif typed != now:
                self.errors[name] = Say("form_meanwhile", {"now": now})

    def _untouched(self, row: Looked, what: str) -> bool:
        """Whether a text that was drafted is sent as it was drawn."""
        if what not in drawn.EDITED:
            return False
        return drawn.digest(self.filled.get(f"{what}_{row.row.id}")) == self.seen[row.row.id or 0][drawn.EDITED.index(what)]

    def _store(self) -> None:
        review = writing.begun(self.asking, self.pen, self.found.period)
        there = writing.entries(self.asking, self.pen, review, self.rows)
        promised = actions_of_review(self.asking.session, review.id or 0)
        for row in self.rows:
            self._write(there[row.row.id or 0], row)
            self._promise(review, row, promised)

    def _write(self, entry: ReviewEntry, row: Looked) -> None:
        texts = {what: people.readable(self.asking, self.filled.get(f"{what}_{row.row.id}")) for what in drawn.KEPT}
        given = [what for what in drawn.KEPT if self.filled.has(f"{what}_{row.row.id}") and not self._untouched(row, what)]
        fields: dict[str, Any] = {what: texts[what] for what in given if what != "confidence"}
        for what in set(given) & set(drawn.EDITED):
            if drawn.digest(texts[what]) == drawn.digest(row.drafted.text(what, self.asking.locale)):
                fields[what] = ""
        if "confidence" in given:
            level = texts["confidence"]
            fields["confidence"] = int(level) if level.isdecimal() and int(level) <= 10 else None
        self.pen.set(entry, **fields, state="confirmed")

    def _promise(self, review: Review, row: Looked, promised: list[Action]) -> None:
        """Each line of what will change is an action, unless it is among those promised: the form may be sent twice."""
        name = f"change_{row.row.id}"
        for line in filter(None, (line.strip() for line in self.filled.get(name).split("\n"))):
            try:
                changes.promise(self.asking, self.pen, review, row, line, there=promised)
            except Refusal as no:
                self.errors[name] = Say(no.prompt, no.facts)
                return

    def _told(self) -> Reply:
        period, review = spans.meant(self.asking, When.on(self.found.period.end))
        self.asking.session.flush()
        now = picture(self.asking, period, review)
        undo: tuple[Part, ...] = (cards.row_of(Button("button_undo", f"undo #c{self.pen.number}")),) if self.pen.act is not None else ()
        left = sum(not row.confirmed for row in now.counted)
        return card.shown(self.asking, now, Say("review_kept", {"count": len(self.rows), "left": left}), buttons=undo)
