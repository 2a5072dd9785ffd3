"""Who keeps no public holidays at all, though their company does."""

from storage.people import NOBODYS, only_organisation
from storage.store import EVERYWHERE
from tests.dialogs.test_pulse import Town, at, placed, pulse, to

__all__ = ["pulse"]


def in_the_us(town: Town) -> None:
    with town.store.write(EVERYWHERE) as session:
        found = only_organisation(session)
        assert found is not None
        found.country = "US"
        session.add(found)


def test_no_holidays_at_all_and_the_companys_again(pulse: Town, lang: str) -> None:
    pulse.says(pulse.someone(), "mine")
    in_the_us(pulse)
    ann, bob = placed(pulse), placed(pulse, "bob")
    heard = pulse.says(ann, "country none" if lang == "en" else "国家 无")
    assert ("no public holidays" if lang == "en" else "不按任何节假日休息") in heard.text
    pulse.says(bob, "country default")
    sent = pulse.until(at(26, 23))
    asked = {who: [o for o in to(sent, who) if o.key.endswith("-1-20261126") and pulse.read(o).reply.form] for who in (ann, bob)}  # type: ignore[union-attr]
    assert [len(asked[ann]) > 0, len(asked[bob]) > 0] == [True, False]  # the 26th is Thanksgiving


def test_it_stands_in_the_settings_form_and_is_left_by_it(pulse: Town, lang: str) -> None:
    by_choice = "no public holidays ·" if lang == "en" else "不按任何节假日休息"
    ann = placed(pulse)
    pulse.says(ann, "country none")
    form = pulse.says(ann, "settings")
    assert NOBODYS in form.text
    done = pulse.sends(ann, form, {"asked_at": "16:05"})
    assert done.reply.tone == "answer"  # type: ignore[union-attr]
    assert by_choice in pulse.says(ann, "country").text
    pulse.sends(ann, pulse.says(ann, "settings"), {"country": ""})
    assert by_choice not in pulse.says(ann, "country").text
