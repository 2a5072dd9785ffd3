"""A cycle looked back on, put together from its closed reviews, scores, lessons and actions; for its owner alone, at any size."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage.actions import Action, next_action_number
from storage.people import account_of
from storage.reviews import Review, ReviewEntry
from storage.store import EVERYWHERE
from tests.checked import faults_of
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

TWO = "O: Support that customers recommend\nKR1: NPS from 30 to 50\nO: Books that close in time\nKR1: days to close from 9 to 4"
ENDS = [date(2026, month, day) for month, last in ((10, 31), (11, 30), (12, 31)) for day in (10, 20, last)]


def looked_back(town: Town, who: str, *, state: str = "closed", long: int = 0, ends: list[date] = ENDS) -> None:
    """Reviews of somebody's key results, period by period, as the ten-day review leaves them."""
    ids = [int(k["id"][1:]) for o in town.objectives_of(who) for k in o["key_results"]]
    with town.store.write(EVERYWHERE) as session:
        account, member = account_of(session, town.platform, town.workspace, who)  # type: ignore[misc]
        organisation = member.organisation_id
        for n, end in enumerate(ends, 1):
            review = Review(
                organisation_id=organisation,
                member_id=account.member_id,
                start=end - timedelta(days=9),
                end=end,
                state=state,
                made_at=town.now,
                closed_at=town.now,
            )
            session.add(review)
            session.flush()
            for number in ids:
                texts = {"result": f"result {n} of {number}", "insight": f"insight {n}" + "长" * long}
                session.add(
                    ReviewEntry(organisation_id=organisation, review_id=review.id or 0, key_result_id=number, state="confirmed", **texts)
                )


def acts(town: Town, who: str, *states: str, text: str = "write it down") -> None:
    """Actions for the first of somebody's key results."""
    number = int(town.of(who)["id"][1:])
    with town.store.write(EVERYWHERE) as session:
        account, member = account_of(session, town.platform, town.workspace, who)  # type: ignore[misc]
        session.info["organisation"] = member.organisation_id
        for state in states:
            row: dict[str, Any] = {"owner_id": account.member_id, "by_id": account.member_id, "key_result_id": number, "made_at": town.now}
            session.add(Action(number=next_action_number(session), text=text, state=state, **row))
            session.flush()


@contextmanager
def statements(town: Town) -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(town.store.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(town.store.engine, "before_cursor_execute", note)


def test_a_cycle_is_put_together_from_its_nine_reviews(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    looked_back(town, ann)
    acts(town, ann, "open", "done", "withdrawn")
    town.says(ann, f"{say(lang, 'score')} KR1.1 0.7 KR2.1 1")
    town.says(ann, f"{say(lang, 'lesson')} O1 ask legal first")
    heard = town.says(ann, say(lang, "review cycle"))
    text = heard.text
    assert "2026Q4" in text
    assert "9" in text.split("\n")[0]
    places = [text.index(f"insight {n}") for n in range(1, 10)]
    assert places == sorted(places), "in the order in which they were written"
    assert [f"result {n} " in text for n in range(1, 10)] == [True] * 9
    assert all(said in text for said in ("ask legal first", "0.7", "0.85", "A1" if "A1" in text else "write it down"))
    assert text.count("write it down") == 1, "an open action is named, done ones are counted"
    assert ("1 done, 1 open" if lang == "en" else "已完成 1 项，进行中 1 项") in text
    same = f"{'review' if lang == 'en' else '复盘'} 2026Q4"
    assert town.says(ann, same).text == text
    assert town.says(ann, say(lang, "review cycle")).text == text, "it is made of what was recorded, and the same each time"


def test_what_is_open_or_of_another_cycle_is_left_out(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    looked_back(town, ann, state="open", ends=ENDS[:1])
    looked_back(town, ann, ends=[date(2026, 9, 30), date(2027, 1, 10)])
    assert "insight" not in town.says(ann, say(lang, "review cycle")).text


def test_it_is_ones_own_wherever_it_is_asked(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.with_okr("O: Quiet weeks\nKR1: pages from 9 to 2")
    looked_back(town, ann)
    assert "insight" not in town.says(bob, say(lang, "review cycle")).text
    heard = town.in_channel(ann, say(lang, "review cycle"))
    assert heard.reply is None or heard.reply.private
    nobody = town.someone()
    refused = town.says(nobody, say(lang, "review cycle")).reply
    assert refused is not None
    assert refused.tone == "refusal"


@pytest.mark.parametrize("size", [1, 12])
def test_it_takes_as_many_statements_however_much_there_is(lite: Town, lang: str, size: int) -> None:
    lite.look_closely = False
    few, many = lite.with_okr(TWO), lite.with_okr("\n".join(f"O: Aim {n}\nKR1: pages from 9 to {n}" for n in range(10, 10 + size)))
    for who in (few, many):
        looked_back(lite, who)
        acts(lite, who, "open", "done")
    lite.now = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    counts = []
    for who in (few, many):
        with statements(lite) as said:
            lite.says(who, say(lang, "review cycle"))
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_at_any_length_it_fits_both_platforms(lite: Town, lang: str) -> None:
    lite.look_closely = False
    ann = lite.with_okr(
        "\n".join(f"O: Aim {n}\n" + "\n".join(f"KR{k}: pages {n}.{k} from 90 to {n}" for k in range(1, 6)) for n in range(1, 26))
    )
    looked_back(lite, ann, long=3000)
    acts(lite, ann, *["open"] * 30, text="写下来" * 1000)
    lite.says(ann, f"{say(lang, 'lesson')} O1 {'教训' * 1500}")
    for text in (say(lang, "review cycle"), say(lang, "score"), say(lang, "close cycle"), f"{say(lang, 'carry')} O1"):
        heard = lite.says(ann, text)
        assert heard.reply is not None
        assert heard.reply.tone != "apology", text
        assert faults_of(heard.reply) == [], text
    assert ("17 more" if lang == "en" else "17 个") in lite.says(ann, say(lang, "review cycle")).text
