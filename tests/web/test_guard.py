"""The page lets anyone be anyone, so it answers this machine alone."""

import pytest

from bot.web.guard import HEADERS
from tests.web.conftest import Client

PATHS = ["/", "/chat/state", "/static/js/main.js", "/chat/stream?as=mina&after=0"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "tenday.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "127.0.0.1@evil.example"},
        {"host": "localhost:"},
        {"host": "127.0.0.2"},
        {"host": ""},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-forwarded-for": "1.2.3.4"},
        {"x-forwarded-host": "127.0.0.1:3000"},
        {"forwarded": "for=1.2.3.4"},
        {"x-real-ip": "1.2.3.4"},
    ],
)
def test_strangers_are_refused(client: Client, path: str, headers: dict[str, str]) -> None:
    response = client.get(path, headers=headers)
    assert (response.status_code, response.text) == (403, "Refused.\n")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:3000", "127.0.0.1", "127.0.0.1:5", "[::1]", "[::1]:3000"])
def test_this_machine_is_served(client: Client, host: str) -> None:
    headers = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    for path in PATHS[:3]:
        response = client.get(path, headers=headers)
        assert response.status_code == 200
        assert HEADERS.items() <= response.headers.items()


@pytest.mark.parametrize("path", ["/static/../listen.py", "/static/..%2flisten.py", "/static/nothing.js"])
def test_only_static_files_are_static(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_post_from_elsewhere_has_no_effect(client: Client) -> None:
    for path in ("/chat/say", "/chat/press"):
        assert client.post(path, {}, headers={"origin": "https://evil.example"}).status_code == 403
        assert client.get(path).status_code == 405


def test_the_page_asks_nobody_else_for_anything(client: Client) -> None:
    page = client.get("/").text
    assert "http://" not in page
    assert "https://" not in page
    assert "style=" not in page
    assert "onclick" not in page
