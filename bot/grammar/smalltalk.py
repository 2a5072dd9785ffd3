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
