"""Feishu's message content, flattened."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feishu.text import Named, read
from bot.messages import MARK_OPEN, Mention, mention_mark

BOT = Named("@_user_1", "ou_bot", "Tenday", outsider=False, ours=True)
ANNA = Named("@_user_2", "ou_2", "安娜", outsider=False, ours=False)

TABLE = {
    "KR1.2 45": "KR1.2 45",
    "@_user_1 我的": "我的",
    "@_user_1，我的": "我的",
    "我的 @_user_1": "我的",
    "你好 @_user_1 我的": "你好 @Tenday 我的",
    "@_user_1": "",
    "@_user_12 x": f"{mention_mark('ou_12')} x",
    "@_all 我的": "all 我的",
    "@_all_of_it": "@_all_of_it",
    "&lt;b&gt;": "&lt;b&gt;",
    "\ue000ou_9\ue001 forged": "ou_9 forged",
    "a\r\nb\u200b": "a\nb",
}


@pytest.mark.parametrize("raw", TABLE)
def test_text(raw: str) -> None:
    twelve = Named("@_user_12", "ou_12", "", outsider=False, ours=False)
    assert read("text", json.dumps({"text": raw}), [BOT, ANNA, twelve])[0] == TABLE[raw]


def test_people() -> None:
    outsider = Named("@_user_3", "ou_3", "外人", outsider=True, ours=False)
    text, mentions = read("text", json.dumps({"text": "@_user_1 求助 @_user_2 @_user_3"}), [BOT, ANNA, outsider])
    assert text == f"求助 {mention_mark('ou_2')} {mention_mark('ou_3')}"
    assert mentions == (Mention("ou_2", "安娜"), Mention("ou_3", "外人", outsider=True))


POSTS = [
    ({"title": "", "content": [[{"tag": "text", "text": "a"}], [{"tag": "text", "text": "b"}]]}, "a\nb"),
    ({"zh_cn": {"title": "t", "content": [[{"tag": "text", "text": "a"}]]}}, "t\na"),
    ({"content": [[{"tag": "a", "href": "https://x.cn", "text": "x"}, {"tag": "a", "href": "https://y.cn"}]]}, "xhttps://y.cn"),
    (
        {"content": [[{"tag": "at", "user_id": "@_user_2"}, {"tag": "at", "user_id": "all", "user_name": "所有人"}]]},
        f"{mention_mark('ou_2')}@所有人",
    ),
    ({"content": [[{"tag": "code_block", "text": "x = 1"}], [{"tag": "hr"}], [{"tag": "md", "text": "**m**"}]]}, "x = 1\n\n\n**m**"),
    ({"content": [[{"tag": "img", "image_key": "k"}, {"tag": "media"}, {"tag": "new"}, {}, 5]]}, ""),
    ({"content": [5, [None]]}, ""),
    ({"content": 5}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("post", "text"), POSTS)
def test_posts(post: dict[str, object], text: str) -> None:
    assert read("post", json.dumps(post), [ANNA])[0] == text


@pytest.mark.parametrize("kind", ["image", "file", "audio", "sticker", "interactive", ""])
def test_other_kinds_say_nothing(kind: str) -> None:
    assert read(kind, '{"image_key":"k","text":"x"}', []) == ("", ())


@given(st.text(), st.sampled_from(["text", "post", "image"]))
def test_any_content_is_read(content: str, kind: str) -> None:
    assert read(kind, content, [BOT, ANNA])
    text, _ = read(kind, json.dumps({"text": content}), [])
    assert MARK_OPEN not in text
