"""What a member sets for themselves: language and time zone."""

from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.commands import Language, Timezone
from bot.replies import Button, Reply, Say
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example
from handlers.pen import Pen
from handlers.refusals import Refusal


def language(asking: Asking, command: Language) -> Reply:
    """Answers in that language from now on."""
    if command.locale not in ("en", "zh"):
        raise Refusal("no_such_language", typed=command.locale, copy=example(asking, "example_language").text)
    pen = Pen(asking, "language")
    pen.set(asking.member, locale=command.locale, locale_chosen=True)
    asking.locale = command.locale
    return Reply((Say("language_set"),), private=True)


def timezone(asking: Asking, command: Timezone) -> Reply:
    """Reckons the member's days in that zone from now on."""
    name = _zone(command.name)
    if name is None:
        near = process.extractOne(command.name, sorted(available_timezones()), scorer=fuzz.WRatio)
        raise Refusal("no_such_zone", typed=command.name, copy=f"timezone {near[0] if near else 'Asia/Shanghai'}")
    pen = Pen(asking, "timezone")
    changed = pen.set(asking.member, timezone=name, timezone_chosen=True)
    local = asking.now.astimezone(ZoneInfo(name))
    buttons = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if changed else ()
    return Reply((Say("timezone_set", {"name": name, "at": local}), *buttons), private=True)


def _zone(typed: str) -> str | None:
    wanted = typed.strip().replace(" ", "_").casefold()
    return next((z for z in available_timezones() if z.casefold() == wanted), None)
