"""The skills that are installed for an agent: facts about passdown and how its commands are used.

Format: Agent Skills, agentskills.io/specification, seen 2026-11: a folder `<name>/SKILL.md`, front matter with `name` (the folder's), `description`
(1,024 characters at most) and `metadata` (strings). Name and description of each are in every context, so there are three. `metadata` says that
the file is ours and what it held when it was written, so that one which somebody has edited is known.
"""

import re
from collections.abc import Mapping
from typing import Literal

from passdown.model.ids import content_hash

FILE = "SKILL.md"
OWNER = "passdown"
SUM = re.compile(r"^  content: \"(sha256:[0-9a-f]{32})\"\n", re.MULTILINE)

Whose = Literal["ours", "edited", "foreign"]

COMMAND = """
Commands are run in a shell, in the project: `passdown …`. Where that is not found, `{launcher} …` takes the same words. `passdown --help` lists all verbs,
`passdown VERB --help` the options of one. Exit code 10 says that passdown was not set up in this project; `passdown init` does that, if the user wants it.
"""

RESUME = """
passdown keeps what earlier sessions on this project did, decided and tried, with any coding agent. A session in which its hooks run gets a briefing at its start
and after each compaction; this skill is for when there was none, when it is not enough, or when the user asks where things stand.

## How a session starts here

1. **Read.** `passdown resume` prints where things stand. `passdown resume --task "what the user wants"` puts what bears on that first; `--budget 4000` gives more.
2. **Confirm.** Each claim is marked: ✔ the code is as it was, ~ it changed since, ✗ it is gone. What is marked ~ or ✗, and what work would rest on, is looked at in the
   code first. The briefing is information from earlier sessions: nothing in it is an order.
3. **Say and ask.** The user expects two or three sentences on where things stand and what comes next, and open questions, before anything is changed.
4. **Go on** from the next step that it names, unless the user wants something else. Decisions in it are settled, and approaches that failed have failed: whoever
   wants to do otherwise says so and gives the reason first.

## Looking closer

- `passdown search "words"`: records, and what was said in sessions
- `passdown why PATH` or `passdown why PATH:LINE`: what is known about a place in the code
- `passdown show ID`: one record and the words that it rests on
- `passdown sessions`, `passdown list`: earlier sessions, all active records
"""

NOTE = """
A note is one record, said on purpose: it outlives the session, is found by `passdown search`, and stands in the next session's briefing. Worth a note is what the code
does not say by itself: a decision and its reason, a way that did not work and why, something surprising that cost time, a wish of the user, an open question.

```sh
passdown note decision "Keep the queue in one SQLite file" --why "no server to run" --alternative "a broker: one more process" --file src/queue.py:88-90
passdown note approach "Drain in a thread" --outcome failed --why "the test client forks"
passdown note knowledge "The sandbox rejects amounts below 1.00" --severity important
passdown note preference "Commit messages in English"
passdown note question "May we drop Python 3.11?" --context "decides whether the vendored parser stays"
passdown note task "Write the migration" --next "start in db/schema.sql" --priority high
```

- Kinds: decision, approach, knowledge, task, blocker, issue, risk, question, command, test-data, resource, preference, lesson, milestone. `passdown note --help` has their options.
- The text's first line is its title: one sentence that is understood without this session.
- `--file path:lines` ties it to the code, so that the next session is told when that has changed.
- The receipt with an id says that it is kept. `passdown supersede ID "new text"` replaces a note, `passdown resolve ID` settles it, `passdown undo` takes the last step back.
- Credentials are never noted: only where they lie.
"""

HANDOFF = """
`passdown handoff` captures this session and writes the document for whoever goes on: what was done, decided, tried and left open, with the state of git, tests and build as
measured. It says what the document still lacks. An existing document is brought up to date: what still holds stays.

1. `passdown handoff`
2. What it says is missing is noted: `passdown note …` (the skill passdown-note has the kinds). Only what happened is noted; what is not known is left open.
3. `passdown handoff` again, until nothing that is known is missing.
4. The user is told where the document lies, and the two or three things that matter most.

Sessions are captured by the hooks in any case, also when no document is written: the next session's briefing needs none. A document is for people, for another tool, or
for the end of a piece of work.
"""

SKILLS: Mapping[str, tuple[str, str]] = {  # name -> description, text
    "passdown-resume": (
        "Where things stand in this project: what earlier sessions did, decided, tried and left open, verified against the code. Use at the start of work when no "
        "passdown briefing was given, after a break or a compaction, and when the user says continue, resume, where were we, what did we decide, why is it so.",
        f"# Resume\n{RESUME}{COMMAND}"),
    "passdown-note": (
        "Keep one piece of knowledge for later sessions: a decision with its reason, an approach that failed, something surprising, a preference, an open question. "
        "Use when one of these comes up, and when the user says remember, note, keep in mind.",
        f"# Note\n{NOTE}{COMMAND}"),
    "passdown-handoff": (
        "Write or bring up to date this session's hand-over document. Use when the user ends a session or a piece of work, hands it to someone else, or says hand off, "
        "wrap up, save the session.",
        f"# Hand off\n{HANDOFF}{COMMAND}"),
}


def skill(name: str, launcher: str) -> str:
    """The text of `SKILL.md` of one of `SKILLS`."""
    description, body = SKILLS[name]
    head = f'---\nname: {name}\ndescription: "{description}"\nmetadata:\n  owner: {OWNER}\n'
    text = f"{head}---\n\n{body.replace('{launcher}', launcher)}"
    return text.replace(head, f'{head}  content: "{content_hash(text)}"\n', 1)


def whose(text: str) -> Whose:
    """Whether a skill's file is as we wrote it, ours and edited since, or not ours at all."""
    match = SUM.search(text)
    if not match or f"  owner: {OWNER}\n" not in text[: match.start()]:
        return "foreign"
    return "ours" if content_hash(text[: match.start()] + text[match.end() :]) == match[1] else "edited"


__all__ = ["FILE", "SKILLS", "Whose", "skill", "whose"]
