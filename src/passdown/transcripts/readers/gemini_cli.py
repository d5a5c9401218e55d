"""Gemini CLI: `~/.gemini/tmp/<project>/chats/session-*.jsonl`, one JSON object a line, appended only.

Source: the recorder of google-gemini/gemini-cli as of 2026-08 (`chatRecordingService.ts`, `chatRecordingTypes.ts`), seen 2026-11; a documented
schema, no real session was read. A line is the metadata of the session, a message, `{"$set": {…}}` (new metadata; with `messages`, a new history) or
`{"$rewindTo": id}`. A message that grows is written again under its id: what is new in it gives events, what was told before does not.
The older form, one JSON document, is read by `gemini_cli_json`.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any

import msgspec

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, Usage
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.fields import number, obj, objects, row_object, string, utc
from passdown.transcripts.gemini_tools import DONE, plain, result_of, unwrapped
from passdown.transcripts.named_tools import tool_call

AGENT = "gemini-cli"
ROW_START = None
EVIDENCE: Evidence = "schema"
LOCATIONS = (".gemini/tmp/*/chats/session-*.jsonl", ".gemini/tmp/*/chats/*/*.jsonl")

TYPES = frozenset(("user", "gemini", "info", "error", "warning"))
NOTICES = {"info": "host", "warning": "host", "error": "api-error"}
POINTS_KEPT = 2_000  # messages to which a rewind can go back, and which a new history names again
GROWING_KEPT = 40  # messages that may be written again with more in them
ID_CHARS = 13
REFERENCED = "--- Content from referenced files ---"  # behind it stand the files that the user named with an @
SNAPSHOT = "<state_snapshot>"


def recognises(head: bytes) -> bool:
    """Whether one of the first rows is session metadata, a message or an update of this recorder; not the document of older versions."""
    return any(_ours(row) for line in head.splitlines()[:40] if line.lstrip(b"\0 \t").startswith(b"{") and (row := _parsed(line)))


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        return obj(msgspec.json.decode(line.strip(b"\0")))
    except BROKEN_JSON:
        return {}


def _ours(row: dict[str, Any]) -> bool:
    if "messages" in row:
        return False
    named = {"sessionId", "projectHash"} <= row.keys() and "type" not in row
    return named or isinstance(row.get("$set"), dict) or "$rewindTo" in row or (row.get("type") == "gemini" and "id" in row and "content" in row)


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session: lines of the newer form, or header and messages of the older."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.made: int = state.get("made", 0)
        self.told: dict[str, str] = dict(state.get("told", {}))  # what Marks said last
        self.points: dict[str, int] = dict(state.get("points", {}))  # message -> number of its prompt, or of its first event
        self.growing: dict[str, dict[str, Any]] = dict(state.get("growing", {}))  # message -> what was told of it

    def state(self) -> dict[str, Any]:
        return {"made": self.made, "told": self.told, "points": self.points, "growing": self.growing}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        found = self._events(row_object(line), number)
        self.made += len(found) if not isinstance(found, str) else 0
        return found or "empty"

    def _events(self, row: dict[str, Any], n: int) -> Sequence[Event] | str:
        if isinstance(row.get("$rewindTo"), str):
            return self._rewind(row["$rewindTo"], n)
        if isinstance(row.get("id"), str) and "type" in row:
            return self._message(row, n) if string(row["type"]) in TYPES else "unknown-type"
        if isinstance(row.get("$set"), dict):
            return self._update(row["$set"], n)
        return self._metadata(row, n) if "sessionId" in row else "unknown-type"

    # -- the session

    def _metadata(self, row: Mapping[str, Any], n: int) -> Sequence[Event] | str:
        folder = next((f for f in row.get("directories") or () if isinstance(f, str)), "") if isinstance(row.get("directories"), list) else ""
        says = {"session": string(row.get("sessionId")), "title": clip(string(row.get("summary")), 300), "cwd": folder,
                "subagent": "subagent" if row.get("kind") == "subagent" else ""}
        new = {k: v for k, v in says.items() if v and self.told.get(k) != v}
        self.told |= new
        return [msgspec.convert({"e": "mark", "at": utc(row.get("startTime")), "row": n, **new}, Mark)] if new else "bookkeeping"

    def _update(self, changed: Mapping[str, Any], n: int) -> Sequence[Event] | str:
        """New metadata; a new history is told only where it holds what no message said before: the summary that replaced the older ones."""
        messages = changed.get("messages")
        if not isinstance(messages, list):
            return self._metadata(changed, n)
        fresh = [m for m in objects(messages) if string(m.get("id"))[:ID_CHARS] not in self.points]
        for message in fresh:
            self._point(string(message.get("id")), self.made)
        summary = next((words for m in fresh if m.get("type") == "user" and SNAPSHOT in (words := plain(m.get("content"))[0])), "")
        if summary:
            return [Compaction(at=utc(changed.get("lastUpdated")), row=n, text=clip(summary, TEXT_CHARS))]
        return "repeat"

    def _rewind(self, message: str, n: int) -> Sequence[Event]:
        """The named message and all behind it are off the live branch."""
        to = self.points.get(message[:ID_CHARS])
        return [Notice(row=n, kind="rewind", text=message)] if to is None else [Rewind(row=n, to=to)]

    def _point(self, message: str, at: int) -> None:
        self.points.setdefault(message[:ID_CHARS], at)
        while len(self.points) > POINTS_KEPT:
            del self.points[next(iter(self.points))]

    # -- messages

    def _message(self, row: dict[str, Any], n: int) -> Sequence[Event] | str:
        known = string(row["id"])[:ID_CHARS] in self.points
        told = self._growing(string(row["id"]))
        found = self._gemini(row, told, n) if row["type"] == "gemini" else self._other(row, told, n)
        if not known:
            prompt = next((i for i, e in enumerate(found) if isinstance(e, Prompt)), 0) if not isinstance(found, str) else 0
            self._point(row["id"], self.made + prompt)
        return found or ("repeat" if known else "empty")

    def _growing(self, message: str) -> dict[str, Any]:
        told = self.growing.pop(message[:ID_CHARS], {})
        self.growing[message[:ID_CHARS]] = told
        while len(self.growing) > GROWING_KEPT:
            del self.growing[next(iter(self.growing))]
        return told

    def _other(self, row: dict[str, Any], told: dict[str, Any], n: int) -> list[Event] | str:
        words, media = plain(row.get("content"))
        if not _fresh(told, words):
            return []
        at = utc(row.get("timestamp"))
        if row["type"] != "user":
            return [Notice(at=at, row=n, kind=NOTICES[row["type"]], text=clip(words, OUTPUT_CHARS))] if words.strip() else "empty"
        shown = plain(row.get("displayContent"))[0]
        return self._user(words, shown, media, at, n) or ("media" if media else "repeat" if _only_results(row.get("content")) else "empty")

    def _user(self, words: str, shown: str, media: int, at: str, n: int) -> list[Event]:
        """What the user typed, and apart from it what hooks and the host put around it."""
        if SNAPSHOT in words:
            return [Compaction(at=at, row=n, text=clip(words, TEXT_CHARS))]
        typed, around = unwrapped(words)
        out: list[Event] = [Injected(at=at, row=n, text=clip(text, OUTPUT_CHARS), source=source) for source, text in around]
        said = (shown or typed.partition(REFERENCED)[0]).strip()
        if not said:
            return out
        source = "task" if self.told.get("subagent") else "command" if said[0] in "/?" and " " not in said.split("\n")[0][:2] else ""
        said_by_host = Injected(at=at, row=n, text=clip(said, OUTPUT_CHARS), source=source)
        return [*out, said_by_host if source else Prompt(at=at, row=n, text=clip(said, TEXT_CHARS), images=media)]

    def _gemini(self, row: dict[str, Any], told: dict[str, Any], n: int) -> list[Event]:
        at, out = utc(row.get("timestamp")), list[Event]()
        model = string(row.get("model"))
        if model and model != self.told.get("model"):
            self.told["model"] = model
            out.append(Mark(at=at, row=n, model=model))
        out += self._thoughts(row, told, at, n)
        words = plain(row.get("content"))[0].strip()
        if words and _fresh(told, words):
            out.append(Reply(at=at, row=n, text=clip(words, TEXT_CHARS)))
        for i, call in enumerate(objects(row.get("toolCalls"))):
            out += self._tool(call, f"{string(row['id'])[:8]}.{i}", told, at, n)
        return out + self._tokens(row, told, at, n)

    def _thoughts(self, row: dict[str, Any], told: dict[str, Any], at: str, n: int) -> list[Event]:
        thoughts = objects(row.get("thoughts"))
        before, told["thoughts"] = told.get("thoughts", 0), len(thoughts)
        texts = [(t, "\n".join(filter(None, (string(t.get("subject")), string(t.get("description")))))) for t in thoughts[before:]]
        return [Thinking(at=utc(t.get("timestamp")) or at, row=n, text=clip(text, TEXT_CHARS)) for t, text in texts if text]

    def _tool(self, call: dict[str, Any], number_of_call: str, told: dict[str, Any], at: str, n: int) -> list[Event]:
        """The call when it is first seen, its result when it ended."""
        key = string(call.get("id")) or number_of_call
        calls = told.setdefault("calls", {})
        at, out = utc(call.get("timestamp")) or at, list[Event]()
        if key not in calls:
            calls[key] = False
            out.append(tool_call(string(call.get("name")), obj(call.get("args")), call=key, at=at, row=n))
        if not calls[key] and string(call.get("status")) in DONE:
            calls[key] = True
            out.append(result_of(call, key, at, n))
        return out

    def _tokens(self, row: dict[str, Any], told: dict[str, Any], at: str, n: int) -> list[Event]:
        tokens = obj(row.get("tokens"))
        counts = [number(tokens.get(k)) for k in ("input", "output", "cached", "thoughts", "tool")]
        if not tokens or counts == told.get("tokens"):
            return []
        told["tokens"] = counts
        whole, output, cached, thoughts, tool = counts
        return [Usage(at=at, row=n, message=string(row["id"]), model=string(row.get("model")), input=max(whole - cached, 0) + tool,
                      output=output + thoughts, cache_read=cached)]


def _fresh(told: dict[str, Any], words: str) -> bool:
    """Whether these words were not told of the message; from now on they were."""
    mark = blake2s(words.encode(errors="replace"), digest_size=6).hexdigest()
    before, told["words"] = told.get("words"), mark
    return before != mark



def _only_results(content: Any) -> bool:
    return bool(objects(content)) and all("functionResponse" in p for p in objects(content))




__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
