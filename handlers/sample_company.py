"""The sample company: who works there, what they are after and how it goes. Qingxi makes smart water meters; half of it writes 中文."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody of the sample company. lead: the user of their lead."""

    user: str
    name: str
    title: str
    locale: str
    timezone: str
    lead: str = ""


@dataclass(frozen=True)
class Track:
    """How a key result goes: where it stands at the end of the cycle's elapsed part (as a share of the way), and what is said on the way.

    pace: share of the expected progress that is reached, 1.0 is on track. silent: nothing was said for the last weeks.
    """

    number: int
    pace: float
    confidence: int
    notes: tuple[str, ...]
    silent: bool = False


@dataclass(frozen=True)
class Plan:
    """One objective and who writes it: one of their own, or of a team or the company (whose: what stands before its number)."""

    user: str
    text: str
    tracks: tuple[Track, ...]
    whose: str = ""


PEOPLE = (
    Person("lin", "林溪", "创始人 / CEO", "zh", "Asia/Shanghai"),
    Person("maya", "Maya Brandt", "Head of Growth", "en", "Europe/Berlin", "lin"),
    Person("chen", "陈默", "研发负责人", "zh", "Asia/Shanghai", "lin"),
    Person("tom", "Tom Okafor", "Customer Success", "en", "Europe/London", "maya"),
    Person("wang", "王若兰", "固件工程师", "zh", "Asia/Shanghai", "chen"),
    Person("sofia", "Sofia Marin", "Partnerships", "en", "Europe/Madrid", "maya"),
    Person("zhao", "赵启明", "供应链", "zh", "Asia/Shanghai", "lin"),
    Person("priya", "Priya Nair", "Data", "en", "Asia/Kolkata", "chen"),
)

TEAMS = (("Growth", "maya", ("maya", "tom", "sofia")), ("研发", "chen", ("chen", "wang", "priya")))

PLANS = (
    Plan(
        "maya",
        "new O: Utilities choose us without being asked twice\nwhy: referrals close three times faster\n"
        "KR1: Pilot to contract from 18% to 35% weight 50%\nKR2: Referenceable customers from 4 to 12 weight 30% @tom\n"
        "KR3: Time from first call to pilot from 62 days to 30 days weight 20%\nKPI: Discount per deal ≤ 8%",
        (
            Track(
                1, 0.95, 7, ("two pilots signed in Valencia", "pricing page tested with five buyers", "legal template cut to four pages")
            ),
            Track(2, 0.8, 6, ("Porto agreed to be named", "case study with Graz is out")),
            Track(3, 0.45, 4, ("procurement adds two weeks everywhere", "checklist for pilots is with the partners")),
            Track(4, 1.0, 8, ("held the line in October",)),
        ),
    ),
    Plan(
        "tom",
        "new O: New customers feel at home in their first week (committed)\nwhy: renewals depend on it\n"
        "KR1: Set-up finished on day one from 41% to 70%\nKR2: First reply to a question from 9 hours to 2 hours\n"
        "KR3: stages: interview ten users 30%, new guide 40%, in-app tour 30%",
        (
            Track(1, 1.05, 8, ("guided install is live for half of them", "the QR code on the box works")),
            Track(2, 0.9, 7, ("weekend rota started", "templates in three languages")),
            Track(3, 0.9, 7, ("interviews done, three surprises written up",)),
        ),
    ),
    Plan(
        "chen",
        "新建 O：固件升级让客户完全无感\n意义：每次现场返修都在消耗信任\n"
        "KR1：远程升级成功率从92%提升到99.5% 权重50%\nKR2：单次升级耗时从14分钟降至5分钟 权重30% @王若兰\n"
        "KR3：现场返修从每月38次降至10次 权重20%",
        (
            Track(1, 0.9, 7, ("断点续传已上线两个省", "弱网重试策略改好了，成功率稳住")),
            Track(2, 1.1, 8, ("差分包体积降了六成", "并行下载灰度完成")),
            Track(3, 0.4, 4, ("老型号电池批次问题占了一半", "和供应链对齐了召回名单")),
        ),
    ),
    Plan(
        "wang",
        "新建 O：让每一块表都知道自己哪里不舒服\nKR1：自诊断覆盖的故障类型从6个到20个\n"
        "KR2：误报率不高于3%\nKR3：完成低功耗自检模块 12月15日前",
        (
            Track(1, 1.0, 8, ("阀门卡滞的识别上线", "漏水声纹样本收集到 1200 条")),
            Track(2, 1.0, 7, ("本周误报集中在低温环境",)),
            Track(3, 0.0, 6, ("方案评审通过，开始画板",)),
        ),
    ),
    Plan(
        "zhao",
        "新建 O：旺季不缺料，也不压货\nKR1：关键物料齐套率从81%提升到96%\nKR2：库存周转天数从74天降至50天\nKR3：呆滞库存从¥120万降至¥30万",
        (
            Track(1, 0.85, 6, ("第二家芯片供应商样品通过", "齐套看板每天早上自动发")),
            Track(2, 0.55, 5, ("海外仓退回的货还在清点",)),
            Track(3, 0.6, 5, ("谈成一笔老型号的打包出售",), silent=True),
        ),
    ),
    Plan(
        "sofia",
        "new O: Partners sell us while we sleep\nKR1: Active resellers from 3 to 10\nKR2: €1.2M pipeline from partners\n"
        "KR3: Partner portal launched by 12-10",
        (
            Track(1, 0.7, 6, ("two resellers in Portugal trained", "waiting for the price list in Polish")),
            Track(2, 0.75, 6, ("first joint tender with Aquanet",)),
            Track(3, 0.0, 7, ("content is ready, design review on Thursday",)),
        ),
    ),
    Plan(
        "priya",
        "new O: Everyone sees tomorrow's leak today\nKR1: Leaks found before the customer calls from 22% to 60%\n"
        "KR2: False alarms from 31% to 10%",
        (
            Track(1, 1.0, 7, ("night-flow model beats the old rule", "two districts added")),
            Track(2, 0.65, 5, ("frost looks like a leak to the model",)),
        ),
    ),
)

SHARED = (
    Plan(
        "lin",
        "新建 公司 O：让漏水在发生之前就被看见\n意义：每一座城市都在为看不见的水买单\n"
        "KR1：签约城市从9个到16个 权重40% @Maya Brandt\n"
        "KR2：提前发现的漏点占比从22%提升到60% 权重40% @陈默\nKR3：客户续约率从91%提升到97% 权重20%",
        (
            Track(1, 0.9, 7, ("瓦伦西亚进入合同阶段", "两座城市完成试点验收")),
            Track(2, 0.95, 7, ("夜间流量模型覆盖了两个新片区",)),
            Track(3, 1.0, 8, ("三家老客户提前续约",)),
        ),
        "公司 ",
    ),
    Plan(
        "maya",
        "new team Growth O: The Iberian market knows our name\nKR1: Inbound requests per month from 12 to 40\n"
        "KR2: Joint webinars with partners from 0 to 6 @sofia\nKR3: Trade press mentions from 3 to 15",
        (
            Track(1, 0.85, 7, ("the Lisbon talk brought nine requests", "landing page in Portuguese is live")),
            Track(2, 0.7, 6, ("Aquanet hosts the next one",)),
            Track(3, 0.6, 5, ("an interview is scheduled for December",)),
        ),
        "Growth ",
    ),
)

IN_PUBLIC = (
    ("maya", "KR1.1 +1 c7 Valencia signed the second pilot; blocked: legal review of the data annex @林溪"),
    ("wang", "KR1.1 +1 低温误报的根因找到了，谢谢 @Priya Nair 的数据"),
    ("tom", "KR1.1 +2 the QR code on the box works better than the guide"),
)

MORE_NAMES = (
    "Ana",
    "Ben",
    "Chloe",
    "Dev",
    "Elif",
    "Farid",
    "Greta",
    "Hugo",
    "周末",
    "孙晴",
    "吴桐",
    "郑一",
    "冯雪",
    "何川",
    "许诺",
    "韩江",
)
MORE_OBJECTIVES = (
    "new O: Customers trust the numbers we show\nKR1: Readings confirmed by hand from 88% to 97%\nKR2: Open data questions from 40 to 8",
    "new O: A release is a quiet afternoon\nKR1: Rollbacks per month from 5 to 1\nKR2: Lead time from 12 days to 4 days",
    "新建 O：新同事第一个月就能独当一面\nKR1：首月独立完成的任务从2个到6个\nKR2：入职满意度从7.1提升到8.8",
    "新建 O：把售后经验变成产品改进\nKR1：来自售后的改进从3项到15项\nKR2：重复问题占比从42%降至20%",
)
