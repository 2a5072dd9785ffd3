"""How a handler says no: a Refusal names a prompt and its facts, and becomes a normal reply. Anything else raised is a bug."""

from typing import Any

from bot.replies import Button, Buttons, Copy, Form, Part, Reply, Say, Tone


class Refusal(Exception):
    """A clear no to whoever made the mistake. copy: a line to type instead, or what they typed; buttons: ways on."""

    def __init__(self, prompt: str, *, copy: str = "", buttons: tuple[Button, ...] = (), **facts: Any) -> None:
        super().__init__(prompt)
        self.prompt, self.facts, self.copy, self.buttons = prompt, facts, copy, buttons

    def reply(self) -> Reply:
        """The refusal as an answer, for the asker alone."""
        parts: list[Part] = [Say(self.prompt, self.facts)]
        if self.copy:
            parts.append(Copy(self.copy))
        if self.buttons:
            parts.append(Buttons(self.buttons))
        tone: Tone = "question" if self.prompt.startswith("which_") else "refusal"
        return Reply(tuple(parts), private=True, tone=tone)


class InForm(Refusal):
    """A no to what a form said: the form again, as it was filled in, with what is wrong written where it is wrong."""

    def __init__(self, form: Form, prompt: str, **facts: Any) -> None:
        super().__init__(prompt, **facts)
        self.form = form

    def reply(self) -> Reply:
        """What is wrong in one line, and the form."""
        return Reply((Say(self.prompt, self.facts),), private=True, tone="refusal", form=self.form)
