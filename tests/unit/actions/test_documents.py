"""The project's documents on disk: nothing outside of it is read, and nothing takes long."""

import subprocess
import time
from pathlib import Path

import pytest

from passdown.actions.documents import ProjectFiles, known
from passdown.actions.load import load, reading
from passdown.loading.reading import Reading
from passdown.loading.sources import UnreadableError
from passdown.project import open_project

MEMORY = "<document><metadata><triggers>session</triggers></metadata></document>\ntext @{}\n"


def add(root: Path) -> None:
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)


def test_tracked_documents_are_found_wherever_they_lie(repository: Path) -> None:
    """And those in well-known folders that git is told to ignore."""
    for path in ("a/b/c/CLAUDE.md", ".claude/context/x.md", "docs/phases/phase1.md"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text("x")
    (repository / ".gitignore").write_text(".claude/\n")
    add(repository)

    assert known(open_project(repository)) == [".claude/context/x.md", "README.md", "a/b/c/CLAUDE.md", "docs/phases/phase1.md"]
    assert known(open_project(repository), ["z/CLAUDE.md", "z/a.py"]) == [".claude/context/x.md", "README.md", "docs/phases/phase1.md", "z/CLAUDE.md"]


def test_outside_git_the_folders_are_walked(tmp_path: Path) -> None:
    """Without those that hold what others wrote, and not forever."""
    for path in ("CLAUDE.md", "pkg/AGENTS.md", "node_modules/x/CLAUDE.md", "1/2/3/4/5/6/7/8/CLAUDE.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)

    assert known(open_project(tmp_path)) == ["CLAUDE.md", "pkg/AGENTS.md"]


@pytest.mark.parametrize("path", ["link.md", "folder/secret.md", "../secret.md", "/etc/passwd", "a/../../secret.md", "~/x.md", "a\0b"])
def test_nothing_outside_of_the_project_is_read(repository: Path, path: str) -> None:
    """Not by links, not by paths."""
    outside = repository.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("hidden")
    (repository.parent / "secret.md").write_text("hidden")
    (repository / "link.md").symlink_to(outside / "secret.md")
    (repository / "folder").symlink_to(outside, target_is_directory=True)
    files = ProjectFiles(repository)

    assert not files.holds(path)
    assert files.matching("folder/") == ()
    assert files.matching("*.md") == ("README.md",)
    with pytest.raises(UnreadableError):
        files.text(path)


@pytest.mark.parametrize("target", ["@../secret.md", "@link.md", "@/../secret.md", "@out_*/"])
def test_references_do_not_lead_out(repository: Path, target: str) -> None:
    """What they would lead to is not loaded, and a finding says so."""
    (repository.parent / "outside").mkdir()
    (repository.parent / "outside" / "s.md").write_text("hidden")
    (repository.parent / "secret.md").write_text("hidden")
    (repository / "link.md").symlink_to(repository.parent / "secret.md")
    (repository / "out_1").symlink_to(repository.parent / "outside", target_is_directory=True)
    (repository / "CLAUDE.md").write_text(f'<LOAD_IF task="session">\n{target}\n</LOAD_IF>\n')
    add(repository)
    done = load(open_project(repository), "session")

    assert [p.path for p in done.pieces] == ["CLAUDE.md"]
    assert [f.code for f in done.reading.findings if f.severity == "warning"]
    assert "hidden" not in repr(done)


@pytest.mark.parametrize(("data", "said"), [(b"a" * 5_000_000, "too large (5.0 MB)"), (b"triggers\0: a", "not text")])
def test_what_cannot_be_read_is_a_finding(repository: Path, data: bytes, said: str) -> None:
    """A document of five megabytes is passed over, the others load."""
    (repository / "CLAUDE.md").write_bytes(data)
    (repository / "AGENTS.md").write_text(MEMORY)
    add(repository)
    done = load(open_project(repository), "session")

    assert [p.path for p in done.pieces] == ["AGENTS.md"]
    assert any(said in f.message for f in done.reading.findings)


def test_other_encodings_and_line_ends_are_read(repository: Path) -> None:
    """Bytes that are not UTF-8 are replaced, a byte order mark and CRLF are taken off."""
    (repository / "CLAUDE.md").write_bytes(b"\xef\xbb\xbf---\r\ntriggers: session\r\n---\r\ncaf\xe9\r\n")

    assert [p.text for p in load(open_project(repository), "session").pieces] == ["caf\N{REPLACEMENT CHARACTER}"]


def test_a_large_document_loads_in_good_time(repository: Path) -> None:
    """Just below the bound."""
    (repository / "CLAUDE.md").write_text(MEMORY + "".join(f'## S{n}\n<LOAD_IF task="w{n}">\nbody {n}\n</LOAD_IF>\n' for n in range(15_000)))
    began = time.process_time()
    done = load(open_project(repository), "session w7", 1_000)

    assert any("body 7" in p.text for p in done.pieces)
    assert time.process_time() - began < 8


def test_thousands_of_documents_are_bounded(repository: Path) -> None:
    """The nearest are looked at, and it is said that there are more."""
    for n in range(3_000):
        (repository / f"p{n}").mkdir()
        (repository / f"p{n}" / "CLAUDE.md").write_text("plain\n")
    (repository / "CLAUDE.md").write_text(MEMORY)
    add(repository)
    done = load(open_project(repository), "session")

    assert [p.path for p in done.pieces] == ["CLAUDE.md"]
    assert "documents-bounded" in [f.code for f in done.reading.findings]


def test_the_setting_names_further_folders(repository: Path) -> None:
    """`documents` in the project's configuration."""
    for path, text in {".passdown/config.toml": 'documents = ["notebook"]\n', "notebook/a.md": MEMORY}.items():
        (repository / path).parent.mkdir(exist_ok=True)
        (repository / path).write_text(text)

    assert [d.path for d in reading(open_project(repository), "session").documents] == ["notebook/a.md"]


@pytest.mark.parametrize("text", ["", "# Rules\n\nUse pytest.\n"])
def test_a_project_without_such_documents_has_an_empty_reading(repository: Path, text: str) -> None:
    """A plain CLAUDE.md is the agent's own matter. The costly part is not even imported."""
    (repository / "CLAUDE.md").write_text(text)
    add(repository)

    assert reading(open_project(repository), "write a test") == Reading()
