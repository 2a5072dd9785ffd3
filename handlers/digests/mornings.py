"""The digest that comes by itself: short, in a lead's morning message and in the channel of a team that wants it."""

from datetime import date, timedelta

from bot.commands import Digest
from bot.grammar import phrase
from bot.replies import Button, Item, Part, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.digests import circles, lines
from handlers.digests.digest import PARTS, coverage, parts_of
from handlers.digests.findings import Findings
from handlers.rings import calendar_for
from handlers.rules.digesting import Works, first_of_week, morning_span
from storage.access import EVERYBODY
from storage.digesting import Circle, Page, leads_anybody, leave_of
from storage.people import Team

NEWS = ("waiting", "needs", "wins")  # what makes a day's digest worth a message, beside who is newly silent; the rest stands for weeks
SHOWN, EACH = ("needs", "quiet", "wins"), 2
MOST_IN_CHANNEL = 5


def compact(asking: Asking, on: date) -> list[Part]:
    """The counts of each part, the first lines, and the button for all of it; nothing where there is nothing new to say."""
    works = _works(asking, on)
    every = asking.member.digest
    if every == "off" or (every == "weekly" and not first_of_week(on, works)):
        return []
    if not leads_anybody(asking.session, asking.organisation.id or 0, asking.me):
        return []
    circle = circles.own(asking)
    kind = morning_span(on, works)
    found = Findings(asking, circle, kind) if circle else None
    parts = parts_of(found, PARTS, EACH) if found else []
    counts = {part.name: part.count for part in parts}
    if found is None or not _worth_it(found, counts):
        return []
    said: list[Part] = [Say("morning_digest", {"span": kind, **counts}, role="title")]
    said += [item.head for part in parts if part.name in SHOWN for item in part.items[:EACH]]
    if found.coverage().all:
        said.append(coverage(found))
    said.append(cards.row_of(Button("button_full_digest", phrase(Digest(None, kind)), style="primary")))  # type: ignore[arg-type]
    return said


def _works(asking: Asking, on: date) -> Works:
    """On which days the reader works, leave apart: the week's digest comes on their first day back."""
    calendar = calendar_for(asking.member, asking.organisation)
    me = Circle(asking.organisation.id or 0, asking.me, "self")
    leave = leave_of(asking.session, me, on - timedelta(days=on.weekday()), on).get(asking.me, [])
    return lambda day: calendar.works(day) and not any(first <= day <= last for first, last in leave)


def _worth_it(found: Findings, counts: dict[str, int]) -> bool:
    """Whether there is anything new to say of a day, or any figure to say of a longer time."""
    if found.kind == "day":
        return any(counts[name] for name in NEWS) or found.newly_silent() > 0
    return any(counts.values()) or found.coverage().said > 0


def for_channel(asking: Asking, team: Team) -> Reply | None:
    """How a team does, for its channel: counts, blockers and what went well of what everybody may see; who is silent is not named.

    On a plain day only where something of it is new.
    """
    works = calendar_for(asking.member, asking.organisation).works
    circle = Circle(asking.organisation.id or 0, EVERYBODY, "team", team.id or 0)
    found = Findings(asking, circle, morning_span(asking.today, works))
    first, last = found.span
    won, rows = found.went_well(Page(MOST_IN_CHANNEL))
    if not found.coverage().all or (found.kind == "day" and not won and not found.in_the_way(Page(1), first)[0]):
        return None
    title = {"name": team.name, "company": False, "span": found.kind, "first": first, "last": last}
    said: list[Part] = [Say("digest_title", title, role="title"), Say("digest_counts", found.statuses_facts()), coverage(found)]
    blocked, ids = found.in_the_way(Page(MOST_IN_CHANNEL))
    said += _part("needs", blocked, lines.blocked(asking, ids, names=False))
    said += _part("wins", won, lines.wins(asking, rows, names=False))
    return Reply(tuple(said))


def _part(name: str, count: int, items: list[Item]) -> list[Part]:
    if not count:
        return []
    more: list[Part] = [Say("digest_more", {"count": count - len(items)}, role="note")] if count > len(items) else []
    return [Say("digest_channel_part", {"part": name, "count": count}, role="title"), *items, *more]
