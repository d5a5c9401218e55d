"""What must not stand in a document that is handed on: secrets, personal data, orders to whoever reads it, whole files."""

import re
from collections.abc import Iterator

from passdown.formats.marked import MARK
from passdown.formats.personal import personal
from passdown.formats.quoting import WARNING
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.words import bag
from passdown.model.suspect import suspect
from passdown.redaction.scan import hits

PASTED = 30  # lines of a fenced block of code; more are a file
PROGRAM = bag("""
py python js javascript jsx ts typescript tsx go rust rs java kotlin kt swift c cpp cs csharp rb ruby php scala clj ex exs hs html css scss sql vue svelte dart
lua json yaml yml toml xml lean zig
""")
CODE = re.compile(
    r"[;{}]\s*$|^\s*(?:import|from|def|class|func|fn|const|let|var|public|private|return|if|for|while|use|package|#include)\b|^\s*\"[\w-]+\":|\)\s*:?$")


def secrets(reading: Reading, _world: World) -> Iterator[Problem]:
    """One for each; what it is is not said again."""
    data = reading.text.encode("utf-8", "surrogatepass")
    line, counted = 1, 0
    for hit in hits(data):
        line, counted = line + data.count(b"\n", counted, hit.start), hit.start
        yield Problem(line, f"what looks like a secret ({hit.code}) stands here",
                      "Take it out and revoke it where it was issued; name the place where credentials lie instead.")


def personal_data(reading: Reading, _world: World) -> Iterator[Problem]:
    for number, line in enumerate(reading.lines, 1):
        if ("@" in line or "+" in line) and personal(line[:LONGEST]):
            yield Problem(number, "an e-mail address or telephone number stands here", "Take it out, or name the role instead of the person.")


LONGEST = 10_000


def orders(reading: Reading, _world: World) -> Iterator[Problem]:
    """Lines that speak to whoever reads them. What we quoted is said to be a quotation already (`formats.quoting`), a fenced block in its first line."""
    warned = False
    for number, (line, fenced) in enumerate(zip(reading.lines, reading.fenced, strict=True), 1):
        warned = WARNING in line if fenced == "open" else warned and fenced == "in"
        if not warned and WARNING not in line and suspect(MARK.sub("", line)[:LONGEST]):
            yield Problem(number, "this speaks to the agent that reads it, instead of about the work",
                          "Say what is so, or take it out if nobody knows whose it is.")


def pasted(reading: Reading, _world: World) -> Iterator[Problem]:
    """Long fenced blocks of code; diagrams, trees and logs are none."""
    at = 0
    while at < len(reading.lines):
        if reading.fenced[at] != "open":
            at += 1
            continue
        end = at + 1
        while end < len(reading.lines) and reading.fenced[end] == "in":
            end += 1
        body = reading.lines[at + 1: end - 1]
        language = reading.lines[at].strip("`~ \t").split(" ")[0].lower()
        said = [line for line in body if line.strip()]
        if len(said) > PASTED and language in (*PROGRAM, "") and sum(bool(CODE.search(line)) for line in said) * 3 > len(said):
            yield Problem(at + 1, f"{len(body)} lines of code are pasted here", "Name the place (path:first-last) instead: a file is read where it lies.")
        at = end


RULES = (
    Rule("secret", "error", "A credential in a document that is handed on.", secrets, "A"),
    Rule("personal-data", "warning", "An e-mail address or telephone number in a document that is handed on.", personal_data, "A"),
    Rule("speaks-to-agent", "warning", "A line that orders its reader to drop instructions or to hide something, or that passes for a host's.", orders, "A"),
    Rule("file-pasted", "info", "A whole file is pasted: it grows old here, and costs the context that the document is to save.", pasted, "A"),
)

__all__ = ["RULES"]
