"""A form that was sent: which one it is, and what becomes of it. One that this program does not draw loses nothing that was typed."""

from collections.abc import Callable, Mapping

from bot.commands import Answer, Change, Drop, Submit
from bot.grammar import parse
from bot.replies import Reply
from handlers import carrying, changing, closing_cycles, comments, ending, learnt, preferences, together
from handlers.asking import Asking
from handlers.forms import day_sent, okr_sent, scores_sent
from handlers.forms.rows import Filled, Outdated
from handlers.refusals import Refusal

Sent = Callable[[Asking, tuple[str, ...], Mapping[str, str]], Reply]


def submit(asking: Asking, command: Submit) -> Reply:
    """Hands a form to whoever drew it."""
    fields = asking.message.fields
    sent = FORMS.get(command.form)
    if sent is None:
        raise Refusal("form_outdated", copy=Filled.sent(fields).typed())
    try:
        return sent(asking, command.words, fields)
    except (Outdated, IndexError):
        raise Refusal("form_outdated", copy=Filled.sent(fields).typed()) from None


def _because(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """The reason for a change that asked for one."""
    command, reason = parse(words[0]), fields.get("reason", "").strip()
    if isinstance(command, Change):
        return changing.change(asking, Change(command.ref, command.field, command.value, reason))
    if isinstance(command, Drop):
        return ending.drop(asking, Drop(command.ref, reason))
    raise Outdated


def _answer(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    return together.answer(asking, Answer(words[0].removeprefix("#"), fields.get("text", "").strip()))


FORMS: dict[str, Sent] = {
    "objective": okr_sent.objective,
    "key_result": okr_sent.key_result,
    "day": day_sent.sent,
    "because": _because,
    "answer": _answer,
    "comment": comments.submit,
    "settings": preferences.settings_sent,
    "scores": scores_sent.sent,
    "lesson": learnt.sent,
    "closing": closing_cycles.sent,
    "carry": carrying.sent,
}
