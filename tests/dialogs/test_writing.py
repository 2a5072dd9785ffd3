"""Writing OKRs: any layout becomes a draft that shows what was understood; publishing, discarding and another text for it."""

from typing import Any

import pytest

from bot.replies import Copy
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say

FULL = {
    "en": (
        "new O: Make onboarding delightful\n"
        "why: first weeks decide\n"
        "committed:\n"
        "KR1: NPS from 30 to 50, weight 60%, by 2026-12-20\n"
        "KR2: First reply from 9h to 2h\n"
        "KR3: Ship the guide stages: design 30%, build 50%, launch 20%\n"
        "KR4: Win the big contract\n"
        "KR5: Revenue from $12k to $3.4M\n"
        "KPI: refunds ≤ 2%"
    ),
    "zh": (
        "新建 O：让客户爱上第一周\n"
        "意义：续约取决于此\n"
        "承诺：\n"
        "KR1：NPS 从30提升到50，权重60%，2026年12月20日前\n"
        "KR2：首次响应从9小时降至2小时\n"
        "KR3：上线自助指南 阶段：设计30%、开发50%、发布20%\n"
        "KR4：签下大客户合同\n"
        "KR5：营收从¥1.2万提升到¥3.4M\n"
        "底线：退款率 ≤ 2%"
    ),
}

LAYOUTS = {
    "one line": ("new O: Grow KR1: users from 10 to 20 KR2: churn from 9% to 4%", "新建 O：增长 KR1：用户从10提升到20 KR2：流失率从9%降到4%"),
    "lines": ("new\nO: Grow\nKR: users from 10 to 20\nKR: churn from 9% to 4%", "新建\n目标：增长\n关键结果：用户从10提升到20\n关键结果：流失率从9%降到4%"),
    "bullets": ("new O: Grow\n- KR1 users 10 → 20\n- KR2 churn 9% -> 4%", "新建 O：增长\n• KR1 用户 10 → 20\n• KR2 流失率 9% -> 4%"),
    "markdown": ("new\n# Objective: Grow\n* **KR1**: users from 10 to 20\n* **KR2**: churn from 9% to 4%", "新建\n# 目标：增长\n* **KR1**：用户从10提升到20\n* **KR2**：流失率从9%降到4%"),
    "dotted": ("new O1 Grow\nKR1.1 users from 10 to 20\nKR1.2 churn from 9% to 4%", "新建 O1 增长\nKR1.1 用户从10提升到20\nKR1.2 流失率从9%降到4%"),
    "han numbers": ("new Objective 1: Grow\nKey result 1: users from 10 to 20\nKey result 2: churn from 9% to 4%", "新建 目标一：增长\n关键结果1：用户从10提升到20\n关键结果2：流失率由9%降至4%"),
    "full width": ("new Ｏ１：Grow\nＫＲ１：users from １０ to ２０\nＫＲ２：churn from ９％ to ４％", "新建 Ｏ１：增长\nＫＲ１：用户从１０提升到２０\nＫＲ２：流失率从９％降到４％"),
}  # fmt: skip


def measured(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["metric"], row["start"], row["target"], row["direction"]


def test_everything_that_an_okr_text_can_say(town: Town, lang: str) -> None:
    ann = town.someone()
    card = town.says(ann, FULL[lang])
    assert say(lang, "draft") in card.text
    assert "O1" in card.text
    assert "30 → 50" in card.text
    assert "60%" in card.text
    assert "2%" in card.text
    assert card.reply is not None
    assert card.reply.private
    [objective] = town.objectives_of(ann)
    rows: Any = objective["key_results"]
    assert objective["state"] == "draft"
    assert objective["kind"] == "committed"
    assert objective["why"] == ("first weeks decide" if lang == "en" else "续约取决于此")
    assert [r["ref"] for r in rows] == ["KR1.1", "KR1.2", "KR1.3", "KR1.4", "KR1.5", "KR1.6"]
    assert measured(rows[0]) == ("number", 30, 50, "up")
    assert rows[0]["due"] == "2026-12-20"
    assert rows[0]["weight"] == pytest.approx(0.6)
    assert [r["weight"] for r in rows[1:5]] == [pytest.approx(0.1)] * 4
    assert measured(rows[1]) == ("number", 9, 2, "down")
    assert rows[2]["metric"] == "stages"
    assert [s["weight"] for s in rows[2]["stages"]] == [0.3, 0.5, 0.2]
    assert rows[3]["metric"] == "done"
    assert measured(rows[4]) == ("currency", 12_000, 3_400_000, "up")
    assert rows[5]["guardrail"]
    assert rows[5]["weight"] is None
    assert rows[5]["bound"] == "max"
    assert sum(r["weight"] for r in rows if r["weight"] is not None) == pytest.approx(1.0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_means_the_same(lite: Town, lang: str, layout: str) -> None:
    ann = lite.someone()
    assert "10 → 20" in lite.says(ann, LAYOUTS[layout][lang == "zh"]).text
    [objective] = lite.objectives_of(ann)
    assert objective["title"] == ("Grow" if lang == "en" else "增长")
    rows: Any = objective["key_results"]
    assert [measured(r)[1:] for r in rows] == [(10, 20, "up"), (9, 4, "down")]
    assert rows[1]["metric"] == "percent"


def test_a_chinese_weight_and_date_without_a_comma(lite_english: Town) -> None:
    """权重60% 12月20日前 side by side."""
    ann = lite_english.someone()
    lite_english.says(ann, "新建 O：增长\nKR1：NPS 从30提升到50 权重60% 12月20日前\nKR2：用户从1提升到5")
    [objective] = lite_english.objectives_of(ann)
    rows: Any = objective["key_results"]
    assert rows[0]["title"] == "NPS 从30提升到50"
    assert rows[0]["weight"] == pytest.approx(0.6)


def test_several_objectives_at_once_and_publish_all(town: Town, lang: str) -> None:
    ann = town.someone()
    text = "O: One\nKR1: a from 1 to 2\nO: Two\nKR1: b from 1 to 2\nO: Three\nKR1: c from 1 to 2"
    card = town.says(ann, f"{say(lang, 'new')} {text}")
    assert "3" in card.button(say(lang, "Publish all")).facts.values().__str__()
    first = town.presses(ann, card, f"{say(lang, 'Publish')} O2")
    assert first.answered.redraw
    assert [o["state"] for o in town.objectives_of(ann)] == ["draft", "published", "draft"]
    done = town.presses(ann, first, say(lang, "Publish all"))
    assert [o["state"] for o in town.objectives_of(ann)] == ["published"] * 3
    assert not [label for label, _ in done.buttons() if say(lang, "Publish") in label]
    assert [o["weight"] for o in town.objectives_of(ann)] == pytest.approx([1 / 3] * 3, abs=1e-5)


def test_publishing_by_word_alone_by_reference_and_twice(town: Town, lang: str) -> None:
    ann = town.someone()
    assert town.says(ann, say(lang, "publish")).reply.tone == "refusal"  # type: ignore[union-attr]
    town.says(ann, "new O: One KR1: a from 1 to 2 O: Two KR1: b from 1 to 2")
    which = town.says(ann, say(lang, "publish"))
    assert {b.text.split(" ")[0] for _, b in which.buttons()} == {"publish"}
    assert "O1" in which.text
    assert "O2" in which.text
    assert [o["state"] for o in town.objectives_of(ann)] == ["draft", "draft"]
    town.says(ann, f"{say(lang, 'publish')} O1")
    assert [o["state"] for o in town.objectives_of(ann)] == ["published", "draft"]
    again = town.says(ann, f"{say(lang, 'publish')} O1")
    assert again.reply is not None
    assert again.reply.tone == "refusal"
    town.says(ann, say(lang, "publish"))
    assert [o["state"] for o in town.objectives_of(ann)] == ["published", "published"]


def test_a_second_press_on_publish_shows_the_card_as_it_is(town: Town, lang: str) -> None:
    ann = town.someone()
    card = town.says(ann, "new O: One KR1: a from 1 to 2")
    town.presses(ann, card, say(lang, "Publish"))
    before = town.changes_by(ann)
    again = town.presses(ann, card, say(lang, "Publish"))
    assert again.answered.redraw
    assert "O1" in again.text
    assert town.changes_by(ann) == before


def test_discard_undo_and_discard_twice(town: Town, lang: str) -> None:
    ann = town.someone()
    card = town.says(ann, "new O: One KR1: a from 1 to 2")
    gone = town.presses(ann, card, say(lang, "Discard"))
    assert town.objectives_of(ann) == []
    again = town.presses(ann, card, say(lang, "Discard"))
    assert "O1" in again.text
    assert town.objectives_of(ann) == []
    town.presses(ann, gone, say(lang, "Undo"))
    assert [o["state"] for o in town.objectives_of(ann)] == ["draft"]
    town.says(ann, f"{say(lang, 'discard')} O1")
    assert town.says(ann, "O1").reply.tone == "refusal"  # type: ignore[union-attr]
    town.says(ann, "new O: Two KR1: a from 1 to 2")
    assert [o["ref"] for o in town.objectives_of(ann)] == ["O2"]  # a number is never given again


def test_edit_gives_the_text_back_and_takes_another(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, FULL[lang])
    before = town.objectives_of(ann)
    form = town.says(ann, f"{say(lang, 'edit')} O1")
    assert form.reply is not None
    [copy] = [p.text for p in form.reply.parts if isinstance(p, Copy)]
    same = town.says(ann, copy)
    assert same.reply is not None
    assert same.reply.tone == "answer"

    def bare(objectives: Any) -> Any:
        return [[{k: v for k, v in kr.items() if k != "id"} for kr in o["key_results"]] for o in objectives]

    assert bare(town.objectives_of(ann)) == bare(before)
    card = town.says(ann, f"{say(lang, 'edit')} O1\nO: Better\nKR1: x from 3 to 7\nKR2: y from 1 to 2")
    [objective] = town.objectives_of(ann)
    rows: Any = objective["key_results"]
    assert objective["title"] == "Better"
    assert [measured(r)[1:3] for r in rows] == [(3, 7), (1, 2)]
    town.presses(ann, card, say(lang, "Publish"))
    late = town.says(ann, f"{say(lang, 'edit')} O1\nO: Later\nKR1: x from 3 to 8")
    assert late.reply is not None
    assert late.reply.tone == "refusal"
    assert town.objectives_of(ann)[0]["title"] == "Better"


def test_an_edit_is_undone_whole(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, "new O: One KR1: a from 1 to 2 KR2: b from 1 to 2")
    town.says(ann, f"{say(lang, 'edit')} O1\nO: Uno\nKR1: a from 1 to 9")
    assert len(town.objectives_of(ann)[0]["key_results"]) == 1  # type: ignore[arg-type]
    town.says(ann, say(lang, "undo"))
    [objective] = town.objectives_of(ann)
    rows: Any = objective["key_results"]
    assert objective["title"] == "One"
    assert [r["target"] for r in rows] == [2, 2]


def test_a_stale_card_of_a_draft_changes_nothing(town: Town, lang: str) -> None:
    ann = town.someone()
    old = town.says(ann, "new O: One KR1: a from 1 to 2")
    town.says(ann, "edit O1\nO: Two\nKR1: a from 1 to 2")
    shown = town.presses(ann, old, say(lang, "Publish"))
    assert town.objectives_of(ann)[0]["state"] == "draft"
    assert "Two" in shown.text
    town.presses(ann, shown, say(lang, "Publish"))
    assert town.objectives_of(ann)[0]["state"] == "published"


def test_people_in_an_okr_are_asked_once_it_is_published_and_not_before(town: Town, lang: str) -> None:
    ann, bob, cal, dan = (town.someone(n) for n in ("ann", "bob", "cal", "dan"))
    joining = "with" if lang == "en" else "协作"
    draft = town.says(ann, f"new O: One\nKR1: a from 1 to 2 <@{bob}>\nKR2: b from 1 to 2 <@{bob}> {joining} <@{cal}>\nKR3: c from 1 to 3")
    assert bob.capitalize() in draft.text
    assert town.delivered_to(bob, cal, dan) == []
    published = town.presses(ann, draft, say(lang, "Publish"))
    assert published.text.split("\n")[1].count(bob.capitalize()) == 1
    asked = town.delivered_to(bob, cal, dan)
    assert len(asked) == 3
    assert all("KR1." in heard.text for heard in asked)
    rows: Any = town.objectives_of(ann)[0]["key_results"]
    assert [town.name_of(r["owner"]) for r in rows] == [bob.capitalize(), bob.capitalize(), ann.capitalize()]


def test_an_unknown_name_and_a_day_gone_are_pointed_out_and_kept(town: Town, lang: str) -> None:
    ann = town.someone()
    card = town.says(ann, "new O: One\nKR1: a from 1 to 2 @Zaphod by 2020-01-01")
    assert "@Zaphod" in card.text
    assert "2020-01-01" in card.text
    [row] = town.objectives_of(ann)[0]["key_results"]  # type: ignore[misc]
    assert row["due"] is None
    assert "Zaphod" in row["title"]


def test_weights_that_do_not_add_up_are_scaled_and_said_so(town: Town, lang: str) -> None:
    ann = town.someone()
    card = town.says(ann, "new O: One\nKR1: a from 1 to 2 weight 60%\nKR2: b from 1 to 2 weight 60%")
    assert "100%" in card.text
    rows: Any = town.objectives_of(ann)[0]["key_results"]
    assert [r["weight"] for r in rows] == [0.5, 0.5]


@pytest.mark.parametrize("text", ["new KR1: a from 1 to 2", "新建 KR1：a 从1到2"])
def test_key_results_without_an_objective_are_given_back(lite: Town, text: str) -> None:
    ann = lite.someone()
    heard = lite.says(ann, text)
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert "KR1" in heard.text
    assert lite.objectives_of(ann) == []


@pytest.mark.parametrize("text", ["new", "新建", "new okr", "新建 OKR"])
def test_new_alone_shows_how_and_its_example_works(lite: Town, lang: str, text: str) -> None:
    ann = lite.someone()
    how = lite.says(ann, text)
    assert how.reply is not None
    [example] = [p.text for p in how.reply.parts if isinstance(p, Copy)]
    drafted = lite.says(ann, example)
    assert say(lang, "draft") in drafted.text
    rows: Any = lite.objectives_of(ann)[0]["key_results"]
    assert [measured(r)[1:] for r in rows] == [(41, 70, "up"), (9, 2, "down")]
    assert rows[0]["due"] == "2026-12-20"


def test_too_much_at_once_is_refused_and_nothing_is_stored(lite: Town) -> None:
    ann = lite.someone()
    many = "new " + "\n".join(f"O: Number {i}\nKR1: a{i} from 1 to 2" for i in range(31))
    assert "31" in lite.says(ann, many).text
    deep = "new O: One\n" + "\n".join(f"KR{i}: a from 1 to 2" for i in range(1, 43))
    assert lite.says(ann, deep).reply.tone == "refusal"  # type: ignore[union-attr]
    assert lite.says(ann, f"new O: {'x' * 700}\nKR1: a from 1 to 2").reply.tone == "refusal"  # type: ignore[union-attr]
    assert lite.objectives_of(ann) == []


def test_another_cycle_by_name(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, "new O: Now KR1: a from 1 to 2")
    empty = town.says(ann, f"{say(lang, 'mine')} 2027Q2")
    assert "Now" not in empty.text
    card = town.says(ann, f"{say(lang, 'new')} 2027Q1 O: Then KR1: a from 1 to 2")
    assert "2027Q1" in card.text
    assert [o["ref"] for o in town.objectives_of(ann)] == ["O1", "O1"]
    assert "Then" in town.says(ann, "2027Q1 O1").text
    assert "Then" not in town.says(ann, "O1").text
    assert town.says(ann, "new for 2026Q1 O: Past KR1: a from 1 to 2").reply.tone == "refusal"  # type: ignore[union-attr]
    assert town.says(ann, "new for 2031Q1 O: Far KR1: a from 1 to 2").reply.tone == "refusal"  # type: ignore[union-attr]
    assert len(town.objectives_of(ann)) == 2


@pytest.mark.parametrize("whose", ["company", "公司", "team Nowhere", "团队 无处"])
def test_the_company_and_a_team_are_not_written_by_anybody(lite: Town, whose: str) -> None:
    lite.says(lite.someone("first"), "mine")  # the first one here is the admin
    bob = lite.someone("bob")
    heard = lite.says(bob, f"new {whose} O: We KR1: a from 1 to 2")
    assert heard.reply is not None
    assert heard.reply.tone == "refusal"
    assert lite.changes_by(bob) == []


def test_nobody_publishes_edits_or_discards_for_another(town: Town, lang: str) -> None:
    ann, bob = town.someone(), town.someone("bob")
    card = town.says(ann, "new O: One KR1: a from 1 to 2")
    town.says(bob, "mine")
    for label in ("Publish", "Edit", "Discard"):
        heard = town.presses(bob, card, say(lang, label))
        assert heard.reply is not None
        assert heard.reply.tone == "refusal"
        assert "One" not in heard.text
    for word in ("publish", "edit", "discard"):
        assert town.says(bob, f"{say(lang, word)} <@{ann}> O1").reply.tone == "refusal"  # type: ignore[union-attr]
    assert town.objectives_of(ann)[0]["state"] == "draft"


def test_the_coach_counts_against_the_limits_that_are_set(store: Any) -> None:
    from handlers.people import Defaults
    from tests.talk import Talk

    text = "new O: Grow in the north\nKR1: a from 1 to 2\nKR2: b from 1 to 2\nKR3: c from 1 to 2"
    assert "Q2" not in Talk(store, workspace="T-wide", defaults=Defaults(timezone="UTC")).says("ann", text).text
    assert "Q2" in Talk(store, workspace="T-narrow", defaults=Defaults(timezone="UTC", most_key_results=2)).says("ben", text).text
