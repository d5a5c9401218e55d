"""Where a file defines what, whoever reads it."""

import pytest

from passdown.verification.symbols import lexical, tree_sitter
from passdown.verification.symbols.base import head_of
from passdown.verification.symbols.table import defined, definitions

PYTHON = '''import os
LIMIT = 3


@cached
def drain(queue,
          limit: int = 2) -> dict[str, int]:
    """Text
at the margin
    """
    return {}


class Queue(Base):
    size: int = 1

    async def push(self, *, mark="):"):
        def inner():
            pass
        return inner
'''
SCRIPT = '''export async function drain(queue, {limit = 3} = {}) {
  if (limit) { return queue("}"); }
  return 1;
}
export const retry = async (times) => {
  return times;
};
class Queue extends Base {
  push(item) {
    return item;
  }
}
'''
TYPED = '''export interface Row<T> {
  a: string;
}
export class Queue {
  private async push(item: string, n?: number): Promise<void> {
    return;
  }
}
'''
GO = '''package queue

func (q *Queue) Drain(n int) (int, error) {
\treturn 0, nil
}

type Queue struct {
\tsize int
}
'''
RUST = '''pub struct Queue {
    size: u32,
}
impl Queue {
    pub fn drain(&self, n: usize) -> Result<(), Error> {
        Ok(())
    }
}
'''
JAVA = '''public class Queue {
    @Override
    public List<String> drain(int n) throws IOException {
        return null;
    }
}
'''
OTHERS = [("q.js", SCRIPT, ["drain", "retry", "Queue", "push"]), ("q.ts", TYPED, ["Row", "Queue", "push"]), ("q.go", GO, ["Drain", "Queue"]),
          ("q.rs", RUST, ["Queue", "drain"]), ("q.java", JAVA, ["Queue", "drain"])]


def test_python_is_read_by_its_own_parser() -> None:
    """Functions, classes, methods and values, with their own lines; text at the margin and decorators do not confuse it."""
    assert [(d.name, d.first, d.last) for d in definitions("q.py", PYTHON)] == [
        ("LIMIT", 2, 2), ("drain", 6, 11), ("Queue", 14, 20), ("Queue.size", 15, 15), ("Queue.push", 17, 20), ("Queue.push.inner", 18, 19)]
    assert [d.head for d in definitions("q.py", PYTHON)][1::3] == ["def drain(queue,limit:int=2)->dict[str,int]", 'async def push(self,*,mark="):")']


@pytest.mark.parametrize(("path", "text", "names"), OTHERS)
def test_other_languages_are_read_by_the_look_of_their_lines(path: str, text: str, names: list[str]) -> None:
    """Without a parser the same definitions are found, with their lines and heads."""
    found = lexical.definitions(path, text) or []

    assert [name for name in names if not any(d.name == name for d in found)] == []
    assert all(text.split("\n")[d.last - 1].strip()[:1] in ("}", "]") for d in found if d.last > d.first)


@pytest.mark.parametrize(("path", "text", "names"), OTHERS)
def test_a_grammar_and_the_look_agree(path: str, text: str, names: list[str]) -> None:
    """A signature that was seen with the grammars is the same without them."""
    pytest.importorskip("tree_sitter")
    exact = {d.name.rpartition(".")[2]: d for d in tree_sitter.definitions(path, text) or []}
    by_look = {d.name: d for d in lexical.definitions(path, text) or []}

    assert [(n, exact[n].first, exact[n].last, exact[n].signature) for n in names] == [
        (n, by_look[n].first, by_look[n].last, by_look[n].signature) for n in names]


def test_headings_are_symbols_of_markdown() -> None:
    """A section goes on to the next heading of its level or a higher one; a heading in a fenced block is none."""
    text = "# Top\n\n## One\ntext\n```\n## not one\n```\n### Deeper\n\n## Two\n"

    assert [(d.name, d.first, d.last) for d in definitions("x.md", text)] == [("Top", 1, 10), ("One", 3, 9), ("Deeper", 8, 9), ("Two", 10, 10)]


@pytest.mark.parametrize(("symbol", "first"), [("push", 17), ("Queue.push", 17), ("Queue::push", 17), ("push()", 17), ("Other.drain", 6), ("pull", 0), ("", 0)])
def test_a_symbol_may_be_named_in_several_ways(symbol: str, first: int) -> None:
    """With or without its class, with brackets; what is not there is not found."""
    found = defined("q.py", PYTHON, symbol)

    assert (found.first if found else 0) == first


def test_layout_is_no_part_of_a_signature() -> None:
    """A head that a formatter wrapped is the same head."""
    assert head_of("def f(\n    a: int,\n    b=1,\n) -> int:\n    pass", 0, python=True) == head_of("def f(a: int, b=1) -> int: pass", 0, python=True)


def test_data_defines_nothing() -> None:
    """A key in a data file is no symbol."""
    assert definitions("package.json", '{"class": "x"}\n') == ()
