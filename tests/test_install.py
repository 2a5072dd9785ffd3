"""The files that people paste into the platforms' consoles: valid, and no more and no less than what the program uses."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.feishu.listen import FeishuFront
from bot.replies import Reply
from bot.sending import Answered
from bot.slack.listen import SlackFront
from tests.fakes.feishu import FakeFeishu
from tests.fakes.slack import FakeSlack

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
HTTP, SOCKET = "slack-manifest-http.json", "slack-manifest-socket.json"
Manifest = dict[str, Any]

# What each method of Slack's asks of a bot token: https://docs.slack.dev/reference/methods/NAME, "Required scopes"
SLACK_SCOPES: dict[str, set[str]] = {
    "apps_connections_open": set(),  # connections:write, of the app-level token
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"im:history"},  # of direct messages alone
    "conversations_open": {"im:write"},  # with one person
    "users_info": {"users:read"},
    "views_open": set(),
    "views_update": set(),
}
# and each event: https://docs.slack.dev/reference/events/NAME
SLACK_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.im": {"im:history"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.mpim": {"mpim:history"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "reaction_added": {"reactions:read"},
    "link_shared": {"links:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
}
# What each call of Feishu's asks for: https://open.feishu.cn/document/server-docs/…, 权限要求 and 字段权限要求 of what we read
FEISHU_SCOPES: dict[str, set[str]] = {
    "/open-apis/im/v1/messages": {"im:message:send_as_bot"},  # send, answer, and redraw
    "/open-apis/bot/v3/info": set(),
    "/open-apis/contact/v3/users/": {"contact:contact.base:readonly", "contact:user.base:readonly", "contact:user.department:readonly"},
    "/open-apis/contact/v3/departments/": {
        "contact:contact.base:readonly",
        "contact:department.base:readonly",
        "contact:department.organize:readonly",
    },
}
FEISHU_EVENTS: dict[str, set[str]] = {
    "im.message.receive_v1": {"im:message.p2p_msg:readonly", "im:message.group_at_msg:readonly"},
    "application.bot.menu_v6": set(),
    "im.chat.access_event.bot_p2p_chat_entered_v1": {"im:chat.access_event.bot_p2p_chat:read"},
    "im.chat.member.bot.added_v1": {"im:chat.members:bot_access"},
    "im.message.reaction.created_v1": {"im:message.reactions:read"},
    "contact.user.updated_v3": {"contact:contact.base:readonly"},
    "contact.user.deleted_v3": {"contact:contact.base:readonly"},
}
CALLBACKS = {"card.action.trigger"}


def manifest(name: str) -> Manifest:
    loaded: Manifest = json.loads((DOCS / name).read_text(encoding="utf-8"))
    return loaded


# ------------------------------------------------------------ Slack's published schema
# https://github.com/slackapi/manifest-schema (schemas/manifest.schema.2.0.0.json): of the fields that we use, which there are, which
# must be, and how long they may be. No other field is allowed anywhere.

URL = r"https?://.+"
TEXTS: dict[str, tuple[int, int, str]] = {
    "display_information.name": (1, 35, ".+"),
    "display_information.description": (1, 140, ".+"),
    "display_information.background_color": (4, 7, "#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?"),
    "features.bot_user.display_name": (1, 80, ".+"),
    "features.slash_commands.command": (2, 32, "/.+"),
    "features.slash_commands.url": (8, 3000, URL),
    "features.slash_commands.description": (1, 2000, ".+"),
    "features.slash_commands.usage_hint": (1, 1000, ".+"),
    "oauth_config.scopes.bot": (1, 50, "[a-z_.:]+"),
    "settings.event_subscriptions.request_url": (8, 3500, URL),
    "settings.event_subscriptions.bot_events": (1, 50, "[a-z_.]+"),
    "settings.interactivity.request_url": (8, 3500, URL),
}
FLAGS = {
    "features.app_home.home_tab_enabled",
    "features.app_home.messages_tab_enabled",
    "features.app_home.messages_tab_read_only_enabled",
    "features.bot_user.always_online",
    "features.slash_commands.should_escape",
    "settings.interactivity.is_enabled",
    "settings.org_deploy_enabled",
    "settings.socket_mode_enabled",
    "settings.token_rotation_enabled",
}
NUMBERS = {"_metadata.major_version", "_metadata.minor_version"}
LISTS = {"features.slash_commands": (1, 50), "oauth_config.scopes.bot": (0, 255), "settings.event_subscriptions.bot_events": (0, 100)}
REQUIRED = {
    "": {"display_information"},
    "display_information": {"name"},
    "features.bot_user": {"display_name"},
    "features.slash_commands": {"command", "description"},
    "settings.interactivity": {"is_enabled"},
}


def problems_of(value: Any, at: str = "") -> list[str]:
    """What Slack's schema would object to."""
    if isinstance(value, dict):
        known = {path.removeprefix(f"{at}." if at else "").partition(".")[0] for path in {*TEXTS, *FLAGS, *NUMBERS} if path.startswith(at)}
        wrong = [f"{at}: no {key}" for key in REQUIRED.get(at, set()) - set(value)]
        wrong += [f"{at}: unknown {key}" for key in value if key not in known]
        return wrong + [p for key, v in value.items() for p in problems_of(v, f"{at}.{key}" if at else key)]
    if isinstance(value, list):
        low, high = LISTS.get(at, (1, 0))
        fits = low <= len(value) <= high and len({json.dumps(v) for v in value}) == len(value)
        return ([] if fits else [f"{at}: {len(value)} of them"]) + [p for v in value for p in problems_of(v, at)]
    if isinstance(value, str) and at in TEXTS:
        low, high, shape = TEXTS[at]
        return [] if low <= len(value) <= high and re.fullmatch(shape, value) else [f"{at}: {value!r}"]
    right = (isinstance(value, bool) and at in FLAGS) or (type(value) is int and at in NUMBERS)
    return [] if right else [f"{at}: {value!r}"]


@pytest.mark.parametrize("name", [HTTP, SOCKET])
def test_the_manifest_is_valid(name: str) -> None:
    assert problems_of(manifest(name)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("display_information.name", "T" * 36),
        ("display_information.name", ""),
        ("display_information.colour", "#fff"),
        ("display_information.background_color", "green"),
        ("features.slash_commands", []),
        ("features.slash_commands", [{"command": "okr", "description": "x"}]),
        ("features.slash_commands", [{"command": "/okr"}]),
        ("features.app_home.home_tab_enabled", "yes"),
        ("settings.event_subscriptions.request_url", "HOST/slack/events"),
        ("settings.event_subscriptions.bot_events", ["app_mention", "app_mention"]),
        ("settings.interactivity", {}),
        ("settings.socket_mode", True),
        ("oauth_config.scopes.bot", ["x" * 51]),
    ],
)
def test_the_check_of_manifests_finds_mistakes(path: str, value: Any) -> None:
    made: Any = manifest(HTTP)
    *way, last = path.split(".")
    place = made
    for step in way:
        place = place[step]
    place[last] = value
    assert problems_of(made) != []


# ------------------------------------------------------------ Slack: no more and no less than what is used


def used_methods() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (TOP / "bot/slack").glob("*.py")]
    return {name for source in sources for name in re.findall(r"\b_?web\.([a-z]+_[a-zA-Z_]+)\(", source)}


def test_the_scopes_are_those_of_the_methods_and_events_in_use() -> None:
    methods = used_methods()
    assert {"chat_postMessage", "users_info"} <= methods, "the search finds nothing"
    assert methods == set(SLACK_SCOPES), "a method came or went: say what it needs, and mend the manifests"
    for name in (HTTP, SOCKET):
        made = manifest(name)
        needed = {"commands"}.union(*(SLACK_SCOPES[m] for m in methods))
        needed = needed.union(*(SLACK_EVENTS[e] for e in made["settings"]["event_subscriptions"]["bot_events"]))
        assert made["oauth_config"]["scopes"] == {"bot": sorted(needed)}


_PLACES = {"channels": "channel", "groups": "group"}  # what message.channels and message.groups are called within the event


def heard_on_slack() -> set[str]:
    """Which of Slack's events reach the desk."""
    heard: list[Any] = []

    def answer(message: Any) -> Answered:
        heard.append(message)
        return Answered(Reply(()))

    found = set()
    with FakeSlack() as slack:
        front = SlackFront(signing_secret=slack.secret, bot_token=slack.token, api_url=slack.api_url, answer=answer, clock=slack.now)
        for name in SLACK_EVENTS:
            kind, _, place = name.partition(".")
            heard.clear()
            event = {
                "type": kind,
                "user": "U1",
                "channel": "D1",
                "text": "mine",
                "tab": "messages",
                "channel_type": _PLACES.get(place, place),
            }
            assert front.handle(*slack.event(event)).status == 200
            found |= {name} if heard else set()
    return found


def test_the_events_are_those_that_are_heard() -> None:
    heard = heard_on_slack()
    for name in (HTTP, SOCKET):
        assert set(manifest(name)["settings"]["event_subscriptions"]["bot_events"]) == heard


def test_both_manifests_are_one_app_by_two_roads() -> None:
    http, socket = manifest(HTTP), manifest(SOCKET)
    assert (http["settings"].pop("socket_mode_enabled"), socket["settings"].pop("socket_mode_enabled")) == (False, True)
    urls = [c.pop("url") for c in http["features"]["slash_commands"]]
    urls += [http["settings"]["event_subscriptions"].pop("request_url"), http["settings"]["interactivity"].pop("request_url")]
    assert set(urls) == {"https://HOST/slack/events"}
    assert http == socket
    commands = {c["command"]: c["should_escape"] for c in socket["features"]["slash_commands"]}
    assert commands == {"/okr": True, "/checkin": True}
    assert socket["features"]["app_home"] == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


# ------------------------------------------------------------ Feishu


def heard_on_feishu() -> set[str]:
    """Which of Feishu's events and callbacks are listened to: what is not says {} to an event that makes no sense, and asks nobody."""
    source = (TOP / "bot/feishu/listen.py").read_text(encoding="utf-8")
    return set(re.findall(r'case "([a-z0-9_.]+)":', source))


def test_the_permissions_are_those_of_the_calls_and_events_in_use() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (TOP / "bot/feishu").glob("*.py")]
    calls = {path for source in sources for path in re.findall(r'"(/open-apis/[a-z0-9/]+)', source)}
    assert calls
    assert calls <= set(FEISHU_SCOPES), "a call came: say what it needs, and mend docs/feishu-permissions.json"
    events = heard_on_feishu() - CALLBACKS
    assert events <= set(FEISHU_EVENTS), "an event came: say what it needs"
    needed = set[str]().union(*(FEISHU_SCOPES[c] for c in calls), *(FEISHU_EVENTS[e] for e in events))
    assert json.loads((DOCS / "feishu-permissions.json").read_text()) == {"scopes": {"tenant": sorted(needed), "user": []}}


def test_feishus_events_are_on_its_page_and_heard() -> None:
    page = (DOCS / "feishu.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([a-z]+(?:\.[a-z0-9_]+)+)`", page) if name in {*FEISHU_EVENTS, *CALLBACKS}}
    assert named == heard_on_feishu()


def test_each_event_of_feishu_that_is_heard_reaches_the_desk() -> None:
    heard: list[Any] = []

    def answer(message: Any) -> Answered:
        heard.append(message)
        return Answered(Reply(()))

    with FakeFeishu() as feishu:
        front = FeishuFront(verification_token=feishu.token, encrypt_key=feishu.encrypt_key, answer=answer, clock=feishu.now)
        deliveries: Mapping[str, Any] = {
            "im.message.receive_v1": feishu.direct("我的"),
            "application.bot.menu_v6": feishu.menu("我的"),
            "card.action.trigger": feishu.press({"t": "undo #c1", "v": 1, "c": "c1"}),
            "im.chat.access_event.bot_p2p_chat_entered_v1": feishu.entered(),
        }
        assert set(deliveries) == heard_on_feishu()
        for name, delivery in deliveries.items():
            heard.clear()
            assert front.handle(*delivery).status == 200
            assert heard, name


# ------------------------------------------------------------ the pages


@pytest.mark.parametrize("page", ["slack.md", "feishu.md"])
def test_the_page_points_to_files_that_exist_and_settings_that_are_known(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    assert linked
    assert [link for link in linked if not (DOCS / link).exists()] == []
    known = set(re.findall(r"^# ?([A-Z_]+)=", (TOP / ".env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"TENDAY_[A-Z_]+", text)) <= known
    assert "\n1. " in text
    assert "\n| what you see | why | what to do |\n" in text
