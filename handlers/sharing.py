"""Showing a draft, or a private objective, to colleagues by name or to a channel; undo takes it out of their sight again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.commands import Share as ShareCommand
from bot.commands import Who
from bot.replies import Button, Part, Reply, Say
from handlers import cards, outbox, people, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.pen import Pen, thing
from handlers.refusals import Refusal
from handlers.views import look
from storage.access import acts_for
from storage.okrs import Objective, held
from storage.sharing import Share, live_shares


@dataclass
class _Sharing:
    """One `share` as it goes: whom it reached, who had it already, and names that are nobody's here."""

    asking: Asking
    pen: Pen
    row: Objective
    live: Sequence[Share]
    told: list[int] = field(default_factory=list)
    channel: str = ""
    already: list[int] = field(default_factory=list)
    already_there: str = ""
    strangers: list[str] = field(default_factory=list)

    def with_people(self, named: Sequence[Who]) -> None:
        """Shows it to those who have not been shown it yet, and tells them."""
        asking, has = self.asking, {s.member_id for s in self.live if s.member_id}
        for who in named:
            member = people.known(asking, who)
            if member is None or member.id is None or not member.active:
                self.strangers.append(people.label(asking, who))
            elif member.id in has:
                self.already.append(member.id)
            elif member.id not in (asking.me, *self.told):
                made = self._made(member_id=member.id)
                outbox.tell(asking, kind="share", subject=thing(made), member_id=member.id, key=f"share-{made.id}")
                self.told.append(member.id)

    def with_channel(self, named: str) -> None:
        """Posts it in a channel, once."""
        channel, name = _channel(self.asking, named)
        sender = self.asking.message.sender
        where = (sender.platform, sender.workspace, channel)
        if any((s.platform, s.workspace, s.channel) == where for s in self.live):
            self.already_there = name
            return
        made = self._made(platform=where[0], workspace=where[1], channel=channel)
        outbox.post(self.asking, kind="share", subject=thing(made), channel=channel, key=f"share-{made.id}")
        self.channel = name

    def _made(self, **to: Any) -> Share:
        made = Share(objective_id=self.row.id or 0, by_id=self.asking.me, made_at=self.asking.now, **to)
        self.pen.add(made, field="state", absent="withdrawn")
        return made


def share(asking: Asking, command: ShareCommand) -> Reply:
    """Lets those named, or a channel, read and comment a draft; they hear of it at once."""
    [row] = held(asking.session, [references.objective(asking, command.ref)])
    _may_be_shared(asking, row, command)
    done = _Sharing(asking, Pen(asking, "shared"), row, live_shares(asking.session, row.id or 0))
    done.with_people(command.people)
    if command.channel:
        done.with_channel(command.channel)
    return _told(asking, done)


def _told(asking: Asking, done: _Sharing) -> Reply:
    had = [_already(asking, done)] if done.already or done.already_there else []
    strangers = [Say("stranger", {"name": name}, role="warning") for name in done.strangers]
    if done.pen.act is None:
        if not had:
            names = [name.removeprefix("@") for name in done.strangers]
            raise Refusal("nobody_to_share_with", names=names, copy=example(asking, "example_share_it", ref=f"O{done.row.number}").text)
        return Reply((*had, *strangers), private=True)
    asking.meet(done.told)
    said = Say("shared", _facts(asking, done.row, done.told, done.channel))
    undo = cards.row_of(Button("button_undo", f"undo #c{done.pen.number}"))
    return Reply((said, *had, *strangers, undo), card=f"c{done.pen.number}", private=True)


def _may_be_shared(asking: Asking, row: Objective, command: ShareCommand) -> None:
    ref = f"O{row.number}"
    if not acts_for(asking.session, row, asking.me):
        raise Refusal("not_your_objective", ref=ref, owner=cards.owner_fact(asking, row))
    if row.state == "dropped":
        raise Refusal("not_a_draft", ref=ref, state=row.state, what="share")
    if row.state != "draft" and row.visibility != "private":
        raise Refusal("everyone_sees_it", ref=ref)
    if row.visibility == "private" and command.channel:
        raise Refusal("private_in_no_channel", ref=ref, copy=example(asking, "example_share_it", ref=ref).text)


def _channel(asking: Asking, named: str) -> tuple[str, str]:
    """A channel's id and how it is called: the place where it was said, or one that was named there."""
    place = asking.message.place
    if named == "here":
        if not place.shared or not place.channel:
            raise Refusal("here_is_nowhere")
        return place.channel, "here"
    plain = named.removeprefix("#")
    found = next(((number, name) for number, name in asking.message.channels if plain in (number, name)), None)
    if found is None:
        raise Refusal("no_such_channel", name=plain)
    return found[0], f"#{found[1] or plain}"


def _already(asking: Asking, done: _Sharing) -> Say:
    return Say("shared_already", _facts(asking, done.row, done.already, done.already_there))


def _facts(asking: Asking, row: Objective, members: list[int], channel: str) -> dict[str, object]:
    return {"ref": f"O{row.number}", "people": [asking.person(m) for m in members], "channel": channel}


def shared_parts(asking: Asking, found: Share, row: Objective) -> tuple[Part, ...]:
    """What those hear whom a draft is shown to: who shows it, the draft, and a way to comment it."""
    [view] = look(asking.session, [row], asking.today, asking.reader)
    card = cards.objective_card(asking, view, buttons=False)
    yours = [kr.ref for kr in view.key_results if kr.row.owner_id == found.member_id and row.state == "draft"]
    facts = {"who": asking.person(found.by_id), "ref": view.ref, "title": row.title, "state": row.state, "yours": yours}
    return (Say("shared_with_you", facts), *card.parts, cards.row_of(comment_button(row)))


def comment_button(row: Objective) -> Button:
    """Asks for a comment on an objective."""
    return Button("button_comment", f"comment #o{row.id}")
