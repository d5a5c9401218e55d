"""What documents say, sorted: nothing is lost without a word, and no record is looked at more often than it needs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.actions import flow_back, import_documents
from passdown.actions.flow_back import known, paired
from passdown.actions.import_documents import Imported, sorted_out
from passdown.actions.note import beside
from passdown.cli.commands import import_
from passdown.formats.base import Found
from passdown.model.record import Record
from passdown.project import open_project

NOW = "2026-11-20T09:12:00Z"


def lesson(number: int, text: str) -> Record:
    return Record(f"{number:016d}", "lesson", text, created=NOW, updated=NOW)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """The texts that a function of `flow_back` is asked about from now on."""
    asked: list[str] = []
    real = getattr(flow_back, name)

    def asking(text: str) -> object:
        asked.append(text)
        return real(text)

    monkeypatch.setattr(flow_back, name, asking)
    return asked


def test_a_record_that_no_file_can_hold_is_told_as_such(repository: Path) -> None:
    """It is not known already: it is lost, and the report says so."""
    bad = Record(f"{1:016d}", "lesson", "Count in cents", created=NOW, updated=NOW, details={"id": "x"})
    done = sorted_out(open_project(repository), [Found(bad, 1, 3, 3)], known([]), (NOW, NOW), "log.md")
    said: list[str] = []
    one = Imported(repository / "log.md", "session-log", unwritable=done.unwritable)
    import_.tell(one, said.append, explain=True)
    assert (done.new, done.same, [(i.record.id, i.line) for i in done.unwritable]) == ((), (), [(bad.id, 3)])
    assert "1 record not kept" in said[0]
    assert "! lesson: Count in cents" in said[1]
    assert import_.as_json(one)["unwritable"] == [import_.row(done.unwritable[0])]


def test_words_of_a_record_are_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lines are new: a document of thousands of both must not be compared word by word, pair by pair."""
    asked = counted(monkeypatch, "content_words")
    gone = [lesson(n, f"Count the money of desk {n} in cents") for n in range(40)]
    new = [Found(lesson(100 + n, f"Unrelated words about harbour number {n}"), 1, n, n) for n in range(40)]
    assert list(paired(gone, new)) == []
    assert len(asked) == len(gone) + len(new)


def test_a_folder_of_documents_looks_at_each_record_a_few_times(repository: Path, passdown: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    """What one file brought is added to what is known, which is not gathered anew for each file."""
    passdown("init", "--yes")
    (repository / "logs").mkdir()
    for n in range(30):
        (repository / "logs" / f"{n:02d}.md").write_text(f"# Session: {n}\n\n## What Worked\n\n- Paging ledger number {n}\n- Batching\n")
    asked = counted(monkeypatch, "plain")
    done, *_ = import_documents.import_documents(open_project(repository), [Path("logs")], "session-log")
    assert [len(one.new) for one in done] == [2] + [1] * 29
    assert len(asked) <= 4 * 30


@pytest.mark.parametrize(("path", "wanted"), [
    ("src/a.py", "src/a.py"), ("./src/../a.py", "a.py"), ("../sibling/a.py", "../sibling/a.py"), ("src/../../sibling/a.py", "../sibling/a.py"),
    ("{root}/src/a.py", "src/a.py"), ("{root}/../sibling/a.py", "../sibling/a.py"), ("~/a.py", "~/a.py"), ("{root}", ".")])
def test_a_path_of_a_document_is_meant_from_the_root(repository: Path, monkeypatch: pytest.MonkeyPatch, path: str, wanted: str) -> None:
    """Wherever the user stands, and never absolute."""
    (repository / "docs").mkdir()
    monkeypatch.chdir(repository / "docs")
    assert beside(open_project(repository / "docs"), path.format(root=repository)) == wanted
