"""What people type about looking back, and what only sounds like it. In the notation of table.py."""

REVIEWS = r"""
review ⇒ Review review
Review. ⇒ Review review
my review ⇒ Review review
我的复盘 ⇒ Review review
review last ⇒ Review review last
last review ⇒ Review review last
上次复盘 ⇒ Review review last
review 2026-11-20 ⇒ Review review 2026-11-20
review of 11-20 ⇒ Review review 11-20
复盘 11月20日 ⇒ Review review 11-20
review @bob ⇒ Review review @bob
复盘 <U1> ⇒ Review review <U1>
review KR1.2 ⇒ ReviewOne review KR1.2
复盘KR1.2 ⇒ ReviewOne review KR1.2
review fill in ⇒ ReviewOne review fill in
复盘 填写 ⇒ ReviewOne review fill in
review KR1.2 insight call early ⇒ ReviewOne review KR1.2 insight text="call early"
review KR1.2: lesson: call early ⇒ ReviewOne review KR1.2 insight text="call early"
复盘 KR1.2 总结经验：早点打电话 ⇒ ReviewOne review KR1.2 insight text="早点打电话"
复盘 KR1.2 经验 早点打电话 ⇒ ReviewOne review KR1.2 insight text="早点打电话"
复盘KR1.2的结果：不错 ⇒ ReviewOne review KR1.2 result text="不错"
review KR1.2 result: was great ⇒ ReviewOne review KR1.2 result text="was great"
review KR1.2 will change management style ⇒ ReviewOne review KR1.2 change text="management style"
review KR1.2 insight should have called early ⇒ ReviewOne review KR1.2 insight text="should have called early"
review KR1.2 change   the plan ⇒ ReviewOne review KR1.2 change text="the plan"
review KR1.2 will change call <U1> by Friday ⇒ ReviewOne review KR1.2 change text="call <U1> by Friday"
复盘 KR1.2 改进 周五前联系银行 ⇒ ReviewOne review KR1.2 change text="周五前联系银行"
review KR1.2 confidence 7 ⇒ ReviewOne review KR1.2 confidence text="7"
review 2026-11-20 KR1.2 result all done ⇒ ReviewOne review 2026-11-20 KR1.2 result text="all done"
review close ⇒ CloseReview review close
close review ⇒ CloseReview review close
复盘 完成 ⇒ CloseReview review close
完成复盘 ⇒ CloseReview review close
review close as drafted ⇒ CloseReview review close as drafted
复盘 完成 按草稿 ⇒ CloseReview review close as drafted
review reopen ⇒ ReopenReview review reopen
重开复盘 ⇒ ReopenReview review reopen
复盘 重开 ⇒ ReopenReview review reopen
review 2026-11-20 reopen ⇒ ReopenReview review 2026-11-20 reopen
reviewed the contract ⇒ prose[][]
review meeting with sales ⇒ prose[][]
review on Friday with Bob ⇒ prose[][]
review KR1.2 with Bob ⇒ prose[][KR1.2]
review KR1.2 result was great ⇒ prose[][KR1.2]
review KR1.2 result   looks good ⇒ prose[][KR1.2]
review KR1.2 insight shows that we were late ⇒ prose[][KR1.2]
review KR1.2 change management is hard ⇒ prose[][KR1.2]
review KR1.2 change  management is hard ⇒ prose[][KR1.2]
review KR1.2 change will take time ⇒ prose[][KR1.2]
复盘 KR1.2 经验早点打电话 ⇒ prose[][KR1.2]
复盘 KR1.2 总结得很好 ⇒ prose[][KR1.2]
复盘 KR1.2 分析了一下 ⇒ prose[][KR1.2]
复盘KR1.2的结果不错 ⇒ prose[][KR1.2]
review done ⇒ prose[][]
复盘一下 ⇒ prose[][]
复盘会议开完了 ⇒ prose[][]
"""
