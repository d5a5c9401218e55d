"""Python by its own parser."""

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from passdown.verification.symbols.base import Definition, head_of

if TYPE_CHECKING:
    import ast

ENDINGS = (".py", ".pyi")


def definitions(path: str, text: str) -> list[Definition] | None:
    """Functions, classes, and names that a module or class gives a value. None for another language and for what does not parse."""
    if not path.endswith(ENDINGS):
        return None
    import ast  # 2 ms, which only those pay who look into a file of Python

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    try:
        return sorted(_below(tree, "", text, starts), key=lambda d: d.first)
    except RecursionError:
        return None


def _below(scope: "ast.AST", prefix: str, text: str, starts: list[int]) -> Iterator[Definition]:
    import ast

    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = prefix + node.name
            first, last = node.lineno, node.end_lineno or node.lineno
            yield Definition(name, first, last, head_of(text, starts[first - 1], python=True))
            yield from _below(node, name + ".", text, starts)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [t.id for t in targets if isinstance(t, ast.Name)]
            yield from (Definition(prefix + name, node.lineno, node.end_lineno or node.lineno, name) for name in names)
        elif isinstance(node, ast.If | ast.Try | ast.With):
            yield from _below(node, prefix, text, starts)


__all__ = ["definitions"]
