"""Forms of one field: a reason, an answer, a comment."""

from bot.grammar.people import quote
from bot.replies import Button, Field, Form, Part, Reply, Say
from handlers.asking import Asking
from handlers.examples import example

MOST = 3000


def reason_form(asking: Asking, ref: str, said: str, *, version: int) -> Reply:
    """Asks why. said: the command that the reason is for, as it is typed."""
    form = Form(
        title=Say("form_reason_title", {"ref": ref}),
        text=f"form because {quote(said)}",
        parts=(Field("reason", Say("field_reason"), "text", required=True, most=600),),
        submit=Say("button_save"),
        opens=said,
        version=version,
    )
    return Reply((Say("why_change", {"ref": ref}), example(asking, "copy_because", said=said)), private=True, tone="question", form=form)


def one_text(name: str, about: str, *said: Part, title: Say, label: Say, submit: Say, opens: str) -> Form:
    """A form with one text field, called `text`; about: the id that stands behind its name, as in `form answer #r7`."""
    return Form(
        title, f"form {name} {about}".strip(), (*_shown(said), Field("text", label, "text", required=True, most=MOST)), submit, opens
    )


def _shown(said: tuple[Part, ...]) -> tuple[Say, ...]:
    return tuple(part for part in said if isinstance(part, Say))


def open_button(form: Form) -> Button:
    """What opens a form where it cannot open by itself."""
    return Button("button_open_form", form.opens, form.version, "primary")
