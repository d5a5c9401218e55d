"""Aider: `.aider.chat.history.md` in the project, Markdown to which every run appends.

Source: one real history of versions 0.84 to 0.86 and aider's `io.py` as of 2025, seen 2026-11. A run begins with `# aider chat started at TIME`; lines of
the user begin with `#### `, lines of aider with `> `, both end with two spaces; the rest is the model's answer, with its edits as SEARCH/REPLACE blocks.
A row is a run of lines of one of these kinds. The whole file is one session. Only the beginning of a run has a time, by the clock of that machine,
whose zone is not told: it is taken as UTC, and as the time of all that was said in the run.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from passdown.model.event import Event, Injected, Mark, Notice, Patch, Prompt, Reply, Thinking, ToolCall, ToolResult, Usage
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.fields import utc
from passdown.transcripts.rows import finished

AGENT = "aider"
EVIDENCE: Evidence = "sample"
LOCATIONS = ("{project}/.aider.chat.history.md",)

STARTED = re.compile(r"# aider chat started at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)[ \t\r]*$")
USER, TOOL = re.compile(r"####(?: .*)? {2}\r?$"), re.compile(r"> .* {2}\r?$|> {2,}\r?$")
WHOLE_LINE = re.compile(rb"^# aider chat started at \d{4}-\d\d-\d\d", re.MULTILINE)
SEARCH, DIVIDER, REPLACE = re.compile(r"<{5,9} SEARCH"), re.compile(r"={5,9}\s*$"), re.compile(r">{5,9} REPLACE")
THINKING = re.compile(r"<(thinking-content-\w{1,64}|think)>")
ASKED = re.compile(r"\(Y\)es/\(N\)o")
SPOKEN = re.compile(r"/(?:ask|code|architect|chat-mode \w+)\s+", re.IGNORECASE)
WATCHED = 'Find the "AI" comments below'
MARKED = re.compile(r"^█[ \t]*(?:[/#*;-]+[ \t]*)?(?:AI[!?]? )?(.*)$", re.MULTILINE)
MODEL = re.compile(r"(?:Main model|Model): (\S+)")
VERSION = re.compile(r"Aider v([\d.]+\S*)")
PLACE = re.compile(r"Git working dir: (.+)")  # names of files are relative to it
APPLIED = re.compile(r"Applied edit to (.+)")
COMMIT = re.compile(r"Commit ([0-9a-f]{7,40}) (.+)")
RAN = re.compile(r"Running (.+)")
TOKENS = re.compile(r"Tokens: ([\d.]+[kM]?) sent,(?: ([\d.]+[kM]?) cache write,)?(?: ([\d.]+[kM]?) cache hit,)? ([\d.]+[kM]?) received")
ERROR = re.compile(r"^(?:litellm\.\w+Error|\w*Error:|The API provider|Traceback |The LLM did not conform).*", re.MULTILINE | re.DOTALL)
REPORT = re.compile(rb"> # \d+ SEARCH/REPLACE blocks? failed")  # on edits that aider could not apply; it goes on without marks
MOST_HELD = 30  # edits of the last answer, until aider says that it applied them
HELD_CHARS = 500  # of each side of them in the state


def cut_turns(document: bytes) -> Iterator[bytes]:
    """Runs of lines of one kind, as far as they are finished; a blank line belongs to what stands before it."""
    yield from finished(runs(document), document)


def runs(document: bytes) -> Iterator[bytes]:
    held: list[bytes] = []
    kind = ""
    for line in document.split(b"\n"):
        of = kind_of(line)
        if (held and of and of != kind) or of == "start" or REPORT.match(line):
            yield from [b"\n".join(held)] if held else []
            held = []
        kind = of or kind
        held.append(line)
    yield b"\n".join(held)


def kind_of(line: bytes) -> str:
    """What a line is: `start`, `user`, `tool`, `said`; "" for a blank one."""
    text = line.decode("utf-8", "replace")
    if not text.strip():
        return ""
    return "start" if STARTED.match(text) else "user" if USER.match(text) else "tool" if TOOL.match(text) else "said"


ROW_START = cut_turns


def recognises(head: bytes) -> bool:
    """Whether the beginning of a run stands before anything else that is said."""
    return WHOLE_LINE.match(head.lstrip()) is not None


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One history."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.at: str = state.get("at", "")  # when the run began
        self.told: dict[str, str] = dict(state.get("told", {}))
        self.edits: list[list[str]] = [list(e) for e in state.get("edits", ())]  # of the last answer: path, removed, added

    def state(self) -> dict[str, Any]:
        return {"at": self.at, "told": self.told, "edits": self.edits}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        found = self._row(number, line)
        return found if isinstance(found, str) else [msgspec.structs.replace(event, at=self.at) for event in found]

    def _row(self, number: int, line: bytes) -> Sequence[Event] | str:
        kind = next((k for part in line.split(b"\n") if (k := kind_of(part))), "")
        lines = line.decode("utf-8", "replace").replace("\r", "").split("\n")
        if not kind:
            return "blank"
        if kind == "start":
            return self._start(lines[0], number)
        if kind == "user":
            return self._user("\n".join(t.removeprefix("####").strip() for t in lines).strip(), number)
        if kind == "tool":
            return self._tool([t.removeprefix(">").strip() for t in lines], number)
        return self._said("\n".join(lines).strip(), number)

    def _start(self, line: str, n: int) -> Sequence[Event] | str:
        found = STARTED.match(line)
        if not found:
            return "unknown-type"
        named = "" if self.at else f"aider-{found[1]}T{found[2].replace(':', '-')}"
        self.at, self.edits = utc(f"{found[1]}T{found[2]}"), []
        return [*([Mark(row=n, session=named)] if named else []), Notice(row=n, kind="started")]

    def _user(self, text: str, n: int) -> Sequence[Event] | str:
        if ASKED.search(text):
            return "bookkeeping"  # the answer to a question of aider's
        if text.startswith(WATCHED):
            asked = "\n".join(m[1].strip() for m in MARKED.finditer(text)).strip()
            given = Injected(row=n, text=clip(text, OUTPUT_CHARS), source="watched-files")
            return [given, Prompt(row=n, text=clip(asked, TEXT_CHARS))] if asked else [given]
        said = SPOKEN.sub("", text, count=1) if SPOKEN.match(text) else text
        if not said:
            return "empty"
        return [Injected(row=n, text=clip(said, OUTPUT_CHARS), source="command")] if said[0] in "/!" else [Prompt(row=n, text=clip(said, TEXT_CHARS))]

    def _said(self, text: str, n: int) -> Sequence[Event] | str:
        words, thoughts = without_thoughts(text)
        out: list[Event] = [Thinking(row=n, text=clip(t, TEXT_CHARS)) for t in thoughts]
        if REPORT.match(words.encode()):
            return [Notice(row=n, kind="host", text=clip(words.removeprefix("> "), OUTPUT_CHARS))]
        self.edits = [[path, clip(old, HELD_CHARS), clip(new, HELD_CHARS)] for path, old, new in islice(blocks(words), MOST_HELD)] or self.edits
        return [*out, Reply(row=n, text=clip(words, TEXT_CHARS))] if words else out or "empty"

    def _tool(self, lines: list[str], n: int) -> Sequence[Event] | str:
        text = "\n".join(lines)
        out = [*self._mark(text, n), *self._applied(lines, n), *_tokens(text, self.told.get("model", ""), n)]
        if error := ERROR.search(text):
            out.append(Notice(row=n, kind="api-error", text=clip(error[0].strip(), OUTPUT_CHARS)))
        return out or "bookkeeping"

    def _mark(self, text: str, n: int) -> list[Event]:
        found = {"model": MODEL.search(text), "version": VERSION.search(text), "cwd": PLACE.search(text)}
        new = {k: m[1].strip() for k, m in found.items() if m and self.told.get(k) != m[1].strip()}
        self.told |= new
        return [msgspec.convert({"e": "mark", "row": n, **new}, Mark)] if new else []

    def _applied(self, lines: list[str], n: int) -> Iterator[Event]:
        """Edits that aider applied, with the commit that followed them, and commands that it ran."""
        applied = [i for i, t in enumerate(lines) if APPLIED.match(t)]
        for i in applied:
            path = lines[i].removeprefix("Applied edit to ").strip()
            commit = next((m[1] for t in lines[applied[-1]:] if (m := COMMIT.match(t))), "")
            patches = tuple(Patch(path=path, removed=clip(old, EDIT_CHARS), added=clip(new, EDIT_CHARS)) for at, old, new in self.edits if at == path)
            yield ToolCall(row=n, call=f"{n}.{i}", tool="edit", action="edit", paths=(path,), patches=patches or (Patch(path=path),))
            yield ToolResult(row=n, call=f"{n}.{i}", ok=True, commit=commit if i == applied[-1] else "")
        if applied:
            self.edits = []
        for i, ran in ((i, m) for i, t in enumerate(lines) if (m := RAN.match(t))):
            yield ToolCall(row=n, call=f"{n}.{i}", tool="run", action="shell", command=ran[1].strip())


def without_thoughts(text: str) -> tuple[str, list[str]]:
    """The answer, and what the model thought, which aider writes between tags."""
    said, thoughts, at = list[str](), list[str](), 0
    while (opened := THINKING.search(text, at)) and (end := text.find(closing := f"</{opened[1]}>", opened.end())) >= 0:
        said.append(text[at: opened.start()])
        thoughts.append(text[opened.end(): end].strip())
        at = end + len(closing)
    return "".join([*said, text[at:]]).strip(), [t for t in thoughts if t]


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """(file, what is taken out, what is put in) of each SEARCH/REPLACE block; the file stands on the last line before it that is no fence."""
    path, side = "", ""
    sides: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if SEARCH.match(line):
            side, sides = "old", {"old": [], "new": []}
        elif side == "old" and DIVIDER.match(line):
            side = "new"
        elif side == "new" and REPLACE.match(line):
            yield path, "".join(sides["old"]), "".join(sides["new"])
            side = ""
        elif side:
            sides[side].append(line + "\n")
        elif line.strip() and not line.startswith("```"):
            path = line.strip().strip("*`")[:300]


def _tokens(text: str, model: str, n: int) -> list[Event]:
    """Tokens of each answer, rounded as aider prints them."""
    return [Usage(row=n, message=f"{n}.{i}", model=model, input=_count(m[1]), output=_count(m[4]), cache_write=_count(m[2]), cache_read=_count(m[3]))
            for i, m in enumerate(TOKENS.finditer(text))]


def _count(text: str | None) -> int:
    if not text:
        return 0
    scale = {"k": 1_000, "M": 1_000_000}.get(text[-1], 1)
    try:
        return int(float(text.rstrip("kM")) * scale)
    except ValueError:
        return 0


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
