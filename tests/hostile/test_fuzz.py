"""A short run of every target of the fuzzer, with the same inputs each time, and the inputs that once broke something."""

import re

import pytest
from benchmarks.fuzzing import engine, table
from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.patterns import slow

from passdown.formats import vocabulary, wrapped
from passdown.model import handed, sentences, suspect, text
from passdown.transcripts.readers import chat

INPUTS, LARGEST = 25, 8_000  # besides the seeds; bytes
BROKE = {  # target -> inputs that raised, hung or broke a law
    "reader-copilot-cli": [b'{"type":["n.t"],"data":{"r":{}}}'], "reader-qwen-code": [b'{"uuid":"a","provenance":{"content":{}},"sessionId":"9","message":{}}'],
    "reader-detect": [b'{"type":{"":"s"},"data":{"c":{}},"d":"0"}'], "reader-chat": [b"User: a\n" + b"\n" * 36_000 + b"x\nAssistant: b\nUser: c\n"],
    "grammar-chunks": [b"- Use SQLite " + b"\x0b" * 30_000 + b"x", b"." * 60_000 + b"a", b"... x " * 5_000], "spool-pointers": [b"\x00", b"1\t\t\x00\n"],
    "record-session": [
        b'---\nid: c-1\nagent: codex\n---\n\n# x\n\n## Facts\n\n```json\n{"files": [{"path": "a.py", "edits": "x"}], "commands": [{"command": 1}]}\n```\n',
        b'---\nid: c-1\nagent: codex\n---\n\n# x\n\n## Facts\n\n```json\n{"files": [{"path": "s", "reads": "\xcf1"}]}\n```\n'],
    "load": [b"## " + b"_" * 60 + b"ab"], "lint": [b"run <a" + b"-a" * 60 + b"; [A" + b"/" * 60],
    "reader-claude-code": [
        b'{"type":"assistant","timestamp":"2026-03-02T09:00:00Z","uuid":"a","sessionId":"s","message":{"id":"m","role":"assistant","model":"claude-sonnet-4-5",'
        b'"content":[{"type":"text","text":"x"}],"usage":{"input_tokens":1,"output_tokens":' + b"9" * 400 + b"}}}\n"],
    "style-session-memory": [b"# .Git\nE<!-- pd:y 49061a -->", b"# Git\n#<!-- pd:y 49061a -->", b"# Git\n<!->\n0001-01-01T0:<!-- pd:z 49061a -->", b"# Git#",
        b"## Archive\nx\n```\n\n## 0 Memory Files\n<!-- pd:no ac7959 -->\n1. ",
        b"x\n## .Git State\n<\n```a\n\n- Project root: `/home/dev/shop` <!-- pd:root 53389d -->\n~~~on>\n\n#--\n```"],
    "style-session-context": [b"# Where We Are\n\n- ** <!-- pd:next 6de9ef -->\n- git <!-- pd:last-session 7b4ece -->",
        b"# Where We Are\n" + b"".join(b"- <!-- pd:%b -->\n" % key for key in (b"next 6de9ef", b"next 6de9ef", b"git 1b4f87", b"last-session 7b4ece"))],
    "style-session-log": [b"\t```"], "style-continuity": [b"# Goal\n#", b"# Decisions" + b"\nx" * 38], "style-session-handoff": [b"# Files Modified"],
    "record-file": [b"---\nid: xhsnweh6brbexr1z\nkind: task\nanchors:\n  - " + place + b"\n---\n\nD" for place in (b"a:0-9", b"a:5-3", b"a:" + b"9" * 5_000)],
    "code-java": [b"class A { void m() { int x = 1" + b"-1" * 3_000 + b"; } }"], "code-go": [b"package a\nvar x = 1" + b"-1" * 3_000],
    "journal-operation": [b"[" * 20_000], "code-manifests": [b"go.mod\x00" + b"\n" * 20_000, b"Gemfile\x00" + b"\n" * 20_000],
    "mcp-tools": [b'{"guard":{"\\ud800":""}}', b'{"guard":{"text":' + b'{"a":' * 900 + b"1" + b"}" * 902],
    "journal-events": [b'{"e":"\x81"}\n', b"[" * 4_000], "template": [b"{{9e999*9}}"], "shell": [b"npm", b"sudo " * 3_000],
    "reader-vscode-copilot": [b'{"kind":0,"v":{"requests":[]}}\n' + b'{"kind":1,"k":["x","y",99999],"v":1}\n' * 2_000]}


@pytest.mark.parametrize("name", table.names())
def test_mutated_inputs_break_nothing(name: str) -> None:
    """No error but the documented ones, no hang, no memory without bound."""
    target = table.target(name)
    patient = Target(target.seeds, target.run, target.tokens, target.allowed, once=60.0)  # a guard against hanging alone: others run beside

    assert engine.fuzz(patient, inputs=INPUTS, seed=name, largest=LARGEST).failures == {}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, inputs in BROKE.items() for data in inputs])
def test_what_broke_once_does_not_break_again(name: str, data: bytes) -> None:
    """Small forms of what the fuzzer found."""
    target = table.target(name)

    assert engine.failing(Target(target.seeds, target.run, target.tokens, target.allowed, once=60.0), data) is None


def test_the_fuzzer_finds_what_is_there() -> None:
    """A target that raises, one that hangs, one that takes memory: each is a failure, so that the laws above can fail."""
    def raises(data: bytes) -> None:
        if b"x" in data:
            raise IndexError

    def hangs(data: bytes) -> None:
        while data:
            pass

    def fills(data: bytes) -> None:
        bytearray(8 << 30)

    def found(run: object, once: float = 1.0) -> list[str]:
        return list(engine.fuzz(Target(lambda: [b"ax"], run, once=once), inputs=2, seed="1").failures)  # type: ignore[arg-type]

    assert [name.split()[0] for name in found(raises)] == ["IndexError"]
    assert [name.split()[0] for name in found(hangs, 0.1)] == ["Hang"]
    assert [name.split()[0] for name in found(fills)] == ["MemoryError"]


PATTERNS = {"stops": sentences._STOP, "controls": text.CONTROL, "hidden": text.HIDDEN, "tags": handed._TAG, "labels": handed._LABEL,
    "inline": wrapped._INLINE, "title": chat.TITLE,
            "base64": suspect._BASE64, "spaced": suspect._SPACED, "spaced-within": suspect._SPACED_WITHIN,
            **{f"scope-{n}": words.pattern for n, (words, _) in enumerate((*vocabulary.SCOPES, *vocabulary.KIND_SCOPES))}}


@pytest.mark.parametrize("name", PATTERNS)
def test_expressions_that_see_every_text_are_linear(name: str) -> None:
    """Four times the text takes no more than nine times as long, in one run, of the processor."""
    assert slow(name, re.compile(PATTERNS[name]), prefixes=("", "a", "<"), pieces=(" ", "\n", ".", "a", "a.", "a ", "<", "\\", "1", "*", "~", "\x1b")) is None


def test_a_quadratic_expression_is_found() -> None:
    """So the law above can fail."""
    import re

    assert slow("x", re.compile(r"\s+x"), prefixes=("",), pieces=(" ",)) is not None
