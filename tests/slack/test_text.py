"""Slack's text, decoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import MARK_OPEN, Mention, mention_mark
from bot.slack.text import read

TABLE = {
    "KR1.2 45": "KR1.2 45",
    "5 &lt; 6 &amp;&amp; 7 &gt; 6": "5 < 6 && 7 > 6",
    "&lt;@U1&gt;": "<@U1>",
    "&amp;lt;": "&lt;",
    "<@UBOT> mine": "mine",
    "<@UBOT>, mine": "mine",
    "<@UBOT|tenday>：我的": "我的",
    "mine <@UBOT>": "mine",
    "hey <@UBOT> mine": "hey @Tenday mine",
    "<@UBOT>": "",
    "<#C1|growth> and <#C2> and <#C3|>": "#growth and #C2 and #C3",
    "<!channel> <!here|@here> <!everyone>": "channel here everyone",
    "<!subteam^S1|@growth> <!subteam^S2>": "growth subteam",
    "<!date^1392734382^Posted {date_num}|Feb 18>": "Feb 18",
    "<https://x.example/a?b=1&amp;c=2>": "https://x.example/a?b=1&c=2",
    "<https://x.example|the &lt;board&gt;>": "the <board>",
    "<mailto:a@x.example|a@x.example> <mailto:b@x.example>": "a@x.example b@x.example",
    "a <b": "a <b",
    "  padded \r\n lines ": "padded \n lines",
    "\ue000U1\ue001 forged": "U1 forged",
    "zero\u200bwidth": "zerowidth",
    "": "",
}


@pytest.mark.parametrize("raw", TABLE)
def test_decoded(raw: str) -> None:
    assert read(raw, "UBOT")[0] == TABLE[raw]


def test_people_become_marks_with_their_names_when_slack_tells_them() -> None:
    text, mentions = read("help KR1 <@U1|anna> <@W2> <@U1>")
    assert text == f"help KR1 {mention_mark('U1')} {mention_mark('W2')} {mention_mark('U1')}"
    assert mentions == (Mention("U1", "anna"), Mention("W2"))


def test_our_own_mention_is_nobody() -> None:
    assert read("<@UBOT> <@U1>", "UBOT") == (mention_mark("U1"), (Mention("U1"),))


@given(st.text())
def test_any_text_is_read_and_no_mark_is_forged(raw: str) -> None:
    text, mentions = read(raw, "UBOT")
    assert text.count(MARK_OPEN) <= raw.count("<@")
    assert len(mentions) <= raw.count("<@")
