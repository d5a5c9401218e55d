"""A small project's material: a record or two of each kind, three sessions, git."""

from collections.abc import Mapping

from passdown.formats.base import Commit, GitState, Material, Overview, Planned, Style
from passdown.formats.losses import missing
from passdown.formats.marked import MARK
from passdown.formats.sectioned import parse, update
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import KINDS, Detail, Record, Status
from passdown.model.session import CheckFact, CommandFact, CommitFact, FileFact, Session, UsageFact


def record(kind: str, text: str, *, day: str = "2026-11-18", status: Status = "active", place: str = "", supersedes: tuple[str, ...] = (),
           **details: Detail) -> Record:
    """A record that was noted; its id depends on its words."""
    anchors = (Anchor(place, 12, 20),) if place else ()
    return Record(derived_id(kind, text), kind, text, status, created=f"{day}T09:00:00Z", updated=f"{day}T10:30:00Z", anchors=anchors, supersedes=supersedes,
                  details={k.replace("_", "-"): v for k, v in details.items()})


RECORDS = (
    record("task", "Write the ledger exporter", state="in progress", percent="40", stopped="src/export.py:88", next="escape the quotes", day="2026-11-19"),
    record("task", "Delete the old poller", priority="high", horizon="immediate"),
    record("task", "Add Docker and Kubernetes deployment", horizon="future", next="wait for phase 4"),
    record("blocker", "No sandbox key for the payment gateway", impact="refunds cannot be tried", next="ask the operator", expected="2026-11-25"),
    record("question", "May invoices be rounded?", context="the column's type"),
    record("decision", "Keep the retry queue in SQLite", why="no server to run", alternative=("Redis: one more process", "Postgres"), day="2026-11-16"),
    record("decision", "Drain the queue once a minute", why="the gateway limits calls", day="2026-11-17"),
    record("approach", "Polling the gateway for refunds", outcome="failed", why="it blocks after ten calls", instead="webhooks", lesson="ask for its limits"),
    record("approach", "Batching the ledger writes", outcome="worked", before="90 s", after="4 s"),
    record("approach", "A write-ahead table", outcome="untried"),
    record("knowledge", "drain() runs twice at start", severity="critical", category="gotcha", place="src/queue.py"),
    record("knowledge", "Amounts are integers of cents everywhere", severity="important", category="constraint"),
    record("knowledge", "Orders own their refunds", category="data relationship"),
    record("knowledge", "The importer feeds the ledger through a queue", category="architecture"),
    record("issue", "The importer leaks file handles", severity="important", mitigation="restart it nightly"),
    record("risk", "The gateway may change its signature", impact="webhooks stop"),
    record("command", "make verify-ledger", purpose="verify"),
    record("test-data", "Order 4711 has two refunds", as_of="2026-11-10", credentials="vault, shop/test"),
    record("resource", "Gateway manual", link="docs/gateway.md"),
    record("preference", "Short commit subjects", scope="commits"),
    record("lesson", "Try the migration on a copy first"),
)
DONE = (record("milestone", "Phase 0 completed: environment works", day="2026-11-15", status="resolved"),
        record("task", "Refund webhooks", state="done", day="2026-11-18", status="resolved"))
SESSIONS = (
    Session("s-3", "claude-code", "2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z", "Ledger export", thread="ledger", active_s=3_000,
            files=(FileFact("src/export.py", edits=5), FileFact("src/ledger.py", edits=2), FileFact("tests/test_export.py", edits=1)),
            commands=(CommandFact("pytest tests/test_export.py", purpose="test", ok=False),),
            checks=(CheckFact("pytest", "pytest", False, 40, 1, line="1 failed, 40 passed", at="2026-11-19T08:50:00Z"),), usage=(UsageFact("m", cost=1.25),),
            last_words="Export works but for quotes."),
    Session("s-2", "codex", "2026-11-18T08:00:00Z", "2026-11-18T09:30:00Z", "Refund webhooks", thread="ledger", active_s=4_800,
            files=(FileFact("src/webhooks.py", edits=9),), commits=(CommitFact("abc1234", "Add refund webhooks"),),
            checks=(CheckFact("pytest", "pytest", True, 39, 0, line="39 passed", at="2026-11-18T09:00:00Z"),), usage=(UsageFact("m", cost=0.75),)),
    Session("s-1", "claude-code", "2026-11-15T08:00:00Z", "2026-11-15T08:20:00Z", "Fix a typo in the readme", thread="docs", active_s=600,
            files=(FileFact("README.md", edits=1),), commits=(CommitFact("0ff1ce0", "docs: fix typo"),)),
)
GIT = GitState("main", Commit("abc1234567", "Add refund webhooks", "2026-11-18", ("src/webhooks.py",)), (("src/export.py", " M"),))
MATERIAL = Material(
    "2026-11-20T09:12:00Z", root="/project", overview=Overview("shop-api", "A small shop."), records=RECORDS, done=DONE, sessions=SESSIONS, git=GIT,
    memory=(("CLAUDE.md", "standing instructions"), ("docs/architecture.md", "Architecture"), ("docs/phases/phase1.md", "Phase 1")))


def every_kind() -> tuple[Record, ...]:
    """Two records of each kind with all their details, one of them of several lines."""
    found = []
    for kind in KINDS.values():
        for n in (0, 1):
            details = {f.name.replace("-", "_"): f.choices[n % len(f.choices)] if f.choices else ("one way", "another: it") if f.many else
                       "2026-12-01" if f.name in ("expires", "as-of") else f"{f.name} of {n}" for f in kind.fields}
            text = f"**Bold** `{kind.name}` one\n\n- a list item\nand more" if n else f"The {kind.name} itself"
            found.append(record(kind.name, text, place="src/queue.py" if n else "", **details))  # type: ignore[arg-type]
    return tuple(found)


def written(style: Style, material: Material, there: Mapping[str, str] | None = None) -> dict[str, str]:
    """The style's documents by path, over those that are there."""
    texts = dict(there or {})
    for one in style.documents(material, texts):
        texts[one.path] = update(one.layout, texts.get(one.path, ""), one.material).text
    return texts


def planned(style: Style, material: Material, texts: Mapping[str, str]) -> dict[str, Planned]:
    return {one.path: one for one in style.documents(material, texts)}


def lost(style: Style, material: Material) -> list[tuple[str, list[str]]]:
    """Records that the documents together do not give back whole: title, and what is missing."""
    texts = written(style, material)
    read = {f.record.id: f.record for path, one in planned(style, material, texts).items() for f in parse(one.layout, texts[path])}
    every = (*material.records, *material.done)
    return [(r.title, parts) for r in every if (parts := missing(r, read[r.id]) if r.id in read else ["all"])]


def unmarked(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are loaded: without our marks."""
    return {path: MARK.sub("", text) for path, text in texts.items()}
