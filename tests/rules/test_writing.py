"""The coach: what each rule says, about what, and with whose words."""

from datetime import date
from itertools import pairwise

import pytest

from bot.replies import Reply, Say, to_json
from bot.wording import LOCALES, Words
from handlers.rules.writing import KeyResultDraft, Limits, ObjectiveDraft, Remark, Writing, most_useful, remarks

KR, OB = KeyResultDraft, ObjectiveDraft
GOOD_EN = (
    KR("NPS from 30 to 50", "number", start=30, target=50, due=date(2026, 11, 30)),
    KR("Trial conversion from 8% to 12%", "percent", "%", start=8, target=12, due=date(2026, 12, 20)),
    KR("Uptime ≥ 99.9%", "percent", "%", target=99.9, direction="keep", guardrail=True),
)
GOOD_ZH = (
    KR("NPS从30提升到50", "number", start=30, target=50, due=date(2026, 11, 30)),
    KR("首次响应时间由8小时降至2小时", "number", "小时", start=8, target=2, direction="down", due=date(2026, 12, 20)),
    KR("可用性不低于99.9%", "percent", "%", target=99.9, direction="keep", guardrail=True),
)


def said(*objectives: ObjectiveDraft, **facts: object) -> tuple[Remark, ...]:
    return remarks(Writing(objectives, **facts))  # type: ignore[arg-type]


def one(rule: str, found: tuple[Remark, ...]) -> Remark:
    mine = [r for r in found if r.rule == rule]
    assert len(mine) == 1, [(r.rule, r.about) for r in found]
    return mine[0]


def none(rule: str, found: tuple[Remark, ...]) -> None:
    assert rule not in {r.rule for r in found}, [(r.rule, r.about, r.example) for r in found]


def good(title: str = "Become the first choice of small teams", **facts: object) -> ObjectiveDraft:
    chinese = title[0] > "\u2e80"
    return OB(title, GOOD_ZH if chinese else GOOD_EN, **({"kind": "aspirational"} | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["Become the first choice of small teams", "成为中小团队的首选", "Win SMB", "提升客户满意度"])
def test_a_well_written_okr_is_left_in_peace(title: str) -> None:
    assert said(good(title)) == ()


@pytest.mark.parametrize("title", ["Become the first choice of small teams", "成为中小团队的首选"])
def test_an_almost_good_one_gets_one_hint(title: str) -> None:
    assert [(r.rule, r.level) for r in said(good(title, kind=None))] == [("Q12", "info")]


# ---------------------------------------------------------------- per key result

WORK = [
    ("Launch the app", "Launch the app: weekly active users from 0 to __"),
    ("launch the app.", "launch the app: weekly active users from 0 to __"),
    ("Improve onboarding", "Improve onboarding: new users who finish set-up from __ to __"),
    ("Build a new billing system", "Build a new billing system: weekly active users from 0 to __"),
    ("Help sales with demos", "Help sales with demos: qualified leads per week from __ to __"),
    ("Hold customer interviews", "Hold customer interviews: NPS from __ to __"),
    ("We will refactor the deploy process", "We will refactor the deploy process: days from start to done from __ to __"),
    ("Implement the frobnicator", "Implement the frobnicator: __ from __ to __"),
    ("优化客户体验", "优化客户体验：NPS 从 __ 到 __"),
    ("推进流程改造", "推进流程改造：平均处理时长 从 __ 到 __"),
    ("上线新版小程序", "上线新版小程序：周活跃用户数 从 0 到 __"),
    ("负责华东区招聘", "负责华东区招聘：到岗人数 从 __ 到 __"),
    ("持续加强团队协作", "持续加强团队协作：愿意推荐本团队的同事占比 从 __ 到 __"),
    ("参与竞品调研", "参与竞品调研：__ 从 __ 到 __"),
]


@pytest.mark.parametrize(("title", "example"), WORK)
def test_work_without_a_number(title: str, example: str) -> None:
    found = said(OB("A fine objective", (*GOOD_EN, KR(title)), kind="committed"))
    remark = one("Q5", found)
    assert (remark.example, remark.about, remark.level, remark.prompt) == (example, (0, 3), "warn", "coach_q5")
    none("Q3", found)


@pytest.mark.parametrize("title", ["Happy customers", "Better docs everywhere", "客户更信任我们", "口碑"])
def test_no_number_and_no_work(title: str) -> None:
    found = said(OB("A fine objective", (*GOOD_EN, KR(title)), kind="committed"))
    assert one("Q3", found).example.startswith(title)
    none("Q5", found)


@pytest.mark.parametrize(
    "key",
    [
        KR("Improve NPS from 30 to 50", "number", start=30, target=50),
        KR("优化首响：从8小时到2小时", "number", start=8, target=2),
        KR("Roll out billing", "stages", stages=3),
        KR("Sign 10 customers", "number", "customers", target=10),
        KR("新增100家客户", "number", "家", target=100),
        KR("Keep margin ≥ 30%", "percent", "%", target=30, direction="keep"),
    ],
)
def test_measured_key_results_are_fine(key: KeyResultDraft) -> None:
    assert said(OB("A fine objective", (*GOOD_EN, key), kind="committed")) == ()


def test_counted_output_is_only_hinted_at() -> None:
    remark = one("Q5", said(OB("A fine objective", (*GOOD_EN, KR("Run 5 workshops", "number", target=5)), kind="committed")))
    assert remark.level == "info"
    assert "Run 5 workshops" in remark.example


def test_due_day_is_in_the_example() -> None:
    found = said(OB("Fine", (*GOOD_EN, KR("Improve onboarding", due=date(2026, 12, 1))), kind="committed"))
    assert one("Q5", found).example.endswith("from __ to __ by 2026-12-01")
    found = said(OB("目标", (*GOOD_ZH, KR("优化客户体验", due=date(2026, 12, 1))), kind="committed"))
    assert one("Q5", found).example.endswith("，2026-12-01 前")


@pytest.mark.parametrize(
    ("key", "example"),
    [
        (KR("Reach 60% activation", "percent", "%", target=60), "Reach 60% activation (currently __)"),
        (KR("转化率达到4%", "percent", "%", target=4), "转化率达到4%（目前 __）"),
        (KR("NPS from 3 to 5", "number", start=3, target=5, owned=False), "NPS from 3 to 5 @__"),
        (KR("续约从3到5", "number", start=3, target=5, owned=False), "续约从3到5 @__"),
    ],
)
def test_baseline_and_owner(key: KeyResultDraft, example: str) -> None:
    remark = one("Q4", said(OB("Fine", (*GOOD_EN, key), kind="committed")))
    assert (remark.example, remark.level) == (example, "ask")


# ---------------------------------------------------------------- per objective


@pytest.mark.parametrize(("others", "level"), [(2, None), (3, "ask"), (4, "ask"), (5, "warn")])
@pytest.mark.parametrize("title", ["Become the first choice", "成为首选"])
def test_how_many_objectives(others: int, level: str | None, title: str) -> None:
    found = said(good(title), others=others)
    if level is None:
        none("Q1", found)
    else:
        assert (one("Q1", found).level, title in one("Q1", found).example) == (level, True)


@pytest.mark.parametrize(("count", "level"), [(0, "warn"), (1, "ask"), (2, None), (5, None), (6, "warn")])
@pytest.mark.parametrize("title", ["Win the market", "赢得市场"])
def test_how_many_key_results(count: int, level: str | None, title: str) -> None:
    keys = tuple(KR(f"{title} {n}", "number", start=1, target=n + 2, due=date(2026, 10, n + 1)) for n in range(count))
    found = said(OB(title, keys, kind="committed"))
    if level is None:
        none("Q2", found)
    else:
        assert (one("Q2", found).level, title in one("Q2", found).example) == (level, True)


def test_limits_are_settings() -> None:
    keys = tuple(KR(f"x {n}", "number", start=1, target=2) for n in range(7))
    none("Q2", remarks(Writing((OB("x", keys),)), Limits(key_results_most=7)))


@pytest.mark.parametrize(
    ("title", "example"),
    [
        ("Grow revenue by 20%", "O: Grow revenue – KR: Grow revenue by 20%"),
        ("营收增长20%", "O：营收；KR：营收增长20%"),
        ("Reach 100 customers in Europe", "O: Reach in Europe – KR: Reach 100 customers in Europe"),
    ],
)
def test_number_in_an_objective(title: str, example: str) -> None:
    remark = one("Q6", said(good(title)))
    assert (remark.example, remark.facts["what"]) == (example, "number")


@pytest.mark.parametrize("title", ["Be the best B2B tool of 2027", "Shine in Q4", "在2027年成为行业标杆", "Make v2.0 loved"])
def test_numbers_that_are_names_are_fine(title: str) -> None:
    none("Q6", said(good(title)))


@pytest.mark.parametrize(
    "title",
    [
        "Make every small customer in every European country love our product because onboarding is short and support is excellent",
        "打造覆盖全国所有重点城市的一站式智能客户服务体系，让每一位客户都能在最短时间内获得最专业最贴心的支持与帮助",
    ],
)
def test_long_objective(title: str) -> None:
    remark = one("Q6", said(good(title)))
    assert remark.facts["what"] == "long"
    assert title[:12] in remark.example


@pytest.mark.parametrize("title", ["Maintain the office", "Continue supporting sales", "继续做好日常运维工作", "保持系统稳定"])
def test_business_as_usual(title: str) -> None:
    assert title in one("Q7", said(good(title))).example
    none("Q7", said(good(title, why="because")))


@pytest.mark.parametrize("title", ["Launch the mobile app", "Build a data platform"])
def test_english_objective_as_output(title: str) -> None:
    assert one("Q5", said(good(title))).example == f"{title}, so that __"


@pytest.mark.parametrize("title", ["打造一流的数据平台", "提升客户满意度", "优化供应链"])
def test_chinese_objectives_begin_with_a_verb(title: str) -> None:
    none("Q5", said(good(title)))


@pytest.mark.parametrize("title", ["Win the market", "赢得市场"])
def test_sufficiency_is_asked_when_publishing(title: str) -> None:
    none("Q8", said(good(title)))
    assert title in one("Q8", said(good(title), publishing=True)).example


@pytest.mark.parametrize("titles", [("NPS from 1 to 2", "CSAT from 1 to 2"), ("NPS从1到2", "好评从1到2")])
def test_all_on_one_day(titles: tuple[str, str]) -> None:
    day = date(2026, 12, 31)
    keys = tuple(KR(t, "number", start=1, target=2, due=day) for t in titles)
    assert titles[0] in one("Q10", said(OB("Fine", keys, kind="committed"))).example
    none("Q10", said(OB("Fine", (keys[0], KR("x", "number", start=1, target=2)), kind="committed")))
    one("Q10", said(OB("Fine", (keys[0], KR("x", "number", start=1, target=2)), kind="committed"), cycle_end=day))


@pytest.mark.parametrize(
    ("confidences", "sure"), [((10, 10), True), ((1, 2), False), ((5, 6), None), ((None, None), None), ((9, 9), None), ((10, None), True)]
)
@pytest.mark.parametrize("title", ["NPS from 1 to 2", "NPS从1到2"])
def test_ambition(confidences: tuple[int | None, ...], sure: bool | None, title: str) -> None:
    keys = tuple(KR(title, "number", start=1, target=2, due=date(2026, 12, 1 + n), confidence=c) for n, c in enumerate(confidences))
    found = said(OB("Fine", keys, kind="aspirational"))
    if sure is None:
        none("Q11", found)
    else:
        assert (one("Q11", found).facts["sure"], title in one("Q11", found).example) == (sure, True)


def test_committed_objectives_may_be_certain() -> None:
    keys = tuple(KR("NPS from 1 to 2", "number", start=1, target=2, confidence=10) for _ in range(2))
    none("Q11", said(OB("Fine", keys, kind="committed")))


def test_all_numbers_are_late() -> None:
    for titles in (("Revenue from 1 to 2", "Churn from 3 to 2"), ("营收从1到2", "流失率从3到2")):
        keys = tuple(KR(t, "number", start=1, target=2, due=date(2026, 12, n + 1)) for n, t in enumerate(titles))
        rail = KR("margin", "number", target=1, guardrail=True)
        assert titles[0] in one("Q13", said(OB("Fine", (*keys, rail), kind="committed"))).example
        early = KR("Trials per week from 1 to 2", "number", start=1, target=2)
        none("Q13", said(OB("Fine", (*keys, early, rail), kind="committed")))


@pytest.mark.parametrize("title", ["Win the market", "赢得市场"])
def test_alignment(title: str) -> None:
    assert one("Q14", said(good(title, aligned=False))).level == "ask"
    copied = one("Q14", said(good(title, aligned=True, parents=(title + "!",))))
    assert (copied.level, title in copied.example, copied.facts["copy"]) == ("warn", True, True)
    none("Q14", said(good(title, aligned=True, parents=("Something else altogether", "另一回事"))))
    none("Q14", said(good(title, aligned=None)))


@pytest.mark.parametrize("title", ["Win the market", "赢得市场"])
def test_guardrail_is_suggested(title: str) -> None:
    draft = OB(title, GOOD_EN[:2], kind="committed")
    assert title in one("Q15", said(draft)).example


@pytest.mark.parametrize("titles", [("Launch the app", "Write the docs", "Train sales"), ("上线新系统", "编写文档", "组织培训")])
def test_task_list(titles: tuple[str, ...]) -> None:
    found = said(OB("Fine", tuple(map(KR, titles)), kind="committed"))
    assert titles[0] in one("Q16", found).example
    none("Q5", found)
    none("Q16", said(OB("Fine", (*map(KR, titles), GOOD_EN[0]), kind="committed")))


@pytest.mark.parametrize("title", ["Become the first choice of small teams", "成为中小团队的首选"])
def test_carried_over(title: str) -> None:
    remark = one("Q18", said(good(title), previous=(title.upper() + " ", "x")))
    assert (remark.about, title in remark.example) == ((0, None), True)
    key = good(title).key_results[1].title
    assert one("Q18", said(good(title), previous=(key,))).about == (0, 1)
    none("Q18", said(good(title), previous=("", "another")))


# ---------------------------------------------------------------- all of them


def everything() -> list[Remark]:
    day = date(2026, 12, 31)
    bad = [
        OB("Grow revenue by 20%", (), aligned=False),
        OB("Maintain the office", (KR("Launch the app"),), aligned=True, parents=("Maintain the office",)),
        OB("Launch it", (KR("a"), KR("Reach 5%", "percent", "%", target=5, owned=False, confidence=1)), kind="committed"),
        OB("晴", tuple(KR(f"营收从{n}到9", "number", start=n, target=9, due=day, confidence=10) for n in range(6))),
        OB("做事", (KR("上线"), KR("推进"))),
        OB("x " * 30, GOOD_EN[:2]),
        OB("早", GOOD_ZH[:2], kind="committed"),
        OB("Late", (KR("Revenue from 1 to 2", start=1, target=2), KR("Churn from 3 to 2", start=3, target=2)), kind="committed"),
        *(OB("Win", GOOD_EN[:k]) for k in range(4)),
        OB("", ()),
        good("Maintain the office"),
    ]
    writings = [Writing(tuple(bad), 2, ("Launch it", "a"), publishing=p) for p in (True, False)]
    alone = [Writing((o,), publishing=p) for o in bad for p in (True, False)]
    return [r for w in (*writings, *alone) for r in remarks(w)]


def test_every_rule_speaks_both_languages() -> None:
    found = everything()
    assert {r.rule for r in found} == {f"Q{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 18)}
    for locale in LOCALES:
        words = Words(locale)
        for remark in found:
            assert words.has(remark.prompt), (locale, remark.prompt)
            text = words.plain(Say(remark.prompt, remark.facts))
            assert remark.example in text
            assert text.startswith(remark.rule)
            assert text.count("\n") <= 1
            assert not set(text.replace(remark.example, "").replace(str(remark.facts["title"]), "")) & set("*_`<>#[]")


def test_facts_can_be_kept() -> None:
    for remark in everything():
        assert to_json_is_possible(remark)


def to_json_is_possible(remark: Remark) -> bool:
    return bool(to_json(Reply((Say(remark.prompt, remark.facts),))))


def test_one_remark_per_rule_and_place_and_no_invented_numbers() -> None:
    found = remarks(Writing((OB("Grow 20%", (KR("Launch the app"), KR("happy")), aligned=False), OB("优化", (KR("推进流程"),))), others=4))
    assert len({(r.rule, r.about) for r in found}) == len(found)
    for remark in found:
        own = str(remark.facts["title"]) + "Launch the app happy 推进流程"
        assert all(c in own or c == "0" for c in remark.example if c.isdigit())


def test_the_most_useful_come_first() -> None:
    found = remarks(Writing((OB("Launch it", (KR("Build a"), KR("happy"), KR("glad")), aligned=False),)))
    levels = ["warn", "ask", "info"]
    assert all(levels.index(a.level) <= levels.index(b.level) for a, b in pairwise(found))
    best = most_useful(found)
    assert len({r.rule for r in best}) == len(best) == 3
    assert len(most_useful(found, 50)) == len(found)
    assert most_useful(()) == ()
