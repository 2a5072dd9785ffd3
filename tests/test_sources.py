"""The message in which something was said: a link on its own platform, and nothing anywhere else, whatever its ids are made of."""

import json

import pytest

from bot.feishu import render as feishu
from bot.feishu.elements import site_of
from bot.replies import Reply, Say, Source, from_json, to_json
from bot.slack import render as slack
from bot.web import render as web
from tests.samples import WORDS

EN = WORDS["en"]
SLACK = Source("slack", "T1", "C7", "1700000000.000100")
FEISHU = Source("feishu", "tenant1", "oc_a1", "om_1")
WEB = Source("web", "local", "general", "12")


def reply(source: Source) -> Reply:
    return Reply((Say("sourced", {"text": "shipped the beta", "source": source}),))


def drawn(source: Source, *, slack_team: str = "T1", tenant: str = "tenant1") -> dict[str, str]:
    return {
        "slack": json.dumps(slack.message(reply(source), EN, slack_team)["blocks"]),
        "feishu": json.dumps(feishu.card(reply(source), EN, tenant)["body"]),
        "web": web.render(reply(source), "en", EN),
    }


def test_it_is_a_link_where_it_was_said() -> None:
    assert "https://slack.com/app_redirect?team=T1&channel=C7&message_ts=1700000000.000100" in drawn(SLACK)["slack"]
    assert "https://applink.feishu.cn/client/chat/open?openChatId=oc_a1" in drawn(FEISHU)["feishu"]
    assert 'data-to="12"' in drawn(WEB)["web"]


def test_on_lark_it_opens_in_lark() -> None:
    there = feishu.card(reply(FEISHU), EN, "tenant1", site=site_of("https://open.larksuite.com"))
    assert "https://applink.larksuite.com/client/chat/open?openChatId=oc_a1" in json.dumps(there)


@pytest.mark.parametrize("source", [SLACK, FEISHU, WEB])
def test_it_is_nothing_elsewhere(source: Source) -> None:
    for platform, there in drawn(source).items():
        if platform != source.platform:
            assert "↗" not in there
    assert "↗" not in drawn(SLACK, slack_team="T2")["slack"]
    assert "↗" not in drawn(FEISHU, tenant="other")["feishu"]


@pytest.mark.parametrize("odd", ["C7&team=T9", "C7|<!here>", "", "c7 ", "oc_1)](https://evil.example"])
def test_an_odd_id_is_no_link(odd: str) -> None:
    assert "app_redirect" not in drawn(Source("slack", "T1", odd, "1.1"))["slack"]
    assert "app_redirect" not in drawn(Source("slack", "T1", "C7", odd))["slack"]
    assert "applink" not in drawn(Source("feishu", "tenant1", odd, "om_1"))["feishu"]


def test_it_is_kept_with_a_reply() -> None:
    assert from_json(to_json(reply(SLACK))) == reply(SLACK)
