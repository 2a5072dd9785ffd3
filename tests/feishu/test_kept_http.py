"""A kept connection is used again while it is fresh, and given up once it has been idle or broken."""

from bot.feishu.kept_http import IDLE_SECONDS, Line
from tests.fakes.feishu import FakeFeishu


def ask(line: Line, feishu: FakeFeishu) -> int:
    answer = line.request("GET", f"{feishu.domain}/open-apis/bot/v3/info", query=(), headers={}, body=None, seconds=5)
    return answer.status_code


def test_one_connection_for_many_and_another_after_a_pause(feishu: FakeFeishu) -> None:
    now = [0.0]
    line = Line(lambda: now[0])
    ask(line, feishu)
    first = line._session
    now[0] += IDLE_SECONDS / 2
    ask(line, feishu)
    assert line._session is first
    now[0] += IDLE_SECONDS * 1.5
    ask(line, feishu)
    assert line._session is not first


def test_what_broke_is_not_used_again(feishu: FakeFeishu) -> None:
    line = Line(lambda: 0.0)
    ask(line, feishu)
    first = line._session
    feishu.lose("bot")
    try:
        ask(line, feishu)
    except OSError:
        pass
    else:
        raise AssertionError("the connection was to break")
    ask(line, feishu)
    assert line._session is not first
