"""The words by which the coach knows work, business as usual, leading and lagging numbers. English and 中文."""

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
_LEADING_WORDS = re.compile(r"^(?:(?:we|i)\s+(?:will\s+)?|to\s+|the\s+team\s+(?:will\s+)?)", re.IGNORECASE)
_OUTPUT_EN = (
    "launch|build|implement|ship|release|deploy|roll ?out|set ?up|create|design|develop|deliver|write|publish|draft|prepare|plan|hold|host"
    "|run|organi[sz]e|conduct|complete|finish|finali[sz]e|migrate|refactor|redesign|rewrite|integrate|install|introduce|establish|document|test"
    "|investigate|explore|evaluate|define|upgrade|automate|attend|present|schedule|train|start"
)
_EFFORT_EN = (
    "consult|help|analy[sz]e|participate|support|assist|work on|focus on|collaborate|coordinate|manage|handle|improve|optimi[sz]e|enhance"
    "|strengthen|continue|promote|drive|research|review|monitor|discuss|align|communicate|ensure|look into|contribute"
)
_FORM_EN = r"(?:e?s|e?d|ing)?\b"
OUTPUT_EN = re.compile(rf"(?:{_OUTPUT_EN}){_FORM_EN}", re.IGNORECASE)
EFFORT_EN = re.compile(rf"(?:{_EFFORT_EN}){_FORM_EN}", re.IGNORECASE)
_WORK_ZH = re.compile(
    r"推进|负责|完成|参与|协助|梳理|优化|持续|加强|开展|组织|落实|配合|推动|建设|搭建|上线|发布|制定|编写|撰写|调研|跟进|支持|实施|启动|举办|设计|开发|重构|迁移"
    r"|完善|改进|提升|提高|做好|整理|输出|建立|探索|研究|规划|准备|培训|对接|交付|改善|打造|深化|强化|引入|接入|升级"
)
_LAUNCH = re.compile(
    r"(?:launch|ship|release|roll ?out|deploy|build|create|introduce|develop|publish)|.{0,10}?(?:上线|发布|推出|搭建|建设|开发|建立|交付)",
    re.IGNORECASE,
)
USUAL = re.compile(
    r"\b(?:maintain|continue|keep (?:doing|up|on|running|going)|ongoing|business as usual|bau|day[- ]to[- ]day|as usual|carry on|sustain)\b"
    r"|继续|维持|日常|照常|做好.{0,6}工作|保持.{0,8}(?:运转|运行|稳定|现状)|常规",
    re.IGNORECASE,
)
LAGGING = re.compile(
    r"\b(?:revenue|profit|margin|mrr|arr|churn|retention|sales|market share|gmv|nps|renewal|attrition|ebitda|bookings)\b"
    r"|营收|收入|利润|毛利|流失|留存|续约|续费|满意度|份额|销售额|业绩|离职率|回款|NPS|GMV",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b(?:demos?|trials?|calls?|visits?|sign-?ups?|leads?|activation|activated|response time|reply time|weekly|daily|pipeline|interviews?"
    r"|onboard\w*|set-?up|conversion|usage|active|latency|lead time|deploys?|experiments?|coverage)\b"
    r"|试用|拜访|线索|注册|活跃|激活|响应|转化|日活|周活|使用率|覆盖|访谈|演示|商机|时长|周期|实验",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![A-Za-z0-9_.-])[¥$€£]?[0-9]+(?:[.,][0-9]+)*\s?(?:%|万|亿|[kKmM](?![A-Za-z]))?(?![A-Za-z0-9])")
YEAR = re.compile(r"20[0-9]{2}\s?年?(?![0-9%])|Q[1-4]|[HQ][1-4]|[0-9]{1,2}\s?月|[一二三四]季度")
NUMBER_CLAUSE = re.compile(
    r"\s*(?:\b(?:by|to|from|at least|over|of|under|below|above)\b|从|到|至|达到?|超过|不低于|增长|提升到?|降低|减少|≥|<=|>=|≤)?\s*"
    + NUMBER.pattern
    + r"\s*(?:个百分点|users|customers|家|个|名|元|美元)?",
    re.IGNORECASE,
)
BASELINE_ASKED = re.compile(
    r"\b(?:increas|grow|rais|improv|boost|lift|expand|reduc|decreas|lower|cut|shorten|drop|reach|achiev|hit|get|bring)\w*"
    r"|提升|提高|增长|增加|上升|降低|下降|减少|缩短|降至|降到|达到|优化",
    re.IGNORECASE,
)


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese: a CJK character decides, as English texts hold none."""
    return bool(_HAN.search(text))


def is_work(title: str) -> bool:
    """Whether a key result begins with something to do rather than something that changes."""
    bare = _LEADING_WORDS.sub("", title.strip())
    if is_chinese(bare):
        return bool(_WORK_ZH.search(bare[:14]))
    return bool(OUTPUT_EN.match(bare) or EFFORT_EN.match(bare))


def is_output(title: str) -> bool:
    """Whether an English text begins with a verb of delivery: launch, build, hold."""
    bare = _LEADING_WORDS.sub("", title.strip())
    return not is_chinese(bare) and bool(OUTPUT_EN.match(bare))


def makes_new(title: str) -> bool:
    """Whether something is made that was not there before, so that its use begins at 0."""
    return bool(_LAUNCH.match(_LEADING_WORDS.sub("", title.strip())))


def has_number(title: str) -> bool:
    """Whether a title holds an amount; years, quarters and months are none."""
    return bool(NUMBER.search(YEAR.sub(" ", title)))
