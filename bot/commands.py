"""Everything a person can ask for: one frozen dataclass each. Read this file first.

The grammar makes these out of text and nothing else: it knows no member, no key result and no date of today, so whatever
depends on them is kept as it was said (a `When`, a `Quantity` with its readings) and is settled by the handler.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["committed", "aspirational"]
Metric = Literal["number", "percent", "currency", "done", "stages"]
Direction = Literal["up", "down", "keep"]
Bound = Literal["min", "max"]


# ---------------------------------------------------------------- parts of a command


@dataclass(frozen=True)
class Who:
    """A person as named: by platform id in a mention (`user`), by our id (`member`, "m12"), by a typed name (`name`)."""

    by: Literal["user", "member", "name"]
    value: str


@dataclass(frozen=True)
class Named:
    """A team by its name, or the company (name "")."""

    name: str


@dataclass(frozen=True)
class Ref:
    """What is meant: `O1` is objective 1; `KR1.2` both; a bare `KR2` key_result alone; `#k12` / `#o5` an id ("k12").

    owner: None is the speaker; cycle: "" is the running one, else its name ("2027Q1").
    """

    objective: int | None = None
    key_result: int | None = None
    id: str = ""
    owner: Who | Named | None = None
    cycle: str = ""


@dataclass(frozen=True)
class When:
    """A day as it was said. `bot.grammar.dates` makes a date of it once today is known.

    date: year, month, day · month_day: month, day · day: day (20号) · weekday: n 0–6 for Monday–Sunday, shift -1/0/1 for
    last, this or unsaid, next · days: shift from today (-1 yesterday) · month_end: month (None: the running one) ·
    cycle_end.
    """

    kind: Literal["date", "month_day", "day", "weekday", "days", "month_end", "cycle_end"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    n: int | None = None
    shift: int = 0

    @classmethod
    def on(cls, day: date) -> "When":
        """The day itself."""
        return cls("date", day.year, day.month, day.day)


@dataclass(frozen=True)
class Quantity:
    """A number as typed. readings: what it can mean, the likelier first ("3.400" is 3.4 or 3400; nearly always one).

    unit: "%", a currency sign or code as typed ("¥", "USD"), a counter ("个", "users"), or "". scaled: 万, 亿, k, M were used.
    """

    raw: str
    readings: tuple[Decimal, ...]
    unit: str = ""
    scaled: bool = False

    @property
    def value(self) -> Decimal:
        """The likeliest reading."""
        return self.readings[0]


@dataclass(frozen=True)
class Value:
    """What a check-in line says of the value.

    set: quantity is the new value · add: quantity is the signed change · done: all of it ·
    fraction: quantity out of `of` ("3/10") · stage: the stage named `stage` is done.
    came_from: the first number of `40→45`.
    """

    kind: Literal["set", "add", "done", "fraction", "stage"]
    quantity: Quantity | None = None
    of: Quantity | None = None
    came_from: Quantity | None = None
    stage: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a check-in. ref None: the day's own line. confidence 0–10.

    loose: `6/10` stood alone, so it may be a fraction or a confidence (value then holds the fraction; asked).
    people: everybody mentioned in the line, in order, also those inside note and blocker.
    """

    ref: Ref | None
    value: Value | None = None
    confidence: int | None = None
    loose: bool = False
    note: str = ""
    blocker: str = ""
    plan: str = ""
    people: tuple[Who, ...] = ()
    on: When | None = None
    raw: str = field(default="", compare=False)


@dataclass(frozen=True)
class StageText:
    """One stage of a staged key result; weight 0–1 or None when none was said."""

    title: str
    weight: Decimal | None = None
    owner: Who | None = None
    due: When | None = None


@dataclass(frozen=True)
class KeyResultText:
    """A key result as understood from text. The metric's words stay in the title; weight, due and owner are taken out.

    start None: not said. target None: no number was found (metric `done` then means done or not). bound: of a guardrail
    and of `keep`, whether target is a floor (`min`) or a ceiling (`max`).
    unclear: pieces that could be read two ways or not at all; they stay in the title and are pointed out.
    """

    title: str
    metric: Metric = "done"
    unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None
    direction: Direction = "up"
    bound: Bound = "min"
    guardrail: bool = False
    weight: Decimal | None = None
    due: When | None = None
    owner: Who | None = None
    collaborators: tuple[Who, ...] = ()
    stages: tuple[StageText, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObjectiveText:
    """An objective as understood from text. title "" when only key results were given."""

    title: str
    key_results: tuple[KeyResultText, ...] = ()
    why: str = ""
    kind: Kind | None = None
    weight: Decimal | None = None
    due: When | None = None
    collaborators: tuple[Who, ...] = ()
    unclear: tuple[str, ...] = ()


# ---------------------------------------------------------------- commands


@dataclass(frozen=True)
class Help:
    """`help`, `help checkin`: topic "" or a name of `bot.grammar.shapes.TOPICS`."""

    topic: str = ""


@dataclass(frozen=True)
class Mine:
    """`mine`, `list`, and Tenday called with nothing at all (due: say what is due as well)."""

    cycle: str = ""
    due: bool = False


@dataclass(frozen=True)
class ShowPerson:
    """`@a`: somebody's published OKRs."""

    who: Who
    cycle: str = ""


@dataclass(frozen=True)
class Show:
    """`O1`, `KR1.2`, `@a O1`: one card."""

    ref: Ref


@dataclass(frozen=True)
class History:
    """`history KR1.2`: every change of it."""

    ref: Ref


@dataclass(frozen=True)
class New:
    """`new O: …`: drafts. objectives (): the form. owner None is the speaker. text: as typed."""

    objectives: tuple[ObjectiveText, ...] = ()
    owner: Named | None = None
    cycle: str = ""
    text: str = ""


@dataclass(frozen=True)
class Edit:
    """`edit O1`, and `edit O1` with a whole OKR text behind it, which takes the draft's place."""

    ref: Ref
    objectives: tuple[ObjectiveText, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Publish:
    """`publish O1`; no reference: the only draft there is; `publish all`: every draft of one's own."""

    ref: Ref | None = None
    all: bool = False


@dataclass(frozen=True)
class Discard:
    """`discard O1`."""

    ref: Ref | None = None


@dataclass(frozen=True)
class CheckIn:
    """Check-in lines. lines (): `checkin` alone. certain False: read from prose or lines without a command word."""

    lines: tuple[Line, ...] = ()
    certain: bool = True
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class Correct:
    """`correct KR1.2 45`: mends the writer's last check-in on it, visibly."""

    line: Line


@dataclass(frozen=True)
class Undo:
    """`undo`; id "c91" (of a button) names the act."""

    id: str = ""


@dataclass(frozen=True)
class AskHelp:
    """`help KR1.2 @a TEXT`: a request to those named."""

    ref: Ref
    people: tuple[Who, ...]
    text: str


@dataclass(frozen=True)
class Accept:
    """`accept`: the request ("r7" from a button; "" is the only one open)."""

    id: str = ""


@dataclass(frozen=True)
class Decline:
    """`decline`."""

    id: str = ""


@dataclass(frozen=True)
class Answer:
    """`answer TEXT`; no text: asks for it."""

    id: str = ""
    text: str = ""


@dataclass(frozen=True)
class Language:
    """`language 中文`: "en" or "zh", or what was typed where it is neither."""

    locale: str


@dataclass(frozen=True)
class Timezone:
    """`timezone Asia/Shanghai`."""

    name: str


@dataclass(frozen=True)
class DayNote:
    """Keep a text as the day's note (`note TEXT`, and the button offered for prose that names no key result)."""

    text: str


@dataclass(frozen=True)
class Parked:
    """A button whose text was too long for a button: `run #p12` says it."""

    id: str


@dataclass(frozen=True)
class NotYet:
    """A command that is promised and not built; word: its English name."""

    word: str


@dataclass(frozen=True)
class Prose:
    """Nothing above. values: numbers in it that could be somebody's new value; refs: key results it names.

    nearest: the command word it comes nearest to ("" if none), for the answer's line to copy.
    """

    text: str
    values: tuple[Quantity, ...] = ()
    refs: tuple[Ref, ...] = ()
    nearest: str = ""


# ---------------------------------------------------------------- changing what is there


@dataclass(frozen=True)
class Change:
    """`edit KR1.2 target 70 because WHY`: one field of an objective or a key result. value: as typed; reason "" when none was said.

    field: title, why, kind, due (both) · cycle (a draft's) · target, start, unit, metric, stages, bound, guardrail (key results) · weight.
    """

    ref: Ref
    field: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class AddKeyResult:
    """`add KR to O1: …`; ref None: the only objective that can be meant. key_results (): asks for the text. text: as typed."""

    ref: Ref | None
    key_results: tuple[KeyResultText, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Weigh:
    """`weight KR1.1 40 KR1.2 60`: shares of 100; what is not named shares what is left."""

    weights: tuple[tuple[Ref, Decimal], ...]


@dataclass(frozen=True)
class Drop:
    """`drop O1 because WHY`, also a key result."""

    ref: Ref
    reason: str = ""


@dataclass(frozen=True)
class Close:
    """`close O1`."""

    ref: Ref


@dataclass(frozen=True)
class Reopen:
    """`reopen O1`: what was closed or dropped counts again."""

    ref: Ref


@dataclass(frozen=True)
class Transfer:
    """`transfer O1 to @a` (also a key result): they own it once they accept. to a team or the company: Named."""

    ref: Ref
    to: Who | Named


@dataclass(frozen=True)
class Rhythm:
    """`rhythm KR1.2 monthly`: days between two values asked for (1, 7, 10, 14, 30)."""

    ref: Ref
    days: int


@dataclass(frozen=True)
class Hide:
    """`private O1`."""

    ref: Ref


@dataclass(frozen=True)
class Reveal:
    """`public O1`."""

    ref: Ref


# ---------------------------------------------------------------- teams, the company, cycles


@dataclass(frozen=True)
class ShowTeam:
    """`team 增长`, `company` (name ""): its objectives, and whose key results are in them."""

    team: Named
    cycle: str = ""


@dataclass(frozen=True)
class Teams:
    """`teams`: every team, with its lead and how many are in it."""


@dataclass(frozen=True)
class NewTeam:
    """`team new NAME lead @x members @a @b [channel #c | channel here]`.

    name "": none was said. channel: its name, "here" for where it was said.
    """

    name: str
    lead: Who | None = None
    members: tuple[Who, ...] = ()
    channel: str = ""


@dataclass(frozen=True)
class ChangeTeam:
    """`team NAME add @a` · remove · lead · rename NEW · channel #c (text "c", or "here") · dissolve · daily on (text "on", "off") ·
    review weekly (text "week", "two weeks", "ten days") · digest on."""

    team: Named
    what: Literal["add", "remove", "lead", "rename", "channel", "dissolve", "daily", "review", "digest"]
    people: tuple[Who, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class ReportsTo:
    """`lead of @a is @x`: whom a member's digests and private objectives concern. who None: the speaker; to None: nobody any more."""

    who: Who | None
    to: Who | None


@dataclass(frozen=True)
class Cycles:
    """`cycles`: which are open, and how they are cut."""


@dataclass(frozen=True)
class CutCycles:
    """`cycles two months`: how the cycles after the open ones are cut. length: quarter, two months, month, year."""

    length: Literal["quarter", "two months", "month", "year"]


@dataclass(frozen=True)
class OpenCycle:
    """`cycle H1 from 2027-01-01 to 2027-06-30`: a custom one."""

    name: str
    start: When
    end: When


# ---------------------------------------------------------------- drafts among colleagues


@dataclass(frozen=True)
class Share:
    """`share O1 @a`, `share O1 #channel`, `share O1 here`: those asked may read and comment a draft."""

    ref: Ref
    people: tuple[Who, ...] = ()
    channel: str = ""


@dataclass(frozen=True)
class Comment:
    """`comment KR1.2 TEXT`; text "": asks for it."""

    ref: Ref
    text: str = ""


@dataclass(frozen=True)
class Comments:
    """`comments O1`: the open ones, and those resolved."""

    ref: Ref


@dataclass(frozen=True)
class Resolve:
    """`resolve` a comment ("n7" from a button; "" the only one open)."""

    id: str = ""


# ---------------------------------------------------------------- the pulse: prompts, days off


@dataclass(frozen=True)
class Remind:
    """`remind me at 17:25`, `remind me off`, `remind me on`; alone it tells when. at: minutes since midnight. typed: what is no time."""

    at: int | None = None
    on: bool | None = None
    typed: str = ""


@dataclass(frozen=True)
class Workdays:
    """`workdays Mon-Thu`, `workdays Mon-Sat / Mon-Fri` (this week, next week, and so on), `大小周`, `workdays default`.

    days, other: weekdays of this week and of the next, Monday is 0; other (): every week is the same. week: where they differ, whether
    this one is `big` or `small`; "" of 大小周 alone, which does not say. days (): shows them. typed: "default", or what names no days.
    """

    days: tuple[int, ...] = ()
    other: tuple[int, ...] = ()
    week: Literal["", "big", "small"] = ""
    typed: str = ""


@dataclass(frozen=True)
class Country:
    """`country DE-BY`, `国家 中国`: whose public holidays are theirs. code: as typed ("" tells which it is; "default", "none")."""

    code: str = ""


@dataclass(frozen=True)
class Away:
    """`away until Friday` (that day included), `ooo for 3 days`, `away from 12-24 to 01-02`, `sick today`, `今天下午请假`; alone: asks.

    start None: today. days: workdays, the first one included. part: `am` or `pm` where only half a day was said. typed: what is no day.
    """

    start: When | None = None
    end: When | None = None
    days: int = 0
    part: Literal["", "am", "pm"] = ""
    typed: str = ""


@dataclass(frozen=True)
class Back:
    """`back`, `销假`: the leave that runs is over."""


@dataclass(frozen=True)
class Quiet:
    """`quiet 20:00-08:00`, `quiet off`: when nothing unasked comes. start, end: minutes since midnight. typed: what is no span."""

    start: int | None = None
    end: int | None = None
    off: bool = False
    typed: str = ""


@dataclass(frozen=True)
class Fill:
    """`fill #q12`: a prompt's form, from its button."""

    id: str = ""


@dataclass(frozen=True)
class Skip:
    """`skip`: nothing is said for this day. id: of a prompt ("q12"), "" for the one that is open."""

    id: str = ""


@dataclass(frozen=True)
class Same:
    """`same`: nothing new today; no value's date is renewed."""

    id: str = ""


@dataclass(frozen=True)
class Snooze:
    """`snooze 1h`, `snooze tomorrow`. minutes 0: tomorrow morning. typed: what is no span."""

    minutes: int = 60
    id: str = ""
    typed: str = ""


@dataclass(frozen=True)
class WhyAsked:
    """`why`: why did I get this?"""

    id: str = ""


@dataclass(frozen=True)
class Mute:
    """`mute`: nothing unasked any more; `unmute` takes it back."""

    on: bool = True


# ---------------------------------------------------------------- what leads read


@dataclass(frozen=True)
class Digest:
    """`digest`, `digest team NAME`, `digest week`, `digest 10 days`, `digest drift from 6`: what needs a lead, by exception.

    team: None for all whom one leads. part: one of its parts alone, "" all of it; start: from which line of the part on.
    """

    team: Named | None = None
    span: Literal["day", "week", "xun"] = "day"
    part: Literal["", "waiting", "needs", "drift", "quiet", "wins", "none"] = ""
    start: int = 1


@dataclass(frozen=True)
class DigestEvery:
    """`digest daily` · weekly · off: how often it comes by itself."""

    every: Literal["daily", "weekly", "off"]


@dataclass(frozen=True)
class Gaps:
    """`gaps`, `gaps team NAME`: what is missing, with the line that mends it. part: one kind of gap alone, from its line `start` on."""

    team: Named | None = None
    part: Literal["", "okr", "baseline", "target", "owner", "value", "weights"] = ""
    start: int = 1


@dataclass(frozen=True)
class Seen:
    """`seen #i12` (a check-in), `seen @a` (all of theirs that wait), `seen @a KR1.2`; thanks: `thanks …`, which its author hears."""

    id: str = ""
    who: Who | None = None
    ref: Ref | None = None
    thanks: bool = False


@dataclass(frozen=True)
class Question:
    """A button's `question #k12`: the form of a comment with a question in it already."""

    ref: Ref


# ---------------------------------------------------------------- looking back: one's own, and a team's meeting


@dataclass(frozen=True)
class Day:
    """`daily`, `daily @a yesterday`, `daily team 增长`: what was said on a day. of None: one's own. on None: today."""

    of: Who | Named | None = None
    on: When | None = None


@dataclass(frozen=True)
class MyWeek:
    """`my week`, `my week this`, `my week last`: a page of one's own lines. last: of the week before, or not; None: not said."""

    last: bool | None = None


@dataclass(frozen=True)
class MyCycle:
    """`my cycle 2026Q3`: the same of a cycle."""

    cycle: str = ""


@dataclass(frozen=True)
class SendPage:
    """`my week post here`, `my cycle send to my lead`. to: `here` (where it is said), `lead`, or a team's channel."""

    page: MyWeek | MyCycle
    to: Named | str


@dataclass(frozen=True)
class Agenda:
    """`agenda team 增长`; team None: the one whose channel it is, or the only one that can be meant."""

    team: Named | None = None


@dataclass(frozen=True)
class Decision:
    """`decision: TEXT`: kept, and read out in the next agenda. ref: what it is about."""

    text: str
    ref: Ref | None = None


@dataclass(frozen=True)
class Coach:
    """`coach off`: no more remarks on daily lines."""

    on: bool = True


# ---------------------------------------------------------------- actions: who will do what by when


@dataclass(frozen=True)
class Actions:
    """`actions`, `actions @a`, `actions team NAME`: what is open, and what was done lately. page: 1 is the first."""

    who: Who | None = None
    team: Named | None = None
    page: int = 1


@dataclass(frozen=True)
class ShowAction:
    """`A7`: one action, by its number ("A7") or its id ("e5", of a button)."""

    action: str


@dataclass(frozen=True)
class AddAction:
    """`action KR1.2: TEXT @a by Friday`: for each of those named, else for the speaker. text "": asks for it. ref: what it helps."""

    text: str
    ref: Ref | None = None
    people: tuple[Who, ...] = ()
    due: When | None = None


@dataclass(frozen=True)
class ChangeAction:
    """`A7 due Friday`, `A7 text TEXT`, `A7 to @b`. value: as typed, of due and text; who: of owner."""

    action: str
    field: Literal["due", "text", "owner"]
    value: str = ""
    who: Who | None = None


@dataclass(frozen=True)
class Done:
    """`done A7`, `A7 A9 done`: these are closed."""

    actions: tuple[str, ...]


@dataclass(frozen=True)
class ReopenActions:
    """`reopen A7`: these are open again."""

    actions: tuple[str, ...]


@dataclass(frozen=True)
class NotMine:
    """`A7 not mine`: it goes back to who asked for it."""

    action: str


# ---------------------------------------------------------------- scores, and a cycle's end


@dataclass(frozen=True)
class Score:
    """`score KR1.2 0.7`, several at once; (): all of one's own. With each its number as typed ("0.7", "70%", "7/10"), "" for none."""

    scores: tuple[tuple[Ref, str], ...] = ()


@dataclass(frozen=True)
class KeepLesson:
    """`lesson O1 TEXT`: what was learnt; text "": asks for it."""

    ref: Ref
    text: str = ""


@dataclass(frozen=True)
class CloseCycle:
    """`close cycle`, `close 2026Q4`: what is left to close of one's own."""

    cycle: str = ""


@dataclass(frozen=True)
class Carry:
    """`carry O1 to 2027Q1`, `carry KR1.2 target 80`, `carry O1: O: … KR1: …`.

    cycle "": the next one. target: as typed, of a key result. objectives: the new text; neither: the form. text: as typed.
    """

    ref: Ref
    cycle: str = ""
    target: str = ""
    objectives: tuple[ObjectiveText, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class ReviewCycle:
    """`review cycle`, `review 2026Q4`: the cycle looked back on, from its ten-day reviews."""

    cycle: str = ""


# ---------------------------------------------------------------- looking back


@dataclass(frozen=True)
class Review:
    """`review`, `review last`, `review 2026-11-20` (a day of the period), `review @a`: the last one that somebody closed."""

    day: When | None = None
    last: bool = False
    who: Who | None = None


@dataclass(frozen=True)
class ReviewOne:
    """`review KR1.2` (its form), `review KR1.2 insight TEXT`, `review KR1.2 change TEXT @a by Friday`.

    ref None: what is still to be filled in. what: result, analysis, insight, change or confidence; "" of a form. text: as typed.
    """

    ref: Ref | None = None
    what: str = ""
    text: str = ""
    day: When | None = None


@dataclass(frozen=True)
class CloseReview:
    """`review close`; sure: as drafted, without being asked again."""

    day: When | None = None
    sure: bool = False


@dataclass(frozen=True)
class Helped:
    """`helped #h5`: a lesson did; from its button."""

    id: str


@dataclass(frozen=True)
class ReopenReview:
    """`review reopen`, `重开复盘`."""

    day: When | None = None


# ---------------------------------------------------------------- forms and first contact


@dataclass(frozen=True)
class Settings:
    """`settings`: the form with what a member sets for themselves."""


@dataclass(frozen=True)
class Submit:
    """A form was sent: `form objective #o5 …`. form: its name; words: what stands behind it, as the form was drawn with."""

    form: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hello:
    """Somebody opened their conversation with Tenday for the first time. Made by the desk, never by typing."""


Command = (
    Help
    | Mine
    | ShowPerson
    | Show
    | History
    | New
    | Edit
    | Publish
    | Discard
    | CheckIn
    | Correct
    | Undo
    | AskHelp
    | Accept
    | Decline
    | Answer
    | Language
    | Timezone
    | DayNote
    | Parked
    | NotYet
    | Prose
    | Hello
    | Change
    | AddKeyResult
    | Weigh
    | Drop
    | Close
    | Reopen
    | Transfer
    | Rhythm
    | Hide
    | Reveal
    | ShowTeam
    | Teams
    | NewTeam
    | ChangeTeam
    | ReportsTo
    | Cycles
    | CutCycles
    | OpenCycle
    | Share
    | Comment
    | Comments
    | Resolve
    | Settings
    | Submit
    | Remind
    | Workdays
    | Country
    | Away
    | Back
    | Quiet
    | Fill
    | Skip
    | Same
    | Snooze
    | WhyAsked
    | Mute
    | Review
    | ReviewOne
    | CloseReview
    | ReopenReview
    | Helped
    | Digest
    | DigestEvery
    | Gaps
    | Seen
    | Question
    | Day
    | MyWeek
    | MyCycle
    | SendPage
    | Agenda
    | Decision
    | Coach
    | Actions
    | ShowAction
    | AddAction
    | ChangeAction
    | Done
    | ReopenActions
    | NotMine
    | Score
    | KeepLesson
    | CloseCycle
    | Carry
    | ReviewCycle
)
