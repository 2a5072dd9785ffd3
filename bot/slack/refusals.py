"""Sorts what goes wrong with a call to Slack into outcomes; it calls nobody.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

import errno
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.sending import UNREACHABLE, Later, Never, Outcome, Unknown

DEFAULT_WAIT = 30.0
# we are not in that channel, or they are not
NOT_THERE = frozenset(("channel_not_found", "not_in_channel", "not_in_group", "user_not_in_channel", "is_archived"))
_GONE = frozenset(
    [
        "user_not_found",
        "users_not_found",
        "user_disabled",
        "user_not_visible",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "cannot_dm_bot",
        "user_not_in_channel",
        "not_in_group",
    ]
)
# of chat.update: the message is there no more, or is not to be changed any more
_NO_EDIT = frozenset(("message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "update_failed"))
_SETUP = frozenset(
    [
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "org_login_required",
        "ekm_access_denied",
        "team_access_not_granted",
        "access_denied",
        "two_factor_setup_required",
        "app_missing_action_url",
        "messages_tab_disabled",
    ]
)
_LATER = frozenset(("ratelimited", "rate_limited", "service_unavailable", "team_added_to_org", "accesslimited"))
_UNKNOWN = frozenset(("internal_error", "fatal_error", "request_timeout"))
_NOT_SENT = frozenset((errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH))


def refused(error: SlackApiError) -> Outcome:
    """What an answer that is not ok means. Slack's word for it is the reason; never the text."""
    response: Any = error.response
    status, word = int(response.status_code), word_of(error)
    if status == 429 or word in _LATER:
        return Later(retry_after(response.headers), "rate_limited" if status == 429 else word, "everybody")
    if status >= 500 or word in _UNKNOWN:
        return Unknown(word if status < 500 else f"http {status}")
    if word in _NO_EDIT:
        return Never("edit", word)
    if word in _GONE:
        return Never("gone", word)
    return Never("setup" if word in _SETUP else "content", word)


def word_of(error: SlackApiError) -> str:
    """Slack's own name of the error, "" when it gave none; an HTML page is not one."""
    response: Any = error.response
    word = response.get("error") if isinstance(response.data, dict) else ""
    return word if isinstance(word, str) and word.replace("_", "").isalnum() else ""


def broken(error: Exception) -> Outcome:
    """A call without an answer: Later when nothing can have left, else Unknown."""
    cause = error.reason if isinstance(error, URLError) else error
    before = isinstance(error, URLError) and (
        isinstance(cause, ssl.SSLCertVerificationError)
        or type(cause).__name__ == "gaierror"
        or (isinstance(cause, OSError) and cause.errno in _NOT_SENT)
    )
    return Later(DEFAULT_WAIT, UNREACHABLE, "everybody") if before else Unknown(type(cause).__name__)


def retry_after(headers: Mapping[str, Any]) -> float:
    """Seconds that Slack asks us to wait."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    value = given[0] if isinstance(given, list) else given
    return float(value) if str(value).isdecimal() else DEFAULT_WAIT
