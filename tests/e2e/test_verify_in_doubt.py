"""`passdown verify` where something looks as if it told: what cannot be known is not verified, and what to do can be done as it stands."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.actions.held import held, judged
from passdown.actions.refresh import opened
from passdown.project import open_project

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
BEFORE, SAID, AFTER = "2024-01-01T10:00:00Z", "2024-02-01T10:00:00Z", "2024-02-02T10:00:00Z"
CHECKS = "def a(k):\n    if k:\n        return True\n\n\ndef b(k):\n    if k > 1:\n        return True\n"


def git(root: Path, *words: str, at: str) -> str:
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True, env=env).stdout.strip()


class Shop:
    """A repository of old commits, with records that were made a month later."""

    def __init__(self, root: Path, passdown: Passdown) -> None:
        self.root, self._passdown = root, passdown
        passdown("init", "--private")

    def write(self, path: str, text: str, subject: str = "", at: str = BEFORE) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)
        if subject:
            git(self.root, "add", "-A", at=at)
            git(self.root, "commit", "-qm", subject, at=at)

    def note(self, *words: str) -> str:
        return str(json.loads(self._passdown("note", *words, "--json", PASSDOWN_NOW=SAID).stdout)["record"]["id"])

    def said(self) -> dict[str, tuple[str, str]]:
        """(code, what is said of it) of each record's first claim."""
        rows = json.loads(self._passdown("verify", "--all", "--json", code=None).stdout)["judged"]
        return {r["owner"]: (r["verdict"]["code"], r["verdict"]["note"]) for r in reversed(rows)}

    def fixes(self) -> dict[str, str]:
        return {r["owner"]: r["fix"] for r in json.loads(self._passdown("verify", "--all", "--json", code=None).stdout)["judged"]}


@pytest.fixture
def shop(repository: Path, passdown: Passdown) -> Shop:
    return Shop(repository, passdown)


def test_a_line_that_looks_alike_is_not_the_line(shop: Shop) -> None:
    """The line was changed, though an equal one stands elsewhere; a block was removed, though its twin stays."""
    twin = "try:\n    pass\nexcept Exception:\n    raise\n"
    shop.write("a.py", CHECKS)
    shop.write("b.py", f"{twin}\nx = 1\n\n{twin}", "Add")
    line, block = shop.note("knowledge", "The early return hides a fault", "--file", "a.py:3"), shop.note("knowledge", "It matters", "--file", "b.py:8-11")
    shop.write("a.py", CHECKS.replace("return True", "return look(k)", 1))
    shop.write("b.py", f"{twin}\nx = 1\n", "Look")

    assert [shop.said()[r][0] for r in (line, block)] == ["changed", "gone"]


def test_a_line_that_was_pushed_down_is_the_line(shop: Shop) -> None:
    """By what was put above it, also where many look like it."""
    shop.write("a.py", CHECKS, "Add")
    line = shop.note("knowledge", "The second return is right", "--file", "a.py:8")
    shop.write("a.py", "import os\n\n" + CHECKS)

    assert shop.said()[line] == ("holds", "now at line 10")


def test_a_definition_contradicts_only_what_means_it(shop: Shop) -> None:
    """A common name, one that several files define, and one that lay in a file which git did not know, tell nothing."""
    shop.write("src/base.py", "x = 1\n", "Add")
    shop.write("src/lying.py", "def old_part():\n    pass\n")
    os.utime(shop.root / "src/lying.py", (1_700_000_000, 1_700_000_000))
    common, several = shop.note("issue", "The `close()` hook is not implemented yet"), shop.note("issue", "`push_all()` is not implemented yet")
    lying, new = shop.note("issue", "`old_part()` is not implemented yet there"), shop.note("issue", "`retry_policy()` is not implemented yet")
    before = shop.said()
    shop.write("src/base.py", "x = 1\n\n\ndef close():\n    pass\n\n\ndef retry_policy():\n    pass\n\n\ndef push_all():\n    pass\n")
    shop.write("src/other.py", "def push_all():\n    pass\n", "Do it", AFTER)

    assert {code for code, _ in before.values()} == {"unverified"}
    assert {shop.said()[r][0] for r in (common, several, lying)} == {"unverified"}
    assert shop.said()[new] == ("contradicted", "`retry_policy` is defined now: src/base.py:8")


def test_a_command_in_another_package_is_looked_for_there(shop: Shop) -> None:
    """The script of the root was taken away; those of its packages stay, and a workspace is not guessed at."""
    shop.write("package.json", '{"scripts": {"build": "x"}}')
    shop.write("web/package.json", '{"scripts": {"build": "x"}}')
    shop.write("Makefile", "all:\n\techo\n", "Add")
    lines = ["npm --prefix web run build", "pnpm -C web run build", "pnpm --filter web run build", "npm run build -w web", "make all"]
    kept, gone = [shop.note("command", line) for line in lines], shop.note("command", "npm run build")
    shop.write("package.json", '{"workspaces": ["web"]}')
    shop.write("Makefile", "T = all\n$(T):\n\techo\n", "Split", AFTER)

    assert {shop.said()[r][0] for r in kept} == {"holds"}
    assert shop.said()[gone][0] == "command-gone"


def test_a_place_whose_name_was_redacted_is_not_gone(shop: Shop) -> None:
    """The file is there, under a name that may not be written down."""
    name = "ghp_" + "a1B2" * 9
    shop.write(f"src/{name}.py", "x = 1\n", "Add")
    record = shop.note("knowledge", "It is one", "--file", f"src/{name}.py")

    assert shop.said()[record][0] == "unverified"


def test_what_to_do_can_be_done_as_it_stands(shop: Shop, passdown: Passdown) -> None:
    """Ranges and symbols are kept, spaces are quoted, all places of a record are named; the command that is told settles the finding."""
    body = "def work(rows):\n    for row in rows:\n        yield row\n"
    shop.write("src/a b.py", body + "\n\n" + body.replace("work", "rest"), "Add")
    lines = shop.note("knowledge", "It yields", "--file", "src/a b.py:1-3", "--file", "README.md")
    symbol, edited = shop.note("knowledge", "It rests", "--file", "src/a b.py#rest"), shop.note("knowledge", "Row by row", "--file", "src/a b.py:6-8")
    shop.write("src/a b.py", "import os\n\n" + (body + "\n\n" + body.replace("work", "rest")).replace("yield row\n", "yield row.name\n        yield row\n"))
    shifted = shop.fixes()[edited]
    shop.write("src/a b.py", body + "\n\n" + body.replace("work", "rest"))
    (shop.root / "src/a b.py").rename(shop.root / "src/c d.py")
    git(shop.root, "add", "-A", at=AFTER)
    git(shop.root, "commit", "-qm", "Move", at=AFTER)
    moved = shop.fixes()

    assert shifted == f"read it again; passdown edit {edited} --file 'src/a b.py:9-12' when the record still holds"
    assert f"passdown edit {lines} --file 'src/c d.py:1-3' --file README.md" in [moved[lines], first_fix(passdown, lines)]
    assert moved[symbol] == f"passdown edit {symbol} --file 'src/c d.py#rest'"
    passdown("edit", symbol, "--file", "src/c d.py#rest")
    assert shop.said()[symbol][0] == "holds"


def first_fix(passdown: Passdown, record: str) -> str:
    return str(json.loads(passdown("verify", record, "--json", code=None).stdout)["findings"][0]["fix"])


def test_a_record_that_cannot_be_read_is_counted(shop: Shop, passdown: Passdown) -> None:
    """It was not looked at, and that is said."""
    record = shop.note("knowledge", "It is one")
    file = next((shop.root / ".git" / "passdown" / "records").rglob(f"{record}.md"))
    file.write_text("nothing of a record\n")
    done = passdown("verify")

    assert re.search(r"1 file of the store could not be read.*passdown doctor", done.stderr)
    assert json.loads(passdown("verify", "--json").stdout)["unreadable"] == 1


def test_records_and_places_are_held_at_once(shop: Shop) -> None:
    """For a briefing: the gravest that is wrong with each record beside its places, with a note that stands by itself."""
    shop.write("src/base.py", "x = 1\n", "Add")
    wrong = shop.note("issue", "`retry_policy()` is not implemented yet", "--expires", "2024-03-01")
    fine = shop.note("decision", "Retry", "--file", "src/base.py")
    shop.write("src/base.py", "def retry_policy():\n    pass\n")
    project = open_project(shop.root)
    with opened(project) as index:
        records = index.records(None)
    found = held(project, [a for r in records for a in r.anchors], records, "2024-04-01T10:00:00Z")

    assert found.places["src/base.py"].mark == "~"
    assert {id_: (s.mark, s.note) for id_, s in found.records.items()} == {wrong: ("✗", "expired on 2024-03-01")}
    assert judged(project, [r for r in records if r.id == fine], "2024-04-01T10:00:00Z") == {}
    assert judged(project, records, "2024-02-02T10:00:00Z")[wrong].note == "contradicted: `retry_policy` is defined now: src/base.py:1"
