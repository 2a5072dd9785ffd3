"""Comments: said of drafts and of published OKRs, told to whom they concern, seen, resolved, taken back and exported."""

from typing import Any

from bot import commands
from bot.replies import Copy, Form
from handlers import comments
from handlers.dispatch import HANDLERS
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.talk import Heard

TWO = "O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200"


def refused(heard: Heard) -> bool:
    return bool(heard.reply is not None and heard.reply.tone == "refusal")


def copies(heard: Heard) -> list[str]:
    return [p.text for p in heard.reply.parts if isinstance(p, Copy)] if heard.reply else []


def kept(town: Town, who: str) -> list[dict[str, Any]]:
    """What is exported of a person's comments."""
    data = town.export()
    ids = {p["id"] for p in data["people"] if p["name"] == who.capitalize()}
    return [n for n in data["comments"] if n["by"] in ids]


def test_a_comment_is_kept_and_told_to_the_owner_once(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    heard = town.says(bob, f"{say(lang, 'comment')} <@{ann}> KR1.2: why only 200?")
    assert "KR1.2" in heard.text
    assert ann.capitalize() in heard.text
    [told] = town.delivered_to(ann, bob)
    assert "why only 200?" in told.text
    assert bob.capitalize() in told.text
    assert [b.text.split(" ")[0] for _, b in told.buttons()] == ["comment", "resolve"]
    [row] = kept(town, bob)
    assert (row["text"], row["state"], row["on"][0]) == ("why only 200?", "open", "k")
    assert town.delivered_to(ann) == []


def test_it_goes_to_owner_key_result_owner_talkers_and_whoever_is_mentioned(town: Town, lang: str) -> None:
    bob, cal, dan, eve = (town.someone(n) for n in ("bob", "cal", "dan", "eve"))
    ann = town.with_okr(f"O: Grow\nKR1: NPS from 30 to 50 <@{bob}>")
    town.says(eve, "mine")
    town.deliver()
    town.says(cal, f"comment <@{ann}> KR1.1: first")
    assert len(town.delivered_to(ann, bob)) == 2
    heard = town.says(dan, f"{say(lang, 'comment')} <@{ann}> KR1.1: second, <@{eve}> <@{bob}> knows")
    assert len(town.delivered_to(ann, bob, cal, eve)) == 4
    assert town.delivered_to(dan) == []
    assert eve.capitalize() in kept(town, dan)[0]["text"]
    assert "\ue000" not in kept(town, dan)[0]["text"]
    assert not refused(heard)


def test_who_cannot_see_a_draft_is_not_told_of_it_and_the_writer_hears_so(town: Town, lang: str) -> None:
    ann, bob, eve = town.someone(), town.someone("bob"), town.someone("eve")
    town.says(ann, f"new {TWO}")
    town.says(ann, f"share O1 <@{bob}>")
    town.deliver()
    heard = town.says(bob, f"{say(lang, 'comment')} <@{ann}> O1: ask <@{eve}> and @Zaphod")
    assert eve.capitalize() in heard.text
    assert "Zaphod" in heard.text
    assert town.delivered_to(eve) == []
    assert refused(town.says(eve, f"comment <@{ann}> O1: me too"))
    assert kept(town, eve) == []


def test_without_a_text_it_is_asked_for(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    asked = town.says(ann, f"{say(lang, 'comment')} KR1.2")
    assert asked.reply is not None
    assert asked.reply.tone == "question"
    form = asked.reply.form
    assert isinstance(form, Form)
    assert form.text.startswith("form comment #k")
    assert [p.name for p in form.parts] == ["text"]  # type: ignore[union-attr]
    assert kept(town, ann) == []


def submitted(town: Town, who: str, monkeypatch: Any, words: tuple[str, ...], text: str) -> Heard:
    monkeypatch.setitem(HANDLERS, commands.Submit, lambda asking, said: comments.submit(asking, said.words, asking.message.fields))
    return town.says(who, f"form comment {' '.join(words)}", entry="form", fields={"text": text})


def test_a_form_is_kept_like_a_typed_comment_and_gives_back_what_is_wrong(town: Town, lang: str, monkeypatch: Any) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    number = town.of(ann)["id"]
    for wrong in ("  ", "x" * 4001):
        heard = submitted(town, bob, monkeypatch, (f"#{number}",), wrong)
        assert heard.reply is not None
        assert heard.reply.form is not None
        [box] = heard.reply.form.parts
        assert box.error is not None  # type: ignore[union-attr]
        assert box.value == wrong.strip()  # type: ignore[union-attr]
    assert not refused(submitted(town, bob, monkeypatch, (f"#{number}",), "fine"))
    assert [n["text"] for n in kept(town, bob)] == ["fine"]
    lost = submitted(town, bob, monkeypatch, ("#k999999",), "still here")
    assert refused(lost)
    assert "still here" in copies(lost)
    assert refused(submitted(town, bob, monkeypatch, (), "still here"))


def test_too_long_is_refused_and_the_text_comes_back(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    assert not refused(town.says(ann, f"comment O1: {'y' * 4000}"))
    heard = town.says(ann, f"{say(lang, 'comment')} O1: {'x' * 4001}")
    assert refused(heard)
    assert copies(heard) == ["x" * 4001]
    assert len(kept(town, ann)) == 1


def test_on_what_was_dropped_or_is_not_there_the_text_comes_back(town: Town, lang: str) -> None:
    ann = town.someone()
    town.says(ann, f"new {TWO}")
    number = town.of(ann, "KR1.2")["id"]
    town.says(ann, "edit O1\nO: Grow\nKR1: NPS from 30 to 50")
    for ref in ("KR1.2", f"#{number}", "O9", "KR9.9"):
        heard = town.says(ann, f"{say(lang, 'comment')} {ref}: a thought")
        assert refused(heard), ref
        assert "a thought" in copies(heard)
    assert kept(town, ann) == []


def test_which_one_is_asked_with_the_text_on_each_button(town: Town, lang: str) -> None:
    ann = town.with_okr(f"{TWO}\nO: Other\nKR1: a from 1 to 9\nKR2: b from 1 to 9")
    which = town.says(ann, f"{say(lang, 'comment')} KR2: a thought")
    assert which.reply is not None
    assert which.reply.tone == "question"
    assert not refused(town.presses(ann, which, "KR2.2"))
    assert [n["text"] for n in kept(town, ann)] == ["a thought"]


def test_comments_are_listed_with_the_open_ones_first(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    for text in ("O1: one", "KR1.1: two", "KR1.2: three"):
        town.says(bob, f"comment <@{ann}> {text}")
    card = town.says(ann, "O1")
    seen = town.presses(ann, card, say(lang, "open comments"))
    assert [seen.text.index(t) for t in ("one", "two", "three")] == sorted(seen.text.index(t) for t in ("one", "two", "three"))
    assert len([b for _, b in seen.buttons() if b.text.startswith("resolve")]) == 3
    after = town.presses(ann, seen, say(lang, "Resolve"))
    assert after.answered.redraw
    assert after.text.index("two") < after.text.index("one")
    assert "two" in town.says(ann, f"{say(lang, 'comments')} KR1.1").text
    assert "three" not in town.says(ann, "comments KR1.1").text
    eve = town.says(town.someone("eve"), f"{say(lang, 'comments')} <@{ann}> O1")
    assert not [b for _, b in eve.buttons() if b.text.startswith("resolve")]


def test_no_comments_yet(town: Town, lang: str) -> None:
    ann = town.with_okr(TWO)
    heard = town.says(ann, f"{say(lang, 'comments')} O1")
    assert copies(heard)
    assert not [n for n, _ in town.says(ann, "O1").buttons() if say(lang, "open comments") in n]


def test_the_owner_resolves_and_the_author_hears_of_it(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    town.says(bob, f"comment <@{ann}> O1: brave?")
    [told] = town.delivered_to(ann)
    done = town.presses(ann, told, say(lang, "Resolve"))
    assert done.answered.redraw
    assert ann.capitalize() in done.text
    [heard] = town.delivered_to(bob)
    assert "brave?" in heard.text
    assert ann.capitalize() in heard.text
    assert kept(town, bob)[0]["state"] == "resolved"
    assert refused(town.says(ann, say(lang, "resolve")))


def test_two_resolve_at_once_and_the_second_sees_by_whom(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    town.says(bob, f"comment <@{ann}> O1: brave?")
    [told] = town.delivered_to(ann)
    town.says(bob, say(lang, "resolve"))
    late = town.presses(ann, told, say(lang, "Resolve"))
    assert bob.capitalize() in late.text
    assert not late.buttons()
    assert town.delivered_to(bob, ann) == []
    assert len([c for c in town.changes_by(ann) if c["thing"].startswith("n")]) == 0


def test_others_do_not_resolve(town: Town, lang: str) -> None:
    ann, bob, eve = town.with_okr(TWO), town.someone("bob"), town.someone("eve")
    town.says(bob, f"comment <@{ann}> O1: brave?")
    number = kept(town, bob)[0]["id"]
    heard = town.says(eve, f"{say(lang, 'resolve')} #{number}")
    assert refused(heard)
    assert bob.capitalize() in heard.text
    assert ann.capitalize() in heard.text
    assert refused(town.says(eve, say(lang, "resolve")))
    assert refused(town.says(eve, "resolve #n999999"))
    assert kept(town, bob)[0]["state"] == "open"


def test_with_several_open_it_is_asked_which(town: Town, lang: str) -> None:
    ann, bob, cal = town.with_okr(TWO), town.someone("bob"), town.someone("cal")
    town.says(bob, f"comment <@{ann}> O1: one")
    town.says(cal, f"comment <@{ann}> KR1.1: two")
    which = town.says(ann, say(lang, "resolve"))
    assert {b.text.split(" ")[0] for _, b in which.buttons()} == {"resolve"}
    town.presses(ann, which, cal.capitalize())
    assert (kept(town, bob)[0]["state"], kept(town, cal)[0]["state"]) == ("open", "resolved")


def test_undo_of_a_comment_and_of_a_resolution(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    town.says(bob, f"comment <@{ann}> O1: brave?")
    town.says(ann, "resolve")
    town.says(ann, say(lang, "undo"))
    assert kept(town, bob)[0]["state"] == "open"
    undone = town.says(bob, say(lang, "undo"))
    assert "brave?" in undone.text  # nothing typed is lost
    assert kept(town, bob) == []
    assert town.delivered_to(ann) == []
    town.presses(bob, undone, say(lang, "Redo"))
    assert kept(town, bob)[0]["state"] == "open"


def test_a_comment_is_no_markup_and_no_mention(town: Town, lang: str) -> None:
    ann, bob = town.with_okr(TWO), town.someone("bob")
    town.says(bob, f"comment <@{ann}> O1: *bold* <!channel> @all ```x``` | a\nsecond line")
    [told] = town.delivered_to(ann)
    assert "*bold* <!channel> @all" in told.text
    assert "second line" in kept(town, bob)[0]["text"]
