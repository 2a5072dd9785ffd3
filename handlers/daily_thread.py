"""A team's day in its channel: one thread a day, each check-in as it comes, mended when the check-in is. Nobody silent is named."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from bot.replies import Part, Reply, Say
from handlers import prompting
from handlers.asking import Asking
from handlers.outbox import UNASKED_LANE, add
from handlers.references import number_of
from storage.checkins import CheckIn, check_ins_by_id
from storage.journal import Act, act_by_id, changes_of, made_by_acts
from storage.okrs import key_results_by_id, objectives_by_id
from storage.outbox import Owed, under_keys
from storage.people import Team, live_teams, members_by_id, members_in, team_by_id, teams_of

USEFUL = timedelta(days=2)
SECOND_THOUGHTS = timedelta(minutes=2)  # before plain words that were taken for an answer are said to a team
MOST_DAYS = 5
OLDEST = timedelta(days=4)  # what is noted for a day longer ago opens no thread about it


def post(asking: Asking, act: int, check_ins: Iterable[CheckIn]) -> None:
    """Has what one act recorded said in the channels of the writer's teams that want it."""
    teams = [team for team in teams_of(asking.session, asking.me) if team.daily and team.channel]
    recent = [row for row in check_ins if asking.today - row.on <= OLDEST] if teams else []
    days = sorted({row.on for row in _open_to_all(asking.session, recent)})[:MOST_DAYS]
    for team in teams if days else ():
        tongue = _tongue(asking, team)
        for place, day in enumerate(days):
            head = _owed(asking, team, key=_day_key(team, day), kind="team_day", subject=f"t{team.id}:{day.isoformat()}")
            head.locale = tongue
            add(asking.session, head)
            line = _owed(asking, team, key=_line_key(team, act, place), kind="team_line", subject=f"c{act}:{day.isoformat()}")
            line.after, line.locale = head.key, tongue
            line.due_at = asking.now + (SECOND_THOUGHTS if asking.guessed else timedelta(0))
            add(asking.session, line)


def mend(asking: Asking, check_ins: Iterable[int], now: int) -> None:
    """Has the lines drawn anew that showed these check-ins. now: the act that changed them."""
    acts = made_by_acts(asking.session, [f"i{row}" for row in check_ins])
    teams = live_teams(asking.session) if acts else ()
    lines = {_line_key(team, act, place): team for team in teams for act in acts for place in range(MOST_DAYS)}
    for shown in under_keys(asking.session, lines) if lines else ():
        edit = _owed(asking, lines[shown.key], key=f"{shown.key}-e{now}", kind="team_line", subject=shown.subject)
        edit.edits, edit.platform, edit.workspace, edit.channel = shown.key, shown.platform, shown.workspace, shown.channel
        edit.locale = shown.locale
        add(asking.session, edit)


def _tongue(asking: Asking, team: Team) -> str:
    """What most of a team read, and its lead where they are even; "" where nobody has said, and their workspace's language holds."""
    members = members_by_id(asking.session, [*members_in(asking.session, [team.id or 0])[team.id or 0], team.lead_id or 0])
    spoken = Counter(member.locale for member in members.values() if member.active)
    lead = members.get(team.lead_id or 0)
    return max(spoken, key=lambda locale: (spoken[locale], lead is not None and lead.locale == locale), default="")


def _day_key(team: Team, day: date) -> str:
    return f"team-{team.id}-day-{day:%Y%m%d}"


def _line_key(team: Team, act: int, place: int) -> str:
    """An act's line about the first of its days, the second and so on."""
    return f"team-{team.id}-c{act}-{place}"


def _owed(asking: Asking, team: Team, *, key: str, kind: str, subject: str) -> Owed:
    return Owed(
        key=key,
        platform=team.platform,
        workspace=team.workspace,
        lane=UNASKED_LANE,
        kind=kind,
        subject=subject,
        member_id=asking.me,
        channel=team.channel,
        due_at=asking.now,
        until=asking.now + USEFUL,
    )


def head(asking: Asking, subject: str) -> Reply | None:
    """What a day's thread hangs on."""
    name, _, day = subject.partition(":")
    team = team_by_id(asking.session, number_of(name, "t") or 0)
    if team is None or not team.daily:
        return None
    return Reply((Say("team_day", {"name": team.name, "on": date.fromisoformat(day)}),))


def line(asking: Asking, subject: str, *, edit: bool) -> Reply | None:
    """What one act recorded for a day, as everybody in the channel may see it. edit: of one that was said and is taken back, that it is."""
    name, _, day = subject.partition(":")
    act = act_by_id(asking.session, number_of(name, "c") or 0)
    if act is None:
        return None
    rows = [row for row in _recorded(asking.session, act) if row.on == date.fromisoformat(day)]
    shown = _open_to_all(asking.session, rows)
    if not shown:
        return None
    said: list[Part] = list(prompting.said(asking, [row for row in shown if row.live]))
    if not said and not edit:
        return None
    if not said:
        return Reply((Say("team_line_gone", {"name": asking.member.name}),))
    return Reply((Say("team_said", {"name": asking.member.name}, role="title"), *said))


def _recorded(session: Session, act: Act) -> list[CheckIn]:
    ids = [int(change.thing[1:]) for change in changes_of(session, act.id or 0) if change.thing.startswith("i")]
    return check_ins_by_id(session, ids)


def _open_to_all(session: Session, rows: Sequence[CheckIn]) -> list[CheckIn]:
    """Those on the day, or on a key result that everybody may see."""
    of = key_results_by_id(session, [row.key_result_id for row in rows if row.key_result_id])
    parents = objectives_by_id(session, [kr.objective_id for kr in of.values()])
    seen = {number for number, kr in of.items() if parents[kr.objective_id].visibility == "everyone"}
    return [row for row in rows if row.key_result_id is None or row.key_result_id in seen]
