"""What can become of a claim: one function a kind, each makes claims on its own places before, changes the repository, and says what should be found.

A mutation is a pair of steps around the moment at which claims are made: `before` gives the record, `after` changes the world. Controls change nothing that
the claim is about.
"""

import os
import random
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.repositories import History, defined_name, makefile, manifest

from passdown.actions.facts import seen_at
from passdown.extract.anchors import anchors
from passdown.model.anchor import Anchor
from passdown.model.record import Detail, Record

SAID, LATER = "2026-10-01T10:00:00Z", "2026-11-01T10:00:00Z"
FIRST = 1_790_000_000  # seconds since 1970 of the first commit after the claims: September 2026, and later than the history


@dataclass
class World:
    """A repository, its files as blocks, and the records made so far. Files are given out once each, so that no two mutations meet."""

    root: Path
    history: History
    env: Mapping[str, str]
    rnd: random.Random
    records: list[tuple[str, str, Record]] = field(default_factory=list)  # kind of mutation, expected code, record

    def __post_init__(self) -> None:
        self.free = sorted(p for p, blocks in self.history.files.items() if len(blocks) >= 5 and p.count("/"))
        self.rnd.shuffle(self.free)
        self.head = self.git("rev-parse", "HEAD")
        self.time = FIRST
        self.number = 0

    def git(self, *words: str) -> str:
        stamp = {"GIT_AUTHOR_DATE": f"{self.time if hasattr(self, 'time') else FIRST} +0000", "GIT_COMMITTER_DATE": f"{getattr(self, 'time', FIRST)} +0000"}
        return subprocess.run(["git", *words], cwd=self.root, env={**self.env, **stamp}, check=True, capture_output=True, text=True).stdout.strip()

    def take(self, *endings: str) -> str:
        """A file that no other mutation has."""
        path = next((p for p in self.free if not endings or p.endswith(endings)), "")
        if not path:
            raise SystemExit("more rounds than the repository has files")
        self.free.remove(path)
        return path

    def write(self, path: str, text: str | None = None) -> None:
        at = self.root / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text("".join(self.history.files[path]) if text is None else text, encoding="utf-8")

    def commit(self, subject: str) -> str:
        self.time += 900
        self.git("add", "-A")
        self.git("commit", "-qm", subject)
        return self.git("rev-parse", "HEAD")

    def span(self, path: str, at: int) -> tuple[int, int]:
        """First and last line of a block, the blank lines before it left out."""
        before, block = "".join(self.history.files[path][:at]), self.history.files[path][at]
        blank = len(block) - len(block.lstrip("\n"))
        first = before.count("\n") + blank + 1
        return first, first + block.strip("\n").count("\n")

    def anchor(self, path: str, at: int = 0, *, symbol: bool = False) -> Anchor:
        """Of a block by its lines or its symbol, or of the whole file."""
        if not at:
            anchor = Anchor(path)
        elif symbol:
            anchor = Anchor(path, symbol=defined_name(self.history.files[path][at]))
        else:
            anchor = Anchor(path, *self.span(path, at))
        seen = seen_at(self.root, anchor, commit=self.head)
        assert seen.seen, anchor.place
        return seen

    def claim(self, mutation: str, expected: str, text: str = "", *, kind: str = "knowledge", places: tuple[Anchor, ...] = (), branch: str = "main",
              details: Mapping[str, Detail] | None = None, id_: str = "", status: str = "active") -> Record:
        self.number += 1
        id_ = id_ or f"01m325{self.number:010d}"
        record = Record(id_, kind, text or f"What number {self.number} rests on is worth knowing", status, "noted", SAID, SAID, branch=branch,  # type: ignore[arg-type]
                        details=details or {}, anchors=places)
        self.records.append((mutation, expected, record))
        return record


After = Callable[[], None] | None
CODE = (".py", ".js", ".ts", ".go")


def deleted(world: World) -> After:
    path = world.take()
    world.claim("file deleted", "gone", places=(world.anchor(path, world.rnd.choice((0, 1, 2))),))
    return lambda: (world.root / path).unlink()


def renamed(world: World) -> After:
    path = world.take()
    world.claim("file renamed", "moved", places=(world.anchor(path, world.rnd.choice((0, 1, 2))),))
    return lambda: rename(world, path)


def renamed_and_edited(world: World) -> After:
    path = world.take()
    world.claim("file renamed, and edited elsewhere", "moved", places=(world.anchor(path, 1, symbol=path.endswith(CODE) and world.rnd.random() < 0.5),))

    def after() -> None:
        world.write(path, "".join(world.history.files[path]) + world.history.writer.block(path[path.rindex("."):]))
        rename(world, path)

    return after


def rename(world: World, path: str) -> None:
    new = path.rsplit("/", 1)[0] + "/" + world.history.writer.name() + path[path.rindex("."):]
    (world.root / path).rename(world.root / new)


def renamed_twice(world: World) -> After:
    path = world.take()
    world.claim("file renamed twice", "moved", places=(world.anchor(path, world.rnd.choice((0, 1))),))

    def after() -> None:
        rename(world, path)
        world.commit("Rename it")
        second = next(p for p in world.git("show", "--format=", "--name-status", "-M", "HEAD").split("\n") if p.startswith("R") and path in p).split("\t")[2]
        rename(world, second)

    return after


def renamed_and_rewritten(world: World) -> After:
    path = world.take()
    world.claim("file renamed, and the lines changed", "moved", places=(world.anchor(path, 2),))

    def after() -> None:
        world.write(path, "".join(b if n != 2 else re.sub(r"\d{2,}", "7", b) for n, b in enumerate(world.history.files[path])))
        rename(world, path)

    return after


def block_moved(world: World, *, symbol: bool) -> After:
    path = world.take(*(CODE if symbol else ()))
    ending = path[path.rindex("."):]
    to = world.take(ending)
    world.claim(f"{'symbol' if symbol else 'lines'} moved to another file", "moved", places=(world.anchor(path, 2, symbol=symbol),))

    def after() -> None:
        blocks = world.history.files[path]
        world.write(path, "".join(blocks[:2] + blocks[3:]))
        world.write(to, "".join([*world.history.files[to], blocks[2]]))

    return after


def edited_within(world: World) -> After:
    path = world.take()
    world.claim("a line changed within the lines", "changed", places=(world.anchor(path, 2),))

    def after() -> None:
        blocks = list(world.history.files[path])
        rows = blocks[2].split("\n")
        rows[len(rows) // 2 + 1] = rows[len(rows) // 2 + 1].replace("a", "o") + " // seen"
        world.write(path, "".join([*blocks[:2], "\n".join(rows), *blocks[3:]]))

    return after


def file_edited(world: World) -> After:
    path = world.take()
    world.claim("whole file changed", "changed", places=(world.anchor(path),))
    return lambda: world.write(path, "".join(world.history.files[path]) + "\n// one more\n")


def lines_removed(world: World) -> After:
    path = world.take()
    world.claim("lines taken out", "gone", places=(world.anchor(path, 2),))
    return lambda: world.write(path, "".join(b for n, b in enumerate(world.history.files[path]) if n != 2))


def body_edited(world: World) -> After:
    path = world.take(*CODE)
    world.claim("body of the symbol changed", "changed", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        blocks = list(world.history.files[path])
        blocks[2] = re.sub(r"(\n[ \t]+)(return )", r"\1log(1)\1\2", blocks[2])
        world.write(path, "".join(blocks))

    return after


def signature_changed(world: World) -> After:
    path = world.take(*CODE)
    world.claim("signature changed", "signature-changed", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        blocks = list(world.history.files[path])
        name = defined_name(blocks[2])
        blocks[2] = re.sub(rf"{name}\(", f"{name}(extra int, " if path.endswith(".go") else f"{name}(extra, ", blocks[2], count=1)
        world.write(path, "".join(blocks))

    return after


def symbol_removed(world: World, *, renamed: bool) -> After:
    path = world.take(*CODE)
    world.claim("symbol renamed" if renamed else "symbol removed", "symbol-gone", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        blocks = list(world.history.files[path])
        blocks[2] = blocks[2].replace(defined_name(blocks[2]), world.history.writer.name()) if renamed else ""
        world.write(path, "".join(blocks))

    return after


def branch_merged(world: World, *, delete: bool, forward: bool = False) -> After:
    name = f"topic/{world.history.writer.name().replace('_', '-')}"
    begin(world, name)
    text = f"Finish the work of branch `{name}`" if world.rnd.random() < 0.5 else "Finish the work"
    world.claim("branch merged and deleted" if delete else "branch merged", "branch-merged", text, kind="task", branch=name)

    def after() -> None:
        world.time += 900
        world.git("merge", "-q", *(() if forward else ("--no-ff",)), "-m", f"Merge branch '{name}'", name)
        if delete:
            world.git("branch", "-qD", name)

    return after


def begin(world: World, name: str) -> None:
    """A branch with one commit on a file that nobody else has."""
    world.git("checkout", "-qb", name)
    world.write(f"notes/{name.replace('/', '-')}.txt", "begun\n")
    world.commit(f"Begin {name}")
    world.git("checkout", "-q", "main")


def branch_deleted(world: World) -> After:
    name = f"topic/{world.history.writer.name().replace('_', '-')}"
    begin(world, name)
    world.claim("branch deleted", "branch-deleted", "Finish the work", kind="task", branch=name)
    return lambda: void(world.git("branch", "-qD", name))


def void(_: object) -> None:
    """The result does not matter."""


def rewritten(world: World) -> After:
    world.git("checkout", "-qb", "throw-away")
    world.write("notes/thrown.txt", f"{world.number}\n")
    sha = world.commit(f"Change number {world.number}")
    world.git("checkout", "-q", "main")
    world.claim("history rewritten", "commit-gone", f"The cause was found in {sha[: world.rnd.choice((7, 9, 12, 40))]} and not before")
    world.git("branch", "-qm", "throw-away", f"gone-{world.number}")
    name = f"gone-{world.number}"
    return lambda: void(world.git("branch", "-qD", name))


def script_removed(world: World, number: int) -> After:
    world.claim("script removed", "command-gone", f"npm run job{number}", kind="command")
    return lambda: drop_job(world, number)


def drop_job(world: World, number: int) -> None:
    text = (world.root / "package.json").read_text(encoding="utf-8")
    (world.root / "package.json").write_text(re.sub(rf'    "job{number}": "[^"]*",?\n', "", text).replace(",\n  }", "\n  }"), encoding="utf-8")


def target_removed(world: World, number: int) -> After:
    world.claim("make target removed", "command-gone", f"make step{number}", kind="command")

    def after() -> None:
        path = world.root / "Makefile"
        path.write_text(re.sub(rf"step{number}: README.md\n\techo step {number}\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")

    return after


def command_file_removed(world: World) -> After:
    path = world.take(".py", ".sh", ".js")
    program = {"py": "python", "sh": "sh", "js": "node"}[path.rpartition(".")[2]]
    command = f"pytest {path} -q" if program == "python" and world.rnd.random() < 0.5 else f"{program} {path} --dry-run"
    world.claim("file of the command removed", "command-gone", command, kind="command")
    return lambda: (world.root / path).unlink()


def expired(world: World) -> After:
    kind = world.rnd.choice(("knowledge", "test-data", "resource"))
    world.claim("expired", "expired", kind=kind, details={"expires": "2026-10-20"})
    return None


def superseded(world: World) -> After:
    old = world.claim("control: superseded record itself", "", "The old value", status="superseded")
    world.claim("rests on a superseded record", "superseded", f"Follows from {old.id}, and holds as long as that does")
    return None


def now_there(world: World) -> After:
    path = f"src/new/{world.history.writer.name()}.py"
    said = world.rnd.choice((
        "`{}` does not exist yet.", "{} is not written yet, the rest waits for it.", "There is no {} so far.", "The module `{}` is still missing."))
    text = said.format(path)
    world.claim("said not to be there", "contradicted", text, kind="task", places=tuple(seen_at(world.root, a, commit=world.head) for a in anchors(text)))
    return lambda: world.write(path, "x = 1\n")


def now_defined(world: World) -> After:
    path = world.take(".py")
    name = world.history.writer.name()
    said = world.rnd.choice(("`{0}()` is not implemented yet.", "{0}() in {1} has not been written.", "`{0}` hasn't been added to {1} yet."))
    text = said.format(name, path)
    world.claim("said not to be implemented", "contradicted changed" if path in text else "contradicted", text, kind="task",
                places=tuple(seen_at(world.root, a, commit=world.head) for a in anchors(text)))
    return lambda: world.write(path, "".join([*world.history.files[path], world.history.writer.block(".py", name)]))


def now_merged(world: World) -> After:
    name = f"topic/{world.history.writer.name().replace('_', '-')}"
    begin(world, name)
    world.claim("said not to be merged", "contradicted", f"The work on `{name}` is not merged yet", kind="issue")
    return lambda: void((setattr(world, "time", world.time + 900), world.git("merge", "-q", "--no-ff", "-m", f"Merge branch '{name}'", name)))


def now_passing(world: World) -> After:
    said = ("The tests are still failing.", "`pytest -q` still fails on this machine.", "The suite is red.")
    world.claim("said to be failing", "contradicted", world.rnd.choice(said), kind="issue")
    return None


# -- controls: what the claim is about stays


def control_untouched(world: World) -> After:
    path = world.take()
    for at in (0, 1, 2):
        world.claim("untouched", "", places=(world.anchor(path, at),))
    if path.endswith(CODE):
        world.claim("untouched", "", places=(world.anchor(path, 1, symbol=True),))
    return None


def control_added_above(world: World) -> After:
    path = world.take(*CODE)
    world.claim("lines added above", "", places=(world.anchor(path, 2),))
    world.claim("lines added above", "", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        blocks = world.history.files[path]
        world.write(path, "".join([blocks[0], "".join(world.history.writer.block(path[path.rindex("."):]) for _ in range(3)), *blocks[1:]]))

    return after


def control_edited_elsewhere(world: World) -> After:
    path = world.take(*CODE)
    world.claim("edited elsewhere in the file", "", places=(world.anchor(path, 2),))
    world.claim("edited elsewhere in the file", "", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        blocks = list(world.history.files[path])
        blocks[1], blocks[3] = re.sub(r"\n( +|\t)", r"\n\1\1", blocks[1]), blocks[3].replace("(", "( ").replace(")", " )")
        world.write(path, "".join(blocks))

    return after


def control_block_order(world: World) -> After:
    path = world.take(*CODE)
    world.claim("moved within its file", "", places=(world.anchor(path, 2),))
    world.claim("moved within its file", "", places=(world.anchor(path, 2, symbol=True),))

    def after() -> None:
        head, *rest = world.history.files[path]
        world.write(path, "".join([head, *rest[2:], *rest[:2]]))

    return after


def control_touched(world: World) -> After:
    path = world.take()
    world.claim("touched without a change", "", places=(world.anchor(path, 0),))
    world.claim("touched without a change", "", places=(world.anchor(path, 1),))
    return lambda: os.utime(world.root / path, (FIRST + 90_000, FIRST + 90_000))


def control_line_ends(world: World) -> After:
    path = world.take()
    for at in (0, 2):
        world.claim("checked out with CRLF", "", places=(world.anchor(path, at),))

    def after() -> None:
        at = world.root / path
        at.write_bytes(at.read_bytes().replace(b"\n", b"\r\n"))

    return after


def control_copied(world: World) -> After:
    path, to = world.take(".py"), world.take(".py")
    world.claim("copied to another file", "", places=(world.anchor(path, 2),))
    world.claim("copied to another file", "", places=(world.anchor(path, 2, symbol=True),))
    return lambda: world.write(to, "".join([*world.history.files[to], world.history.files[path][2]]))


def control_one_line(world: World) -> After:
    path = world.take()
    first, last = world.span(path, 2)
    line = world.rnd.randint(first, last)
    seen = seen_at(world.root, Anchor(path, line, line), commit=world.head)
    world.claim("one line, edited elsewhere", "", places=(seen,))
    return lambda: world.write(path, "".join(b if n != 3 else b.replace("a", "o") for n, b in enumerate(world.history.files[path])))


def control_changed_back(world: World) -> After:
    path = world.take()
    world.claim("changed and changed back", "", places=(world.anchor(path, 1),))
    world.claim("changed and changed back", "", places=(world.anchor(path, 0),))

    def after() -> None:
        world.write(path, "x\n")
        world.commit("Try something")
        world.write(path)

    return after


def control_unseen(world: World) -> After:
    world.claim("never seen", "", places=(Anchor(f"src/other/{world.number}.py", 3, 9), Anchor(f"src/other/{world.number}.py", symbol="drain")))
    return None


def control_branch(world: World) -> After:
    name = f"topic/{world.history.writer.name().replace('_', '-')}"
    begin(world, name)
    only_begun = f"begun/{world.number}"
    world.git("branch", only_begun)
    world.claim("branch goes on", "", f"Finish the work of branch `{name}`", kind="task", branch=name)
    world.claim("branch only begun", "", "Begin with the work", kind="task", branch=only_begun)
    world.claim("not merged, still", "", f"The work on `{name}` is not merged yet", kind="issue")
    world.claim("branch that never was", "", f"Put it on branch `never/{world.number}` some day", kind="task")
    return None


def control_commit(world: World) -> After:
    shas = world.git("log", "--format=%H", "-n1000").split()
    sha = world.rnd.choice(shas)
    world.claim("commit in history", "", f"The cause was found in {sha[:9]} and not before")
    world.claim("no commit", "", f"The checksum deadbee{world.number % 10} says nothing, 1a2b3c4d neither")
    return None


def control_command(world: World, number: int) -> After:
    path = world.take(".py")
    for command in (f"npm run job{number}", f"make step{number}", f"python {path} --all", f"pytest {path}::test_x -q", "git status && cargo build",
                    "uv run pytest -x"):
        world.claim("command can be run", "", command, kind="command")
    world.claim("command that never could", "", f"npm run never{number}", kind="command")
    return None


def control_days(world: World) -> After:
    world.claim("holds today", "", details={"expires": LATER[:10]})
    world.claim("holds some time", "", details={"expires": "2027-01-01"})
    good = world.claim("holds some time", "", "A value that holds")
    world.claim("rests on what holds", "", f"Follows from {good.id}, and holds as long as that does")
    return None


def control_sayings(world: World) -> After:
    path, other = world.take(".py"), f"src/new/{world.history.writer.name()}.py"
    name = defined_name(world.history.files[path][1])
    texts = (
        f"`{other}` does not exist yet.", f"If `{path}` does not exist it is made anew.", f"{path} is missing a test.",
        f"`{name}` in {path} is not implemented well.", f"`{world.history.writer.name()}()` is not implemented yet.", f"`{name}()` must not be missing.",
        "The build is broken on other machines.")
    for text in texts:
        world.claim("what is said still holds", "", text, kind="issue", places=tuple(seen_at(world.root, a, commit=world.head) for a in anchors(text)))
    return None


def plan(world: World, rounds: int) -> Iterator[After]:
    """All mutations and controls, `rounds` of each."""
    single = (
        deleted, renamed, renamed_twice, renamed_and_edited, renamed_and_rewritten, edited_within, file_edited, lines_removed, body_edited, signature_changed,
        branch_deleted, rewritten, command_file_removed, expired, superseded, now_there, now_defined, now_merged, now_passing)
    controls = (
        control_untouched, control_copied, control_one_line, control_added_above, control_edited_elsewhere, control_block_order, control_touched,
        control_line_ends, control_changed_back, control_unseen, control_branch, control_commit, control_days, control_sayings)
    for number in range(rounds):
        yield from (mutation(world) for mutation in (*single, *controls))
        yield block_moved(world, symbol=False)
        yield block_moved(world, symbol=True)
        yield symbol_removed(world, renamed=False)
        yield symbol_removed(world, renamed=True)
        yield branch_merged(world, delete=False)
        yield branch_merged(world, delete=True)
        yield script_removed(world, number)
        yield target_removed(world, number)
        yield control_command(world, 20 + number)


__all__ = ["LATER", "SAID", "World", "makefile", "manifest", "plan"]
