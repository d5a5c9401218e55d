"""Files by folder."""

from passdown.briefing.folders import shelved, visits
from passdown.model.session import FileFact, Session


def test_a_folder_is_the_nearest_that_holds_several() -> None:
    """Single files go with the folder above; where names are the same in several folders, the folders stand in the names."""
    paths = ["src/jobs/a.py", "src/jobs/b.py", "src/jobs/c.py", "src/mail/send.py", "lib/x/provider.go", "lib/y/provider.go", "lib/z/provider.go", "Makefile"]

    assert shelved(paths) == {
        "src/jobs/a.py": ("src/jobs", "a.py"), "src/jobs/b.py": ("src/jobs", "b.py"), "src/jobs/c.py": ("src/jobs", "c.py"),
        "src/mail/send.py": ("src", "mail/send.py"), "lib/x/provider.go": ("lib", "x/provider.go"), "lib/y/provider.go": ("lib", "y/provider.go"),
        "lib/z/provider.go": ("lib", "z/provider.go"), "Makefile": (".", "Makefile")}


def test_a_session_visits_each_folder_once() -> None:
    """Whatever it changed below it; a file that it only read is no visit."""
    edits = Session("s", "codex", files=(FileFact("src/jobs/a.py", edits=1), FileFact("src/jobs/b.py", edits=1), FileFact("docs/x.md", reads=1),
                                         FileFact("Makefile", edits=1)))

    assert visits([edits, edits], ["src", "src/jobs", "docs", "."]) == {"src": 2, "src/jobs": 2, ".": 2}
