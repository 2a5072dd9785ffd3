"""What Slack knows of people and of ourselves: auth.test once, users.info when somebody is new; it stores nothing but that."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.sending import Profile

RETRY_SECONDS = 30.0
quiet = logging.getLogger("tenday.slack.sdk")  # the SDK logs bodies and whole answers: never let it
quiet.setLevel(logging.CRITICAL + 1)
quiet.propagate = False
quiet.addHandler(logging.NullHandler())


def client(token: str, api_url: str, timeout: float) -> WebClient:
    """A Web API client that tries once: the SDK's own retry after a broken connection posts twice."""
    base = api_url if api_url.endswith("/") else f"{api_url}/"
    whole = max(1, round(timeout))  # the SDK's timeout is an int
    return WebClient(token=token, base_url=base, timeout=whole, retry_handlers=[], logger=quiet)


@dataclass(frozen=True)
class Identity:
    """Who we are in this workspace; every field may be "" before Slack has told us."""

    team: str = ""
    enterprise: str = ""
    user: str = ""
    bot: str = ""
    name: str = "Tenday"


class Ourselves:
    """Our identity, asked of Slack once; when that fails it is asked again later, and until then it is empty."""

    def __init__(self, web: WebClient, clock: Callable[[], float]) -> None:
        self._web, self._clock = web, clock
        self._lock = threading.Lock()
        self._known: Identity | None = None
        self._ask_after = 0.0

    def get(self) -> Identity:
        """The identity, possibly empty; blocks for the client's timeout at most, and one caller only."""
        if self._known is None and self._clock() >= self._ask_after and self._lock.acquire(blocking=False):
            try:
                self._ask_after = self._clock() + RETRY_SECONDS
                self.ask()
            finally:
                self._lock.release()
        return self._known or Identity()

    def ask(self) -> bool:
        """Asks now, whatever is known; whether Slack told."""
        try:
            self._known = _identity(self._web.auth_test().data)
        except Exception as error:  # whatever it is, the delivery says enough to go on
            logging.getLogger(__name__).warning("auth.test failed: %s", type(error).__name__)
            return False
        return True


def _identity(said: Any) -> Identity:
    def field(name: str) -> str:
        return str(said.get(name) or "")

    return Identity(field("team_id"), field("enterprise_id"), field("user_id"), field("bot_id"), field("user") or "Tenday")


def profile_of(web: WebClient, user: str) -> Profile | None:
    """What users.info says of a person, or None when it does not answer."""
    try:
        said: Any = web.users_info(user=user, include_locale=True).data
        return _profile(said["user"])
    except Exception as error:
        logging.getLogger(__name__).warning("users.info failed: %s", type(error).__name__)
        return None


def _profile(user: Mapping[str, Any]) -> Profile:
    details: Mapping[str, Any] = user.get("profile") or {}
    flags = ("is_restricted", "is_ultra_restricted", "is_bot", "is_stranger")
    return Profile(
        name=details.get("display_name") or user.get("real_name") or details.get("real_name") or user.get("name") or None,
        email=details.get("email") or None,
        timezone=user.get("tz") or None,
        locale=_locale(str(user.get("locale") or "")),
        outsider=any(user.get(flag) for flag in flags),
        active=not user.get("deleted", False),
    )


def _locale(tag: str) -> str | None:
    """Ours for Slack's tag: zh for zh-CN and zh-TW, en for en-GB; None for a language we do not speak."""
    language = tag.partition("-")[0].lower()
    return language if language in ("en", "zh") else None
