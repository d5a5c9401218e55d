"""Folding in batches, with the state put down as JSON in between, is folding at once."""

import json
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.extract.paths import Roots
from passdown.extract.session import Fold
from passdown.model.event import Compaction, Event, Injected, Mark, Patch, Prompt, Reply, Rewind, SafeEvents, Todo, ToolCall, ToolResult, Usage

TEXTS = st.sampled_from(["", "Fix the queue in a.py. Then rest.", "yes", "Implement the following plan:\n# Plan: X", "é\u2028ß", "x" * 700])
CALLS = st.sampled_from(["c1", "c2", "c3", "c4"])
LANES = st.sampled_from(["", "", "", "agent-1", "fork:s0"])
PATHS = st.sampled_from(["a.py", "/srv/shop/b.py", "../c.py", "C:\\x\\d.py"])
TIMES = st.sampled_from(["", "2026-01-01T10:00:00Z", "2026-01-01T10:02:00.250Z", "2026-01-01T12:00:00Z", "no time"])
COMMANDS = st.sampled_from(["pytest -q | tail", "cd web && npm test", "git commit -m 'x'", "rm a.py", "rm -r web", "mv a.py b.py", "cat a.py", "ls", "npm ci"])
OUTPUTS = st.sampled_from(["", "2 failed, 3 passed in 0.1s", "[main 1a2b3c4] x", "Error: boom", "3 passed in 0.2s"])
STATUS = st.sampled_from(["pending", "in_progress", "completed", None])
TODOS = st.lists(st.builds(Todo, text=TEXTS, status=STATUS, id=st.sampled_from(["", "1", "2"])), max_size=3).map(tuple)

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Mark, at=TIMES, session=st.sampled_from(["", "s1"]), cwd=st.sampled_from(["", "/srv/shop", "/srv/shop/web"]),
              branch=st.sampled_from(["", "main", "f"])),
    st.builds(Prompt, at=TIMES, lane=LANES, text=TEXTS), st.builds(Reply, at=TIMES, lane=LANES, text=TEXTS), st.builds(Compaction, text=TEXTS),
    st.builds(Injected, text=TEXTS, source=st.sampled_from(["host", "command-name"])), st.builds(Rewind, to=st.integers(0, 30)),
    st.builds(ToolCall, at=TIMES, lane=LANES, call=CALLS, tool=st.just("Bash"), action=st.just("shell"), command=COMMANDS),
    st.builds(ToolCall, at=TIMES, lane=LANES, call=CALLS, tool=st.just("Edit"), action=st.sampled_from(["edit", "write", "read"]),
              paths=PATHS.map(lambda p: (p,)),
              patches=st.lists(st.builds(Patch, path=PATHS, action=st.sampled_from(["edit", "write", "delete"])), max_size=2).map(tuple)),
    st.builds(ToolCall, call=CALLS, tool=st.just("T"), action=st.sampled_from(["todo", "plan", "agent"]), about=TEXTS, todos=TODOS, whole=st.booleans()),
    st.builds(ToolResult, at=TIMES, lane=LANES, call=CALLS, ok=st.sampled_from([True, False, None]), output=OUTPUTS, effect=st.sampled_from(["", "created"]),
              agent=st.sampled_from(["", "agent-1"]), todos=TODOS),
    st.builds(Usage, message=st.sampled_from(["", "m1", "m2"]), model=st.sampled_from(["", "claude-opus-4-6"]), input=st.integers(0, 99), total=st.booleans()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=60), st.lists(st.integers(0, 60), max_size=5))
def test_batches_do_not_matter(events: list[Event], cuts: list[int]) -> None:
    """Any batches, with the state written and read between them, give the same facts and the same state."""
    numbered = tuple(msgspec.structs.replace(e, n=n) for n, e in enumerate(events))
    roots = Roots("/srv/shop")
    at_once = Fold(None, roots)
    at_once.add(SafeEvents(numbered))
    edges = sorted({0, len(numbered), *(c for c in cuts if c <= len(numbered))})
    state = None
    for begin, end in pairwise(edges):
        part = Fold(state, roots)
        part.add(SafeEvents(numbered[begin:end]))
        part.facts()
        state = json.loads(json.dumps(part.state()))
    in_parts = Fold(state, roots)

    assert in_parts.state() == at_once.state()
    assert in_parts.facts() == at_once.facts()


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, max_size=60))
def test_main_thread_counts_are_exact(events: list[Event]) -> None:
    """Prompts and calls of the main thread are counted, whatever was rewound."""
    fold = Fold()
    fold.add(SafeEvents(tuple(msgspec.structs.replace(e, n=n) for n, e in enumerate(events))))
    found = fold.facts()

    assert found.prompts == sum(isinstance(e, Prompt) and not e.lane for e in events)
    assert found.tool_calls == sum(isinstance(e, ToolCall) and not e.lane for e in events)
    assert not any(path.startswith("..") for path in found.files_changed)
