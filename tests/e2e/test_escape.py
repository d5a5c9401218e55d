"""Nothing is read or written outside of where it belongs, whatever links, ids and names a repository or a transcript brings."""

import gzip
import io
import json
import os
import re
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.model.ids import content_hash
from passdown.store import backup

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET = "outside-words-7431"
WHOLE = f"# {SECRET} Hand-over\n\n{SECRET} stands here.\n\n## Decisions\n- {SECRET}\n"
NAMES = ("../../../outside/x", "/etc/passwd", "..\\..\\x", "con", "a" * 300, "x\x00y", "-rf", "$(touch pwned)", "`touch pwned`", "; touch pwned;", "a\nb",
    "‮x", ".git/hooks/post-commit")


@pytest.fixture
def outside(repository: Path) -> Path:
    """A folder beside the repository, of which nobody may read or change anything."""
    folder = repository.parent / "outside"
    folder.mkdir()
    (folder / "secret.md").write_text(WHOLE)
    return folder


def untouched(folder: Path) -> bool:
    return [(p.name, p.read_text()) for p in folder.iterdir()] == [("secret.md", WHOLE)]


def session(path: Path, root: Path, name: str) -> None:
    """A session of this id that works on a file of this name, in a branch of this name."""
    rows = [{"type": "user", "message": {"role": "user", "content": f"Fix {name} for me, please."}},
            {"type": "assistant", "message": {"role": "assistant", "id": "m", "model": "x", "content": [
                {"type": "tool_use", "id": "e", "name": "Edit", "input": {"file_path": f"{root}/{name}", "old_string": "a", "new_string": "b"}},
                {"type": "tool_use", "id": "b", "name": "Bash", "input": {"command": f"git checkout {name} && make {name}"}}]}},
            {"type": "user", "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": i, "content": name} for i in ("e", "b")]}},
            {"type": "assistant", "message": {"role": "assistant", "id": "n", "model": "x", "content": [{"type": "text",
                "text": f"We chose {name} because it is there."}]}}]
    path.write_text("".join(json.dumps({**row, "sessionId": name, "cwd": str(root), "gitBranch": name, "version": name, "uuid": f"u{n}",
                                        "parentUuid": f"u{n - 1}" if n else None,
                                        "timestamp": f"2026-03-02T10:0{n}:00Z"}) + "\n" for n, row in enumerate(rows)))


def test_ids_and_names_of_a_transcript_lead_nowhere(passdown: Passdown, repository: Path, outside: Path) -> None:
    """As ids of sessions, paths, branches, commands: everything lies in the store, nothing is run, and the verbs that take such a name find or refuse it."""
    passdown("init", "--yes")
    before = lying(repository)
    for number, name in enumerate(NAMES):
        session(repository.parent / f"{number}.jsonl", repository, name)
    passdown("capture", *(word for number in range(len(NAMES)) for word in ("--transcript", str(repository.parent / f"{number}.jsonl"))))
    for words in (["resume"], ["handoff"], ["verify"], ["sessions"], ["export", "--style", "handoff"]):
        passdown(*words, code=None)
    for name in NAMES[:5] + NAMES[6:]:
        if "\x00" not in name:
            for verb in (["show"], ["why"], ["forget", "--yes"], ["handoff", "--dry-run", "--style"], ["workflow", "show"], ["list", "--session"],
                ["restore"], ["load", "--task"]):
                assert passdown(*verb, "--", name, code=None).returncode != 70 if verb != ["load", "--task"] else True, (verb, name)

    made = lying(repository) - before
    assert not [*repository.rglob("pwned*"), *repository.parent.glob("pwned*")]
    assert not {p for p in made if not p.startswith((".tmp", ".claude", ".git/info/", ".git/index"))}
    assert not [p.name for p in (repository / ".git" / "passdown").rglob("*") if not re.fullmatch(r"[\w.~][\w.~-]*", p.name)]
    assert untouched(outside)
    assert not (repository / ".git" / "hooks" / "post-commit").exists()


def lying(root: Path) -> set[str]:
    """What lies in the repository and beside it, the store aside."""
    found = (p.relative_to(root.parent).as_posix() for p in root.parent.rglob("*"))
    store = ("/.git/passdown", "/.passdown")
    return {p.removeprefix(f"{root.name}/") for p in found if not p.removeprefix(root.name).startswith(store) and not p.endswith(".jsonl")}


@pytest.mark.parametrize("link", [".passdown/records", ".passdown/records/decision", ".passdown/handoffs", ".passdown/memory", ".passdown/sessions"])
def test_a_linked_folder_of_the_store_is_not_written_through(passdown: Passdown, repository: Path, outside: Path, link: str) -> None:
    """A link in the repository to a folder outside: nothing is read there as ours, nothing is written there; it is said, or refused."""
    passdown("init", "--yes")
    at = repository / link
    if at.is_dir():
        at.rename(at.with_name("was"))
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(outside, target_is_directory=True)
    said = ""
    for words in (["note", "decision", "Use SQLite", "--why", "no server", "--share"], ["note", "decision", "Use SQLite", "--why", "no server"], ["list"],
        ["resume"],
                  ["handoff"], ["handoff", "--style", "session-memory"], ["handoff", "--style", "continuity"], ["doctor"], ["doctor", "--repair"], ["share",
                      "--all"]):
        done = passdown(*words, code=None)
        assert done.returncode != 70, (words, done.stderr)
        said += done.stdout + done.stderr

    assert SECRET not in said
    assert untouched(outside)


LINKED = {
    "settings": (".passdown/config.toml",),
    "store": (".passdown/records/decision/01m3250v00yn62s6.md", ".passdown/workflows/x.yaml", ".passdown/templates/x.md.j2"),
    "documents": ("HANDOFF.md", "docs/decisions.md", "CONTINUITY.md", "SESSION_CONTEXT.md", "START_HERE.md", "memory-bank/activeContext.md"),
    "project": ("AGENTS.md", "CLAUDE.md", "README.md", "src/README.md")}


@pytest.mark.parametrize("names", LINKED.values(), ids=LINKED)
def test_a_linked_file_is_not_read_out(passdown: Passdown, repository: Path, outside: Path, names: tuple[str, ...]) -> None:
    """A link to a file outside of the repository, where something of ours belongs: its words come out nowhere, and it stays as it is."""
    passdown("init", "--yes")
    for at in (repository / name for name in names):
        at.parent.mkdir(parents=True, exist_ok=True)
        at.unlink(missing_ok=True)
        at.symlink_to(outside / "secret.md")
    passdown("note", "decision", "Use SQLite", "--why", "no server", code=None)
    said = ""
    for words in (["list"], ["resume"], ["resume", "--paste", "--task", "hand over the decisions"], ["load", "--task", "decisions"], ["handoff"],
        ["handoff", "--style", "session-memory"], ["check"],
        ["export", "--style", "handoff"], ["doctor"],
                  *(["import", name] for name in names), ["workflow", "check", "x"], ["workflow", "list"], ["verify"], ["guard", "use Redis"]):
        done = passdown(*words, code=None)
        assert done.returncode != 70, (words, done.stderr)
        said += done.stdout + done.stderr

    written = [p.read_text(errors="replace") for p in repository.rglob("*") if p.is_file() and not p.is_symlink()]
    assert SECRET not in said + "".join(written)
    assert untouched(outside)


def archive(members: dict[str, bytes], kinds: dict[str, bytes] | None = None, listed: dict[str, str] | None = None) -> bytes:
    """A backup with these members; kinds: the tar type of some."""
    raw = io.BytesIO()
    facts = {"format": backup.FORMAT, "files": listed if listed is not None else {n: content_hash(d) for n, d in members.items()}}
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, data in ((backup.MANIFEST, json.dumps(facts).encode()), *members.items()):
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(data), (kinds or {}).get(name, tarfile.REGTYPE), "/etc/passwd"
            tar.addfile(info, io.BytesIO(data))
    return gzip.compress(raw.getvalue())


@pytest.mark.parametrize(("name", "kind"), [
    ("../../evil.md", tarfile.REGTYPE), ("/tmp/evil.md", tarfile.REGTYPE), ("records/../../evil.md", tarfile.REGTYPE),
    ("records/decision/x.md", tarfile.SYMTYPE),
    ("records/decision/x.md", tarfile.LNKTYPE), ("records/decision/x.md", tarfile.FIFOTYPE), ("records/decision/x.md", tarfile.CHRTYPE),
    ("hooks/evil", tarfile.REGTYPE),
    ("records\\..\\evil.md", tarfile.REGTYPE)])
def test_a_backup_puts_nothing_elsewhere(passdown: Passdown, repository: Path, name: str, kind: bytes) -> None:
    """A member with a path that leads out, a link or a device: refused as a whole, before anything is written."""
    passdown("init", "--yes")
    file = repository.parent / "b.tar.gz"
    file.write_bytes(archive({"VERSION": b"1\n", name: b"" if kind != tarfile.REGTYPE else b"---\nx\n"}, {name: kind}))
    before = sorted(p.as_posix() for p in repository.parent.rglob("*"))

    assert passdown("restore", str(file), code=None).returncode not in (0, 70)
    assert not [p for p in sorted(p.as_posix() for p in repository.parent.rglob("*")) if p not in before and "evil" in p]


def test_private_state_is_the_users_alone(passdown: Passdown, repository: Path) -> None:
    """Folders 0700, files 0600, whatever the umask; what git carries follows the umask."""
    before = os.umask(0o022)
    try:
        passdown("init", "--yes")
        source = repository.parent / "s.jsonl"
        session(source, repository, "s-1")
        passdown("capture", "--transcript", str(source))
        passdown("note", "decision", "Use SQLite", "--why", "no server", "--share", code=None)
        passdown("resume")
    finally:
        os.umask(before)
    private = repository / ".git" / "passdown"
    open_to_others = [p.as_posix() for p in (private, *private.rglob("*")) if not p.is_symlink() and p.stat().st_mode & 0o077]
    shared = [oct(p.stat().st_mode & 0o777) for p in (repository / ".passdown").rglob("*.md")]

    assert open_to_others == []
    assert set(shared) <= {"0o644"}
