"""The JSON Schema of plan files, for editors: made from the table by which they are read. Draft 7, which editors know best."""

from collections.abc import Callable, Mapping
from typing import Any

from passdown.workflows import amounts
from passdown.workflows.keys import ENTRY, FLAGS, ITEM, MOST_PHASES, NAME, ONE_OF, TABLES, TOGETHER, VARIABLE, WORD, Key

Json = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
TEXT: Json = {"type": "string", "minLength": 1}
WITHIN: Json = {"type": "string", "minLength": 1, "not": {"pattern": r"^[/~]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)"}}


def schema() -> Json:
    """Of a whole plan file."""
    tables = {table: _object(table) for table in TABLES if table != "plan"}
    return {"$schema": DRAFT, "title": "passdown plan", "description": "A phased production: .passdown/workflows/<name>.yaml", **_object("plan"),
            "definitions": tables}


def _object(table: str) -> Json:
    """A map of the keys of one table."""
    keys = TABLES[table]
    made: Json = {"type": "object", "additionalProperties": False, "properties": {k.name: {**SHAPES[k.shape](k), "description": _says(k)} for k in keys}}
    if required := [k.name for k in keys if k.required]:
        made["required"] = required
    if table in ONE_OF:
        made["oneOf"] = [{"required": [name]} for name in ONE_OF[table]]
    if table in TOGETHER:
        made["dependencies"] = {first: [second] for first, second in TOGETHER[table]}
    return made


def _says(key: Key) -> str:
    return f"{key.says}. Example: {key.name}: {key.example}" if key.example else f"{key.says}."


def _map(key: Key) -> Json:
    """A map of another table, or what it may be written as for short. A reference stands alone: beside others, draft 7 ignores them."""
    short = [SHAPES[k.shape](k) for k in TABLES[key.of] if k.name == key.short]
    return {"anyOf": [{"$ref": f"#/definitions/{key.of}"}, *short]}


def _phases(_: Key) -> Json:
    return {"type": "object", "minProperties": 1, "maxProperties": MOST_PHASES, "propertyNames": {"pattern": f"^{NAME}$"},
            "additionalProperties": {"$ref": "#/definitions/phase"}}


def _amount(pattern: str, *, bare: bool) -> Callable[[Key], Json]:
    """A text of this form; bare: also a number, as YAML reads `3.5`."""
    said: Json = {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$"}
    return lambda _: {"anyOf": [{"type": "number", "minimum": 0}, said]} if bare else said


def _number(kind: str) -> Callable[[Key], Json]:
    return lambda key: {"type": kind, "minimum": key.least, "maximum": key.most}


def _some(one: Json) -> Callable[[Key], Json]:
    """One or a list of them."""
    return lambda _: {"anyOf": [one, {"type": "array", "items": one}]}


def _form(pattern: str) -> Callable[[Key], Json]:
    return lambda _: {"type": "string", "pattern": f"^{pattern}$"}


SHAPES: Mapping[str, Callable[[Key], Json]] = {
    "text": lambda _: TEXT, "texts": _some(TEXT), "names": _some({"type": "string", "pattern": f"^{NAME}$"}), "path": lambda _: WITHIN, "paths": _some(WITHIN),
    "folder": lambda _: {**WITHIN, "pattern": ITEM.replace("{", r"\{").replace("}", r"\}")},
    "entry": _form(ENTRY), "word": _form(WORD),
    "money": _amount(amounts.MONEY, bare=True), "tokens": _amount(amounts.TOKENS, bare=True), "time": _amount(amounts.TIME, bare=False),
    "number": _number("number"), "count": _number("integer"),
    "flag": lambda _: {"anyOf": [{"type": "boolean"}, {"enum": list(FLAGS)}]},
    "choice": lambda key: {"enum": list(key.choices)},
    "env": lambda _: {"type": "object", "propertyNames": {"pattern": f"^(?!PASSDOWN_){VARIABLE}$"},
                      "additionalProperties": {"type": ["string", "number", "boolean", "null"]}},
    "map": _map, "phases": _phases,
}

__all__ = ["schema"]
