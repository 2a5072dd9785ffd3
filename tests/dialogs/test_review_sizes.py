"""A review of any size stays within what the platforms take, with its buttons, and costs as many statements as a small one."""

import json
from pathlib import Path

import pytest

from bot.feishu.render import card as feishu_card
from bot.slack.render import message as slack_message
from bot.wording import words
from handlers.people import Defaults
from storage.migrate import migrate
from storage.store import Store
from tests.checked import faults_of
from tests.dialogs.conftest import Town
from tests.talk import MONDAY, Heard
from tests.test_statements import counted

NOTE = "客户反馈很好，但是法务审核还没有结束（见附件 #3）；" * 120


def large(path: Path, lang: str, objectives: int, note: str = NOTE) -> tuple[Town, str]:
    """Somebody with this many objectives of two key results each, all of which have something to tell."""
    store = Store(f"sqlite:///{path}/large{objectives}.db")
    migrate(store)
    town = Town(store, workspace="T1", defaults=Defaults(timezone="UTC", locale=lang), now=MONDAY)
    town.look_closely = False
    ann = town.someone()
    for begin in range(0, objectives, 30):
        many = range(begin, min(objectives, begin + 30))
        town.says(ann, "new " + "\n".join(f"O: 目标{n} 让客户更满意\nKR: NPS from 30 to 50\nKR: users from 0 to 900" for n in many))
        town.says(ann, "publish all")
    for n in range(1, objectives + 1):
        town.says(ann, f"KR{n}.1 {31 + n % 9} {note[:2900]}")
        town.says(ann, f"KR{n}.2 {n} {note[:1500]}; blocked: {note[:1200]}")
    return town, ann


def drawn_whole(heard: Heard, lang: str, *labels: str) -> None:
    """It is within all limits, and these buttons are there on Slack and on Feishu."""
    assert heard.reply is not None
    assert faults_of(heard.reply) == []
    for text in (json.dumps(f(heard.reply, words(lang), "T1"), ensure_ascii=False) for f in (slack_message, feishu_card)):
        for label in labels:
            assert label in text, f"no {label}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sixty_objectives_with_long_notes(tmp_path: Path, lang: str) -> None:
    town, ann = large(tmp_path, lang, 60)
    close, store, undo = ("Close as drafted", "Store and close", "Undo") if lang == "en" else ("按草稿完成", "保存并完成", "撤销")
    heard = town.says(ann, "review")
    drawn_whole(heard, lang, close)
    assert "106" in heard.text  # so many more
    form = town.says(ann, "review fill in")
    assert form.reply is not None
    assert faults_of(form.reply) == []
    sure = town.presses(ann, heard, close)
    drawn_whole(sure, lang, store)
    closed = town.presses(ann, sure, store)
    drawn_whole(closed, lang, undo)
    [review] = town.export()["reviews"]
    assert len(review["entries"]) == 120
    assert all(entry["analysis"] for entry in review["entries"])
    town.store.close()


def test_as_many_statements_however_many_key_results(tmp_path: Path) -> None:
    ran = []
    for objectives in (1, 12):
        town, ann = large(tmp_path, "en", objectives, "called")
        with counted(town.store) as statements:
            assert town.says(ann, "review", entry="command").reply is not None
        ran.append(len(statements))
        town.store.close()
    assert ran[0] == ran[1] <= 25, ran


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_large_one_is_read_by_the_lead(tmp_path: Path, lang: str) -> None:
    town, ann = large(tmp_path, lang, 20)
    lead = town.someone("lead")
    town.says(lead, "mine")
    town.says(ann, f"my lead is <@{lead}>")
    for n in range(1, 8):
        town.says(ann, f"review KR{n}.1 insight {NOTE[:2900]}")
    town.says(ann, "review close as drafted")
    drawn_whole(town.says(lead, f"review <@{ann}>"), lang, "26")  # so many more
    town.store.close()
