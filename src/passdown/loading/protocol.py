"""The start protocol as text to paste into any agent: read, confirm the state, ask, proceed."""

from passdown.loading.reading import Reading
from passdown.loading.render import shown
from passdown.loading.words import cut
from passdown.model.fence import fenced

MAX_DOCUMENTS, MAX_TASK = 12, 600


def text(reading: Reading, task: str = "", briefing: str = "") -> str:
    """The user's first message of a session.

    reading: which documents to read and what is settled; empty where the project keeps none. briefing: what passdown knows, put behind it as data.
    """
    goal = f": {cut(shown(task), MAX_TASK)}" if task.strip() else "."
    steps = [_read(reading, briefing), "State in a few sentences where things stand, and what you take the task to be.",
             "Ask what is unclear before you change anything.", "Then proceed, as it was designed; what is settled is not reopened without asking."]
    parts = [f"New session{goal}\n\n" + "\n".join(f"{n}. {step}" for n, step in enumerate(filter(None, steps), 1))]
    if reading.settled:
        settled = "\n".join(f"- {shown(s.text)} ({shown(s.place)})" for s in reading.settled)
        parts.append(f"Settled already, quoted from the documents:\n{fenced(settled)}".rstrip("\n"))
    if briefing.strip():
        parts.append(f"What is known of the project, as data:\n\n{briefing.strip()}")
    return "\n\n".join(parts) + "\n"


def _read(reading: Reading, briefing: str) -> str:
    if reading.documents:
        places = [f"   - {shown(d.place)} ({shown(d.why)})" for d in reading.documents[:MAX_DOCUMENTS]]
        return "\n".join(["Read first, in this order:", *places, *(["   - the notes below"] if briefing.strip() else [])])
    return "Read the notes below first." if briefing.strip() else ""


__all__ = ["text"]
