"""Chinese numerals as whole numbers: 三十, 一百二十, 两千五, 一万二; nothing else about numbers."""

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHARACTERS = "零〇一二两三四五六七八九十百千万亿"
_LONGEST = 20


def number(text: str) -> int | None:
    """The number written in Chinese numerals, None when they do not make one."""
    if not text or len(text) > _LONGEST or any(c not in CHARACTERS for c in text):
        return None
    if all(c in DIGITS for c in text):
        return _spelled(text)
    if text[0] in "百千万亿":
        return None
    return _composed(text)


def _spelled(text: str) -> int | None:
    """二〇二六 → 2026; a pair such as 三五 means "a few" and is no number."""
    digits = [DIGITS[c] for c in text]
    if len(digits) in {2, 3} or (len(digits) > 1 and digits[0] == 0):
        return None
    return int("".join(map(str, digits)))


def _composed(text: str) -> int | None:
    total = section = digit = 0
    last_scale = 1
    pending = False
    for c in text:
        if c in DIGITS:
            if pending and digit:
                return None
            digit, pending = DIGITS[c], True
            last_scale = 1 if c in "零〇" else last_scale
            continue
        scale = _SMALL.get(c) or _LARGE[c]
        if c in _SMALL:
            section += (digit if pending else 1) * scale
        else:
            total = (total + section + digit) * scale
            section = 0
        digit, pending, last_scale = 0, False, scale
    # 两千五 is 2500 and 一万二 is 12000: a last digit counts a tenth of the scale before it
    tail = digit * (last_scale // 10 if last_scale > 10 else 1)
    return total + section + tail
