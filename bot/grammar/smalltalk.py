"""Words that are no news: greetings, thanks, a nod, a question."""

import re

from bot.grammar.characters import fold

_WORDS = (
    "hi", "hello", "hey", "yo", "morning", "good morning", "good afternoon", "good evening", "good night", "bye", "thanks", "thank you",
    "thanks a lot", "thank you so much", "thx", "ty", "cheers", "cool", "nice", "great", "ok", "okay", "k", "sure", "yes", "yep", "yeah",
    "no", "nope", "got it", "will do", "noted", "test", "ping",
    "你好", "您好", "嗨", "哈喽", "早", "早上好", "早安", "下午好", "晚上好", "晚安", "再见", "谢谢", "谢谢你", "多谢", "感谢",
    "好", "好的", "好滴", "行", "可以", "嗯", "嗯嗯", "哦", "是", "是的", "不", "不是", "收到", "明白", "知道了", "了解", "测试",
)  # fmt: skip
_GREETING = re.compile(rf"(?:{'|'.join(_WORDS)})(?:[ ,，]*(?:tenday|there|all|everyone|team|大家))?[\s.!。！~～👍🙏😊]*", re.IGNORECASE)
_QUESTION = re.compile(r"[?]\s*$|[吗呢]\s*[。.]?\s*$")
_LONGEST = 60


def is_smalltalk(text: str) -> bool:
    """Whether a text says nothing of the day: a greeting alone, or a question."""
    folded = fold(text).strip()
    return not any(c.isalnum() for c in folded) or bool(_QUESTION.search(folded[-20:])) or bool(_GREETING.fullmatch(folded[: _LONGEST + 1]))


_WISHES = (
    "please", "pls", "stop", "don't", "dont", "do not", "can you", "can i", "can we", "could you", "could i", "could we", "would you",
    "will you", "i'd like", "i would like", "i want you", "i want to", "how do", "how can", "how to", "where is", "where are", "why",
    "what is", "what are", "what do", "what's", "when is", "when do", "who is", "which", "show me", "tell me", "give me", "later",
    "not now", "sorry", "wait", "help", "remind", "mute", "undo",
)  # fmt: skip
_WISHES_ZH = (
    "请问", "请帮", "请不要", "请别", "麻烦", "帮我", "不要", "别再", "别问", "怎么", "如何", "为什么", "哪里", "哪个", "谁", "稍后",
    "等一下", "等会", "抱歉", "不好意思", "我想", "我要", "能不能", "可不可以", "可以不",
)  # fmt: skip
_TO_US = re.compile(
    rf"^\s*(?:(?:{'|'.join(_WISHES)})(?![A-Za-z])|{'|'.join(_WISHES_ZH)})"
    r"|\b(?:ask(?:ing)? me|stop asking|leave me alone|bother me)\b|(?:不要|别)再?(?:问|提醒|打扰)我?",
    re.IGNORECASE,
)


def is_said_to_us(text: str) -> bool:
    """Whether a text wants something of Tenday: a wish, a question, an excuse; it is no word on somebody's day."""
    return bool(_TO_US.search(fold(text)[:200]))
