"""Replies that an older program stored are still worded: what a prompt has learnt since is missing, and nothing breaks."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot.replies import Say
from bot.wording import LOCALES, kept_words, words


@pytest.mark.parametrize("locale", LOCALES)
def test_a_fact_that_a_prompt_has_learnt_since(locale: str) -> None:
    older = Say("objective_head", {"ref": "O1", "title": "Grow", "kind": "", "kind_said": False})
    assert kept_words(locale).plain(older) == "O1 Grow"
    with pytest.raises(UndefinedError):
        words(locale).plain(older)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_prompt_that_is_gone(locale: str) -> None:
    assert kept_words(locale).plain(Say("said_in_another_time", {"x": 1})).strip()
    with pytest.raises(TemplateNotFound):
        words(locale).plain(Say("said_in_another_time", {"x": 1}))
