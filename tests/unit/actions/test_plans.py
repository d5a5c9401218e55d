"""Plans as they lie in a project: found, read, checked against the disk, written from templates."""

from pathlib import Path

import pytest

from passdown.actions import plans
from passdown.actions.init import init
from passdown.errors import InvalidPlan, NoSuchPlan, UsageError
from passdown.project import Project, open_project


@pytest.fixture
def project(repository: Path) -> Project:
    found = open_project(repository)
    init(found)
    return found


def test_every_template_is_written_and_may_run(project: Project) -> None:
    """At once, with the plan's own name in its comments."""
    for name in plans.TEMPLATES:
        path = plans.new(project, f"my-{name}", name)
        assert f"passdown workflow run my-{name} " in path.read_text()
        assert [phase.name for phase in plans.runnable(project, f"my-{name}").phases] == ["research", "production", "final"]
    assert plans.names(project) == sorted(f"my-{name}" for name in plans.TEMPLATES)


def test_a_plan_is_never_written_over(project: Project) -> None:
    """Its text stays, and the error says so."""
    path = plans.new(project, "podcast", "cost")
    path.write_text("mine")

    with pytest.raises(UsageError, match="already"):
        plans.new(project, "podcast", "session")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a b", "x" * 61])
def test_a_name_that_is_no_name_is_refused(project: Project, name: str) -> None:
    """Neither written nor read."""
    with pytest.raises(UsageError):
        plans.new(project, name, "session")
    with pytest.raises(NoSuchPlan):
        plans.read(project, name)


def test_an_unknown_plan_names_the_nearest(project: Project) -> None:
    """And the command that writes one."""
    plans.new(project, "podcast", "session")

    with pytest.raises(NoSuchPlan) as error:
        plans.read(project, "podcats")
    assert "did you mean `podcast`?" in error.value.message


def test_a_folder_that_is_a_link_is_not_written_into(project: Project, tmp_path: Path) -> None:
    """A repository cannot have files written elsewhere by a link of its own."""
    (tmp_path / "elsewhere").mkdir()
    project.layout.plans.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="link"):
        plans.new(project, "podcast", "session")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_links_that_lead_out_are_errors_with_their_line(project: Project, tmp_path: Path) -> None:
    """The folder of all items, and a folder within an item."""
    plans.new(project, "podcast", "session")
    (project.root / "production").symlink_to(tmp_path)
    assert [p.message for p in plans.read(project, "podcast").parsed.errors] == ["`production` is a link that leads out of the project"]

    (project.root / "production").unlink()
    (project.root / "production" / "ep-1").mkdir(parents=True)
    (project.root / "production" / "ep-1" / "research").symlink_to(tmp_path)
    with pytest.raises(InvalidPlan, match="leads out of the item's folder") as error:
        plans.runnable(project, "podcast")
    text = project.layout.plan("podcast").read_text().splitlines()
    assert "outputs: [research/" in text[error.value.facts["problems"][0][0] - 1]  # type: ignore[index]


def test_links_within_the_project_are_taken(project: Project) -> None:
    """A link to another folder of the same project is the project's own affair."""
    plans.new(project, "podcast", "session")
    (project.root / "big-disk").mkdir()
    (project.root / "production").symlink_to("big-disk")

    assert plans.runnable(project, "podcast")


def test_a_secret_in_a_plan_is_a_warning_with_its_line(project: Project) -> None:
    """It would be committed; the environment is its place."""
    plans.new(project, "podcast", "session")
    path = project.layout.plan("podcast")
    key = "ghp_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA2bC5"
    path.write_text(f"phases:\n  a:\n    run: x\n    outputs: [b]\n    env: {{TOKEN: {key}}}\n")

    assert [(p.line, p.severity) for p in plans.read(project, "podcast").parsed.problems] == [(5, "warning")]


def test_a_private_store_has_plans_of_its_own(repository: Path) -> None:
    """`init --private` puts nothing into the work tree, plans neither."""
    init(open_project(repository), private_only=True)
    project = open_project(repository)

    path = plans.new(project, "podcast", "session")
    assert path.is_relative_to(project.layout.private)
    assert plans.runnable(project, "podcast")
