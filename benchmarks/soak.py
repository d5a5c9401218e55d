"""Long runs that look for what short tests miss: kills at random moments, many writers, readers beside them, hooks, faults at every operation, merges.

Usage: python -m benchmarks.soak kills [--count 10000] | writers [--writers 16] [--saves 500] | readers [--seconds 60] | hooks [--turns 20]
                                 | faults | statements [--stride 1] | calls | merges [--count 420]      each with [--seed N]

Each prints what it did, and ends with exit code 1 where something acknowledged was lost or did not read. Short versions run with the tests.
Children are forks of one process that has everything imported: the moments at which they are killed fall into the work, not into starting Python.
"""

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from passdown.cli.main import main as command
from passdown.hooks import host, launcher
from passdown.model.finding import Finding
from passdown.project import open_project
from passdown.store import events
from passdown.store.records import RecordStore

if TYPE_CHECKING:
    from tests.reliability.databases import DatabaseFault
    from tests.reliability.faults import Fault

ROOT = Path(__file__).parents[1]
TRANSCRIPT = ROOT / "tests" / "golden" / "transcripts" / "claude-code" / "session.jsonl"
PAYLOADS = ROOT / "tests" / "golden" / "hooks" / "claude-code"
WORK_TREES = 3
LOOK_EVERY = 25  # kills between two looks at everything
SLOWEST_S = 0.12  # of a verb in a forked process, nearly
QUIET_S = 30.0
KILLED_HOOKS = 0.25
LATER = sorted(host.EVENTS - {"SessionStart"})  # every hook there is, so that a new one is fired too


class Broken(AssertionError):
    """Something acknowledged was lost, or does not read."""


def run(place: Path, *words: str, now: str = "") -> tuple[int, str]:
    """One command in this process: exit code and standard output."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = command([*words, "-C", str(place), *(["--now", now] if now else [])])
    return code, out.getvalue()


def git(place: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=place, check=True, capture_output=True)


@contextlib.contextmanager
def repository() -> Iterator[Path]:
    """A repository with a store and two more work trees, with a home of its own."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    os.environ.update({"HOME": str(folder / "home"), "GIT_CONFIG_NOSYSTEM": "1"})
    (folder / "home").mkdir()
    (folder / "home" / ".gitconfig").write_text("[user]\n\tname = Dev\n\temail = dev@example.com\n[init]\n\tdefaultBranch = main\n")
    root = folder / "shop-api"
    root.mkdir()
    git(root, "init", "-q")
    git(root, "commit", "-q", "--allow-empty", "-m", "First commit")
    for number in range(1, WORK_TREES):
        git(root, "worktree", "add", "-q", str(folder / f"tree-{number}"), "-b", f"side-{number}")
    try:
        for place in trees(root):
            run(place, "init")
        yield root
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def trees(root: Path) -> list[Path]:
    return [root, *(root.with_name(f"tree-{number}") for number in range(1, WORK_TREES))]


def forked(act: Callable[[], object]) -> int:
    """The process id of a fork that does it and says what it acknowledged by its exit code."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def present(root: Path) -> dict[str, str]:
    """Text of every record by id. Raises `Broken` on a file that does not read."""
    found: dict[str, str] = {}
    for one in RecordStore(open_project(root).layout).all():
        if isinstance(one, Finding):
            raise Broken(f"{one.where}: {one.message}")
        found[one.record.id] = one.record.text
    return found


def look(root: Path, acknowledged: set[str]) -> None:
    """Everything acknowledged is there, and doctor finds nothing wrong. Raises `Broken`."""
    RecordStore(open_project(root).layout).recover()
    if lost := acknowledged - present(root).keys():
        raise Broken(f"lost {sorted(lost)[:5]} and {len(lost)} in all")
    _, said = run(root, "doctor", "--json")
    if wrong := [f for f in json.loads(said)["findings"] if f["severity"] == "error"]:
        raise Broken(str(wrong[:3]))


# -- kills

def words_of_a_verb(chance: random.Random, known: Sequence[str], transcript: Path) -> list[str]:
    one = chance.choice(known) if known else "0"
    return chance.choice([
        ["note", chance.choice(("lesson", "decision", "task", "risk")), f"Note {chance.random()}"], ["note", "lesson", f"Shared {chance.random()}", "--share"],
        ["edit", one, "--text", f"Edited {chance.random()}"], ["supersede", one, f"Instead {chance.random()}"], ["resolve", one], ["archive", one],
        ["share", one], ["capture", "--transcript", str(transcript)], ["handoff"], ["doctor"], ["list"], ["sessions"]])


def kills(count: int, seed: int) -> str:
    """Random verbs in random work trees at random times of a clock that jumps, most of them killed."""
    chance, said, acknowledged = random.Random(seed), Counter[str](), set[str]()
    with repository() as root:
        transcript = root.parent / "session.jsonl"
        rows = TRANSCRIPT.read_bytes().splitlines(keepends=True)
        grown, killed, done, began = 1, 0, 0, time.monotonic()
        while killed < count:
            grown = min(len(rows), grown + chance.randrange(2))
            transcript.write_bytes(b"".join(rows[:grown]))
            words = words_of_a_verb(chance, sorted(acknowledged)[-50:], transcript)
            now = f"20{chance.randrange(10, 90)}-11-20T10:00:00Z" if chance.random() < 0.5 else ""
            code, printed = one_kill(chance.choice(trees(root)), words, now, chance.random() ** 2 * SLOWEST_S)
            killed, done = killed + (code < 0), done + (code == 0)
            said[words[0]] += code < 0
            acknowledged |= {line.split()[1] for line in printed.splitlines() if line.startswith("Kept ")}
            if (killed + done) % LOOK_EVERY == 0:
                look(root, acknowledged)
        look(root, acknowledged)
        transcript.write_bytes(b"".join(rows))
        run(root, "capture", "--transcript", str(transcript))
        log = next((root / ".git" / "passdown" / "events").glob("*.gz"))
        numbers = [event.n for event in events.read(log)]
        if numbers != list(range(len(numbers))):
            raise Broken(f"event numbers {numbers[:9]}…")
    spread = ", ".join(f"{number} {verb}" for verb, number in said.most_common())
    return (f"{killed} kills ({spread}) and {done} commands that ended by themselves: {len(acknowledged)} acknowledged notes, all there; "
            f"{time.monotonic() - began:.0f} s")


def one_kill(place: Path, words: list[str], now: str, after_s: float) -> tuple[int, str]:
    """Exit code (-9 when it was killed) and what it had printed until then."""
    into, out = os.pipe()

    def act() -> None:
        os.close(into)
        os.dup2(out, 1)
        sys.stdout = os.fdopen(1, "w", buffering=1)
        sys.stderr = io.StringIO()
        if command([*words, "-C", str(place), *(["--now", now] if now else [])]):
            os._exit(2)
        sys.stdout.flush()

    child = forked(act)
    os.close(out)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(into) as printed:
        text = printed.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


# -- writers and readers

def writers(number: int, saves: int) -> str:
    """Processes in several work trees of one store add notes at once; nothing that was acknowledged is missing."""
    with repository() as root:
        began = time.monotonic()
        children = [forked(lambda n=n: save_all(trees(root)[n % WORK_TREES], root.parent / f"writer-{n}", saves, n)) for n in range(number)]  # type: ignore[misc]
        failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
        took = time.monotonic() - began
        acknowledged = {line for n in range(number) for line in (root.parent / f"writer-{n}").read_text().split()}
        if failed or len(acknowledged) != number * saves:
            raise Broken(f"{failed} writers failed, {len(acknowledged)} of {number * saves} saves were acknowledged")
        look(root, acknowledged)
        operations = {operation.number for operation in RecordStore(open_project(root).layout).journal.operations()}
        if len(operations) != number * saves:
            raise Broken(f"{len(operations)} operations in the journal")
    return f"{number} writers in {WORK_TREES} work trees × {saves} saves: {len(acknowledged)} acknowledged, {len(acknowledged)} there; {took:.0f} s"


def save_all(place: Path, receipts: Path, saves: int, writer: int) -> None:
    with receipts.open("w") as file:
        for number in range(saves):
            code, printed = run(place, "note", "lesson", f"Note {number} of writer {writer}")
            if code:
                raise Broken(printed)
            file.write(printed.split()[1] + "\n")


def readers(seconds: float, seed: int) -> str:
    """Writers rewrite twenty records without pause, each text of one word many times; readers see one writer's whole text, always."""
    with repository() as root:
        for number in range(20):
            run(root, "note", "lesson", f"Word0 {number}", "--share")
        known = sorted(present(root))
        children = [forked(lambda n=n: rewrite(trees(root)[0], known, seconds, random.Random(seed + n))) for n in range(3)]  # type: ignore[misc]
        reads, texts, until = 0, set[str](), time.monotonic() + seconds
        while time.monotonic() < until:
            for record_id, text in present(root).items():
                words = {word for word in text.split() if word.startswith("Word")}
                if len(words) != 1:
                    raise Broken(f"{record_id} is torn: {sorted(words)}")
                texts.add(text)
                reads += 1
        failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
        look(root, set(known))
    return f"{reads:,} records read beside 3 writers, {len(texts):,} different texts, none torn; {failed} writers failed"


def rewrite(place: Path, known: Sequence[str], seconds: float, chance: random.Random) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        word = f"Word{chance.randrange(10**6)}"
        run(place, "edit", chance.choice(known), "--text", "\n".join([word] * chance.randrange(1, 2_000)))  # one that lost a race says so


# -- hooks

def hooks(turns: int, seed: int) -> str:
    """Three live sessions fire their hooks at once while their transcripts grow, and every fourth hook is killed; afterwards every event is kept, once."""
    chance, names = random.Random(seed), ("a", "b", "c")
    rows = TRANSCRIPT.read_text().splitlines()
    with repository() as root:
        start = root.parent / "home" / ".passdown" / "bin" / "passdown-hook"
        start.parent.mkdir(parents=True)
        start.write_text(launcher.text(sys.executable))
        start.chmod(0o755)
        logs = {name: root.parent / "home" / ".claude" / "projects" / "x" / f"s-{name}.jsonl" for name in names}
        own = {name: [row.replace("c0ffee00-0000-4000-8000-00000000000a", f"s-{name}").replace("\"uuid\":\"", f"\"uuid\":\"{name}") for row in rows]
               for name in names}
        logs["a"].parent.mkdir(parents=True)
        fired = killed = 0
        for turn in range(turns):
            running = []
            for place, name in zip(trees(root), names, strict=True):
                logs[name].write_text("\n".join(own[name][: max(1, len(rows) * (turn + 1) // turns)]) + "\n")
                for event in ["SessionStart"] if not turn else chance.sample(LATER, 2):
                    running.append(fire(start, event, f"s-{name}", logs[name], place))
            fired += len(running)
            for process in running if turn else ():
                if chance.random() < KILLED_HOOKS:
                    time.sleep(chance.random() * SLOWEST_S)
                    process.kill()
            ended = [process.wait(30) for process in running]
            killed += ended.count(-signal.SIGKILL)
            if any(code not in (0, -signal.SIGKILL) for code in ended):
                raise Broken(f"hooks failed: {ended}")
        settle(root)
        return compared(root, logs, f"{fired} hooks of 3 sessions at once, {killed} of them killed")


def fire(start: Path, event: str, session: str, transcript: Path, place: Path) -> "subprocess.Popen[bytes]":
    text = (PAYLOADS / f"{event}.json").read_text()
    for name, value in (("session", session), ("transcript", str(transcript)), ("cwd", str(place))):
        text = text.replace("{" + name + "}", value)
    process = subprocess.Popen([str(start), "hook", "claude-code"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
                               env={"HOME": os.environ["HOME"], "GIT_CONFIG_NOSYSTEM": "1"})
    assert process.stdin
    process.stdin.write(text.encode())
    process.stdin.close()
    return process


def settle(root: Path) -> None:
    """Until the captures that hooks have started are over: nothing of the store changes any more."""
    before, until = -1.0, time.monotonic() + QUIET_S
    while time.monotonic() < until:
        now = newest(root / ".git" / "passdown")
        if now == before:
            return
        before = now
        time.sleep(1.0)


def newest(folder: Path) -> float:
    """When something below it was changed last; a capture that is at work takes files away while this looks."""
    found = 0.0
    for place, _, names in os.walk(folder):
        for name in ("", *names):
            with contextlib.suppress(FileNotFoundError):
                found = max(found, os.stat(os.path.join(place, name)).st_mtime)
    return found


def compared(root: Path, logs: dict[str, Path], what: str) -> str:
    folder = root / ".git" / "passdown" / "events"
    by_hooks = {log.name: len(list(events.read(log))) for log in folder.glob("*.gz")}
    run(root, "capture", "--spooled")
    for log in (*logs.values(), TRANSCRIPT):  # the last one in one go, undisturbed
        run(root, "capture", "--transcript", str(log))
    numbers = {log.name: [event.n for event in events.read(log)] for log in folder.glob("*.gz")}
    if len(numbers) != len(logs) + 1 or any(found != list(range(len(found))) for found in numbers.values()):
        raise Broken(f"{ {name: len(found) for name, found in numbers.items()} } events, or numbers twice")
    look(root, set())
    alike = {len(found) for found in numbers.values()}
    if len(alike) != 1:
        raise Broken(f"the same session four times, one of them undisturbed, has {sorted(alike)} events")
    return f"{what}: {sum(by_hooks.values())} of {3 * alike.pop()} events kept by hooks alone, the others by the next capture, each once; no hook failed"


# -- faults and merges

def faults() -> str:
    """Every verb that writes with every disk operation and every commit going wrong in ten ways."""
    from tests.reliability import databases, verbs

    return f"{in_every_verb(verbs.ALL, databases.COMMITS):,} runs of {len(verbs.VERBS)} commands, each with one fault"


def statements(stride: int) -> str:
    """Every verb that writes with every `stride`-th statement of a database failing in five ways, or killed."""
    from tests.reliability import databases, verbs

    return (f"{in_every_verb((), databases.STATEMENTS, stride):,} runs of {len(verbs.VERBS)} commands, each with a database that fails at one statement "
            f"of {stride}")


def in_every_verb(of_disks: Sequence["Fault"], of_databases: Sequence["DatabaseFault"], stride: int = 1) -> int:
    from tests.reliability import verbs

    with in_memory() as folder:
        template = folder / "template"
        template.mkdir()
        verbs.prepare(template)
        total = 0
        for verb in verbs.VERBS:
            runs = verbs.cut_short(verb, template, folder, of_disks, stride, of_databases)
            total += runs
            print(f"{runs:6} {' '.join(verb.words[:2])}", flush=True)
    return total


def calls() -> str:
    """Every hook with every one of its system calls going wrong in eleven ways."""
    from tests.reliability import hookworld

    total = 0
    for case in hookworld.CASES:
        with in_memory() as folder:
            runs = hookworld.Sweep(case, folder).all(hookworld.ALL)
            total += runs
            print(f"{runs:6} {case.event} {' '.join('='.join(field) for field in case.fields)}", flush=True)
    return f"{total:,} runs of {len(hookworld.CASES)} hooks, each with one call going wrong: exit code 0, nothing lost, the next one makes up for it"


@contextlib.contextmanager
def in_memory() -> Iterator[Path]:
    """A folder where syncing costs nothing."""
    with tempfile.TemporaryDirectory(prefix="passdown-soak-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        yield Path(folder)


def merges(count: int, seed: int) -> str:
    """Two sides come together in every way there is, each world from a seed of its own."""
    from tests.reliability import gitworld

    began, disputed = time.monotonic(), Counter[str]()
    with repository(), in_memory() as folder:
        for number in range(count):
            way = gitworld.WAYS[number % len(gitworld.WAYS)]
            world = gitworld.brought_together(folder / "world", seed + number, way)
            disputed[way.__name__] += any("<<<<<<< " in path.read_text() for path in world.files())
            shutil.rmtree(folder / "world")
    left = ", ".join(f"{number} of {name}" for name, number in disputed.items() if number)
    return (f"{count} worlds in {len(gitworld.WAYS)} ways: no word lost, no record gone, every status as the rules give it; "
            f"both sides stand in a file and wait for a person in {sum(disputed.values())} ({left}); {time.monotonic() - began:.0f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kills", "writers", "readers", "hooks", "faults", "statements", "calls", "merges"))
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    runs: dict[str, Callable[[], str]] = {
        "kills": lambda: kills(args.count or 10_000, args.seed), "writers": lambda: writers(args.writers, args.saves),
        "readers": lambda: readers(args.seconds, args.seed), "hooks": lambda: hooks(args.turns, args.seed), "faults": faults,
        "statements": lambda: statements(args.stride), "calls": calls, "merges": lambda: merges(args.count or 420, args.seed)}
    try:
        print(runs[args.what]())
    except AssertionError as error:
        print(f"BROKEN (seed {args.seed}): {error}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
