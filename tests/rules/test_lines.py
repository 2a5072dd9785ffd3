"""How lines are written: what is remarked on, and what is let be."""

import pytest

from handlers.rules.lines import Said, flaw, suspicious


@pytest.mark.parametrize(
    ("note", "valued", "found"),
    [
        ("followed up with clients", False, True),
        ("跟进客户", False, True),
        ("followed up with clients", True, False),
        ("followed up with 3 clients", False, False),
        ("拜访了三家客户", False, False),
        ("", False, False),
        ("  ", False, False),
        ("x" * 301, False, False),
    ],
)
def test_what_is_worth_a_look(note: str, valued: bool, found: bool) -> None:
    assert suspicious(note, valued=valued) is found


NONE: list[Said] = []
WORDS = [Said("wrote the page", valued=False), Said("read the law", valued=False)]
NUMBERS = [Said("wrote the page", valued=False), Said("read the law", valued=True)]


@pytest.mark.parametrize(
    ("note", "numeric", "before", "found"),
    [
        ("held meetings", False, NONE, "activity"),
        ("开会讨论方案", False, NONE, "activity"),
        ("继续推进", True, NONE, "activity"),
        ("held a meeting and signed Acme", False, NONE, None),
        ("开会确定了方案", False, NONE, None),
        ("some progress", False, NONE, "vague"),
        ("进展顺利", False, NONE, "vague"),
        ("drafted the contract", False, NONE, None),
        ("drafted the contract", True, WORDS, "no_number"),
        ("drafted the contract", False, WORDS, None),
        ("drafted the contract", True, NUMBERS, None),
        ("drafted the contract", True, WORDS[:1], None),
        ("Read the law.", True, [Said("read the law", valued=False), Said("read  the law!", valued=False)], "thrice"),
        ("read the law", True, [Said("read the law", valued=False), Said("wrote a page", valued=True)], None),
        ("推进中", False, [Said("推进中。", valued=False), Said("推进中", valued=False)], "thrice"),
    ],
)
def test_what_is_remarked(note: str, numeric: bool, before: list[Said], found: str | None) -> None:
    assert flaw(note, numeric=numeric, before=before) == found


@pytest.mark.parametrize(
    "note",
    [
        "系统恢复正常",
        "we met our hiring goal",
        "met the SLA target for the whole month",
        "legal review passed in the meeting",
        "customer called off the pilot",
        "cut call wait time in half",
        "no meetings today, wrote the spec",
        "no meetings today",
        "sick today, will continue tomorrow",
        "今天继续休假",
        "准备金已到位",
        "数据库迁移顺利，已切换",
        "工资基本盘核对无误",
        "some customers cannot log in, rolled back",
        "followed up with Acme, they want a second pilot in Rome",
        "the vendor moved the contract meeting to Friday",
        "和法务沟通后改了合同里的付款条款",
    ],
)
def test_what_says_something_is_let_be(note: str) -> None:
    assert not suspicious(note, valued=False) or flaw(note, numeric=False, before=NONE) is None


@pytest.mark.parametrize(
    "note", ["had three meetings", "开会讨论方案", "跟进客户", "followed up with clients", "made progress", "继续推进"]
)
def test_what_says_little_is_remarked(note: str) -> None:
    assert suspicious(note, valued=False)
    assert flaw(note, numeric=False, before=NONE) is not None
