"""How Slack and Feishu would draw an answer, for the chat page's developer view; it knows both renderers and neither SDK."""

import json
from collections.abc import Iterator
from typing import Any

from bot.feishu import render as feishu
from bot.replies import Reply, from_json, to_json
from bot.slack import forms as modal
from bot.slack import render as slack
from bot.wording import Words, kept_words

SLACK, FEISHU = "T0PREVIEW", "preview"


def dressed(reply: Reply, locale: str, prompts: Words | None = None) -> dict[str, Any]:
    """Their own JSON for it, as if everybody had an account there; people: the names behind the ids in it."""
    facts = json.loads(to_json(reply))
    people: dict[str, str] = {}
    for person in _people(facts):
        ids = f"U0{person['id']}", f"ou_{person['id']}"
        person["accounts"] = [["slack", SLACK, ids[0]], ["feishu", FEISHU, ids[1]]]
        people |= dict.fromkeys(ids, person["name"])
    there, worded = from_json(json.dumps(facts)), prompts or kept_words(locale)
    message = slack.message(there, worded, SLACK)
    view = modal.view(there, worded, SLACK, modal.Standing()) if there.form else None
    return {"slack": view or message, "feishu": feishu.card(there, worded, FEISHU), "people": people}


def _people(facts: Any) -> Iterator[dict[str, Any]]:
    if isinstance(facts, dict):
        if facts.get("!") == "Person":
            yield facts
        for fact in facts.values():
            yield from _people(fact)
    elif isinstance(facts, list):
        for fact in facts:
            yield from _people(fact)
