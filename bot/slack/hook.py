"""Posts to a response_url: an address that takes answers to one delivery, five times within half an hour; it is never logged.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from collections.abc import Mapping
from typing import Any

from slack_sdk.webhook import WebhookClient

from bot.sending import Later, Outcome, Sent, Unknown
from bot.slack.people import quiet
from bot.slack.refusals import broken, retry_after


def post(url: str, body: Mapping[str, Any], seconds: float) -> Outcome | None:
    """What became of it; None when the address does not take it (any more) and another way is to be tried."""
    try:
        answer = WebhookClient(url, timeout=max(1, round(seconds)), retry_handlers=[], logger=quiet).send_dict(dict(body))
    except Exception as error:
        return broken(error)
    if answer.status_code == 200:
        return Sent()
    if answer.status_code == 429:
        return Later(retry_after(answer.headers), "rate_limited")
    if answer.status_code >= 500:
        return Unknown(f"http {answer.status_code}")
    return None
