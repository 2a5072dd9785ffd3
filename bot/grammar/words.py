"""The words of the commands in both languages, and the words that are no team's name; what they do is elsewhere."""

# Built commands: canonical English word → everything people may type for it.
BUILT = {
    "help": ("help", "帮助"),
    "mine": ("mine", "list", "my okrs", "my okr", "我的okr", "我的目标", "我的"),
    "show": ("show", "查看", "看"),
    "history": ("history", "历史"),
    "new": ("new", "新建"),
    "edit": ("edit", "编辑", "调整"),
    "publish": ("publish", "发布"),
    "discard": ("discard", "弃稿"),
    "daily": ("daily", "日报"),
    "checkin": ("checkin", "check-in", "check in", "进展", "更新", "打卡", "日报"),
    "correct": ("correct", "更正"),
    "undo": ("undo", "撤销", "撤回"),
    "ask": ("help", "求助"),
    "accept": ("accept", "接受"),
    "decline": ("decline", "婉拒"),
    "answer": ("answer", "回复"),
    "note": ("note", "记下"),
    "language": ("language", "lang", "语言"),
    "timezone": ("timezone", "time zone", "时区"),
    "run": ("run",),
    "add": ("add kr", "add a kr", "add key result", "加kr", "加关键结果"),
    "weight": ("weight", "权重"),
    "drop": ("drop", "终止"),
    "close": ("close", "结束"),
    "reopen": ("reopen", "重开"),
    "transfer": ("transfer", "移交"),
    "private": ("private", "私密"),
    "public": ("public", "公开"),
    "rhythm": ("rhythm", "频率", "更新频率"),
    "team": ("team", "团队"),
    "teams": ("teams", "团队列表", "所有团队"),
    "company": ("company", "公司"),
    "lead": ("lead of", "my lead", "i report to", "我的主管", "主管"),
    "cycles": ("cycles", "cycle", "周期"),
    "share": ("share", "分享", "请"),
    "comment": ("comment", "评论"),
    "comments": ("comments", "查看评论", "评论列表"),
    "resolve": ("resolve", "resolved", "解决", "已解决"),
    "settings": ("settings", "设置"),
    "remind": ("remind me", "remind", "ask me", "提醒时间改为", "提醒时间改成", "提醒时间", "提醒我", "提醒"),
    "workdays": ("workdays", "work days", "working days", "my workdays", "i work",
                 "工作日", "我的工作日", "大小周", "单双休", "单休", "双休"),
    "country": ("country", "my country", "public holidays", "holidays", "国家", "节假日"),
    "away": ("away", "ooo", "out of office", "on leave", "on vacation", "on holiday", "on pto", "pto", "day off",
             "sick leave", "sick day", "out sick", "sick",
             "请假", "病假", "事假", "年假", "休假", "调休"),
    "back": ("back", "销假", "我回来了", "回来了"),
    "quiet": ("quiet hours", "quiet", "do not disturb", "dnd", "免打扰", "勿扰"),
    "skip": ("skip", "跳过", "略过", "今天跳过", "今日跳过"),
    "same": ("same", "nothing new", "no change", "no changes", "no update", "no updates", "no news", "nothing to report",
             "同上", "没有新进展", "无新进展", "没新进展", "无变化", "没变化", "没有变化", "没有更新", "无更新", "暂无更新",
             "无进展", "没进展", "没有进展", "暂无进展", "同昨天", "和昨天一样", "跟昨天一样"),
    "snooze": ("snooze", "later", "稍后", "晚点", "一会儿", "过会儿", "过一会儿", "等会儿", "待会儿"),
    "why": ("why", "为什么", "为啥"),
    "mute": ("mute", "unmute", "静音", "取消静音", "解除静音", "关闭静音"),
    "my week": ("my week", "my last week", "weekly report", "my weekly report", "周报", "我的周报", "本周周报", "上周周报", "上周的周报"),
    "my cycle": ("my cycle", "my quarter", "我的季度", "我的周期"),
    "agenda": ("agenda", "周会", "周会议程", "议程"),
    "decision": ("decision", "decided", "决定", "决议"),
    "coach": ("coach", "line coach", "教练"),
    "actions": ("actions", "action items", "action item", "action", "my actions", "todos", "todo", "to-dos", "to-do",
                "待办", "待办事项", "待办列表", "我的待办", "新建待办", "添加待办", "加待办", "行动项", "我的行动项", "新建行动项"),
    "done": ("done",),
    "notmine": ("not mine", "不是我的"),
    "score": ("score", "scores", "打分", "评分"),
    "lesson": ("lesson", "经验", "教训"),
    "closing": ("close cycle", "close the cycle", "结束周期", "close", "结束"),
    "carry": ("carry over", "carry", "沿用", "结转"),
    "form": ("form",),
    "fill": ("fill",),
    # last, because `review` alone is another command: here a cycle follows it
    "quarter": ("review cycle", "review the cycle", "cycle review", "quarterly review", "季度复盘", "周期复盘", "review", "retro", "复盘"),
}  # fmt: skip

# What our own forms and buttons carry and nobody types.
OURS = ("run", "form", "fill")

# The forms there are: `form NAME …`; any other name is a sentence that begins with "form".
FORMS = ("objective", "key_result", "day", "because", "answer", "comment", "settings", "scores", "lesson", "closing", "carry")

# Promised and not built yet.
PROMISED = {
    "review": ("review", "retro", "复盘"),
    "digest": ("digest", "简报"),
    "gaps": ("gaps", "待完善"),
    "board": ("board", "数据看板", "看板"),
    "align": ("align", "对齐", "承接", "支撑"),
    "map": ("map", "对齐图"),
    "follow": ("follow", "关注"),
    "unfollow": ("unfollow", "取消关注"),
    "find": ("find", "search", "找", "搜索"),
    "refocus": ("refocus", "重新聚焦"),
    "import": ("import", "导入"),
}  # fmt: skip

# Words that stand before a reference in sentences, so they are no team's name there.
_SENTENCES = """
a about actual actually after again all almost already also although an and another any are as at back be because been before but by can
check close closed completed could current currently dear did do does done due each either every except finally finish fixed for from fyi
get getting go goal good got great had has have hello her here hey hi his hit hopefully how however i if in instead into is it its just
last later let lets like look maybe me metric might missed my near nearly need next no nope not note now of off ok okay on one only or our
out over per please plus progress pushed ran re reach regarding reply right see should sent since so some sorry status still sure task than
thanks that the their them then there these they this though today todo together tomorrow too towards under until up update updated updates
us very via vs was we well were what when where which while who will with without would yes yesterday yet you your kr o okr okrs objective
key result version v
我 我们 我的 你 你的 他 她 它 大家 今天 昨天 明天 本周 上周 下周 目前 现在 当前 关于 对于 针对 其中 另外
还有 以及 但是 但 所以 因为 如果
由于 已经 已 请 请问 把 将 给 让 在 对 和 与 跟 及 是 的 这个 那个 这 那 完成 达成 刚 刚刚 终于
继续 推进 推动 完善 关键结果 目标 补 好的 收到 感谢 谢谢 你好 进度 状态 注 附
"""
SENTENCE_WORDS = frozenset(_SENTENCES.split())
NOT_A_TEAM = SENTENCE_WORDS | {w for table in (BUILT, PROMISED) for words in table.values() for w in words}
TEAM_WORDS = ("team", "团队")
COMPANY_WORDS = ("company", "公司")


def canonical(word: str) -> str:
    """The English command word for what was typed, "" when it is none."""
    typed = word.strip().lower()
    tables = (BUILT, PROMISED)
    return next((name for table in tables for name, words in table.items() if typed in words or typed == name.lower()), "")
