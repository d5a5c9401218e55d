"""Entries of YAML blocks that people wrote."""

import pytest

from passdown.formats.yaml_entries import entries, is_yaml


@pytest.mark.parametrize(("block", "expected"), [
    ("a: one\nb: \"two # no comment\"  # comment", [(1, "a", "one"), (2, "b", "two # no comment")]),
    ("outer:\n  inner:\n    key: value\n  other: x", [(3, "outer › inner › key", "value"), (4, "outer › other", "x")]),
    ("list:\n  - one\n  - two\nnext: three", [(2, "list", "one; two"), (4, "next", "three")]),
    ("- bare\n- items", [(1, "", "bare; items")]),
    ("steps: |\n  1. first\n  2. second", [(2, "steps", "1. first; 2. second")]),
    ("cost: $1.00-2.00  # target\n# a comment\n\n{broken", [(1, "cost", "$1.00-2.00")]),
    ("gates/depth: '9.0'", [(1, "gates/depth", "9.0")]),
])
def test_each_leaf_is_an_entry_under_its_keys(block: str, expected: list[tuple[int, str, str]]) -> None:
    """With its line; items of one list together; quotes and comments are no part of a value."""
    assert list(entries(f"```yaml\n{block}\n```\nbehind: it\n")) == expected


@pytest.mark.parametrize(("first", "expected"), [("```yaml", True), ("~~~ yml", True), ("  ```YAML", True), ("```json", False), ("yaml: x", False)])
def test_only_a_block_that_says_so_is_yaml(first: str, expected: bool) -> None:
    """Nothing else is taken for it."""
    assert is_yaml(f"{first}\na: b\n```") is expected
