"""The documents say what is true: README's dialogs run, and settings, commands and columns are documented both ways."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices

from app import arguments
from bot.grammar import parse
from bot.settings import BadSettings, Settings, load
from handlers.people import Defaults
from storage.store import Store
from tests.talk import Talk

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text()
DIALOGS = re.findall(r"```dialog ?(\w*)\n(.*?)```", README, re.DOTALL)


def turns(dialog: str) -> list[tuple[str, list[str]]]:
    """What is said, and the pieces that the answer must hold."""
    found: list[tuple[str, list[str]]] = []
    said: list[str] = []
    for line in dialog.strip().splitlines():
        if line.startswith("> "):
            said.append(line[2:])
        elif said:
            found.append(("\n".join(said), [line]))
            said = []
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize(("locale", "dialog"), DIALOGS, ids=[locale or "en" for locale, _ in DIALOGS])
def test_readme_dialogs_run(store: Store, locale: str, dialog: str) -> None:
    talk = Talk(store, defaults=Defaults(locale=locale or "en", timezone="UTC"))
    for text, pieces in turns(dialog):
        heard = talk.says("ann", text)
        for piece in pieces:
            assert piece in heard.text, f"{text!r} was answered\n{heard.text}"


def test_readme_has_dialogs_in_both_languages() -> None:
    assert [locale for locale, _ in DIALOGS] == ["", "zh"]


def setting_names() -> set[str]:
    aliases = [field.validation_alias for field in Settings.model_fields.values()]
    return {str(a.choices[-1]) for a in aliases if isinstance(a, AliasChoices)}


def test_every_setting_is_in_the_example_and_the_other_way_round() -> None:
    example = set(re.findall(r"^# ?([A-Z_]+)=", (TOP / ".env.example").read_text(), re.MULTILINE))
    assert example == setting_names()


def test_the_example_can_be_loaded_as_it_is(tmp_path: Path) -> None:
    uncommented = re.sub(r"^# ?([A-Z_]+=\S*)( .*)?$", r"\1", (TOP / ".env.example").read_text(), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(uncommented)
    assert load(tmp_path / ".env").port == 3000


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("TENDAY_TIMEZONE=Mars/Phobos", "TENDAY_TIMEZONE"),
        ("PORT=ninety", "PORT"),
        ("TENDAY_RATE_LIMIT=often", "60/minute"),
        ("DATABASE_URL=mysql://x", "DATABASE_URL"),
        ("TENDAY_SLACK_BOT_TOKEN=xoxb-1", "TENDAY_SLACK_SIGNING_SECRET"),
        ("TENDAY_SLACK_BOT_TOKEN=xoxb-1", "TENDAY_SLACK_APP_TOKEN"),
        ("TENDAY_SLACK_SIGNING_SECRET=1", "TENDAY_SLACK_BOT_TOKEN"),
        ("TENDAY_SLACK_APP_TOKEN=xapp-1", "TENDAY_SLACK_BOT_TOKEN"),
        ("TENDAY_SLACK_BOT_TOKEN=xoxb-1\nTENDAY_SLACK_APP_TOKEN=xoxb-1", "begins with xapp-"),
        ("TENDAY_SLACK_CLIENT_ID=1", "OAuth"),
        ("TENDAY_FEISHU_CONNECTION=websocket", "TENDAY_FEISHU_APP_ID"),
        ("TENDAY_FEISHU_CONNECTION=carrier-pigeon", "TENDAY_FEISHU_CONNECTION"),
        ("TENDAY_FEISHU_APP_ID=cli_1\nTENDAY_FEISHU_APP_SECRET=1", "TENDAY_FEISHU_CONNECTION=websocket"),
        ("TENDAY_FEISHU_APP_ID=cli_1\nTENDAY_FEISHU_APP_SECRET=1\nTENDAY_FEISHU_ENCRYPT_KEY=1", "TENDAY_FEISHU_VERIFICATION_TOKEN"),
        ("TENDAY_FEISHU_APP_SECRET=1", "TENDAY_FEISHU_APP_ID"),
        ("TENDAY_FEISHU_APP_ID=cli_1", "TENDAY_FEISHU_APP_SECRET"),
        ("DATABASE_URL=postgresql+psycopg://h/d", "TENDAY_SECRET_KEY"),
    ],
)
def test_a_bad_setting_is_one_clear_line(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / ".env").write_text(line + "\n")
    with pytest.raises(BadSettings) as told:
        load(tmp_path / ".env")
    assert says in str(told.value)
    assert "\n" not in str(told.value)


SLACK = "TENDAY_SLACK_BOT_TOKEN=xoxb-1\n"
FEISHU = "TENDAY_FEISHU_APP_ID=cli_1\nTENDAY_FEISHU_APP_SECRET=1\n"
KEYS = "TENDAY_FEISHU_VERIFICATION_TOKEN=1\nTENDAY_FEISHU_ENCRYPT_KEY=1\n"


@pytest.mark.parametrize(
    ("lines", "ways"),
    [
        ("", set()),
        (SLACK + "TENDAY_SLACK_SIGNING_SECRET=1", {"slack_http"}),
        (SLACK + "TENDAY_SLACK_APP_TOKEN=xapp-1", {"slack_socket"}),
        (SLACK + "TENDAY_SLACK_APP_TOKEN=xapp-1\nTENDAY_SLACK_SIGNING_SECRET=1", {"slack_http", "slack_socket"}),
        (FEISHU + KEYS, {"feishu_webhook"}),
        (FEISHU + "TENDAY_FEISHU_CONNECTION=websocket", {"feishu_socket"}),
        (FEISHU + KEYS + "TENDAY_FEISHU_CONNECTION=websocket", {"feishu_socket", "feishu_webhook"}),
    ],
)
def test_which_settings_open_which_way(tmp_path: Path, lines: str, ways: set[str]) -> None:
    (tmp_path / ".env").write_text(lines)
    settings = load(tmp_path / ".env")
    assert {w for w in ("slack_http", "slack_socket", "feishu_webhook", "feishu_socket") if getattr(settings, w)} == ways


def test_every_command_of_the_program_is_documented() -> None:
    operations = (TOP / "docs/operations.md").read_text()
    commands = arguments()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert {name for name in commands if f"app.py {name}" not in operations + README} == set()


def test_every_line_of_the_typing_page_is_understood() -> None:
    """Each quoted line of docs/typing.md that has no blank to fill in is a command and not prose."""
    page = (TOP / "docs/typing.md").read_text()
    table = page.split("## A check-in line")[0]
    quoted = [line for line in re.findall(r"`([^`]+)`", table) if "…" not in line and "TEXT" not in line]
    misread = [line for line in quoted if type(parse(line)).__name__ in ("Prose", "NotYet")]
    assert len(quoted) > 30
    assert misread == []


def test_nothing_of_this_machine_is_in_the_tree() -> None:
    forbidden = [str(TOP.parent) + "/"]
    listed = [
        p for p in TOP.rglob("*") if p.is_file() and not {".venv", ".git", "__pycache__", ".mypy_cache", ".ruff_cache"} & set(p.parts)
    ]
    texts = [p for p in listed if p.suffix in (".py", ".md", ".txt", ".toml", ".lock", ".json", ".js", ".css", ".html")]
    found = [str(p) for p in texts if any(f in p.read_text(errors="ignore") for f in forbidden)]
    assert found == []
    assert "://" not in (TOP / "requirements.lock").read_text()
