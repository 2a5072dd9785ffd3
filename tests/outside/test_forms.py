"""A form from the first press to the database, on both platforms, with everything that can go wrong on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.outside.program import Serving, Town, button, until

PROGRAM = Path(__file__).parent / "with_tiny_form.py"
NOWHERE = "I know no time zone called Nowhere"


def zone_of(town: Town, user: str) -> str:
    return next(p["timezone"] for p in town.export()["people"] if user in [a["user"] for a in p["accounts"]])


def on_slack(own_town: Callable[..., Town], kind: str) -> Town:
    town = own_town(kind)
    town.program = PROGRAM
    return town


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_slack(own_town: Callable[..., Town], kind: str) -> None:
    town = on_slack(own_town, kind)
    slack = town.slack
    with town.served() as p:
        assert p.slack(slack.command("/okr mine")).content == b""
        modal = slack.modal()

        def sends(zone: str) -> Any:
            modal.fill("Edit", zone)
            delivery = slack.submit(modal)
            slack.answered(modal, p.slack(delivery).content)
            return delivery

        sends("Nowhere")
        assert modal.errors["Edit"].startswith(NOWHERE)
        assert (modal.holds("Edit"), slack.messages) == ("Nowhere", [])

        p.slack(slack.press_in(modal, "Update"))
        assert modal.labels == ["Edit", "Note on KR1.1"]
        modal.fill("Note", "kept")
        sends("broken")
        assert modal.errors["Note on KR1.1"].startswith("Sorry")
        assert modal.holds("Note") == "kept"

        # done: closed, told to the asker alone and nowhere else, also when Slack sends it again
        before = len(slack.messages)
        delivery = sends("Asia/Tokyo")
        assert not modal.open
        until(lambda: len(slack.messages) > before, "the answer")
        p.slack(delivery)
        p.direct("language English", user="U2")  # a fence: what was owed before is sent before
        (told,) = [m for m in slack.messages[before:] if m["channel"] == "C1"]
        assert (told["user"], "Asia/Tokyo" in told["text"]) == ("U1", True)
        assert zone_of(town, "U1") == "Asia/Tokyo"
        assert "Traceback" not in p.stderr()


def test_slack_cannot_open_it(own_town: Callable[..., Town]) -> None:
    """An old trigger, a press of the button that is offered instead, and an answer where we may not speak any more."""
    town = on_slack(own_town, "sqlite")
    slack = town.slack
    with town.served() as p:
        slack.fail("views.open", "expired_trigger_id")
        shown = p.typed("/okr mine")
        assert slack.modals == []
        p.slack(slack.press(button(shown, "Open form"), message=shown))
        modal = slack.modal()

        said = p.direct("mine", user="U2")
        p.slack(slack.press(button(said, "Open form"), user="U2", message=said))
        slack.modal("U2").fill("Edit", "Asia/Shanghai")
        told = p.told(lambda: p.slack(slack.submit(slack.modal("U2"))), to="DU2")[-1]
        assert (told["ephemeral"], "Asia/Shanghai" in told["text"]) == (False, True)

        slack.expire_hooks()
        slack.not_there.add("C1")
        modal.fill("Edit", "Asia/Tokyo")
        (told,) = p.told(lambda: p.slack(slack.submit(modal)), to="DU1")
        assert "Asia/Tokyo" in told["text"]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_feishu(own_town: Callable[..., Town], kind: str) -> None:
    town = own_town(kind, TENDAY_LOCALE="zh")
    town.program = PROGRAM
    town.more |= {"TENDAY_FEISHU_APP_ID": town.feishu.app_id, "TENDAY_FEISHU_APP_SECRET": town.feishu.app_secret}
    feishu = town.feishu
    with town.served() as p:
        card = p.says("我的")

        def sends(label: str) -> dict[str, Any]:
            return feishu.acknowledged(p.feishu(feishu.send_form(card, label)).content, card)

        labels = [name for name, _ in card["buttons"]]
        assert len(labels) == 2
        feishu.fill(card, "编辑", "Nowhere")
        assert sends(labels[1])["toast"]["type"] == "warning"
        assert "Nowhere" in card["text"]
        sends(labels[0])
        assert "KR1.1" in card["text"]
        assert feishu.holds(card, "编辑") == "Nowhere"
        feishu.fill(card, "编辑", "Asia/Tokyo")
        old = feishu.send_form(card, labels[1])
        assert feishu.acknowledged(p.feishu(old).content, card)["toast"]["type"] == "success"
        assert "Asia/Tokyo" in card["text"]
        assert "Asia/Tokyo" in str(feishu.acknowledged(p.feishu(old).content))
        assert zone_of(town, "ou_1") == "Asia/Tokyo"


def test_first_contact(own_town: Callable[..., Town]) -> None:
    """Whoever opens their conversation is greeted once, however often they come and the platform repeats it."""
    town = own_town("sqlite")
    town.more |= {"TENDAY_FEISHU_APP_ID": town.feishu.app_id, "TENDAY_FEISHU_APP_SECRET": town.feishu.app_secret}
    slack, feishu = town.slack, town.feishu
    with town.served() as p:
        opened, entered = slack.opened_home(), feishu.entered()
        _greeted(p, lambda: p.slack(opened), to="DU1", by="slack", again=lambda: p.slack(slack.opened_home()))
        _greeted(p, lambda: p.feishu(entered), to="oc_ou_1", by="feishu", again=lambda: p.feishu(feishu.entered()))


def _greeted(p: Serving, first: Callable[[], Any], *, again: Callable[[], Any], to: str, by: str) -> None:
    (told,) = p.told(first, to=to, by=by)
    assert len(told["buttons"]) == 1
    first()
    again()
    fence = p.direct("language English", user="U2") if by == "slack" else p.says("帮助", "ou_2")
    assert fence
    messages = (p.town.slack if by == "slack" else p.town.feishu).messages
    assert [m["text"] for m in messages if m["channel"] == to] == [told["text"]]
