"""What a memory document says of itself: type, version, domain, scope, parents, tier, and when it is to be loaded.

Source: the domain memory files of Claude Code projects (`CLAUDE.md` and its like, 2025-08/09), seen 2026-11: a `<document>` element with attributes and
`<metadata>` below it, at the head of the file. The same keys are read from YAML front matter and from lines such as `- **Triggers:** a|b` above the first
section; of `<!-- Domain Context | Token Budget: 4K | Purpose: … -->` type, budget and scope. The first place that gives a key wins.
"""

import re
from collections.abc import Iterator

import msgspec

from passdown.loading.triggers import Trigger, triggers
from passdown.model.finding import Finding

HEAD_CHARS = 16_000  # metadata stands at the head
_NAMES = {
    "type": "type", "version": "version", "domain": "domain", "scope": "scope", "purpose": "scope",
    "inherits": "inherits", "inherits-from": "inherits", "extends": "inherits", "parent": "inherits",
    "inheritance-level": "tier", "tier": "tier", "selective-loading": "selective", "selective": "selective",
    "loads-when": "loads_when", "load-when": "loads_when", "triggers": "triggers", "trigger": "triggers", "token-budget": "budget",
}
LOADING = frozenset(("inherits", "tier", "selective", "loads_when", "triggers"))  # keys that make a Markdown file a memory document
_DOCUMENT = re.compile(r"<document\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ELEMENT = re.compile(r"<([a-zA-Z][\w-]*)>([^<]*)</\1\s*>")
_LINE = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__)?([A-Za-z][A-Za-z _-]{2,24}?)(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*(.*?)\s*")
_ITEM = re.compile(r"\s*[-*+]\s+(.*?)\s*")
_COMMENT = re.compile(r"<!--([^>\n]*\|[^>\n]*)-->")
_TIER = re.compile(r"\btier\s*(\d)|^\s*(\d)\b", re.IGNORECASE)
_YES, _NO = frozenset(("true", "yes", "on", "1")), frozenset(("false", "no", "off", "0"))


class Metadata(msgspec.Struct, frozen=True):
    """inherits: as written. tier: 1 is the base, 0 when it does not say. selective: None when it does not say. body: offset at which the text begins."""

    type: str = ""
    version: str = ""
    domain: str = ""
    scope: str = ""
    inherits: tuple[str, ...] = ()
    tier: int = 0
    selective: bool | None = None
    loads_when: tuple[Trigger, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    keys: frozenset[str] = frozenset()
    body: int = 0

    @property
    def present(self) -> bool:
        """Whether it says anything about loading."""
        return bool(self.keys & LOADING)

    @property
    def asks(self) -> tuple[Trigger, ...]:
        """Everything that a task may match; the domain where nothing else is given."""
        return self.triggers + self.loads_when or triggers(self.domain)


def metadata(text: str, where: str = "") -> tuple[Metadata, list[Finding]]:
    """The metadata of a document's text, and what is wrong with it; never raises."""
    head = text[:HEAD_CHARS]
    findings: list[Finding] = []
    front, body = _front_matter(head)
    element, end = _element(head, body, where, findings)
    given: dict[str, str] = {}
    for pairs in (element, front, _inline(head[max(body, end):]), _comment(head)):
        for key, value in pairs:
            name = _NAMES.get(re.sub(r"[ _]+", "-", key.strip().lower()))
            if name and value.strip():
                given.setdefault(name, value.strip().strip("\"'"))
    return _made(given, max(body, end), where, findings), findings


def _made(given: dict[str, str], body: int, where: str, findings: list[Finding]) -> Metadata:
    tier = _TIER.search(given.get("tier", ""))
    said = given.get("selective", "").lower()
    if said and said not in _YES | _NO:
        findings.append(Finding("metadata-value", "warning", where, f"selective-loading is `{said[:40]}`, neither true nor false", "Write true or false."))
    parents = tuple(p for part in re.split(r"[|,;\n]", given.get("inherits", "")) if (p := part.strip().strip("\"'`@")))
    return Metadata(
        type=given.get("type", ""), version=given.get("version", ""), domain=given.get("domain", ""), scope=given.get("scope", ""),
        inherits=parents if given.get("inherits", "").lower() not in ("none", "null", "-") else (),
        tier=int(tier[1] or tier[2]) if tier else 0, selective=True if said in _YES else False if said in _NO else None,
        loads_when=triggers(given.get("loads_when", ""), prose=True), triggers=triggers(given.get("triggers", "")), keys=frozenset(given), body=body)


def _element(head: str, start: int, where: str, findings: list[Finding]) -> tuple[list[tuple[str, str]], int]:
    """Keys of `<document …><metadata>…`, and where it ends; only where it stands above the first section."""
    opening = _DOCUMENT.search(head, start, _first_section(head, start))
    if not opening:
        return [], 0
    pairs = [(m[1], m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(opening[1])]
    if opening[1].rstrip().endswith("/"):
        return pairs, opening.end()
    end = head.find("</document>", opening.end())
    inner_end = head.find("</metadata>", opening.end())
    if end < 0 and inner_end < 0:
        findings.append(Finding("metadata-unclosed", "warning", where, "its `<document>` is never closed", "Close it with `</metadata>` and `</document>`."))
        inner_end = _first_section(head, opening.end())
    stop = max(inner_end, end)
    pairs += [(m[1], m[2]) for m in _ELEMENT.finditer(head, opening.end(), stop)]
    closed = end + len("</document>") if end >= 0 else inner_end + len("</metadata>") if head.startswith("</metadata>", inner_end) else opening.end()
    return pairs, closed


def _first_section(head: str, start: int) -> int:
    at = head.find("\n## ", start)
    return at if at >= 0 else len(head)


def _front_matter(head: str) -> tuple[list[tuple[str, str]], int]:
    """Keys of `---` front matter, lists joined by `|`, and where it ends. Read by lines: what is not `key: value` is passed over."""
    start = 1 if head.startswith("\ufeff") else 0
    if not re.match(r"---[ \t]*\r?\n", head[start: start + 20]):
        return [], 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(head, head.index("\n", start) + 1)
    if not end:
        return [], 0
    return list(_pairs(head[head.index("\n", start) + 1: end.start()])), end.end()


def _inline(head: str) -> list[tuple[str, str]]:
    """`key: value` lines above the first section, list marks and emphasis left out."""
    return [(m[1], m[2]) for line in head[:_first_section(head, 0)].split("\n")[:60] if ":" in line and (m := _LINE.fullmatch(line[:500]))]


def _pairs(block: str) -> Iterator[tuple[str, str]]:
    key, items = "", list[str]()
    for line in [*block.split("\n"), "end:"]:
        match = re.match(r"\s{0,4}([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t\r]*$", line[:2_000])
        item = _ITEM.fullmatch(line[:500]) if key and not match else None
        if item:
            items.append(item[1].strip("\"'"))
        elif match:
            if key:
                yield key, "|".join(items)
            key, items = match[1], _flow(match[2])


def _flow(value: str) -> list[str]:
    """`[a, b]` as its items, anything else as itself."""
    if value.startswith("[") and value.endswith("]"):
        return [part.strip().strip("\"'") for part in value[1:-1].split(",")]
    return [value.strip("\"'")] if value and value not in ("|", ">", "|-", ">-") else []


def _comment(head: str) -> list[tuple[str, str]]:
    """`<!-- Domain Context | Token Budget: 4K | Purpose: … -->` in the first lines."""
    match = _COMMENT.search(head[:1_000])
    if not match:
        return []
    first, *rest = match[1].split("|")
    return [("type", first), *((key, value) for part in rest for key, colon, value in [part.partition(":")] if colon)]


__all__ = ["Metadata", "metadata"]
