from tests.talk import Talk
import pytest
@pytest.mark.parametrize("n", range(15))
def test_it(store, n):
    talk = Talk(store)
    print(talk.says("U1", "mine").text)
    talk.says("U1", "new O: Win\nKR1: a from 1 to 10")
    assert len(talk.export()["objectives"]) == 1
