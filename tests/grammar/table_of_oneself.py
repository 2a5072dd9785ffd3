"""What people type to look back on their own and on a team's, half of it sentences that only begin so. Columns are parted by ⇒."""

ONESELF = r"""
daily ⇒ Day daily
daily yesterday ⇒ Day daily on 1 days ago
日报 昨天 ⇒ Day daily on 1 days ago
日报昨天 ⇒ Day daily on 1 days ago
daily 11-20 ⇒ Day daily on 11-20
daily on 2026-11-20 ⇒ Day daily on 2026-11-20
daily of <U1> last Friday ⇒ Day daily <U1> on last Friday
日报 <U1> 昨天 ⇒ Day daily <U1> on 1 days ago
日报 <U1> 的 昨天 ⇒ Day daily <U1> on 1 days ago
daily team Growth ⇒ Day daily team "Growth"
daily team Growth yesterday ⇒ Day daily team "Growth" on 1 days ago
日报 团队 增长 ⇒ Day daily team "增长"
日报 团队 增长 上周五 ⇒ Day daily team "增长" on last Friday
日报 昨天 KR1.2 45 ⇒ checkin: KR1.2 =45 on(1 days ago)
daily sync with <U1> done ⇒ prose[][]
my week ⇒ MyWeek my week
My Week. ⇒ MyWeek my week
weekly report ⇒ MyWeek my week
我的周报 ⇒ MyWeek my week
my week last ⇒ MyWeek my week last
my last week ⇒ MyWeek my week last
weekly report last week ⇒ MyWeek my week last
上周周报 ⇒ MyWeek my week last
周报 上周 ⇒ MyWeek my week last
my week this ⇒ MyWeek my week this
my week this week ⇒ MyWeek my week this
本周周报 ⇒ MyWeek my week this
周报 本周 ⇒ MyWeek my week this
my week this, send to my lead ⇒ SendPage my week this send to my lead
my week post here ⇒ SendPage my week post here
my week last, post it to team Growth ⇒ SendPage my week last post to team "Growth"
my week send to my lead ⇒ SendPage my week send to my lead
周报 发到本群 ⇒ SendPage my week post here
周报 发给主管 ⇒ SendPage my week send to my lead
上周周报 发到 团队 增长 ⇒ SendPage my week last post to team "增长"
my week send to Bob ⇒ prose[][]
my week was good ⇒ prose[][]
周报写完了 ⇒ prose[][]
weekly report for the board done ⇒ prose[][]
我的季度 ⇒ MyCycle my cycle
my cycle 2026Q3 ⇒ MyCycle my cycle 2026Q3
我的季度 2026年第三季度 ⇒ MyCycle my cycle 2026Q3
my cycle 2026Q3 send to my lead ⇒ SendPage my cycle 2026Q3 send to my lead
my quarter is over ⇒ prose[][]
agenda ⇒ Agenda agenda
周会 ⇒ Agenda agenda
agenda team Growth ⇒ Agenda agenda team "Growth"
agenda for team Growth ⇒ Agenda agenda team "Growth"
周会 团队 增长 ⇒ Agenda agenda team "增长"
agenda sent to all ⇒ prose[][]
周会开完了 ⇒ prose[][]
周会 开完了 ⇒ prose[][]
decision: we ship on Friday ⇒ Decision decision text="we ship on Friday"
决定：周五上线 ⇒ Decision decision text="周五上线"
decided KR1.2: yes ⇒ Decision decision KR1.2 text="yes"
decision on O1: no new hires ⇒ Decision decision O1 text="no new hires"
decided: drop KR1.2 ⇒ Decision decision text="drop KR1.2"
decided to stop the ads ⇒ prose[][]
决定停止投放 ⇒ prose[][]
decision: ⇒ prose[][]
coach off ⇒ Coach coach off
coach on ⇒ Coach coach on
教练 关 ⇒ Coach coach off
教练 打开 ⇒ Coach coach on
coach session with Bob ⇒ prose[][]
教练来了 ⇒ prose[][]
"""
