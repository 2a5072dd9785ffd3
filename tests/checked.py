"""What holds for every reply that anybody ever hears, whoever said what: looked at in each dialog, on each front end, in both languages."""

from collections.abc import Iterator

from bot.commands import NotYet, Prose
from bot.feishu.render import card as feishu_card
from bot.grammar import parse
from bot.replies import Button, Buttons, Copy, Item, Part, Reply, Say, from_json, to_json
from bot.slack.render import message as slack_message
from bot.web.render import render as web_page
from bot.wording import LOCALES, Words, words
from tests.fakes import feishu_cards, slack_blocks

# What a prompt's own letters may not hold: they would be read as markup somewhere, or are a fact that was written out by mistake.
_LEFTOVER = ("{{", "}}", "{%", "%}", "None", "Amount(", "Person(", "\ue000", "\ue010", "\ue011", "\ue012")


def faults_of(reply: Reply) -> list[str]:
    """Everything that is wrong with a reply; [] for a good one."""
    faults = [f"button {b.text!r}: {fault}" for b in buttons_of(reply) for fault in _button_faults(b)]
    kept = from_json(to_json(reply))
    if to_json(kept) != to_json(reply):
        faults.append("it is another reply once it was kept")
    for locale in LOCALES:
        faults += [f"{locale}: {fault}" for fault in _worded(reply, words(locale))]
        faults += [f"{locale}: {fault}" for fault in _dressed(reply, locale, kept)]
    return faults + (faults_of(reply.aside) if reply.aside else [])


def buttons_of(reply: Reply) -> Iterator[Button]:
    """The buttons of a reply, without those of its aside."""
    for part in reply.parts:
        if isinstance(part, Buttons | Item):
            yield from part.buttons


def said_in(part: Part) -> Iterator[Say]:
    """Every Say of a part, labels of buttons included."""
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


def _worded(reply: Reply, said: Words) -> list[str]:
    faults = []
    for part in reply.parts:
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
    faults += [f"Feishu: {p}" for p in feishu_cards.problems_of(feishu_card(reply, said, "T1"))]
    page = web_page(reply, locale)
    if not page.strip():
        faults.append("web: nothing to see")
    if page != web_page(kept, locale):
        faults.append("web: it looks different once it was kept")
    return faults
