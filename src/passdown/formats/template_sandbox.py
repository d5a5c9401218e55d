"""Jinja2 where a template can do no harm: values that cannot be changed, a list of what may be called, and a budget for all that it does.

Jinja's own sandbox keeps a template from reaching the program; it does not keep it from running for ever or filling memory. Here every step of a loop, every
call, every character put out or joined is paid from one budget, before it is made where it could be large.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import wraps
from typing import Any

import msgspec
from jinja2 import StrictUndefined, TemplateRuntimeError, nodes
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

BUDGET = 4_000_000  # characters, steps and items
CALL = 10  # what a call costs besides
NUMBERS = 10_000  # of a `range`
WIDEST = 100  # columns of an indentation
FILTERS = frozenset((
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "string", "striptags", "title", "trim", "truncate", "unique",
    "upper", "wordcount"))
METHODS = frozenset((  # of texts: none that makes a long one out of a short one
    "capitalize", "casefold", "count", "endswith", "find", "isdigit", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rpartition",
    "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper"))


class Budget:
    """What is left of it."""

    def __init__(self, left: int = BUDGET) -> None:
        self.left = left

    def pay(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise TemplateRuntimeError("the template does too much: it loops too often or says too much")

    def said(self, value: object) -> str:
        """What is put out."""
        text = str(value)
        self.pay(1 + len(text))
        return text

    def stepped(self, values: Iterable[object], cost: int) -> Iterator[object]:
        """A loop's values, each paid when it is taken."""
        for value in values:
            self.pay(cost)
            yield value

    def sized(self, made: object) -> object:
        """What a filter or operator made."""
        self.pay(1 + (len(made) if isinstance(made, Sized) else 0))
        return made

    def joined(self, values: Iterable[object], between: str = "", attribute: str = "") -> str:
        """The filter `join`; `~` too."""
        texts: list[str] = []
        for value in values:
            texts.append(str(getattr(value, attribute) if attribute and attribute[0] != "_" else value))
            self.pay(1 + len(texts[-1]) + len(between))
        return between.join(texts)

    def replaced(self, text: object, old: str, new: str) -> str:
        words = str(text)
        self.pay(1 + len(words) + words.count(old) * len(new))
        return words.replace(old, new)

    def indented(self, text: object, width: int = 4, first: bool = False) -> str:
        words = str(text)
        pad = " " * min(WIDEST, width)
        self.pay(1 + len(words) + words.count("\n") * len(pad))
        return (pad if first else "") + words.replace("\n", "\n" + pad)

    def range(self, *bounds: int) -> range:
        found = range(*bounds)
        if len(found) > NUMBERS:
            raise TemplateRuntimeError(f"a range of more than {NUMBERS} numbers")
        return found


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of one rendering. data: characters of text in the template, which each call of a macro may put out again."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, budget: Budget, filters: Mapping[str, Callable[..., Any]], told: Callable[[str], str] = str) -> None:
        super().__init__(undefined=StrictUndefined, optimized=False, autoescape=False, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True,
                         finalize=lambda value: told(budget.said(value)))
        self.budget, self.data = budget, 0
        self.filters = {name: paid(made, budget) for name, made in self.filters.items() if name in FILTERS}
        self.filters |= {"join": budget.joined, "replace": budget.replaced, "indent": budget.indented, "sum": total, " step": budget.stepped,
                         **{name: paid(made, budget) for name, made in filters.items()}}
        self.globals = {"range": budget.range, "namespace": self.globals["namespace"], "dict": dict}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in METHODS
        return not attr.startswith("_") if isinstance(obj, msgspec.Struct) else super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No `format`: its widths make long texts out of short ones."""
        del value

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Every call of a template comes here."""
        self.budget.pay(CALL + (self.data if isinstance(obj, Macro) else 0))
        return self.budget.sized(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float) and max(abs(left), abs(right)) < 1e12
        if operator == "+":
            return self.budget.sized(super().call_binop(context, operator, left, right))
        if not numbers or (operator == "**" and abs(right) > 16):
            raise TemplateRuntimeError(f"`{operator}` is for numbers, and not too large ones")
        return super().call_binop(context, operator, left, right)


class Bounded(NodeTransformer):
    """The template with its loops paid by the step, and `~` by the character."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        if node.recursive:
            raise TemplateRuntimeError("a loop that calls itself is not supported")
        cost = 1 + sum(len(said.data) for said in node.find_all(nodes.TemplateData))
        node.iter = nodes.Filter(node.iter, " step", [nodes.Const(cost)], [], None, None, lineno=node.lineno, environment=node.environment)
        self.generic_visit(node)
        return node

    def visit_Const(self, node: nodes.Const) -> nodes.Const:
        if isinstance(node.value, float) and not math.isfinite(node.value):
            raise TemplateRuntimeError("a number that is too large")  # compiled, it would be the name `inf`
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes, lineno=node.lineno), "join", [], [], None, None, lineno=node.lineno, environment=node.environment)


def paid(made: Callable[..., Any], budget: Budget) -> Callable[..., Any]:
    """A filter whose results cost what they are long; lazy ones cost when they are gone through."""
    @wraps(made)
    def call(*args: Any, **kwargs: Any) -> Any:
        return budget.sized(made(*args, **kwargs))
    return call


def total(values: Iterable[float]) -> float:
    """The filter `sum`, of numbers alone."""
    return sum(float(v) if isinstance(v, float) else int(v) for v in values)


def run(source: str, name: str, values: Mapping[str, object], filters: Mapping[str, Callable[..., Any]], file: str = "<template>",
        told: Callable[[str], str] = str) -> str:
    """What a template says. Raises `jinja2.TemplateError`, and what its expressions raise; `file` names it in tracebacks.

    told: what becomes of each value that is put out.
    """
    budget = Budget()
    sandbox = Sandbox(budget, filters, told)
    tree = Bounded().visit(sandbox.parse(source, name, file))
    sandbox.data = sum(len(said.data) for said in tree.find_all(nodes.TemplateData))
    budget.pay(sandbox.data)
    code = sandbox.compile(tree, name, file)
    return "".join(sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None)).generate(values))


__all__ = ["BUDGET", "run"]
