"""Attacks planted in every input there is, and a look at all that an agent is given: by commands, hooks, documents and productions, as real processes."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.hostile import planted
from tests.hostile.oracle import problems, problems_of_json, sentinels

from passdown.briefing.quoted import SOURCE
from passdown.formats.table import STYLES
from passdown.hooks import launcher
from passdown.integrations.programs import PROGRAMS
from passdown.model.suspect import suspect

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).parents[1] / "golden" / "hooks"
PARTS = 6  # in which all attacks get everywhere nearly; without PASSDOWN_SLOW one of them, with every seventh attack
PART = [pytest.param(n, marks=pytest.mark.slow) for n in range(PARTS)]
TELLING = ("session-memory", "session-context", "decisions")  # styles of sections, of several documents, of entries; all of them where there is time
EVERY = [pytest.param(None, id="spread"), *PART]


@pytest.fixture(params=EVERY)
def take(request: pytest.FixtureRequest) -> planted.Source:
    return planted.Source(3, 7) if request.param is None else planted.Source(request.param * 40)


@pytest.fixture
def world(take: planted.Source, passdown: Passdown, repository: Path) -> list[str]:
    """A repository in which everything is attacked; the ids of its records."""
    planted.history(take, repository)
    planted.documents(take, repository)
    passdown("init", "--yes")
    passdown("capture", *(word for path in planted.transcripts(take, repository) for word in ("--transcript", str(path))))
    passdown("import", "old.md", code=None)
    return planted.records(passdown, take)


def judged(said: Mapping[str, str], take: planted.Source, silent: tuple[str, ...] = (), opens: tuple[str, ...] = ("text",), *,
           echoed: bool = False, document: bool = False) -> None:
    """Fails with the exit and the line. silent: exits by which no attack needs to come out; through any other one has to, or it proves nothing."""
    wrong = {name: found[:4] for name, text in said.items() if (found := problems(text, take.given, opens, echoed=echoed, document=document))}
    assert not wrong, "\n".join(f"{name[:60]!r}: {one}" for name, found in wrong.items() for one in found)
    assert [name for name, text in said.items() if not sentinels(text) and name not in silent] == []


TEXT = (["resume", "--budget", "9000"], ["resume"], ["resume", "--budget", "200"], ["resume", "--format", "markdown"],
        ["resume", "--paste", "--task", "write the queue layer"], ["list", "--all"], ["list", "--extracted"], ["search", "queue"], ["search", "ignore"],
        ["sessions"], ["show", "claude-1"], ["show", "codex-1"], ["show", "claude-1:1"], ["show", "gemini-1:3"], ["load", "--task", "queue"],
        ["load", "--paste", "--task", "queue"], ["verify"], ["review", "--list"], ["guard", "use Redis instead of the SQLite ledger"], ["stats"], ["check"],
        ["why", "README.md"], ["doctor"], ["handoff", "--dry-run"], ["import", "old.md", "--dry-run"],
        ["import", "old.md", "--dry-run", "--explain"], ["export", "--style", "handoff", "--out", "../left.md"], ["capture", "--dry-run"], ["scan"])
SILENT = ("resume --budget 200", "stats", "doctor", "scan", "why README.md", "check", "handoff --dry-run", "load --paste --task queue",
          "guard use Redis instead of the SQLite ledger", "verify", "review --list", "import old.md --dry-run", "list --extracted", "capture --dry-run",
          "export --style handoff --out ../left.md")


def test_commands(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """What a command prints where no person sees it come: data, words beside it, and errors that name what it was given."""
    said, echoed = {}, {}
    for words in (*TEXT, *(["show", id_] for id_ in world), *(["why", path] for path in changed(repository))):
        done = passdown(*words, code=None)
        said[" ".join(words)] = done.stdout
        said[f"words beside {' '.join(words)}"] = done.stderr
    for attack in (*take.given[:3], *[one for one in take.given if "\n" in one][:4]):
        for words in (["show", "--", attack], ["search", "--", attack], ["guard", "--", attack], ["why", "--", attack], ["load", f"--task={attack}"],
                      ["note", "decision", "x", f"--file={attack}"], ["resume", "--paste", f"--task={attack}"]):
            done = passdown(*words, code=None)
            echoed[f"{words[0]} {attack}"] = done.stdout + done.stderr

    echoed |= {name: said.pop(name) for name in list(said) if name.startswith("words beside why")}
    judged(said, take, tuple(name for name in said if name in SILENT or name.startswith(("words", "why"))))
    judged(echoed, take, tuple(echoed), echoed=True)
    assert sum(map(sentinels, said.values())) > 300


def changed(repository: Path) -> list[str]:
    return [path.relative_to(repository).as_posix() for path in (repository / "src").iterdir()]


def test_json(passdown: Passdown, world: list[str]) -> None:
    """For scripts, which an agent may read all the same: the values are whole, the marks of hosts are escapes, and what speaks to an agent says so."""
    wrong, found = {}, 0
    for words in (["resume"], ["list", "--all"], ["search", "queue"], ["sessions"], ["show", world[0]], ["show", "claude-1:1"], ["load", "--task", "queue"],
                  ["guard", "use Redis"], ["verify"], ["why", "README.md"], ["check"]):
        printed = passdown(*words, "--json", code=None).stdout
        found += sentinels(printed)
        wrong |= {" ".join(words): told for told in [problems_of_json(printed)[:3]] if told}

    assert wrong == {}
    assert found > 100


def test_hooks(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """What a session is given at its start, at its prompts, before its edits and commands, and after a compaction, whatever the payload says."""
    fire = hook(repository)
    said = {"start": fire("SessionStart", source="startup"), "resumed": fire("SessionStart", source="resume", session_id="s-8")}
    said["named"] = fire("SessionStart", source="startup", session_id="s-7", transcript_path=f"{repository}/{take.name()}.jsonl", model=take())
    for n, prompt in enumerate(planted.prompts(take)):
        said[f"prompt {n}"] = fire("UserPromptSubmit", session_id=f"p-{n}", prompt=prompt)
    for n, (name, given) in enumerate((("Bash", {"command": f"redis-server # {take()}"}),
                                       ("Edit", {"file_path": f"{repository}/{take.name()}.py", "old_string": "a", "new_string": f"import redis # {take()}"}))):
        said[f"call {n}"] = fire("PreToolUse", session_id=f"c-{n}", tool_name=name, tool_input=given)
    said["compacted"] = fire("SessionStart", source="compact", session_id="claude-1")

    judged(said, take, tuple(name for name in said if name.startswith(("prompt", "call"))))
    assert any(sentinels(text) for name, text in said.items() if name.startswith("prompt"))
    assert [name for name, text in said.items() if text and "\n```" not in text] == []


def hook(root: Path) -> Callable[..., str]:
    """What a hook of Claude Code puts into the conversation; "" for nothing."""
    at = Path(launcher.path(str(Path.home() / ".passdown")))
    at.parent.mkdir(parents=True, exist_ok=True)
    at.write_text(launcher.text(sys.executable))
    at.chmod(0o755)

    def fire(event: str, **fields: object) -> str:
        done = subprocess.run([str(at), "hook", "claude-code"], input=planted.payload(root, hook_event_name=event, **fields).encode(), capture_output=True,
                              check=True, timeout=120, cwd="/", env=planted.environment())
        return str(json.loads(done.stdout)["hookSpecificOutput"]["additionalContext"]) if done.stdout else ""

    return fire


AGENT = """#!/bin/sh
for word; do
  printf '%s\\n' "$word"
  file=$(printf '%s' "$word" | grep -o '/[^ ]*/briefing-run.md')
  if [ "$file" ]; then cat "$file"; fi
done
"""


def test_agents_that_are_started_briefed(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """On the command line, in a prompt, in a file that is the system prompt of some: the briefing is a quotation there too."""
    folder = repository.parent / "bin"
    folder.mkdir()
    said = {}
    for name, run in PROGRAMS.items():
        (folder / run.binary).write_text(AGENT)
        (folder / run.binary).chmod(0o755)
        for task in ((), ("--task", "write the queue layer")):
            said[f"{name} {len(task)}"] = passdown("run", name, *task, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}").stdout

    judged(said, take)
    assert [name for name, text in said.items() if f"{SOURCE}\n```" not in text] == []


def test_what_is_put_into_files_of_agents(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """What an installation writes says nothing of any session; the rules of a host whose hooks cannot speak hold the briefing in its fence."""
    was = {path: path.read_text() for path in (repository / "CLAUDE.md", repository / "SESSION_CONTEXT.md")}
    for name in ("claude-code", "codex", "cursor", "gemini-cli", "windsurf"):
        passdown("install", name)
    passdown("resume")
    told = (GOLDEN / "windsurf" / "pre_user_prompt.json").read_text()
    for name, value in (("session", "t-1"), ("transcript", repository / "none"), ("cwd", repository)):
        told = told.replace("{" + name + "}", str(value))
    hook(repository)
    subprocess.run([launcher.path(str(Path.home() / ".passdown")), "hook", "windsurf"], input=told.encode(), check=True, cwd=repository,
                   env=planted.environment(), capture_output=True, timeout=120)
    passdown("capture")
    rules = (repository / ".windsurf" / "rules" / "passdown.md").read_text()

    judged({"rules": rules.partition("-->")[2]}, take)
    assert "\n```" in rules.partition(SOURCE)[2]
    assert [path for path in Path.home().rglob("*") if path.is_file() and "zqcanary" in path.read_text(errors="replace")] == []
    assert {path: path.read_text() for path in was} == was


@pytest.mark.parametrize("style", [name if name in TELLING else pytest.param(name, marks=pytest.mark.slow) for name in STYLES])
def test_documents(passdown: Passdown, world: list[str], take: planted.Source, repository: Path, style: str) -> None:
    """Of every style, as it is printed and as it is written: what speaks to the agent is flagged and quoted, nothing else is said in its words."""
    for path in ("CLAUDE.md", "SESSION_CONTEXT.md", "docs/decisions.md", "old.md"):
        (repository / path).unlink()  # lines of others stay as they are: `test_lines_of_others_stay`
    printed = passdown("export", "--style", style, code=None).stdout  # nothing, where it has several
    out = repository.parent / "out"
    passdown("export", "--style", style, "--all", "--include-private", "--out", str(out), code=None)
    exported = {str(p): p.read_text() for p in ([out] if out.is_file() else out.rglob("*")) if p.is_file()}
    written = json.loads(passdown("handoff", "--style", style, "--include-private", "--json").stdout)["documents"]
    assert exported
    said = {"printed": printed, **exported, **{one["path"]: Path(one["path"]).read_text() for one in written}}
    again = json.loads(passdown("handoff", "--style", style, "--include-private", "--json").stdout)["documents"]

    judged(said, take, tuple(said), ("text", "bash", "sh", ""), document=True)
    assert sum(map(sentinels, said.values())) >= 10
    assert not [name for name in said if suspect(Path(name).stem)]
    assert [one["conflicts"] for one in again] == [[] for _ in again]
    assert [f["message"] for one in again for f in one["findings"] if f["code"] == "speaks-to-agent"] == []
    assert [one["taken"] for one in again] == [[] for _ in again]


def test_lines_of_others_stay(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """A document that somebody wrote keeps every line, orders too: they are that person's words, and no record of ours repeats them in its own."""
    text = (repository / "old.md").read_text()
    (repository / "HANDOFF.md").write_text(text)
    passdown("handoff", "--style", "handoff", "--include-private")
    now = (repository / "HANDOFF.md").read_text()
    ours = "\n".join(line for line in now.split("\n") if line not in text.split("\n"))

    assert not Counter(filter(str.strip, text.split("\n"))) - Counter(now.split("\n"))
    judged({"ours": ours}, take, opens=("text", "bash", "sh", ""), document=True)


def test_what_a_production_hands_on(passdown: Passdown, world: list[str], take: planted.Source, repository: Path) -> None:
    """The briefing of a phase, with what the phases before it left, noted and printed; where runs stand; what they printed."""
    pytest.importorskip("dbos")
    (repository / "said.txt").write_text("\n".join(take() for _ in range(8)))
    (repository / ".passdown" / "workflows").mkdir(exist_ok=True)
    (repository / ".passdown" / "workflows" / "p.yaml").write_text(planted.PLAN.replace("ABOUT", json.dumps(take())).replace("PYTHON", sys.executable))
    passdown("trust", "p", "--yes")
    item = "".join(c for c in take.name() if c.isalnum() or c in " -")[:60].strip(" -") or "x"
    done = passdown("workflow", "run", "p", item)
    told, packed = (next((repository / "production").rglob(f"{name}.txt")).read_text() for name in ("told", "packed"))
    said = {"run": done.stdout, "words beside": done.stderr, "told": told, "packed": packed}
    for words in (["logs", item], ["status", item], ["show", item], ["list"], ["cost"], ["status"]):
        said[" ".join(words[:1])] = passdown("workflow", *words, code=None).stdout

    judged(said, take, ("run", "words beside", "status", "show", "list", "cost"))
    assert f"{SOURCE}\n```" in told
