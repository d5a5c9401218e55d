"""What merges have left to decide, as findings: records with both sides in them, records in two folders, a clone that does not know our driver."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from passdown import files
from passdown.actions import merge_driver
from passdown.formats.record_merge import is_disputed
from passdown.index import Index
from passdown.model.finding import Finding
from passdown.model.ids import ID
from passdown.project import Project


def merge_findings(project: Project, index: Index) -> Iterator[Finding]:
    for record in index.records(None, None):
        if is_disputed(record.text):
            yield Finding("merge-disputed", "error", record.id, "both sides of a merge stand in this record's text",
                          f"Settle it: passdown edit {record.id} --text \"…\", then commit the copy.")
    yield from copies_twice(project)
    attributes = project.layout.git_attributes
    if attributes and attributes.exists() and project.place and not known_to_git(project, attributes):
        yield Finding("no-merge-driver", "info", str(project.root), "git merges shared records line by line here: more is left to decide, nothing is lost",
                      "passdown init")


def known_to_git(project: Project, attributes: Path) -> bool:
    """Whether rule and command are both there."""
    return b"merge=passdown" in (files.read(attributes) or b"") and bool(merge_driver.installed(project))


def copies_twice(project: Project) -> Iterator[Finding]:
    """One side changed a record's kind, and so its folder, while the other one edited it where it was."""
    found: dict[str, list[Path]] = defaultdict(list)
    for folder in project.layout.copy_folders():
        for path in sorted(folder.glob("*.md")):
            if ID.fullmatch(path.stem):
                found[path.stem].append(path)
    for record_id, paths in sorted(found.items()):
        if len(paths) > 1:
            yield Finding("copy-twice", "error", str(paths[1]), f"{record_id} has a second copy, {paths[0]}: its kind was changed on one side of a merge",
                          "Bring what is missing into one of them and delete the other.")


__all__ = ["merge_findings"]
