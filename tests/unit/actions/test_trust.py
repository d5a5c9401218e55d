"""What of a repository's plans may run on this machine."""

import os
from pathlib import Path

import pytest

from passdown.actions import plans, trust
from passdown.actions.init import init
from passdown.errors import UnreadableFile, UntrustedPlan
from passdown.project import Project, open_project, user_home

PLAN = b"phases: {a: {run: make a, outputs: [a]}}\n"


@pytest.fixture
def project(repository: Path) -> Project:
    found = open_project(repository)
    init(found)
    found.layout.plans.mkdir()
    return found


def put(project: Project, name: str, data: bytes = PLAN) -> Path:
    path = project.layout.plan(name)
    path.write_bytes(data)
    return path


def test_a_plan_that_came_with_the_repository_does_not_run(project: Project) -> None:
    """The error names the command that shows it."""
    put(project, "podcast")

    with pytest.raises(UntrustedPlan) as error:
        plans.runnable(project, "podcast")
    assert "passdown trust podcast" in error.value.advice


def test_a_plan_runs_once_its_text_was_accepted(project: Project) -> None:
    """And again not once a byte of it is another, until the old text comes back."""
    path = put(project, "podcast")
    trust.keep(project, [(path, PLAN)])
    assert plans.runnable(project, "podcast").phases[0].run == "make a"

    put(project, "podcast", PLAN + b"#")
    with pytest.raises(UntrustedPlan):
        plans.runnable(project, "podcast")

    put(project, "podcast")
    assert plans.runnable(project, "podcast")


def test_trust_is_for_this_project_and_this_path(project: Project, tmp_path: Path) -> None:
    """The same text elsewhere would run other programs."""
    trust.keep(project, [(put(project, "podcast"), PLAN)])
    put(project, "other")
    elsewhere = open_project(tmp_path)
    (tmp_path / ".passdown" / "workflows").mkdir(parents=True)
    put(elsewhere, "podcast")

    for there, name in ((project, "other"), (elsewhere, "podcast")):
        with pytest.raises(UntrustedPlan):
            plans.runnable(there, name)


def test_the_list_is_for_its_owner_alone(project: Project) -> None:
    """Mode 0600; one that others can write counts for nothing, and is not written over."""
    path = put(project, "podcast")
    trust.keep(project, [(path, PLAN)])
    place = user_home() / "trusted.json"
    assert place.stat().st_mode & 0o777 == 0o600

    place.chmod(0o666)
    assert not trust.is_trusted(project, path, PLAN)
    with pytest.raises(UnreadableFile):
        trust.keep(project, [(path, PLAN)])


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": "passdown-trusted/9", "plans": []}'])
def test_a_list_that_cannot_be_relied_on_trusts_nothing(project: Project, data: bytes) -> None:
    """A newer format or garbage is never written over."""
    path = put(project, "podcast")
    place = user_home() / "trusted.json"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    os.chmod(place, 0o600)

    assert not trust.is_trusted(project, path, PLAN)
    with pytest.raises(UnreadableFile):
        trust.keep(project, [(path, PLAN)])
    assert place.read_bytes() == data


def test_trust_can_be_taken_back(project: Project) -> None:
    """Of one plan, or of all of a project."""
    paths = [put(project, name) for name in ("a", "b")]
    trust.keep(project, [(path, PLAN) for path in paths])

    assert [one.path for one in trust.revoke(project, paths[:1])] == ["shared:workflows/a.yaml"]
    assert [trust.is_trusted(project, path, PLAN) for path in paths] == [False, True]
    assert len(trust.revoke(project, [])) == 1
    assert trust.listed() == ()


def test_what_was_written_by_new_may_run(project: Project) -> None:
    """Whoever wrote it has seen it; after a change of theirs they are asked."""
    path = plans.new(project, "mine", "session")
    assert plans.runnable(project, "mine").name == "mine"

    path.write_text(path.read_text() + "# changed\n")
    with pytest.raises(UntrustedPlan):
        plans.runnable(project, "mine")


def test_all_work_trees_of_a_repository_are_one_project(project: Project, tmp_path: Path) -> None:
    """What was accepted in one is accepted in the other, where the text is the same."""
    import subprocess

    trust.keep(project, [(put(project, "podcast"), PLAN)])
    subprocess.run(["git", "worktree", "add", "-q", str(tmp_path / "second")], cwd=project.root, check=True)
    second = open_project(tmp_path / "second")
    second.layout.plans.mkdir(parents=True)
    put(second, "podcast")

    assert plans.runnable(second, "podcast")
