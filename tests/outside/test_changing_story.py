"""What becomes of OKRs, from outside: changed, weighed, ended, handed over, owned by teams and by a cycle to come."""

from collections.abc import Callable

import pytest

from tests.outside.conftest import Place
from tests.outside.program import labels
from tests.outside.voices import FOUR, IDS, Voice, met

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
OKR = "new O: Win the north\nKR1: NPS from 30 to 50\nKR2: Refunds from 8% to 2%"
OKR_ZH = "新建 O：赢下华北\nKR1：NPS 从30提升到50\nKR2：退款率由 8% 降至 2%"
Meet = Callable[[str], Voice]


@pytest.fixture(params=FOUR, ids=IDS)
def meet(request: pytest.FixtureRequest, place: Place) -> Meet:
    """meet(name): somebody new; all of a test speak one language on one platform."""
    platform, lang = request.param
    return lambda name: met(place.town, place.serving, platform, lang, name)


def with_okr(who: Voice) -> Voice:
    who.says(OKR, OKR_ZH)
    assert "KR1.2" in who.says("publish O1", "发布 O1")
    return who


def test_fields_weights_rhythm_and_endings(meet: Meet) -> None:
    ann, bob = with_okr(meet("Ann")), meet("Bob")
    assert "Win it all" in ann.says("edit O1 title Win it all", "编辑 O1 标题 Win it all")
    asked = ann.opens("edit KR1.1 target 70", "编辑 KR1.1 目标值 70")  # a published target asks why first
    assert asked.labels == ["Why the change" if ann.lang == "en" else "调整原因"]
    asked.leaves()
    assert "30 → 50" in ann.says("KR1.1")
    assert "30 → 70" in ann.says("edit KR1.1 target 70 because the market grew", "编辑 KR1.1 目标值 70 因为 市场变大了")
    assert "KR1.3" in ann.says("add KR to O1: shops from 3 to 9", "加KR O1：门店从3家到9家")
    weighed = ann.says("weight KR1.1 50 KR1.2 30", "权重 KR1.1 50 KR1.2 30")
    assert all(share in weighed for share in ("50%", "30%", "20%")), weighed
    assert "44" in ann.says("weight KR1.1 40 KR1.2 40 KR1.3 10", "权重 KR1.1 40 KR1.2 40 KR1.3 10")  # one that sums to 100 to copy
    ann.says("rhythm KR1.2 monthly", "频率 KR1.2 每月")
    assert "7 → 30" in ann.says("history KR1.2", "历史 KR1.2")

    # nobody else's, with a clear no that names who can
    for english, chinese in (
        (f"edit {ann.at} KR1.1 target 5 because why not", f"编辑 {ann.at} KR1.1 目标值 5 因为 好玩"),
        (f"drop {ann.at} O1 because why not", f"终止 {ann.at} O1 因为 好玩"),
        (f"weight {ann.at} KR1.1 90 KR1.2 10", f"权重 {ann.at} KR1.1 90 KR1.2 10"),
        (f"close {ann.at} O1", f"结束 {ann.at} O1"),
    ):
        assert ann.shown in bob.says(english, chinese), english
    assert "30 → 70" in ann.says("KR1.1")

    dropped = ann.card("drop KR1.3 because too far off", "终止 KR1.3 因为 太远了")
    assert ("too far off" if ann.lang == "en" else "太远了") in dropped["text"]
    assert ("shops" if ann.lang == "en" else "门店") not in ann.says("O1")
    assert "KR1.3" in ann.says("reopen KR1.3", "重开 KR1.3")
    ann.says("close O1", "结束 O1")
    assert ("closed" if ann.lang == "en" else "结束") in ann.says("KR1.1 45").lower()
    assert "O1" in ann.says("reopen O1", "重开 O1")
    assert "45" in ann.says("KR1.1 45")


def test_it_changes_hands_once_the_other_side_accepts(meet: Meet) -> None:
    ann, bob = with_okr(meet("Ann")), meet("Bob")
    asked = bob.hears("O1", lambda: ann.says(f"transfer O1 to {bob.at}", f"移交 O1 给 {bob.at}"))
    assert "KR1.2" in ann.says("mine", "我的")
    ann.hears("O1", lambda: bob.taps(asked, "Accept", "接受"))
    assert "KR1.2" in bob.says("mine", "我的")
    assert "KR1.2" not in ann.says("mine", "我的")
    assert "45" in bob.says("KR1.1 45")


def test_a_team_and_what_it_owns(meet: Meet) -> None:
    lead, mem, new, out = meet("Lea"), meet("Mem"), meet("Neo"), meet("Out")
    team = f"North{lead.user[-4:]}" if lead.lang == "en" else f"增长{lead.user[-4:]}"
    founded = lead.says(f"team new {team} members {mem.at}", f"团队 新建 {team} 成员 {mem.at}")
    assert team in founded
    assert new.shown in lead.says(f"team {team} add {new.at}", f"团队 {team} 加 {new.at}")
    lead.says(f"team {team} remove {new.at}", f"团队 {team} 移除 {new.at}")
    assert lead.shown in out.says(f"team {team} add {out.at}", f"团队 {team} 加 {out.at}")

    # a member writes for it, another owns a key result of it, and finds it in their own list under the team's name
    drafted = mem.says(
        f"new team {team} O: Win the north\nKR1: NPS from 30 to 50 {out.at}\nKR2: shops from 3 to 9",
        f"新建 团队 {team} O：赢下华北\nKR1：NPS 从30提升到50 {out.at}\nKR2：门店从3家到9家",
    )
    assert f"{team} O1" in drafted
    asked = out.hears(f"{team} KR1.1", lambda: lead.says(f"publish {team} O1", f"发布 {team} O1"))
    out.taps(asked, "Accept", "接受")
    assert f"{team} KR1.1" in out.says("mine", "我的")
    assert "40" in out.says(f"{team} KR1.1 40")
    assert "30 → 50" in new.says(f"{team} O1")
    assert lead.shown in mem.says(f"team {team} lead {mem.at}", f"团队 {team} 负责人 {mem.at}")
    lead.says(f"team {team} lead {mem.at}", f"团队 {team} 负责人 {mem.at}")
    renamed = f"{team}二队"
    assert renamed in mem.says(f"team {team} rename {renamed}", f"团队 {team} 改名 {renamed}")
    assert "40" in new.says(f"{renamed} KR1.1")

    # where it talks is said where that is
    where = ("C7" if lead.platform == "slack" else "oc_7") + lead.user[-4:]
    assert renamed in str(mem.in_group(f"team {renamed} channel here", f"团队 {renamed} 频道 这里", group=where)[0]["text"])


def test_the_cycle_to_come(meet: Meet) -> None:
    ann, bob = with_okr(meet("Ann")), meet("Bob")
    shown = ann.says("cycles", "周期")
    following = sorted(word for word in shown.replace("*", " ").split() if word[:2] == "20" and "Q" in word)[-1].strip("：:·，,")
    drafted = ann.says(f"new for {following} O: Later\nKR1: users from 10 to 20", f"新建 {following} O：Later\nKR1：用户从10到20")
    assert following in drafted
    ann.says(f"publish {following} O1", f"发布 {following} O1")
    assert "Later" in bob.says(f"{ann.at} {following}")
    assert "Later" not in ann.says("mine", "我的")
    assert "Update" not in labels(ann.card(f"{following} O1"))
    assert following[:4] in ann.says(f"{following} KR1.1 15")
    assert "30 → 50" in ann.says("KR1.1")
