"""Installing into agents' own files, and out of them again, on a real disk."""

import errno
import importlib.util
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from passdown import files as disk
from passdown.actions.install import Outcome, install, uninstall
from passdown.errors import BadAgentConfig, Conflict, NoAgentFound, UnreadableFile, UsageError, WriteFailed
from passdown.integrations import mcp_entry, plan
from passdown.integrations.table import AGENTS, agent
from passdown.project import Project, open_project

NOW = "2026-11-21T09:00:00Z"
HOOKED = [name for name in AGENTS if agent(name).hooks("", None)]  # whose hooks stand in a file that is not ours
_spec = importlib.util.spec_from_file_location("files", Path(__file__).parents[1] / "integrations" / "files.py")
assert _spec
assert _spec.loader
files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(files)


@pytest.fixture
def project(repository: Path) -> Project:
    return open_project(repository, NOW)


def config(name: str) -> Path:
    path = Path.home() / agent(name).CONFIG["user"]
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def only(outcomes: list[Outcome]) -> Outcome:
    [one] = outcomes
    return one


def tree(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", files.FILES)
def test_a_round_trip_gives_the_bytes_back(kind: str, name: str, project: Project) -> None:
    """In, in again, out: ours once, then the very bytes that were there, a backup of them, and nothing else left behind."""
    path, original = config(name), files.FILES[kind].encode()
    path.write_bytes(original)
    before = tree(Path.home())

    assert only(install(project, [name])).error is None
    once = path.read_bytes()
    assert {e.done for e in only(install(project, [name])).edits} == {"unchanged"}
    assert path.read_bytes() == once
    assert set(plan.installed(once.decode())) == set(agent(name).hooks("", None))
    assert [(one.error, {e.done for e in one.edits} - {"changed"}) for one in uninstall(project, [name])] == [(None, {"removed"})] * 2

    assert path.read_bytes() == original
    [backup] = (Path.home() / ".passdown" / "backups").iterdir()
    assert backup.read_bytes() == original
    assert {p for p in tree(Path.home()) if not p.startswith(".passdown")} == set(before)
    assert [p.name for p in (Path.home() / ".passdown").iterdir()] == ["backups"]


TOML = ["", 'model = "x"', 'model = "x"\r\n\r\n[features]\r\nhooks = true\r\n', "# mine\n\n[a] # all\n\tb = 1\n# last", '\ufeffa = 1\n\n\n',
        '[mcp_servers.files]\ncommand = "npx"\n', "[hooks.state]\n", "a = [1,\n 2]\n", 's = """\n[x]\n"""\n', "\n"]
SERVERS = [(name, kind) for name in AGENTS if agent(name).MCP for kind in (range(len(TOML)) if name == "codex" else files.FILES)]


@pytest.mark.parametrize(("name", "kind"), SERVERS)
def test_a_server_goes_in_and_out(name: str, kind: str | int, project: Project) -> None:
    """On demand only: into the file of servers, whatever it looks like, beside the hooks where they share it, and the very bytes come back."""
    scope, server = next(iter(agent(name).MCP.items()))
    path = project.root / server.path.removeprefix("{project}/") if scope == "project" else Path.home() / server.path
    path.parent.mkdir(parents=True, exist_ok=True)
    original = (TOML[kind] if isinstance(kind, int) else files.FILES[kind]).encode()
    path.write_bytes(original)

    install(project, [name], scope)
    assert b'"mcp"' not in path.read_bytes().replace(b'"mcp":', b"")
    assert only(install(project, [name], scope, mcp=True)).error is None
    once = path.read_bytes()
    assert b"passdown-hook" in once
    install(project, [name], scope)
    assert path.read_bytes() == once
    uninstall(project, [name])

    assert path.read_bytes() == original


@pytest.mark.parametrize("name", [name for name in AGENTS if name != "generic"])
def test_everything_goes_in_and_out(name: str, project: Project) -> None:
    """Commands, plug-ins, scripts, skills, hooks, server: into a home without anything and out again leaves nothing at all, and a second time does nothing."""
    before = tree(Path.home())
    first = only(install(project, [name], mcp=True))
    assert {e.done for e in first.edits} == {"made"}
    assert {e.done for e in only(install(project, [name], mcp=True)).edits} == {"unchanged"}

    assert {e.done for one in uninstall(project, [name]) for e in one.edits} == {"removed"}
    assert tree(Path.home()) == before


def test_a_shared_file_goes_with_the_last_agent(project: Project) -> None:
    """Copilot CLI and VS Code have one file of hooks, several agents one folder of skills."""
    hooks, skill = Path.home() / ".copilot/hooks/passdown.json", Path.home() / ".agents/skills/passdown-note/SKILL.md"
    install(project, ["copilot-cli", "vscode-copilot", "codex"])

    assert "uses it too" in {e.kept.partition(" ")[2][-11:] for e in uninstall(project, ["codex"], dry_run=True)[0].edits}
    assert {e.kept for one in uninstall(project, ["codex", "copilot-cli", "vscode-copilot"], dry_run=True)[2:] for e in one.edits} == {""}
    [out] = uninstall(project, ["vscode-copilot"])
    assert {"Copilot CLI uses it too", "Codex uses it too"} == {e.kept for e in out.edits}
    assert hooks.exists()
    uninstall(project, ["codex"])
    assert not skill.exists()
    uninstall(project, ["copilot-cli"])
    assert not hooks.exists()
    assert tree(Path.home() / ".passdown") == {} or not (Path.home() / ".passdown").exists()


def test_a_hook_of_somebody_else_stays(project: Project) -> None:
    """Cline has one file an event: ours is not put in the place of another, and what it lacks is told."""
    theirs = Path.home() / "Documents/Cline/Hooks/TaskStart"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("#!/bin/sh\necho '{}'\n")

    found = next(e for e in only(install(project, ["cline"])).edits if e.path == theirs)
    assert found.done == "unchanged"
    assert "hook cline" in found.kept
    assert (theirs.parent / "TaskResume").stat().st_mode & 0o100
    uninstall(project, ["cline"])
    assert [p.name for p in theirs.parent.iterdir()] == ["TaskStart"]


@pytest.mark.parametrize("text", ["", "# Rules\n\nBe brief.", "# Rules\r\n", "\ufeffx\n"])
def test_a_block_in_the_projects_instructions(text: str, project: Project) -> None:
    """For all agents without hooks; there once, and out again without a trace."""
    path = project.root / "AGENTS.md"
    path.write_bytes(text.encode())

    install(project, ["generic"])
    install(project, ["generic"])
    assert path.read_text().count("passdown resume") == 1
    path.write_bytes(path.read_bytes() + b"Mine.\n")
    uninstall(project, ["generic"])

    assert path.read_bytes().replace(b"Mine.\n", b"").rstrip() == text.encode().rstrip()
    assert path.read_bytes().endswith(b"Mine.\n")


@pytest.mark.parametrize("name", HOOKED)
def test_a_file_that_we_made_goes_with_us(name: str, project: Project) -> None:
    """Into a home without anything and out again leaves nothing at all."""
    before = tree(Path.home())

    install(project, [name], mcp=True)
    assert (Path.home() / agent(name).CONFIG["user"]).is_file()
    uninstall(project, [name])

    assert tree(Path.home()) == before


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", [*files.BROKEN, "not UTF-8", "a folder"])
def test_a_file_that_cannot_be_edited_is_left_alone(kind: str, name: str, project: Project) -> None:
    """The error names the file, and nothing at all is installed."""
    path = config(name)
    if kind == "a folder":
        path.mkdir()
    else:
        event = json.dumps(next(iter(agent(name).hooks("", None))))
        path.write_bytes(b'{"a": "\xff"}' if kind == "not UTF-8" else files.BROKEN[kind].replace('"Stop"', event).encode())
    before = tree(Path.home())

    error = only(install(project, [name])).error

    assert isinstance(error, UnreadableFile if kind == "a folder" else BadAgentConfig)
    assert str(path) in error.message
    assert tree(Path.home()) == before


def test_a_broken_file_without_ours_is_no_mistake_of_an_uninstallation(project: Project) -> None:
    """There is nothing to take out of it; with ours in it it is refused, and the launcher stays for it."""
    config("claude-code").write_text("{broken")
    install(project, ["codex"])
    assert [one.error for one in uninstall(project, [])] == [None] * (len(AGENTS) + 1)

    config("claude-code").write_text("{}")
    install(project, ["claude-code"])
    config("claude-code").write_text(config("claude-code").read_text() + "}")
    assert [type(one.error) for one in uninstall(project, ["claude-code", "codex"])] == [BadAgentConfig, type(None)]
    assert (Path.home() / ".passdown/bin/passdown-hook").exists()


def test_one_refused_agent_does_not_keep_the_others_out(project: Project) -> None:
    """The error is told with its agent, the other one is wired."""
    config("claude-code").write_text("{broken")
    config("codex").write_text("{}")

    claude, codex = install(project, [])

    assert isinstance(claude.error, BadAgentConfig)
    assert codex.error is None
    assert plan.installed(config("codex").read_text())


def test_a_dry_run_changes_nothing(project: Project) -> None:
    """It shows the same edits, as differences."""
    config("claude-code").write_text('{\n  "model": "x"\n}\n')
    config("codex")
    before = tree(Path.home())

    claude, codex = install(project, [], dry_run=True)
    out = uninstall(project, [], dry_run=True)

    assert tree(Path.home()) == before
    assert [e.done for e in claude.edits] == ["made", "made", "made", "made", "changed"]
    assert '-  "model": "x"\n+  "model": "x",\n+  "hooks": {\n' in claude.edits[-1].diff
    assert {e.done for e in codex.edits} == {"made"}
    assert {o.edits for o in out} == {()}


def test_edits_of_the_user_after_us_stay(project: Project) -> None:
    """A file that was changed since loses our entries and keeps the change."""
    path = config("claude-code")
    path.write_text('{\n  "model": "x"\n}\n')
    install(project, ["claude-code"])
    path.write_text(path.read_text().replace('"model": "x"', '"model": "y", "new": 1'))

    uninstall(project, ["claude-code"])

    assert path.read_text() == '{\n  "model": "y", "new": 1\n}\n'


def test_edits_of_the_user_in_a_file_that_we_made_stay(project: Project) -> None:
    """It stays for what they put in; when only the shell of it is left it goes."""
    config("codex")
    install(project, ["codex"])
    path = config("codex")
    made = path.read_text()
    path.write_text(made.replace("{", '{"description": "mine",', 1))
    uninstall(project, ["codex"])
    assert "mine" in path.read_text()

    path.unlink()
    install(project, ["codex"])
    path.write_text(path.read_text() + "\n\n")
    uninstall(project, ["codex"])
    assert not path.exists()


def test_an_upgrade_keeps_the_way_back(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """After entries were replaced by a later version's, the bytes from before the first installation still come back."""
    path = config("codex")
    path.write_text('{ "hooks": { } }')
    install(project, ["codex"])
    monkeypatch.setattr(agent("codex"), "EVENTS", {"Stop": ("", 7), "Later": ("", 3)})

    install(project, ["codex"])
    assert set(plan.installed(path.read_text())) == {"Stop", "Later"}
    uninstall(project, ["codex"])

    assert path.read_text() == '{ "hooks": { } }'


def test_an_upgrade_after_an_edit_keeps_the_edit(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user changed between two installations is not taken back with the second."""
    path = config("codex")
    path.write_text('{"hooks": {}}')
    install(project, ["codex"])
    path.write_text(path.read_text().replace("{", '{"description": "mine", ', 1))
    monkeypatch.setattr(agent("codex"), "EVENTS", {"Stop": ("", 7)})

    install(project, ["codex"])
    uninstall(project, ["codex"])

    assert "mine" in path.read_text()
    assert "passdown" not in path.read_text()


def test_without_our_ledger_ours_are_still_found(project: Project) -> None:
    """PASSDOWN_HOME was lost: the entries go all the same."""
    path = config("claude-code")
    path.write_text('{\n  "model": "x"\n}\n')
    install(project, ["claude-code"])
    (Path.home() / ".passdown" / "installed.json").write_text("{damaged")

    uninstall(project, ["claude-code"])

    assert path.read_text() == '{\n  "model": "x"\n}\n'
    assert not (Path.home() / ".claude/skills/passdown-note/SKILL.md").exists()


def test_a_link_stays_a_link_and_a_mode_stays(project: Project) -> None:
    """Settings that are linked into a folder of dot files are edited there; who may read them does not change."""
    store = Path.home() / "dotfiles"
    store.mkdir()
    (store / "claude.json").write_text("{}")
    (store / "claude.json").chmod(0o600)
    config("claude-code").symlink_to(store / "claude.json")

    install(project, ["claude-code"])

    assert config("claude-code").is_symlink()
    assert plan.installed((store / "claude.json").read_text())
    assert stat.S_IMODE((store / "claude.json").stat().st_mode) == 0o600
    uninstall(project, ["claude-code"])
    assert (store / "claude.json").read_text() == "{}"


def test_secrets_of_others_stay_in_their_file(project: Project) -> None:
    """A key in someone's settings is theirs: it is neither lost nor shown, and its backup is for them alone."""
    key = "sk-" + "ant-api03-" + "Ab3dE6gH1jK4mN7pQ0rS" * 4
    path = config("claude-code")
    path.write_text('{"env": {"ANTHROPIC_API_KEY": "' + key + '"}}')

    install(project, ["claude-code"])

    assert key in path.read_text()
    [backup] = (Path.home() / ".passdown" / "backups").iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert key not in (Path.home() / ".passdown" / "installed.json").read_text()


def test_skills_that_were_edited_or_are_not_ours_stay(project: Project) -> None:
    """They are neither overwritten nor removed, and that is said."""
    config("claude-code")
    skills = Path.home() / ".claude" / "skills"
    (skills / "passdown-note").mkdir(parents=True)
    (skills / "passdown-note" / "SKILL.md").write_text("---\nname: passdown-note\n---\nMine.\n")

    first = only(install(project, ["claude-code"]))
    edited = skills / "passdown-resume" / "SKILL.md"
    edited.write_text(edited.read_text() + "More.\n")
    second = only(install(project, ["claude-code"]))
    out = uninstall(project, ["claude-code"])[0]

    assert ["not passdown's" in e.kept for e in first.edits if "note" in e.path.parent.name] == [True]
    assert ["edited" in e.kept for e in second.edits if "resume" in e.path.parent.name] == [True]
    assert ["edited" in e.kept for e in out.edits if "resume" in e.path.parent.name] == [True]
    assert sorted(p.name for p in skills.iterdir()) == ["passdown-note", "passdown-resume"]
    assert (skills / "passdown-resume" / "SKILL.md").read_text().endswith("More.\n")


class Failing(disk.Operations):
    """A disk on which nothing can be made below a folder."""

    def __init__(self, folder: Path, error: int) -> None:
        self.folder, self.error = str(folder), error

    def open(self, path: str, flags: int, mode: int) -> int:
        if flags & os.O_CREAT and path.startswith(self.folder):
            raise OSError(self.error, os.strerror(self.error))
        return super().open(path, flags, mode)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_cannot_be_written(error: int, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says why; the settings are untouched; a later uninstallation takes out what had been made."""
    path = config("claude-code")
    path.write_text('{"a": 1}')
    before = tree(Path.home())
    with monkeypatch.context() as patch:
        patch.setattr(disk, "operations", Failing(path.with_name(".settings"), error))  # temporary files of the settings alone
        failed = only(install(project, ["claude-code"])).error

    assert isinstance(failed, WriteFailed)
    assert os.strerror(error) in failed.message
    assert path.read_text() == '{"a": 1}'
    uninstall(project, ["claude-code"])
    assert {k for k in tree(Path.home()) if "backups" not in k} - {".passdown"} == set(before)


def test_a_file_that_changes_meanwhile_is_not_overwritten(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claude Code writes its own settings: between our reading and our writing it wins."""
    path = config("claude-code")
    path.write_text("{}")

    class Racing(disk.Operations):
        def open(self, place: str, flags: int, mode: int) -> int:
            if ".settings.json." in place:
                path.write_text('{"theirs": 1}')
            return super().open(place, flags, mode)

    monkeypatch.setattr(disk, "operations", Racing())

    assert isinstance(only(install(project, ["claude-code"])).error, Conflict)
    assert path.read_text() == '{"theirs": 1}'


def test_a_shared_file_names_no_machine(project: Project) -> None:
    """In project scope the command looks below the home of whoever runs it, and no skill is put into the repository."""
    one = only(install(project, ["claude-code"], "project"))
    text = (project.root / ".claude" / "settings.json").read_text()

    assert str(Path.home()) not in text
    assert "$HOME/.passdown/bin/passdown-hook" in text
    assert [e.what for e in one.edits] == ["launcher", "hooks"]


@pytest.mark.parametrize("name", [name for name in AGENTS if "project" in agent(name).MCP])
def test_a_shared_server_names_no_machine_and_runs(name: str, project: Project) -> None:
    """Every file of the repository is free of this machine's paths, what a host runs by it is our launcher, and an uninstallation knows it again."""
    before = tree(project.root)
    edits = only(install(project, [name], "project", mcp=True)).edits
    texts = [edit.path.read_text() for edit in edits if edit.what != "launcher"]
    server = mcp_entry.shared_words()
    done = subprocess.run([*server[:2], f"{server[2]} --help"], capture_output=True, text=True, check=False)

    assert any("passdown-hook" in text and "sh" in text for text in texts)
    assert not any(str(Path.home()) in text for text in texts)
    assert "usage: passdown mcp" in done.stdout
    assert only(uninstall(project, [name], "project")[:1]).error is None
    assert tree(project.root) == before


def test_a_broken_file_keeps_the_healthy_ones_of_its_agent_in_no_longer(project: Project) -> None:
    """What can be taken out is, every file that cannot is named, and the launcher stays for it."""
    install(project, ["claude-code"], mcp=True)
    install(project, ["claude-code"], "project", mcp=True)
    broken = [config("claude-code"), Path.home() / ".claude.json"]
    for path in broken:
        path.write_text(path.read_text() + "}")

    [one] = uninstall(project, ["claude-code"])

    assert [str(path) in error.message for path, error in zip(broken, one.errors, strict=True)] == [True, True]
    assert not (project.root / ".claude").exists()
    assert not (project.root / ".mcp.json").exists()
    assert not list((Path.home() / ".claude/skills").glob("*/SKILL.md"))
    assert (Path.home() / ".passdown/bin/passdown-hook").exists()


def test_scopes_go_their_own_ways(project: Project) -> None:
    """Out of one scope leaves the other in; out of all takes files of other projects too."""
    config("claude-code").write_text("{}")
    install(project, ["claude-code"])
    install(project, ["claude-code"], "local")
    local = project.root / ".claude" / "settings.local.json"

    uninstall(project, ["claude-code"], "user")
    assert config("claude-code").read_text() == "{}"
    assert plan.installed(local.read_text())
    assert (Path.home() / ".passdown" / "bin" / "passdown-hook").exists()

    elsewhere = Path.home() / "elsewhere"
    elsewhere.mkdir()
    uninstall(open_project(elsewhere, NOW), [])
    assert not local.exists()
    assert not (Path.home() / ".passdown").exists() or [p.name for p in (Path.home() / ".passdown").iterdir()] == ["backups"]


def test_a_scope_that_an_agent_does_not_have(project: Project) -> None:
    """Named, it is an error; not named, the agent is passed over."""
    config("codex")
    config("claude-code")

    assert isinstance(only(install(project, ["codex"], "local")).error, UsageError)
    assert [o.agent for o in install(project, [], "local")] == ["claude-code"]


def test_no_agent_and_unknown_agents(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none that is said, with what was looked for; a name that is none is a mistake of usage."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoAgentFound, match=r"\.claude"):
        install(project, [])
    with pytest.raises(UsageError, match="emacs"):
        install(project, ["emacs"])
    with pytest.raises(UsageError, match="emacs"):
        uninstall(project, ["emacs"])


def test_agents_are_looked_for_where_they_were_moved(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CLAUDE_CONFIG_DIR and CODEX_HOME move files, PASSDOWN_HOME the launcher."""
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "PASSDOWN_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "CLAUDE_CONFIG_DIR").mkdir()
    (tmp_path / "CODEX_HOME").mkdir()

    assert [o.error for o in install(project, [])] == [None, None]

    assert str(tmp_path / "PASSDOWN_HOME/bin/passdown-hook") in (tmp_path / "CLAUDE_CONFIG_DIR/settings.json").read_text()
    assert (tmp_path / "CODEX_HOME/hooks.json").is_file()
    assert (tmp_path / "CLAUDE_CONFIG_DIR/skills/passdown-resume/SKILL.md").is_file()


def test_an_old_version_of_claude_code_keeps_its_settings(project: Project) -> None:
    """The newest transcript tells the version; an event that it does not know would cost the user all settings."""
    folder = Path.home() / ".claude" / "projects" / "-x"
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text('{"type":"user","version":"2.1.70","cwd":"/x"}\n')

    install(project, ["claude-code"])
    assert "PostCompact" not in config("claude-code").read_text()

    (folder / "a.jsonl").write_text('{"type":"user","version":"2.1.70"}\n{"type":"user","version":"2.1.329","cwd":"/x"}\n')
    install(project, ["claude-code"])
    assert "PostCompact" in config("claude-code").read_text()


def test_the_launcher_runs(project: Project) -> None:
    """The very command that stands in the settings runs in a bare environment, exits 0 and says nothing in a folder that is not ours."""
    config("claude-code")
    install(project, ["claude-code"])
    groups = plan.installed(config("claude-code").read_text())
    command = groups["SessionStart"][0]["hooks"][0]["command"]

    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", input='{"hook_event_name": "SessionStart", "session_id": "s", "cwd": "/"}', text=True,
                          capture_output=True, env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home())}, check=False, timeout=120)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stat.S_IMODE((Path.home() / ".passdown/bin/passdown-hook").stat().st_mode) & 0o700 == 0o700
