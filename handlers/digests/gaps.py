"""What is missing: an OKR, a baseline, a target, an owner, a new value, weights; each with the line that mends it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.commands import Gaps
from bot.grammar import phrase
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import cards, labels
from handlers.asking import Asking
from handlers.digests import circles
from handlers.digests.findings import Findings
from handlers.digests.lines import About, short
from handlers.rules.digesting import silent_days
from storage import gaps as missing
from storage.digesting import Circle, Page
from storage.okrs import KeyResult, Objective, key_results_in, objectives_by_id

KINDS = ("okr", "baseline", "target", "owner", "value", "weights")
FEW, PAGE = 4, 12


def gaps(asking: Asking, command: Gaps) -> Reply:
    """What is missing in one's own OKRs and those of all whom one leads, or of a team."""
    if command.team is not None:
        circle, leads = circles.named(asking, command.team)
        everyone = [circle if leads else _as_anybody(circle)]
    else:
        led = circles.own(asking)
        mine = Circle(asking.organisation.id or 0, asking.me, "self")
        everyone = [mine, *([led] if led else [])]
    said: list[Part] = []
    for circle in everyone:
        said += _of(asking, circle, command)
    if not said:
        return Reply((Say("no_gaps", {"own": len(everyone) == 1 and command.team is None}),), card="gaps", private=True)
    return Reply((Say("gaps_title", role="title"), *said), card="gaps", private=True)


def _as_anybody(circle: Circle) -> Circle:
    """Whoever leads nobody there sees what is open to all."""
    return Circle(circle.organisation, 0, circle.kind, circle.team)


def _of(asking: Asking, circle: Circle, command: Gaps) -> list[Part]:
    """Each kind of gap under a heading, as far as there is any."""
    found, said = Findings(asking, circle), list[Part]()
    kinds = (command.part,) if command.part else KINDS
    most = command.start - 1 + (PAGE if command.part else FEW)
    for kind in kinds:
        if kind == "okr" and circle.viewer == 0:
            continue  # who has none is for those to read who lead
        count, lines = _READ[kind](found, Page(most))
        if count == 0:
            continue
        said += [Say("gap", {"kind": kind, "count": count, "own": circle.kind == "self"}, role="title"), *lines[(command.start - 1) * 2 :]]
        if count > most and kind != "okr":
            more = Gaps(command.team, kind, most + 1)  # type: ignore[arg-type]
            said.append(cards.row_of(Button("button_and_more", phrase(more), facts={"count": count - most})))
    return said


# ---------------------------------------------------------------- the kinds; a line and what mends it for each


def _no_okr(found: Findings, page: Page) -> tuple[int, list[Part]]:
    count, members = found.nothing_written(page)
    asking = found.asking
    if not count:
        return 0, []
    if found.circle.kind == "self":
        return 1, [Copy("新建" if asking.locale == "zh" else "new")]
    asking.meet(members)
    people = [asking.person(m) for m in members]
    return count, [Say("digest_no_okr", {"people": people, "more": count - len(people)})]


def _lacking(kind: str, what: Callable[[], object], found: Findings, page: Page) -> tuple[int, list[Part]]:
    asking = found.asking
    count, ids = missing.lacking(asking.session, found.circle, asking.today, what, page)  # type: ignore[arg-type]
    about, parts = About(asking, ids), list[Part]()
    for number in ids:
        row = about.rows[number]
        facts = about.facts(number)
        days = _quiet_for(found, row) if kind == "value" else 0
        own = row.owner_id == asking.me
        parts.append(Say("gap_line", {"who": facts["who"], "own": own, "ref": facts["ref"], "title": facts["title"], "days": days}))
        parts.append(Copy(_mends(asking, kind, row, about.parents[row.objective_id], own=own)))
    return count, parts


def _quiet_for(found: Findings, row: KeyResult) -> int:
    """Workdays of its owner without a new value, leave apart; 0 for never."""
    works = found.works(row.owner_id) if row.owner_id in found.people else None
    if row.checked_on is None or works is None:
        return 0
    return silent_days(row.checked_on, found.today - timedelta(days=1), works)


def _mends(asking: Asking, kind: str, row: KeyResult, parent: Objective, *, own: bool) -> str:
    """The line to type: the owner's own change, or the question to whoever can make it."""
    ref, zh = _typed(asking, row, parent), asking.locale == "zh"
    if kind == "owner":
        return f"移交 {ref} 给 @…" if zh else f"transfer {ref} to @…"
    if not own:
        asks = {
            "baseline": ("起始值是多少？", "what is the starting value?"),
            "target": ("目标值是多少？", "what is the target?"),
            "value": ("现在到哪里了？", "where does it stand now?"),
        }
        return f"评论 {ref} {asks[kind][0]}" if zh else f"comment {ref} {asks[kind][1]}"
    if kind == "value":
        return f"进展 {ref} …" if zh else f"checkin {ref} …"
    field = {"baseline": ("起始值", "start"), "target": ("目标值", "target")}[kind]
    return f"编辑 {ref} {field[0]} …" if zh else f"edit {ref} {field[1]} …"


def _typed(asking: Asking, row: KeyResult, parent: Objective) -> str:
    """The reference as the reader would type it."""
    if parent.owner_kind == "member" and parent.owner_id != asking.me:
        return f"@{asking.person(parent.owner_id).name} KR{parent.number}.{row.number}"
    return labels.key_result(asking, row, parent)


def _weights(found: Findings, page: Page) -> tuple[int, list[Part]]:
    """Objectives whose key results share their weight by nobody's decision."""
    asking = found.asking
    count, ids = missing.never_weighed(asking.session, found.circle, asking.today, page)
    rows = objectives_by_id(asking.session, ids)
    inside: dict[int, list[KeyResult]] = {}
    for kr in key_results_in(asking.session, ids):
        if not kr.guardrail:
            inside.setdefault(kr.objective_id, []).append(kr)
    asking.meet(row.owner_id for row in rows.values() if row.owner_kind == "member")
    parts: list[Part] = []
    for number in ids:
        row = rows[number]
        own = row.owner_kind == "member" and row.owner_id == asking.me
        who = asking.person(row.owner_id) if row.owner_kind == "member" else None
        ref = labels.objective(asking, row)
        parts.append(Say("gap_line", {"who": who, "own": own or who is None, "ref": ref, "title": short(row.title), "days": 0}))
        parts.append(Copy(_weigh(asking, row, inside[number], own=own or who is None)))
    return count, parts


def _weigh(asking: Asking, row: Objective, inside: list[KeyResult], *, own: bool) -> str:
    zh = asking.locale == "zh"
    if not own:
        ref = f"@{asking.person(row.owner_id).name} O{row.number}"
        return f"评论 {ref} 哪条更重要？" if zh else f"comment {ref} which of them weighs more?"
    each = round(100 / len(inside))
    shares = [each] * (len(inside) - 1) + [100 - each * (len(inside) - 1)]
    pairs = " ".join(f"{labels.key_result(asking, kr, row)} {share}" for kr, share in zip(inside, shares, strict=True))
    return f"权重 {pairs}" if zh else f"weight {pairs}"


def _values(found: Findings, page: Page) -> tuple[int, list[Part]]:
    return _lacking("value", lambda: missing.without_value(found.today), found, page)


_READ: dict[str, Callable[[Findings, Page], tuple[int, list[Part]]]] = {
    "okr": _no_okr,
    "baseline": partial(_lacking, "baseline", missing.without_baseline),
    "target": partial(_lacking, "target", missing.without_target),
    "owner": partial(_lacking, "owner", missing.without_owner),
    "value": _values,
    "weights": _weights,
}
