"""Laws of loading, on documents made at random."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.loading.texts import Texts

from passdown.briefing.tokens import estimate
from passdown.loading import memory, render
from passdown.loading.assembled import loaded
from passdown.loading.blocks import ALWAYS, blocks
from passdown.loading.intervals import Intervals
from passdown.loading.markdown import Markdown
from passdown.loading.words import stem, task_of

WORDS = st.sampled_from(["alpha", "beta", "gamma", "", "  ", "# Head", "## Sub", "```", "~~~", "`code`", "é ✅", "- item"])
TAGS = st.sampled_from(['<LOAD_IF task="alpha">', '<LOAD_IF task="beta|gamma">', "<load_if>", "</LOAD_IF>", "<LOAD_IF task='alpha'>x</LOAD_IF>",
    "a <LOAD_IF", "`<LOAD_IF task=\"x\">`"])
DOCUMENTS = st.lists(st.one_of(WORDS, TAGS), max_size=30).map("\n".join)


@st.composite
def nested(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[tuple[str, bool]]]:
    """A document of well-formed blocks, and its lines with whether they stand outside of every block that `alpha` does not open."""
    out, lines = "", list[tuple[str, bool]]()
    for n in range(draw(st.integers(0, 4))):
        if depth < 4 and draw(st.booleans()):
            name = draw(st.sampled_from(["alpha", "beta"]))
            inner, inside = draw(nested(depth + 1))
            out += f'<LOAD_IF task="{name}">\n{inner}</LOAD_IF>\n'
            lines += [(line, kept and name == "alpha") for line, kept in inside]
        else:
            line = f"line {depth}-{n}-{draw(st.integers(0, 10**9))}"
            out += line + "\n"
            lines.append((line, True))
    return out, lines


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_segments_and_tags_are_the_document(text: str) -> None:
    """Segments ascend without overlap; what lies between them is nothing but tags and the blanks of their lines."""
    found, at, between = blocks(Markdown(text)), 0, ""
    for segment in found.segments:
        assert at <= segment.start < segment.end
        between += text[at: segment.start]
        at = segment.end
    between += text[at:]

    assert "".join(c for c in between if not c.isspace()).lower().replace('<load_iftask="alpha">', "").replace('<load_iftask="beta|gamma">', "").replace(
        "<load_iftask='alpha'>", "").replace("<load_if>", "").replace("</load_if>", "") == ""


@given(nested())
@settings(max_examples=200, deadline=None)
def test_nested_blocks_lose_nothing(made: tuple[str, list[tuple[str, bool]]]) -> None:
    """Exactly the lines whose blocks are all asked for are loaded, in their order."""
    body, lines = made
    texts = {"a.md": f"---\ntriggers: alpha\n---\n{body}"}
    text = "\n".join(p.text for p in memory.select(["a.md"], Texts(texts), task_of("alpha"), estimate).pieces)

    assert [line for line in text.split("\n") if line] == [line for line, kept in lines if kept]


@given(DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_what_was_loaded_has_no_condition_left(text: str) -> None:
    """Taking the blocks out twice is taking them out once, where the document's tags are whole."""
    once = "".join(text[s.start: s.end] for s in blocks(Markdown(text)).segments)
    again = blocks(Markdown(once))
    if "```" not in text and "~~~" not in text and "`" not in text:
        assert "".join(once[s.start: s.end] for s in again.segments) == once
        assert all(s.condition == ALWAYS for s in again.segments)


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 12), max_size=3), max_size=10), st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_bases_come_first_in_every_graph(graph: dict[int, list[int]], wanted: int) -> None:
    """Cycles, missing parents and diamonds among them: each document once, and behind its parents unless they form a ring."""
    texts = {f"d{n}.md": f"---\ntriggers: word{n}\ninherits: [{', '.join(f'd{p}.md' for p in parents)}]\n---\ntext {n}\n" for n, parents in graph.items()}
    chosen = memory.select(sorted(texts), Texts(texts), task_of(f"word{wanted}"), estimate)
    order = [p.path for p in chosen.pieces]

    assert len(order) == len(set(order))
    if wanted in graph and not any(f.code == "inherits-cycle" for f in chosen.findings):
        for n, parents in graph.items():
            if f"d{n}.md" in order:
                assert all(order.index(f"d{p}.md") < order.index(f"d{n}.md") for p in parents if p in graph)


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), st.sampled_from(["alpha", "beta", "alpha gamma", ""]), st.integers(100, 1_000))
@settings(max_examples=80, deadline=None)
def test_the_budget_holds_and_the_same_comes_out(bodies: list[str], task: str, budget: int) -> None:
    """For any documents: never more than the budget, the same twice."""
    texts = {f"d{n}.md": f"---\ntriggers: alpha\n---\n{body}\n" for n, body in enumerate(bodies)} | {"SESSION_CONTEXT.md": bodies[0] + "\n"}
    done = loaded(sorted(texts), sorted(texts), Texts(texts), task, estimate, budget)

    assert estimate(render.text(done)) <= budget
    assert loaded(sorted(texts), sorted(texts), Texts(texts), task, estimate, budget) == done


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=20))
def test_intervals_give_each_place_once(asked: list[tuple[int, int]]) -> None:
    """As a set of numbers would."""
    intervals, taken = Intervals(), set[int]()
    for start, end in asked:
        free = [n for a, b in intervals.add(start, end) for n in range(a, b)]
        assert free == [n for n in range(start, end) if n not in taken]
        taken.update(free)


@given(st.text(max_size=30))
def test_any_word_has_a_stem(word: str) -> None:
    """No text makes it fail, and none grows by it."""
    assert len(stem(word)) <= len(word) + 1
