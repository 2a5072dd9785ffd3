"""What a member sets for themselves: language and time zone, and the form of all of it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.commands import Language, Settings, Timezone
from bot.grammar import people as named_people
from bot.grammar import times
from bot.replies import Button, Choice, Field, Form, Reply, Say
from bot.wording import LOCALES
from handlers import cards, leads, people, reminding
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms.rows import Filled
from handlers.pen import Pen
from handlers.refusals import InForm, Refusal
from handlers.rules.countries import country_named
from storage.people import NOBODYS


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
    lead = (asking.person(asking.member.lead_id),) if asking.member.lead_id else ()
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
        Field(
            "asked_at",
            Say("field_asked_at"),
            "time",
            value=filled.get("asked_at") if filled.has("asked_at") else _asked_at(asking),
            hint=Say("hint_asked_at"),
            error=errors.get("asked_at"),
            narrow=True,
        ),
        Field(
            "country",
            Say("field_country"),
            value=filled.get("country") if filled.has("country") else asking.member.country or asking.organisation.country,
            hint=Say("hint_country"),
            error=errors.get("country"),
            narrow=True,
            most=60,
        ),
        Field("lead", Say("field_lead"), "person", people=lead, hint=Say("hint_lead"), error=errors.get("lead")),
    )
    return Form(Say("form_settings_title"), "form settings", parts, Say("button_save"), "settings")


def settings_sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """The settings' form: what is another now than it was is changed, in one act."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    pen, member = Pen(asking, "settings"), asking.member
    zone = _zone(filled.get("timezone") or asking.zone)
    if zone is None:
        errors["timezone"] = Say("field_no_zone", {"typed": filled.get("timezone")})
    elif zone != asking.zone:
        pen.set(member, timezone=zone, timezone_chosen=True)
    language = filled.get("language")
    if language in LOCALES and language != asking.locale:
        pen.set(member, locale=language, locale_chosen=True)
    _times(asking, pen, filled, errors)
    _lead(asking, pen, filled, errors)
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


def _asked_at(asking: Asking) -> str:
    """When they are asked, "" for not at all."""
    member = asking.member
    return reminding.clock(member.prompt_at) if member.prompted and not member.muted else ""


def _times(asking: Asking, pen: Pen, filled: Filled, errors: dict[str, Say]) -> None:
    """When they are asked, and by whose holidays; what the form left as it was stays as it was."""
    at = filled.get("asked_at")
    if filled.has("asked_at") and at != _asked_at(asking):
        minutes = times.read(at) if at else None
        if at and minutes is None:
            errors["asked_at"] = Say("no_such_time", {"typed": at})
        else:
            try:
                reminding.ask_at(asking, pen, minutes)
            except Refusal as no:
                errors["asked_at"] = Say(no.prompt, no.facts)
    typed = filled.get("country")
    if filled.has("country") and typed != (asking.member.country or asking.organisation.country):
        code = NOBODYS if typed.lower() in (NOBODYS, "无") else country_named(typed) if typed else ""
        if code is None:
            errors["country"] = Say("no_such_country", {"typed": typed})
        else:
            pen.set(asking.member, country=code)


def _lead(asking: Asking, pen: Pen, filled: Filled, errors: dict[str, Say]) -> None:
    """Whom the member reports to, where the form asked for it."""
    if not filled.has("lead"):
        return
    chosen = next(iter(named_people.among(filled.get("lead"))), None)
    lead = people.known(asking, chosen) if chosen else None
    try:
        leads.give(asking, pen, asking.member, lead)
    except Refusal as no:
        errors["lead"] = Say(no.prompt, no.facts)


def _zone(typed: str) -> str | None:
    wanted = typed.strip().replace(" ", "_").casefold()
    return next((z for z in available_timezones() if z.casefold() == wanted), None)
