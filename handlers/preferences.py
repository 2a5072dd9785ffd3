"""What a member sets for themselves: language and time zone."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.commands import Language, Settings, Timezone
from bot.replies import Button, Choice, Field, Form, Reply, Say
from bot.wording import LOCALES
from handlers import cards
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms.rows import Filled
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal


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


def settings(asking: Asking, command: Settings) -> Reply:
    """What the member set for themselves, as a form; each of it can be typed as well."""
    member = asking.member
    lead = asking.person(member.lead_id) if member.lead_id else None
    now = asking.now.astimezone(ZoneInfo(asking.zone))
    facts = {"locale": asking.locale, "zone": asking.zone, "at": now, "lead": lead}
    return Reply((Say("settings_are", facts), example(asking, "copy_settings")), private=True, form=_form(asking, Filled()))


def _form(asking: Asking, filled: Filled, errors: Mapping[str, Say] | None = None) -> Form:
    errors = errors or {}
    languages = tuple(Choice(code, Say("choice_language", {"code": code})) for code in LOCALES)
    parts = (
        Field("language", Say("field_language"), "choice", filled.get("language") or asking.locale, choices=languages, required=True),
        Field(
            "timezone",
            Say("field_timezone"),
            value=filled.get("timezone") or asking.zone,
            hint=Say("hint_timezone"),
            error=errors.get("timezone"),
            required=True,
            most=60,
        ),
    )
    return Form(Say("form_settings_title"), "form settings", parts, Say("button_save"), "settings")


def settings_sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """The settings' form: what is another now than it was is changed, in one act."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    pen, member = Pen(asking, "settings"), asking.member
    zone = _zone(filled.get("timezone") or asking.zone)
    if zone is None:
        errors["timezone"] = Say("no_such_zone", {"typed": filled.get("timezone")})
    elif zone != asking.zone:
        pen.set(member, timezone=zone, timezone_chosen=True)
    language = filled.get("language")
    if language in LOCALES and language != asking.locale:
        pen.set(member, locale=language, locale_chosen=True)
    if errors:
        raise InForm(_form(asking, filled, errors), "form_mistakes", count=len(errors))
    asking.locale = member.locale or asking.locale
    if pen.act is None:
        return Reply((Say("nothing_changed", {"ref": ""}),), private=True)
    lead = asking.person(member.lead_id) if member.lead_id else None
    facts = {"locale": asking.locale, "zone": asking.zone, "at": asking.now.astimezone(ZoneInfo(asking.zone)), "lead": lead}
    return Reply(
        (Say("settings_saved"), Say("settings_are", facts), cards.row_of(Button("button_undo", f"undo #c{pen.number}"))), private=True
    )


def _zone(typed: str) -> str | None:
    wanted = typed.strip().replace(" ", "_").casefold()
    return next((z for z in available_timezones() if z.casefold() == wanted), None)
