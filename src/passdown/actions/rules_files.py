"""The rules files of a project (`integrations.rules`): written by each capture for the hosts whose hooks have fired in it."""

from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.document_files import hide, tracked_by_git
from passdown.actions.foreign import Foreign
from passdown.hooks import briefing, place, said
from passdown.integrations.base import may_have_ours
from passdown.integrations.rules import RULES, Rules, above, is_ours, text
from passdown.integrations.table import agent
from passdown.model.json_values import BROKEN_JSON
from passdown.project import Project, user_home
from passdown.redaction.scan import redact


def render_rules(project: Project) -> list[Path]:
    """Bring them up to date; those that were written. A file that git has, and somebody else's of that name, stays. Raises `WriteFailed`."""
    done = []
    for name in (name for name in hosts(project) if name in RULES):
        path = project.root / RULES[name].path
        words = said_of(project, RULES[name]) if is_free(path) and is_wired(project, name) else ""
        hide(project, [RULES[name].path] if words else [])
        if words and not tracked_by_git(project, path, default=True):
            known(project, path, name)
            files.write(path, redact(words), durable=False)
            done.append(path)
    return done


def hosts(project: Project) -> tuple[str, ...]:
    """Those whose hooks have fired in this project."""
    try:
        return tuple(msgspec.json.decode(files.read(project.layout.hooks_fired) or b"{}", type=dict[str, dict[str, str]]))
    except (OSError, *BROKEN_JSON):
        return ()


def is_wired(project: Project, name: str) -> bool:
    """Whether the host's hooks are installed still, on this machine or in the project."""
    if any(name in users for users in Foreign(user_home(), project.clock).ledger.users.values()):
        return True
    shared = (project.place_of(path) for scope, path in agent(name).CONFIG.items() if scope != "user")
    return any(may_have_ours((files.read(base / below) or b"").decode("utf-8", "replace")) for base, below in shared)


def known(project: Project, path: Path, name: str) -> None:
    """Write down a new file, so that an uninstallation finds it from elsewhere."""
    foreign = Foreign(user_home(), project.clock)
    if name not in foreign.ledger.users.get(str(path), []):
        foreign.use(path, name)
        foreign.close([], gone=False)


def is_free(path: Path) -> bool:
    """Whether there is none yet, or one of ours."""
    try:
        data = files.read(path)
    except OSError:
        return False
    return data is None or is_ours(data.decode("utf-8", "replace"))


def said_of(project: Project, one: Rules) -> str:
    """The briefing that hooks would give, as of now; "" while there is none."""
    at = project.place
    store = place.Store(str(project.root), str(at.git_dir) if at else "", str(at.common_dir) if at else "")
    found = briefing.load(store)
    if found is None:
        return ""
    lines = [f"As of {project.clock.iso()}; `passdown resume` says how things stand now."]
    return text(one, said.fenced(found, store, project.clock.time().timestamp(), lines, most=one.most - len(above(one))))


__all__ = ["render_rules"]
