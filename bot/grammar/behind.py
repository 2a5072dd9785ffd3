"""What may stand behind each command word: a reader for every built command, which takes the whole rest or nothing."""

import re
from collections.abc import Callable

from bot.commands import (
    Accept,
    Answer,
    AskHelp,
    CheckIn,
    Command,
    Comments,
    Correct,
    DayNote,
    Decline,
    Discard,
    Edit,
    Help,
    History,
    Language,
    Mine,
    Named,
    New,
    NotYet,
    Parked,
    Publish,
    Ref,
    Resolve,
    Settings,
    Show,
    ShowPerson,
    Teams,
    Timezone,
    Undo,
)
from bot.grammar import (
    actions,
    changes,
    checkins,
    cycles,
    documents,
    oneself,
    people,
    planning,
    pulse,
    references,
    rest,
    scoring,
    sharing,
    teams,
)
from bot.grammar.characters import CJK, fold
from bot.grammar.cursor import Cursor
from bot.grammar.nearness import nearest
from bot.grammar.rest import Reader
from bot.grammar.words import BUILT, OURS, PROMISED, canonical

TOPICS = (*(name for name in BUILT if name not in OURS), "references", "line", "see", "together", "change", "pulse", "week")
_TOPIC_WORDS = {
    "references": ("references", "reference", "引用", "编号"),
    "line": ("line", "check-in line", "checkin line", "进展行"),
    "ask": ("ask", "求助"),
    "show": ("show", "查看"),
    "see": ("see", "看"),
    "together": ("together", "协作"),
    "change": ("change", "修改", "变更"),
    "lead": ("lead", "主管"),
    "share": ("share", "分享"),
    "away": ("leave", "vacation", "time off", "days off"),
    "pulse": ("pulse", "reminders", "reminder"),
    "week": ("week", "looking back", "回顾"),
}

_ASKING = re.compile(r"\s*(?:me|please|[?])?[\s?]*$", re.IGNORECASE)
_TEAM = re.compile(r"(?:team\s+|团队\s*)", re.IGNORECASE)
_COMPANY = re.compile(r"(?:company(?![A-Za-z])|公司)\s*", re.IGNORECASE)
_AN_OKR = re.compile(r"(?:(?:objective|okrs?|目标)\s*)?$", re.IGNORECASE)
_GLUED = re.compile(rf"团队[A-Za-z0-9{CJK}]+$")  # 新建团队很顺利 has nothing that parts the name from the word
_A_PLAIN_WORD = re.compile(r"[a-z]+")  # `new for customers`
_MARKER = re.compile(
    r"(?:^|\n)(?:[^\S\n]|[#>|*•·-])*+(?:[0-9]{1,2}[.)、]\s*)?[*_]*"
    r"(?:(?:O|Objective|Obj|KR|Key\s?Results?|KPI)\s?[0-9]{0,2}(?:\.[0-9]{1,2})?(?![A-Za-z0-9])|目标|关键结果|(?:O|KR)[一二三四五六七八九十])",
    re.IGNORECASE,
)
_ALL = re.compile(r"\s*(?:all|everything|全部|所有)\s*$", re.IGNORECASE)
_COMMENTS = re.compile(r"\s*(?:的\s*)?(?:comments|评论)\s*$", re.IGNORECASE)
_HISTORY = re.compile(r"\s*(?:history|历史)\s*$", re.IGNORECASE)
_TIMEZONE = re.compile(
    r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+|(?:UTC|GMT)\s?(?:[+-]\s?[0-9]{1,2}(?::?[0-9]{2})?)?|[A-Z]{3,5}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}"
)
_HAN_PLACE = re.compile(rf"[{CJK}]{{2,6}}$")
_LANGUAGES = {
    "en": ("en", "english", "英文", "英语"),
    "zh": ("zh", "zh-cn", "zh_cn", "chinese", "中文", "汉语", "简体中文", "普通话"),
}
_ONE_WORD = re.compile(r"[^\s]{1,20}$")


# ---------------------------------------------------------------- nothing: a card to look at


def look(typed: str) -> Command | None:
    """`O1`, `@a`, `@a 2026Q4`, `KR1.2 history`."""
    ref = references.read(typed)
    if ref:
        return None if _mistyped(ref, typed) else Show(ref)
    cursor = Cursor(typed)
    ref = references.take(cursor)
    if ref is None:
        return teams.their_lead(cursor) or actions.theirs(cursor) or _person(cursor)
    if cursor.take(_HISTORY):
        return History(ref)
    return Comments(ref) if cursor.take(_COMMENTS) else None


def _mistyped(ref: Ref, typed: str) -> bool:
    """`publsh O1` is a command mistyped, and no team's card."""
    name = ref.owner.name if isinstance(ref.owner, Named) else ""
    return name.islower() and typed.startswith(name) and bool(nearest(name))


def _person(cursor: Cursor) -> Command | None:
    found = people.match(cursor.text, cursor.position)
    if found is None:
        return None
    cursor.position, who = found
    cycle = cycles.take_behind(cursor)
    return ShowPerson(who, cycle) if rest.ended(cursor) else None


# ---------------------------------------------------------------- the shapes


def _help(cursor: Cursor) -> Command | None:
    if cursor.peek(_ASKING):
        return Help()
    cursor.take(rest.SPACE)
    topic = _topic(cursor.folded[cursor.position :])
    if topic in TOPICS:
        return Help(topic)
    return NotYet(topic) if topic in PROMISED else None


def _topic(text: str) -> str:
    typed = text.strip(" .。?!").lower()
    special = next((name for name, words in _TOPIC_WORDS.items() if typed in words), "")
    return special or canonical(typed)


def _ask(cursor: Cursor) -> Command | None:
    """`help KR1.2 @a TEXT`; a mention before the reference is whom, not whose."""
    cursor.take(rest.GAP)
    asked = people.match(cursor.text, cursor.position)
    if asked:
        cursor.position = asked[0]
        cursor.take(rest.SPACE)
    ref = references.take_core(cursor) if asked else references.take(cursor, loose_names=False)
    if ref is None or (ref.key_result is None and ref.objective is None and not ref.id):
        return None
    named = ([asked[1]] if asked else []) + rest.leading_people(cursor)
    also = () if named or rest.has_text_field(cursor) else people.among(cursor.rest)
    return AskHelp(ref, tuple(dict.fromkeys([*named, *also])), rest.text(cursor))


def _mine(cursor: Cursor) -> Command | None:
    cycle = cycles.take_behind(cursor)
    return Mine(cycle) if rest.ended(cursor) else None


def _show(cursor: Cursor) -> Command | None:
    if not cursor.take(rest.SPACE):
        return None
    found = look(cursor.rest.strip())
    return found if isinstance(found, Show | ShowPerson) else None


def _history(cursor: Cursor) -> Command | None:
    ref = rest.ref(cursor)
    return History(ref) if ref and rest.ended(cursor) else None


def _new(cursor: Cursor) -> Command | None:
    """`new`, `new team NAME`, `new for 2027Q1`, each with an OKR text behind it or with nothing; a team's lead makes it a new team."""
    cycle = cycles.take_behind(cursor)
    owner = _new_owner(cursor)
    team = teams.with_parts(cursor, owner.name) if owner and owner.name and not cycle else None
    if team:
        return team
    named = cursor.position
    cycle = cycle or cycles.take_behind(cursor)
    text = cursor.rest.strip(" :：\n")
    if _AN_OKR.match(fold(text)):
        return None if _GLUED.search(cursor.text, 0, named) or _A_PLAIN_WORD.fullmatch(cycle) else New(owner=owner, cycle=cycle)
    if not _MARKER.search(fold(text)) or not documents.is_document(text):
        return None
    return New(documents.read(text), owner, cycle, text)


def _new_owner(cursor: Cursor) -> Named | None:
    start = cursor.position
    cursor.take(rest.GAP)
    if cursor.take(_COMPANY):
        return Named("")
    if cursor.take(_TEAM):
        team = references.take_team(cursor)
        if team:
            return team
    cursor.position = start
    return None


def _edit(cursor: Cursor) -> Command | None:
    ref = rest.ref(cursor)
    if ref is None:
        return None
    if rest.ended(cursor):
        return Edit(ref)
    field = changes.change(cursor, ref)
    if field:
        return field
    text = cursor.rest.strip(" :：\n")
    if not _MARKER.search(fold(text)) or not documents.is_document(text):
        return None
    return Edit(ref, documents.read(text), text)


def _on_draft(make: Callable[[Ref | None], Command]) -> Reader:
    def reader(cursor: Cursor) -> Command | None:
        ref = rest.ref(cursor)
        return make(ref) if rest.ended(cursor) else None

    return reader


def _publish(cursor: Cursor) -> Command | None:
    return Publish(all=True) if cursor.peek(_ALL) else _on_draft(Publish)(cursor)


def _checkin(cursor: Cursor) -> Command | None:
    cursor.take(rest.GAP)
    return CheckIn() if rest.ended(cursor) else checkins.read(cursor.rest, certain=True)


def _correct(cursor: Cursor) -> Command | None:
    cursor.take(rest.GAP)
    line = checkins.read_one(cursor.rest)
    return Correct(line) if line else None


def _answer(cursor: Cursor) -> Command | None:
    return Answer(rest.act(cursor), rest.text(cursor)) if rest.apart(cursor) else None


def _note(cursor: Cursor) -> Command | None:
    text = rest.text(cursor) if rest.apart(cursor) else ""
    return DayNote(text) if text and not text.lower().startswith(("that ", "to self")) else None


def _language(cursor: Cursor) -> Command | None:
    typed = rest.text(cursor)
    if not typed or not _ONE_WORD.match(typed):
        return None
    return Language(next((code for code, words in _LANGUAGES.items() if typed.lower() in words), typed))


def _timezone(cursor: Cursor) -> Command | None:
    apart = rest.apart(cursor)
    name = rest.text(cursor)
    known = _TIMEZONE.fullmatch(fold(name)) or (apart and _HAN_PLACE.match(name))
    return Timezone(name) if known else None


def _run(cursor: Cursor) -> Command | None:
    act = rest.act(cursor, "p")
    return Parked(act) if act and rest.ended(cursor) else None


READERS: dict[str, Reader] = {
    "help": _help,
    "ask": _ask,
    "mine": _mine,
    "show": _show,
    "history": _history,
    "new": _new,
    "edit": _edit,
    "publish": _publish,
    "discard": _on_draft(Discard),
    "checkin": _checkin,
    "correct": _correct,
    "undo": rest.by_id(Undo),
    "accept": rest.by_id(Accept),
    "decline": rest.by_id(Decline),
    "answer": _answer,
    "note": _note,
    "language": _language,
    "timezone": _timezone,
    "run": _run,
    "add": changes.add_key_result,
    "weight": changes.weigh,
    "drop": changes.drop,
    "close": changes.close,
    "reopen": changes.reopen,
    "transfer": changes.transfer,
    "rhythm": changes.rhythm,
    "private": changes.hide,
    "public": changes.reveal,
    "team": teams.team,
    "teams": rest.alone(Teams),
    "company": teams.company,
    "lead": teams.lead,
    "cycles": planning.cycles_,
    "share": sharing.share,
    "comment": sharing.comment,
    "comments": sharing.comments,
    "resolve": rest.by_id(Resolve, "n"),
    "settings": rest.alone(Settings),
    "form": sharing.form,
    **pulse.READERS,
    **oneself.READERS,
    **actions.READERS,
    **scoring.READERS,
}
