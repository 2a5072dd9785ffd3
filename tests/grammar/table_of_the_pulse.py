"""What people type about being asked: when, on which days, and not now. In the notation of table.py."""

PULSE = r"""
remind me at 17:25 ⇒ Remind remind me at 17:25
remind me at 5:25pm ⇒ Remind remind me at 17:25
remind me at 17.25 ⇒ Remind remind me at 17:25
remind me 9am ⇒ Remind remind me at 09:00
remind me at noon ⇒ Remind remind me at 12:00
remind at 17:25 ⇒ Remind remind me at 17:25
Remind me every day at 17:25 ⇒ Remind remind me at 17:25
remind me daily at 5 pm ⇒ Remind remind me at 17:00
remind me at 17:25 every workday ⇒ Remind remind me at 17:25
remind me off ⇒ Remind remind me off
remind me on ⇒ Remind remind me on
remind me ⇒ Remind remind me
remind me tomorrow ⇒ Snooze snooze tomorrow
remind me later ⇒ Snooze snooze 60 min
remind me in an hour ⇒ Snooze snooze 60 min
remind me in 30 minutes ⇒ Snooze snooze 30 min
don't remind me ⇒ Remind remind me off
stop reminding me ⇒ Remind remind me off
提醒我 17:25 ⇒ Remind remind me at 17:25
提醒我17点25 ⇒ Remind remind me at 17:25
提醒我 17点25分 ⇒ Remind remind me at 17:25
每天17:25提醒我 ⇒ Remind remind me at 17:25
每天下午5点半提醒我 ⇒ Remind remind me at 17:30
下午5点半提醒我 ⇒ Remind remind me at 17:30
工作日17:25提醒我 ⇒ Remind remind me at 17:25
提醒我 关闭 ⇒ Remind remind me off
提醒我 关 ⇒ Remind remind me off
提醒我 开 ⇒ Remind remind me on
提醒 ⇒ Remind remind me
提醒我 ⇒ Remind remind me
提醒时间 17:25 ⇒ Remind remind me at 17:25
提醒我 晚上8点 ⇒ Remind remind me at 20:00
别提醒我 ⇒ Remind remind me off
不要再提醒我了 ⇒ Remind remind me off
取消提醒 ⇒ Remind remind me off
开启提醒 ⇒ Remind remind me on
一小时后提醒我 ⇒ Snooze snooze 60 min
明天提醒我 ⇒ Snooze snooze tomorrow
稍后提醒我 ⇒ Snooze snooze 60 min
明天再提醒我 ⇒ Snooze snooze tomorrow
remind me at 25:99 ⇒ Remind remind me text="25:99"
remind me at noonish ⇒ Remind remind me text="noonish"
remind me at 5 ⇒ Remind remind me text="5"
remind me 25:99 ⇒ Remind remind me text="25:99"
提醒我 25点 ⇒ Remind remind me text="25点"
提醒我 5点 ⇒ Remind remind me text="5点"
每天25点提醒我 ⇒ Remind remind me text="25点"
workdays Mon-Thu ⇒ Workdays workdays Mon Tue Wed Thu
workdays Sun-Thu ⇒ Workdays workdays Mon Tue Wed Thu Sun
workdays Mon, Wed, Fri ⇒ Workdays workdays Mon Wed Fri
workdays Mon-Wed and Fri ⇒ Workdays workdays Mon Tue Wed Fri
workdays Mon/Wed/Fri ⇒ Workdays workdays Mon Wed Fri
workdays Monday to Thursday ⇒ Workdays workdays Mon Tue Wed Thu
workdays Mon-Sat / Mon-Fri ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat / Mon Tue Wed Thu Fri
workdays Mon-Fri / Mon-Sat ⇒ Workdays workdays Mon Tue Wed Thu Fri / Mon Tue Wed Thu Fri Sat
workdays Mon-Thu/Tue-Fri ⇒ Workdays workdays Mon Tue Wed Thu / Tue Wed Thu Fri
workdays default ⇒ Workdays workdays default
workdays ⇒ Workdays workdays
workdays every day ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat Sun
working days Mon–Fri ⇒ Workdays workdays Mon Tue Wed Thu Fri
工作日 周一至周四 ⇒ Workdays workdays Mon Tue Wed Thu
工作日周一到周五 ⇒ Workdays workdays Mon Tue Wed Thu Fri
工作日 周一、三、五 ⇒ Workdays workdays Mon Wed Fri
工作日 周一三五 ⇒ Workdays workdays Mon Wed Fri
工作日 星期一到星期六 ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat
工作日 默认 ⇒ Workdays workdays default
工作日 ⇒ Workdays workdays
大小周 ⇒ Workdays workdays alternating
单双休 ⇒ Workdays workdays alternating
大小周 本周大周 ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat / Mon Tue Wed Thu Fri
大小周 本周小周 ⇒ Workdays workdays Mon Tue Wed Thu Fri / Mon Tue Wed Thu Fri Sat
大小周，这周是小周 ⇒ Workdays workdays Mon Tue Wed Thu Fri / Mon Tue Wed Thu Fri Sat
大小周：小周 ⇒ Workdays workdays Mon Tue Wed Thu Fri / Mon Tue Wed Thu Fri Sat
单休 ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat
双休 ⇒ Workdays workdays Mon Tue Wed Thu Fri
workdays foo ⇒ Workdays workdays text="foo"
workdays Mon-Foo ⇒ Workdays workdays text="Mon-Foo"
工作日 周八 ⇒ Workdays workdays text="周八"
country DE-BY ⇒ Country country DE-BY
country China ⇒ Country country China
country germany ⇒ Country country germany
country United Kingdom ⇒ Country country United Kingdom
holidays CN ⇒ Country country CN
holidays in Germany ⇒ Country country Germany
public holidays US ⇒ Country country US
country default ⇒ Country country default
country ⇒ Country country
国家 中国 ⇒ Country country 中国
国家中国 ⇒ Country country 中国
节假日 中国 ⇒ Country country 中国
国家 默认 ⇒ Country country default
country none ⇒ Country country none
holidays: none ⇒ Country country none
国家 无 ⇒ Country country none
国家 瓦坎达 ⇒ Country country text="瓦坎达"
away until Friday ⇒ Away away until Friday
away till 12-24 ⇒ Away away until 12-24
away until and including Friday ⇒ Away away until Friday
away through Friday ⇒ Away away until Friday
away today ⇒ Away away on today
away tomorrow ⇒ Away away on in 1 days
away on Friday ⇒ Away away on Friday
away Friday ⇒ Away away on Friday
away next week ⇒ Away away from next Monday to next Sunday
away this week ⇒ Away away until Sunday
away from Monday ⇒ Away away from Monday
away from Monday to Wednesday ⇒ Away away from Monday to this Wednesday
away from next Monday to Wednesday ⇒ Away away from next Monday to next Wednesday
away Monday - Wednesday ⇒ Away away from Monday to this Wednesday
ooo ⇒ Away away
ooo for 3 days ⇒ Away away for 3 days
ooo 3 days ⇒ Away away for 3 days
ooo for a week ⇒ Away away for 5 days
ooo for two weeks ⇒ Away away for 10 days
ooo until Friday ⇒ Away away until Friday
ooo tomorrow for 2 days ⇒ Away away for 2 days from in 1 days
ooo for 3 days from Monday ⇒ Away away for 3 days from Monday
away from 12-24 to 01-02 ⇒ Away away from 12-24 to 01-02
away 12-24 - 01-02 ⇒ Away away from 12-24 to 01-02
away 12/24-1/2 ⇒ Away away from 12-24 to 01-02
away Dec 24-26 ⇒ Away away from 12-24 to 12-26
away 24-26 Dec ⇒ Away away from 12-24 to 12-26
away from Dec 24 to Jan 2 ⇒ Away away from 12-24 to 01-02
away this afternoon ⇒ Away away on today afternoon
away tomorrow morning ⇒ Away away on in 1 days morning
away on Friday afternoon ⇒ Away away on Friday afternoon
away all day tomorrow ⇒ Away away on in 1 days
on leave until Friday ⇒ Away away until Friday
on vacation until Friday ⇒ Away away until Friday
on holiday from Monday to Friday ⇒ Away away from Monday to this Friday
out of office until Monday ⇒ Away away until Monday
I'm on vacation until Friday ⇒ Away away until Friday
I’m away tomorrow ⇒ Away away on in 1 days
I'll be off on Monday ⇒ Away away on Monday
I'm off today ⇒ Away away on today
I'm out until Friday ⇒ Away away until Friday
I am sick ⇒ Away away on today
im sick today ⇒ Away away on today
sick ⇒ Away away on today
sick today ⇒ Away away on today
sick until Wednesday ⇒ Away away until Wednesday
sick leave for two days ⇒ Away away for 2 days
day off tomorrow ⇒ Away away on in 1 days
away in 3 days ⇒ Away away on in 3 days
away until the end of the month ⇒ Away away until end of month
请假到周五 ⇒ Away away until Friday
请假到周五为止 ⇒ Away away until Friday
请假 ⇒ Away away
我请假 ⇒ Away away
请假三天 ⇒ Away away for 3 days
请假3天 ⇒ Away away for 3 days
请假一周 ⇒ Away away for 5 days
请假两周 ⇒ Away away for 10 days
请假半天 ⇒ Away away text="半天"
请半天假 ⇒ Away away text="半天"
请一天假 ⇒ Away away for 1 days
明天请一天假 ⇒ Away away for 1 days from in 1 days
明天请假 ⇒ Away away on in 1 days
我明天请假 ⇒ Away away on in 1 days
下周一请假 ⇒ Away away on next Monday
下周请假 ⇒ Away away from next Monday to next Sunday
今天下午请假 ⇒ Away away on today afternoon
下午请假 ⇒ Away away on today afternoon
明天上午请假 ⇒ Away away on in 1 days morning
请假 12月24日到1月2日 ⇒ Away away from 12-24 to 01-02
12月24日到26日请假 ⇒ Away away from 12-24 to 26日
下周一到周三请假 ⇒ Away away from next Monday to next Wednesday
下周一至三请假 ⇒ Away away from next Monday to next Wednesday
从周一请假到周五 ⇒ Away away from Monday to this Friday
从明天起请假三天 ⇒ Away away for 3 days from in 1 days
明天起请假两天 ⇒ Away away for 2 days from in 1 days
今天病假 ⇒ Away away on today
病假 ⇒ Away away on today
病假两天 ⇒ Away away for 2 days
今天请病假 ⇒ Away away on today
请三天病假 ⇒ Away away for 3 days
休假到周五 ⇒ Away away until Friday
年假 12-24 到 12-31 ⇒ Away away from 12-24 to 12-31
年假12-24到12-31 ⇒ Away away from 12-24 to 12-31
调休一天 ⇒ Away away for 1 days
明天调休 ⇒ Away away on in 1 days
休年假到12月31日 ⇒ Away away until 12-31
away until the cows come home ⇒ Away away text="the cows come home"
away until 02-30 ⇒ Away away text="02-30"
away until 30 Feb ⇒ Away away text="30 Feb"
ooo until whenever ⇒ Away away text="whenever"
away from Monday to whenever ⇒ Away away text="from Monday to whenever"
请假到天荒地老 ⇒ Away away text="天荒地老"
ooo for half a day ⇒ Away away text="half a day"
ooo for 0 days ⇒ Away away text="0 days"
back ⇒ Back back
I'm back ⇒ Back back
im back ⇒ Back back
I am back ⇒ Back back
back from vacation ⇒ Back back
I'm back from leave ⇒ Back back
back at work ⇒ Back back
销假 ⇒ Back back
我回来了 ⇒ Back back
回来了 ⇒ Back back
我回来了！ ⇒ Back back
休假结束了 ⇒ Back back
quiet 20:00-08:00 ⇒ Quiet quiet 20:00-08:00
quiet hours 8pm to 8am ⇒ Quiet quiet 20:00-08:00
quiet from 20:00 to 8:00 ⇒ Quiet quiet 20:00-08:00
quiet 20-8 ⇒ Quiet quiet 20:00-08:00
quiet between 10 pm and 7 am ⇒ Quiet quiet 22:00-07:00
quiet off ⇒ Quiet quiet off
quiet ⇒ Quiet quiet
免打扰 20:00-08:00 ⇒ Quiet quiet 20:00-08:00
免打扰 晚上8点到早上8点 ⇒ Quiet quiet 20:00-08:00
免打扰晚上8点至早上8点 ⇒ Quiet quiet 20:00-08:00
免打扰 关 ⇒ Quiet quiet off
免打扰 ⇒ Quiet quiet
quiet 25:00-08:00 ⇒ Quiet quiet text="25:00-08:00"
quiet 8pm ⇒ Quiet quiet text="8pm"
quiet 8-8 ⇒ Quiet quiet text="8-8"
免打扰 25点到8点 ⇒ Quiet quiet text="25点到8点"
skip ⇒ Skip skip
skip today ⇒ Skip skip
skip #q12 ⇒ Skip skip #q12
Skip. ⇒ Skip skip
跳过 ⇒ Skip skip
今天跳过 ⇒ Skip skip
跳过今天 ⇒ Skip skip
跳过 #q12 ⇒ Skip skip #q12
same ⇒ Same same
same #q12 ⇒ Same same #q12
nothing new ⇒ Same same
nothing new today ⇒ Same same
no change ⇒ Same same
no changes ⇒ Same same
no update ⇒ Same same
no update today ⇒ Same same
same as yesterday ⇒ Same same
同上 ⇒ Same same
没有新进展 ⇒ Same same
无变化 ⇒ Same same
今天没有新进展 ⇒ Same same
snooze ⇒ Snooze snooze 60 min
snooze 1h ⇒ Snooze snooze 60 min
snooze 30 min ⇒ Snooze snooze 30 min
snooze for 2 hours ⇒ Snooze snooze 120 min
snooze an hour ⇒ Snooze snooze 60 min
snooze half an hour ⇒ Snooze snooze 30 min
snooze 1h 30m ⇒ Snooze snooze 90 min
snooze tomorrow ⇒ Snooze snooze tomorrow
snooze until tomorrow ⇒ Snooze snooze tomorrow
snooze until tomorrow morning ⇒ Snooze snooze tomorrow
snooze 1h #q12 ⇒ Snooze snooze 60 min #q12
snooze #q12 ⇒ Snooze snooze 60 min #q12
snooze 24h ⇒ Snooze snooze 1440 min
snooze in 2 hours ⇒ Snooze snooze 120 min
later ⇒ Snooze snooze 60 min
稍后 ⇒ Snooze snooze 60 min
稍后 1小时 ⇒ Snooze snooze 60 min
稍后一小时 ⇒ Snooze snooze 60 min
稍后再说 ⇒ Snooze snooze 60 min
稍后 明天 ⇒ Snooze snooze tomorrow
晚点 ⇒ Snooze snooze 60 min
半小时后 ⇒ Snooze snooze 30 min
1小时后 ⇒ Snooze snooze 60 min
两个小时后再说 ⇒ Snooze snooze 120 min
30分钟后 ⇒ Snooze snooze 30 min
明早 ⇒ Snooze snooze tomorrow
明天早上再说 ⇒ Snooze snooze tomorrow
明天再说 ⇒ Snooze snooze tomorrow
snooze 0 ⇒ Snooze snooze text="0"
snooze 0 min ⇒ Snooze snooze text="0 min"
snooze 25h ⇒ Snooze snooze text="25h"
snooze 2 days ⇒ Snooze snooze text="2 days"
snooze until Friday ⇒ Snooze snooze text="Friday"
snooze until 17:25 ⇒ Snooze snooze text="17:25"
稍后 3天 ⇒ Snooze snooze text="3天"
why ⇒ WhyAsked why
why? ⇒ WhyAsked why
why did I get this ⇒ WhyAsked why
why did I get this? ⇒ WhyAsked why
why am I getting this? ⇒ WhyAsked why
why #q12 ⇒ WhyAsked why #q12
Why this? ⇒ WhyAsked why
why do i get this message ⇒ WhyAsked why
为什么 ⇒ WhyAsked why
为什么？ ⇒ WhyAsked why
为什么收到这个 ⇒ WhyAsked why
为什么收到这个？ ⇒ WhyAsked why
为什么给我发这个 ⇒ WhyAsked why
为什么提醒我？ ⇒ WhyAsked why
mute ⇒ Mute mute
unmute ⇒ Mute unmute
静音 ⇒ Mute mute
取消静音 ⇒ Mute unmute
team Growth daily on ⇒ ChangeTeam team "Growth" daily on
team Growth daily off ⇒ ChangeTeam team "Growth" daily off
team Growth review weekly ⇒ ChangeTeam team "Growth" review week
team Growth review every two weeks ⇒ ChangeTeam team "Growth" review two weeks
team Growth review every ten days ⇒ ChangeTeam team "Growth" review ten days
团队 增长 日报 开 ⇒ ChangeTeam team "增长" daily on
团队 增长 日报 关 ⇒ ChangeTeam team "增长" daily off
团队 增长 复盘 每周 ⇒ ChangeTeam team "增长" review week
团队 增长 复盘 每两周 ⇒ ChangeTeam team "增长" review two weeks
团队 增长 复盘 每旬 ⇒ ChangeTeam team "增长" review ten days
help remind ⇒ Help help remind
help away ⇒ Help help away
help sick ⇒ Help help away
help pulse ⇒ Help help pulse
帮助 提醒 ⇒ Help help remind
帮助 请假 ⇒ Help help away
帮助 免打扰 ⇒ Help help quiet
ask me at 17:25 ⇒ Remind remind me at 17:25
ask me later ⇒ Snooze snooze 60 min
ask me again in an hour ⇒ Snooze snooze 60 min
ask me tomorrow ⇒ Snooze snooze tomorrow
提醒时间改成17:30 ⇒ Remind remind me at 17:30
remind me again in 1h ⇒ Snooze snooze 60 min
away Thu and Fri ⇒ Away away from Thursday to this Friday
ooo today and tomorrow ⇒ Away away from today to in 1 days
周四周五请假 ⇒ Away away from Thursday to this Friday
周四、周五请假 ⇒ Away away from Thursday to this Friday
今天明天请假 ⇒ Away away from today to in 1 days
明后天请假 ⇒ Away away from in 1 days to in 2 days
12.24-12.26请假 ⇒ Away away from 12-24 to 12-26
away 24.12 - 2.1 ⇒ Away away from 12-24 to 02-01
ooo until 24.12. ⇒ Away away until 12-24
25号请假 ⇒ Away away on 25日
本周五请假一天 ⇒ Away away for 1 days from Friday
taking Friday off ⇒ Away away on Friday
I'm taking next week off ⇒ Away away from next Monday to next Sunday
taking tomorrow afternoon off ⇒ Away away on in 1 days afternoon
taking 3 days off from Monday ⇒ Away away for 3 days from Monday
taking the day off ⇒ Away away on today
sick day ⇒ Away away on today
out sick today ⇒ Away away on today
I'm out sick ⇒ Away away on today
my workdays are Mon-Thu ⇒ Workdays workdays Mon Tue Wed Thu
I work Mon-Thu ⇒ Workdays workdays Mon Tue Wed Thu
我的工作日是周一到周四 ⇒ Workdays workdays Mon Tue Wed Thu
工作日：周一至周四 ⇒ Workdays workdays Mon Tue Wed Thu
本周小周 ⇒ Workdays workdays Mon Tue Wed Thu Fri / Mon Tue Wed Thu Fri Sat
这周是大周 ⇒ Workdays workdays Mon Tue Wed Thu Fri Sat / Mon Tue Wed Thu Fri
my country is Germany ⇒ Country country Germany
nothing to report ⇒ Same same
和昨天一样 ⇒ Same same
暂无进展 ⇒ Same same
一会儿再说 ⇒ Snooze snooze 60 min
等会儿 ⇒ Snooze snooze 60 min
解除静音 ⇒ Mute unmute
免打扰时间 20:00-8:00 ⇒ Quiet quiet 20:00-08:00
勿扰 晚10点到早8点 ⇒ Quiet quiet 22:00-08:00
help leave ⇒ Help help away
help reminders ⇒ Help help pulse
on leave ⇒ Away away
明天休假 ⇒ Away away on in 1 days
我休假到周五 ⇒ Away away until Friday
I'm away until the cows come home ⇒ Away away text="the cows come home"
I'll be away from 12-24 to 01-02. ⇒ Away away from 12-24 to 01-02
away until end of quarter ⇒ Away away until end of quarter
请假到月底 ⇒ Away away until end of month
请假到下周一 ⇒ Away away until next Monday
remind me at 12 ⇒ Remind remind me at 12:00
remind me 17:25 please ⇒ Remind remind me at 17:25
quiet hours ⇒ Quiet quiet
quiet 22:00 to 7:00 ⇒ Quiet quiet 22:00-07:00
quiet 8pm-8 ⇒ Quiet quiet 20:00-08:00
mute! ⇒ Mute mute
why?? ⇒ WhyAsked why
为啥 ⇒ WhyAsked why
为啥提醒我 ⇒ WhyAsked why
稍后提醒 ⇒ Snooze snooze 60 min
晚点再提醒我 ⇒ Snooze snooze 60 min
过一会儿再说 ⇒ Snooze snooze 60 min
away from Mon ⇒ Away away from Monday
away on Mon morning ⇒ Away away on Monday morning
away Mon-Wed ⇒ Away away from Monday to this Wednesday
away from Friday on ⇒ Away away from Friday
"""

NO_PULSE = r"""
remind me to call Bob ⇒ prose[][]~remind
remind me of the deal ⇒ prose[][]~remind
remind me at 17:25 to call Bob ⇒ prose[][]~remind
remind me tomorrow to call Bob ⇒ prose[][]~remind
提醒我买牛奶 ⇒ prose[][]
提醒我3点开会 ⇒ prose[][]
提醒客户付款 ⇒ prose[][]
提醒大家提交周报，KR1.2 45 ⇒ prose[45][KR1.2]
reminder sent to legal ⇒ prose[][]~remind
workdays are too long ⇒ prose[][]~workdays
工作日太长 ⇒ prose[][]
工作日 太忙了 ⇒ prose[][]~workdays
大小周太累 ⇒ prose[][]
双休真好 ⇒ prose[][]
country is growing ⇒ prose[][]~country
country manager hired ⇒ prose[][]~country
country launch went well, KR1.2 45 ⇒ prose[45][KR1.2]~country
holidays are over ⇒ prose[][]~country
holidays booked ⇒ prose[][]~country
国家政策变了 ⇒ prose[][]
节假日值班安排好了 ⇒ prose[][]
away from keyboard ⇒ prose[][]~away
away team won the deal ⇒ prose[][]~away
away day was great ⇒ prose[][]~away
away from my desk, KR1.2 45 ⇒ prose[45][KR1.2]~away
away until KR1.2 45 ⇒ prose[][KR1.2]~away
sick of legal, KR1.2 blocked ⇒ prose[][KR1.2]~away
sick of this ⇒ prose[][]~away
I'm sick of legal ⇒ prose[][]
I'm away from my desk ⇒ prose[][]
I'm off to lunch ⇒ prose[][]
I'm out of milk ⇒ prose[][]
请假条流程上线 ⇒ prose[][]
请假的人太多 ⇒ prose[][]
请假三天，KR1.2 45 ⇒ prose[45][KR1.2]
休假回来继续推进 ⇒ prose[][]
出差 ⇒ prose[][]
出差到周五 ⇒ prose[][]
ooo party ⇒ prose[][]~away
on leave process done ⇒ prose[][]
back to the customer with KR1.2 45 ⇒ prose[45][KR1.2]~back
back from vacation, KR1.2 45 ⇒ prose[45][KR1.2]~back
back to square one ⇒ prose[][]~back
回来了一批货 ⇒ prose[][]
quiet day today ⇒ prose[][]~quiet
quiet week, KR1.2 45 ⇒ prose[45][KR1.2]~quiet
quite a good day ⇒ prose[][]
skip the intro, KR1.2 45 ⇒ prose[45][KR1.2]~skip
skip the meeting ⇒ prose[][]~skip
跳过了测试 ⇒ prose[][]
same as yesterday but KR1.2 45 ⇒ prose[45][KR1.2]~same
same problem as yesterday ⇒ prose[][]~same
no change in KR1.2 ⇒ prose[][KR1.2]
no update from legal ⇒ prose[][]
没有变化的是价格 ⇒ prose[][]
snooze the alarm ⇒ prose[][]~snooze
later we shipped ⇒ prose[][]
later today ⇒ prose[][]
稍后开会 ⇒ prose[][]
明天发布 ⇒ prose[][]
明早发布 ⇒ prose[][]
why is KR1.2 at 45? ⇒ prose[][KR1.2]~why
why is it so slow ⇒ prose[][]~why
为什么这么慢 ⇒ prose[][]
mute the channel ⇒ prose[][]~mute
静音模式上线 ⇒ prose[][]
team Growth daily maybe ⇒ prose[][]~team
team Growth review went well ⇒ prose[][]~team
team Growth daily standup ⇒ prose[][]~team
remind me to call @anna about KR1.2 ⇒ prose[][KR1.2]~remind
away with @anna until Friday ⇒ prose[][]~away
remind me at KR1.2 45 ⇒ prose[45][KR1.2]~remind
ask me about KR1.2 ⇒ prose[][KR1.2]
taking the lead off our plate ⇒ prose[][]
I work hard ⇒ prose[][]
I work ⇒ prose[][]
本周大事记 ⇒ prose[][]
本周 ⇒ prose[][]
same here ⇒ prose[][]~same
away with the fairies ⇒ prose[][]~away
on holiday Monday and Thursday ⇒ prose[][]
周一周四请假 ⇒ prose[][]
老板批准了年假 ⇒ prose[][]
调休安排已定 ⇒ prose[][]
今天请假去医院 ⇒ prose[][]
请假审批功能上线 ⇒ prose[][]
完成请假流程 ⇒ prose[][]
snooze it ⇒ prose[][]~snooze
from Mon away ⇒ prose[][]
quiet from Mon ⇒ prose[][]~quiet
明日：联系客户；卡点：法务 ⇒ lines: day blocked(法务) next(联系客户)
blocked: legal ⇒ lines: day blocked(legal)
"""
