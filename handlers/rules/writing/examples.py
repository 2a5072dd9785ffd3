"""Better examples out of the writer's own words; blanks are `__`, because a number of ours would be a lie."""

import re
from datetime import date

from handlers.rules.writing import vocabulary

_TOPICS_EN = (
    (r"onboard|set-?up", "new users who finish set-up"),
    (r"latency|speed|fast|performance|response|load", "p95 response time"),
    (r"bug|quality|defect|stab|reliab|incident", "problems that customers report per week"),
    (r"customer|experience|satisf|delight|nps|support", "NPS"),
    (r"train|workshop|course|coach|enable", "people who use it at work a month later"),
    (r"hir|recruit|candidate", "open roles filled"),
    (r"doc|wiki|guide|handbook|faq", "questions answered without a ticket"),
    (r"secur|audit|complian", "open critical findings"),
    (r"sales|pipeline|lead|outbound|deal", "qualified leads per week"),
    (r"website|landing|seo|content|blog|brand|marketing|campaign", "visitors who sign up"),
    (r"cost|spend|budget|cloud|infra", "cost per month"),
    (r"meeting|team|culture|engagement", "people who would recommend the team"),
    (r"process|workflow|pipeline|ci\b|deploy|migrat|refactor|automat", "days from start to done"),
    (r"app\b|product|platform|feature|tool|portal|dashboard|service|system|api|version|beta|mvp", "weekly active users"),
)
_TOPICS_ZH = (
    (r"新手|入职|引导|上手", "完成首次设置的新用户占比"),
    (r"性能|速度|响应|延迟|卡顿", "平均响应时间"),
    (r"质量|缺陷|稳定|故障|bug", "客户反馈的问题数"),
    (r"客户|用户体验|体验|满意|服务", "NPS"),
    (r"培训|课程|分享|赋能", "一个月后能独立上手的人数"),
    (r"招聘|人才|招人", "到岗人数"),
    (r"文档|知识库|手册|规范", "自助解决的问题占比"),
    (r"安全|合规|审计", "未关闭的高危问题数"),
    (r"销售|线索|渠道|商机|签约", "每周有效线索数"),
    (r"品牌|市场|内容|推广|官网|活动", "自然注册用户数"),
    (r"成本|费用|预算|云资源", "每月成本"),
    (r"团队|文化|协作|沟通", "愿意推荐本团队的同事占比"),
    (r"流程|机制|效率|制度|自动化|迁移|重构", "平均处理时长"),
    (r"系统|平台|产品|功能|版本|小程序|应用|app|工具|看板|网站", "周活跃用户数"),
)


def measured(title: str, due: date | None = None) -> str:
    """The title with a number to fill in: what would change, from where to where."""
    chinese = vocabulary.is_chinese(title)
    topic = _topic(title, _TOPICS_ZH if chinese else _TOPICS_EN)
    start = "0" if vocabulary.makes_new(title) else "__"
    if chinese:
        day = f"，{due:%Y-%m-%d} 前" if due else ""
        return f"{_bare(title)}：{topic} 从 {start} 到 __{day}"
    return f"{_bare(title)}: {topic} from {start} to __" + (f" by {due:%Y-%m-%d}" if due else "")


def _topic(title: str, topics: tuple[tuple[str, str], ...]) -> str:
    return next((words for pattern, words in topics if re.search(pattern, title, re.IGNORECASE)), "__")


def _bare(title: str) -> str:
    return title.strip().rstrip(" .。;；,，:：")


def in_language(title: str, english: str, chinese: str) -> str:
    """The pattern of the title's language, filled with the title."""
    return (chinese if vocabulary.is_chinese(title) else english).format(title=_bare(title))


def with_baseline(title: str) -> str:
    """The title with a blank for where the number stands today."""
    return in_language(title, "{title} (currently __)", "{title}（目前 __）")


def without_number(title: str) -> str:
    """The objective in words, its number moved to a key result."""
    bare = _bare(vocabulary.NUMBER_CLAUSE.sub(" ", title)).strip()
    bare = re.sub(r"\s+", " ", bare) or "__"
    return in_language(title, f"O: {_escaped(bare)} – KR: {{title}}", f"O：{_escaped(bare)}；KR：{{title}}")


def shorter(title: str) -> str:
    """The first clause as the objective, the rest as its why."""
    first, _, rest = _clause(title)
    return in_language(
        title, f"O: {_escaped(first)} – why: {_escaped(rest or '__')}", f"O：{_escaped(first)}；意义：{_escaped(rest or '__')}"
    )


def _clause(title: str) -> tuple[str, str, str]:
    found = re.search(
        r"[,，;；:：。]|\s[-–—]\s|\s(?:so that|because|in order to|by|and|while|through|to)\s|，?(?:以便|从而|通过|并且)", title[6:]
    )
    if not found:
        return title, "", ""
    at = found.start() + 6
    return title[:at].strip(), title[at : found.end() + 6], title[at:].strip(" ,，;；:：。-–—")


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
