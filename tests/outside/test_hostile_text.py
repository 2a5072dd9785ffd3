"""What people type is plain text: on Slack, on Feishu and in every export it is neither markup, nor a mention, nor a formula."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.outside.conftest import Place
from tests.outside.program import until

pytestmark = pytest.mark.parametrize("place", ["postgres"], indirect=True)

NASTY = [
    "<!channel> everyone",
    "<!here|here> <!subteam^S1>",
    "<@U0GHOST> <@U0GHOST|ben>",
    '<at id=all></at> <at user_id="all">all</at>',
    "*bold* _it_ ~no~ `code` **b** # head",
    "[free money](https://evil.example) ![x](https://evil.example/x.png)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "<https://evil.example|your bank>",
    "=cmd()|' /C calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    '＝HYPERLINK("https://evil.example")',
    "| a | b | <br> &lt;b&gt; &amp;",
    "${jndi:ldap://evil} {{7*7}} {% raw %} %s %(x)s \\u0041",
    "<font color='red'>red</font> <text_tag color='red'>tag</text_tag> :smile: <link href='x'></link>",
    "\u202eevil\u202c \u2066x\u2069 \ue000U1\ue001",
]


def told(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from told(inner)


def slack_is_plain(message: dict[str, Any], people: set[str]) -> None:
    """No mrkdwn that Slack would act on but mentions of these people; no rich text element that does anything."""
    for thing in told(message["blocks"]):
        if thing.get("type") == "mrkdwn":
            for control in re.findall(r"<[^>]*>", thing["text"]):
                assert control in {f"<@{user}>" for user in people}, (control, thing["text"])
            assert not re.search(r"&(?!amp;|lt;|gt;)", thing["text"]), thing["text"]
        assert thing.get("type") not in ("broadcast", "usergroup", "link", "emoji", "channel"), thing
        if thing.get("type") == "user":
            assert thing["user_id"] in people, thing
    assert "<!" not in message["notification"]
    named = re.findall(r"<@([^>]*)>", message["notification"])
    assert set(named) <= people, message["notification"]


def feishu_is_plain(message: dict[str, Any], people: set[str]) -> None:
    ours = {"</at>", "</font>", *(f"<font color='{colour}'>" for colour in ("green", "orange", "red", "grey"))}
    for thing in told(message["card"]):
        if thing.get("tag") == "markdown":
            for tag in re.findall(r"<[^>]*>", thing["content"]):
                assert tag in {f"<at id={user}>" for user in people} | ours, (tag, thing["content"])
            bare = re.sub(r"\\.|&#?\w+;", "", thing["content"])
            assert not re.search(r"\]\(|!\[|`|~~|^#", bare), thing["content"]


@pytest.mark.parametrize("text", NASTY)
def test_on_slack(place: Place, text: str) -> None:
    p, slack, anna, ben = place.serving, place.slack, place.colleague("Anna"), place.colleague("Ben")
    typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    known = {anna, ben}
    shown = p.typed(f"/okr new O: {typed}\nKR1: {typed} from 1 to 5 <@{ben}|ben>\nwhy: {typed}", user=anna)
    assert shown["buttons"], shown["text"]
    p.typed("/okr publish all", user=anna)
    p.typed(f"/okr KR1.1 2 note {typed}; blocked: {typed} <@{ben}|ben>", user=anna)
    p.direct(f"help KR1.1 <@{ben}|ben> {typed}", user=anna)
    p.direct(typed, user=anna)
    p.slack(slack.mention(typed, user=anna, channel=f"C{anna}"))
    p.direct("mine", user=anna)
    until(lambda: [m for m in slack.messages if m["channel"] == f"D{ben}"], "Ben is asked")
    theirs = [m for m in slack.messages if m["channel"] in (f"D{anna}", f"D{ben}", f"C{anna}") or m["user"] == anna]
    assert len(theirs) >= 7
    for message in theirs:
        slack_is_plain(message, known | {slack.bot_user})
    visible = p.typed("/okr mine", user=anna)["text"]
    words = re.findall(r"[A-Za-z]{4,}", re.sub(r"[\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]", "", text))
    assert all(word in visible for word in words[:1]), visible


@pytest.mark.parametrize("text", NASTY)
def test_on_feishu(place: Place, text: str) -> None:
    p, feishu, anna, ming = place.serving, place.feishu, place.employee(), place.employee("小明")
    p.says(f"新建 O：{text}\nKR1：{text} 从 1 到 5\n意义：{text}", anna)
    p.says("发布", anna)
    p.says(f"KR1.1 2 {text}；卡点：{text}", anna)
    p.says("求助 KR1.1 {" + ming + "} " + text, anna)
    p.says(text, anna)
    p.feishu(feishu.group(text, anna, message_id=f"om_of_{anna}"))
    p.says("我的", anna)
    until(lambda: [m for m in feishu.messages if m["channel"] == f"oc_{ming}"], "小明 is asked")
    theirs = [m for m in feishu.messages if m["channel"] in (f"oc_{anna}", f"oc_{ming}") or m["thread"] == f"om_of_{anna}"]
    assert len(theirs) >= 7
    for message in theirs:
        feishu_is_plain(message, {anna, ming, feishu.bot})


def test_in_every_export(place: Place) -> None:
    p, anna = place.serving, place.colleague('=Anna <!channel> "x"')
    for text in NASTY:
        typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        p.typed(f"/okr new O: {typed}\nKR1: {typed} from 1 to 5", user=anna)
    p.typed("/okr publish all", user=anna)
    for number, text in enumerate(NASTY, 1):
        typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        p.typed(f"/okr KR{number}.1 2 {typed}", user=anna)
    data = place.town.export()
    titles = " ".join(o["title"] for o in data["objectives"])
    assert "=cmd()|' /C calc'!A1" in titles, "the JSON has what was typed"

    done = place.town.run("export", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    tables = [row[0] for row in rows if len(row) == 1 and row[0].startswith("[")]
    assert tables[:3] == ["[people]", "[teams]", "[cycles]"]
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) or re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell), cell

    wanted = place.town.folder / "all.md"
    done = place.town.run("export", "--format", "md", "--out", str(wanted))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for line in wanted.read_text(encoding="utf-8").splitlines():
        assert not re.search(r"<(?!/?$)[a-zA-Z!@/]", line), line
        assert not re.search(r"(?<!\\)\]\(", line), line
        assert not line.startswith("|") or len(re.findall(r"(?<!\\)\|", line)) > 2
