"""A store that an earlier version wrote is read and worked with for ever. `tests/golden/stores/v<N>` was written by the tool itself and never changes."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdown.store import events
from passdown.store.journal import Journal
from passdown.store.layout import FORMAT_VERSION, Layout

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
STORES = Path(__file__).parents[1] / "golden" / "stores"
GOLDEN = sorted(path.name for path in STORES.iterdir() if path.is_dir())


@pytest.fixture(params=GOLDEN)
def old(request: pytest.FixtureRequest, repository: Path) -> tuple[Path, dict[str, Any]]:
    """A repository with an old store in it, and what the version that wrote it said of it."""
    store = STORES / request.param
    shutil.copytree(store / "private", repository / ".git" / "passdown")
    shutil.copytree(store / "shared", repository / ".passdown")
    for path in (repository / ".git" / "passdown").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return repository, json.loads((store / "expected.json").read_text())


def test_every_version_has_a_store() -> None:
    """A new format version freezes a store of its own."""
    assert [f"v{number}" for number in range(1, FORMAT_VERSION + 1)] == GOLDEN


def test_it_says_what_it_said(passdown: Passdown, old: tuple[Path, dict[str, Any]]) -> None:
    """Records, sessions, events and history are all there, and nothing is found to be wrong."""
    root, expected = old
    layout = Layout(root / ".git" / "passdown", root / ".passdown")

    records = {one["id"]: one for one in json.loads(passdown("list", "--all", "--json").stdout)}
    assert {one["id"]: one for one in expected["records"]} == {name: {key: one[key] for key in expected["records"][0]} for name, one in records.items()}
    assert [one["session_id"] for one in json.loads(passdown("sessions", "--json").stdout)] == expected["sessions"]
    assert len(list(events.read(layout.events(expected["sessions"][0])))) == expected["events"]
    assert len(list(Journal(layout).operations())) == expected["operations"]
    assert not [f for f in json.loads(passdown("doctor", "--json", code=None).stdout)["findings"] if f["severity"] == "error"]


def test_it_goes_on(passdown: Passdown, old: tuple[Path, dict[str, Any]]) -> None:
    """It takes new records, undoes old operations, captures on, is rebuilt from its events, backed up and restored."""
    root, expected = old
    private = root / ".git" / "passdown"
    before = {path.name for path in private.glob("sessions/*")}
    for path in [*private.glob("sessions/*"), *private.glob("derived/*")]:
        path.unlink()

    passdown("capture", code=None)
    passdown("undo")
    passdown("note", "lesson", "Old stores go on")
    passdown("backup", str(root.parent / "old.tar.gz"))
    shutil.rmtree(private)
    passdown("restore", str(root.parent / "old.tar.gz"))

    assert {path.name for path in private.glob("sessions/*")} == before
    records = {one["id"]: one for one in json.loads(passdown("list", "--all", "--json").stdout)}
    undone = next(one["id"] for one in expected["records"] if one["status"] == "resolved")
    assert records[undone]["status"] == "active"
    assert "Old stores go on" in {one["text"] for one in records.values()}
