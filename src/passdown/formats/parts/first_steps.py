"""What the next session does in its first ten minutes, what it should look into, and where it comes from."""

from collections.abc import Iterator

from passdown.formats.base import Item, Material
from passdown.formats.parts.asked import subject, wish
from passdown.formats.parts.begun import begun
from passdown.formats.parts.continuation import NOTHING_OPEN, continue_from, plain, read_first, verify_state
from passdown.formats.parts.knowledge import explained
from passdown.formats.parts.wording import bare, code, key, line, listed, quote, some
from passdown.model.record import KINDS

READ, OPEN, WORDS = 3, 4, 900


def first_steps(material: Material) -> Iterator[Item]:
    """Numbered: read, check the state, go on."""
    step = continue_from(material)
    told = [f"Read {line(one, 240)}" for one in read_first(material, step)[:READ]]
    told += [f"Check: {line(one, 240)}" for one in verify_state(material)]
    if step.task.startswith(NOTHING_OPEN):
        told.append(step.task[0].upper() + step.task[1:])
    elif step.task:
        known = step.source.split(",")[0] in KINDS
        what = f"Go on with {'the active task' if begun(material) else 'the first open item'}" if known else f"Go on: {step.task}"
        told += [f"{what}{f' at {code(step.file)}' if step.file else ''}{f': {step.next}' if step.next and not known else ''}"]
    for number, one in enumerate(told, 1):
        yield Item(f"first-{number}", f"{number}. {one}")


def unsolved(material: Material) -> Iterator[Item]:
    """Checks that fail and errors that were met and not overcome in the last session."""
    last = material.sessions[0] if material.sessions else None
    for check in [c for c in last.checks if not c.ok and plain(c.command)][:OPEN] if last else ():
        yield listed(key("check", check.command), [f"{code(bare(check.command))} fails - it said: {line(check.line, 200)} ({check.at[:10]})"])
    for error in [e for e in last.errors if not e.fixed_by and "\n" not in e.what and not explained(e.what, material)][:OPEN] if last else ():
        failed = f"{code(error.what, 120)} failed and was not run with success since"
        yield listed(key("error", error.what, error.message), [f"{failed} - {line(error.message, 200)}"])


def focus(material: Material) -> Iterator[Item]:
    """What the last session was about: its title and what the user asked for."""
    if not material.sessions:
        return
    last = material.sessions[0]
    asked = f"The user asked: “{quote(wish(last), 400)}”" if last.goal else ""
    title = subject(last, 160) if last.title and last.title not in last.goal else ""
    words = [title if title.strip(" .…").lower() not in asked.lower() else "", asked]
    if any(words):
        yield Item("focus", ". ".join(w.rstrip(".") if w and not w.endswith("”") else w for w in words if w))


def came_from(material: Material) -> Iterator[Item]:
    """What the project is, how the last session ended in its own words, other context files."""
    about = material.overview
    if about.about:
        yield listed("about", [f"{line(about.name, 80)}: {quote(about.about, 300)}" if about.name else quote(about.about, 300)])
    if material.sessions and material.sessions[0].last_words:
        last = material.sessions[0]
        yield listed("last-words", [f"How the last session ended ({last.agent}, {last.ended[:16].replace('T', ' ')} UTC): “{quote(last.last_words, WORDS)}”"])
    if material.memory:
        yield listed("memory", [f"Other context files: {some((code(path) for path, _ in material.memory), 8)}"])


__all__ = ["came_from", "first_steps", "focus", "unsolved"]
