"""More files than one run reads: how many were left out is said."""

import json
from pathlib import Path

import pytest

from passdown.actions import check, document_files, import_documents
from passdown.cli.main import main
from passdown.formats.styles.decisions import RECORD

LOG = "# Session: x\n**Created**: 2026-11-18\n**Updated**: 2026-11-20\n\n## Next Steps\n1. Make it {}\n"


@pytest.fixture
def logs(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with five documents, in a project."""
    monkeypatch.chdir(repository)
    (repository / "logs").mkdir()
    for n in range(5):
        (repository / f"logs/2026-11-1{n}.tmp").write_text(LOG.format(n))
    assert main(["init"]) == 0
    return repository / "logs"


@pytest.mark.parametrize(("words", "where", "said"), [
    (("import", "logs", "--style", "session-log"), (import_documents, "MOST_FILES"), "3 more files left out"),
    (("check", "logs", "--fail-on", "error"), (check, "MOST"), "3 more documents not looked at")])
def test_files_beyond_the_bound_are_counted(
        logs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], where: tuple[object, str], said: str) -> None:
    """In words, and in JSON."""
    assert logs.is_dir()
    monkeypatch.setattr(*where, 2)
    capsys.readouterr()
    main(list(words))
    assert said in capsys.readouterr().err

    main([*words, "--json"])
    assert json.loads(capsys.readouterr().out)["left_out"] == 3


def test_of_too_many_documents_the_newest_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the numbers in their names, whatever their width; all are found."""
    monkeypatch.setattr(document_files, "MOST_READ", 2)
    for name in ("9-a", "10-b", "11-c", "README"):
        (tmp_path / "adr").mkdir(exist_ok=True)
        (tmp_path / f"adr/{name}.md").write_text("x")
    found = list(document_files.lying(tmp_path, RECORD))

    assert len(found) == 4
    assert [path.name for path in document_files.newest(p for p in found if p.name != "README.md")] == ["10-b.md", "11-c.md"]
