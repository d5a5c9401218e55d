"""The JSON Schema for editors says the same as the parser."""

from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
import yaml

from passdown.actions.plans import TEMPLATES, template_text
from passdown.workflows.keys import TABLES
from passdown.workflows.parse import look
from passdown.workflows.schema import schema

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob(".passdown/workflows/*.yaml"))
validate = fastjsonschema.compile(schema())


def values(text: str) -> Any:
    """As an editor's language server reads it: by YAML 1.2, in which only true and false are of their own type."""
    return yaml.safe_load(text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_right_by_schema_and_parser(name: str) -> None:
    """What `workflow new` writes works at once, without a warning."""
    text = template_text(name)

    validate(values(text))
    assert look(text.encode(), "x").problems == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_right_by_schema_and_parser(path: Path) -> None:
    """So are the plans of the examples."""
    validate(values(path.read_text(encoding="utf-8")))
    assert look(path.read_bytes(), "x").problems == ()


WRONG = [
    "phases: {}", "folder: x\nphases: {a: {run: x}}", "phases: {a: {}}", "phases: {a: {run: x, python: 'm:f'}}", "phases: {a: {agent: c}}",
    "phases: {a: {run: x, timeout: 5}}", "phases: {a: {run: x, budget: {money: 3 EUR}}}", "phases: {a: {run: x, gate: {run: y}}}",
    "phases: {a: {run: x, gate: {run: y, report: z, minimum: 3}}}", "phases: {a: {run: x, gate: {run: y, minimum: 11}}}", "phases: {a b: {run: x}}",
    "phases: {a: {run: x, outputs: [../y]}}", "phases: {a: {run: x, outputs: /y}}", "phases: {a: {run: x, nonsense: 1}}", "phases: {a: {run: x, retries: -1}}",
    "phases: {a: {run: x, env: {PASSDOWN_X: y}}}", "other: 1\nphases: {a: {run: x}}", "phases: {a: {run: x, approval: maybe}}"]


@pytest.mark.parametrize("text", WRONG)
def test_what_the_parser_refuses_the_schema_refuses(text: str) -> None:
    """An editor underlines what would not run."""
    assert look(text.encode(), "x").errors
    with pytest.raises(fastjsonschema.JsonSchemaException):
        validate(values(text))


RIGHT = ["phases: {a: {run: x, retries: 2, needs: b, approval: true}, b: {run: x, env: {A: 1, B: true, C: text}}}",
         "phases: {a: {run: x, budget: {money: 3.5, tokens: 20000, time: 1h 30m}, gate: {report: q.json, minimum: 0.8, below: ask}}}"]


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_parser_takes_the_schema_takes(text: str) -> None:
    """An editor does not underline what would run."""
    assert not look(text.encode(), "x").errors
    validate(values(text))


def test_every_key_says_what_it_is() -> None:
    """An editor shows a sentence and an example for each key of each table."""
    tables = {"plan": schema(), **schema()["definitions"]}

    assert {(table, key.name) for table, keys in TABLES.items() for key in keys} == {
        (table, name) for table, made in tables.items() for name, one in made["properties"].items() if len(one["description"]) > 10}
