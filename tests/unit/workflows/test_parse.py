"""Plan files into plans, and mistakes into lines and columns."""

import pytest

from passdown.errors import InvalidPlan
from passdown.workflows.model import Budget, Gate, Phase, Plan, Retries
from passdown.workflows.parse import look, parse

PLAN = """\
about: Episodes
folder: shows/{item}
budget: {money: $12, tokens: 2M, time: 3 h}
phases:
  final:
    needs: [production, research]
    python: studio.mix:main
    approval: yes
  research:
    agent: claude
    prompt: |
      Read brief.md.
      Leave findings.
    inputs: brief.md
    outputs: research/findings.md
    env: {VERBOSE: no, LEVEL: 07}
  production:
    needs: research
    run: make script
    outputs: [production/*.md, production/**/*.json]
    budget: {money: 3.5}
    gate: {run: make score, minimum: 7.5, below: ask}
    retries: {most: 2, backoff: 10 s, factor: 3, longest: 5 min}
    timeout: 1h 30m
"""


def said(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [f"{p.line}:{p.column} {p.message}" for p in look(data, "x").errors]


def phase(body: str) -> list[str]:
    """What is said of a plan with one phase of these lines."""
    return said("phases:\n  a:\n" + "".join(f"    {line}\n" for line in body.split("\n")))


def test_every_key_is_read() -> None:
    """A plan with all that there is, its phases in the order they run in."""
    plan = parse(PLAN.encode(), "show", "show.yaml")

    assert plan == Plan(
        name="show", folder="shows/{item}", budget=Budget(12.0, 2_000_000, 10_800.0), text_hash=plan.text_hash, phases=(
            Phase("research", agent="claude", prompt="Read brief.md.\nLeave findings.\n", inputs=("brief.md",), outputs=("research/findings.md",),
                  env={"VERBOSE": "no", "LEVEL": "07"}),
            Phase("production", run="make script", outputs=("production/*.md", "production/**/*.json"), needs=("research",), budget=Budget(3.5),
                  gate=Gate("make score", minimum=7.5, below="ask"), retries=Retries(2, 10.0, 3.0, 300.0), timeout_s=5_400.0),
            Phase("final", python="studio.mix:main", needs=("production", "research"), approval=True)))


def test_a_number_of_retries_may_stand_alone() -> None:
    """`retries: 2` is the short form of `retries: {most: 2}`."""
    assert parse(b"phases: {a: {run: x, retries: 2}}", "x", "x").phases[0].retries == Retries(most=2)


def test_every_mistake_is_said_at_once_with_its_place() -> None:
    """Six mistakes in six lines give six messages, in the order of the lines."""
    assert said("""\
fodler: x/{item}
budget: {money: 12 EUR, time: 3}
phases:
  a:
    run: x
    approval: maybe
    outputs: ../b
    needs: c
""") == [
        "1:1 `fodler` is no key of a plan; did you mean `folder`?",
        "2:17 `money`: `12 EUR` is no amount of US dollars, such as `money: $3.50`",
        "2:31 `time`: `3` is no length of time, such as `time: 10 min`",
        "6:15 `approval`: `maybe` is neither true nor false",
        "7:14 `outputs`: `../b` is not taken: `..` leads out of the item's folder, such as `outputs: [production/script.md]`",
        "8:12 `a` needs `c`, which is no phase"]


def test_the_error_names_file_line_and_column() -> None:
    """The message can be clicked in an editor."""
    with pytest.raises(InvalidPlan) as error:
        parse(b"phases:\n  a: {rnu: x}\n", "x", "plans/x.yaml")

    assert "plans/x.yaml:2:7: `rnu` is no key of phase `a`; did you mean `run`?" in error.value.message
    assert error.value.exit_code == 57


@pytest.mark.parametrize(("body", "wanted"), [
    ("needs: []", "2:3 phase `a` needs one of `run`, `agent`, `python`"),
    ("run: x\npython: m:f", "4:5 `python` beside `run`"),
    ("agent: claude", "3:5 `agent` needs `prompt` beside it"),
    ("run: x\nprompt: y", "4:5 `prompt` needs `agent` beside it"),
    ("python: m.f", "3:13 `python`: `m.f` is no entry point"),
    ("agent: cl aude; rm\nprompt: x", "3:12 `agent`: `cl aude; rm` is no name of a command"),
    ("run: x\ngate: {minimum: 7}", "4:5 the gate of `a` needs one of `run`, `report`"),
    ("run: x\ngate: {run: y}", "4:5 the gate of `a` needs `minimum`"),
    ("run: x\ngate: {run: y, minimum: 11}", "4:29 `minimum` 11 is not between 0 and 10"),
    ("run: x\ngate: {report: /etc/x, minimum: 1}", "4:20 `report`: `/etc/x` is not taken: it is absolute"),
    ("run: x\nretries: 1.5", "4:14 `most`: `1.5` is no whole number"),
    ("run: x\nretries: {factor: 0.5}", "4:23 `factor` 0.5 is not between 1 and 100"),
    ("run: x\nenv: {PASSDOWN_ITEM: y}", "4:11 `PASSDOWN_ITEM`: names that begin with PASSDOWN_ are set by passdown"),
    ("run: x\nenv: {a-b: y}", "4:11 `a-b` cannot name an environment variable"),
    ("run: [x, y]", "3:10 `run` is a text, not a list"),
    ("run: ''", "3:10 `run` is empty"),
    ('run: "a\\0b"', "3:10 `run` holds a NUL"),
    ("run: x\nrun: y", "4:5 `run` comes twice, first in line 3"),
    ("run: x\nneeds: [a]", "4:13 `a` needs itself"),
    ("run: x\noutputs: [C:/x]", "it is absolute"),
    ("run: x\noutputs: [~/x]", "it is absolute"),
    ("run: x\noutputs: ['a\\b']", "write `/` between folders"),
    ("run: x\noutputs: [a/.git/hooks]", "nothing of a production lies in .git"),
    ("run: x\nbudget: 3", "4:13 the budget of `a` is written as lines `key: value`, not as a text"),
])
def test_a_phase_with_a_mistake_is_refused(body: str, wanted: str) -> None:
    """The message says where it is, what is wrong and what would be right."""
    assert wanted in "\n".join(phase(body))


@pytest.mark.parametrize(("text", "wanted"), [
    ("folder: x\nphases: {a: {run: x}}", "1:9 `folder`: `x` needs `{item}` in it once"),
    ("folder: /x/{item}\nphases: {a: {run: x}}", "it is absolute"),
    ("folder: '*/{item}'\nphases: {a: {run: x}}", "a plain path"),
    ("phases: {}", "`phases` is a map of phases by name"),
    ("phases: [a]", "`phases` is a map of phases by name"),
    ("", "1:1 a plan needs `phases`"),
    ("just words", "1:1 a plan is written as lines `key: value`, not as a text"),
    ("phases:\n  A: {run: x}\n  a: {run: x}", "3:3 `a` and `A` differ in case only"),
    ("phases:\n  a b: {run: x}", "2:3 `a b` cannot name a phase"),
    ("phases:\n  a: {run: x}\n  a: {run: y}", "3:3 `a` comes twice, first in line 2"),
    ("phases:\n  a: {run: x, needs: [b]}\n  b: {run: x, needs: [c]}\n  c: {run: x, needs: [a]}",
     "2:23 these phases wait for each other: a → b → c → a"),
    ("phases:\n  a: {run: x, needs: [b]}\n  b: {run: x, needs: [a]}\n  c: {run: x, needs: [d]}\n  d: {run: x, needs: [c]}", "4:23 these phases wait"),
])
def test_a_plan_with_a_mistake_is_refused(text: str, wanted: str) -> None:
    """The same for the plan as a whole; every cycle is named once."""
    assert wanted in "\n".join(said(text))


def test_too_many_phases_are_refused() -> None:
    """A plan is written by hand; a thousand phases are a mistake or an attack."""
    assert "at most 100" in said("phases: {" + ", ".join(f"a{n}: {{run: x}}" for n in range(101)) + "}")[0]


def warned(text: str) -> list[str]:
    return [f"{p.line} {p.message}" for p in look(text.encode(), "x").problems if p.severity == "warning"]


def test_what_is_probably_not_meant_is_a_warning() -> None:
    """Such a plan can run, and check says what looks wrong in it."""
    found = warned("""\
budget: {money: $1}
phases:
  a: {run: x, outputs: [notes/a.md], budget: {money: $2}}
  b: {run: x, inputs: [notes/*.md], outputs: [b.md], gate: {run: y, minimum: 0}}
  c:
    run: x
    needs: [a]
    inputs: [notes/a.md]
    gate: {run: y, minimum: 3, below: retry}
""")

    assert [line.split(" ", 1)[0] for line in found] == ["1", "4", "4", "5", "9"]
    assert "`notes/*.md` is made by `a`, which `b` does not need" in found[1]


def test_places_are_kept_for_every_value() -> None:
    """An edit of a single value knows where it stands."""
    found = look(PLAN.encode(), "x")

    key, value = found.places["phases", "production", "gate", "minimum"]
    assert (key.line, found.text[value.start:value.end]) == (22, "7.5")
