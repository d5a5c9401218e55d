"""An edit or a command is about to run, or a prompt came: is it about something settled? Mostly nothing is said, and nothing twice in a session."""

from passdown.hooks import briefing, said, told
from passdown.hooks.guarding import rendered
from passdown.hooks.moment import Moment

EDITS = {"Edit": ("new_string", "old_string"), "Write": ("content", ""), "NotebookEdit": ("new_source", ""), "MultiEdit": ("", ""),
         "edit": ("new_string", "old_string"), "replace": ("new_string", "old_string"), "write_file": ("content", "")}  # the last three are Qwen Code's
COMMANDS = ("Bash", "shell", "exec_command", "local_shell", "run_shell_command")
TOLD = "-guard"  # behind a session's name: what the guard said to it, or the user set aside
MOST = 2  # warnings at once


def answer(moment: Moment) -> tuple[str, bool]:
    """What is said of a tool call, and whether it is to be held back."""
    how, text, path = called(moment)
    return warned(moment, how, text, path) if text else ("", False)


def warned(moment: Moment, how: str, text: str, path: str = "") -> tuple[str, bool]:
    """What is said of a prompt, a command or the text that an edit adds; "" for nothing."""
    known = rendered.text(moment.store) if moment.session else ""
    if not known:
        return "", False
    from passdown.hooks.guarding.match import matches  # `re` and what it takes: only where something is settled
    from passdown.hooks.guarding.probe import probe
    from passdown.hooks.guarding.table import Table

    found = Table(known)
    session = moment.session + TOLD
    before = told.so_far(moment.store.private, session)
    given = probe(how, text, below(path, moment.store.root))
    hits = [hit for hit in matches(found, given) if hit.entry.id not in before and hit.entry.session != moment.session]
    fresh, aside = [hit for hit in hits if not hit.overridden][:MOST], [hit for hit in hits if hit.overridden]
    if not hits or not told.remember(moment.store.private, session, [hit.entry.id for hit in (*fresh, *aside)]):
        return "", False
    lines = [briefing.filled(hit.entry.text, hit.entry.places, moment.store.root, moment.now) for hit in fresh]
    return (said.settled(lines, found.id), found.mode == "block") if lines else ("", False)


def called(moment: Moment) -> tuple[str, str, str]:
    """How, text and path of a tool call: the command, or what an edit adds; empty for any other tool."""
    name, given = moment.text("tool_name"), moment.given.get("tool_input")
    if not isinstance(given, dict):
        return "", "", ""
    if name in COMMANDS:
        command = given.get("command") or given.get("cmd")
        return "command", " ".join(map(str, command)) if isinstance(command, list) else str(command or ""), ""
    if name == "apply_patch":
        patch = str(given.get("input") or given.get("patch") or given.get("command") or "")
        return "edit", "\n".join(line[1:] for line in patch.splitlines() if line.startswith("+")), patched(patch)
    if name in EDITS:
        return "edit", added(given, *EDITS[name]), str(given.get("file_path") or given.get("notebook_path") or "")
    return "", "", ""


def added(given: dict[str, object], new: str, old: str) -> str:
    """The lines that an edit brings in, or several edits of one call: those of the new text that the old one has not."""
    several = given.get("edits")
    if isinstance(several, list):
        return "\n".join(added(one, "new_string", "old_string") for one in several if isinstance(one, dict) and "edits" not in one)
    had = set(str(given.get(old) or "").splitlines())
    return "\n".join(line for line in str(given.get(new) or "").splitlines() if line not in had)


def patched(patch: str) -> str:
    """The first file that a patch in Codex's form names."""
    return next((line.partition(": ")[2].strip() for line in patch.splitlines() if line.startswith(("*** Update File", "*** Add File"))), "")


def below(path: str, root: str) -> str:
    """A path below the root as seen from it; any other as it is."""
    return path.replace("\\", "/").removeprefix(root.replace("\\", "/").rstrip("/") + "/")


__all__ = ["answer", "warned"]
