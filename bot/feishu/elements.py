"""The elements of Feishu's cards (JSON 2.0) as plain dicts, each within its limits; it knows no Reply.

What people typed stands in plain_text, or in markdown with every special character as an entity.
https://open.feishu.cn/document/feishu-cards/card-json-v2-structure
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from bot.replies import Source
from bot.wording import Span

Element = dict[str, Any]

# https://open.feishu.cn/document/feishu-cards/card-json-v2-structure: 200 elements and 30 KB a card, containers nest 5 deep
MAX_ELEMENTS = 200
MAX_BYTES = 30 * 1024
BUDGET_BYTES = 24 * 1024  # the card travels as a string inside JSON: its quotes grow
MAX_BUTTON = 100
MAX_CONFIRM = 300
MAX_TOAST = 100
MAX_SUMMARY = 200
MAX_TITLE = 200
MAX_VALUE = 2000

# https://open.feishu.cn/document/common-capabilities/applink-protocol/supported-protocol/open-a-chat-page
FEISHU, LARK = "https://applink.feishu.cn", "https://applink.larksuite.com"

TYPES = {"plain": "default", "primary": "primary_filled", "danger": "danger"}

_SPECIAL = re.compile(r"[&<>~\-!*/\\\[\]()#:+\"'`$_|=^{}]")
_NUMBERED = re.compile(r"(?m)^(\s*\d+)\.")
_INDENT = re.compile(r"\n[ \t]+")
_OPEN_ID = re.compile(r"[A-Za-z0-9_\-]{1,80}")
_CHAT = re.compile(r"oc_[A-Za-z0-9]{1,80}")
_WEB = re.compile(r"https?://[^\s<>()\[\]|\"'`]+", re.IGNORECASE)


def escaped(text: str) -> str:
    """Text that Feishu's markdown shows as it is: no mention, emphasis, link, list, table, tag or emoji code comes of it."""
    entities = _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", _INDENT.sub("\n", text))
    return _NUMBERED.sub(r"\1&#46;", entities)


def plain(text: str) -> Element:
    """A plain_text object."""
    return {"tag": "plain_text", "content": text or "–"}


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def line(spans: Iterable[Span], workspace: str, *, bold: bool = False, colour: str = "", site: str = FEISHU) -> str:
    """Spans as one run of markdown. colour: of its mere text; a mention, a link and what is bold keep their own. site: where links open."""
    done = ""
    for span in spans:
        piece = _piece(span, workspace, bold=bold, site=site)
        if not bold and span.kind in ("text", "person") and mentionable(span, workspace) is None:
            piece = coloured(piece, colour)
        done += f" {piece}" if _clash(done, piece) else piece
    return done


def coloured(content: str, colour: str) -> str:
    """Escaped text in one of Feishu's colours, line by line; its words must say by themselves what the colour says."""
    if not colour:
        return content
    return "\n".join(f"<font color='{colour}'>{row}</font>" if row.strip() else row for row in content.split("\n"))


def _clash(left: str, right: str) -> bool:
    """Whether asterisks would stay letters here: a word on one side, and on the other punctuation inside the bold."""
    if left.endswith("**"):
        return (right[:1].isalnum() and not left[-3:-2].isalnum()) or right.startswith("**")
    return right.startswith("**") and left[-1:].isalnum() and not right[2:3].isalnum()


def _piece(span: Span, workspace: str, *, bold: bool, site: str) -> str:
    if (user := mentionable(span, workspace)) is not None:
        return f"<at id={user}></at>"
    if span.kind == "link" and _WEB.fullmatch(span.url):
        return f"[{escaped(span.text or span.url)}]({span.url})"
    if span.source is not None:
        address = opened(span.source, workspace, site)
        return f"[↗]({address})" if address else ""
    if bold or span.kind in ("bold", "code"):
        return _strong(span.text)
    return escaped(span.text)


def opened(source: Source, workspace: str, site: str = FEISHU) -> str:
    """Where the conversation of a message of this tenant opens, "" for one from elsewhere: Feishu has no address of a message."""
    here = source.platform == "feishu" and source.workspace == workspace and _CHAT.fullmatch(source.channel)
    return f"{site}/client/chat/open?openChatId={source.channel}" if here else ""


def site_of(domain: str) -> str:
    """Where links into conversations open, by the address of the API."""
    return LARK if "larksuite" in domain else FEISHU


def _strong(text: str) -> str:
    """Bold; line by line and without blanks at the ends, where the asterisks would stay letters."""
    lines = []
    for row in text.split("\n"):
        inner = row.strip()
        head, tail = row[: len(row) - len(row.lstrip())], row[len(row.rstrip()) :]
        lines.append(f"{head}**{escaped(inner)}**{tail}" if inner else row)
    return "\n".join(lines)


def mentionable(span: Span, workspace: str) -> str | None:
    """The open_id of a person who has an account in this tenant, else None: then the name is written."""
    if span.kind != "person" or span.person is None:
        return None
    for platform, where, user in span.person.accounts:
        if platform == "feishu" and where == workspace and _OPEN_ID.fullmatch(user):
            return user
    return None


def literal(spans: Iterable[Span]) -> bool:
    """Whether the spans are mere text, so that plain_text shows all of them."""
    return all(span.kind == "text" for span in spans)


def paragraph(text: str, **look: str) -> Element:
    """A div of plain text. look: text_size, text_color."""
    return {"tag": "div", "text": plain(text) | look}


def markdown(content: str, **look: str) -> Element:
    """Markdown; content must be escaped already. look: text_size."""
    return {"tag": "markdown", "content": content} | look


def boxed(text: str) -> Element:
    """Text to copy, as it is, on grey."""
    column = {"tag": "column", "width": "weighted", "weight": 1, "elements": [paragraph(text)]}
    return {"tag": "column_set", "background_style": "grey", "columns": [column]}


def row(buttons: list[Element]) -> Element:
    """Buttons side by side, flowing into more lines where they must."""
    if len(buttons) == 1:
        return buttons[0]
    columns = [{"tag": "column", "width": "auto", "elements": [button]} for button in buttons]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def number(element: Any) -> int:
    """How many elements there are in an element, itself counted."""
    if isinstance(element, dict):
        return ("tag" in element) + sum(number(value) for value in element.values())
    return sum(number(value) for value in element) if isinstance(element, list) else 0


def size(element: Any) -> int:
    """Bytes of an element as it travels."""
    return len(json.dumps(element, ensure_ascii=False, separators=(",", ":")).encode())
