"""A form small enough to see through, for tests of how forms travel: `mine` opens it, and it sets the sender's time zone."""

from collections.abc import Mapping

from bot.commands import Mine, Timezone
from bot.replies import Button, Buttons, Field, Form, Reply, Say
from handlers.asking import Asking
from handlers.dispatch import HANDLERS
from handlers.preferences import timezone
from handlers.refusals import InForm, Refusal
from handlers.submitting import FORMS

TEXT = "form settings"
MORE = Button("button_update", f"{TEXT} more")


def drawn(zone: str = "", error: Say | None = None, *, longer: bool = False) -> Form:
    """One field, and a second where it was asked for."""
    field = Field("zone", Say("button_edit"), value=zone, error=error, required=True)
    more = (Field("more", Say("button_note_on", {"ref": "KR1.1"})),) if longer else ()
    return Form(Say("button_begin"), TEXT, (field, *more, Buttons((MORE,))), Say("button_keep_note"), "mine")


def opened(asking: Asking, command: Mine) -> Reply:
    """The form, and a line where it cannot open by itself."""
    return Reply((Say("button_begin"),), form=drawn())


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Sets the zone, or says in the field what is wrong with it; some zones stand for what else an answer may be."""
    zone = fields.get("zone", "")
    if words:
        return Reply((Say("button_update"),), form=drawn(zone, longer=True))
    match zone:
        case "nobody's":
            raise Refusal("stranger", name="x")
        case "broken":
            raise ValueError
        case "open":
            return Reply((Say("button_begin"),), card="o1")
    try:
        return timezone(asking, Timezone(zone))
    except Refusal as no:
        form = drawn(zone, Say(no.prompt, no.facts), longer="more" in fields)
        raise InForm(form, no.prompt, **no.facts) from no


def install() -> None:
    """From now on, in this process."""
    HANDLERS[Mine], FORMS["settings"] = opened, sent
