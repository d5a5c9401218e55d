"""git merges shared records by our driver, as `init` has told it to, and says what only a person can decide."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def git(repository: Path, *words: str, ok: bool = True) -> int:
    done = subprocess.run(["git", *words], cwd=repository, capture_output=True, text=True, check=False)
    assert not ok or not done.returncode, done.stdout + done.stderr
    return done.returncode


def shared_record(passdown: Passdown, repository: Path) -> str:
    passdown("init")
    passdown("note", "decision", "Keep the queue in one file", "--why", "no server to run", "--share")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Share")
    record_id: str = json.loads(passdown("list", "--json").stdout)[0]["id"]
    return record_id




def codes(passdown: Passdown) -> dict[str, str]:
    return {finding["code"]: finding["where"] for finding in json.loads(passdown("doctor", "--json", code=None).stdout)["findings"]}


def copy_of(repository: Path, record_id: str) -> Path:
    return repository / f".passdown/records/decision/{record_id}.md"


def edit_copy(repository: Path, record_id: str, branch: str, old: str, new: str) -> None:
    """A teammate's clone, in which the file was edited and committed."""
    git(repository, "checkout", "-q", "-B", branch, "main")
    path = copy_of(repository, record_id)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new).replace("updated: ", f"updated: \"2026-11-2{len(branch)}T10:00:00Z\"\nx-was: ", 1))
    git(repository, "commit", "-qam", branch)


def test_fields_that_text_merge_cannot_settle(passdown: Passdown, repository: Path) -> None:
    """Two branches change the reason and the words of one record, next to each other: git merges without a conflict, the store has both."""
    record_id = shared_record(passdown, repository)
    edit_copy(repository, record_id, "one", "why: no server to run", "why: nothing to operate")
    edit_copy(repository, record_id, "four", "Keep the queue in one file", "Keep the queue in one SQLite file")

    git(repository, "merge", "-q", "--no-edit", "one")

    shown = passdown("show", record_id).stdout
    assert "one SQLite file" in shown
    assert "nothing to operate" in shown
    assert not {"merge-disputed", "no-merge-driver", "copy-twice"} & codes(passdown).keys()


def test_words_that_both_changed_are_both_kept(passdown: Passdown, repository: Path) -> None:
    """The conflict is git's to report and doctor's to name, until somebody has settled it."""
    record_id = shared_record(passdown, repository)
    edit_copy(repository, record_id, "one", "why: no server to run", "why: nothing to operate")
    edit_copy(repository, record_id, "four", "why: no server to run", "why: easy to copy")

    assert git(repository, "merge", "-q", "--no-edit", "one", ok=False) == 1

    text = copy_of(repository, record_id).read_text()
    assert "why: nothing to operate" in text
    assert "why: easy to copy" in text
    assert codes(passdown)["merge-disputed"] == record_id
    passdown("edit", record_id, "--text", "Keep the queue in one file", "--set", "why=easy to copy, nothing to operate")
    assert "merge-disputed" not in codes(passdown)


def test_the_way_in_and_the_way_out(passdown: Passdown, repository: Path) -> None:
    """A store of an earlier version gets the rule by `init`; `uninstall` and `--remove` take the command out of git's configuration."""
    passdown("init")
    attributes = repository / ".passdown/.gitattributes"
    attributes.write_text("* text eol=lf\n*.png binary\n")
    git(repository, "config", "--remove-section", "merge.passdown")
    assert "no-merge-driver" in codes(passdown)

    passdown("init")

    assert attributes.read_text().splitlines() == ["* text eol=lf", "*.png binary", "records/** merge=passdown", "sessions/** merge=passdown"]
    assert git(repository, "config", "merge.passdown.driver") == 0
    passdown("uninstall")
    assert git(repository, "config", "merge.passdown.driver", ok=False) == 1
    passdown("merge-driver", "--install")
    passdown("merge-driver", "--remove")
    assert git(repository, "config", "merge.passdown.driver", ok=False) == 1


def test_what_is_no_record_is_left_to_git(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """The driver writes nothing where a side does not read, and says so by its exit code."""
    passdown("init")
    sides = [tmp_path / name for name in ("base", "ours", "theirs")]
    for number, path in enumerate(sides):
        path.write_text(f"no record {number}\n")

    passdown("merge-driver", *map(str, sides), "records/decision/x.md", code=7)

    assert sides[1].read_text() == "no record 1\n"
    assert passdown("merge-driver", "only-one", code=2)
