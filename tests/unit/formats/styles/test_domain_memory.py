"""System D, clause by clause: memory documents that load in parts."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.formats.styles.shop import MATERIAL, SESSIONS, every_kind, lost, planned, record, unmarked, written
from tests.unit.loading.texts import Texts

from passdown.briefing.tokens import estimate
from passdown.formats import sectioned
from passdown.formats.base import Material
from passdown.formats.outline import LINE, fences
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.domain_memory import LAYOUT, STYLE
from passdown.loading import memory
from passdown.loading.blocks import blocks
from passdown.loading.markdown import Markdown
from passdown.loading.memory import Selection
from passdown.loading.metadata import metadata
from passdown.loading.words import task_of

PATH = ".passdown/memory/shop-api.md"
SEED = """# Session Memory

<document type="session-memory" version="1.0.0" inherits="/CLAUDE.md">
  <metadata>
    <domain>sessions</domain>
    <triggers>session|ledger</triggers>
  </metadata>
</document>

## SESSION ARCHITECTURE

### **Active Production Sessions**
<LOAD_IF task="active|current">
```yaml
active_sessions:
  ep_004_ledger: "Ledger export - COMPLETED"
  ep_005_refunds: "Refunds - IN PROGRESS"
session_structure:
  research_phase: "research/ with findings"
```
</LOAD_IF>

## \U0001f6a6 QUALITY GATES
<section id="gates">

- **Depth:** at least 9.0
<LOAD_IF task="audio">
- **Clarity:** at least 85 %
</LOAD_IF>

</section>

### Cost
```yaml
budgets:
  research: $1.00-2.00  # target
  tools:
    - search
    - fetch
```

---

*Session memory: load when working with sessions*
"""


@pytest.fixture(scope="module")
def text() -> str:
    return written(STYLE, MATERIAL)[PATH]


def loaded(texts: dict[str, str], task: str) -> Selection:
    texts = unmarked(texts)
    return memory.select(sorted(texts), Texts(texts), task_of(task), estimate)


def said(chosen: Selection, path: str = PATH) -> str:
    return "\n".join(p.text for p in chosen.pieces if p.path == path)


def test_d_a_rendered_document_has_all_metadata(text: str) -> None:
    """Type, version, domain, scope, inherits, tier, selective loading, loads-when and triggers are read back, without a finding."""
    about, findings = metadata(text)

    assert findings == []
    assert (about.type, about.version, about.domain, about.scope) == ("session-memory", "1.0.0", "shop-api", "A small shop.")
    assert (about.inherits, about.tier, about.selective) == (("/CLAUDE.md",), 3, True)
    assert "production tracking" in [t.text for t in about.loads_when]
    assert {"shop-api", "ledger", "sqlite"} <= {t.text for t in about.triggers}


def test_d_each_group_stands_in_a_block_that_its_own_words_ask_for(text: str) -> None:
    """The conditions are made from the records' words, with the topic of the group before them; the blocks are whole."""
    found = blocks(Markdown(unmarked({PATH: text})[PATH]))
    tasks = {c.task.split("|")[0]: c.task.split("|") for c in found.conditions}

    assert found.findings == ()
    assert {"sqlite", "drain", "retry"} <= set(tasks["decision"])
    assert {"drain", "twice"} <= set(tasks["gotcha"])
    assert "sqlite" not in tasks["gotcha"]


def test_d_a_task_loads_only_the_blocks_that_match_through_the_chain(text: str) -> None:
    """The base comes first, filtered too; of ours the block with the task's words, not its neighbours."""
    base = "# Base\nAlways there.\n<LOAD_IF task=\"refunds\">\nnot now\n</LOAD_IF>\n"
    chosen = loaded({PATH: text, "CLAUDE.md": base}, "why is the retry queue in SQLite?")

    assert next(p.path for p in chosen.pieces) == "CLAUDE.md"
    assert "Always there." in said(chosen, "CLAUDE.md")
    assert "not now" not in said(chosen, "CLAUDE.md")
    assert "Keep the retry queue in SQLite" in said(chosen)
    assert "Short commit subjects" not in said(chosen)
    assert "Order 4711" not in said(chosen)


@pytest.mark.parametrize(("task", "found"), [
    ("RETRIES of the Queue", True), ("write the script", True), ("script writings", True), ("the decider", False), ("prescription", False)])
def test_d_alternatives_are_whole_words_whatever_their_case_and_stem(task: str, found: bool) -> None:
    """`|` parts them; `_` and `-` are blanks."""
    texts = {"memory/a.md": "# A\n<LOAD_IF task=\"retry|script_writing|decide\">\ninside\n</LOAD_IF>\n"}

    assert ("inside" in said(loaded(texts, task), "memory/a.md")) is found


@pytest.mark.parametrize(("condition", "task", "found"), [
    ("/ep_\\d+/", "cut ep_012", True), ("e.*", "cut ep_012", False), ("/(?=x)a/", "a", False)])
def test_d_a_regex_stands_only_between_slashes(condition: str, task: str, found: bool) -> None:
    """On RE2: what it does not know is a finding, not a match."""
    texts = {"memory/a.md": f"# A\n<LOAD_IF task=\"{condition}\">\ninside\n</LOAD_IF>\n"}

    assert ("inside" in said(loaded(texts, task), "memory/a.md")) is found


def test_d_cycles_and_missing_parents_are_findings(text: str) -> None:
    """Without its base a rendered document still loads, and it is said."""
    one = "# {0}\n<document inherits=\"{1}\"><metadata><triggers>ledger</triggers></metadata></document>\n"
    ring = loaded({"memory/a.md": one.format("A", "b.md"), "memory/b.md": one.format("B", "a.md")}, "ledger")

    assert "inherits-cycle" in [f.code for f in ring.findings]
    assert "inherits-missing" in [f.code for f in loaded({PATH: text}, "ledger").findings]


def test_d_not_selective_loads_whole(text: str) -> None:
    """With `selective-loading` false every block is there, whatever the task."""
    whole = text.replace("<selective-loading>true", "<selective-loading>false")

    assert "Short commit subjects" in said(loaded({PATH: whole}, "paint the fence"))
    assert said(loaded({PATH: text}, "paint the fence")) == ""


def test_d_references_to_anchors_and_folders_resolve() -> None:
    """`@path#anchor` gives the part, `@dir_*/` what lies in the folders."""
    hub = "# Hub\n<LOAD_IF task=\"batch\">\n→ Load: @docs/gates.md#depth\n→ Load: @batch_*/\n</LOAD_IF>\n"
    chosen = loaded({"memory/hub.md": hub, "docs/gates.md": "# Gates\n## Depth\nnine\n## Width\nten\n", "batch_1/a.md": "# One\n"}, "batch")

    assert said(chosen, "docs/gates.md").split() == ["##", "Depth", "nine"]
    assert "# One" in said(chosen, "batch_1/a.md")


def test_d_active_sessions_have_phases_quality_and_cost(text: str) -> None:
    """Measured, as YAML; the tasks in progress below are records."""
    block = text[text.index("### Active Production Sessions"): text.index("### Templates")]

    assert '  refund_webhooks_20261118:\n    about: "Refund webhooks"' in block
    assert '- "2026-11-18 codex: 1 h 20 min, $0.75, 1 of 1 check passed"' in block
    assert '- "2026-11-19 claude-code: 50 min, $1.25, 0 of 1 check passed"' in block
    assert '    quality: "0 of 1 check passed when last run"\n    cost: "$2.00"' in block
    assert "- Write the ledger exporter" in block


def test_d_the_handover_between_phases_says_where_the_next_one_goes_on(text: str) -> None:
    """State, result and place of the last phase, then the open tasks."""
    block = text[text.index("### Cross-Phase Handover"): text.index("### Session Intelligence")]

    assert 'input: "branch main at abc1234, 1 path not committed (`' in block
    assert 'output: "Write the ledger exporter"' in block
    assert "stopped at src/export.py:88; next: escape the quotes" in block
    assert "Delete the old poller" in block


def test_d_progress_cost_quality_and_recovery_are_measured(text: str) -> None:
    """In one line each."""
    assert "**Progress Tracking**: 1 of 4 tasks done" in text
    assert "**Cost Attribution**: $2.00 in 3 sessions" in text
    assert "**Quality Continuity**: 0 of 1 check passed when last run; failing: `pytest`" in text


def test_d_templates_learn_from_successful_runs_alone(text: str) -> None:
    """A session whose checks failed teaches nothing."""
    block = text[text.index("### Templates"): text.index("## \U0001f504")]

    assert 'session_template: "80 min, 1 files changed"' in block
    assert '    - "pytest"' in block
    assert 'cost_template: "$0.75 a session"' in block
    assert 'learned_from: "1 successful session"' in block
    assert "### Templates" not in written(STYLE, replace(MATERIAL, sessions=SESSIONS[:1]))[PATH]


@pytest.mark.parametrize("material", [MATERIAL, replace(MATERIAL, records=every_kind(), done=(), sessions=())])
def test_d_parsing_gives_every_record_back(material: Material) -> None:
    """Kind, text, details and places, through blocks and subsections."""
    assert lost(STYLE, material) == []


def test_d_a_second_update_changes_nothing(text: str) -> None:
    """Same material, same bytes."""
    assert written(STYLE, MATERIAL, {PATH: text})[PATH] == text


def test_d_a_record_that_goes_takes_its_words_out_of_the_conditions(text: str) -> None:
    """Blocks and triggers follow the records; a block without one goes whole, with both tags."""
    left = tuple(r for r in MATERIAL.records if r.kind not in ("preference", "decision"))
    after = written(STYLE, replace(MATERIAL, records=left), {PATH: text})[PATH]

    assert "sqlite" not in after.lower()
    assert 'task="preference' not in after
    assert blocks(Markdown(unmarked({PATH: after})[PATH])).findings == ()


def test_d_a_record_that_quotes_a_tag_does_not_end_its_block() -> None:
    """It is told that it is not said in its very words."""
    quoting = record("lesson", "Close </LOAD_IF> on a line of its own\n<LOAD_IF task=\"x\">")
    one = planned(STYLE, material := replace(MATERIAL, records=(quoting, record("lesson", "Second"))), {})[PATH]
    draft = update(one.layout, "", material)
    found = blocks(Markdown(unmarked({PATH: draft.text})[PATH]))

    assert (found.findings, [c.task.split("|")[0] for c in found.conditions].count("lesson")) == ((), 1)
    assert [(one.key, one.why) for one in draft.left_out] == [(quoting.id, "not whole: text")]


def test_d_a_document_of_somebody_else_is_read_without_its_tags() -> None:
    """List items within blocks, and the entries of YAML by what they say; tags, footers and metadata are no records."""
    found = [(f.record.kind, f.record.text, dict(f.record.details), f.first) for f in parse(LAYOUT, SEED)]
    lines = SEED.split("\n")

    assert [one[:3] for one in found] == [
        ("task", "active_sessions › ep_004_ledger: Ledger export - COMPLETED", {"state": "done"}),
        ("task", "active_sessions › ep_005_refunds: Refunds - IN PROGRESS", {"state": "in progress"}),
        ("knowledge", "session_structure › research_phase: research/ with findings", {}),
        ("knowledge", "**Depth:** at least 9.0", {"category": "constraint"}),
        ("knowledge", "**Clarity:** at least 85 %", {"category": "constraint"}),
        ("knowledge", "budgets › research: $1.00-2.00", {"category": "constraint"}),
        ("knowledge", "budgets › tools: search; fetch", {"category": "constraint"})]
    assert all(text.split(": ")[-1].split(";")[0].strip("* ") in lines[first - 1] for _, text, _, first in found)


def test_d_lines_of_somebody_else_stay_as_they_are() -> None:
    """Blocks of our own are added, whole; nothing else changes."""
    path = ".claude/sessions/CLAUDE.md"
    after = written(STYLE, MATERIAL, {path: SEED})[path]
    kept = after.split("\n")

    for line in SEED.split("\n"):
        assert line in kept
        kept = kept[kept.index(line) + 1:]
    assert blocks(Markdown(unmarked({path: after})[path])).findings == ()
    assert written(STYLE, MATERIAL, {path: after})[path] == after


def test_d_the_document_with_metadata_that_is_there_is_the_one_updated() -> None:
    """Without one, the project's own is written; instructions without metadata are nobody's memory."""
    assert list(planned(STYLE, MATERIAL, {".claude/sessions/CLAUDE.md": SEED})) == [".claude/sessions/CLAUDE.md"]
    assert list(planned(STYLE, MATERIAL, {".claude/agents/CLAUDE.md": "# Agents\n"})) == [PATH]


def test_d_each_record_goes_to_the_domain_that_its_words_ask_for() -> None:
    """And stays where it is said already; what asks for no other domain goes to the project's own."""
    own, other = PATH, ".passdown/memory/refunds.md"
    there = {own: written(STYLE, replace(MATERIAL, records=MATERIAL.records[:1]))[own],
             other: SEED.replace("session|ledger", "refunds|ledger|polling")}
    found = {path: [r.title for r in one.material.records] for path, one in planned(STYLE, MATERIAL, there).items()}

    assert "Polling the gateway for refunds" in found[other]
    assert "Write the ledger exporter" in found[own]
    assert "Short commit subjects" in found[own]
    assert sum(map(len, found.values())) == len(MATERIAL.records)


def test_d_real_documents_become_records_of_their_sections(data: Path) -> None:
    """At least nine of ten list items and table rows in recognised sections are records of the section's kind, and most items stand in such a section."""
    items = recognised = right = 0
    for path in sorted(data.glob("documents/4-domain-memory/*/*.md")):
        text = path.read_text("utf-8")
        kinds = {n: f.record.kind for f in parse(LAYOUT, text) for n in range(f.first, f.last + 1)}
        sections = {s.number: s.kind for s in LAYOUT.sections}
        first = 1
        for part in sectioned.cut(LAYOUT, text, again=True):
            raw = LINE.findall(part.text)
            for n, (line, fenced) in enumerate(zip(raw, fences(raw), strict=True), first):
                if not fenced and line.startswith(("- ", "* ", "1. ", "2. ", "3. ", "4. ", "| ")):
                    items += 1
                    recognised += part.number > 0
                    right += part.number > 0 and kinds.get(n) == sections[part.number]
            first += len(raw)

    assert recognised >= .9 * items > 0
    assert right >= .9 * recognised
