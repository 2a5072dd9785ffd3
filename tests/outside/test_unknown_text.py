"""Whatever is typed is answered, with something that the platform takes: never with silence, an apology or a traceback."""

import random

import pytest

from tests.outside.conftest import Place

PLAIN = [
    "hello",
    "what can you do?",
    "今天天气不错",
    "こんにちは、目標はどうですか",
    "안녕하세요 목표",
    "Привет, как дела?",
    "مرحبا كيف الحال ٤٥",
    "שלום KR1.1",
    "Grüß Gott, 45 % geschafft",
    "¿Cómo va el KR1.1?",
    "सभी लक्ष्य",
    "🎯🚀 KR1.1 💯",
    "KR",
    "O",
    "O0",
    "KR0.0 45",
    "KR99.99 45",
    "KR1.1",
    "KR1.1 1e999",
    "KR1.1 99999999999999999999999999999999999999",
    "KR1.1 -0",
    "KR1.1 0.0000000000000000000001",
    "KR1.1 NaN",
    "KR1.1 ∞",
    "KR1.1 ４５％",
    "KR1.1 四十五",
    "KR1.1 1/0",
    "KR1.1 5 on 2026-02-30",
    "KR1.1 5 on 0000-00-00",
    "KR1.1 5 on 99999-12-31",
    "new O: x\nKR1: a from 1e400 to 2",
    "new O: x\nKR1: a from 1 to 1",
    "new O: x\nKR1: a weight 0%\nKR2: b weight 0%",
    "new O: x\nKR1: a weight 200%\nKR2: b weight -5%",
    "new for 9999Q9 O: x",
    "new company O: x\nKR1: a from 1 to 2",
    "new team Nobody O: x",
    "O99999999999999999999",
    "KR99999999999999999999.99999999999999999999",
    "undo #c99999999999999999999",
    "run #p1",
    "run #p99999999999999999999",
    "accept #r0",
    "checkin #k1 =12",
    "checkin",
    "new",
    "settings",
    "edit O1",
    "form day 1,2",
    "form objective #o1 1",
    "edit KR1.1 target",
    "weight KR1.1 1e9",
    "cycle x from 2026-02-30 to 1999-01-01",
    "team new new",
    "transfer O1 to @nobody",
    "@#m1",
    "@nobody",
    "help nobody",
    "help help help",
    "timezone Mars/Olympus",
    "timezone ../../etc/passwd",
    "language klingon",
    "{{ 7 * 7 }}",
    "'; DROP TABLE members; --",
    "\\",
    "\n\n\n",
    "\t",
    "。",
    "：",
    "KR1.1 " * 500,
    "x" * 3000,
    "目" * 3000,
    "new O: " + "长" * 2900,
    "new " + "\n".join(f"O: o{i}\nKR1: k from 1 to 2" for i in range(60)),
    "new O: many\n" + "\n".join(f"KR{i}: k{i} from 1 to 2" for i in range(1, 90)),
    "\n".join(f"KR1.{i} {i}" for i in range(1, 200)),
]
_WORDS = """KR1.1 KR1.2 O1 O2 1.1 45 45% +3 -3 = c6 6/10 done blocked: 卡点： new O: KR1: from to 从 到 提升 weight 权重 30% by 12-20 昨天
undo correct 更正 撤销 help mine 我的 publish accept why 意义 KPI ≥ 1.2万 ¥3.4M 3,400 → — - ： ， 。 （ ） @ben # * | ` ~ ﷽ 👨‍👩‍👧 İ ß ﬁ ½ ² ①"""
_PIECES = [*_WORDS.split(), "\n", "\t", "\u200b", "\u202e"]


def _weird(seed: int) -> str:
    dice = random.Random(seed)
    if dice.random() < 0.25:
        return "".join(
            chr(dice.choice((dice.randrange(32, 127), dice.randrange(0x80, 0xD7FF), dice.randrange(0xE000, 0x1FFFF)))) for _ in range(40)
        )
    return dice.choice(("", " ", "\n")).join(dice.choice(_PIECES) for _ in range(dice.randrange(1, 30))) or "?"


def _member(place: Place) -> str:
    user = place.colleague("Anna")
    place.serving.typed("/okr new O: Base\nKR1: Customers from 10 to 50\nKR2: Share from 10% to 30%", user=user)
    place.serving.typed("/okr publish O1", user=user)
    return user


def _healthy(place: Place) -> None:
    log = place.serving.stderr()
    assert "a bug in" not in log and "failed on" not in log and "Traceback" not in log, log[-2000:]  # noqa: PT018


def test_on_slack(place: Place) -> None:
    p, user = place.serving, _member(place)
    for text in PLAIN:
        assert p.answered("/okr " + text, user=user).strip(), text[:100]
    _healthy(place)


@pytest.mark.parametrize(("place", "part"), [("sqlite", 0), ("postgres", 1), ("sqlite", 2), ("postgres", 3)], indirect=["place"])
def test_two_hundred_weird_texts(place: Place, part: int) -> None:
    p, user = place.serving, _member(place)
    for seed in range(part * 50, part * 50 + 50):
        text = _weird(seed)
        sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert p.answered("/okr " + sent, user=user).strip(), (seed, text)
        _healthy(place)
    p.slack(place.slack.command("/okr mine", user=user))


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_on_feishu(place: Place) -> None:
    p, feishu, user = place.serving, place.feishu, place.employee()
    texts = [t for t in PLAIN if t.strip()] + [_weird(seed) for seed in range(1000, 1030)]
    p.told(lambda: [p.feishu(feishu.direct(text, user)) for text in texts], by="feishu", number=len(texts))
    mine = [m for m in feishu.messages if m["channel"] == f"oc_{user}"]
    assert len(mine) == len(texts)
    assert all(m["text"].strip() for m in mine)
    _healthy(place)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image", {"image_key": "img_1"}),
        ("file", {"file_key": "f", "file_name": "okr.xlsx"}),
        ("sticker", {"file_key": "s"}),
        ("audio", {"file_key": "a", "duration": 2000}),
        ("post", {"title": "周报", "content": [[{"tag": "text", "text": "KR1.1 45"}], [{"tag": "a", "href": "x", "text": "链接"}]]}),
        ("share_chat", {"chat_id": "oc_1"}),
    ],
)
def test_what_is_no_text(place: Place, kind: str, content: dict[str, object]) -> None:
    import json

    user = place.employee()
    assert place.serving.says("", user, message_type=kind, content=json.dumps(content))["text"].strip()
    _healthy(place)
