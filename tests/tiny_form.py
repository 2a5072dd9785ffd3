"""A form small enough to see through, in the place of `mine`, for tests of how forms travel: it sets the sender's time zone."""

from collections.abc import Mapping

from bot.commands import Mine, Timezone
from bot.replies import Button, Buttons, Field, Form, Reply, Say
from handlers.asking import Asking
from handlers.dispatch import HANDLERS
from handlers.preferences import timezone
from handlers.refusals import InForm, Refusal
from handlers.submitting import FORMS

LABEL = Say("button_edit")
MORE = Button("button_update", "form settings longer")


def drawn(zone: str = "", error: Say | None = None, *, longer: bool = False) -> Form:
    """One field, and a second where it was asked for."""
    field = Field("zone", LABEL, value=zone, error=error, required=True)
    more = (Field("more", Say("button_note_on", {"ref": "KR1.1"})),) if longer else ()
    return Form(Say("button_begin"), "form settings", (field, *more, Buttons((MORE,))), Say("button_keep_note"), "mine")


def answered(asking: Asking, command: Mine) -> Reply:
    """Opens the form."""
    return Reply((Say("button_begin"),), form=drawn())


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Sets the zone, or says in the field what is wrong with it."""
    zone = fields.get("zone", "")
    if words:
        return Reply((Say("button_update"),), form=drawn(zone, longer=True))
    if zone == "nobody's":
        raise Refusal("stranger", name="x")
    if zone == "broken":
        raise ValueError
    if zone == "open":
        return Reply((Say("button_begin"),), card="o1")
    try:
        return timezone(asking, Timezone(zone))
    except Refusal as no:
        form = drawn(zone, Say(no.prompt, no.facts), longer="more" in fields)
        raise InForm(form, no.prompt, **no.facts) from no


def install() -> None:
    """From now on, in this process."""
    HANDLERS[Mine], FORMS["settings"] = answered, sent
