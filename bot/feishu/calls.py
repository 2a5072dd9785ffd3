"""Calls Feishu's API; it knows paths and JSON, no message and no person.

The SDK keeps the token, and is loaded at the first call and never before. The requests themselves go over a kept connection: the SDK
opens a new one for each.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.feishu import sdk
from bot.feishu.kept_http import Line
from bot.feishu.refusals import TOKEN_INVALID


class NoToken(Exception):
    """No tenant_access_token: nothing was sent. code: Feishu's, 0 when it could not be asked."""

    def __init__(self, code: int) -> None:
        super().__init__(f"no token: {code}")
        self.code = code


@dataclass(frozen=True)
class Answer:
    """status and headers of HTTP; said: the JSON, {} when there was none."""

    status: int
    headers: Mapping[str, str]
    said: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        """Whether Feishu did what was asked."""
        return self.status == 200 and self.said.get("code") == 0

    @property
    def data(self) -> Mapping[str, Any]:
        """The answer's data; {} when there is none."""
        data = self.said.get("data")
        return data if isinstance(data, dict) else {}


class Api:
    """One app of one tenant on Feishu or Lark. domain: https://host[:port], without a path."""

    def __init__(self, *, app_id: str, app_secret: str, domain: str, seconds: float) -> None:
        self._app_id, self._secret, self._domain, self._seconds = app_id, app_secret, domain.rstrip("/"), seconds
        self._line = Line()

    @cached_property
    def _lark(self) -> Any:
        return sdk.lark()

    @cached_property
    def _client(self) -> Any:
        builder: Any = self._lark.Client.builder().app_id(self._app_id).app_secret(self._secret)
        return builder.domain(self._domain).timeout(self._seconds).build()

    def warm_up(self) -> None:
        """Loads what the first call would have to wait for."""
        assert self._client is not None

    def call(self, method: str, path: str, *, query: Sequence[tuple[str, str]] = (), body: Mapping[str, Any] | None = None) -> Answer:
        """One call; a refused token is fetched anew and the call made once more. Raises NoToken, or what requests raises."""
        answer = self._once(method, path, query, body)
        if answer.said.get("code") in TOKEN_INVALID:
            self._forget_token()
            answer = self._once(method, path, query, body)
        return answer

    def _once(self, method: str, path: str, query: Sequence[tuple[str, str]], body: Mapping[str, Any] | None) -> Answer:
        headers = {"Authorization": f"Bearer {self._token()}"}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        said = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        raw = self._line.request(method, self._domain + path, query=query, headers=headers, body=said, seconds=self._seconds)
        return Answer(int(raw.status_code), dict(raw.headers), _parsed(raw.content))

    def _token(self) -> str:
        """Held before anything is sent, so that a failure here is known to have sent nothing."""
        try:
            return str(sdk.tokens().get_self_tenant_token(self._client.config))
        except Exception as error:
            raise NoToken(int(getattr(error, "code", 0) or 0)) from None  # its words may hold the secret

    def _forget_token(self) -> None:
        sdk.tokens().cache.set(f"self_tenant_token:{self._client.config.app_id}", "", 0)


def _parsed(content: Any) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, TypeError):
        return {}
    return said if isinstance(said, dict) else {}
