"""Who there is: organisations, their workspaces, members with their accounts, and teams."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false, func, text
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Owned


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


class Member(Owned, table=True):
    """One human. locale, timezone "": not known, the organisation's holds. `*_chosen`: said by the member, so no profile overrides it.

    greeted_at: when they were shown around, None for not yet.
    """

    __tablename__ = "members"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str | None = None
    title: str = ""
    locale: str = ""
    locale_chosen: bool = False
    timezone: str = ""
    timezone_chosen: bool = False
    lead_id: int | None = Field(default=None, foreign_key="members.id")
    admin: bool = False
    active: bool = True
    lead_chosen: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    greeted_at: datetime | None = None
    made_at: datetime


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
    state: live or dissolved.
    """

    __tablename__ = "teams"
    __table_args__ = (Index("uq_teams_origin", "organisation_id", "origin", unique=True),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    lead_id: int | None = Field(default=None, foreign_key="members.id")
    channel: str = ""
    platform: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    workspace: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    origin: str | None = None
    state: str = Field(default="live", sa_column_kwargs={"server_default": "live"})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


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


def accounts_of(session: Session, members: Iterable[int]) -> Sequence[Account]:
    """Every account of these members, oldest first."""
    return session.exec(select(Account).where(col(Account.member_id).in_(set(members))).order_by(col(Account.id))).all()


def members_by_id(session: Session, members: Iterable[int]) -> dict[int, Member]:
    """These members by id."""
    wanted = set(members)
    rows = session.exec(select(Member).where(col(Member.id).in_(wanted))).all() if wanted else ()
    return {row.id: row for row in rows if row.id is not None}


def members_named(session: Session, name: str) -> Sequence[Member]:
    """Active members called so; case does not matter."""
    return session.exec(select(Member).where(func.lower(col(Member.name)) == name.lower(), col(Member.active))).all()


def all_members(session: Session) -> Sequence[Member]:
    """Everybody, oldest first."""
    return session.exec(select(Member).order_by(col(Member.id))).all()


def member_count(session: Session) -> int:
    """How many members there are."""
    return session.exec(select(func.count()).select_from(Member)).one()


def unprofiled(session: Session, limit: int) -> Sequence[Account]:
    """Accounts whose platform was never asked about them, oldest first."""
    wanted = col(Account.profiled_at).is_(None), col(Account.platform) != "web"
    return session.exec(select(Account).where(*wanted).order_by(col(Account.id)).limit(limit)).all()


def teams_of(session: Session, member_id: int) -> Sequence[Team]:
    """The teams that a member is in, by name."""
    joined = select(Team).join(TeamMember, col(TeamMember.team_id) == col(Team.id))
    return session.exec(joined.where(TeamMember.member_id == member_id).order_by(Team.name)).all()


def team_named(session: Session, name: str) -> Team | None:
    """The team called so; case does not matter."""
    return session.exec(select(Team).where(func.lower(col(Team.name)) == name.lower())).first()


def team_name(session: Session, team_id: int) -> str:
    """A team's name, "" when there is no such team."""
    return session.exec(select(Team.name).where(Team.id == team_id)).first() or ""


def team_by_id(session: Session, team_id: int) -> Team | None:
    """One team."""
    return session.exec(select(Team).where(Team.id == team_id)).first()


def admins(session: Session) -> Sequence[Member]:
    """The active admins, the first of them first."""
    return session.exec(select(Member).where(col(Member.admin), col(Member.active)).order_by(col(Member.id))).all()


def organisation_by_id(session: Session, organisation_id: int) -> Organisation | None:
    """One organisation."""
    return session.exec(select(Organisation).where(Organisation.id == organisation_id)).first()


def workspaces_called(session: Session, workspace: str) -> Sequence[Workspace]:
    """The workspaces with that id, on whatever platform."""
    return session.exec(select(Workspace).where(Workspace.workspace == workspace).order_by(col(Workspace.id))).all()
