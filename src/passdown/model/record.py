"""The record: one typed piece of knowledge, and the table of kinds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from passdown.model.anchor import Anchor, Evidence

Status = Literal["active", "superseded", "resolved", "archived", "expired"]
Trust = Literal["user", "noted", "extracted"]

STATUSES: tuple[Status, ...] = ("active", "superseded", "resolved", "archived", "expired")
TRUST: Mapping[Trust, str] = MappingProxyType({  # strongest first
    "user": "said by the user",
    "noted": "noted by the agent or a person with the tool",
    "extracted": "a verbatim quote from a session, with its evidence",
})
SEVERITIES = ("critical", "important", "helpful")
SEVERITY_MARKS = MappingProxyType({"critical": "🔴", "important": "🟡", "helpful": "🟢"})


class Field(msgspec.Struct, frozen=True):
    """One detail of a kind: its key in front matter and JSON, what it says, the values it is limited to, and whether it is a list."""

    name: str
    says: str
    choices: tuple[str, ...] = ()
    many: bool = False


class Kind(msgspec.Struct, frozen=True):
    """A record kind: what it is for and which details it has. `heading` names it in briefings and documents."""

    name: str
    heading: str
    says: str
    fields: tuple[Field, ...] = ()


_WHY = Field("why", "the reason, in one sentence")
_SEVERITY = Field("severity", "how much it costs to forget it", SEVERITIES)
_NEXT = Field("next", "the next concrete step")
_EXPIRES = Field("expires", "the day (YYYY-MM-DD) after which it no longer holds")
_IMPACT = Field("impact", "what it keeps from happening")

KINDS: Mapping[str, Kind] = MappingProxyType({k.name: k for k in (
    Kind("decision", "Decided", "what was chosen", (
        _WHY, Field("alternative", "what was considered and rejected", many=True), Field("trade-off", "what it costs"), Field("approval", "who agreed"),
        Field("outcome", "what came of it"), Field("until", "what it waits for, where something was put off"),
        Field("overrides", "id of what was settled before and the user set aside"))),
    Kind("approach", "Approaches", "a way that was tried, or could be", (
        Field("outcome", "what came of it", ("worked", "failed", "untried")), _WHY, Field("instead", "what was done in its place"),
        Field("lesson", "what it taught"), Field("validated", "how it was seen to work"), Field("spent", "time it took, such as 2h or 40m"),
        Field("before", "a measurement before"), Field("after", "the same measurement after"))),
    Kind("knowledge", "Know", "something not obvious that saves looking again", (
        _SEVERITY, Field("category", "what it is about", (
            "gotcha", "external service", "pattern", "data relationship", "architecture", "constraint", "performance", "security")), _WHY, _EXPIRES)),
    Kind("task", "Next", "work that is open, in progress or done", (
        Field("state", "how far it is", ("open", "in progress", "done")), Field("percent", "how much of it is done, 0 to 100"),
        Field("type", "bug, feature, refactor, investigation, …"), Field("priority", "how urgent it is", ("high", "medium", "low")), _WHY,
        Field("horizon", "when it is due", ("immediate", "short-term", "future")), Field("ticket", "its number or address"),
        Field("stopped", "file:line where work on it stopped"), _NEXT)),
    Kind("blocker", "Blocked", "what keeps work from going on", (_IMPACT, _NEXT, Field("expected", "when it should be out of the way"), _WHY)),
    Kind("issue", "Known problems", "a known problem", (_SEVERITY, Field("mitigation", "how to live with it"), _WHY, _EXPIRES)),
    Kind("risk", "Risks", "what could go wrong", (_IMPACT, Field("mitigation", "what would make it less likely or less bad"))),
    Kind("question", "Waiting for the user", "something only the user can answer", (
        Field("context", "what the answer decides"), Field("answer", "the answer"))),
    Kind("command", "Run", "a command to set up, run or verify", (
        Field("purpose", "what it is for", ("set-up", "run", "verify")), Field("outcome", "how it ended last"), Field("cwd", "where to run it"))),
    Kind("test-data", "Test data", "data that tests or trials work with", (
        Field("as-of", "the day (YYYY-MM-DD) on which it was right"), _EXPIRES, Field("credentials", "where its credentials lie; never the credentials"))),
    Kind("resource", "Resources", "a document, address or file worth knowing", (Field("link", "address or path"), _EXPIRES)),
    Kind("preference", "Preferences", "how the user wants things done", (Field("scope", "where it holds"), _WHY)),
    Kind("lesson", "Lessons", "what to do differently", (_WHY,)),
    Kind("milestone", "Milestones", "something finished that others build on", (_WHY,)),
)})

Detail = str | tuple[str, ...]


class Record(msgspec.Struct, frozen=True):
    """One typed piece of knowledge.

    id: `ids.ID`. text: Markdown without trailing white space; its first line is the title.
    status / trust: see `Status`, `Trust`. created, updated: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    session, agent, branch: where it was said; "" when not in a session. thread: the piece of work it belongs to.
    details: the kind's own fields (`KINDS`), in the table's order; never an empty value.
    supersedes: ids of the records that this one replaces; superseded_by: the id of the one that replaced it, or "".
    extractor: name and version of the extractor that derived it, "" for what was said on purpose.
    """

    id: str
    kind: str
    text: str
    status: Status = "active"
    trust: Trust = "noted"
    created: str = ""
    updated: str = ""
    session: str = ""
    agent: str = ""
    branch: str = ""
    thread: str = ""
    details: Mapping[str, Detail] = msgspec.field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: str = ""
    extractor: str = ""

    @property
    def title(self) -> str:
        """The first line of the text."""
        return self.text.split("\n", 1)[0]

    def detail(self, name: str) -> str:
        """One detail as text: "" when it is not there, lists joined by `, `."""
        value = self.details.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)


__all__ = ["KINDS", "SEVERITIES", "SEVERITY_MARKS", "STATUSES", "TRUST", "Detail", "Field", "Kind", "Record", "Status", "Trust"]
