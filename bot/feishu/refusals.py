"""Sorts what goes wrong with a call to Feishu into outcomes; it calls nobody.

https://open.feishu.cn/document/server-docs/im-v1/message/create (error codes)
https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN (frequency limits)
"""

from collections.abc import Mapping
from typing import Any

from bot.sending import UNREACHABLE, Later, Never, Outcome, Unknown

DEFAULT_WAIT = 30.0
TOKEN_INVALID = frozenset((99991661, 99991663, 99991664, 99991668, 99991671))
NOT_THERE = frozenset((230011, 230110, 230002, 230019))  # the message to answer was recalled, or is out of our sight
# of changing a card: recalled, older than 14 days, not to be changed, deleted, no such message
_NO_EDIT = frozenset((230011, 230031, 230075, 230110, 99992354))
# 230002 bot not in the group, 230013 not in the app's range, 230029 resigned, 230034 no such id, 230053 stopped the bot,
# 232009 group dissolved, 230035 denied, 230018 group forbids, 230038 of another tenant
_GONE = frozenset((230002, 230013, 230029, 230034, 230053, 232009, 230035, 230018, 230038))
# 230006 bot ability off, 230027 permission, the rest: scopes, app disabled, app id or secret
_SETUP = frozenset((230006, 230027, 99991672, 99991679, 99991662, 99991673, 10003, 10014, 10005, 99991543))
_BEING_SENT, _TOO_OFTEN = 230049, 230020  # this very message; to this receiver, by all bots together
_BUSY_WAIT = 5.0
_OVERLOADED = frozenset((99991400, 99991401))
_BUSY_ALL = frozenset((11232, 11233, 11247))  # the whole of Feishu, on the hour and half hour above all; it does not say for how long


def refused(status: int, headers: Mapping[str, str], answer: Mapping[str, Any], *, edit: bool = False) -> Outcome:
    """What an answer that is not ok means; the reason is Feishu's code, never its words. edit: a card was to be changed."""
    code = answer.get("code")
    if status == 429 or code in _OVERLOADED:
        return Later(_wait(headers), str(code or 429), "everybody")
    if code in _BUSY_ALL:
        return Later(_BUSY_WAIT, str(code), "everybody")
    if code in (_BEING_SENT, _TOO_OFTEN):
        return Later(_BUSY_WAIT, str(code), "message" if code == _BEING_SENT else "receiver")
    if code in TOKEN_INVALID:  # a fresh one was refused as well
        return Never("setup", str(code))
    if status >= 500 or not isinstance(code, int):
        return Unknown(f"http {status}")
    if edit and code in _NO_EDIT:
        return Never("edit", str(code))
    if code in _GONE:
        return Never("gone", str(code))
    return Never("setup" if code in _SETUP else "content", str(code))


def tokenless(code: int) -> Outcome:
    """No token, so nothing was sent. code: Feishu's word on it, 0 when it did not answer."""
    if code == 0:
        return Later(DEFAULT_WAIT, UNREACHABLE, "everybody")
    return Later(DEFAULT_WAIT, str(code), "everybody") if code in _OVERLOADED else Never("setup", str(code))


def broken(error: Exception) -> Outcome:
    """A call without an answer: Later when nothing can have left, else Unknown. Feishu's `uuid` makes a repeat harmless for an hour."""
    names = {kind.__name__ for kind in type(error).__mro__}
    refused_at_once = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
    if names & {"ConnectTimeout", "SSLError", "ProxyError"} or ("ConnectionError" in names and refused_at_once):
        return Later(DEFAULT_WAIT, UNREACHABLE, "everybody")
    return Unknown(type(error).__name__)


def _wait(headers: Mapping[str, str]) -> float:
    lower = {name.lower(): value for name, value in headers.items()}
    for name in ("x-ogw-ratelimit-reset", "retry-after"):
        if lower.get(name, "").isdecimal():
            return float(lower[name])
    return DEFAULT_WAIT
