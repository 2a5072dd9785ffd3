"""The program without a public address: Socket Mode and the long connection, on the roads that HTTP takes and on those it does not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import entered
from tests.fakes.feishu_socket import FakeFeishuSocket
from tests.fakes.slack_socket import FakeSlackSocket
from tests.outside import test_feishu_story, test_forms, test_slack_story
from tests.outside.conftest import Place
from tests.outside.program import Serving, Town, until

IMPATIENT = Path(__file__).parent / "impatient.py"  # deaf after a second
NO_SLACK = {"TENDAY_SLACK_BOT_TOKEN": "", "TENDAY_SLACK_APP_TOKEN": ""}
NO_FEISHU = {"TENDAY_FEISHU_APP_ID": "", "TENDAY_FEISHU_APP_SECRET": "", "TENDAY_FEISHU_CONNECTION": ""}
OKR = "/okr new O: Base\nKR1: Customers from 10 to 50"


class Wired(Town):
    """A town whose platforms are met over connections."""

    slack: FakeSlackSocket
    feishu: FakeFeishuSocket


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[Callable[..., Wired]]:
    """wired(kind, **settings): nobody's else."""
    with ExitStack() as stack:

        def town(kind: str, **more: str) -> Wired:
            url = entered(stack, kind, tmp_path)
            return Wired(stack.enter_context(FakeSlackSocket()), stack.enter_context(FakeFeishuSocket()), url, tmp_path, more)

        yield town


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place that is met over connections; as in `places`, it speaks 中文 to whom their platform does not say otherwise."""
    folder = tmp_path_factory.mktemp("connected")
    with ExitStack() as stack:
        url = entered(stack, "sqlite", folder)
        slack, feishu = stack.enter_context(FakeSlackSocket()), stack.enter_context(FakeFeishuSocket())
        town = Wired(slack, feishu, url, folder, {"TENDAY_LOCALE": "zh"})
        serving = stack.enter_context(town.served())
        yield Place(town, serving)
        assert "Traceback" not in serving.stderr(), serving.stderr()


def ready(p: Serving) -> dict[str, Any]:
    """Waits until /readyz is 200, and gives what it says."""
    return dict(until(lambda: (state := p.get("/readyz")).status_code == 200 and state.json(), "/readyz is well"))


def unready(p: Serving, name: str, reason: str) -> None:
    """Waits until /readyz is 503 with this reason."""
    until(lambda: (state := p.get("/readyz")).status_code == 503 and reason in state.json()[name], f"{name}: {reason}")
    assert p.get("/healthz").status_code == 200


def okr(p: Serving) -> None:
    p.typed(OKR)
    assert "Base" in p.typed("/okr publish O1")["text"]


# ------------------------------------------------------------ the same stories


def test_a_quarter_on_slack(connected: Place) -> None:
    test_slack_story.test_a_quarter(connected)


def test_a_colleague_is_asked_and_answers(connected: Place) -> None:
    test_slack_story.test_a_colleague_is_asked_and_answers(connected)


def test_a_quarter_on_feishu(connected: Place) -> None:
    test_feishu_story.test_a_quarter(connected)


def test_ten_people_in_one_line(connected: Place) -> None:
    test_feishu_story.test_ten_people_in_one_line(connected)


def test_a_group_hears_only_what_mentions_tenday(connected: Place) -> None:
    test_feishu_story.test_a_group_hears_only_what_mentions_tenday(connected)


def test_a_form_on_slack(wired: Callable[..., Wired]) -> None:
    """A modal's mistakes are in the acknowledgement, as over HTTP."""
    test_forms.test_slack(wired, "sqlite")


def test_readyz_says_what_was_last_heard(connected: Place) -> None:
    connected.serving.direct("mine", user=connected.colleague())
    connected.serving.says("我的", connected.employee())
    state = ready(connected.serving)
    assert state["ok"] is True
    assert {state["database"], state["clock"], state["slack"], state["feishu"]} == {"ok"}
    for platform in ("slack", "feishu"):
        assert state[f"{platform}_connection"].startswith("connected, last heard ")
        assert state["heard"][platform].endswith("Z")
    assert connected.serving.ask("POST", "/slack/events").status_code == 404, "nobody can sign, so nobody is listened to"
    assert connected.serving.ask("POST", "/feishu/events").status_code == 404


# ------------------------------------------------------------ what only connections do


def test_cut_in_the_middle_and_redelivered_there_is_one_effect(wired: Callable[..., Wired]) -> None:
    town = wired("sqlite")
    town.program = IMPATIENT
    with town.served() as p:
        okr(p)
        event, old = town.slack.direct("KR1.1 +1 counted once"), tuple(town.slack.connected())
        first = town.slack.send(event)
        town.slack.cut()
        town.slack.connected(beyond=old)
        town.slack.push(event, attempt=1)
        town.slack.push(event, attempt=2)
        pushed, gone = town.feishu.direct("我的"), tuple(town.feishu.connected())
        town.feishu.send(pushed, pieces=2)
        town.feishu.cut()
        town.feishu.connected(beyond=gone)
        town.feishu.push(pushed)
        until(lambda: town.feishu.messages, "it is answered, be it by the one that was cut")
        town.feishu.push(pushed)
        p.direct("mine", user="U2")  # a fence: what was owed before is sent before
        assert len([m for m in town.slack.messages if m["channel"] == "DU1"]) == 1
        assert len(town.feishu.messages) == 1
        assert ready(p)["slack_connection"].startswith("connected"), first
    assert [c["value"] for c in town.export()["check_ins"]] == [11]


def test_connections_gone_deaf_are_noticed_and_renewed(wired: Callable[..., Wired]) -> None:
    town = wired("sqlite")
    town.program = IMPATIENT
    with town.served() as p:
        okr(p)
        ready(p)
        slack, feishu = tuple(town.slack.connected()), tuple(town.feishu.connected())
        town.slack.go_deaf()
        town.feishu.go_deaf()
        (newer,) = town.slack.connected(beyond=slack)
        assert town.slack.push(town.slack.command("/okr KR1.1 20"), over=newer)
        (newest,) = town.feishu.connected(beyond=feishu)
        p.told(lambda: town.feishu.push(town.feishu.direct("帮助"), over=newest), by="feishu")
        ready(p)
        assert "slack: the connection is renewed: deaf" in p.stderr()
        assert "feishu: the connection is renewed: deaf" in p.stderr()
    assert [c["value"] for c in town.export()["check_ins"]] == [20]


@pytest.mark.parametrize("kind", ["postgres"])
def test_two_processes_on_one_socket_mode_app(wired: Callable[..., Wired], kind: str) -> None:
    """Each payload goes to one of them, and to the other when that one is killed in the middle: nothing is lost or doubled."""
    town = wired(kind, **NO_FEISHU)
    with town.served(live=False) as one, town.served(live=False) as two:
        one.live()
        two.live()
        town.slack.connected(2)
        okr(one)
        for _ in range(6):
            one.typed("/okr KR1.1 +1")
        assert {id(c) for c in town.slack.acknowledged_over} == {id(c) for c in town.slack.connections}
        events = [town.slack.direct(f"KR1.1 +1 number {number}") for number in range(8)]
        sent = [town.slack.send(event) for event in events]
        one.kill()
        until(lambda: len(town.slack.connections) == 1, "one is gone")
        for event, envelope in zip(events, sent, strict=True):
            if not town.slack.acked(envelope):
                town.slack.push(event, attempt=1)
        ready(two)
    check_ins = town.export()["check_ins"]
    assert sorted(c["value"] for c in check_ins) == list(range(11, 25))
    assert sorted(c["note"] for c in check_ins if c["note"]) == [f"number {number}" for number in range(8)]


def test_the_platforms_are_away_at_the_start(wired: Callable[..., Wired]) -> None:
    town = wired("sqlite")
    right, town.slack.app_token = town.slack.app_token, "xapp-other"
    town.more["TENDAY_SLACK_APP_TOKEN"] = right
    town.feishu.refuse = 1
    town.program = IMPATIENT
    with town.served() as p:
        unready(p, "slack_connection", "refused: invalid_auth")
        unready(p, "feishu_connection", "refused: 1")
        assert p.get("/readyz").json()["heard"] == {"slack": None, "feishu": None}
        town.slack.app_token, town.feishu.refuse = right, 0
        ready(p)
        assert "Base" in p.typed(OKR)["text"]
        town.slack.greets = False
        town.slack.cut()
        unready(p, "slack_connection", "not greeted")
        town.slack.greets = True
        ready(p)


def test_socket_mode_with_a_signing_secret_hears_both(wired: Callable[..., Wired]) -> None:
    town = wired("sqlite", **NO_FEISHU)
    town.more["TENDAY_SLACK_SIGNING_SECRET"] = town.slack.secret
    with town.served() as p:
        command = town.slack.command("/okr " + OKR.partition(" ")[2])
        answer = p.post("/slack/events", command)
        assert "Base" in answer.text
        assert town.slack.push(command) == answer.json(), "the same delivery by the other road is the same delivery"
        assert "heard" in ready(p)
    assert len(town.export()["objectives"]) == 1


def test_stopped_it_says_good_bye(wired: Callable[..., Wired]) -> None:
    """SIGTERM: what is under way is finished, the connections are closed as they should be, and the process ends by itself."""
    town = wired("sqlite")
    with town.served() as p:
        okr(p)
        (slack,), (feishu,) = town.slack.connected(), town.feishu.connected()
        under_way = [town.slack.send(town.slack.command(f"/okr KR1.1 {number}")) for number in range(20, 24)]
        for envelope in under_way:
            town.slack.ack(envelope)
        p.stop()
        assert p.process is not None
        assert p.process.returncode == 0
        until(lambda: not town.slack.connections and not town.feishu.connections, "both are closed")
        assert (slack.close_code, feishu.close_code) == (1000, 1000)
        assert "Traceback" not in p.stderr()
