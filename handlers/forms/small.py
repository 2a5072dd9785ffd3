"""Forms of one field: a reason, an answer, a comment."""

from bot.grammar.people import quote
from bot.replies import Copy, Field, Form, Part, Reply, Say

MOST = 3000


def reason_form(ref: str, said: str, copy: Copy, *, version: int, dropping: bool) -> Reply:
    """Asks why. said: the command that the reason is for, as buttons say it; copy: as it is typed."""
    form = Form(
        title=Say("form_reason_title", {"ref": ref, "dropping": dropping}),
        text=f"form because {quote(said)}",
        parts=(Field("reason", Say("field_reason"), "text", required=True, most=600),),
        submit=Say("button_save"),
        opens=said,
        version=version,
    )
    return Reply((Say("why_change", {"ref": ref, "dropping": dropping}), copy), private=True, tone="question", form=form)


def one_text(name: str, about: str, *said: Part, title: Say, label: Say, submit: Say, opens: str) -> Form:
    """A form with one text field, called `text`; about: the id that stands behind its name, as in `form answer #r7`."""
    return Form(
        title, f"form {name} {about}".strip(), (*_shown(said), Field("text", label, "text", required=True, most=MOST)), submit, opens
    )


def _shown(said: tuple[Part, ...]) -> tuple[Say, ...]:
    return tuple(part for part in said if isinstance(part, Say))
