"""The words around a number that say what it is to the key result: from, to, by, at least, keep. English and 中文."""

import re

_ABOUT = r"(?:\s*(?:at least|at most|about|around|roughly|over|under|below|above|more than|less than|≥|>=|≤|<=|~|约|大约|左右))?"
_RISE_ZH = "提升|提高|增长|增加|上升|上涨|扩大|拉升|改善|优化|做|涨|升"
_FALL_ZH = "降低|下降|减少|缩短|压缩|压降|缩减|节省|节约|收窄|降|减"

RISING = re.compile(rf"(?i:\b(?:increas|grow|rais|improv|boost|lift|expand|gain|up\b|ris)\w*)|{_RISE_ZH}")
FALLING = re.compile(
    r"(?i:\b(?:reduc|decreas|lower|cut|shrink|shorten|drop|minimi[sz]|halv|bring down|slash|trim|less\b|fewer\b)\w*)"
    rf"|{_FALL_ZH}|控制在"
)
KEEPING = re.compile(r"(?i:\b(?:keep|maintain|hold|sustain|stay|remain)(?:s|ing)?\b)|保持|维持|稳定在|守住|保住")

FROM = re.compile(r"(?:(?i:\bfrom)|从|由|自)(?:[^,;，；。]{0,14})?$")
ARROW = re.compile(r"[^,;，；。→>]{0,20}?\s*(?:→|⟶|➔|➜|⇒|➡️?|-{1,2}>|={1,2}>|~>|>>)\s*[^0-9]{0,2}$")
TO = re.compile(rf"[^,;；。]{{0,40}}?,?\s*\b(?i:up to|down to|to){_ABOUT}\s*$")
TO_ZH = re.compile(rf"[^;；。]{{0,14}}?(?P<verb>{_RISE_ZH}|{_FALL_ZH})?\s*(?:到了?|至|为|成|达到){_ABOUT}\s*$")
BARE_TO_ZH = re.compile(r"\s*(?:到|至)\s*$")
BACK_FROM = re.compile(
    r"[^;；。0-9]{0,20}?[,，]?\s*[(\[]?\s*(?:(?i:up from|down from|from|currently|current|now|was|today|baseline|against|vs\.?)"
    r"|由|从|起始值?|基线|当前|目前|现状|现在|现为|原为|原来|上季度|去年)\s*(?:(?i:of|is|at|value)|为|是|值)?\s*:?\s*$"
)
AT_PRESENT = re.compile(
    r"(?:(?i:currently|current|baseline|today|now|start)|当前|目前|现状|现在|基线|起始值?)\s*(?:值|为|是|(?i:of|is|at))?\s*:?\s*$"
)
TARGETING = re.compile(r"(?:\s*[,，;；]?\s*|.{0,12}[,，]\s*)(?:(?i:target(?:ing)?|goal)|目标值?)\s*(?:为|是|(?i:of|is|at))?\s*:?\s*$")

BY = re.compile(r"(?i:\bby)\s*(?:(?i:at least|about|around|over|another)\s*)?$")
BY_ZH = re.compile(
    rf"(?:(?:同比|环比)?(?P<up>提升|提高|增长|增加|上升|上涨|扩大|涨)|(?P<down>{_FALL_ZH}))\s*(?:了|约|幅度|超过|至少|不低于|不少于|≥|>=|>)?\s*$"
)
BY_AFTER = re.compile(
    r"\s+(?i:(?P<down>reduction|decrease|drop|decline|cut|fewer|less|lower|saving|faster)|(?P<up>increase|growth|improvement|more|higher|uplift|lift))\b"
)
FLOOR = re.compile(
    r"(?:≥|>=|⩾|>|不低于|不少于|不小于|至少|(?<!不)(?:超过|高于|大于|多于)|达到?|突破|完成|实现|保底|下限"
    r"|(?i:\bat least|\bno (?:less|lower|fewer) than|(?<!no )\bmore than"
    r"|\bover|(?<!not )\babove|\breach(?:es|ing)?|\bexceed(?:s|ing)?|\bhit|\bachieve|\battain|\bmin(?:imum)?"
    r"|\bnot below))\s*(?::|(?i:of|about)|约)?\s*$"
)
CEILING = re.compile(
    r"(?:≤|<=|⩽|<|不超过|不高于|不大于|不多于|至多|最多|(?<!不)(?:低于|小于|少于)|控制在|上限"
    r"|(?i:\bat most|\bno (?:more|higher|greater) than|(?<!not )\bbelow"
    r"|\bunder|(?<!no )\bless than|(?<!no )\bfewer than|\bmax(?:imum)?|\bnot (?:above|exceed(?:ing)?)"
    r"|\bwithin))\s*(?::|(?i:of|about)|约)?\s*$"
)
TO_ALONE = re.compile(rf"(?i:\bto){_ABOUT}\s*$")
TO_ALONE_ZH = re.compile(rf"(?P<verb>{_RISE_ZH}|{_FALL_ZH}|稳定|保持|维持)?(?:到|至|为|成|在){_ABOUT}\s*$")
FLOOR_AFTER = re.compile(r"\s*(?:以上|及以上|\+|(?i:or (?:more|above|higher|better)))")
CEILING_AFTER = re.compile(r"\s*(?:以内|以下|之内|(?i:or (?:less|fewer|below|lower)))")

RANGE_BEFORE = re.compile(
    r"(?i:\b(?:hire|sign|run|hold|interview|launch|ship|visit|onboard|close|recruit|publish|host|every|deliver|add|within|in|of|do|between|with))\s*$"
    r"|(?:招聘?|新增|签约?|举办|组织|完成|上线|发布|每[周天月季年]?|约|访谈|拜访)\s*$"
)
ORDINAL_BEFORE = re.compile(
    r"(?i:\b(?:top|no\.?|version|week|phase|level|tier|series|sprint|batch|step|stage|day|round|chapter|part|release|iso|sla|act)\s?|#)$|第$|(?<![目当])前$"
)
ASIDE_BEFORE = re.compile(
    r"(?i:\b(?:across|for|with|in|among|between|per|each|every|on|of|last|past|next|after|the|first|within|to|over|at|during)\s)$|每|(?<![目当])前$|[/／]$"
)
PART_AFTER = re.compile(
    r"\s?(?:年|季度|月份|期|版|代|级|楼|[-‑](?i:day|week|month|year|hour|minute|person|star|tier|page|point)|内|之?前|之?后|年度|周年|[:.]0)"
)
SHARE_AFTER = re.compile(r"\s*/\s*[0-9]+")
WORDED = re.compile(r"(?i:\b(?:double[ds]?|triple[ds]?|halve[ds]?|quadruple[ds]?|twice)\b)|翻[一两三]?[倍番]|减半|翻[两三]番")
VAGUE = re.compile(r"(?<![0-9A-Za-z./-])[0-9]{1,6}(?:\.[0-9]{1,4})?%?\s?[-–~/]\s?[0-9]{1,6}(?:\.[0-9]{1,4})?%?(?![0-9A-Za-z./-])")
DURATION = re.compile(r"(?i:days?|weeks?|months?|hours?|hrs?|h|minutes?|mins?|min|years?)|天|小时|个小时|分钟|周|个月|月|年")

CURRENCIES = frozenset(
    [
        "¥",
        "$",
        "€",
        "£",
        "₩",
        "₹",
        "US$",
        "HK$",
        "NT$",
        "A$",
        "C$",
        "S$",
        "CNY",
        "RMB",
        "USD",
        "EUR",
        "GBP",
        "HKD",
        "JPY",
        "SGD",
        "TWD",
        "KRW",
        "INR",
        "AUD",
        "CAD",
        "CHF",
        "元",
        "人民币",
        "美元",
        "美金",
        "欧元",
        "港币",
        "港元",
        "日元",
        "英镑",
        "块钱",
        "块",
        "dollars",
        "dollar",
        "euros",
        "euro",
        "yuan",
        "pounds",
    ]
)
POINTS = frozenset(["个百分点", "个点", "pp", "percentage_points", "bps"]) | {"percentage points", "percentage point"}
MULTIPLES = frozenset({"x", "X", "倍"})
MINUTES = {
    "minute": 1, "min": 1, "分钟": 1, "hour": 60, "hr": 60, "h": 60, "小时": 60, "个小时": 60, "day": 1440, "天": 1440, "week": 10080,
    "周": 10080, "month": 43200, "月": 43200, "个月": 43200,
}  # fmt: skip
