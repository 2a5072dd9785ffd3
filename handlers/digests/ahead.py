"""What the next digest will say of somebody, told to them an evening before their lead reads it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.replies import Say
from handlers import labels
from handlers.asking import Asking
from handlers.digests.findings import LOOK_BACK
from handlers.digests.lines import About, diverges_on
from handlers.rings import calendar_for
from handlers.rules.digesting import SILENT_FROM, TREND_OVER, Works, silent_days
from handlers.views import KeyResultView, ObjectiveView
from storage.digesting import Circle, Heard, Page, heard, leave_of, led_since, readers_of_digest
from storage.drifting import drifting, values_before

MOST = 6  # said in full; of the others, which they are
A_WEEK = 5  # workdays from one time that somebody hears of their silence to the next


def told(asking: Asking, due: Iterable[tuple[KeyResultView, ObjectiveView]]) -> list[Say]:
    """No update, or words and numbers that part: what stands tomorrow where it is not mended today. due: what is asked about today."""
    readers = readers_of_digest(asking.session, asking.me)
    if not readers:
        return []
    circle = Circle(asking.organisation.id or 0, asking.me, "self")
    silent = _silent(asking, circle)
    found = silent if silent is not None else _stale(asking, due)
    found += _diverging(asking, circle)
    if not found:
        return []
    asking.meet(readers)
    others = list(dict.fromkeys(one["ref"] for one in found[MOST:]))
    return [Say("digest_ahead", {"leads": [asking.person(m) for m in readers], "said": found[:MOST], "others": others}, role="note")]


def _silent(asking: Asking, circle: Circle) -> list[dict[str, Any]] | None:
    """For how many workdays nothing was heard, today included; empty where that was said lately, None where it is too few."""
    known = heard(asking.session, circle, [], asking.today).get(asking.me)
    since = (known.last or known.began) if known else None
    if known is None or since is None:
        return None
    calendar = calendar_for(asking.member, asking.organisation)
    leave = leave_of(asking.session, circle, asking.today - LOOK_BACK, asking.today).get(asking.me, [])
    works = lambda day: calendar.works(day) and not any(first <= day <= last for first, last in leave)  # noqa: E731
    days = silent_days(since, asking.today, works)
    if days < SILENT_FROM:
        return None
    wanted = _unsaid(asking, known, since, works) or (days - SILENT_FROM) % A_WEEK == 0
    return [{"kind": "silent", "ref": "", "days": days}] if wanted else []


def _unsaid(asking: Asking, known: Heard, since: date, works: Works) -> bool:
    """Whether no evening before today said so, or said it for another lead. What was said today may be said again, in the same place."""
    if known.told is None or known.told_at is None or known.told >= asking.today:
        return True
    led = led_since(asking.session, [asking.me]).get(asking.me)
    return silent_days(since, known.told, works) < SILENT_FROM or (led is not None and led > known.told_at)


def _stale(asking: Asking, due: Iterable[tuple[KeyResultView, ObjectiveView]]) -> list[dict[str, Any]]:
    works = calendar_for(asking.member, asking.organisation).works
    found = []
    for kr, view in due:
        last = kr.row.checked_on
        if kr.status == "stale" and not kr.row.guardrail and last is not None and (asking.today - last).days > 2 * kr.row.rhythm:
            found.append(
                {"kind": "stale", "ref": labels.key_result(asking, kr.row, view.row), "days": silent_days(last, asking.today, works)}
            )
    return found


def _diverging(asking: Asking, circle: Circle) -> list[dict[str, Any]]:
    _, rows = drifting(asking.session, circle, asking.today, Page(20))
    about = About(asking, [one.id for one in rows])
    before = values_before(asking.session, [one.id for one in rows], asking.today - TREND_OVER)
    parted = [one for one in rows if diverges_on(asking.today, about.rows[one.id], one, before)]
    return [{"kind": "diverges", "ref": about.facts(one.id)["ref"], "confidence": about.rows[one.id].confidence} for one in parted]
