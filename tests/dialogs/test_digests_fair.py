"""What a digest leaves out: what its reader may not see, what nobody was told of, and days that were nobody's."""

import pytest

from handlers.people import Defaults
from handlers.reminders import plan
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.dialogs.phrases import say
from tests.dialogs.test_digests import OKR, parts_of, said
from tests.dialogs.test_pulse import NINE, at, to
from tests.talk import Heard


@pytest.fixture
def town(store: Store, lang: str) -> Town:
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=NINE)
    town.look_closely = True
    town.says(town.someone("boss"), say(lang, "mine"))  # the first one is an admin
    return town


def led(town: Town, lang: str, *names: str) -> tuple[str, ...]:
    """Somebody who leads these people, each with an OKR."""
    lin = town.someone("lin")
    town.says(lin, say(lang, "mine"))
    people = tuple(town.with_okr(OKR, name) for name in names)
    for who in people:
        town.says(who, f"my lead is <@{lin}>")
    plan(town.store, town.now)
    town.deliver()
    return lin, *people


def digest(town: Town, lang: str, who: str, rest: str = "") -> Heard:
    return town.says(who, f"{say(lang, 'digest')} {rest}".strip())


def test_a_line_on_a_private_objective_waits_for_nobody_who_may_not_see_it(town: Town, lang: str) -> None:
    lin, ann, pat = *led(town, lang, "ann"), town.with_okr(OKR, "pat")
    town.says(pat, "private O1")
    town.sends(pat, town.says(pat, "edit O1"), {"kr_1_with": [ann]})
    [asked] = town.delivered_to(ann)
    town.press(ann, asked.buttons()[0][1], asked.reply.card)  # type: ignore[union-attr]
    assert town.says(ann, f"<@{pat}> KR1.1 36 the secret purchase").reply.tone == "answer"  # type: ignore[union-attr]
    town.until(at(24, 8))
    assert "waiting" not in parts_of(digest(town, lang, lin))
    town.says(ann, "KR1.1 31 on 11-23")
    heard = digest(town, lang, lin)
    [facts] = said(heard, "digest_unseen")
    assert facts["count"] == 1
    assert "secret" not in heard.text
    assert said(town.says(lin, f"{say(lang, 'seen')} <@{ann}>"), "seen_noted")[0]["count"] == 1
    assert "waiting" not in parts_of(digest(town, lang, lin))
