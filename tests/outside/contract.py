"""The export as contract.md promises it: every key, its type and its range; what hangs together must."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _share(value: Any) -> bool:
    return _number(value) and 0.0 <= value <= 1.0


def _progress(value: Any) -> bool:
    return _number(value) and value >= 0.0


def _confidence(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _anything(_value: Any) -> bool:
    return True


def _shape(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _one_of(*words: str) -> Check:
    return lambda value: value in words


def _or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(v) for v in value)


_TIME = _shape(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_DAY = _shape(r"\d{4}-\d\d-\d\d")
_ID = _shape(r"[a-z]\d+")
_STATUS = _one_of("on_track", "at_risk", "off_track", "stale")

ACCOUNT = {"platform": _one_of("slack", "feishu", "web"), "workspace": _text, "user": _text}
STAGE = {"title": _text, "weight": _share, "owner": _or_null(_ID), "due": _or_null(_DAY), "done": _anything}
KEY_RESULT: dict[str, Check] = {
    "id": _ID,
    "ref": _shape(r"KR\d+\.\d+"),
    "title": _text,
    "owner": _ID,
    "collaborators": _list_of(_ID),
    "metric": _one_of("number", "percent", "currency", "done", "stages"),
    "unit": _text,
    "start": _or_null(_number),
    "target": _or_null(_number),
    "current": _or_null(_number),
    "direction": _one_of("up", "down", "keep"),
    "guardrail": _flag,
    "weight": _or_null(_share),
    "progress": _or_null(_progress),
    "confidence": _or_null(_confidence),
    "status": _STATUS,
    "score": _or_null(_share),
    "due": _or_null(_DAY),
    "rhythm": _anything,
    # beyond the contract, which lets us add
    "carried_from": _or_null(_ID),
    "bound": _or_null(_one_of("min", "max")),
    "stages": _list_of(lambda value: _keyed(value, STAGE)),
}
TABLES: dict[str, dict[str, Check]] = {
    "people": {
        "id": _ID,
        "name": lambda value: _text(value) and value != "",
        "email": _or_null(_text),
        "timezone": _or_null(_text),
        "locale": _or_null(_one_of("en", "zh")),
        "teams": _list_of(_ID),
        "lead": _or_null(_ID),
        "accounts": _list_of(lambda value: _keyed(value, ACCOUNT)),
    },
    "teams": {
        "id": _ID,
        "name": _text,
        "lead": _or_null(_ID),
        "members": _list_of(_ID),
        "channel": _or_null(_text),
        "state": _one_of("live", "dissolved"),
    },
    "cycles": {"id": _ID, "name": _text, "start": _DAY, "end": _DAY},
    "objectives": {
        "id": _ID,
        "ref": _shape(r"O\d+"),
        "owner": _or_null(_ID),
        "owner_kind": _one_of("member", "team", "company"),
        "cycle": _ID,
        "title": _text,
        "why": _text,
        "kind": _one_of("committed", "aspirational"),
        "state": _one_of("draft", "published", "closed", "dropped"),
        "visibility": _one_of("everyone", "private"),
        "weight": _or_null(_share),
        "progress": _progress,
        "status": _STATUS,
        "score": _or_null(_share),
        "carried_from": _or_null(_ID),  # beyond the contract
        "key_results": _list_of(lambda value: _keyed(value, KEY_RESULT)),
    },
    "check_ins": {
        "id": _ID,
        "key_result": _or_null(_ID),
        "member": _ID,
        "on": _DAY,
        "value": _or_null(_number),
        "confidence": _or_null(_confidence),
        "note": _text,
        "blocker": _text,
        "plan": _text,
        "source": _text,
        "made_at": _TIME,
        "late": _flag,  # beyond the contract
    },
    "reviews": {"id": _ID, "member": _ID, "start": _DAY, "end": _DAY, "state": _text, "entries": _anything},
    "actions": {
        "id": _ID,
        "ref": _shape(r"A\d+"),
        "text": _text,
        "owner": _ID,
        "due": _or_null(_DAY),
        "state": _one_of("open", "done"),
        "from": _anything,
    },
    "alignments": {"from": _ID, "to": _ID, "state": _one_of("proposed", "accepted", "declined"), "by": _ID},
    "comments": {"id": _ID, "on": _ID, "by": _ID, "text": _text, "state": _one_of("open", "resolved"), "made_at": _TIME},
    "changes": {"at": _TIME, "by": _ID, "what": _ID, "field": _text, "old": _anything, "new": _anything, "reason": _or_null(_text)},
}


def _keyed(value: Any, checks: Mapping[str, Check]) -> bool:
    """Exactly these keys, each as it should be; says which one is not."""
    assert isinstance(value, dict), value
    assert set(value) == set(checks), f"keys: {set(value) ^ set(checks)}"
    for key, check in checks.items():
        assert check(value[key]), f"{key}: {value[key]!r} in {value}"
    return True


def checked(data: dict[str, Any]) -> dict[str, Any]:
    """The same data; AssertionError says what in it the contract does not know."""
    assert set(data) == {"version", "exported_at", *TABLES}, set(data) ^ {"version", "exported_at", *TABLES}
    assert data["version"] == 1
    assert _TIME(data["exported_at"]), data["exported_at"]
    for name, columns in TABLES.items():
        assert isinstance(data[name], list), name
        for row in data[name]:
            _keyed(row, columns)
    _whole(data)
    return data


def _whole(data: Mapping[str, Any]) -> None:
    """Ids are unique and lead somewhere; weights of siblings sum to 1, guardrails have none; numbers are given once."""
    key_results = [k for o in data["objectives"] for k in o["key_results"]]
    tables = {name: [row["id"] for row in data[name] if "id" in row] for name in TABLES} | {"key_results": [k["id"] for k in key_results]}
    for name, ids in tables.items():
        assert len(ids) == len(set(ids)), f"{name}: an id twice"
    people, cycles = set(tables["people"]), set(tables["cycles"])
    for objective in data["objectives"]:
        assert objective["cycle"] in cycles
        assert objective["owner_kind"] != "member" or objective["owner"] in people
        counted = [k for k in objective["key_results"] if not k["guardrail"]]
        assert all(k["weight"] is None for k in objective["key_results"] if k["guardrail"])
        assert not counted or abs(sum(k["weight"] for k in counted) - 1) < 1e-6, [k["weight"] for k in counted]
        assert all(k["owner"] in people and set(k["collaborators"]) <= people for k in objective["key_results"])
        assert all(k["ref"].startswith(f"KR{objective['ref'][1:]}.") for k in objective["key_results"])
    _siblings(data["objectives"])
    for check_in in data["check_ins"]:
        assert check_in["member"] in people
        assert check_in["key_result"] in {None, *tables["key_results"]}
    assert {change["by"] for change in data["changes"]} <= people


def _siblings(objectives: list[dict[str, Any]]) -> None:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for objective in objectives:
        groups.setdefault((objective["owner_kind"], objective["owner"], objective["cycle"]), []).append(objective)
    for group in groups.values():
        assert len({o["ref"] for o in group}) == len(group), "a number twice"
        weights = [o["weight"] for o in group if o["state"] == "published"]
        assert not weights or abs(sum(weights) - 1) < 1e-6, weights
