"""What a thread's card lends to an answer in it."""

from bot.commands import CheckIn, Mine, Prose, Ref
from bot.grammar import parse
from tests.grammar.notation import told


def test_a_value_in_the_thread_of_a_key_result_needs_no_reference() -> None:
    assert told(parse("45 c6 going well", checkin_first=True, thread=Ref(1, 2))) == 'checkin: KR1.2 =45 c6 "going well"'
    assert told(parse("done", checkin_first=True, thread=Ref(id="k12"))) == "checkin: #k12 done"
    assert isinstance(parse("thanks, 45 looks good", checkin_first=True, thread=Ref(1, 2)), Prose)


def test_a_bare_key_result_belongs_to_the_thread() -> None:
    assert told(parse("KR2 45", thread=Ref(3, 1))) == "lines: KR3.2 =45"
    assert told(parse("KR1.2 45", thread=Ref(3))) == "lines: KR1.2 =45"


def test_nothing_said() -> None:
    assert parse("  \n") == Mine(due=True)
    assert parse("", checkin_first=True) == CheckIn()
