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
