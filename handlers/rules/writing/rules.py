"""The rules that look at one objective, one function each: it yields what the rule says, or nothing."""

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from handlers.rules.writing import examples, vocabulary
from handlers.rules.writing.drafts import KeyResultDraft, Level, Limits, ObjectiveDraft, Remark, Writing

_LIKENESS_CHARACTERS = 400


def _remark(
    rule: str, level: Level, place: tuple[int, int | None], draft: ObjectiveDraft | KeyResultDraft, example: str, **facts: Any
) -> Remark:
    i, j = place
    ref = draft.ref or (f"O{i + 1}" if j is None else f"KR{i + 1}.{j + 1}")
    known = {"rule": rule, "ref": ref, "title": draft.title, "example": example}
    return Remark(rule, level, place, f"coach_{rule.lower()}", example, known | facts)


def count_of_objectives(writing: Writing, limits: Limits) -> Iterator[Remark]:
    """Q1: few objectives per cycle."""
    count = len(writing.objectives) + writing.others
    if count > limits.objectives and writing.objectives:
        last = len(writing.objectives) - 1
        draft = writing.objectives[last]
        level: Level = "warn" if count > limits.objectives_most else "ask"
        example = examples.in_language(draft.title, "keep for the next cycle: {title}", "放到下个周期：{title}")
        yield _remark(
            "Q1", level, (last, None), draft, example, count=count, most=limits.objectives, too_many=count > limits.objectives_most
        )


def count_of_key_results(draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    """Q2: two to five key results."""
    count = len(draft.results)
    if limits.key_results_least <= count <= limits.key_results_most:
        return
    level: Level = "ask" if 0 < count < limits.key_results_least else "warn"
    few = count < limits.key_results_least
    source = draft.title if few else draft.results[-1].title
    example = examples.measured(source) if few else examples.in_language(source, "leave out or merge: {title}", "可以合并或去掉：{title}")
    yield _remark("Q2", level, (i, None), draft, example, count=count, least=limits.key_results_least, most=limits.key_results_most)


def task_list(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q16: the key results are no to-do list."""
    if len(draft.results) > 1 and all(_only_work(k) for k in draft.results):
        first = draft.results[0]
        yield _remark("Q16", "warn", (i, None), draft, examples.measured(first.title, first.due), count=len(draft.results))


def _only_work(key: KeyResultDraft) -> bool:
    return not key.measured and vocabulary.is_work(key.title)


def number_or_outcome(key: KeyResultDraft, place: tuple[int, int | None]) -> Iterator[Remark]:
    """Q5 for work without a number, or a counted output; Q3 for anything else without a number."""
    if key.measured:
        if key.start is None and not key.stages and vocabulary.is_output(key.title):
            yield _remark("Q5", "info", place, key, examples.measured(key.title, key.due))
        return
    rule = "Q5" if vocabulary.is_work(key.title) else "Q3"
    yield _remark(rule, "warn", place, key, examples.measured(key.title, key.due))


def objective_as_output(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q5 for an English objective that begins with a deliverable; a verb begins every Chinese one."""
    if vocabulary.is_output(draft.title):
        yield _remark("Q5", "warn", (i, None), draft, examples.in_language(draft.title, "{title}, so that __", ""))


def fields(key: KeyResultDraft, place: tuple[int, int | None]) -> Iterator[Remark]:
    """Q4: where it stands today, and who answers for it."""
    no_baseline = key.target is not None and key.start is None and key.direction != "keep" and _has_level(key)
    if no_baseline or not key.owned:
        example = examples.with_baseline(key.title) if no_baseline else examples.in_language(key.title, "{title} @__", "{title} @__")
        yield _remark("Q4", "ask", place, key, example, baseline=no_baseline, owner=not key.owned)


def _has_level(key: KeyResultDraft) -> bool:
    """Whether the number stood somewhere before: a share, or something that grows; `sign 10 customers` begins at 0."""
    return key.metric == "percent" or bool(vocabulary.BASELINE_ASKED.search(key.title))


def qualitative(draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    """Q6: an objective is words, no number, and one line."""
    title = draft.title
    if vocabulary.has_number(title):
        yield _remark("Q6", "warn", (i, None), draft, examples.without_number(title), what="number")
    elif _is_long(title, limits):
        yield _remark("Q6", "warn", (i, None), draft, examples.shorter(title), what="long")


def _is_long(title: str, limits: Limits) -> bool:
    return (
        len(re.sub(r"\s", "", title)) > limits.characters_most if vocabulary.is_chinese(title) else len(title.split()) > limits.words_most
    )


def value(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q7: business as usual is asked what it is good for."""
    if not draft.why and vocabulary.USUAL.search(draft.title):
        yield _remark("Q7", "info", (i, None), draft, examples.in_language(draft.title, "{title}, so that __", "{title}，让 __"))


def sufficient(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q8: with all key results reached, is the objective?"""
    if draft.results and draft.title:
        yield _remark("Q8", "info", (i, None), draft, examples.measured(draft.title))


def real_dates(draft: ObjectiveDraft, i: int, writing: Writing) -> Iterator[Remark]:
    """Q10: not everything on one day."""
    days = {k.due or writing.cycle_end for k in draft.results}
    said = any(k.due for k in draft.results)
    if len(draft.results) > 1 and len(days) == 1 and (said or len(draft.results) > 2):
        first = draft.results[0]
        example = examples.in_language(first.title, "{title}, by __", "{title}，__ 前")
        yield _remark("Q10", "ask" if said else "info", (i, None), draft, example, count=len(draft.results))


def ambition(draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    """Q11: sure things and wishes, by the confidence at the start."""
    known = [k for k in draft.results if k.confidence is not None]
    if not known:
        return
    average = sum(k.confidence or 0 for k in known) / len(known)
    if limits.confidence_least <= average <= limits.confidence_most:
        return
    most = max(known, key=lambda k: k.confidence or 0) if average > limits.confidence_most else min(known, key=lambda k: k.confidence or 0)
    sure = average > limits.confidence_most
    if sure and draft.kind == "committed":
        return
    example = examples.in_language(
        most.title, "{title}, then on to __" if sure else "{title}, first to __", "{title}，再到 __" if sure else "{title}，先到 __"
    )
    yield _remark("Q11", "warn", (i, None), draft, example, average=round(average, 1), sure=sure)


def kind(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q12: committed or aspirational is said."""
    if draft.kind is None and draft.key_results:
        yield _remark("Q12", "info", (i, None), draft, examples.in_language(draft.title, "{title} [aspirational]", "{title} [挑战型]"))


def leading(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q13: not only numbers that move when it is too late."""
    results = draft.results
    if len(results) > 1 and all(vocabulary.LAGGING.search(k.title) and not vocabulary.LEADING.search(k.title) for k in results):
        first = results[0]
        example = examples.in_language(first.title, "{title} – and each week: __", "{title}；另加每周可见的：__")
        yield _remark("Q13", "info", (i, None), draft, example)


def alignment(draft: ObjectiveDraft, i: int, limits: Limits) -> Iterator[Remark]:
    """Q14: it says what it helps, and is no copy of that."""
    if any(_alike(draft.title, parent, limits) for parent in draft.parents):
        yield _remark(
            "Q14",
            "warn",
            (i, None),
            draft,
            examples.in_language(draft.title, "our part of “{title}”: __", "“{title}”中我们的部分：__"),
            copy=True,
        )
    elif draft.aligned is False:
        yield _remark(
            "Q14", "ask", (i, None), draft, examples.in_language(draft.title, "{title} – helps: __", "{title}——支撑：__"), copy=False
        )


def guardrails(draft: ObjectiveDraft, i: int) -> Iterator[Remark]:
    """Q15: one number that must not fall while this is chased."""
    if len(draft.results) > 1 and not any(k.guardrail for k in draft.key_results):
        yield _remark(
            "Q15", "info", (i, None), draft, examples.in_language(draft.title, "{title} – KPI: __ ≥ __", "{title}——底线：__ ≥ __")
        )


def carried_over(draft: ObjectiveDraft, i: int, writing: Writing) -> Iterator[Remark]:
    """Q18: what was carried over says what is new."""
    before = {_plain(text) for text in writing.previous}
    drafts: tuple[ObjectiveDraft | KeyResultDraft, ...] = (draft, *draft.key_results)
    for j, each in enumerate(drafts, -1):
        if _plain(each.title) and _plain(each.title) in before:
            place = (i, None if j < 0 else j)
            yield _remark(
                "Q18", "warn", place, each, examples.in_language(each.title, "{title} – new this cycle: __", "{title}——本周期的新结果：__")
            )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _alike(a: str, b: str, limits: Limits) -> bool:
    plain = _plain(a[:_LIKENESS_CHARACTERS]), _plain(b[:_LIKENESS_CHARACTERS])
    return bool(plain[0]) and fuzz.ratio(*plain) >= limits.likeness
