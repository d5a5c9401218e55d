"""One call of a tool."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("mcp_types", reason="the extra `mcp` is not installed")

from passdown.mcp import calls
from passdown.mcp.tools import base
from passdown.project import open_project

KEY = "ghp_" + "A1b2C3d4" * 4 + "E5f6"


def tool(run: Any) -> Any:
    return SimpleNamespace(Arguments=base.Arguments, Result=base.Result, run=run)


def called(run: Any, tmp_path: Path, given: Mapping[str, Any] | None = None) -> Any:
    return calls.call(tool(run), dict(given or {}), lambda directory: open_project(directory or tmp_path))


def test_every_text_of_an_answer_is_redacted(tmp_path: Path) -> None:
    """In the text, in keys and values at any depth; numbers and None stay."""
    class Result(base.Result, frozen=True, kw_only=True):
        found: dict[str, Any]

    answer = called(lambda *_: base.Answer(f"key {KEY}", Result(found={KEY: [{"a": KEY, "n": 3, "none": None}]})), tmp_path)

    assert KEY not in answer.model_dump_json()
    assert next(iter(answer.structured_content["found"].values())) == [{"a": calls.clean(KEY), "n": 3, "none": None}]


def test_a_fault_of_ours_is_an_answer_without_a_word_of_the_text(tmp_path: Path) -> None:
    """Where it happened is said, what was being read is not."""
    def broken(*_: object) -> base.Answer:
        raise ValueError("words of a private file")

    answer = called(broken, tmp_path)

    assert answer.is_error
    assert "ValueError" in answer.content[0].text
    assert "test_calls.py" in answer.content[0].text
    assert "private" not in answer.model_dump_json()


def test_numbers_may_come_as_text(tmp_path: Path) -> None:
    """Some models write every argument as a string: one that means a number is taken as one."""
    class Numbered(base.Arguments, frozen=True, kw_only=True):
        limit: int = 0

    seen: list[int] = []
    one = SimpleNamespace(Arguments=Numbered, run=lambda args, _: seen.append(args.limit) or base.Answer("", base.Result()))

    assert not calls.call(one, {"limit": "5"}, lambda _: open_project(tmp_path)).is_error  # type: ignore[arg-type]
    assert seen == [5]
