"""What people type, and what it must become; written from the contract, half of it traps. Columns are parted by ⇒."""

LINES = r"""
KR1.2 45 ⇒ lines: KR1.2 =45
kr1.2 45 ⇒ lines: KR1.2 =45
KR 1.2 45 ⇒ lines: KR1.2 =45
ＫＲ１．２　４５ ⇒ lines: KR1.2 =45
kr1。2 45 ⇒ lines: KR1.2 =45
O1KR2 45 ⇒ lines: KR1.2 =45
O1.KR2 45 ⇒ lines: KR1.2 =45
O1 KR2 45 ⇒ lines: KR1.2 =45
关键结果1.2 45 ⇒ lines: KR1.2 =45
目标一关键结果二 45 ⇒ lines: KR1.2 =45
KR2 45 ⇒ lines: KR2 =45
#k12 45 ⇒ lines: #k12 =45
1.2 45 ⇒ lines: KR1.2 =45
1.2: 45 c6 ⇒ lines: KR1.2 =45 c6
KR1.2 45% ⇒ lines: KR1.2 =45%
KR1.2 ４５％ ⇒ lines: KR1.2 =45%
KR1.2 1.2万 ⇒ lines: KR1.2 =12000
KR1.2 3亿 ⇒ lines: KR1.2 =300000000
KR1.2 12k ⇒ lines: KR1.2 =12000
KR1.2 ¥3.4M ⇒ lines: KR1.2 =3400000¥
KR1.2 ￥3.4M ⇒ lines: KR1.2 =3400000¥
KR1.2 $1,200 ⇒ lines: KR1.2 =1200$
KR1.2 3,400 ⇒ lines: KR1.2 =3400
KR1.2 3.400 ⇒ lines: KR1.2 =3.4|3400
KR1.2 1,2 ⇒ lines: KR1.2 =1.2|12
KR1.2 1,234.5 ⇒ lines: KR1.2 =1234.5
KR1.2 1.234,5 ⇒ lines: KR1.2 =1234.5
KR1.2 0,5 ⇒ lines: KR1.2 =0.5
KR1.2 0.125 ⇒ lines: KR1.2 =0.125
KR1.2 三十 ⇒ lines: KR1.2 =30
KR1.2 一百二十 ⇒ lines: KR1.2 =120
KR1.2 五 ⇒ lines: KR1.2 =5
KR1.2 百分之三十 ⇒ lines: KR1.2 =30%
KR1.2 45个 ⇒ lines: KR1.2 =45个
KR1.2 45家 信心6 ⇒ lines: KR1.2 =45家 c6
KR1.2 300万元 ⇒ lines: KR1.2 =3000000元
KR1.2 USD 300 ⇒ lines: KR1.2 =300USD
KR1.2 45 users ⇒ lines: KR1.2 =45users
KR1.2 +3 ⇒ lines: KR1.2 by(3)
KR1.2 -3 ⇒ lines: KR1.2 by(-3)
KR1.2 −3 ⇒ lines: KR1.2 by(-3)
KR1.2 –3 ⇒ lines: KR1.2 by(-3)
KR1.2 ＋３ ⇒ lines: KR1.2 by(3)
KR1.2 +3% ⇒ lines: KR1.2 by(3%)
KR1.2 +1.2万 ⇒ lines: KR1.2 by(12000)
KR1.2+3 ⇒ lines: KR1.2 by(3)
KR1.2 - 45 ⇒ lines: KR1.2 =45
KR1.2 – 45 ⇒ lines: KR1.2 =45
KR1.2 — 45 ⇒ lines: KR1.2 =45
KR1.2 —45 ⇒ lines: KR1.2 =45
KR1.2—45 ⇒ lines: KR1.2 =45
KR1.2 ——45 ⇒ lines: KR1.2 =45
KR1.2: 45 ⇒ lines: KR1.2 =45
KR1.2：45 ⇒ lines: KR1.2 =45
KR1.2:45 ⇒ lines: KR1.2 =45
KR1.2 : 45 ⇒ lines: KR1.2 =45
KR1.2=45 ⇒ lines: KR1.2 =45
KR1.2 = 45 ⇒ lines: KR1.2 =45
KR1.2 =-3 ⇒ lines: KR1.2 =-3
KR1.2 = -3 ⇒ lines: KR1.2 =-3
KR1.2: -3 ⇒ lines: KR1.2 by(-3)
KR1.2 → 45 ⇒ lines: KR1.2 =45
KR1.2 40→45 ⇒ lines: KR1.2 40→45
KR1.2 40 → 45 ⇒ lines: KR1.2 40→45
KR1.2 40->45 ⇒ lines: KR1.2 40→45
KR1.2 42 => 45 ⇒ lines: KR1.2 42→45
KR1.2 40%→45% ⇒ lines: KR1.2 40%→45%
KR1.2 从40到45 ⇒ lines: KR1.2 40→45
KR1.2 从 40 提升到 45 ⇒ lines: KR1.2 40→45
KR1.2 由45降至40 ⇒ lines: KR1.2 45→40
KR1.2 from 40 to 45 ⇒ lines: KR1.2 40→45
KR1.2 from 40 to 45 c7 thanks to ads ⇒ lines: KR1.2 40→45 c7 "thanks to ads"
KR1.2 45 c6 ⇒ lines: KR1.2 =45 c6
KR1.2 45 C6 ⇒ lines: KR1.2 =45 c6
KR1.2 45 c10 ⇒ lines: KR1.2 =45 c10
KR1.2 45 c0 ⇒ lines: KR1.2 =45 c0
KR1.2 45 c11 ⇒ lines: KR1.2 =45 "c11"
KR1.2 45 conf 6 ⇒ lines: KR1.2 =45 c6
KR1.2 45, confidence 6 ⇒ lines: KR1.2 =45 c6
KR1.2 45 confidence: 6/10 ⇒ lines: KR1.2 =45 c6
KR1.2 45 信心6 ⇒ lines: KR1.2 =45 c6
KR1.2 45 信心指数6 ⇒ lines: KR1.2 =45 c6
KR1.2 45，信心指数：６ ⇒ lines: KR1.2 =45 c6
KR1.2 45 信心 6/10 ⇒ lines: KR1.2 =45 c6
KR1.2 45 6/10 ⇒ lines: KR1.2 =45 c6
KR1.2 45 (6/10) ⇒ lines: KR1.2 =45 c6
KR1.2 45% 6/10 going well ⇒ lines: KR1.2 =45% c6 "going well"
KR1.2 c6 ⇒ lines: KR1.2 c6
KR1.2 信心6 ⇒ lines: KR1.2 c6
KR1.2 6/10 ⇒ lines: KR1.2 6/10 loose
KR1.2 6/10 c7 ⇒ lines: KR1.2 6/10 c7
KR1.2 3/12 ⇒ lines: KR1.2 3/12
KR1.2 12/10 ⇒ lines: KR1.2 12/10
KR1.2 3 of 12 ⇒ lines: KR1.2 3/12
KR1.2 45 out of 100 ⇒ lines: KR1.2 45/100
KR1.2 done ⇒ lines: KR1.2 done
KR1.2 Done! ⇒ lines: KR1.2 done
KR1.2 is done ⇒ lines: KR1.2 done
KR1.2 完成 ⇒ lines: KR1.2 done
KR1.2 已完成 ⇒ lines: KR1.2 done
KR1.2 搞定 ⇒ lines: KR1.2 done
KR1.2 完成了 信心9 ⇒ lines: KR1.2 done c9
KR1.2 done c9 ⇒ lines: KR1.2 done c9
KR1.2 done: shipped it ⇒ lines: KR1.2 done "shipped it"
KR1.2 已完成，很顺利 ⇒ lines: KR1.2 done "很顺利"
KR1.2 done on Friday ⇒ lines: KR1.2 done on(Friday)
KR1.2 100% ⇒ lines: KR1.2 =100%
KR1.2 done by Friday ⇒ lines: KR1.2 "done by Friday"
KR1.2 not done ⇒ lines: KR1.2 "not done"
KR1.2 almost done ⇒ lines: KR1.2 "almost done"
KR1.2 未完成 ⇒ lines: KR1.2 "未完成"
KR1.2 还没完成 ⇒ lines: KR1.2 "还没完成"
KR1.2 45 by Friday ⇒ lines: KR1.2 "45 by Friday"
KR1.2 45 c6 shipped beta; blocked: legal review <U1> ⇒ lines: KR1.2 =45 c6 "shipped beta" blocked(legal review <U1>) <U1>
KR1.2 45 c6 shipped beta; blocked: legal review @colleague ⇒ lines: KR1.2 =45 c6 "shipped beta" blocked(legal review @colleague) @colleague
KR1.2 blocked: legal ⇒ lines: KR1.2 blocked(legal)
KR1.2 Blocker: legal ⇒ lines: KR1.2 blocked(legal)
KR1.2 45 卡点：法务审核 <ou_7f> ⇒ lines: KR1.2 =45 blocked(法务审核 <ou_7f>) <ou_7f>
KR1.2 45 完成初稿；阻塞：等合同 ⇒ lines: KR1.2 =45 "完成初稿" blocked(等合同)
KR1.2 卡住：等法务 ⇒ lines: KR1.2 blocked(等法务)
KR1.2 45 blocked: none ⇒ lines: KR1.2 =45
KR1.2 45 卡点：无 ⇒ lines: KR1.2 =45
KR1.2 unblocked: go ⇒ lines: KR1.2 "unblocked: go"
KR1.2 blocked by legal ⇒ lines: KR1.2 "blocked by legal"
KR1.2 卡在法务 ⇒ lines: KR1.2 "卡在法务"
KR1.2 45 shipped; next: ads ⇒ lines: KR1.2 =45 "shipped" next(ads)
KR1.2 45 明日：上线 卡点：法务 ⇒ lines: KR1.2 =45 blocked(法务) next(上线)
KR1.2 45 what's next: nobody knows ⇒ lines: KR1.2 =45 "what's next: nobody knows"
KR1.2 45 on 11-20 ⇒ lines: KR1.2 =45 on(11-20)
KR1.2 45 on 2026-11-20 c6 late entry ⇒ lines: KR1.2 =45 c6 on(2026-11-20) "late entry"
KR1.2 45 on Friday ⇒ lines: KR1.2 =45 on(Friday)
KR1.2 45 on the 20th ⇒ lines: KR1.2 =45 on(20日)
KR1.2 45 yesterday ⇒ lines: KR1.2 =45 on(1 days ago)
KR1.2 45 昨天 ⇒ lines: KR1.2 =45 on(1 days ago)
KR1.2 昨天 45 ⇒ lines: KR1.2 =45 on(1 days ago)
昨天 KR1.2 45 ⇒ lines: KR1.2 =45 on(1 days ago)
补 昨天 KR1.2 45 ⇒ lines: KR1.2 =45 on(1 days ago)
补 11月20日 KR1.2 45 ⇒ lines: KR1.2 =45 on(11-20)
补 上周五 KR1.2 45 ⇒ lines: KR1.2 =45 on(last Friday)
yesterday: KR1.2 45 ⇒ lines: KR1.2 =45 on(1 days ago)
KR1.2 45 launch moved to Friday ⇒ lines: KR1.2 =45 "launch moved to Friday"
KR1.2 45 launch is on Friday ⇒ lines: KR1.2 =45 "launch is on Friday"
KR1.2 45 on track ⇒ lines: KR1.2 =45 "on track"
KR1.2 45 on hold since May ⇒ lines: KR1.2 =45 "on hold since May"
KR1.2 design done ⇒ lines: KR1.2 stage(design) "design done"
KR1.2 设计 完成 ⇒ lines: KR1.2 stage(设计) "设计 完成"
KR1.2 设计完成 ⇒ lines: KR1.2 stage(设计) "设计完成"
KR1.2 完成设计 ⇒ lines: KR1.2 stage(设计) "完成设计"
KR1.2 is at 45 ⇒ lines: KR1.2 =45
KR1.2 is now at 45% ⇒ lines: KR1.2 =45%
KR1.2 now 45 ⇒ lines: KR1.2 =45
KR1.2 reached 45 ⇒ lines: KR1.2 =45
KR1.2 到了45 ⇒ lines: KR1.2 =45
KR1.2 达到 45% ⇒ lines: KR1.2 =45%
KR1.2 更新为45 ⇒ lines: KR1.2 =45
KR1.2目前45 ⇒ lines: KR1.2 =45
KR1.2 现在是45 ⇒ lines: KR1.2 =45
KR1.2 up to 45 ⇒ lines: KR1.2 =45
KR1.2 up 3 ⇒ lines: KR1.2 by(3)
KR1.2 up by 3 ⇒ lines: KR1.2 by(3)
KR1.2 down 3 ⇒ lines: KR1.2 by(-3)
KR1.2 down to 3 ⇒ lines: KR1.2 =3
KR1.2 涨了3 ⇒ lines: KR1.2 by(3)
KR1.2 下降了2 ⇒ lines: KR1.2 by(-2)
KR1.2 下降到2 ⇒ lines: KR1.2 =2
KR1.2 up 3 to 45 ⇒ lines: KR1.2 =45
KR1.2 完成45% ⇒ lines: KR1.2 =45%
KR1.2 45 50 ⇒ lines: KR1.2 =45|50
KR1.2 45, 50 ⇒ lines: KR1.2 =45|50
KR1.2 45 or 50 ⇒ lines: KR1.2 =45|50
KR1.2 40-45 ⇒ lines: KR1.2 =40|45
KR1.2 45 3 deals signed ⇒ lines: KR1.2 =45 "3 deals signed"
KR1.2 45，签了3家 ⇒ lines: KR1.2 =45 "签了3家"
KR1.2 45 customers signed up ⇒ lines: KR1.2 =45customers "customers signed up"
KR1.2 45 5% of them are new ⇒ lines: KR1.2 =45 "5% of them are new"
KR1.2 2 days late ⇒ lines: KR1.2 "2 days late"
KR1.2 3天没动 ⇒ lines: KR1.2 "3天没动"
KR1.2 is 2 weeks behind ⇒ lines: KR1.2 "is 2 weeks behind"
KR1.2 v1.2.3 shipped ⇒ lines: KR1.2 "v1.2.3 shipped"
KR1.2 1.2.3 shipped ⇒ lines: KR1.2 "1.2.3 shipped"
KR1.2 17:30 meeting ⇒ lines: KR1.2 "17:30 meeting"
KR1.2 5pm call with B2B team ⇒ lines: KR1.2 "5pm call with B2B team"
KR1.2 3rd attempt failed ⇒ lines: KR1.2 "3rd attempt failed"
KR1.2 call 138 0013 8000 ⇒ lines: KR1.2 "call 138 0013 8000"
KR1.2 2026-11-20 launch ⇒ lines: KR1.2 "2026-11-20 launch"
KR1.2 11月20日上线 ⇒ lines: KR1.2 "11月20日上线"
KR1.2 Q3 numbers are in ⇒ lines: KR1.2 "Q3 numbers are in"
KR1.2 一个问题要解决 ⇒ lines: KR1.2 "一个问题要解决"
KR1.2 十分顺利 ⇒ lines: KR1.2 "十分顺利"
KR1.2 shipped to 3 customers ⇒ lines: KR1.2 "shipped to 3 customers"
KR1.2 在3个城市上线 ⇒ lines: KR1.2 "在3个城市上线"
KR1.2 shipped beta, confidence 7 ⇒ lines: KR1.2 c7 "shipped beta"
KR1.2 45 <U1> ⇒ lines: KR1.2 =45 <U1>
KR1.2 45 thanks <U1> and <U2> ⇒ lines: KR1.2 =45 "thanks <U1> and <U2>" <U1> <U2>
KR1.2 45 mail anna@example.com ⇒ lines: KR1.2 =45 "mail anna@example.com"
KR1.2 45 @#m12 ⇒ lines: KR1.2 =45 @#m12
KR1.2 45 @all ⇒ lines: KR1.2 =45 "@all"
<U1> KR1.2 45 ⇒ lines: <U1> KR1.2 =45
<U1>KR1.2 45 <U2> ⇒ lines: <U1> KR1.2 =45 <U2>
@anna KR1.2 45 ⇒ lines: @anna KR1.2 =45
@张三的KR1.2 45 ⇒ lines: @张三 KR1.2 =45
增长 KR1.2 45 ⇒ lines: "增长" KR1.2 =45
Growth KR1.2 45 ⇒ lines: "Growth" KR1.2 =45
“Big Team” KR1.2 45 ⇒ lines: "Big Team" KR1.2 =45
company KR1.2 45 ⇒ lines: company KR1.2 =45
公司 KR1.2 45 ⇒ lines: company KR1.2 =45
2027Q1 KR1.2 45 ⇒ lines: 2027Q1 KR1.2 =45
- KR1.2 45 ⇒ lines: KR1.2 =45
• KR1.2 45 ⇒ lines: KR1.2 =45
1. KR1.2 45 ⇒ lines: KR1.2 =45
1、KR1.2 45 ⇒ lines: KR1.2 =45
KR1.1 45; KR1.2 50 c6 ⇒ lines: KR1.1 =45 & KR1.2 =50 c6
KR1.1 45；KR1.2 50 ⇒ lines: KR1.1 =45 & KR1.2 =50
KR1.1 45, KR1.2 50 ⇒ lines: KR1.1 =45 & KR1.2 =50
KR1.1 45 hiring; KR1.2 50 ⇒ lines: KR1.1 =45 "hiring" & KR1.2 =50
KR1.1 45 done; waiting for KR1.2 ⇒ lines: KR1.1 =45 "done; waiting for KR1.2"
KR1.1 45\nKR1.2 50 ⇒ lines: KR1.1 =45 & KR1.2 =50
- KR1.1 45\n- KR1.2 50 ⇒ lines: KR1.1 =45 & KR1.2 =50
KR1.1 45\nwent well\nKR1.2 50 ⇒ lines: KR1.1 =45 "went well" & KR1.2 =50
KR1.1 45\nblocked: legal <U1>\nKR1.2 50 ⇒ lines: KR1.1 =45 blocked(legal <U1>) <U1> & KR1.2 =50
KR1.1 45\nnext: launch ⇒ lines: KR1.1 =45 & day next(launch)
KR1.1 45\n明日：上线 ⇒ lines: KR1.1 =45 & day next(上线)
Hi all\nKR1.1 45 ⇒ lines: day "Hi all" & KR1.1 =45
next: launch ⇒ lines: day next(launch)
明日：上线，写文档 ⇒ lines: day next(上线，写文档)
blocked: waiting for legal <U1> ⇒ lines: day blocked(waiting for legal <U1>) <U1>
KR1.2 45了 ⇒ lines: KR1.2 =45
O1 done ⇒ lines: O1 done
O1 45 ⇒ lines: O1 =45
KR1.2 45. shipped it ⇒ lines: KR1.2 =45 "shipped it"
KR1.2 45。完成初稿 ⇒ lines: KR1.2 =45 "完成初稿"
KR1.2 45 c6.5 ⇒ lines: KR1.2 =45 "c6.5"
"""

COMMANDS = r"""
help ⇒ Help help
帮助 ⇒ Help help
help checkin ⇒ Help help checkin
help 进展 ⇒ Help help checkin
help digest ⇒ Help help digest
help KR1.2 <U1> legal is slow ⇒ AskHelp help KR1.2 <U1> text="legal is slow"
help <U1> KR1.2 legal is slow ⇒ AskHelp help KR1.2 <U1> text="legal is slow"
help KR1.2 ⇒ AskHelp help KR1.2 text=""
求助 KR1.2 @张三 合同卡住了 ⇒ AskHelp help KR1.2 @张三 text="合同卡住了"
mine ⇒ Mine mine
list ⇒ Mine mine
我的 ⇒ Mine mine
mine 2026Q4 ⇒ Mine mine 2026Q4
mine Q4 2026 ⇒ Mine mine 2026Q4
我的 2026年第四季度 ⇒ Mine mine 2026Q4
<U1> ⇒ ShowPerson <U1>
@anna ⇒ ShowPerson @anna
<U1> 2026Q4 ⇒ ShowPerson <U1> 2026Q4
O1 ⇒ Show O1
o1 ⇒ Show O1
目标一 ⇒ Show O1
KR1.2 ⇒ Show KR1.2
KR2 ⇒ Show KR2
#o5 ⇒ Show #o5
<U1> O1 ⇒ Show <U1> O1
@anna 的 O1 ⇒ Show @anna O1
company O1 ⇒ Show company O1
增长 O1 ⇒ Show "增长" O1
Growth KR1.2 ⇒ Show "Growth" KR1.2
2027Q1 O1 ⇒ Show 2027Q1 O1
O1 2027Q1 ⇒ Show 2027Q1 O1
history KR1.2 ⇒ History history KR1.2
KR1.2 history ⇒ History history KR1.2
历史 KR1.2 ⇒ History history KR1.2
KR1.2 历史 ⇒ History history KR1.2
new ⇒ new 0
新建 ⇒ new 0
New! ⇒ prose[][]~new
new O: Grow\nKR1: from 40 to 45 ⇒ new 1
new O: Grow KR1: from 40 to 45 ⇒ new 1
新建 O：增长\nKR1：从40到45 ⇒ new 1
新建O：增长 KR1：从40到45 ⇒ new 1
new for 2027Q1 O: Grow\nKR1: reach 45 ⇒ new in 2027Q1 1
new team Growth O: Grow\nKR1: reach 45 ⇒ new for Growth 1
新建 团队 增长 O：增长\nKR1：达到45 ⇒ new for 增长 1
new company O: Grow\nKR1: reach 45 ⇒ new for company 1
新建 公司 O：增长\nKR1：达到45 ⇒ new for company 1
new for 2027Q1 ⇒ new in 2027Q1 0
edit O1 ⇒ Edit edit O1
编辑O1 ⇒ Edit edit O1
edit O1 title Better words ⇒ Change edit O1 title text="Better words"
edit KR1.2 target 70 because scope grew ⇒ Change edit KR1.2 target text="70" reason="scope grew"
edit KR1.2 due 12-20 ⇒ Change edit KR1.2 due text="12-20"
publish O1 ⇒ Publish publish O1
publish ⇒ Publish publish
publish all ⇒ Publish publish all
发布 O1 ⇒ Publish publish O1
发布O1 ⇒ Publish publish O1
discard O1 ⇒ Discard discard O1
弃稿 ⇒ Discard discard
checkin ⇒ checkin:
打卡 ⇒ checkin:
日报 ⇒ Day daily
日报 KR1.2 45 ⇒ checkin: KR1.2 =45
进展 ⇒ checkin:
checkin KR1.2 45 c6 shipped ⇒ checkin: KR1.2 =45 c6 "shipped"
checkin KR1.2 45 on 11-20 ⇒ checkin: KR1.2 =45 on(11-20)
check in KR1.2 45 ⇒ checkin: KR1.2 =45
checkin: KR1.2 45 ⇒ checkin: KR1.2 =45
checkin\nKR1.1 45\nKR1.2 50 ⇒ checkin: KR1.1 =45 & KR1.2 =50
checkin #k12 ⇒ checkin: #k12
checkin KR1.2 ⇒ checkin: KR1.2
进展 KR1.2 45 ⇒ checkin: KR1.2 =45
进展：KR1.2 45 ⇒ checkin: KR1.2 =45
更新 KR1.2 45 ⇒ checkin: KR1.2 =45
更新KR1.2 45 ⇒ checkin: KR1.2 =45
打卡 KR1.2 45 ⇒ checkin: KR1.2 =45
checkin #k12 设计 done ⇒ checkin: #k12 stage(设计) "设计 done"
correct KR1.2 45 ⇒ correct: KR1.2 =45
更正 KR1.2 45 ⇒ correct: KR1.2 =45
更正：KR1.2 45 信心6 ⇒ correct: KR1.2 =45 c6
undo ⇒ Undo undo
undo #c91 ⇒ Undo undo #c91
撤销 ⇒ Undo undo
撤回。 ⇒ Undo undo
accept ⇒ Accept accept
accept #r7 ⇒ Accept accept #r7
接受 ⇒ Accept accept
decline #r7 ⇒ Decline decline #r7
婉拒 ⇒ Decline decline
answer I will look today ⇒ Answer answer text="I will look today"
answer #r7 fine ⇒ Answer answer #r7 text="fine"
回复 好的，明天给 ⇒ Answer answer text="好的，明天给"
language 中文 ⇒ Language language zh
language English ⇒ Language language en
语言 中文 ⇒ Language language zh
language klingon ⇒ Language language klingon
timezone Asia/Shanghai ⇒ Timezone timezone Asia/Shanghai
时区 Asia/Shanghai ⇒ Timezone timezone Asia/Shanghai
timezone UTC+8 ⇒ Timezone timezone UTC+8
note talked to legal ⇒ DayNote note text="talked to legal"
记下 和法务聊了 ⇒ DayNote note text="和法务聊了"
run #p12 ⇒ Parked run #p12
share O1 <U1> ⇒ Share share O1 <U1>
请 <U1> 看看 O1 ⇒ Share share O1 <U1>
add KR to O1: reach 45 ⇒ AddKeyResult add KR to O1: reach 45
加KR O1：达到45 ⇒ AddKeyResult add KR to O1: 达到45
weight KR1.1 40 KR1.2 60 ⇒ Weigh weight KR1.1 40 KR1.2 60
drop O1 because priorities moved ⇒ Drop drop O1 text="priorities moved"
终止 O1 因为优先级变了 ⇒ Drop drop O1 text="优先级变了"
drop O1 ⇒ Drop drop O1
close O1 ⇒ Close close O1
结束 O1 ⇒ Close close O1
reopen O1 ⇒ Reopen reopen O1
transfer O1 to <U1> ⇒ Transfer transfer O1 to <U1>
移交 O1 给 @张三 ⇒ Transfer transfer O1 to @张三
private O1 ⇒ Hide private O1
公开 O1 ⇒ Reveal public O1
rhythm KR1.2 monthly ⇒ Rhythm rhythm KR1.2 monthly
team Growth ⇒ ShowTeam team "Growth"
团队 增长 ⇒ ShowTeam team "增长"
team Growth 2026Q4 ⇒ ShowTeam team "Growth" 2026Q4
team new Growth lead <U1> members <U2> ⇒ NewTeam team new "Growth" lead <U1> members <U2>
team Growth add <U1> ⇒ ChangeTeam team "Growth" add <U1>
company ⇒ ShowTeam company
公司 ⇒ ShowTeam company
daily <U1> ⇒ Day daily <U1>
日报 @张三 昨天 ⇒ Day daily @张三 on 1 days ago
comment KR1.2 looks good ⇒ Comment comment KR1.2 text="looks good"
复盘 ⇒ Review review
retro ⇒ Review review
digest ⇒ Digest digest
简报 ⇒ Digest digest
digest team Growth ⇒ Digest digest team "Growth"
简报 团队 增长 ⇒ Digest digest team "增长"
digest week ⇒ Digest digest week
简报 周 ⇒ Digest digest week
digest 10 days ⇒ Digest digest 10 days
简报 旬 ⇒ Digest digest 10 days
简报 偏离 ⇒ Digest digest drift
digest team Growth week drift from 6 ⇒ Digest digest team "Growth" week drift from 6
digest from 6 ⇒ prose[6][]~digest
digest daily ⇒ DigestEvery digest daily
简报 每周 ⇒ DigestEvery digest weekly
简报 关闭 ⇒ DigestEvery digest off
简报已发给客户 ⇒ prose[][]
gaps ⇒ Gaps gaps
待完善 团队 增长 ⇒ Gaps gaps team "增长"
gaps weights ⇒ Gaps gaps weights
gaps in our analysis ⇒ prose[][]~gaps
seen <U1> ⇒ Seen seen <U1>
已阅 @张三 ⇒ Seen seen @张三
thanks <U1> KR1.2 ⇒ Seen thanks <U1> KR1.2
感谢 @张三 KR1.2 ⇒ Seen thanks @张三 KR1.2
thanks #i12 ⇒ Seen thanks #i12
thanks <U1> ⇒ prose[][]
thanks ⇒ prose[][]
seen <U1> at the office ⇒ prose[][]
team Growth digest on ⇒ ChangeTeam team "Growth" digest on
团队 增长 简报 关 ⇒ ChangeTeam team "增长" digest off
周报 ⇒ MyWeek my week
my cycle ⇒ MyCycle my cycle
actions ⇒ Actions actions
done A7 ⇒ Done done A7
A7 done ⇒ Done done A7
完成 A7 ⇒ Done done A7
score KR1.2 0.7 ⇒ Score score KR1.2 0.7
score ⇒ Score score
打分 KR1.1 ０．７，KR1.2 40% ⇒ Score score KR1.1 0.7 KR1.2 40%
score\nKR1.1 .7\nKR1.2 7/10 ⇒ Score score KR1.1 .7 KR1.2 7/10
评分 KR1.2 0。7分 ⇒ Score score KR1.2 0.7
score KR1.2 -0.2 ⇒ Score score KR1.2 -0.2
score O1 ⇒ Score score O1
lesson O1 ask legal first ⇒ KeepLesson lesson O1 text="ask legal first"
教训 KR1.2：问得太晚 ⇒ KeepLesson lesson KR1.2 text="问得太晚"
close cycle ⇒ CloseCycle close cycle
结束周期 2026Q4 ⇒ CloseCycle close cycle 2026Q4
close 2026Q4 ⇒ CloseCycle close cycle 2026Q4
review cycle ⇒ ReviewCycle review cycle
复盘 2026Q4 ⇒ ReviewCycle review cycle 2026Q4
季度复盘 ⇒ ReviewCycle review cycle
carry O1 ⇒ Carry carry O1
结转 O1 到 2027Q1 ⇒ Carry carry O1 to 2027Q1
沿用 KR1.2 目标值 80 ⇒ Carry carry KR1.2 target="80"
carry KR1.2 target 80% to 2027Q1 ⇒ Carry carry KR1.2 to 2027Q1 target="80%"
carry O1: O: Next\nKR1: NPS from 45 to 60 ⇒ Carry carry O1: O: Next\nKR1: NPS from 45 to 60
数据看板 ⇒ NotYet notyet board
align O2 to <U1> O1 ⇒ NotYet notyet align
对齐 O2 到 @张三 O1 ⇒ NotYet notyet align
follow <U1> ⇒ NotYet notyet follow
取消关注 @张三 ⇒ NotYet notyet unfollow
find churn ⇒ NotYet notyet find
settings ⇒ Settings settings
"""

SENTENCES = r"""
new customer signed, KR1.2 45 ⇒ prose[45][KR1.2]~new
close to launch, KR1.2 is at 45 ⇒ prose[45][KR1.2]~close
发现一个问题，KR1.2 卡在法务 ⇒ prose[][KR1.2]
对齐了需求 ⇒ prose[][]
new customer signed ⇒ prose[][]~new
new team member joined today ⇒ prose[][]~new
new office, 3 people ⇒ prose[3people][]~new
新建了一个项目 ⇒ prose[][]
edit the deck before Friday ⇒ prose[][]~edit
编辑了文档 ⇒ prose[][]
publish the blog post ⇒ prose[][]~publish
发布了新版本 ⇒ prose[][]
发布会很成功 ⇒ prose[][]
discard the old plan ⇒ prose[][]~discard
list of open points ⇒ prose[][]~mine
mine is late too ⇒ prose[][]~mine
help me with KR1.2 ⇒ prose[][KR1.2]~help
help needed from legal ⇒ prose[][]~help
update the docs ⇒ prose[][]
更新了文档 ⇒ prose[][]
进展顺利 ⇒ prose[][]
日报写完了 ⇒ prose[][]
checkin at the hotel at 5pm ⇒ prose[][]~checkin
correct me if I am wrong ⇒ prose[][]~correct
undo the last migration ⇒ prose[][]~undo
撤销了订单 ⇒ prose[][]
accept the offer from legal ⇒ prose[][]~accept
接受了报价 ⇒ prose[][]
decline in traffic of 5% ⇒ prose[5%][]~decline
回复了客户 ⇒ prose[][]
note that this is a test ⇒ prose[][]~note
notes from the meeting ⇒ prose[][]~note
history is written by winners ⇒ prose[][]~history
language is hard ⇒ prose[][]~language
timezone differences hurt ⇒ prose[][]~timezone
show must go on ⇒ prose[][]~show
run the tests ⇒ prose[][]
drop the idea ⇒ prose[][]~drop
drop in traffic, KR1.2 40 ⇒ prose[40][KR1.2]~drop
close the deal by Friday ⇒ prose[][]~close
结束了谈判 ⇒ prose[][]
终止了合作 ⇒ prose[][]
transfer the money to @anna ⇒ prose[][]~transfer
private beta is live ⇒ prose[][]~private
public launch went well ⇒ prose[][]~public
team lunch was good ⇒ prose[][]~team
团队很努力 ⇒ prose[][]
company party on Friday ⇒ prose[][]~company
公司搬家了 ⇒ prose[][]
daily standup went well ⇒ prose[][]
comment on the doc ⇒ prose[][]~comment
review the contract ⇒ prose[][]
复盘了项目 ⇒ prose[][]
score was 3 to 1 ⇒ prose[3|1][]~score
打分系统上线了 ⇒ prose[][]
lesson learned today ⇒ prose[][]~lesson
经验很重要 ⇒ prose[][]
carry on with the plan ⇒ prose[][]~carry
carry the boxes upstairs ⇒ prose[][]~carry
close to the end of 2026Q4 ⇒ prose[][]~close
actions speak louder ⇒ prose[][]
done with the slides ⇒ prose[][]
done by Friday ⇒ prose[][]
完成了初稿 ⇒ prose[][]
digest the news first ⇒ prose[][]~digest
board meeting tomorrow ⇒ prose[][]
align with the team ⇒ prose[][]
map the journey ⇒ prose[][]
follow up with legal ⇒ prose[][]
关注一下竞品 ⇒ prose[][]
find out why churn went up ⇒ prose[][]
找到了原因 ⇒ prose[][]
settings page is broken ⇒ prose[][]~settings
weight loss of 3 kg ⇒ prose[3kg][]~weight
share the doc with @anna ⇒ prose[][]~share
OK1 ⇒ prose[][]
OK1 45 ⇒ prose[45][]
KR1.2.3 45 ⇒ prose[45][]
KRW 500 ⇒ prose[500KRW][]
O2 sensor calibrated ⇒ prose[][]
O1 looks good ⇒ prose[][]
O365 migration 45 ⇒ prose[45][]
1.2 version released ⇒ prose[][]
1.2万 users now ⇒ prose[12000users][]
1.2% up ⇒ prose[1.2%][]
6/10 ⇒ prose[][]
45 ⇒ prose[45][]
45% done ⇒ prose[45%][]
done ⇒ prose[][]
完成 ⇒ prose[][]
signed 3 customers today ⇒ prose[3customers][]
签了三十家客户 ⇒ prose[30家][]
今天一个人在家 ⇒ prose[][]
v1.2.3 is out ⇒ prose[][]
call me at 17:30 or 138 0013 8000 ⇒ prose[][]
meeting on 2026-11-20 at 5pm ⇒ prose[][]
we are at 45, confidence 6 ⇒ prose[45][]
KR1.1 and KR1.2 45 ⇒ prose[45][KR1.1 KR1.2]
KR1.1, KR1.2 are done ⇒ prose[][KR1.1 KR1.2]
KR1.2 + 3 ⇒ prose[][KR1.2]
KR1-2 45 ⇒ prose[45][]
KR1.2 45? ⇒ prose[][KR1.2]
KR1.2到45了吗？ ⇒ prose[][KR1.2]
how is KR1.2 going? ⇒ prose[][KR1.2]
is KR1.2 at 45? ⇒ prose[][KR1.2]
KR1.2 怎么样了？ ⇒ prose[][KR1.2]
we want KR1.2 to reach 60 ⇒ prose[][KR1.2]
need 3 people for KR1.2 ⇒ prose[][KR1.2]
we hired 3 people for KR1.2 ⇒ prose[][KR1.2]
today KR1.2 reached 45 ⇒ lines: KR1.2 =45 on(today)
今天KR1.2到了45 ⇒ lines: KR1.2 =45 on(today)
希望KR1.2达到60 ⇒ prose[][KR1.2]
fixed KR1.2 45 ⇒ prose[45][KR1.2]
anna@example.com O1 ⇒ prose[][]
O: Grow\nKR1: from 40 to 45 ⇒ prose[][KR1]~new
O1: Grow\nKR1.1: reach 45%\nKR1.2: 30 customers ⇒ prose[][KR1.1 KR1.2]~new
publsh O1 ⇒ prose[][]~publish
chekin KR1.2 45 ⇒ prose[45][KR1.2]~checkin
hello ⇒ prose[][]
谢谢 ⇒ prose[][]
👍 ⇒ prose[][]
blocked: ⇒ prose[][]
next: ⇒ prose[][]
卡点：无 ⇒ prose[][]
https://example.com/KR1.2/45 ⇒ prose[][]
KR1.2? ⇒ Show KR1.2
O1？ ⇒ Show O1
/okr KR1.2 45 ⇒ lines: KR1.2 =45
/checkin KR1.2 45 c7 ⇒ checkin: KR1.2 =45 c7
/okrs are fun ⇒ prose[][]
"""

IN_A_THREAD = r"""
KR2 45 ⇒ checkin: KR3.2 =45
45 c6 ⇒ prose[45][]
KR1.2 shipped the beta ⇒ checkin: KR1.2 "shipped the beta"
KR2 ⇒ Show KR3.2
undo ⇒ Undo undo
1.2 version released ⇒ checkin: KR1.2 "version released"
KR2 how is it going? ⇒ checkin: KR3.2 "how is it going?"
next: launch ⇒ checkin: day next(launch)
KR2 history ⇒ History history KR3.2
KR2 comments ⇒ Comments comments KR3.2
edit KR2 target 70 ⇒ Change edit KR3.2 target text="70"
weight KR1 40 KR2 60 ⇒ Weigh weight KR3.1 40 KR3.2 60
weight KR1 40\nKR2 60 ⇒ Weigh weight KR3.1 40 KR3.2 60
add KR:\nKR: NPS from 30 to 50 ⇒ AddKeyResult add KR to O3: KR: NPS from 30 to 50
add KR to O1: NPS from 30 to 50 ⇒ AddKeyResult add KR to O1: NPS from 30 to 50
drop KR2 because legal said no ⇒ Drop drop KR3.2 text="legal said no"
close KR2 ⇒ Close close KR3.2
reopen KR2 ⇒ Reopen reopen KR3.2
transfer KR2 to @bob ⇒ Transfer transfer KR3.2 to @bob
频率 KR2 每周 ⇒ Rhythm rhythm KR3.2 weekly
private KR2 ⇒ Hide private KR3.2
公开 KR2 ⇒ Reveal public KR3.2
share KR2 @bob ⇒ Share share KR3.2 @bob
请 @张三 看看 KR2 ⇒ Share share KR3.2 @张三
评论 KR2 很好 ⇒ Comment comment KR3.2 text="很好"
edit KR2 ⇒ Edit edit KR3.2
publish KR2 ⇒ Publish publish KR3.2
#k12 comments ⇒ Comments comments #k12
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The table's rows as (typed, expected)."""
    return [(typed, expected) for typed, _, expected in (row.partition(" ⇒ ") for row in table.strip().split("\n"))]
