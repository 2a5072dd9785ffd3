"""What the sample company learnt on the way: said in its ten-day reviews, by whom, of which of their key results."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Learnt:
    """One insight of one review. period: which of the cycle's, counted from 0. change: what will be done otherwise, "" for nothing."""

    user: str
    period: int
    number: int
    insight: str
    change: str = ""


LEARNT = (
    Learnt("maya", 1, 1, "pilots close faster when procurement joins the first call", "bring procurement to the first call @sofia"),
    Learnt("maya", 3, 3, "the annex on data is what takes the two weeks", "ask for a standard annex @林溪 by next Friday"),
    Learnt("tom", 2, 1, "the QR code on the box beats any e-mail", "put the QR code on the meter itself @wang"),
    Learnt("sofia", 2, 1, "resellers start when they see a margin, not a brochure"),
    Learnt("priya", 1, 1, "half of the gaps come from one firmware version", "list the meters on the old version @wang"),
    Learnt("chen", 1, 1, "先在弱网省份灰度，问题暴露得最早", "把灰度名单改成弱网优先 @王若兰"),
    Learnt("chen", 3, 3, "返修大半来自同一批电池，先换料比先改固件快", "和供应商定召回名单 @赵启明 下周五前"),
    Learnt("wang", 2, 2, "误报集中在低温，样本不够时先别加规则"),
    Learnt("zhao", 2, 1, "第二家供应商要在旺季前两个月就下小单", "给第三家芯片供应商发询价"),
    Learnt("lin", 2, 3, "续约谈得早，价格就不是问题", "十二月初约三家老客户见面"),
)
