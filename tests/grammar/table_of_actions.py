"""Actions, and the sentences that only speak of them. As in `table`."""

ACTIONS = r"""
待办 ⇒ Actions actions
行动项 ⇒ Actions actions
todo ⇒ Actions actions
action! ⇒ Actions actions
actions? ⇒ prose[][]
待办 @a ⇒ Actions actions @a
actions for @a ⇒ Actions actions @a
@a actions ⇒ Actions actions @a
@a 的待办 ⇒ Actions actions @a
actions team Growth ⇒ Actions actions team "Growth"
待办 团队 增长 ⇒ Actions actions team "增长"
actions 2 ⇒ Actions actions 2
actions @a 2 ⇒ Actions actions @a 2
A7 ⇒ ShowAction A7
a7 ⇒ ShowAction A7
Ａ７ ⇒ ShowAction A7
#e5 ⇒ ShowAction #e5
done A7 A9 ⇒ Done done A7 A9
done A7, A9 and A12 ⇒ Done done A7 A9 A12
done #e5 ⇒ Done done #e5
A7 A9 done ⇒ Done done A7 A9
a7 is done. ⇒ Done done A7
A7 已完成 ⇒ Done done A7
A7完成了 ⇒ Done done A7
完成A7、A9 ⇒ Done done A7 A9
reopen A7 ⇒ ReopenActions reopen A7
重开 A7 A9 ⇒ ReopenActions reopen A7 A9
A7 重开 ⇒ ReopenActions reopen A7
A7 not mine ⇒ NotMine not mine A7
not mine #e5 ⇒ NotMine not mine #e5
A7 不是我的 ⇒ NotMine not mine A7
A7 due Friday ⇒ ChangeAction A7 due text="Friday"
A7 by Friday ⇒ ChangeAction A7 due text="Friday"
A7 截止 周五 ⇒ ChangeAction A7 due text="周五"
A7 周五前 ⇒ ChangeAction A7 due text="周五"
A7 改到下周五 ⇒ ChangeAction A7 due text="下周五"
A7 due whenever ⇒ ChangeAction A7 due text="whenever"
A7 due none ⇒ ChangeAction A7 due text="none"
A7 to @b ⇒ ChangeAction A7 to @b
A7 转给 @b ⇒ ChangeAction A7 to @b
A7 text call legal twice ⇒ ChangeAction A7 text text="call legal twice"
A7 内容：联系法务 ⇒ ChangeAction A7 text text="联系法务"
action call legal @a by Friday ⇒ AddAction action text="call legal" by Friday @a
action: call legal @a by Friday ⇒ AddAction action text="call legal" by Friday @a
action: @a to call legal, due 12-01 ⇒ AddAction action text="call legal" by 12-01 @a
action item: by Friday call legal ⇒ AddAction action text="call legal" by Friday
action: review 2 contracts until next Monday @a ⇒ AddAction action text="review 2 contracts" by next Monday @a
action: prepare the demo @a and @b by Friday ⇒ AddAction action text="prepare the demo" by Friday @a @b
action: fix the report before the end of November ⇒ AddAction action text="fix the report" by end of November
待办：联系法务 @a 周五前 ⇒ AddAction action text="联系法务" by Friday @a
待办：@a 周五前联系法务 ⇒ AddAction action text="联系法务" by Friday @a
待办：请 @a 联系法务，12月1日前完成 ⇒ AddAction action text="联系法务" by 12-01 @a
行动项：联系法务 @a 12月1日前 ⇒ AddAction action text="联系法务" by 12-01 @a
待办：明天联系法务 ⇒ AddAction action text="联系法务" by in 1 days
待办：明天的会议材料 ⇒ AddAction action text="明天的会议材料"
新建待办 联系法务 周五前 ⇒ AddAction action text="联系法务" by Friday
todo: write the post ⇒ AddAction action text="write the post"
todo: write the post tomorrow ⇒ AddAction action text="write the post" by in 1 days
todo: prepare slides for Monday ⇒ AddAction action text="prepare slides for Monday"
todo: ask @b about pricing ⇒ AddAction action text="ask @b about pricing"
todo: sync with @b and @c ⇒ AddAction action text="sync with @b and @c"
todo: call @bob ⇒ AddAction action text="call @bob"
待办：联系 @b ⇒ AddAction action text="联系 @b"
to-do: x ⇒ AddAction action text="x"
action KR1.2: call legal @a by Friday ⇒ AddAction action KR1.2 text="call legal" by Friday @a
action KR1.2 call legal ⇒ AddAction action KR1.2 text="call legal"
action for KR1.2: call legal ⇒ AddAction action KR1.2 text="call legal"
待办 KR1.2：联系法务 ⇒ AddAction action KR1.2 text="联系法务"
action #k12: call legal ⇒ AddAction action #k12 text="call legal"
action: ⇒ AddAction action text=""
action: by Friday ⇒ AddAction action text="" by Friday
"""

NO_ACTIONS = r"""
todo list is long, KR1.2 45 ⇒ prose[45][KR1.2]
action needed on KR1.2 ⇒ prose[][KR1.2]
action needed on KR1.2 @a by Friday ⇒ prose[][KR1.2]
action items from the meeting, KR1.2 45 ⇒ prose[45][KR1.2]
todo something ⇒ prose[][]
todo: a\nKR1.2 45 shipped ⇒ lines: day "todo: a" & KR1.2 =45 "shipped"
KR1.2 45 todo: call legal ⇒ lines: KR1.2 =45 "todo: call legal"
待办很多，KR1.2 45 ⇒ prose[45][KR1.2]
待办清单周五前整理完 ⇒ prose[][]
what are the actions? ⇒ prose[][]
is there any action for @a by Friday? ⇒ prose[][]
action for @a by Friday? ⇒ prose[][]
A7, KR1.2 45 ⇒ prose[45][KR1.2]
A7 A9 ⇒ prose[][]
A7 by Bob ⇒ prose[][]
A7 due to the holidays ⇒ prose[][]
A7 done by Friday ⇒ prose[][]
A4 paper is out ⇒ prose[][]
A0 done ⇒ prose[][]
完成 KR1.2 45 ⇒ prose[45][KR1.2]
完成了 A7 的一半 ⇒ prose[][]
"""
