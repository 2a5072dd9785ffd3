"""People who speak one language on one platform, so that one story can be told on both, in both; what they do is delivered as the platform would."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes import feishu_cards
from tests.fakes.feishu import FakeFeishu
from tests.fakes.slack import FakeSlack
from tests.outside.program import Serving, Town, button, until

FOUR = [(platform, lang) for platform in ("slack", "feishu") for lang in ("en", "zh")]
IDS = [f"{platform}-{lang}" for platform, lang in FOUR]
_numbers = itertools.count(5001)


@dataclass
class Voice:
    """Somebody to be met for the first time."""

    town: Town
    serving: Serving
    platform: str
    lang: str
    user: str
    name: str

    @property
    def there(self) -> "FakeSlack | FakeFeishu":
        return self.town.slack if self.platform == "slack" else self.town.feishu

    @property
    def at(self) -> str:
        """How others of the same platform mention them."""
        return f"<@{self.user}>" if self.platform == "slack" else "{" + self.user + "}"

    @property
    def shown(self) -> str:
        """How a message that mentions them is read here."""
        return f"@{self.user}"

    @property
    def home(self) -> str:
        """Where Tenday and they talk alone."""
        return f"D{self.user}" if self.platform == "slack" else f"oc_{self.user}"

    def says(self, english: str, chinese: str = "", **more: Any) -> str:
        """What they hear in their own conversation, to one of two wordings."""
        return str(self.card(english, chinese, **more)["text"])

    def card(self, english: str, chinese: str = "", **more: Any) -> dict[str, Any]:
        """The same as a message with its buttons."""
        text = chinese if chinese and self.lang == "zh" else english
        if self.platform == "slack" and not more:
            return self._commanded(text)
        if self.platform == "slack":
            return self.serving.direct(text, user=self.user, **more)
        return self.serving.says(text, user=self.user, **more)

    def _commanded(self, text: str) -> dict[str, Any]:
        """By slash command, whose answer is in its acknowledgement: Slack takes one message a second in a conversation."""
        command = self.town.slack.command(f"/okr {text}", user=self.user, channel=self.home, channel_name="directmessage")
        shown = self.town.slack.acknowledged(self.serving.slack(command).content, channel=self.home, user=self.user)
        assert shown is not None, f"no answer to {text!r}"
        return shown

    def opens(self, english: str, chinese: str = "") -> "Sheet":
        """The form that a text is answered with: a modal of Slack's, a card of Feishu's."""
        text = chinese if chinese and self.lang == "zh" else english
        if self.platform == "feishu":
            return Sheet(self, self.card(text))
        assert self.serving.slack(self.town.slack.command(f"/okr {text}", user=self.user, channel=self.home)).content == b"", text
        return Sheet(self, self.town.slack.modal(self.user))

    def in_group(self, english: str, chinese: str = "", *, group: str) -> list[dict[str, Any]]:
        """What is answered to a mention of Tenday in a group, in it or to them alone."""
        text = chinese if chinese and self.lang == "zh" else english
        if self.platform == "slack":
            mention = self.town.slack.mention(text, user=self.user, channel=group)
            return self.serving.told(lambda: self.serving.slack(mention))
        said = self.town.feishu.group(text, self.user, chat=group)
        return self.serving.told(lambda: self.serving.feishu(said), by="feishu")

    def taps(self, message: dict[str, Any], english: str, chinese: str = "") -> None:
        """Presses a button of a message by its label."""
        label = chinese if chinese and self.lang == "zh" else english
        if self.platform == "slack":
            self.serving.slack(self.town.slack.press(button(message, label), user=self.user, message=message))
        else:
            self.serving.tapped(message, label, user=self.user)

    def inbox(self) -> list[dict[str, Any]]:
        """Everything that Tenday wrote to them, oldest first."""
        return [m for m in self.there.messages if m["channel"] == self.home]

    def hears(self, words: str, do: Callable[[], object]) -> dict[str, Any]:
        """The message with these words that comes to them because of what somebody does."""
        before = len(self.inbox())
        do()

        def come() -> dict[str, Any] | None:
            return next((m for m in self.inbox()[before:] if words in m["text"]), None)

        found: dict[str, Any] = until(come, f"{self.name} hears {words!r}; heard: {[m['text'] for m in self.inbox()[before:]]}")
        return found


@dataclass
class Sheet:
    """A form before somebody."""

    voice: Voice
    shown: Any

    @property
    def labels(self) -> list[str]:
        return list(self.shown.labels) if self.voice.platform == "slack" else list(feishu_cards.fields(self.shown["card"]))

    def fill(self, english: str, chinese: str, value: str) -> None:
        label = chinese if self.voice.lang == "zh" else english
        if self.voice.platform == "slack":
            self.shown.fill(label, value)
        else:
            self.voice.town.feishu.fill(self.shown, label, value)

    def holds(self, english: str, chinese: str) -> Any:
        """What stands in a field now."""
        label = chinese if self.voice.lang == "zh" else english
        return self.shown.holds(label) if self.voice.platform == "slack" else self.voice.town.feishu.holds(self.shown, label)

    def sends(self, english: str, chinese: str) -> str:
        """Sends it by the button of this label; what it says then: mistakes, or on Feishu what became of it."""
        town, serving = self.voice.town, self.voice.serving
        if self.voice.platform == "slack":
            town.slack.answered(self.shown, serving.slack(town.slack.submit(self.shown)).content)
            return str(self.shown.errors)
        label = chinese if self.voice.lang == "zh" else english
        said = town.feishu.acknowledged(serving.feishu(town.feishu.send_form(self.shown, label, self.voice.user)).content, self.shown)
        return f"{said} {self.shown['text']}"

    def leaves(self) -> None:
        """Closes it unsent."""
        if self.voice.platform == "slack":
            self.shown.open = False


def met(town: Town, serving: Serving, platform: str, lang: str, name: str) -> Voice:
    """Somebody new, who has been greeted and speaks this language."""
    number = next(_numbers)
    user = f"U{number}" if platform == "slack" else f"ou_{number}"
    full = f"{name}{number}"
    if platform == "slack":
        town.slack.add_user(user, full, tz="UTC", locale="zh-CN" if lang == "zh" else "en-US")
    else:
        town.feishu.add_user(user, full, time_zone="UTC")
    voice = Voice(town, serving, platform, lang, user, full)
    voice.says("language English", "语言 中文")
    return voice
