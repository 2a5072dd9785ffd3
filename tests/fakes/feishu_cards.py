"""Feishu's card rules (JSON 2.0), as strict as Feishu: unknown properties and tags are errors, all the way down.

https://open.feishu.cn/document/feishu-cards/card-json-v2-structure
"""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

Problems = list[str]
_COMMON = {"tag", "element_id", "margin"}
_KEYS: dict[str, set[str]] = {
    "plain_text": {"tag", "content", "text_size", "text_color", "text_align", "lines", "i18n_content", "element_id"},
    "markdown": _COMMON | {"content", "text_size", "text_align", "icon", "i18n_content"},
    "div": _COMMON | {"text", "icon", "width"},
    "hr": _COMMON,
    "column_set": _COMMON
    | {"columns", "flex_mode", "horizontal_spacing", "horizontal_align", "vertical_spacing", "background_style", "action"},
    "column": _COMMON
    | {"elements", "width", "weight", "vertical_align", "vertical_spacing", "horizontal_align", "padding", "background_style", "direction"},
    "button": _COMMON
    | {"type", "size", "width", "text", "icon", "hover_tips", "disabled", "behaviors", "confirm", "name", "form_action_type"},
}
_FIELD = _COMMON | {"name", "required", "disabled", "width", "placeholder", "behaviors", "confirm"}
_KEYS |= {
    "form": _COMMON
    | {"name", "elements", "direction", "padding", "horizontal_spacing", "vertical_spacing", "horizontal_align", "vertical_align"},
    "input": _FIELD
    | {
        "default_value",
        "label",
        "label_position",
        "input_type",
        "rows",
        "auto_resize",
        "max_rows",
        "max_length",
        "show_icon",
        "disabled_tips",
    },
    "select_static": _FIELD | {"type", "options", "initial_option", "initial_index"},
    "select_person": _FIELD | {"type", "options", "initial_option"},
    "multi_select_person": _FIELD | {"type", "options", "selected_values"},
    "date_picker": _FIELD | {"initial_date"},
    "picker_time": _FIELD | {"initial_time"},
}
FIELDS = {"input", "select_static", "select_person", "multi_select_person", "date_picker", "picker_time"}
_TEMPLATES = {"blue", "wathet", "turquoise", "green", "yellow", "orange", "red", "carmine", "violet", "purple", "indigo", "grey", "default"}
_TYPES = {"default", "primary", "danger", "text", "primary_text", "danger_text", "primary_filled", "danger_filled", "laser"}
_IN_BODY = {"markdown", "div", "hr", "column_set", "button"}


def problems_of(card: Any) -> Problems:
    """Everything that Feishu would refuse; [] for a valid card."""
    found = _known(card, {"schema", "config", "card_link", "header", "body"})
    if found:
        return found
    if card.get("schema") != "2.0":
        found.append("schema")
    found += _config(card.get("config", {})) + (_header(card["header"]) if "header" in card else [])
    found += _known(card.get("body"), {"direction", "padding", "elements", "horizontal_spacing", "vertical_spacing"})
    elements = card.get("body", {}).get("elements")
    if not isinstance(elements, list) or not elements:
        return [*found, "body has no elements"]
    for i, element in enumerate(elements):
        check = _form if isinstance(element, dict) and element.get("tag") == "form" else _element
        found += [f"elements[{i}]: {p}" for p in check(element, 1)]
    names = [c["name"] for c in components(card["body"]) if "name" in c]
    if len(names) != len(set(names)):
        found.append("a name twice")
    return found + _whole(card)


def components(value: Any) -> list[dict[str, Any]]:
    """Every component that has a name, in order."""
    if isinstance(value, list):
        return [found for v in value for found in components(v)]
    if not isinstance(value, dict):
        return []
    return [value] * ("name" in value) + [found for v in value.values() for found in components(v)]


def _form(form: Mapping[str, Any], depth: int) -> Problems:
    found = _known(form, _KEYS["form"]) + ([] if form.get("name") else ["a form without a name"])
    inside = form.get("elements")
    if not isinstance(inside, list):
        return [*found, "a form without elements"]
    for element in inside:
        found += _element(element, depth + 1, inside=True)
    if not any(c.get("form_action_type") == "submit" for c in components(inside)):
        found.append("a form without a button that sends it")
    return found


def _field(element: Mapping[str, Any]) -> Problems:
    found = [] if isinstance(element.get("name"), str) and element["name"] else ["a field without a name"]
    for key, limit in (("placeholder", 100), ("label", 1000)):
        if key in element:
            found += _plain(element[key]) + ([] if len(element[key].get("content", "")) <= limit else [f"{key} is too long"])
    if not isinstance(element.get("required", False), bool):
        found.append("required")
    return found + _FIELDS[element["tag"]](element)


def _input(element: Mapping[str, Any]) -> Problems:
    longest = element.get("max_length", 1000)
    found = [] if 1 <= longest <= 1000 else ["max_length"]
    if element.get("input_type", "text") not in ("text", "multiline_text", "password"):
        found.append("input_type")
    if not isinstance(element.get("default_value", ""), str) or len(element.get("default_value", "")) > longest:
        found.append("default_value")
    return found + ([] if element.get("label_position", "top") in ("top", "left") else ["label_position"])


def _options(element: Mapping[str, Any]) -> Problems:
    options = element.get("options", [])
    values = [o.get("value") for o in options]
    found = [p for o in options for p in _known(o, {"text", "value", "icon"}) + _plain(o.get("text"))]
    if not values or len(values) != len(set(values)) or not all(isinstance(v, str) and v for v in values):
        found.append("options")
    return found + ([] if element.get("initial_option", values[0] if values else "") in values else ["initial_option"])


def _people(element: Mapping[str, Any]) -> Problems:
    options = element.get("options", [])
    values = [o.get("value") for o in options]
    found = [p for o in options for p in _known(o, {"value"})]
    if not all(isinstance(v, str) and v.startswith("ou_") for v in values) or len(values) != len(set(values)):
        found.append("options")
    held = [*element.get("selected_values", []), *([element["initial_option"]] if "initial_option" in element else [])]
    return found + ([] if set(held) <= set(values) else ["whom the field holds is not among the options"])


def _picker(key: str, pattern: str) -> Any:
    def check(element: Mapping[str, Any]) -> Problems:
        if key not in element:
            return [] if "placeholder" in element else ["neither placeholder nor a first value"]
        return [] if re.fullmatch(pattern, element[key]) else [f"{key} {element[key]!r}"]

    return check


_FIELDS: dict[str, Any] = {
    "input": _input,
    "select_static": _options,
    "select_person": _people,
    "multi_select_person": _people,
    "date_picker": _picker("initial_date", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "picker_time": _picker("initial_time", r"([01]\d|2[0-3]):[0-5]\d"),
}


def _whole(card: Any) -> Problems:
    found = []
    if len(json.dumps(card, ensure_ascii=False).encode()) > 30 * 1024:
        found.append("230025: card longer than 30 KB")
    if _number(card["body"]) > 200:
        found.append("more than 200 elements")
    return found


def _number(value: Any) -> int:
    if isinstance(value, dict):
        return ("tag" in value) + sum(_number(v) for v in value.values())
    return sum(_number(v) for v in value) if isinstance(value, list) else 0


def _known(value: Any, keys: set[str]) -> Problems:
    if not isinstance(value, dict):
        return ["not an object"]
    return [f"unknown property {k}" for k in sorted(set(value) - keys)]


def _config(config: Any) -> Problems:
    found = _known(
        config,
        {"update_multi", "width_mode", "enable_forward", "enable_forward_interaction", "summary", "locales", "style", "streaming_mode"},
    )
    if config.get("update_multi") is not True:
        found.append("update_multi must be true")
    return found + (_known(config["summary"], {"content", "i18n_content"}) if "summary" in config else [])


def _header(header: Any) -> Problems:
    found = _known(header, {"title", "subtitle", "template", "text_tag_list", "icon", "padding"})
    if header.get("template", "default") not in _TEMPLATES:
        found.append("template")
    return found + _plain(header.get("title"))


def _element(element: Any, depth: int, *, inside: bool = False) -> Problems:
    """inside: of a form."""
    if not isinstance(element, dict) or element.get("tag") not in (_IN_BODY | FIELDS if inside else _IN_BODY):
        return [f"200861: unsupported tag {element.get('tag') if isinstance(element, dict) else element}"]
    tag = element["tag"]
    found = _known(element, _KEYS[tag])
    if depth > 5:
        found.append("nested too deep")
    if tag == "markdown" and not (isinstance(element.get("content"), str) and element["content"]):
        found.append("empty markdown")
    if tag == "div":
        found += _plain(element.get("text"))
    if tag == "button":
        found += _button(element, inside=inside)
    if tag in FIELDS:
        found += _field(element)
    return found + (_columns(element, depth, inside=inside) if tag == "column_set" else [])


def _columns(element: Mapping[str, Any], depth: int, *, inside: bool) -> Problems:
    found = [] if element.get("flex_mode", "none") in ("none", "stretch", "bisect", "trisect", "flow") else ["flex_mode"]
    columns = element.get("columns")
    if not columns:
        return [*found, "no columns"]
    for column in columns:
        found += _known(column, _KEYS["column"]) + ([] if column.get("tag") == "column" else ["not a column"])
        if column.get("width", "auto") not in ("auto", "weighted") and not str(column["width"]).endswith("px"):
            found.append("width")
        found += [p for inner in column.get("elements", []) for p in _element(inner, depth + 1, inside=inside)]
    return found


def _button(button: Mapping[str, Any], *, inside: bool) -> Problems:
    found = _plain(button.get("text"))
    if inside != (button.get("form_action_type") in ("submit", "reset")):
        found.append("form_action_type")
    if inside and not button.get("name"):
        found.append("a form's button without a name")
    if button.get("type", "default") not in _TYPES:
        found.append("type")
    for behavior in button.get("behaviors", []):
        found += _known(behavior, {"type", "value", "default_url", "pc_url", "ios_url", "android_url"})
        if behavior.get("type") == "callback" and not isinstance(behavior.get("value"), dict):
            found.append("a callback's value must be an object")
    if "confirm" in button:
        found += (
            _known(button["confirm"], {"title", "text"}) + _plain(button["confirm"].get("title")) + _plain(button["confirm"].get("text"))
        )
    return found


def _plain(text: Any) -> Problems:
    found = _known(text, _KEYS["plain_text"])
    if found:
        return found
    if text.get("tag") != "plain_text":
        return ["not plain_text"]
    return [] if isinstance(text.get("content"), str) and text["content"] else ["empty plain_text"]


def shown(markdown: str) -> str:
    """Markdown as a reader sees it: people as @id, links as their label, entities as letters."""
    text = re.sub(r"<at id=([^>]*)></at>", r"@\1", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.replace("**", ""))
    text = re.sub(r"<font color='(?:green|orange|red|grey)'>|</font>", "", text)
    return html.unescape(text)


def flat(value: Any) -> str:
    """The words of a card as a reader sees them, a line per element; buttons left out."""
    if isinstance(value, list):
        return "\n".join(line for v in value if (line := flat(v)))
    if "schema" in value:
        title = value.get("header", {}).get("title", {}).get("content", "")
        return "\n".join(filter(None, [title, flat(value["body"]["elements"])]))
    match value.get("tag"):
        case "markdown":
            return shown(value["content"])
        case "div":
            return str(value["text"]["content"])
        case "form":
            return flat(value["elements"])
        case "input":
            return str(value["label"]["content"]) if "label" in value else ""
        case "column_set":
            return flat([e for column in value["columns"] for e in column["elements"]])
    return ""


def buttons(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """(label, value) of every button."""
    if isinstance(value, list):
        return [found for v in value for found in buttons(v)]
    if not isinstance(value, dict):
        return []
    if value.get("tag") == "button":
        return [(value["text"]["content"], value["behaviors"][0]["value"])]
    return [found for v in value.values() for found in buttons(v)]


def fields(card: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a card's form by their labels: an input has its own, other fields are told by the text above them.

    A label that stands there again is numbered: 关键结果, 关键结果 (2).
    """
    found: dict[str, dict[str, Any]] = {}
    last = ""

    def walk(value: Any) -> None:
        nonlocal last
        if isinstance(value, list):
            for one in value:
                walk(one)
        elif value.get("tag") in FIELDS:
            label = value["label"]["content"] if "label" in value else last
            again = sum(name == label or name.startswith(f"{label} (") for name in found)
            found[f"{label} ({again + 1})" if again else label] = value
        elif value.get("tag") == "column_set":
            walk([e for column in value["columns"] for e in column["elements"]])
        else:
            last = flat(value)

    walk([e for element in card["body"]["elements"] if element.get("tag") == "form" for e in element["elements"]])
    return found


def held(component: Mapping[str, Any]) -> Any:
    """What a field holds at first; None for nothing."""
    keys = ("default_value", "initial_date", "initial_time", "initial_option", "selected_values")
    return next((component[key] for key in keys if key in component), None)
