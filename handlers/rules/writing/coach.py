"""Puts the rules together: which are asked, in which order, and how many are enough."""

from collections.abc import Iterator

from handlers.rules.writing import rules
from handlers.rules.writing.drafts import Limits, ObjectiveDraft, Remark, Writing

_LEVELS = ("warn", "ask", "info")
_USEFUL_FIRST = ("Q16", "Q2", "Q5", "Q3", "Q18", "Q14", "Q6", "Q4", "Q11", "Q1", "Q10", "Q8", "Q7", "Q12", "Q13", "Q15")
_STANDARD = Limits()


def remarks(writing: Writing, limits: Limits = _STANDARD) -> tuple[Remark, ...]:
    """What would make the drafts better, most useful first; at most one remark per rule and place, one `info` per objective."""
    found = [*rules.count_of_objectives(writing, limits)]
    for i, draft in enumerate(writing.objectives):
        found += _of_objective(writing, draft, i, limits)
    return tuple(_quiet(sorted(found, key=_usefulness)))


def most_useful(found: tuple[Remark, ...], n: int = 3) -> tuple[Remark, ...]:
    """The n remarks to show: each rule once before any rule twice."""
    firsts = list({remark.rule: remark for remark in reversed(found)}.values())[::-1]
    firsts.sort(key=found.index)
    rest = [remark for remark in found if remark not in firsts]
    return tuple([*firsts, *rest][:n])


def _of_objective(writing: Writing, draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    yield from rules.count_of_key_results(draft, i, limits)
    tasks = list(rules.task_list(draft, i))
    yield from tasks
    for j, key in enumerate(draft.key_results):
        if key.title and not tasks:
            yield from rules.number_or_outcome(key, (i, j))
        yield from rules.fields(key, (i, j))
    if draft.title:
        yield from _of_title(writing, draft, i, limits)
    yield from rules.real_dates(draft, i, writing)
    yield from rules.ambition(draft, i, limits)
    yield from rules.leading(draft, i)
    yield from rules.guardrails(draft, i)
    yield from rules.carried_over(draft, i, writing)


def _of_title(writing: Writing, draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    yield from rules.objective_as_output(draft, i)
    yield from rules.qualitative(draft, i, limits)
    yield from rules.value(draft, i)
    yield from rules.kind(draft, i)
    yield from rules.alignment(draft, i, limits)
    if writing.publishing:
        yield from rules.sufficient(draft, i)


def _usefulness(remark: Remark) -> tuple[int, int, int, int]:
    i, j = remark.about
    return _LEVELS.index(remark.level), _USEFUL_FIRST.index(remark.rule), i, -1 if j is None else j


def _quiet(found: list[Remark]) -> Iterator[Remark]:
    """One hint per objective is enough, and none where there is something to mend first."""
    seen: set[int] = set()
    for remark in found:
        hint = remark.level == "info"
        if hint and remark.about[0] in seen and remark.rule != "Q8":
            continue
        if hint or remark.level == "warn":
            seen.add(remark.about[0])
        yield remark
