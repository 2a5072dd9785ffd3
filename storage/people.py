"""Who there is: organisations, their workspaces, members with their accounts, and teams."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Index, UniqueConstraint, bindparam, false, func, or_, text, true
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Owned, alike
from storage.prepared import Prepared, at_hand


class Organisation(SQLModel, table=True):
    """One company.

    origin: "env" for the one that the workspaces of `.env` belong to, so that two first deliveries cannot found it twice.
    cycle_length: quarter, two months, month or year: how cycles are cut that are not open yet.
    """

    __tablename__ = "organisations"
    id: int | None = Field(default=None, primary_key=True)
    origin: str = Field(default="env", unique=True)
    name: str
    locale: str = "en"
    timezone: str = "UTC"
    country: str = ""
    cycle_length: str = Field(default="quarter", sa_column_kwargs={"server_default": "quarter"})
    made_at: datetime


class Workspace(Owned, table=True):
    """One Slack team or Feishu tenant of an organisation."""

    __tablename__ = "workspaces"
    __table_args__ = (UniqueConstraint("platform", "workspace"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    workspace: str
    locale: str = "en"


NOBODYS = "none"  # a member who keeps no public holidays


class Member(Owned, table=True):
    """One human. locale, timezone "": not known, the organisation's holds. `*_chosen`: said by the member, so no profile overrides it.

    greeted_at: when they were shown around, None for not yet.
    prompt_at: minutes since local midnight; prompted False: asks not to be asked. muted: nothing unasked at all.
    workdays: seven letters from Monday on, "1" for a day of work ("1111100"), "" for what is usual in their country.
    other_workdays: those of every other week, "" for the same; workdays_from: a Monday whose week goes by `workdays`.
    country: whose holidays are theirs ("CN", "DE-BY"), "" for the organisation's, NOBODYS for none at all.
    quiet_from, quiet_to: minutes since midnight, None where they never said.
    asked_from: when they chose another time or other days: what had gone by then is not asked for at once. ring_id,
    morning_id: the rings that they are asked by; placed False: these are to be found anew. digest: how often they hear of those whom
    they lead, unasked: daily, weekly or off. line_coach: whether their daily lines are remarked on; coached_on: when that was last.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_ring", "organisation_id", "ring_id", "id"),
        Index("ix_members_morning", "organisation_id", "morning_id", "id"),
        Index("ix_members_unplaced", "id", sqlite_where=text("placed IS 0"), postgresql_where=text("placed IS FALSE")),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str | None = None
    title: str = ""
    locale: str = ""
    locale_chosen: bool = False
    timezone: str = ""
    timezone_chosen: bool = False
    lead_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    admin: bool = False
    active: bool = True
    lead_chosen: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    greeted_at: datetime | None = None
    made_at: datetime
    prompt_at: int = Field(default=17 * 60 + 40, sa_column_kwargs={"server_default": "1060"})
    prompted: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    muted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    workdays: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    other_workdays: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    workdays_from: date | None = None
    country: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    quiet_from: int | None = None
    quiet_to: int | None = None
    asked_from: datetime | None = None
    ring_id: int | None = Field(default=None, foreign_key="rings.id")
    morning_id: int | None = Field(default=None, foreign_key="rings.id")
    placed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    digest: str = Field(default="daily", sa_column_kwargs={"server_default": "daily"})
    line_coach: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    coached_on: date | None = None


class Account(Owned, table=True):
    """A member on one platform. profiled_at: when the platform was last asked about them."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("platform", "workspace", "user"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    platform: str
    workspace: str
    user: str
    outsider: bool = False
    reachable: bool = True
    profiled_at: datetime | None = None


class Team(Owned, table=True):
    """A team; lead_id is one of its members or None. channel: where it talks, on `platform` in `workspace`.

    origin: the department of a platform's directory that it was made from ("feishu:TENANT:od-1"), None for one made by hand.
    state: live or dissolved. daily: whether its channel gets a thread a day with each check-in. review: "", `week` or `fortnight` where it
    looks back at other times than every ten days. digest: whether its channel hears counts, blockers and wins.
    """

    __tablename__ = "teams"
    __table_args__ = (Index("uq_teams_origin", "organisation_id", "origin", unique=True),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    lead_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    channel: str = ""
    platform: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    workspace: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    origin: str | None = None
    state: str = Field(default="live", sa_column_kwargs={"server_default": "live"})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    daily: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    review: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    digest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class TeamMember(Owned, table=True):
    """Who is in which team. state: in or out (somebody who left it); origin: as the team's, for who came in by the directory."""

    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("team_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="teams.id", index=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    state: str = Field(default="in", sa_column_kwargs={"server_default": "in"})
    origin: str | None = None


def workspace_of(session: Session, platform: str, workspace: str) -> Workspace | None:
    """The workspace as set up, in whatever organisation it is."""
    return session.exec(select(Workspace).where(Workspace.platform == platform, Workspace.workspace == workspace)).first()


def only_organisation(session: Session) -> Organisation | None:
    """The organisation that the workspaces of `.env` belong to: the first one made."""
    return session.exec(select(Organisation).order_by(col(Organisation.id)).limit(1)).first()


def account_of(session: Session, platform: str, workspace: str, user: str) -> tuple[Account, Member] | None:
    """The account and its member."""
    found = session.exec(
        select(Account, Member)
        .where(Account.platform == platform, Account.workspace == workspace, Account.user == user)
        .where(col(Account.member_id) == col(Member.id))
    ).first()
    return (found[0], found[1]) if found else None


class Known(NamedTuple):
    """Somebody who was met before, and where they write from."""

    account: Account
    member: Member
    workspace: Workspace
    organisation: Organisation


def _column(kind: type[Owned]) -> ColumnElement[int]:
    """The column that says whose rows of a table are."""
    column: ColumnElement[int] = kind.__table__.c.organisation_id  # type: ignore[attr-defined]
    return column


_KNOWN = Prepared(
    select(Account, Member, Workspace, Organisation).where(
        Account.platform == bindparam("platform"),
        Account.workspace == bindparam("workspace"),
        Account.user == bindparam("user"),
        col(Member.id) == col(Account.member_id),
        Workspace.platform == bindparam("platform"),
        Workspace.workspace == bindparam("workspace"),
        _column(Workspace) == _column(Account),
        col(Organisation.id) == col(Member.organisation_id),
    )
)


def known_sender(session: Session, platform: str, workspace: str, user: str) -> Known | None:
    """Who writes, with everything that an answer needs to know of them; None for a stranger, or from a workspace nobody wrote from."""
    found = _KNOWN.first(session, platform=platform, workspace=workspace, user=user)
    return Known(*found) if found else None


_ACCOUNTS = Prepared(select(Account).where(col(Account.member_id).in_(bindparam("ids", expanding=True))).order_by(col(Account.id)))
_MEMBERS = Prepared(select(Member).where(col(Member.id).in_(bindparam("ids", expanding=True))))


def accounts_of(session: Session, members: Iterable[int]) -> Sequence[Account]:
    """Every account of these members, oldest first."""
    return _ACCOUNTS.things(session, ids=list(set(members)))


def members_by_id(session: Session, members: Iterable[int]) -> dict[int, Member]:
    """These members by id."""
    wanted = set(members)
    found = {number: row for number in wanted if (row := at_hand(session, Member, number)) is not None}
    missing = list(wanted - found.keys())
    return found | {row.id: row for row in (_MEMBERS.things(session, ids=missing) if missing else ())}


def members_named(session: Session, name: str) -> Sequence[Member]:
    """Active members called so; case does not matter."""
    return session.exec(select(Member).where(func.lower(col(Member.name)) == name.lower(), col(Member.active))).all()


def all_members(session: Session) -> Sequence[Member]:
    """Everybody, oldest first."""
    return session.exec(select(Member).order_by(col(Member.id))).all()


def present_members(session: Session, platform: str, workspace: str, limit: int) -> Sequence[int]:
    """Ids of the active members on a platform's workspace, by name."""
    here = Account.platform == platform, Account.workspace == workspace, col(Account.outsider).is_(False), col(Member.active)
    joined = select(Member.id, Member.name).join(Account, col(Account.member_id) == col(Member.id)).where(*here)
    rows = session.exec(joined.order_by(col(Member.name), col(Member.id)).limit(limit)).all()
    return list(dict.fromkeys(row[0] for row in rows if row[0] is not None))


def member_count(session: Session) -> int:
    """How many members there are."""
    return session.exec(select(func.count()).select_from(Member)).one()


def unprofiled(session: Session, limit: int, before: datetime) -> Sequence[Account]:
    """Accounts whose platform was never asked about them, or not since a moment; those never asked about first, oldest first."""
    long_ago = or_(col(Account.profiled_at).is_(None), col(Account.profiled_at) < before)
    order = col(Account.profiled_at).is_not(None), col(Account.profiled_at), col(Account.id)
    return session.exec(select(Account).where(long_ago, col(Account.platform) != "web").order_by(*order).limit(limit)).all()


def admins(session: Session) -> Sequence[Member]:
    """The active admins, oldest first."""
    return session.exec(select(Member).where(col(Member.admin), col(Member.active)).order_by(col(Member.id))).all()


def live_teams(session: Session) -> Sequence[Team]:
    """Every team that was not dissolved, by name."""
    return session.exec(select(Team).where(Team.state == "live").order_by(Team.name, col(Team.id))).all()


_TEAMS_OF = Prepared(
    select(Team)
    .join(TeamMember, col(TeamMember.team_id) == col(Team.id))
    .where(TeamMember.member_id == bindparam("member"), TeamMember.state == "in", Team.state == "live")
    .order_by(Team.name)
)


def teams_of(session: Session, member_id: int) -> Sequence[Team]:
    """The teams that a member is in, by name."""
    return _TEAMS_OF.things(session, member=member_id)


def team_named(session: Session, name: str) -> Team | None:
    """The live team called so; case, width and spacing do not matter."""
    wanted = alike(name)
    return next((team for team in live_teams(session) if alike(team.name) == wanted), None)


def team_by_id(session: Session, team_id: int, *, lock: bool = False) -> Team | None:
    """One team, also a dissolved one; lock: held against every other writer until the transaction ends."""
    wanted = select(Team).where(Team.id == team_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def team_name(session: Session, team_id: int) -> str:
    """A team's name, "" when there is no such team."""
    return session.exec(select(Team.name).where(Team.id == team_id)).first() or ""


def team_names(session: Session, teams: Iterable[int]) -> dict[int, str]:
    """What these teams are called."""
    wanted = list(teams)
    rows = session.exec(select(Team.id, Team.name).where(col(Team.id).in_(wanted))).all() if wanted else ()
    return {row[0]: row[1] for row in rows if row[0] is not None}


def members_in(session: Session, teams: Iterable[int]) -> dict[int, list[int]]:
    """Who is in these teams, in the order in which they came."""
    found: dict[int, list[int]] = {team: [] for team in teams}
    wanted = col(TeamMember.team_id).in_(found.keys()), TeamMember.state == "in"
    for row in session.exec(select(TeamMember).where(*wanted).order_by(col(TeamMember.id))).all() if found else ():
        found[row.team_id].append(row.member_id)
    return found


def leads_above(session: Session, member_id: int) -> list[int]:
    """The lead of a member, that one's lead, and so on up; one who was met already ends it."""
    leads = dict(session.exec(select(Member.id, Member.lead_id).where(col(Member.lead_id).is_not(None))).all())
    above: list[int] = []
    at = leads.get(member_id)
    while at is not None and at not in above:
        above.append(at)
        at = leads.get(at)
    return above


def team_by_origin(session: Session, origin: str) -> Team | None:
    """The team made from a department, also when it was dissolved."""
    return session.exec(select(Team).where(Team.origin == origin)).first()


def memberships_from(session: Session, member_id: int, prefix: str) -> Sequence[tuple[TeamMember, Team]]:
    """Where a member is by a directory: their places in teams whose origin begins so."""
    joined = select(TeamMember, Team).join(Team, col(Team.id) == col(TeamMember.team_id))
    wanted = TeamMember.member_id == member_id, TeamMember.state == "in", col(TeamMember.origin).startswith(prefix, autoescape=True)
    return [(row[0], row[1]) for row in session.exec(joined.where(*wanted).order_by(col(TeamMember.id))).all()]


def membership(session: Session, team_id: int, member_id: int) -> TeamMember | None:
    """Somebody's place in a team, also one that they left."""
    return session.exec(select(TeamMember).where(TeamMember.team_id == team_id, TeamMember.member_id == member_id)).first()


def hold_names(session: Session, organisation_id: int) -> None:
    """Holds the organisation until the transaction ends, so that no two teams or cycles are given one name at once."""
    session.exec(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()).first()


def organisation_by_id(session: Session, organisation_id: int) -> Organisation | None:
    """One organisation."""
    return session.exec(select(Organisation).where(Organisation.id == organisation_id)).first()


def workspaces_called(session: Session, workspace: str) -> Sequence[Workspace]:
    """The workspaces with that id, on whatever platform."""
    return session.exec(select(Workspace).where(Workspace.workspace == workspace).order_by(col(Workspace.id))).all()


def hold_member(session: Session, member_id: int) -> None:
    """Holds a member against whoever else holds them, until the transaction ends; what refers to them is stored meanwhile."""
    session.exec(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True)).first()
