"""Other languages by their grammars, where `pip install passdown[tree-sitter]` put them; without them `lexical` reads the file.

Node types as of tree-sitter-javascript 0.25, -typescript 0.23, -go 0.25, -rust 0.24, -java 0.23 (seen 2026-11-21).
"""

import functools
import importlib
from collections.abc import Iterator
from typing import Any

from passdown.verification.symbols.base import Definition, head_of

# How often the parser asks whether to go on, at the start and for each byte. Code, also broken, and prose taken for code: 0.004 to 0.018 a byte; a text that
# was made to be ambiguous: 1.3.
LOOKS, LOOKS_A_BYTE = 1_000, 0.2
CHUNK_BYTES = 65_536
GRAMMARS = {  # ending: module, and the function in it that gives the language
    ".js": ("javascript", "language"), ".jsx": ("javascript", "language"), ".mjs": ("javascript", "language"), ".cjs": ("javascript", "language"),
    ".ts": ("typescript", "language_typescript"), ".mts": ("typescript", "language_typescript"), ".tsx": ("typescript", "language_tsx"),
    ".go": ("go", "language"), ".rs": ("rust", "language"), ".java": ("java", "language")}
DEFINING = ("_declaration", "_definition", "_item", "_spec", "_declarator", "_signature")
NOT_DEFINING = frozenset(("package_declaration", "import_declaration", "let_declaration", "import_spec", "parameter_declaration", "use_declaration",
                          "property_signature", "field_declaration", "local_variable_declaration"))
FUNCTIONS = frozenset(("function_declaration", "method_definition", "method_declaration", "function_item", "arrow_function", "function_expression"))


def definitions(path: str, text: str) -> list[Definition] | None:
    """Functions, methods, types and values of a file. None where its grammar is not installed, none is known, or it is no code that a person wrote."""
    parser = _parser(path[path.rfind("."):]) if "." in path else None
    if parser is None:
        return None
    data = text.encode("utf-8", "surrogatepass")
    tree = _parsed(parser, data)
    try:
        return list(_below(tree.root_node, "", data, inside=False)) if tree else None
    except RecursionError:  # nested deeper than any code that a person wrote
        return None


def _parsed(parser: Any, data: bytes) -> Any:
    """The tree; None where the parser looks for so many ways to make sense of a text that a few kilobytes would take half a minute."""
    left = LOOKS + len(data) * LOOKS_A_BYTE

    def gives_up(*_: object) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    try:
        return parser.parse(lambda at, _: data[at:at + CHUNK_BYTES], progress_callback=gives_up)
    except ValueError:
        parser.reset()  # else it would go on with this text
        return None


@functools.cache
def _parser(ending: str) -> Any:
    if ending not in GRAMMARS:
        return None
    module, function = GRAMMARS[ending]
    try:
        tree_sitter = importlib.import_module("tree_sitter")
        grammar = importlib.import_module(f"tree_sitter_{module}")
        return tree_sitter.Parser(tree_sitter.Language(getattr(grammar, function)()))
    except (ImportError, AttributeError, ValueError, TypeError):
        return None


def _below(node: Any, prefix: str, data: bytes, *, inside: bool) -> Iterator[Definition]:
    """inside: within a function, where a value is no definition of the file's."""
    for child in node.named_children:
        name = _name(child, data)
        wanted = name and not (inside and child.type.endswith("_declarator"))
        if wanted:
            yield _definition(child, prefix + name, data)
        scope = f"{prefix}{name}." if wanted and not child.type.endswith("_declarator") else prefix
        yield from _below(child, scope, data, inside=inside or child.type in FUNCTIONS)


def _name(node: Any, data: bytes) -> str:
    """What a node defines, "" when it defines nothing."""
    if not node.type.endswith(DEFINING) or node.type in NOT_DEFINING:
        return ""
    named = node.child_by_field_name("type" if node.type == "impl_item" else "name")
    return _text(named, data) if named is not None and "\n" not in _text(named, data) else ""


def _definition(node: Any, name: str, data: bytes) -> Definition:
    """From the line of its name, so that annotations and doc comments above do not count, as they do not for `lexical`."""
    statement = node.parent if node.type.endswith("_declarator") and node.parent is not None else node
    named = node.child_by_field_name("type" if node.type == "impl_item" else "name")
    start = data.rfind(b"\n", 0, named.start_byte) + 1
    text = data[start:statement.end_byte].decode("utf-8", "replace")
    head = head_of(text, len(text) - len(text.lstrip()), python=False)
    return Definition(name, named.start_point[0] + 1, statement.end_point[0] + 1, head)


def _text(node: Any, data: bytes) -> str:
    return data[node.start_byte:node.end_byte].decode("utf-8", "replace")


__all__ = ["definitions"]
