"""Everything an organisation has, in the shape that the contract documents: JSON, CSV and Markdown with the same columns."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from handlers.rules.calendar import local_day
from handlers.views import KeyResultView, ObjectiveView, look
from storage.actions import Action, every_action
from storage.checkins import CheckIn
from storage.journal import Act, Change
from storage.okrs import Cycle, Objective, open_cycles
from storage.people import Account, Member, Organisation, Team, TeamMember, all_members, members_in
from storage.sharing import Comment, every_comment

VERSION = 1
RHYTHMS = {1: "daily", 7: "weekly", 14: "two weeks", 30: "monthly"}
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # East Asian spreadsheets take the wide ones too
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~])")


def everything(session: Session, organisation: Organisation, now: datetime) -> dict[str, Any]:
    """The whole organisation; a session of that organisation alone."""
    today = local_day(now, organisation.timezone)
    return {
        "version": VERSION,
        "exported_at": _utc(now),
        "people": _people(session),
        "teams": _teams(session),
        "cycles": [_cycle(c) for c in open_cycles(session)],
        "objectives": _objectives(session, today),
        "check_ins": _check_ins(session),
        "reviews": [],
        "actions": [_action(a) for a in every_action(session)],
        "alignments": [],
        "comments": [_comment(n) for n in every_comment(session)],
        "changes": _changes(session),
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(prefix: str, number: int | None) -> str | None:
    return f"{prefix}{number}" if number else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _people(session: Session) -> list[dict[str, Any]]:
    accounts: dict[int, list[dict[str, str]]] = {}
    for a in session.exec(select(Account).order_by(col(Account.id))).all():
        accounts.setdefault(a.member_id, []).append({"platform": a.platform, "workspace": a.workspace, "user": a.user})
    teams: dict[int, list[str]] = {}
    inside = select(TeamMember).join(Team, col(Team.id) == col(TeamMember.team_id)).where(TeamMember.state == "in", Team.state == "live")
    for t in session.exec(inside.order_by(col(TeamMember.id))).all():
        teams.setdefault(t.member_id, []).append(f"t{t.team_id}")
    return [_person(m, teams.get(m.id or 0, []), accounts.get(m.id or 0, [])) for m in all_members(session)]


def _person(member: Member, teams: list[str], accounts: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "id": f"m{member.id}",
        "name": member.name,
        "email": member.email,
        "timezone": member.timezone or None,
        "locale": member.locale or None,
        "teams": teams,
        "lead": _id("m", member.lead_id),
        "accounts": accounts,
    }


def _teams(session: Session) -> list[dict[str, Any]]:
    """The live teams, and of the dissolved ones those that an objective still names."""
    owning = select(Objective.owner_id).where(Objective.owner_kind == "team", Objective.state != "discarded")
    wanted = or_(col(Team.state) == "live", col(Team.id).in_(owning))
    rows = session.exec(select(Team).where(wanted).order_by(col(Team.id))).all()
    members = members_in(session, [t.id or 0 for t in rows])
    return [
        {
            "id": f"t{t.id}",
            "name": t.name,
            "lead": _id("m", t.lead_id),
            "members": [f"m{m}" for m in members[t.id or 0]],
            "channel": t.channel or None,
            "state": t.state,
        }
        for t in rows
    ]


def _cycle(cycle: Cycle) -> dict[str, Any]:
    return {"id": f"y{cycle.id}", "name": cycle.name, "start": _day(cycle.start), "end": _day(cycle.end)}


def _objectives(session: Session, today: date) -> list[dict[str, Any]]:
    rows = session.exec(select(Objective).where(Objective.state != "discarded").order_by(col(Objective.id))).all()
    return [_objective(view) for view in look(session, rows, today)]


def _objective(view: ObjectiveView) -> dict[str, Any]:
    row = view.row
    owner = {"member": f"m{row.owner_id}", "team": f"t{row.owner_id}"}.get(row.owner_kind)
    return {
        "id": f"o{row.id}",
        "ref": view.ref,
        "owner": owner,
        "owner_kind": row.owner_kind,
        "cycle": f"y{row.cycle_id}",
        "title": row.title,
        "why": row.why,
        "kind": row.kind,
        "state": row.state,
        "visibility": row.visibility,
        "weight": view.weight,
        "progress": view.progress,
        "status": view.status,
        "score": view.score,
        "carried_from": _id("o", row.carried_from),
        "key_results": [_key_result(kr) for kr in view.key_results],
    }


def _key_result(view: KeyResultView) -> dict[str, Any]:
    row = view.row
    return {
        "id": f"k{row.id}",
        "ref": view.ref,
        "title": row.title,
        "owner": f"m{row.owner_id}",
        "collaborators": [f"m{m}" for m in view.collaborators],
        "metric": row.metric,
        "unit": row.unit,
        "start": row.start,
        "target": row.target,
        "current": row.current,
        "direction": row.direction,
        "guardrail": row.guardrail,
        "weight": view.weight,
        "progress": view.progress,
        "confidence": row.confidence,
        "status": view.status,
        "score": row.score,
        "carried_from": _id("k", row.carried_from),
        "due": _day(row.due),
        "rhythm": RHYTHMS.get(row.rhythm, f"{row.rhythm} days"),
        "bound": row.bound if row.guardrail or row.direction == "keep" else None,
        "stages": [
            {"title": s.title, "weight": w, "owner": _id("m", s.owner_id), "due": _day(s.due), "done": s.done}
            for s, w in zip(view.stages, view.stage_weights, strict=True)
        ],
    }


def _check_ins(session: Session) -> list[dict[str, Any]]:
    rows = session.exec(select(CheckIn).where(col(CheckIn.live)).order_by(col(CheckIn.id))).all()
    return [
        {
            "id": f"i{c.id}",
            "key_result": _id("k", c.key_result_id),
            "member": f"m{c.member_id}",
            "on": _day(c.on),
            "value": c.value,
            "confidence": c.confidence,
            "note": c.note,
            "blocker": c.blocker,
            "plan": c.plan,
            "source": c.source,
            "made_at": _utc(c.made_at),
            "late": c.late,
        }
        for c in rows
    ]


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": f"n{comment.id}",
        "on": f"k{comment.key_result_id}" if comment.key_result_id else f"o{comment.objective_id}",
        "by": f"m{comment.by_id}",
        "text": comment.text,
        "state": comment.state,
        "made_at": _utc(comment.made_at),
    }


def _action(action: Action) -> dict[str, Any]:
    """from: what it came from, the nearest of request, review, key result and objective."""
    came = ("r", action.request_id), ("w", action.review_id), ("k", action.key_result_id), ("o", action.objective_id)
    return {
        "id": f"e{action.id}",
        "ref": f"A{action.number}",
        "text": action.text,
        "owner": f"m{action.owner_id}",
        "due": _day(action.due),
        "state": action.state,
        "from": next((_id(prefix, number) for prefix, number in came if number), None),
    }


def _changes(session: Session) -> list[dict[str, Any]]:
    rows = session.exec(select(Change, Act).join(Act, col(Act.id) == col(Change.act_id)).order_by(col(Change.id))).all()
    return [
        {
            "at": _utc(act.at),
            "by": f"m{act.by_id}",
            "what": change.thing,
            "field": change.field,
            "old": json.loads(change.old),
            "new": json.loads(change.new),
            "reason": change.reason,
        }
        for change, act in rows
    ]


# ---------------------------------------------------------------- formats


def as_json(data: Mapping[str, Any]) -> str:
    """The data as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def tables(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The same as flat tables: key results and stages become tables of their own that name what they belong to."""
    objectives = data["objectives"]
    key_results = [{"objective": o["id"], **_flat(k)} for o in objectives for k in o["key_results"]]
    flat = {name: [_flat(row) for row in data[name]] for name in data if isinstance(data[name], list) and name != "objectives"}
    order = (
        "people",
        "teams",
        "cycles",
        "objectives",
        "key_results",
        "check_ins",
        "reviews",
        "actions",
        "alignments",
        "comments",
        "changes",
    )
    flat |= {"objectives": [_flat({k: v for k, v in o.items() if k != "key_results"}) for o in objectives], "key_results": key_results}
    return {name: flat[name] for name in order}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: _cell(v) for k, v in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def as_csv(data: Mapping[str, Any]) -> str:
    """Every table under its name, a header row and its rows; text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    for name, rows in tables(data).items():
        writer.writerow([f"[{name}]"])
        if rows:
            writer.writerow(rows[0].keys())
            writer.writerows([_safe(v) for v in row.values()] for row in rows)
        writer.writerow([])
    return out.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_markdown(data: Mapping[str, Any]) -> str:
    """Every table as a Markdown table; what people typed is plain text in it."""
    lines = ["# Tenday", "", f"version {data['version']} · {data['exported_at']}", ""]
    for name, rows in tables(data).items():
        lines += [f"## {name}", ""]
        lines += _markdown_table(rows) if rows else ["–"]
        lines.append("")
    return "\n".join(lines)


def _markdown_table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    head = "| " + " | ".join(rows[0].keys()) + " |"
    body = ["| " + " | ".join(_plain(v) for v in row.values()) + " |" for row in rows]
    return [head, "|" + " --- |" * len(rows[0]), *body]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(_MARKDOWN.sub(r"\\\1", text).split())


FORMATS = {"json": as_json, "csv": as_csv, "md": as_markdown}
