"""An edit or a command is about to run, or a prompt came: is it about something settled? Mostly nothing is said, and nothing twice in a session."""

import os

from passdown.hooks import briefing, faults, host, said, told
from passdown.hooks.guarding import rendered
from passdown.hooks.moment import Moment

EDITS = {"Edit": ("new_string", "old_string"), "Write": ("content", ""), "NotebookEdit": ("new_source", ""), "MultiEdit": ("", ""),
         "edit": ("new_string", "old_string"), "replace": ("new_string", "old_string"), "write_file": ("content", "")}  # the last three are Qwen Code's
COMMANDS = ("Bash", "shell", "exec_command", "local_shell", "run_shell_command")
TOLD = "-guard"  # behind a session's name: what the guard said to it, or the user set aside
ASIDE = "aside:"  # before the id of what the user set aside in the session
IN_A_DOCUMENT = "x"  # how the id of an entry of a document begins (`loading.reading.item_id`), and no record's
MOST = 2  # warnings at once
MOST_FILES = 20  # of a patch, whose text is looked at; of further ones the place alone
PATCH, MOVES = "*** Begin Patch", "*** Move to"
DAMAGED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # what a table raises that has its sum, and in it what no capture writes
HEADS = ("*** Update File", "*** Add File", "*** Delete File", MOVES)

TYPE_CHECKING = False  # `typing` itself would cost a hook 3 ms
if TYPE_CHECKING:
    from passdown.hooks.guarding.match import Match
    from passdown.hooks.guarding.table import Table

Call = tuple[str, str, str]  # how, text, path


def answer(moment: Moment) -> tuple[str, bool]:
    """What is said of a tool call, and whether it is to be held back."""
    return judged(moment, called(moment))


def warned(moment: Moment, how: str, text: str, path: str = "") -> tuple[str, bool]:
    """What is said of a prompt, a command or the text that an edit adds; "" for nothing."""
    return judged(moment, [(how, text, path)])


def judged(moment: Moment, calls: list[Call]) -> tuple[str, bool]:
    """What is said of all that one tool call does, and whether it is to be held back.

    What was said once in a session is not said again; where calls are held back, it holds each of them back until the user sets it aside.
    """
    known = rendered.text(moment.store) if moment.session and calls else ""
    try:
        return _judged(moment, calls, known) if known else ("", False)
    except DAMAGED as error:  # the guard is silent then; what else the hook has to say, it says
        faults.log(error, moment.store.private, moment.host, moment.event)
        return "", False


def _judged(moment: Moment, calls: list[Call], known: str) -> tuple[str, bool]:
    """The same by this table, which is not empty."""
    from passdown.hooks.guarding.table import Table  # `re` and what it takes: only where something is settled

    found, session = Table(known), moment.session + TOLD
    before = told.so_far(moment.store.private, session)
    hits = [hit for hit in met(found, moment, calls) if ASIDE + key(hit) not in before]
    fresh = [hit for hit in hits if not hit.overridden]
    asks = calls[0][0] == "prompt"
    holds = found.mode == "block" and not asks and moment.host in host.HOLDS
    new = [hit for hit in fresh if key(hit) not in before][:MOST]
    aside = [ASIDE + key(hit) for hit in hits if hit.overridden] if asks else []  # an agent sets nothing aside
    kept = not (new or aside) or told.remember(moment.store.private, session, [*map(key, new), *aside])
    if not (new and kept) and not (holds and fresh):
        return "", False
    if not new:
        return said.held([hit.entry.id for hit in fresh[:MOST]], found.id), True
    lines = [briefing.filled(hit.entry.text, hit.entry.places, moment.store.root, moment.now) for hit in new]
    return said.settled(lines, found.id, holds=holds), holds


def met(found: "Table", moment: Moment, calls: list[Call]) -> "list[Match]":
    """What the calls reopen, each matter once, the clearest first: none that this very session settled, none of a document that was changed since."""
    from passdown.hooks.guarding.match import matches
    from passdown.hooks.guarding.probe import probe

    best: dict[str, Match] = {}
    for how, text, path in calls:
        for hit in matches(found, probe(how, text, below(path, moment.store.root))):
            if hit.entry.session != moment.session and (hit.entry.id not in best or hit.score > best[hit.entry.id].score):
                best[hit.entry.id] = hit
    stale = changed(found, moment.store.root) if best else []
    return sorted((hit for hit in best.values() if document_of(hit) not in stale), key=lambda hit: -hit.score)


def document_of(hit: "Match") -> str:
    """The document in which a matter stands; "" for a record of our own."""
    return hit.entry.paths[0] if hit.entry.id.startswith(IN_A_DOCUMENT) and hit.entry.paths else ""


def changed(found: "Table", root: str) -> list[str]:
    """Documents that are not as they were when the table was rendered."""
    documents = found.facts.get("documents")
    return [str(one[0]) for one in documents if isinstance(one, list) and len(one) == 3 and not _stands(root, *one)] if isinstance(documents, list) else []


def _stands(root: str, path: object, size: object, mtime_ns: object) -> bool:
    try:
        now = os.stat(os.path.join(root, str(path)))
    except (OSError, ValueError):
        return False
    return (now.st_size, now.st_mtime_ns) == (size, mtime_ns)


def key(hit: "Match") -> str:
    """The id of a matter, without blanks: of a document's entry it is a path."""
    return "%20".join(hit.entry.id.split())


def called(moment: Moment) -> list[Call]:
    """What a tool call does: the command, or what an edit adds to each file; nothing for any other tool."""
    name, given = moment.text("tool_name"), moment.given.get("tool_input")
    if not isinstance(given, dict):
        return []
    if name in COMMANDS:
        command = given.get("command") or given.get("cmd")
        text = " ".join(map(str, command)) if isinstance(command, list) else str(command or "")
        return [("command", text, ""), *(patched(text) if PATCH in text else [])] if text else []
    if name == "apply_patch":
        return patched(str(given.get("input") or given.get("patch") or given.get("command") or ""))
    if name in EDITS:
        text, path = added(given, *EDITS[name]), str(given.get("file_path") or given.get("notebook_path") or "")
        return [("edit", text, path)] if text or path else []
    return []


def added(given: dict[str, object], new: str, old: str) -> str:
    """The lines that an edit brings in, or several edits of one call: those of the new text that the old one has not."""
    several = given.get("edits")
    if isinstance(several, list):
        return "\n".join(added(one, "new_string", "old_string") for one in several if isinstance(one, dict) and "edits" not in one)
    had = set(str(given.get(old) or "").splitlines())
    return "\n".join(line for line in str(given.get(new) or "").splitlines() if line not in had)


def patched(patch: str) -> list[Call]:
    """An edit for each file that a patch in Codex's form changes, adds, deletes, or moves something to: with the lines that it adds."""
    found: list[tuple[str, list[str]]] = []
    for line in patch.splitlines():
        lead, colon, path = line.partition(": ")
        if colon and lead in HEADS:
            text = found[-1][1] if lead == MOVES and found else []  # what is moved is what was changed
            found.append((path.strip(), text))
        elif line.startswith("+") and found:
            found[-1][1].append(line[1:])
    return [("edit", "\n".join(text) if number < MOST_FILES else "", path) for number, (path, text) in enumerate(found)]


def below(path: str, root: str) -> str:
    """A path below the root as seen from it; any other as it is."""
    return path.replace("\\", "/").removeprefix(root.replace("\\", "/").rstrip("/") + "/")


__all__ = ["answer", "warned"]
