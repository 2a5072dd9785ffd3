"""The digest: what needs a lead, by exception, each line with where it was said and the one button that helps. No blame, no ranking."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.commands import Digest, DigestEvery, Named
from bot.grammar import phrase
from bot.replies import Button, Item, Part, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.digests import circles, lines
from handlers.digests.findings import Findings
from handlers.examples import example
from handlers.pen import Pen
from storage.digesting import Page
from storage.people import team_name, teams_of

ROOM = 18  # lines that a whole digest shows; a part alone shows PAGE
FEWEST, PAGE = 3, 15
PARTS = ("waiting", "needs", "drift", "quiet", "wins", "none")
OPEN_TO_ALL = ("needs", "wins")  # of a team that one does not lead
MOST_TEAMS = 5


@dataclass(frozen=True)
class Part_:
    """One part of a digest: how much there is, and its first lines."""

    name: str
    count: int
    items: list[Item]


def digest(asking: Asking, command: Digest) -> Reply:
    """What needs whoever leads, for all whom they lead or for one team; of a team that one does not lead, what everybody may read."""
    if command.team is not None:
        circle, leads = circles.named(asking, command.team)
    else:
        circle_of, leads = circles.own(asking), True
        if circle_of is None:
            return _leads_nobody(asking)
        circle = circle_of
    found = Findings(asking, circle, command.span)
    if command.part:
        return _one_part(found, command, leads=leads)
    return _whole(found, command, leads=leads)


def _leads_nobody(asking: Asking) -> Reply:
    """How to read of a team, and how one comes to lead."""
    teams = teams_of(asking.session, asking.me)[:MOST_TEAMS]
    buttons = tuple(Button("button_open", phrase(Digest(Named(team.name))), facts={"ref": team.name}) for team in teams)
    said: tuple[Part, ...] = (Say("leads_nobody", {"teams": len(teams)}), *([cards.row_of(*buttons)] if buttons else []))
    return Reply((*said, example(asking, "example_lead")), private=True)


def _whole(found: Findings, command: Digest, *, leads: bool) -> Reply:
    parts = parts_of(found, PARTS if leads else OPEN_TO_ALL, FEWEST * 3, leads=leads)
    room = max(FEWEST, ROOM // max(1, sum(part.count > 0 for part in parts)))
    said: list[Part] = [_title(found, command)]
    for part in parts:
        if part.count:
            said += _shown(found, command, part, room)
    said += _rest(found, any_=any(part.count for part in parts), leads=leads)
    spans = [Button("button_digest_span", phrase(Digest(command.team, span)), facts={"span": span}) for span in ("day", "week", "xun")]
    said.append(cards.row_of(*(b for b, span in zip(spans, ("day", "week", "xun"), strict=True) if span != command.span)))
    return Reply(tuple(said), card="digest", private=True)


def _title(found: Findings, command: Digest) -> Say:
    first, last = found.span
    name = command.team.name if command.team else ""
    company = found.circle.kind == "company"
    if found.circle.kind == "team":
        name = team_name(found.asking.session, found.circle.team)
    return Say("digest_title", {"name": name, "company": company, "span": found.kind, "first": first, "last": last}, role="title")


def parts_of(found: Findings, names: tuple[str, ...], most: int, *, leads: bool = True) -> list[Part_]:
    """Parts in their order, each with its whole number and at most so many lines."""
    read = _PARTS if leads else _UNNAMED
    return [Part_(name, *read[name](found, most)) for name in names]


def _shown(found: Findings, command: Digest, part: Part_, room: int) -> list[Part]:
    """A part under its heading; what is too much comes by a button."""
    said: list[Part] = [Say("digest_part", {"part": part.name, "count": part.count}, role="title"), *_joined(part, room)]
    left = part.count - room
    if left > 0 and part.name != "none":
        more = Digest(command.team, command.span, part.name, room + 1)  # type: ignore[arg-type]
        said.append(cards.row_of(Button("button_and_more", phrase(more), facts={"count": left})))
    return said


def _joined(part: Part_, room: int) -> list[Item]:
    return part.items[:room] if part.name != "none" else part.items


def _one_part(found: Findings, command: Digest, *, leads: bool) -> Reply:
    """One part alone, from some line on."""
    start = command.start - 1
    name = command.part if leads or command.part in OPEN_TO_ALL else "needs"
    [part] = parts_of(found, (name,), start + PAGE, leads=leads)
    said: list[Part] = [_title(found, command), Say("digest_part", {"part": name, "count": part.count}, role="title")]
    said += part.items[start : start + PAGE] if name != "none" else part.items
    if part.count == 0:
        said.append(Say("digest_none_of_it"))
    left = part.count - start - PAGE
    if left > 0 and name != "none":
        more = Digest(command.team, command.span, command.part, command.start + PAGE)
        said.append(cards.row_of(Button("button_and_more", phrase(more), facts={"count": left})))
    return Reply(tuple(said), card="digest", private=True)


def _rest(found: Findings, *, any_: bool, leads: bool) -> list[Part]:
    """How many were heard; for whoever does not lead also how the key results stand."""
    said: list[Part] = [] if any_ else [Say("digest_calm")]
    if not leads:
        said.append(Say("digest_counts", found.statuses_facts()))
    covered = found.coverage()
    if covered.all:
        said.append(coverage(found))
    return said


def coverage(found: Findings) -> Say:
    """`7 of 9 checked in, 1 away`."""
    covered = found.coverage()
    return Say("digest_coverage", {"said": covered.said, "all": covered.all, "away": covered.away, "span": found.kind}, role="note")


# ---------------------------------------------------------------- the parts


def _waiting(found: Findings, most: int) -> tuple[int, list[Item]]:
    """What is asked of the reader first, then whose check-ins they have not looked at."""
    asked = found.asked_of_me()
    count, unseen = found.not_looked_at(Page(most))
    items = lines.requests(found.asking, asked[:most])
    left = most - len(items)
    return len(asked) + count, [*items, *lines.unseen(found.asking, unseen[: max(0, left)])]


def _needs(found: Findings, most: int) -> tuple[int, list[Item]]:
    """Questions that nobody answers, what is in the way, and actions whose day is over."""
    page, asking = Page(most), found.asking
    kinds: tuple[tuple[Callable[[Page], tuple[int, list[int]]], Callable[[list[int]], list[Item]]], ...] = (
        (found.open_between, lambda ids: lines.requests_named(asking, ids)),
        (found.blocked, lambda ids: lines.blocked(asking, ids)),
        (found.overdue, lambda ids: lines.overdue(asking, ids)),
    )
    count, items = 0, list[Item]()
    for read, draw in kinds:
        number, ids = read(page)
        count += number
        items += draw(ids[: max(0, most - len(items))])
    return count, items


def _drift(found: Findings, most: int) -> tuple[int, list[Item]]:
    count, rows = found.drifts(Page(most))
    return count, lines.drift(found.asking, rows, found.told)


def _quiet(found: Findings, most: int) -> tuple[int, list[Item]]:
    """People first, then key results of those who are heard."""
    people, silent = found.silent(Page(most))
    count, stale = found.without_value(Page(most))
    items = lines.silent(found.asking, silent)
    return people + count, [*items, *lines.stale(found.asking, stale[: max(0, most - len(items))], found.works)]


def _wins(found: Findings, most: int) -> tuple[int, list[Item]]:
    count, rows = found.went_well(Page(most))
    return count, lines.wins(found.asking, rows)


def _none(found: Findings, most: int) -> tuple[int, list[Item]]:
    """Who has no OKR: one line."""
    count, members = found.nothing_written(Page(most))
    found.asking.meet(members)
    people = [found.asking.person(m) for m in members]
    return count, [Item(Say("digest_no_okr", {"people": people, "more": count - len(people)}))] if count else []


_PARTS: dict[str, Callable[[Findings, int], tuple[int, list[Item]]]] = {
    "waiting": _waiting,
    "needs": _needs,
    "drift": _drift,
    "quiet": _quiet,
    "wins": _wins,
    "none": _none,
}


def _in_the_way(found: Findings, most: int) -> tuple[int, list[Item]]:
    """What is in the way, for whoever does not lead: no names, nobody's actions."""
    count, ids = found.in_the_way(Page(most))
    return count, lines.blocked(found.asking, ids, names=False)


def _won(found: Findings, most: int) -> tuple[int, list[Item]]:
    count, rows = found.went_well(Page(most))
    return count, lines.wins(found.asking, rows, names=False)


_UNNAMED: dict[str, Callable[[Findings, int], tuple[int, list[Item]]]] = {"needs": _in_the_way, "wins": _won}


# ---------------------------------------------------------------- how often


def every(asking: Asking, command: DigestEvery) -> Reply:
    """How often it comes by itself."""
    pen = Pen(asking, "settings")
    changed = pen.set(asking.member, digest=command.every)
    leads = circles.own(asking) is not None
    undo = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if changed else ()
    return Reply((Say("digest_every", {"every": command.every, "leads": leads}), *undo), private=True)
