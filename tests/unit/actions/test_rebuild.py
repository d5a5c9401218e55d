"""What is derived from kept events is made again when it is not there."""

from pathlib import Path

import pytest

from passdown.actions.capture import capture
from passdown.actions.init import init
from passdown.actions.rebuild import rebuild
from passdown.project import open_project

SAMPLE = Path(__file__).parents[2] / "golden" / "transcripts" / "claude-code" / "session.jsonl"


@pytest.mark.parametrize("lost", ["derived", "sessions"])
@pytest.mark.parametrize("empty", [False, True])
def test_derived_files_come_back_as_they_were(tmp_path: Path, lost: str, *, empty: bool) -> None:
    """After a kill behind the commit of the cursor (no file) or a power loss (an empty one) the transcript has nothing new, the store has all."""
    project = open_project(tmp_path)
    init(project)
    capture(project, [SAMPLE])
    folders = [project.layout.private / name for name in ("derived", "sessions")]
    before = {path: path.read_bytes() for folder in folders for path in folder.iterdir()}
    for path in (project.layout.private / lost).iterdir():
        path.write_bytes(b"") if empty else path.unlink()

    assert rebuild(project) == 1
    assert {path: path.read_bytes() for folder in folders for path in folder.iterdir()} == before
    assert rebuild(project) == 0
