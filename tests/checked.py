"""What holds for every reply that anybody ever hears, whoever said what: looked at in each dialog, on each front end, in both languages."""

from collections.abc import Iterator

from bot.commands import NotYet, Prose
from bot.feishu.render import card as feishu_card
from bot.grammar import parse
from bot.replies import Button, Buttons, Copy, Field, Form, Item, Part, Reply, Say, from_json, to_json
from bot.slack.forms import Opened, Standing
from bot.slack.forms import view as slack_view
from bot.slack.render import message as slack_message
from bot.web.render import render as web_page
from bot.wording import LOCALES, Words, words
from tests.fakes import feishu_cards, slack_blocks, slack_views

# What a prompt's own letters may not hold: they would be read as markup somewhere, or are a fact that was written out by mistake.
_LEFTOVER = ("{{", "}}", "{%", "%}", "None", "Amount(", "Person(", "\ue000", "\ue010", "\ue011", "\ue012")


def faults_of(reply: Reply) -> list[str]:
    """Everything that is wrong with a reply; [] for a good one."""
    faults = [f"button {b.text!r}: {fault}" for b in buttons_of(reply) for fault in _button_faults(b)]
    faults += _form_faults(reply.form) if reply.form is not None else []
    kept = from_json(to_json(reply))
    if to_json(kept) != to_json(reply):
        faults.append("it is another reply once it was kept")
    for locale in LOCALES:
        faults += [f"{locale}: {fault}" for fault in _worded(reply, words(locale))]
        faults += [f"{locale}: {fault}" for fault in _dressed(reply, locale, kept)]
    return faults + (faults_of(reply.aside) if reply.aside else [])


def buttons_of(reply: Reply) -> Iterator[Button]:
    """The buttons of a reply and of its form, without those of its aside."""
    for part in (*reply.parts, *reply.after, *(reply.form.parts if reply.form else ())):
        if isinstance(part, Buttons | Item):
            yield from part.buttons


def said_in(part: Part | Field) -> Iterator[Say]:
    """Every Say of a part, labels of buttons included."""
    if isinstance(part, Field):
        yield part.label
        yield from (say for say in (part.hint, part.error) if say is not None)
        yield from (choice.label for choice in part.choices)
    if isinstance(part, Say):
        yield part
    if isinstance(part, Item):
        yield part.head
        yield from part.body
    if isinstance(part, Buttons | Item):
        for button in part.buttons:
            yield Say(button.label, button.facts)
            if button.confirm:
                yield Say(button.confirm, button.facts)


def _button_faults(button: Button) -> list[str]:
    command = parse(button.text)
    if isinstance(command, Prose | NotYet):
        return [f"it says no command but {command!r}"]
    return ["it is longer than a button holds"] if len(button.text) > 1900 else []


def _form_faults(form: Form) -> list[str]:
    fields = [part for part in form.parts if isinstance(part, Field)]
    names = [one.name for one in fields]
    faults = ["a field's name twice"] if len(names) != len(set(names)) else []
    faults += [
        f"{one.name} holds no choice of its own" for one in fields if one.choices and one.value not in {c.value for c in one.choices} | {""}
    ]
    for what, text in (("sent", form.text), ("opened", form.opens)):
        faults += [f"it is {what} with {fault}" for fault in _button_faults(Button("", text))]
    return faults


def _worded(reply: Reply, said: Words) -> list[str]:
    faults = []
    form = (reply.form.title, *reply.form.parts, reply.form.submit) if reply.form else ()
    for part in (*reply.parts, *form):
        for say in said_in(part):
            text = said.plain(say)
            faults += [f"{say.prompt} says {piece!r} in {text!r}" for piece in _LEFTOVER if piece in text]
            if not text.strip():
                faults.append(f"{say.prompt} says nothing")
            if "  " in text.replace("\n", "") and not _typed_so(say):
                faults.append(f"{say.prompt} has a gap in {text!r}")
        if isinstance(part, Copy) and not part.text.strip():
            faults.append("an empty text to copy")
    return faults


def _typed_so(say: Say) -> bool:
    return any(isinstance(fact, str) and "  " in fact for fact in say.facts.values())


def _dressed(reply: Reply, locale: str, kept: Reply) -> list[str]:
    said = words(locale)
    faults = [f"Slack: {p}" for p in slack_blocks.problems_of(slack_message(reply, said, "T1")["blocks"])]
    for direct in (False, True) if reply.form else (False,):
        faults += [f"Feishu: {p}" for p in feishu_cards.problems_of(feishu_card(reply, said, "T1", direct=direct))]
    if reply.form is not None:
        view = slack_view(reply, said, "T1", Standing(opened=Opened("C1234567890", True, "1795000000.000100", "h" * 120)))
        faults += [f"Slack's modal: {p}" for p in (slack_views.problems_of(view) if view else ["it cannot be one"])]
    page = web_page(reply, locale)
    if not page.strip():
        faults.append("web: nothing to see")
    if page != web_page(kept, locale):
        faults.append("web: it looks different once it was kept")
    return faults
