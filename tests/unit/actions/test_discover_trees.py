"""Sessions of other work trees belong to the project, sessions of other repositories in it do not."""

import json
import subprocess
from pathlib import Path

from passdown.actions.capture import capture, roots_of
from passdown.actions.discover import transcripts
from passdown.actions.init import init
from passdown.project import open_project


def session(name: str, cwd: Path) -> None:
    """A Claude Code transcript in the user's home, of a session that ran in `cwd` and edited a file there."""
    folder = Path.home() / ".claude" / "projects" / "x"
    folder.mkdir(parents=True, exist_ok=True)
    call = [{"type": "tool_use", "id": "t", "name": "Edit", "input": {"file_path": f"{cwd}/a.py", "old_string": "1", "new_string": "2"}}]
    done = [{"type": "tool_result", "tool_use_id": "t", "content": "ok"}]
    rows = [{"type": kind, "uuid": f"{name}{n}", "sessionId": name, "cwd": str(cwd), "timestamp": f"2026-03-02T10:0{n}:00Z",
             "message": {"role": kind, "content": content, "id": f"{name}{n}"}}
            for n, (kind, content) in enumerate((("user", "change a"), ("assistant", call), ("user", done)))]
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))


def test_a_session_in_a_linked_work_tree_is_found_and_its_files_are_the_projects(repository: Path, tmp_path: Path) -> None:
    """From the main tree the session in the linked one is captured, with paths relative to the project."""
    subprocess.run(["git", "worktree", "add", "-q", str(tmp_path / "side"), "-b", "side"], cwd=repository, check=True)
    project = open_project(repository)
    init(project)
    session("linked", tmp_path / "side")
    [done] = capture(project, transcripts(project, roots_of(project, [])))

    assert done.facts is not None
    assert done.facts.files_changed == ("a.py",)


def test_a_session_in_a_nested_repository_is_not_the_projects(repository: Path) -> None:
    """A repository inside the work tree has a store of its own."""
    nested = repository / "vendor" / "lib"
    nested.mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], cwd=nested, check=True)
    project = open_project(repository)
    init(project)
    session("nested", nested)
    session("own", repository / "vendor")

    assert [p.stem for p in transcripts(project, roots_of(project, []))] == ["own"]
