"""What changes an OKR, names teams and cycles, and is said among colleagues; and the sentences that only begin so. As in `table`."""

CHANGES = r"""
edit KR1.2 target 70% because scope grew ⇒ Change edit KR1.2 target text="70%" reason="scope grew"
edit KR1.2 target to 70, because scope grew ⇒ Change edit KR1.2 target text="70" reason="scope grew"
edit KR1.2 target ≥70 ⇒ Change edit KR1.2 target text="≥70"
edit KR1.2 target 1.2万 ⇒ Change edit KR1.2 target text="1.2万"
edit KR1.2 target 3 days ⇒ Change edit KR1.2 target text="3 days"
edit KR1.2 target none ⇒ Change edit KR1.2 target text="none"
edit KR1.2 start 10 ⇒ Change edit KR1.2 start text="10"
edit KR1.2 baseline: 10 ⇒ Change edit KR1.2 start text="10"
edit KR1.2 unit users ⇒ Change edit KR1.2 unit text="users"
edit KR1.2 weight 40% ⇒ Change edit KR1.2 weight text="40%"
edit KR1.2 due by Friday ⇒ Change edit KR1.2 due text="by Friday"
edit O1 due end of quarter because of the audit ⇒ Change edit O1 due text="end of quarter" reason="of the audit"
edit O1 due none ⇒ Change edit O1 due text="none"
edit O1 kind stretch ⇒ Change edit O1 kind text="stretch"
edit O1 why renewals depend on it ⇒ Change edit O1 why text="renewals depend on it"
edit O1 why: because renewals depend on it ⇒ Change edit O1 why text="because renewals depend on it"
edit O1 title: Support that customers recommend ⇒ Change edit O1 title text="Support that customers recommend"
edit O1 title ⇒ Change edit O1 title
edit KR1.2 target ⇒ Change edit KR1.2 target
编辑 O1 标题 更好的说法 ⇒ Change edit O1 title text="更好的说法"
编辑 KR1.2 目标值改为70，因为范围扩大了 ⇒ Change edit KR1.2 target text="70" reason="范围扩大了"
编辑 KR1.2 目标值 70 因为范围扩大 ⇒ Change edit KR1.2 target text="70" reason="范围扩大"
调整 KR1.2 目标值 70 因为 范围扩大 ⇒ Change edit KR1.2 target text="70" reason="范围扩大"
编辑 KR1.2 截止 12-20 ⇒ Change edit KR1.2 due text="12-20"
编辑 KR1.2 截止 12月20日前 ⇒ Change edit KR1.2 due text="12月20日前"
编辑 KR1.2 截止日期：12月20日 ⇒ Change edit KR1.2 due text="12月20日"
编辑 KR1.2 单位 个 ⇒ Change edit KR1.2 unit text="个"
编辑 O1 类型 挑战 ⇒ Change edit O1 kind text="挑战"
编辑 O1 意义：续约取决于此 ⇒ Change edit O1 why text="续约取决于此"
调整 KR1.2的目标值到70 ⇒ Change edit KR1.2 target text="70"
edit KR1.2 unit tests ⇒ Change edit KR1.2 unit text="tests"
add KR to O1 ⇒ AddKeyResult add KR to O1
add KR ⇒ AddKeyResult add KR
add KR: Weekly actives from 20 to 45 ⇒ AddKeyResult add KR: Weekly actives from 20 to 45
add a KR to O1: reach 45\nKR: ship it ⇒ AddKeyResult add KR to O1: reach 45\nKR: ship it
add KR to O1\nreach 45\nship 3 betas ⇒ AddKeyResult add KR to O1: reach 45\nship 3 betas
add key result to O2: NPS from 30 to 50 ⇒ AddKeyResult add KR to O2: NPS from 30 to 50
加KR 到 O1：每周活跃从20提升到45 ⇒ AddKeyResult add KR to O1: 每周活跃从20提升到45
加关键结果 O1：达到45 ⇒ AddKeyResult add KR to O1: 达到45
weight KR1.1 40% KR1.2 60% ⇒ Weigh weight KR1.1 40 KR1.2 60
weight KR1.1 40, KR1.2 60 ⇒ Weigh weight KR1.1 40 KR1.2 60
weight KR1.1=40, KR1.2=60 ⇒ Weigh weight KR1.1 40 KR1.2 60
weight KR1.1: 40\nKR1.2: 60 ⇒ Weigh weight KR1.1 40 KR1.2 60
权重 KR1.1 40%，KR1.2 60% ⇒ Weigh weight KR1.1 40 KR1.2 60
权重 KR1.1 40、KR1.2 60 ⇒ Weigh weight KR1.1 40 KR1.2 60
权重 KR1.1 到 40 ⇒ Weigh weight KR1.1 40
weight O1 60 O2 40 ⇒ Weigh weight O1 60 O2 40
weight #k12 40 #k13 60 ⇒ Weigh weight #k12 40 #k13 60
weight @a KR1.1 40 KR1.2 60 ⇒ Weigh weight @a KR1.1 40 @a KR1.2 60
weight KR1.1 400% ⇒ Weigh weight KR1.1 400
weight KR1.1 40.5 KR1.2 59.5 ⇒ Weigh weight KR1.1 40.5 KR1.2 59.5
drop O1, because priorities moved ⇒ Drop drop O1 text="priorities moved"
drop O1: priorities moved ⇒ Drop drop O1 text="priorities moved"
drop KR1.2 because legal said no ⇒ Drop drop KR1.2 text="legal said no"
终止 O1，因为优先级变了 ⇒ Drop drop O1 text="优先级变了"
终止 O1：优先级变了 ⇒ Drop drop O1 text="优先级变了"
终止O1 ⇒ Drop drop O1
close O1. ⇒ Close close O1
结束O1 ⇒ Close close O1
close KR1.2 ⇒ Close close KR1.2
重开 O1 ⇒ Reopen reopen O1
move O1 to 2027Q1 ⇒ Change edit O1 cycle text="2027Q1"
move O1 to the next team ⇒ prose[][]~move
移动 O1 到 2027年第一季度 ⇒ Change edit O1 cycle text="2027Q1"
把 O1 移到 2027Q1 ⇒ Change edit O1 cycle text="2027Q1"
edit O1 cycle 2027Q1 ⇒ Change edit O1 cycle text="2027Q1"
transfer O1 to team Growth ⇒ Transfer transfer O1 to team "Growth"
transfer O1 to company ⇒ Transfer transfer O1 to company
transfer O1 to the company ⇒ Transfer transfer O1 to company
transfer KR1.2 @a ⇒ Transfer transfer KR1.2 to @a
移交 O1 给团队 增长 ⇒ Transfer transfer O1 to team "增长"
移交O1给公司 ⇒ Transfer transfer O1 to company
移交 KR1.2 给<U1> ⇒ Transfer transfer KR1.2 to <U1>
rhythm KR1.2 weekly ⇒ Rhythm rhythm KR1.2 weekly
rhythm KR1.2 every 10 days ⇒ Rhythm rhythm KR1.2 every 10 days
频率 KR1.2 每月 ⇒ Rhythm rhythm KR1.2 monthly
频率 KR1.2 每两周 ⇒ Rhythm rhythm KR1.2 fortnightly
更新频率 KR1.2 每旬 ⇒ Rhythm rhythm KR1.2 every 10 days
频率 KR1.2：每10天 ⇒ Rhythm rhythm KR1.2 every 10 days
私密O1 ⇒ Hide private O1
public KR1.2 ⇒ Reveal public KR1.2
公开O1 ⇒ Reveal public O1
"""

TEAMS = r"""
team Growth 2027M01 ⇒ ShowTeam team "Growth" 2027M01
team Growth H1 ⇒ ShowTeam team "Growth" "H1"
team Growth for H1 ⇒ ShowTeam team "Growth" "H1"
team Growth 2027 ⇒ ShowTeam team "Growth" 2027
团队 增长 2027年第一季度 ⇒ ShowTeam team "增长" 2027Q1
team "new" ⇒ ShowTeam team "new"
team new ⇒ NewTeam team new
team ⇒ Teams teams
团队 ⇒ Teams teams
团队列表 ⇒ Teams teams
teams ⇒ Teams teams
company 2027Q1 ⇒ ShowTeam company 2027Q1
公司 2027年 ⇒ ShowTeam company 2027
公司 2027年1-2月 ⇒ ShowTeam company 2027B1
company Jan-Feb 2027 ⇒ ShowTeam company 2027B1
company Q1 ⇒ ShowTeam company "Q1"
new team Growth lead <U1> ⇒ NewTeam team new "Growth" lead <U1>
新建 团队 增长 负责人 @张三 成员 @李四、@王五 频道 #增长 ⇒ NewTeam team new "增长" lead @张三 members @李四 @王五 channel #增长
新建团队 增长 负责人@张三 ⇒ NewTeam team new "增长" lead @张三
team new Customer Success lead <U1> members <U2> <U1> channel #cs ⇒ NewTeam team new "Customer Success" lead <U1> members <U2> <U1> channel #cs
team new Growth channel here members @a, @b and @c ⇒ NewTeam team new "Growth" members @a @b @c channel here
team new "Big Team" members <U1> ⇒ NewTeam team new "Big Team" members <U1>
team new Growth ⇒ NewTeam team new "Growth"
团队 新建 增长 负责人 <U1> 成员 <U2> 频道 #增长 ⇒ NewTeam team new "增长" lead <U1> members <U2> channel #增长
团队 新建 增长 频道 本群 ⇒ NewTeam team new "增长" channel here
team Growth add <U1> <U2> ⇒ ChangeTeam team "Growth" add <U1> <U2>
team Growth add @a, @b and @c ⇒ ChangeTeam team "Growth" add @a @b @c
team Growth remove @a ⇒ ChangeTeam team "Growth" remove @a
team Growth lead @x ⇒ ChangeTeam team "Growth" lead @x
team Growth lead is @x ⇒ ChangeTeam team "Growth" lead @x
team Growth rename Expansion ⇒ ChangeTeam team "Growth" rename "Expansion"
team Growth rename to Customer Success ⇒ ChangeTeam team "Growth" rename "Customer Success"
team Growth rename "Customer Success" ⇒ ChangeTeam team "Growth" rename "Customer Success"
team Growth channel #growth ⇒ ChangeTeam team "Growth" channel #growth
team Growth channel here ⇒ ChangeTeam team "Growth" channel here
team Growth dissolve ⇒ ChangeTeam team "Growth" dissolve
团队 增长 加 @张三 ⇒ ChangeTeam team "增长" add @张三
团队 增长 加@张三、@李四 ⇒ ChangeTeam team "增长" add @张三 @李四
团队 增长 移除 @张三 ⇒ ChangeTeam team "增长" remove @张三
团队 增长 负责人 @张三 ⇒ ChangeTeam team "增长" lead @张三
团队 增长 负责人是@张三 ⇒ ChangeTeam team "增长" lead @张三
团队 增长 改名 拓展 ⇒ ChangeTeam team "增长" rename "拓展"
团队 增长 改名为 用户增长 ⇒ ChangeTeam team "增长" rename "用户增长"
团队 增长 频道 #增长 ⇒ ChangeTeam team "增长" channel #增长
团队 增长 频道 这里 ⇒ ChangeTeam team "增长" channel here
团队 增长 解散 ⇒ ChangeTeam team "增长" dissolve
company lead <U1> ⇒ ChangeTeam company lead <U1>
公司 负责人 @张三 ⇒ ChangeTeam company lead @张三
lead of @a is @x ⇒ ReportsTo lead of @a is @x
lead of <U1> is <U2> ⇒ ReportsTo lead of <U1> is <U2>
lead of @a is nobody ⇒ ReportsTo lead of @a is nobody
my lead is @x ⇒ ReportsTo my lead is @x
my lead: @x ⇒ ReportsTo my lead is @x
my lead is nobody ⇒ ReportsTo my lead is nobody
I report to @x ⇒ ReportsTo my lead is @x
@a's lead is @x ⇒ ReportsTo lead of @a is @x
@anna reports to @bob ⇒ ReportsTo lead of @anna is @bob
@张三 的主管是 @李四 ⇒ ReportsTo lead of @张三 is @李四
@张三的主管是@李四 ⇒ ReportsTo lead of @张三 is @李四
<U1>的主管是<U2> ⇒ ReportsTo lead of <U1> is <U2>
我的主管是 @x ⇒ ReportsTo my lead is @x
我的主管是无 ⇒ ReportsTo my lead is nobody
主管 @a @x ⇒ ReportsTo lead of @a is @x
主管 @a 是 @x ⇒ ReportsTo lead of @a is @x
cycles ⇒ Cycles cycles
cycle ⇒ Cycles cycles
周期 ⇒ Cycles cycles
cycles quarterly ⇒ CutCycles cycles quarter
cycles two months ⇒ CutCycles cycles two months
cycles monthly ⇒ CutCycles cycles month
cycles: yearly ⇒ CutCycles cycles year
cycles quarter ⇒ CutCycles cycles quarter
cycles month ⇒ CutCycles cycles month
cycles year ⇒ CutCycles cycles year
周期 按季度 ⇒ CutCycles cycles quarter
周期按双月 ⇒ CutCycles cycles two months
周期 按月 ⇒ CutCycles cycles month
周期 按年 ⇒ CutCycles cycles year
cycle H1 from 2027-01-01 to 2027-06-30 ⇒ OpenCycle cycle "H1" from 2027-01-01 to 2027-06-30
cycle 2027H1 from 2027-01-01 to 2027-06-30 ⇒ OpenCycle cycle "2027H1" from 2027-01-01 to 2027-06-30
cycle Spring push from 1 March 2027 to 31 May 2027 ⇒ OpenCycle cycle "Spring push" from 2027-03-01 to 2027-05-31
cycle "Spring push" from 03-01 to 05-31 ⇒ OpenCycle cycle "Spring push" from 03-01 to 05-31
周期 春季 从 2027年3月1日 到 2027年5月31日 ⇒ OpenCycle cycle "春季" from 2027-03-01 to 2027-05-31
周期 春季 从3月1日到5月31日 ⇒ OpenCycle cycle "春季" from 03-01 to 05-31
周期 H1：2027-01-01 至 2027-06-30 ⇒ OpenCycle cycle "H1" from 2027-01-01 to 2027-06-30
team "great" ⇒ ShowTeam team "great"
"""

CYCLES = r"""
mine Jan 2027 ⇒ Mine mine 2027M01
mine 2027-01 ⇒ Mine mine 2027M01
mine 2027 ⇒ Mine mine 2027
mine for Spring ⇒ Mine mine "Spring"
mine "Spring push" ⇒ Mine mine "Spring push"
我的 2027年1月 ⇒ Mine mine 2027M01
我的 2027年上半年 ⇒ Mine mine 2027H1
我的 上半年 ⇒ Mine mine "上半年"
@anna 2027Q1 ⇒ ShowPerson @anna 2027Q1
<U1> H1 ⇒ ShowPerson <U1> "H1"
<U1> 2027 ⇒ ShowPerson <U1> 2027
2027Q1 O1 45 ⇒ lines: 2027Q1 O1 =45
edit 2027Q1 O1 due 12-20 ⇒ Change edit 2027Q1 O1 due text="12-20"
2027M01 O1 ⇒ Show 2027M01 O1
2027B1 O1 ⇒ Show 2027B1 O1
2027年 O1 ⇒ Show cycle "2027" O1
2027年1月 O1 ⇒ Show 2027M01 O1
Jan 2027 KR1.2 ⇒ Show 2027M01 KR1.2
2027H1 KR1.2 45 ⇒ lines: 2027H1 KR1.2 =45
O1 2027B1 ⇒ Show 2027B1 O1
cycle H1 O1 ⇒ Show cycle "H1" O1
cycle "Spring push" KR1.2 45 ⇒ lines: cycle "Spring push" KR1.2 =45
增长 2027B2 O1 ⇒ Show "增长" 2027B2 O1
@a cycle "Spring push" O1 ⇒ Show @a cycle "Spring push" O1
new for 2027 O: Grow\nKR1: reach 45 ⇒ new in 2027 1
new for 2027 ⇒ new in 2027 0
new for "Spring push" O: Grow\nKR1: reach 45 ⇒ new in Spring push 1
new for Spring O: Grow\nKR1: reach 45 ⇒ new in Spring 1
new 2027M01 team Growth O: Grow\nKR1: reach 45 ⇒ new for Growth in 2027M01 1
new team Growth for H1 O: Grow\nKR1: reach 45 ⇒ new for Growth in H1 1
新建 2027年1月 O：增长\nKR1：达到45 ⇒ new in 2027M01 1
新建 团队 增长 ⇒ new for 增长 0
KR1.2 2027-01 ⇒ lines: KR1.2 "2027-01"
KR1.2 2027 ⇒ lines: KR1.2 =2027
KR1.2 2027年1月上线 ⇒ lines: KR1.2 "2027年1月上线"
KR1.2 2027M01 ⇒ Show 2027M01 KR1.2
O1 2027 ⇒ lines: O1 =2027
2027-01-05 KR1.2 45 ⇒ lines: KR1.2 =45 on(2027-01-05)
2027年1月5日 KR1.2 45 ⇒ lines: KR1.2 =45 on(2027-01-05)
Q1 KR1.2 45 ⇒ lines: "Q1" KR1.2 =45
H1 KR1.2 45 ⇒ lines: "H1" KR1.2 =45
@anna "great" ⇒ ShowPerson @anna "great"
新建团队 增长 ⇒ new for 增长 0
新建团队增长 O：增长\nKR1：达到45 ⇒ new for 增长 1
mine for spring ⇒ Mine mine "spring"
"""

SHARING = r"""
share O1 <U1> <U2> ⇒ Share share O1 <U1> <U2>
share O1 with <U1> ⇒ Share share O1 <U1>
share O1 to <U1> and @bob ⇒ Share share O1 <U1> @bob
share O1 #growth ⇒ Share share O1 #growth
share O1 in #growth ⇒ Share share O1 #growth
share O1 here ⇒ Share share O1 here
share O1 ⇒ Share share O1
share @a O1 <U1> ⇒ Share share @a O1 <U1>
请<U1>看看O1 ⇒ Share share O1 <U1>
请 @张三 @李四 看一下 O1 ⇒ Share share O1 @张三 @李四
请 @张三、@李四 帮忙看看 O1 ⇒ Share share O1 @张三 @李四
分享 O1 给 @a ⇒ Share share O1 @a
分享O1给<U1>和<U2> ⇒ Share share O1 <U1> <U2>
分享 O1 到 #增长 ⇒ Share share O1 #增长
分享 O1 到这里 ⇒ Share share O1 here
comment on O1: too vague ⇒ Comment comment O1 text="too vague"
comment O1: too vague ⇒ Comment comment O1 text="too vague"
comment on KR1.2: 45? ⇒ Comment comment KR1.2 text="45?"
comment KR1.2 ⇒ Comment comment KR1.2
评论 KR1.2 很好 ⇒ Comment comment KR1.2 text="很好"
评论 O1：太模糊 ⇒ Comment comment O1 text="太模糊"
评论O1 ⇒ Comment comment O1
评论 KR1.2 目标值 45 是不是低了？ ⇒ Comment comment KR1.2 text="目标值 45 是不是低了？"
comments O1 ⇒ Comments comments O1
comments on O1 ⇒ Comments comments O1
O1 comments ⇒ Comments comments O1
O1 评论 ⇒ Comments comments O1
O1 的评论 ⇒ Comments comments O1
查看评论 O1 ⇒ Comments comments O1
KR1.2 comments? ⇒ Comments comments KR1.2
resolve ⇒ Resolve resolve
resolve #n7 ⇒ Resolve resolve #n7
解决 ⇒ Resolve resolve
已解决 ⇒ Resolve resolve
已解决。 ⇒ Resolve resolve
设置 ⇒ Settings settings
form objective #o5 2 "two words" x="y z" ⇒ Submit form objective #o5 2 "two words" x="y z"
form settings ⇒ Submit form settings
form day #k1 #k2 ⇒ Submit form day #k1 #k2
form day 2,3 ⇒ Submit form day 2,3
form settings now ⇒ Submit form settings now
resolved ⇒ Resolve resolve
"""

NO_COMMANDS = r"""
form follows function ⇒ prose[][]
form letters went out ⇒ prose[][]
edit O1 due KR1: reach 45 ⇒ prose[][KR1]~edit
edit KR1.2 due diligence doc ⇒ prose[][KR1.2]~edit
edit KR1.2 start over ⇒ prose[][KR1.2]~edit
edit KR1.2 target audience section ⇒ prose[][KR1.2]~edit
edit KR1.2 target 3 customers said no ⇒ prose[][KR1.2]~edit
edit KR1.2 kind of late ⇒ prose[][KR1.2]~edit
edit KR1.2 weight loss text ⇒ prose[][KR1.2]~edit
add KR to KR1.2: x ⇒ prose[][KR1.2]
add KR owners to the doc ⇒ prose[][]
add kr2 to the deck ⇒ prose[][KR2]
weight KR1.1 40 or so ⇒ prose[][KR1.1]~weight
weight KR1.1 ⇒ prose[][KR1.1]~weight
drop KR1.2: 40 ⇒ prose[][KR1.2]~drop
drop KR1.2 40 ⇒ prose[][KR1.2]~drop
drop in KR1.2 ⇒ prose[][KR1.2]~drop
close O1 today ⇒ prose[][]~close
transfer O1 to production ⇒ prose[][]~transfer
rhythm KR1.2 sometimes ⇒ prose[][KR1.2]~rhythm
公开 O1 给全员 ⇒ prose[][]~public
team lunch was great ⇒ prose[][]~team
team is happy with KR1.2 ⇒ prose[][KR1.2]~team
team needs to add @anna ⇒ prose[][]~team
team please add @anna ⇒ prose[][]~team
team leads met today ⇒ prose[][]~team
teams are growing ⇒ prose[][]~teams
teams call at 5pm ⇒ prose[][]~teams
team building was fun ⇒ prose[][]~team
team KR1.2 45 ⇒ prose[][KR1.2]~team
team O1 looks good ⇒ prose[][]~team
the team added @anna ⇒ prose[][]
团队加油 ⇒ prose[][]
团队 很 努力 ⇒ prose[][]~team
团队新建了三个项目 ⇒ prose[][]
团队 新来了 @张三 ⇒ prose[][]~team
团队氛围很好，KR1.2 45 ⇒ prose[45][KR1.2]
new team lead joined ⇒ prose[][]~new
new team member @anna joined ⇒ prose[][]~new
new team lead @anna joined today ⇒ prose[][]~new
new team members @anna and @bob joined ⇒ prose[][]~new
新建团队很顺利 ⇒ prose[][]
company offsite next week ⇒ prose[][]~company
company is hiring 3 people ⇒ prose[3people][]~company
company 2027 plan is out ⇒ prose[2027][]~company
company Q1 numbers are in ⇒ prose[][]~company
公司上市了 ⇒ prose[][]
公司 上市 了 ⇒ prose[][]~company
公司2027年上市 ⇒ prose[][]
公司 2027年1月5日 搬家 ⇒ prose[][]~company
公司在2027年1月上市 ⇒ prose[][]
lead time is down to 3 days ⇒ prose[3days][]
lead of the project is sick ⇒ prose[][]
leads are up 30% ⇒ prose[30%][]
my lead is sick ⇒ prose[][]
my lead is @anna and she is away ⇒ prose[][]
my lead was @anna ⇒ prose[][]
I report to @anna on Fridays ⇒ prose[][]
主管很满意 ⇒ prose[][]
主管 @张三 很满意 ⇒ prose[][]~lead
我的主管是新来的 ⇒ prose[][]
我的主管是 @张三 推荐的 ⇒ prose[][]~lead
@anna's lead is out ⇒ prose[][]
@anna leads the project ⇒ prose[][]
@anna reports to work at 9 ⇒ prose[9][]
@anna is my lead ⇒ prose[][]
cycle time down to 3 days ⇒ prose[3days][]~cycles
cycle time from 5 to 3 days ⇒ prose[5|3days][]~cycles
cycle time from Monday to Friday ⇒ prose[][]~cycles
cycle 3 of testing is done ⇒ prose[3][]~cycles
cycles are too long ⇒ prose[][]~cycles
cycle to work ⇒ prose[][]~cycles
周期缩短到3天 ⇒ prose[3天][]
周期太长 ⇒ prose[][]
周期 从5天到3天 ⇒ prose[5天|3天][]~cycles
按月统计 ⇒ prose[][]
share price is up ⇒ prose[][]~share
share of wallet 45% ⇒ prose[45%][]~share
share the load with @anna ⇒ prose[][]~share
share O1 with the team ⇒ prose[][]~share
share of KR1.2 is 45 ⇒ prose[45][KR1.2]~share
shared O1 with @anna ⇒ prose[][]~share
分享了经验 ⇒ prose[][]
分享会很成功 ⇒ prose[][]
分享 O1 的经验 ⇒ prose[][]~share
请 @张三 看看合同 ⇒ prose[][]
请大家看看 O1 ⇒ prose[][]
请 @张三 看看 O1 的合同 ⇒ prose[][]
请问 @张三 O1 怎么样 ⇒ prose[][]
comment section is live ⇒ prose[][]~comment
comment on KR1.2 was helpful ⇒ prose[][KR1.2]~comment
comments are welcome ⇒ prose[][]~comments
comments on the doc ⇒ prose[][]~comments
comment O1's wording ⇒ prose[][]~comment
评论区上线 ⇒ prose[][]
评论 区 上线 ⇒ prose[][]~comment
评论很多，KR1.2 45 ⇒ prose[45][KR1.2]
resolve the incident ⇒ prose[][]~resolve
resolve KR1.2 soon ⇒ prose[][KR1.2]~resolve
resolved 3 incidents ⇒ prose[3incidents][]~resolve
解决了 ⇒ prose[][]
解决了三个问题 ⇒ prose[][]
解决 问题 ⇒ prose[][]~resolve
已解决三个问题 ⇒ prose[][]
已解决，KR1.2 45 ⇒ prose[45][KR1.2]~resolve
settings page shipped ⇒ prose[][]~settings
settings done ⇒ prose[][]~settings
设置页面完成 ⇒ prose[][]
设置好了 ⇒ prose[][]
form is broken ⇒ prose[][]
formal review done ⇒ prose[][]
edit the weight of the box ⇒ prose[][]~edit
edit O1 due diligence ⇒ prose[][]~edit
edit wars on KR1.2 ⇒ prose[][KR1.2]~edit
编辑部反馈很好 ⇒ prose[][]
调整方向 ⇒ prose[][]
add kr support to the parser ⇒ prose[][]
加kr之后好多了 ⇒ prose[][]
加KR的同事 @张三 ⇒ prose[][]
weight 70kg ⇒ prose[70kg][]~weight
weight KR1.1 heavily ⇒ prose[][KR1.1]~weight
权重调整完成 ⇒ prose[][]
权重 待定 ⇒ prose[][]~weight
drop KR1.2 to 40 ⇒ prose[][KR1.2]~drop
drop O1 into the deck ⇒ prose[][]~drop
drop ship KR1.2 45 ⇒ prose[45][KR1.2]~drop
close call on O1 ⇒ prose[][]~close
closed O1 ⇒ prose[][]~close
结束会议 ⇒ prose[][]
reopen the ticket ⇒ prose[][]~reopen
reopened O1 yesterday ⇒ prose[][]~reopen
重开发布会 ⇒ prose[][]
transfer O1 notes to @anna ⇒ prose[][]~transfer
transferred O1 to @anna ⇒ prose[][]~transfer
移交了项目 ⇒ prose[][]
移交 O1 的文档给 @张三 ⇒ prose[][]~transfer
private O1 beta ⇒ prose[][]~private
public O1 feedback was good ⇒ prose[][]~public
私密测试上线 ⇒ prose[][]
公开课很受欢迎 ⇒ prose[][]
公开 O1 之后反馈很好 ⇒ prose[][]~public
rhythm is good ⇒ prose[][]~rhythm
rhythm KR1.2 10 ⇒ prose[][KR1.2]~rhythm
频率太高 ⇒ prose[][]
频率 KR1.2 太高 ⇒ prose[][KR1.2]~rhythm
2027 O1 ⇒ prose[2027][]
2027 KR1.2 45 ⇒ prose[45][KR1.2]
2027-01 KR1.2 45 ⇒ prose[45][KR1.2]
2027年1月 KR1.2 上线 ⇒ prose[][KR1.2]
Jan 2027 KR1.2 45 ⇒ prose[45][KR1.2]
cycle time KR1.2 45 ⇒ prose[45][KR1.2]~cycles
2027 will be great ⇒ prose[2027][]
2027年会很好 ⇒ prose[][]
2027Q1 was great ⇒ prose[][]
mine is 45 ⇒ prose[45][]~mine
mine for now ⇒ prose[][]~mine
mine for lunch ⇒ prose[][]~mine
mine 45 ⇒ prose[45][]~mine
mine field ⇒ prose[][]~mine
list 3 risks ⇒ prose[3][]~mine
list for @anna ⇒ prose[][]~mine
我的天 ⇒ prose[][]
我的 天 ⇒ prose[][]~mine
我的 2027 计划 ⇒ prose[2027][]~mine
new for customers ⇒ prose[][]~new
new for lunch ⇒ prose[][]~new
new for everyone O: Grow ⇒ prose[][]~new
new H1 plan ⇒ prose[][]~new
new 2027 goals ⇒ prose[2027][]~new
@anna thanks ⇒ prose[][]
@anna for lunch ⇒ prose[][]
@anna for real ⇒ prose[][]
@anna 45 ⇒ prose[45][]
@anna 2027-01-05 ⇒ prose[][]
@anna for KR1.2 ⇒ prose[][KR1.2]
edit KR1.2 70 ⇒ prose[][KR1.2]~edit
comment 45 ⇒ prose[45][]~comment
"""
