"""Small inputs that would fill memory or take for ever: each ends soon, within bounds, with the documented error or a count."""

import gzip
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks.fuzzing.engine import guarded, limited

from passdown.config import load
from passdown.errors import BadConfig, BadTemplate, InvalidPlan, NotABackup, PassdownError
from passdown.extract.records import Extraction
from passdown.extract.session import Fold
from passdown.formats import record_file, sectioned, yaml_entries
from passdown.formats.base import Material
from passdown.formats.own_template import written
from passdown.formats.table import detect, style
from passdown.hooks.topics import Table
from passdown.lint.base import World, read
from passdown.lint.table import findings
from passdown.loading.markdown import Markdown
from passdown.loading.triggers import first_match, triggers
from passdown.loading.words import task_of
from passdown.model.event import Compaction, Event, Prompt, Reply, SafeEvents, ToolCall, ToolResult
from passdown.model.record import Record
from passdown.store import backup
from passdown.transcripts.mutations import cut_session
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import Stream
from passdown.transcripts.table import AGENTS, reader
from passdown.transcripts.zstd import zstd
from passdown.verification.dependencies import declared
from passdown.workflows.parse import parse

MATERIAL = Material("2026-11-20T12:00:00Z", records=(Record("01m3250v00yn62s6", "decision", "Use SQLite"),))
SHORT = 2_000  # characters
GUARD_S, MEMORY = 90.0, 4 << 30  # of processor time, against hanging alone; of address space
Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def bounded(run: Callable[[], object]) -> None:
    """Within processor time and memory."""
    with limited(MEMORY), guarded(GUARD_S):
        run()


def test_a_zstd_bomb_is_read_past(passdown: Passdown, repository: Path) -> None:
    """Three hundred megabytes in some thirty kilobytes, all of it one line: nothing is kept of it, and no memory taken for it."""
    passdown("init", "--yes")
    bomb = repository.parent / "rollout-2026-03-02T10-00-00-bomb.jsonl.zst"
    with zstd.open(bomb, "wb") as out:
        out.write(b'{"type":"session_meta","payload":{"id":"bomb","cwd":"' + str(repository).encode() + b'"},"timestamp":"2026-03-02T10:00:00Z"}\n')
        for _ in range(300):
            out.write(b"a" * (1 << 20))
    code = ("import resource,sys; resource.setrlimit(resource.RLIMIT_AS, (1500 << 20, 1500 << 20)); from passdown.cli.main import main; "
            f"sys.exit(main(['capture', '--transcript', {str(bomb)!r}, '-C', {str(repository)!r}]))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)

    assert bomb.stat().st_size < 100_000
    assert done.returncode != 70, done.stderr
    assert "MemoryError" not in done.stderr


def test_a_backup_that_unpacks_to_more_than_it_may_is_refused(tmp_path: Path) -> None:
    """A member that says it has eight gigabytes."""
    info = tarfile.TarInfo(backup.MANIFEST)
    info.size = 8 << 30
    path = tmp_path / "b.tar.gz"
    path.write_bytes(gzip.compress(info.tobuf() + bytes(10 << 20)))

    with pytest.raises(NotABackup):
        bounded(lambda: backup.load(path))


def laughs(depth: int = 12) -> str:
    return "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, depth))


@pytest.mark.parametrize("text", [laughs(), "a: &a [*a]\n", "phases: " + "[" * 50_000, "{" * 50_000, "? " * 20_000, "- " * 20_000, "a: &a {<<: *a}\n",
    "phases:\n  a: &x\n    run: " + "x" * 900_000],
                         ids=["laughs", "itself", "lists", "mappings", "keys", "entries", "merge", "long"])
def test_yaml_bombs_are_mistakes_of_the_plan(text: str) -> None:
    """References to references, to themselves, nesting, a value of a megabyte: told with a place; documents in YAML are read or not."""
    def plan() -> None:
        with pytest.raises(InvalidPlan):
            parse(text.encode(), "x", "x.yaml")

    bounded(plan)
    bounded(lambda: list(yaml_entries.entries(text)) if yaml_entries.is_yaml(text) else None)


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("row", [b"[" * 200_000, b'{"a":' * 200_000, b'{"type":"user","message":' + b'{"content":[' * 50_000,
    b'"' + b"\\u0041" * 300_000 + b'"', b"9" * 1_000_000],
                         ids=["lists", "objects", "messages", "escapes", "digits"])
def test_deep_and_long_json_is_unreadable(agent: str, row: bytes) -> None:
    """A row nested a hundred thousand times, a text of escapes, a number of a million digits: counted, whatever the agent."""
    def run() -> None:
        one = reader(agent)
        stream = Stream(one.start(), {})
        for _ in stream.batches(read_rows([b'{"type":"x"}\n' + row + b"\n"], one.ROW_START, last=True)):
            pass

    bounded(run)


def test_a_change_of_thirty_bytes_makes_no_hundred_thousand_entries() -> None:
    """A log of changes that set far entries of many lists: refused one by one."""
    lines = [b'{"kind":0,"v":{"requests":[]}}', *(b'{"kind":1,"k":["x%d","y",99999],"v":1}' % n for n in range(3_000)),
             *(b'{"kind":1,"k":["z%d",99999],"v":1}' % n for n in range(3_000))]

    with limited(1 << 30), guarded(GUARD_S):
        rows = list(cut_session(b"\n".join(lines)))

    assert sum(map(len, rows)) < 2_000_000


LARGE = 80_000  # characters; `test_growth` shows that four times as much takes about four times as long
HUGE = {"headings": "# a\n" * 20_000, "nested list": "".join("  " * (n % 400) + "- a\n" for n in range(1_000)), "list on a line": "- " * 40_000,
        "quotations": "> " * 40_000, "one line": "a" * LARGE, "emphasis": "*a **b " * 12_000, "links": "[a](" * 20_000, "code": "`" * LARGE,
        "fences": "```\n" * 20_000, "tables": "|" * LARGE, "comments": "<!-- " * 16_000, "tags": "<LOAD_IF task=\"" * 6_000, "dots": "." * LARGE,
        "blank": "\n" * LARGE, "front matter": "---\n" * 20_000}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_document_is_read(name: str) -> None:
    """Twenty thousand headings, lists in lists, one line without an end: detected, parsed, judged, cut for loading."""
    text = HUGE[name][:LARGE]

    def run() -> None:
        layout = detect(text) or style("handoff").layouts[0]
        sectioned.parse(layout, text)
        list(Markdown(text).sections)
        findings(read("a.md", text, layout), World("2026-11-20"))

    bounded(run)


@pytest.mark.parametrize("piece", [".", "a.", "a-", "a/", " ", "\n", "`", '"', "(", "a\n", "- ", "git ", "$(", "<", "passdown · ", "a_", "1.", "\t", "|", "#"])
def test_words_that_never_end_are_read(piece: str) -> None:
    """A prompt, a reply, a summary, a command and its output of a hundred thousand characters of the same: facts and records come of it."""
    text = (piece * (100_000 // len(piece)))[:100_000]
    events: list[Event] = [Prompt(text=text), Reply(text=f"We chose {text}"), ToolCall(call="c", tool="Bash", action="shell", command=text[:20_000]),
                           ToolResult(call="c", ok=False, output=text[:4_000]), Compaction(text=text)]

    def run() -> None:
        fold, extraction = Fold(), Extraction()
        fold.add(SafeEvents(tuple(events)))
        extraction.add(SafeEvents(tuple(events)))
        fold.facts("x")
        extraction.records()

    bounded(run)


@pytest.mark.parametrize("source", [
    "{{ range(10**9) | list }}", "{% for a in range(10**9) %}x{% endfor %}", "{{ 'x' * 10**9 }}", "{{ 9 ** 9 ** 9 }}", "{{ [0] * 10**9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:>999999999}'.format(1) }}", "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "{{ 'x' | indent(10**9) }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ cycler.__init__.__globals__ }}", "{% include '/etc/passwd' %}",
    "{% import 'os' as x %}",
    "{{ lipsum(10**7) }}", "{{ 'x'.join(range(10**9) | map('string')) }}", "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "{{ records.__class__ }}", "{{ 'x' | center(10**9) }}"])
def test_template_bombs_are_bad_templates(source: str) -> None:
    """Ranges, multiplication, powers, formats, recursion, doubling, and ways out of the sandbox: refused, or cut to something short."""
    def run() -> None:
        with suppress(BadTemplate):
            assert len(written("state", source, "", MATERIAL)) < SHORT

    bounded(run)


def test_expressions_of_documents_are_linear() -> None:
    """A trigger is an expression that its author chose: it runs in linear time, or is refused."""
    task = task_of("a" * 50_000 + "!")
    for regex in ("/(a|aa)*b/", "/(a*)*y/", "/(.*a){20}b/"):
        bounded(lambda regex=regex: first_match(triggers(regex), task))  # type: ignore[misc]
        assert first_match(triggers(regex), task) is None


def test_settings_nested_too_deep_are_a_mistake_of_theirs(tmp_path: Path) -> None:
    """And a manifest of that kind declares nothing."""
    deep = "style = " + "[" * 100_000
    (tmp_path / "config.toml").write_text(deep)
    with pytest.raises(BadConfig, match="nested too deep"):
        load(tmp_path / "config.toml")
    assert declared("pyproject.toml", deep) == {}


def test_a_word_that_never_ends_in_front_matter_is_refused() -> None:
    """Looked at once, not once from each of its characters."""
    def run() -> None:
        with suppress(PassdownError):
            record_file.parse(f"---\nid: 01m3250v00yn62s6\n{'d' * 1_000_000}\n---\nText\n", "x")

    bounded(run)


@pytest.mark.parametrize("data", [b"emulator\t100\t79\npo", b"po", b"\n", b"", b"a\nb\nc"])
def test_a_table_of_topics_that_was_cut_short_is_searched_to_an_end(data: bytes) -> None:
    """A hook asks it: a line that nothing ends is the last one."""
    for term in ("a", "port", "emulator", "z"):
        with suppress(ValueError):
            bounded(lambda term=term: Table({"terms": len(data) + 40}, data, 0).posting(term))  # type: ignore[misc]

