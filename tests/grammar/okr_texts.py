"""What OKR texts mean: lines of key results, and whole documents as people paste them, each with what is read of it."""

# a key result's words, and what is told of it
LINES = [
    ("NPS from 30 to 50", "NPS from 30 to 50 | number 30>50 [] up"),
    ("NPS 30->50", "NPS 30->50 | number 30>50 [] up"),
    ("NPS 30 → 50", "NPS 30 → 50 | number 30>50 [] up"),
    ("NPS 30 => 50", "NPS 30 => 50 | number 30>50 [] up"),
    ("NPS 30 --> 50", "NPS 30 --> 50 | number 30>50 [] up"),
    ("churn 5% to 3%", "churn 5% to 3% | percent 5>3 [%] down"),
    (
        "Reduce p95 latency from 800ms to 200ms by end of November",
        "Reduce p95 latency from 800ms to 200ms | number 800>200 [ms] down | due=end of November",
    ),
    ("Increase NPS to 50 from 30", "Increase NPS to 50 from 30 | number 30>50 [] up"),
    ("Revenue $3.4M, currently $2M", "Revenue $3.4M, currently $2M | currency 2000000>3400000 [$] up"),
    ("MRR from $10k to $20k @alice", "MRR from $10k to $20k | currency 10000>20000 [$] up | owner=@alice"),
    ("Weekly active users from 1,200 to 3,400", "Weekly active users from 1,200 to 3,400 | number 1200>3400 [] up"),
    ("Reduce churn by 40%", "Reduce churn by 40% | percent 0>-40 [%] down"),
    ("Increase signups by 40% with @ann cc @joe", "Increase signups by 40% | percent 0>40 [%] up | with=@ann,@joe"),
    ("Reduce costs from 500 by 40%", "Reduce costs from 500 by 40% | number 500>300 [] down"),
    ("Cut cloud spend to ¥80k", "Cut cloud spend to ¥80k | currency >80000 [¥] down"),
    ("30% reduction in cloud cost", "30% reduction in cloud cost | percent 0>-30 [%] down"),
    ("20% more qualified leads", "20% more qualified leads | percent 0>20 [%] up"),
    ("NPS ≥ 50", "NPS ≥ 50 | number >50 [] up"),
    ("NPS >= 50", "NPS >= 50 | number >50 [] up"),
    ("At least 10 enterprise customers", "At least 10 enterprise customers | number >10 [] up"),
    ("No more than 3 incidents", "No more than 3 incidents | number >3 [incidents] down"),
    ("errors ≤ 10/day", "errors ≤ 10/day | number >10 [] down"),
    ("cut churn below 3%", "cut churn below 3% | percent >3 [%] down"),
    ("Reach ¥3.4M ARR", "Reach ¥3.4M ARR | currency >3400000 [¥] up"),
    ("keep NPS ≥ 50", "keep NPS ≥ 50 | number >50 [] keep min"),
    ("Maintain uptime at least 99.9%", "Maintain uptime at least 99.9% | percent >99.9 [%] keep min"),
    ("Hold error rate below 1%", "Hold error rate below 1% | percent >1 [%] keep max"),
    ("Sign 10 customers", "Sign 10 customers | number >10 [customers] up"),
    ("Sign 10 customers in 3 countries", "Sign 10 customers in 3 countries | number >10 [customers] up"),
    ("100+ reviews", "100+ reviews | number >100 [] up"),
    ("get CSAT to 4.5/5", "get CSAT to 4.5/5 | number >4.5 [] up"),
    ("Ship the new onboarding", "Ship the new onboarding | done"),
    ("Ship the new onboarding (done)", "Ship the new onboarding | done"),
    ("Pass 3 audits (done)", "Pass 3 audits | done"),
    ("from 500 to 2k installs, weight: 20%", "from 500 to 2k installs | number 500>2000 [installs] up | weight=0.2"),
    ("NPS from 30 to 50 weight 30%", "NPS from 30 to 50 | number 30>50 [] up | weight=0.3"),
    ("NPS from 30 to 50 (weight 30%)", "NPS from 30 to 50 | number 30>50 [] up | weight=0.3"),
    ("NPS from 30 to 50, weight 0.3", "NPS from 30 to 50 | number 30>50 [] up | weight=0.3"),
    ("NPS from 30 to 50 (30%)", "NPS from 30 to 50 (30%) | number 30>50 [] up"),
    ("Reduce package weight from 30 kg to 20 kg", "Reduce package weight from 30 kg to 20 kg | number 30>20 [kg] down"),
    ("NPS from 30 to 50 @bob by 2026-12-20", "NPS from 30 to 50 | number 30>50 [] up | owner=@bob | due=2026-12-20"),
    ("NPS from 30 to 50 owner: @bob, with @ann and @joe", "NPS from 30 to 50 | number 30>50 [] up | owner=@bob | with=@ann,@joe"),
    ("NPS from 30 to 50, owner: Jane Doe, due 12-20", "NPS from 30 to 50 | number 30>50 [] up | owner=@Jane Doe | due=12-20"),
    ("NPS from 30 to 50 by Friday", "NPS from 30 to 50 | number 30>50 [] up | due=Friday"),
    ("NPS from 30 to 50 before end of November", "NPS from 30 to 50 | number 30>50 [] up | due=end of November"),
    ("NPS from 30 to 50 (due: Dec 20)", "NPS from 30 to 50 | number 30>50 [] up | due=12-20"),
    ("@bob NPS from 30 to 50", "NPS from 30 to 50 | number 30>50 [] up | owner=@bob"),
    ("\ue000U1\ue001 NPS 30→50 with \ue000U2\ue001", "NPS 30→50 | number 30>50 [] up | owner=<U1 | with=<U2"),
    ("NPS 30→50 @#m12", "NPS 30→50 | number 30>50 [] up | owner=#m12"),
    (
        "Launch; stages: design 30%, build 50% @bob by 12-01, launch 20%",
        "Launch | stages | stages=design weight=0.3, build weight=0.5 owner=@bob due=12-01, launch weight=0.2",
    ),
    ("Launch (stages: design, build, launch)", "Launch | stages | stages=design, build, launch"),
    ("stages: design 30%, build 70%", "design, build | stages | stages=design weight=0.3, build weight=0.7"),
    ("be in top 3 of G2 in 2026", "be in top 3 of G2 in 2026 | done"),
    ("Ship v2.0 in Q4", "Ship v2.0 in Q4 | done"),
    ("Launch in 3 countries", "Launch in 3 countries | done | ?3"),
    ("hire 3 to 5 engineers", "hire 3 to 5 engineers | done | ?3 to 5"),
    ("from 1 to 3M users", "from 1 to 3M users | number 1000000>3000000 [users] up | ?from 1 to 3M users"),
    ("from 500 to 2k users", "from 500 to 2k users | number 500>2000 [users] up"),
    ("from 0 to 3k users", "from 0 to 3k users | number 0>3000 [users] up"),
    ("double signups", "double signups | done | ?double"),
    ("2x faster", "2x faster | done | ?2x"),
    ("Reduce churn 5%", "Reduce churn 5% | done | ?5%"),
    ("Run 3 workshops with 20 people each", "Run 3 workshops with 20 people each | number >3 [] up"),
    ("Answer 90% of tickets within 24 hours", "Answer 90% of tickets within 24 hours | percent >90 [%] up"),
    ("NPS from 30 to 50 and churn from 5% to 3%", "NPS from 30 to 50 and churn from 5% to 3% | number 30>50 [] up | ?from 5% to 3%"),
    ("Cycle time from 3 days to 12 hours", "Cycle time from 3 days to 12 hours | number >12 [hours] down | ?from 3 days to 12 hours"),
    ("Response from 30 to 50%", "Response from 30 to 50% | percent 30>50 [%] up"),
    ("Email a@b.com to 50 leads", "Email a@b.com to 50 leads | done | ?50 leads"),
    ("Ping @everyone about NPS 30→50", "Ping @everyone about NPS 30→50 | number 30>50 [] up"),
    ("Revenue from 3.400 to 5.000", "Revenue from 3.400 to 5.000 | number 3.4>5 [] up | ?3.400 | ?5.000"),
    ("Improve NPS", "Improve NPS | done"),
    ("[guardrail] uptime ≥ 99.9%", "uptime ≥ 99.9% | percent >99.9 [%] keep min | guardrail"),
    ("KPI: uptime ≥ 99.9%", "uptime ≥ 99.9% | percent >99.9 [%] keep min | guardrail"),
    ("NPS：３０→５０，权重３０％", "NPS：３０→５０ | number 30>50 [] up | weight=0.3"),
    ("NPS从30提升到50", "NPS从30提升到50 | number 30>50 [] up"),
    ("NPS从30到50", "NPS从30到50 | number 30>50 [] up"),
    ("NPS 30 到 50", "NPS 30 到 50 | number 30>50 [] up"),
    ("从500万降低40%", "从500万降低40% | number 5000000>3000000 [] down"),
    ("首次响应时间由8小时降至2小时", "首次响应时间由8小时降至2小时 | number 8>2 [小时] down"),
    ("转化率提升至4%", "转化率提升至4% | percent >4 [%] up"),
    ("转化率2.5%提升至4%", "转化率2.5%提升至4% | percent 2.5>4 [%] up"),
    ("投诉率降到1%", "投诉率降到1% | percent >1 [%] down"),
    ("成本降低20万元", "成本降低20万元 | currency 0>-200000 [元] down"),
    ("获客成本降低30%以上", "获客成本降低30%以上 | percent 0>-30 [%] down"),
    ("复购率提升5个百分点", "复购率提升5个百分点 | number 0>5 [个百分点] up"),
    ("满意度不低于95%", "满意度不低于95% | percent >95 [%] up"),
    ("错误率低于1%", "错误率低于1% | percent >1 [%] down"),
    ("保持可用性不低于99.9%", "保持可用性不低于99.9% | percent >99.9 [%] keep min"),
    ("保持错误率低于1%", "保持错误率低于1% | percent >1 [%] keep max"),
    ("DAU达到3万", "DAU达到3万 | number >30000 [] up"),
    ("NPS达到50（目前30）", "NPS达到50（目前30） | number 30>50 [] up"),
    ("当前30，目标50", "当前30，目标50 | number 30>50 [] up"),
    ("用户数1万→3万", "用户数1万→3万 | number 10000>30000 [] up"),
    ("从1到3万用户", "从1到3万用户 | number 10000>30000 [] up | ?从1到3万"),
    ("从8000到3万用户", "从8000到3万用户 | number 8000>30000 [] up"),
    ("新增100家客户", "新增100家客户 | number >100 [家] up"),
    ("招聘3到5名工程师", "招聘3到5名工程师 | done | ?3到5名"),
    ("日活翻倍", "日活翻倍 | done | ?翻倍"),
    ("GMV 1.2亿，截止12/20", "GMV 1.2亿 | number >120000000 [] up | due=12-20"),
    ("转化率从2.5%提升至4%（张三负责，12月31日前）", "转化率从2.5%提升至4% | percent 2.5>4 [%] up | owner=@张三 | due=12-31"),
    ("完成迁移，负责人：@张三，12月20日前", "完成迁移 | done | owner=@张三 | due=12-20"),
    ("负责人 张三 完成迁移", "完成迁移 | done | owner=@张三"),
    ("上线新版本，和@王五一起", "上线新版本 | done | with=@王五"),
    ("上线新版本，协作：@王五、@赵六", "上线新版本 | done | with=@王五,@赵六"),
    (
        "服务器成本由每月100万元降至80万元，权重40%，@李四 负责",
        "服务器成本由每月100万元降至80万元 | currency 1000000>800000 [元] down | weight=0.4 | owner=@李四",
    ),
    ("将平均响应时间控制在2小时以内", "将平均响应时间控制在2小时以内 | number >2 [小时] down"),
    ("A类客户满意度90分以上", "A类客户满意度90分以上 | number >90 [分] up"),
    ("3天内完成首次响应的比例达到95%", "3天内完成首次响应的比例达到95% | percent >95 [%] up"),
    ("覆盖80%的门店，2026年Q4完成", "覆盖80%的门店，2026年Q4完成 | percent >80 [%] up"),
    ("完成3场培训，每场20人", "完成3场培训，每场20人 | number >3 [场] up"),
    (
        "重构支付系统，阶段：设计30%、开发50%、上线20%，权重20%",
        "重构支付系统 | stages | weight=0.2 | stages=设计 weight=0.3, 开发 weight=0.5, 上线 weight=0.2",
    ),
    ("交付周期由3天降至12小时", "交付周期由3天降至12小时 | number >12 [小时] down | ?由3天降至12小时"),
    ("从20%降低5%", "从20%降低5% | done | ?20%降低5%"),
    ("11月底前上线小程序", "上线小程序 | done | due=end of November"),
    ("第3季度进入前10名", "第3季度进入前10名 | done"),
    ("营收同比增长30%", "营收同比增长30% | percent 0>30 [%] up"),
    ("营收增长率达到30%", "营收增长率达到30% | percent >30 [%] up"),
    ("百分之三十的客户续约", "百分之三十的客户续约 | percent >30 [%] up"),
    ("一百二十家门店上线新系统", "一百二十家门店上线新系统 | number >120 [家] up"),
    ("NPS从30提升到50。", "NPS从30提升到50 | number 30>50 [] up"),
    ("底线：毛利率 ≥ 35%", "毛利率 ≥ 35% | percent >35 [%] keep min | guardrail"),
    ("线上故障数不超过2次（KPI）", "线上故障数不超过2次 | number >2 [次] keep max | guardrail"),
    ("NPS 从 U9 的 30 到 50", "NPS 从 U9 的 30 到 50 | number 30>50 [] up"),
    ("指标待定", "指标待定 | done"),
    ("50%", "50% | percent >50 [%] up"),
]

# a document, and what is told of it
DOCUMENTS = [
    (
        """> O1: Make onboarding delightful
> KR1: Activation from 40% to 60%
> KR2: Setup time from 3 days to 1 day
>
> Thanks,
> Bob""",
        """O Make onboarding delightful | ?Thanks
  Activation from 40% to 60% | percent 40>60 [%] up
  Setup time from 3 days to 1 day | number 3>1 [day] down | ?Bob""",
    ),
    (
        """Growth team – Q1 2027 OKRs

Objective 1 - Become the obvious choice for small
teams in Europe
Why — we lose 30% of deals to Foo
Key Results:
• 500 → 800 paying teams (owner: @anna, weight 40%)
• Win rate 22% => 35%; due Mar 20
• NPS ≥ 45
Objective 2 - Make support calm
• First reply time from 8h to 2h
   ○ hire one more agent
   ○ write macros
• CSAT from 82% to 90% @tom""",
        """O Become the obvious choice for small teams in Europe | why=we lose 30% of deals to Foo | ?Growth team – Q1 2027 OKRs
  500 → 800 paying teams | number 500>800 [] up | weight=0.4 | owner=@anna
  Win rate 22% => 35% | percent 22>35 [%] up | due=03-20
  NPS ≥ 45 | number >45 [] up
O Make support calm
  First reply time from 8h to 2h | number 8>2 [h] down | ?hire one more agent | ?write macros
  CSAT from 82% to 90% | percent 82>90 [%] up | owner=@tom""",
    ),
    (
        """- **O1: Grow self-serve revenue** [committed]
    - KR1: MRR $40k → $60k
        - Owner: @alice
        - Due: 2026-12-20
        - Weight: 50%
    - KR2: Trial conversion
        - Baseline: 8%
        - Target: 12%
        - Owner: Jane Doe
        - talk to ten churned users""",
        """O Grow self-serve revenue | committed
  MRR $40k → $60k | currency 40000>60000 [$] up | weight=0.5 | owner=@alice | due=2026-12-20
  Trial conversion | percent 8>12 [%] up | owner=@Jane Doe | ?talk to ten churned users""",
    ),
    (
        """一、提升客户满意度
（一）NPS从30提升到50
（二）投诉率降到1%
二、降低成本
（一）KR：云成本由50万降至40万""",
        """O 提升客户满意度
  NPS从30提升到50 | number 30>50 [] up
  投诉率降到1% | percent >1 [%] down
O 降低成本
  云成本由50万降至40万 | number 500000>400000 [] down""",
    ),
    (
        """Objective\tKey Results\tOwner\tDue\tStatus
Delight customers\tKR1 NPS 30 → 50\t@a\t12/20\tgreen
\tKR2 Churn 5% → 3%\t@b\t12/31\t
Grow\tSign 10 logos\t@c\t\t""",
        """O Delight customers
  NPS 30 → 50 | number 30>50 [] up | owner=@a | due=12-20 | ?Status: green
  Churn 5% → 3% | percent 5>3 [%] down | owner=@b | due=12-31
O Grow
  Sign 10 logos | number >10 [] up | owner=@c""",
    ),
    (
        """| 目标 | 关键结果 | 起始值 | 目标值 | 单位 | 负责人 | 权重 | 截止时间 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 打造卓越体验 | KR1：NPS | 30 | 50 | 分 | 张三 | 60% | 12月20日 |
|  | KR2：首响时长<br>KR3：满意度≥90% | 8 | 2 | 小时 | @李四 | 40% | |""",
        """O 打造卓越体验
  NPS | number 30>50 [分] up | weight=0.6 | owner=@张三 | due=12-20
  首响时长 | number 8>2 [小时] down | weight=0.4 | owner=@李四
  满意度≥90% | percent >90 [%] up""",
    ),
    (
        """Objective
Win the SMB market
Key Results
NPS from 30 to 50
Churn from 5% to 3%""",
        """O Win the SMB market
  NPS from 30 to 50 | number 30>50 [] up
  Churn from 5% to 3% | percent 5>3 [%] down""",
    ),
    (
        """目标一：成为行业标杆
意义：客户在流失
关键结果一：新签客户从10家到30家
关键结果二：续约率不低于90%；@王五 负责
目标二：打造高效团队（挑战型）
关键结果：1、招聘5名工程师；2、人均产出提升20%""",
        """O 成为行业标杆 | why=客户在流失
  新签客户从10家到30家 | number 10>30 [家] up
  续约率不低于90% | percent >90 [%] up | owner=@王五
O 打造高效团队 | aspirational
  招聘5名工程师 | number >5 [名] up
  人均产出提升20% | percent 0>20 [%] up""",
    ),
    (
        """Grow revenue
KR1: MRR 10k → 20k""",
        """O Grow revenue | ?Grow revenue
  MRR 10k → 20k | number 10000>20000 [] up""",
    ),
    (
        "NPS from 30 to 50",
        "O | ?NPS from 30 to 50",
    ),
    (
        """@Tenday please
O: Ship faster
1) Deploys per week from 2 to 10
2) Lead time from 9 days to 2 days""",
        """O Ship faster | ?@Tenday please
  Deploys per week from 2 to 10 | number 2>10 [] up
  Lead time from 9 days to 2 days | number 9>2 [days] down""",
    ),
    (
        """O1（承诺型）：让客户更成功
KR1（权重50%）：NPS 从 30 到 50
KR2 [stretch] ARR ¥3M""",
        """O 让客户更成功 | committed
  NPS 从 30 到 50 | number 30>50 [] up | weight=0.5
  [stretch] ARR ¥3M | currency >3000000 [¥] up""",
    ),
    (
        """o1: small o
kr1: nps 30 -> 50
kr2- churn 5% -> 3%""",
        """O small o
  nps 30 -> 50 | number 30>50 [] up
  churn 5% -> 3% | percent 5>3 [%] down""",
    ),
    (
        "O1提升客户满意度KR1：NPS从30到50KR2：续约率从80%到90%",
        """O 提升客户满意度
  NPS从30到50 | number 30>50 [] up
  续约率从80%到90% | percent 80>90 [%] up""",
    ),
    (
        """🎯 O1: Win
✅ KR1: NPS 30→50""",
        """O Win
  NPS 30→50 | number 30>50 [] up""",
    ),
    (
        """承诺：年内上线新支付
KR1：成功率从97%到99.5%
挑战：成为首选
KR1：份额从5%到15%""",
        """O 年内上线新支付 | committed
  成功率从97%到99.5% | percent 97>99.5 [%] up
O 成为首选 | aspirational
  份额从5%到15% | percent 5>15 [%] up""",
    ),
    (
        """Objectives
1. Win SMB
   - NPS from 30 to 50
   - churn 5% to 3%
2. Delight
   a. CSAT ≥ 90%""",
        """O Win SMB
  NPS from 30 to 50 | number 30>50 [] up
  churn 5% to 3% | percent 5>3 [%] down
O Delight
  CSAT ≥ 90% | percent >90 [%] up""",
    ),
    (
        """O1: x
Key results: NPS from 30 to 50; churn from 5% to 3%; ship it (@bob; by Friday)
KPIs:
- uptime ≥ 99.9%
- margin ≥ 30%""",
        """O x
  NPS from 30 to 50 | number 30>50 [] up
  churn from 5% to 3% | percent 5>3 [%] down
  ship it | done | owner=@bob | due=Friday
  uptime ≥ 99.9% | percent >99.9 [%] keep min | guardrail
  margin ≥ 30% | percent >30 [%] keep min | guardrail""",
    ),
    (
        "KR1.2 45",
        "O | ?KR1.2 45",
    ),
    (
        """O1: Support KR1.2 of @ann with better data
KR1: 3 reports used by 10 teams""",
        """O Support KR1.2 of with better data | with=@ann
  3 reports used by 10 teams | done | ?3 | ?10 teams""",
    ),
    (
        """O1: Owner line
Owner: @bob
KR1: NPS
target: 50
baseline: 30
Notes: bla""",
        """O Owner line | with=@bob
  NPS | number 30>50 [] up | ?Notes: bla""",
    ),
    (
        "O: Win SMB KR1: NPS from 30 to 50 KR2: churn 5% to 3% @bob by Dec 20 KR3: Ship new onboarding (done), weight 30%",
        """O Win SMB
  NPS from 30 to 50 | number 30>50 [] up
  churn 5% to 3% | percent 5>3 [%] down | owner=@bob | due=12-20
  Ship new onboarding | done | weight=0.3""",
    ),
    (
        "目标：提升客户满意度 关键结果1：NPS从30提升到50；关键结果2：首次响应时间由8小时降至2小时，负责人：@张三，12月20日前",
        """O 提升客户满意度
  NPS从30提升到50 | number 30>50 [] up
  首次响应时间由8小时降至2小时 | number 8>2 [小时] down | owner=@张三 | due=12-20""",
    ),
    (
        "O: Win SMB",
        "O Win SMB",
    ),
    (
        "O1 Win SMB [committed] @ann by 2026-12-31",
        "O Win SMB | committed | with=@ann | due=2026-12-31",
    ),
    (
        "O: Win SMB (stretch) why: they churn less",
        "O Win SMB | aspirational | why=they churn less",
    ),
    (
        "O1: Win SMB, weight 40%",
        "O Win SMB | weight=0.4",
    ),
    (
        """**O1**: Win SMB
**KR1**: NPS 30→50""",
        """O Win SMB
  NPS 30→50 | number 30>50 [] up""",
    ),
    (
        "O1、打造一流体验（承诺型）",
        "O 打造一流体验 | committed",
    ),
    (
        """【目标】打造一流体验
【KR1】NPS从30到50""",
        """O 打造一流体验
  NPS从30到50 | number 30>50 [] up""",
    ),
    (
        """[O1] Win
[KR1] NPS 30→50""",
        """O Win
  NPS 30→50 | number 30>50 [] up""",
    ),
    (
        "Ｏ１：提升体验 ＫＲ１：ＮＰＳ从３０到５０",
        """O 提升体验
  ＮＰＳ从３０到５０ | number 30>50 [] up""",
    ),
    (
        """目标一致性很重要
KR1: NPS 30→50""",
        """O 目标一致性很重要 | ?目标一致性很重要
  NPS 30→50 | number 30>50 [] up""",
    ),
    (
        "O1: Win SMB KR1 NPS from 30 to 50 KR2 churn from 5% to 3%",
        """O Win SMB
  NPS from 30 to 50 | number 30>50 [] up
  churn from 5% to 3% | percent 5>3 [%] down""",
    ),
    (
        "O: a KR: x 1→2; y 3→4; z",
        """O a
  x 1→2 | number 1>2 [] up
  y 3→4 | number 3>4 [] up
  z | done""",
    ),
    (
        """- O1: Win
  - NPS 30→50
  - churn 5%→3%; weight 30%; @bob""",
        """O Win
  NPS 30→50 | number 30>50 [] up
  churn 5%→3% | percent 5>3 [%] down | weight=0.3 | owner=@bob""",
    ),
    (
        """O1: Win
KR1: NPS 30→50; weight 30%; @bob
KR2：
KR3: churn 5% → 3%""",
        """O Win
  NPS 30→50 | number 30>50 [] up | weight=0.3 | owner=@bob
  churn 5% → 3% | percent 5>3 [%] down""",
    ),
    (
        """1. Objective: Win
   1.1 NPS from 30 to 50
   1.2 Churn from 5% to 3%""",
        """O Win
  NPS from 30 to 50 | number 30>50 [] up
  Churn from 5% to 3% | percent 5>3 [%] down""",
    ),
    (
        """O1: Win the market by being
faster than everybody
KR1: Lead time from 9 to 2
days on average""",
        """O Win the market by being faster than everybody
  Lead time from 9 to 2 days on average | number 9>2 [days] down""",
    ),
    (
        """KR1：NPS从30到50
底线：毛利率≥30%""",
        """O
  NPS从30到50 | number 30>50 [] up
  毛利率≥30% | percent >30 [%] keep min | guardrail""",
    ),
    (
        """O: x
stretch: be loved
KR1: a 1→2""",
        """O x
O be loved | aspirational
  a 1→2 | number 1>2 [] up""",
    ),
    (
        """Type\tObjective
a\tb""",
        "O b | ?kind: a",
    ),
    (
        """## Grow revenue
- KR1: MRR 10k → 20k
## Delight users
- KR1: NPS 30 → 50""",
        """O Grow revenue
  MRR 10k → 20k | number 10000>20000 [] up
O Delight users
  NPS 30 → 50 | number 30>50 [] up""",
    ),
    (
        """O1: Win
Key Results
1. NPS from 30 to 50
2. Churn from 5% to 3%
Risks
- Bob leaves""",
        """O Win | ?Risks | ?Bob leaves
  NPS from 30 to 50 | number 30>50 [] up
  Churn from 5% to 3% | percent 5>3 [%] down""",
    ),
    (
        "new customer signed, KR1.2 45",
        "O | ?new customer signed, KR1.2 45",
    ),
    (
        "O: Launch the beta KR1: Launch beta by @bob",
        """O Launch the beta
  Launch beta | done | owner=@bob""",
    ),
    (
        """O1：2027年成为华东第一
· KR1：市场份额从12%提升到20%（Q4底前）
· KR2：客户NPS≥60分，负责人@张三，权重：40%""",
        """O 2027年成为华东第一
  市场份额从12%提升到20%（Q4底前） | percent 12>20 [%] up
  客户NPS≥60分 | number >60 [分] up | weight=0.4 | owner=@张三""",
    ),
    (
        """O1: Delight
KR1: 50%
KR2: Answer 95% of chats in 2 min
KR3: from 12 → 20 logos by end of Q1
KR4: Grow ARR from €1.2m to €2m
KR5: Reach 1,000,000 downloads by 2026-12-31 (weight: 50%)
KR6: 0 critical bugs
KR7: zero critical bugs
KR8: NPS +10
KR9: -20% churn
KR10: NPS 30 - 50
KR11: 3/10 teams migrated
KR12: p95 < 200ms
KR13: revenue $5M (baseline: $3M)
KR14: from 30 to 50 NPS points and keep CSAT
KR15: NPS: 30 → 50 → 70
KR16: Deliver 5 of 8 modules
KR17: Increase from 100 to 150 (+50%)
KR18: 完成率 100%
KR19: 月活从10w到15w
KR20: 新客占比提高到30%左右
KR21: 人效提升至1.5倍
KR22: 每周发布2篇文章，累计阅读10万+
KR23: 12月31日前完成50家门店改造
KR24: 用户留存率由40%提升10个百分点至50%
KR25: NPS从30提升20到50
KR26: 零重大事故""",
        """O Delight
  50% | percent >50 [%] up
  Answer 95% of chats in 2 min | percent >95 [%] up
  from 12 → 20 logos by end of Q1 | number 12>20 [] up
  Grow ARR from €1.2m to €2m | currency 1200000>2000000 [€] up
  Reach 1,000,000 downloads | number >1000000 [downloads] up | weight=0.5 | due=2026-12-31
  0 critical bugs | number >0 [] down
  zero critical bugs | done
  NPS +10 | number 0>10 [] up
  -20% churn | percent 0>-20 [%] down
  NPS 30 - 50 | done | ?30 - 50
  3/10 teams migrated | done | ?3/10
  p95 < 200ms | number >200 [ms] down
  revenue $5M | currency 3000000>5000000 [$] up
  from 30 to 50 NPS points and keep CSAT | number 30>50 [] up
  NPS: 30 → 50 → 70 | number 30>70 [] up | ?30 → 50 → 70
  Deliver 5 of 8 modules | number >5 [] up
  Increase from 100 to 150 (+50%) | number 100>150 [] up | ?+50%
  完成率 100% | percent >100 [%] up
  月活从10w到15w | number 100000>150000 [] up | ?10w | ?15w
  新客占比提高到30%左右 | percent >30 [%] up
  人效提升至1.5倍 | done | ?1.5倍
  每周发布2篇文章，累计阅读10万+ | number >100000 [] up
  完成50家门店改造 | number >50 [家] up | due=12-31
  用户留存率由40%提升10个百分点至50% | percent 40>50 [%] up | ?50%
  NPS从30提升20到50 | number 30>50 [] up | ?50
  零重大事故 | done""",
    ),
    (
        "O 打造有温度的客服 KR1 首响时长从60秒降到20秒 KR2 满意度从4.2分提升到4.8分",
        """O 打造有温度的客服
  首响时长从60秒降到20秒 | number 60>20 [秒] down
  满意度从4.2分提升到4.8分 | number 4.2>4.8 [分] up""",
    ),
    (
        "O打造有温度的客服 KR1首响时长从60秒降到20秒",
        """O 打造有温度的客服
  首响时长从60秒降到20秒 | number 60>20 [秒] down""",
    ),
    (
        "O Grow revenue KR1 ARR from 2M to 3M KR2 churn from 3% to 2%",
        """O Grow revenue
  ARR from 2M to 3M | number 2000000>3000000 [] up
  churn from 3% to 2% | percent 3>2 [%] down""",
    ),
]
