"""Planning: the cycles there are, how they are cut, opening one ahead of time or with a name of its own, and writing in it."""

import threading
from datetime import UTC, datetime

import pytest

from bot.replies import Copy
from handlers.people import Defaults
from handlers.planning import open_ahead
from storage.store import Store
from tests.checked import faults_of
from tests.dialogs.phrases import say
from tests.talk import Heard, Talk

OKR = "O: Grow KR1: NPS from 30 to 50"
DECEMBER = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
LANGS = ("en", "zh")


class Company(Talk):
    """A company of its own: ann is its admin, bob is not. Whatever they hear is looked at."""

    def says(self, user: str, text: str, **fields: object) -> Heard:
        heard = super().says(user, text, **fields)
        assert heard.reply is not None
        assert heard.reply.tone != "apology", text
        if self.store.sqlite:
            assert faults_of(heard.reply) == [], text
        return heard

    def refuses(self, user: str, text: str) -> str:
        before = self.cycles()
        heard = self.says(user, text)
        assert heard.reply is not None
        assert heard.reply.tone == "refusal", heard.text
        assert self.cycles() == before
        return heard.text

    def does(self, user: str, text: str) -> str:
        heard = self.says(user, text)
        assert heard.reply is not None
        assert heard.reply.tone == "answer", heard.text
        return heard.text

    def cycles(self) -> dict[str, tuple[str, str]]:
        return {c["name"]: (c["start"], c["end"]) for c in self.export()["cycles"]}


@pytest.fixture
def company(store: Store) -> Company:
    made = Company(store)
    made.says("ann", "mine")
    made.says("bob", "mine")
    return made


def in_language(store: Store, lang: str) -> Company:
    made = Company(store, defaults=Defaults(timezone="UTC", locale=lang))
    made.says("ann", "mine")
    return made


# ---------------------------------------------------------------- seeing


@pytest.mark.parametrize("lang", LANGS)
def test_the_running_cycle_and_the_next_are_shown(store: Store, lang: str) -> None:
    company = in_language(store, lang)
    heard = company.does("ann", say(lang, "cycles"))
    assert "2026Q4" in heard
    assert "2027Q1" in heard
    company.does("ann", f"new {OKR}")
    company.does("ann", "publish")
    assert ("1 objective" if lang == "en" else "1 个目标") in company.does("bob", say(lang, "cycles"))


def test_a_private_objective_is_not_counted(company: Company) -> None:
    company.does("ann", f"new {OKR}")
    company.does("ann", "publish")
    with company.store.write(0) as session:
        from sqlmodel import select

        from storage.okrs import Objective

        row = session.exec(select(Objective)).one()
        row.visibility = "private"
        session.add(row)
    assert "1 objective" not in company.does("bob", "cycles")


@pytest.mark.parametrize("lang", LANGS)
def test_an_unknown_cycle_is_refused_with_those_there_are(store: Store, lang: str) -> None:
    company = in_language(store, lang)
    for text in ("mine 2029M05", "mine for Nosuch", f"new for 2027M01 {OKR}", "<@ann> 2026M11", "2026M11 O1", "company 2027M02"):
        heard = company.refuses("ann", text)
        assert "2026Q4" in heard
        assert "2027Q1" in heard


# ---------------------------------------------------------------- planning the next one


@pytest.mark.parametrize("lang", LANGS)
def test_the_next_cycle_is_written_while_this_one_runs(store: Store, lang: str) -> None:
    company = in_language(store, lang)
    company.does("ann", f"{say(lang, 'new')} {OKR}")
    company.does("ann", say(lang, "publish all"))
    assert "2027Q1" in company.does("ann", f"{say(lang, 'new')} 2027Q1 O: Later KR1: users from 10 to 20")
    company.does("ann", say(lang, "publish all"))
    assert set(company.cycles()) == {"2026Q4", "2027Q1"}
    assert "Later" in company.does("ann", "mine 2027Q1")
    assert "Later" not in company.does("ann", say(lang, "mine"))
    assert "Later" in company.does("bob", "<@ann> 2027Q1")
    card = company.says("bob", "<@ann> 2027Q1 O1")
    assert "%" not in card.text.split("KR1.1")[0].replace("100%", "")  # no progress, no pace
    assert say(lang, "Update") not in [label for label, _ in company.says("ann", "2027Q1 O1").buttons()]
    assert "KR1.1" in company.does("ann", "KR1.1 40")
    refused = company.refuses("ann", "2027Q1 KR1.1 15")
    assert "2027" in refused
    assert company.key_result("KR1.1")["current"] == 40
    company.now = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    company.does("ann", "KR1.1 15")
    assert "Later" in company.does("ann", say(lang, "mine"))
    assert "Grow" in company.does("ann", "2026Q4 O1")


def test_a_cycle_that_is_over_takes_nothing_new_and_keeps_its_drafts_to_be_edited(company: Company) -> None:
    company.does("ann", f"new {OKR}")
    company.now = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    company.refuses("ann", f"new for 2026Q4 {OKR}")
    company.refuses("ann", f"new for 2025Q4 {OKR}")
    company.refuses("ann", f"new for 2029Q4 {OKR}")
    shown = company.says("ann", "edit 2026Q4 O1")
    assert shown.reply is not None
    [text] = [part.text for part in shown.reply.parts if isinstance(part, Copy)]
    assert "Grown" in company.does("ann", text.replace("Grow", "Grown"))
    assert "Grown" in company.does("ann", "2026Q4 O1")


# ---------------------------------------------------------------- by itself


def test_the_next_cycle_opens_two_weeks_ahead(company: Company) -> None:
    company.does("ann", f"new {OKR}")
    company.now = datetime(2026, 12, 17, 23, 59, tzinfo=UTC)
    company.desk.tidy()
    assert set(company.cycles()) == {"2026Q4"}
    company.now = DECEMBER
    company.desk.tidy()
    company.desk.tidy()
    assert company.cycles() == {"2026Q4": ("2026-10-01", "2026-12-31"), "2027Q1": ("2027-01-01", "2027-03-31")}
    assert "2026Q4" in company.does("ann", f"new {OKR}")  # without a cycle it is still the running one
    company.now = datetime(2027, 1, 1, 0, 1, tzinfo=UTC)
    assert "2027Q1" in company.does("ann", f"new {OKR}")
    company.desk.tidy()
    assert len(company.cycles()) == 2


def test_the_day_is_the_companys(store: Store) -> None:
    company = Company(store, defaults=Defaults(timezone="Asia/Shanghai"))
    company.does("ann", f"new {OKR}")
    company.now = datetime(2026, 12, 17, 15, 59, tzinfo=UTC)
    company.desk.tidy()
    assert len(company.cycles()) == 1
    company.now = datetime(2026, 12, 17, 16, 0, tzinfo=UTC)
    company.desk.tidy()
    assert len(company.cycles()) == 2


def test_nothing_opens_where_nobody_has_written(company: Company) -> None:
    company.now = DECEMBER
    company.desk.tidy()
    assert company.cycles() == {}


def test_eight_that_open_it_at_once_open_it_once(company: Company) -> None:
    company.does("ann", f"new {OKR}")
    opened: list[int] = []
    threads = [threading.Thread(target=lambda: opened.append(open_ahead(company.store, DECEMBER))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(opened) == [0] * 7 + [1]
    assert set(company.cycles()) == {"2026Q4", "2027Q1"}


# ---------------------------------------------------------------- another cut


@pytest.mark.parametrize(
    ("lang", "said", "name"),
    [
        ("en", "two months", "2027B1"),
        ("en", "month", "2027M01"),
        ("zh", "双月", "2027B1"),
        ("zh", "按月", "2027M01"),
        ("zh", "年度", "2027"),
    ],
)
def test_another_cut_begins_behind_what_is_open(store: Store, lang: str, said: str, name: str) -> None:
    company = in_language(store, lang)
    company.does("ann", f"new {OKR}")
    changed = company.says("ann", f"{say(lang, 'cycles')} {said}")
    assert name in changed.text
    assert company.cycles() == {"2026Q4": ("2026-10-01", "2026-12-31")}
    assert "2026Q4" in company.does("ann", say(lang, "mine"))
    assert name in company.does("ann", f"new for {name} {OKR}")
    assert len(company.cycles()) == 2
    company.presses("ann", changed, say(lang, "Undo"))
    assert name in company.does("ann", say(lang, "cycles"))  # it is open, so it stays
    company.refuses("ann", "mine 2028M05")


def test_from_quarters_to_years_the_first_year_is_shorter(company: Company) -> None:
    company.does("ann", f"new for 2027Q1 {OKR}")
    company.does("ann", "cycles year")
    company.now = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)
    company.desk.tidy()
    assert company.cycles()["2027"] == ("2027-04-01", "2027-12-31")


def test_only_an_admin_plans(company: Company) -> None:
    for text in ("cycles month", "cycle H1 from 2027-01-01 to 2027-06-30"):
        assert "Ann" in company.refuses("bob", text)
    company.refuses("ann", "cycles quarter")
    company.does("ann", "cycles month")
    company.refuses("ann", "cycles month")


# ---------------------------------------------------------------- a cycle of one's own


@pytest.mark.parametrize("lang", LANGS)
def test_a_custom_cycle_is_written_in_by_its_name(store: Store, lang: str) -> None:
    company = in_language(store, lang)
    company.does("ann", "cycle H1 from 2027-01-01 to 2027-06-30")
    assert company.cycles() == {"H1": ("2027-01-01", "2027-06-30")}
    assert "H1" in company.does("ann", f"new for H1 {OKR}")
    company.does("ann", "publish")
    company.now = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    for text in ("mine H1", "mine h1", "mine", "<@ann> H1", "O1", "H1 O1", "h1 O1", 'cycle "H1" O1', "company H1"):
        assert "H1" in company.does("bob" if text.startswith("<") else "ann", text), text
    assert "40" in company.does("ann", "H1 KR1.1 40")
    assert "2027Q3" in company.does("ann", "cycles")


def test_a_custom_cycle_is_taken_back_while_it_is_empty(company: Company) -> None:
    opened = company.says("ann", "cycle H1 from 2027-01-01 to 2027-06-30")
    undone = company.presses("ann", opened, "Undo")
    assert company.cycles() == {}
    company.refuses("ann", "mine H1")
    company.presses("ann", undone, "Redo")
    assert set(company.cycles()) == {"H1"}
    company.does("ann", f"new for H1 {OKR}")
    again = company.presses("ann", opened, "Undo")
    assert again.reply is not None
    assert "H1" in company.cycles()


def test_the_name_of_one_that_was_taken_back_is_free(company: Company) -> None:
    company.presses("ann", company.says("ann", "cycle Push from 2027-01-01 to 2027-06-30"), "Undo")
    company.does("ann", "cycle Push from 2027-02-01 to 2027-05-31")
    assert company.cycles() == {"Push": ("2027-02-01", "2027-05-31")}


def test_an_empty_cycle_that_opened_by_itself_makes_room(company: Company) -> None:
    company.does("ann", f"new {OKR}")
    company.now = DECEMBER
    company.desk.tidy()
    opened = company.says("ann", "cycle H1 from 2027-01-01 to 2027-06-30")
    assert "2027Q1" in opened.text
    assert set(company.cycles()) == {"2026Q4", "H1"}
    company.desk.tidy()
    assert set(company.cycles()) == {"2026Q4", "H1"}
    company.presses("ann", opened, "Undo")
    assert set(company.cycles()) == {"2026Q4", "2027Q1"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cycle Bad from 2027-06-30 to 2027-01-01", "2027"),
        ("cycle Bad from 2025-01-01 to 2025-06-30", "2025"),
        ("cycle Bad from 2026-12-15 to 2028-06-30", "400"),
        ("cycle Bad from 2028-06-01 to 2028-12-31", "Bad"),
        ("cycle Bad from 2026-12-15 to 2027-01-31", "2026Q4"),
        ("cycle 2027Q1 from 2027-01-01 to 2027-02-28", "2027Q1"),
        ("cycle Taken from 2027-07-01 to 2027-08-31", "Taken"),
        ("cycle taken from 2027-07-01 to 2027-08-31", "Taken"),
        ('cycle "new" from 2027-07-01 to 2027-08-31', "new"),
        ('cycle "O1" from 2027-07-01 to 2027-08-31', "O1"),
        ('cycle "12" from 2027-07-01 to 2027-08-31', "12"),
        ("cycle Other from 2027-02-01 to 2027-04-30", "Taken"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_a_cycle(store: Store, lang: str, text: str, told: str) -> None:
    company = in_language(store, lang)
    company.does("ann", f"new {OKR}")
    company.does("ann", "cycle Taken from 2027-04-01 to 2027-06-30")
    assert told in company.refuses("ann", text)
