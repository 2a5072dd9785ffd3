"""What becomes of the form of scores: each number is stored, or none of them and the form comes back as it was filled in."""

from collections.abc import Mapping, Sequence

from bot.commands import Ref
from bot.replies import Reply, Say
from handlers import cards, references, scoring
from handlers.asking import Asking
from handlers.forms import scores
from handlers.forms.rows import Filled, Outdated
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal
from handlers.views import look
from storage.okrs import held, key_results_by_id, objectives_by_id


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Stores what was filled in; what stands as it was filled in is no new score."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    pairs = pairs_of(asking, words[0], filled)
    scores.merge(filled, [kr for kr, _ in pairs], words, errors)
    judged = judged_in(asking, pairs, filled, errors)
    if not errors and not judged:
        errors[scores.named(pairs[0][0])] = Say("field_no_score_said")
    if errors:
        raise InForm(scores.form(asking, pairs, filled, errors), "form_mistakes", count=len(errors))
    pen = Pen(asking, "scored")
    scoring.write(asking, pen, judged)
    return scoring.scored_card(asking, pen, judged)


def pairs_of(asking: Asking, listed: str, filled: Filled) -> list[scores.Pair]:
    """The form's key results as they stand, held; what was typed for one that is gone is not lost."""
    if not all(part.isdecimal() and len(part) < 10 for part in listed.split(",")):
        raise Outdated
    ids = [int(part) for part in listed.split(",")][: scores.MOST]
    rows = key_results_by_id(asking.session, ids)
    parents = asking.sees(objectives_by_id(asking.session, [r.objective_id for r in rows.values()]).values())
    views = look(asking.session, held(asking.session, parents), asking.today, asking.reader)
    pairs = [(kr, view) for view in views for kr in view.key_results if kr.row.id in ids]
    if len(pairs) < len(set(ids)):
        raise Refusal("form_key_result_gone", copy=filled.typed())
    cards.meet_all(asking, views)
    return sorted(pairs, key=lambda pair: ids.index(pair[0].row.id or 0))


def judged_in(asking: Asking, pairs: Sequence[scores.Pair], filled: Filled, errors: dict[str, Say]) -> list[scoring.Judged]:
    """The scores that differ from what stands; what is none, or not the asker's to give, is noted at its field."""
    judged = []
    for kr, view in pairs:
        share = scores.read(filled, kr, errors) if scores.named(kr) not in errors else None
        if share is None or share == kr.row.score:
            continue
        try:
            row, _ = references.key_result(asking, Ref(id=f"k{kr.row.id}"), lock=True, dropped=True)
            scoring.refuse(asking, row, view.row)
            judged.append(scoring.Judged(view.row, row, share))
        except Refusal as no:
            errors[scores.named(kr)] = Say(no.prompt, no.facts)
    return judged
