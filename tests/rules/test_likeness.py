"""Which key results are like each other, and which are not."""

import pytest

from handlers.rules.likeness import ALIKE, Earlier, Written, likeness

ALIKE_PAIRS = [
    ("NPS from 30 to 50", "NPS from 50 to 60"),
    ("Raise NPS of new customers to 50", "NPS of new customers from 20 to 40"),
    ("Sign 20 paying customers", "20 new paying customers signed"),
    ("Weekly active users from 1,000 to 5,000", "Weekly active users to 8,000"),
    ("Close 30 support tickets a day", "Support tickets closed per day from 20 to 40"),
    ("客户满意度从 80% 提升到 90%", "提升客户满意度至 95%"),
    ("新签约客户 20 家", "签约新客户 30 家"),
    ("订单交付周期由 10 天降至 7 天", "把订单交付周期从 8 天降低到 5 天"),
    ("NPS 从 30 提升到 50", "NPS from 50 to 60"),
]
APART = [
    ("NPS from 30 to 50", "Churn from 9% to 4%"),
    ("Sign 20 paying customers", "Ship 20 features"),
    ("Hire 5 engineers by December", "Weekly active users to 8,000"),
    ("客户满意度从 80% 提升到 90%", "员工离职率从 10% 降到 5%"),
    ("新签约客户 20 家", "新员工培训 20 场"),
    ("从 10 提升到 20", "从 10 提升到 20"),  # nothing is said but numbers
    ("", "NPS from 30 to 50"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE_PAIRS)
def test_alike(one: str, other: str) -> None:
    score = likeness(Written(one), Written(other))
    assert score >= ALIKE
    assert score == likeness(Written(other), Written(one))


@pytest.mark.parametrize(("one", "other"), APART)
def test_apart(one: str, other: str) -> None:
    assert likeness(Written(one, "percent", "%"), Written(other, "percent", "%")) < ALIKE


def test_the_same_measure_is_a_little_more_alike() -> None:
    one, other = Written("Paying users", "number", "users"), Written("Active users", "number", "users")
    assert likeness(one, other) > likeness(one, Written("Active users", "percent", "%"))


def test_the_likest_comes_first_and_what_shares_nothing_never() -> None:
    earlier = Earlier([Written("Churn"), Written("NPS of partners in Asia"), Written("NPS of partners"), Written("NPS of partners")])
    assert earlier.like(Written("NPS of partners from 30 to 50")) == [2, 3, 1]
    assert earlier.like(Written("Hire engineers")) == []
