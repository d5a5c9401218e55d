"""How the text is made: front matter, fenced blocks, tables, line ends, what was mis-decoded."""

import re
from collections.abc import Iterator

from passdown.errors import InvalidRecord
from passdown.formats import front_matter
from passdown.formats.grammar import LAST_BAR, cells
from passdown.formats.marked import SEPARATOR
from passdown.formats.outline import FENCE
from passdown.lint.base import Edit, Problem, Reading, Rule, World

KEY = re.compile(r"^[A-Za-z][\w -]*:(?:\s|$)")
MOJIBAKE = re.compile("ð\x9f|ðŸ|â(?:€|\x80|\x9c|œ|†|\x86|”|Œ)|Ã[\x80-¿]|ï¸")
MOST = 20  # problems of one kind in one document


def broken_front_matter(reading: Reading, _world: World) -> Iterator[Problem]:
    """Never closed, or not YAML. A line `---` above a text that holds no key is a rule, not front matter."""
    if not reading.lines or reading.lines[0].rstrip() != "---":
        return
    if not reading.front:
        if len(reading.lines) > 1 and KEY.match(reading.lines[1]):
            yield Problem(1, "the front matter is never closed", "Put a line `---` below its last key.")
        return
    head = "\n".join(reading.lines[1: reading.front - 1]) + "\n"
    try:
        front_matter.canonical(head, "")
    except (front_matter.NotCanonicalError, InvalidRecord):
        yield from _not_yaml(head)


def _not_yaml(head: str) -> Iterator[Problem]:
    import yaml  # only for what is not in our own form: it takes longer to import than a check may run

    try:
        node = yaml.compose(head, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "no YAML"
        yield Problem(mark.line + 2 if mark else 1, f"the front matter cannot be read: {problem}", "Put values with `: ` or `#` in them in quotes.")
        return
    except (RecursionError, ValueError):
        yield Problem(1, "the front matter cannot be read", "Write lines `key: value`.")
        return
    seen: set[str] = set()
    for key, _ in getattr(node, "value", ()) if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key.value, str) and key.value in seen:
            yield Problem(key.start_mark.line + 2, f"the key `{key.value[:60]}` comes twice in the front matter", "Keep one of them.")
        seen.add(str(key.value))


def unclosed_fence(reading: Reading, _world: World) -> Iterator[Problem]:
    """A fence outside of fenced blocks: nothing closes it."""
    for number, line in enumerate(reading.lines, 1):
        if number > reading.front and not reading.fenced[number - 1] and ("```" in line or "~~~" in line) and _is_fence(line):
            yield Problem(number, "a fenced block is never closed: what follows may be taken for code", "Close it with a line of the same marks.")
            return


def _is_fence(line: str) -> bool:
    match = FENCE.match(line)
    return match is not None and "`" not in line[match.end():].replace(match[1][0], "", 0)


def ragged_table(reading: Reading, _world: World) -> Iterator[Problem]:
    """Rows with fewer or more cells than the head. Empty cells are put in; what is too much, only the author can place."""
    wide, count = 0, 0
    for number, line in enumerate(reading.lines, 1):
        row = line.strip()
        if not row.startswith("|") or reading.fenced[number - 1]:
            wide = 0
            continue
        if SEPARATOR.match(row) and not wide:
            above = reading.lines[number - 2].strip() if number > 1 else ""
            wide = len(cells(above)) if above.startswith("|") else 0
            continue
        has = len(cells(row))
        if wide and has != wide and "`" not in row and count < MOST:
            count += 1
            edit = Edit(number, number, f"{LAST_BAR.sub('', line.rstrip()).rstrip()} |{'  |' * (wide - has)}\n") if has < wide else None
            yield Problem(number, f"the row has {has} cells, the table {wide}", "Give it as many cells; a `|` in a cell is written `\\|`.", edit)


def mixed_line_ends(reading: Reading, _world: World) -> Iterator[Problem]:
    """Some lines end in CRLF, some in LF: those that are fewer are changed."""
    crlf = reading.raw.count("\r\n")
    if not 0 < crlf < reading.raw.count("\n"):
        return
    whole = reading.raw.split("\n")
    dos = [n for n, line in enumerate(whole, 1) if line.endswith("\r")]
    unix = [n for n, line in enumerate(whole[:-1], 1) if not line.endswith("\r")]
    fewer, end = (dos, "\n") if len(dos) <= len(unix) else (unix, "\r\n")
    for number in fewer:
        edit = Edit(number, number, whole[number - 1].rstrip("\r") + end)
        yield Problem(number, f"{len(dos)} lines end in CRLF, {len(unix)} in LF", "Use one of them.", edit)


def tabs(reading: Reading, _world: World) -> Iterator[Problem]:
    """Indentation by tabs outside of code: how deep it is depends on who shows it."""
    for number, line in enumerate(reading.lines, 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip() and not reading.fenced[number - 1]:
            yield Problem(number, "the line is indented by a tab", "Use blanks.", Edit(number, number, indent.expandtabs(4) + line[len(indent):] + "\n"))


def mis_decoded(reading: Reading, _world: World) -> Iterator[Problem]:
    """What can be read back is put right; where a byte was lost, only the author can."""
    if reading.text.isascii():
        return
    from passdown.formats.repair import repair  # only for texts that may need it: its expressions are long to compile

    count = 0
    for number, line in enumerate(reading.lines, 1):
        right, found = repair(line), MOJIBAKE.search(line)
        if (right.spans or found) and count < MOST:
            count += 1
            shown = right.spans[0].before if right.spans else line[found.start():] if found else ""
            edit = Edit(number, number, right.text + "\n") if right.spans else None
            yield Problem(number, f"`{shown[:4]}` is text that was read in the wrong encoding", "Save it again as UTF-8.", edit)


def broken_blocks(reading: Reading, _world: World) -> Iterator[Problem]:
    """`<LOAD_IF>` that is not closed, names no task, or closes nothing."""
    if "load_if" not in reading.text.lower():
        return
    from passdown.loading.blocks import blocks  # only for documents that have some
    from passdown.loading.markdown import Markdown

    for finding in blocks(Markdown(reading.text), "x").findings:
        if finding.severity != "info":
            yield Problem(int(finding.where.rpartition(":")[2] or 0), finding.message, finding.fix)


RULES = (
    Rule("front-matter-broken", "error", "Front matter that no reader understands: every key in it is lost.", broken_front_matter, "D"),
    Rule("fence-unclosed", "warning", "A fenced block that is never closed hides what follows.", unclosed_fence, "A–E"),
    Rule("table-ragged", "warning", "A row with more or fewer cells than its table: cells are dropped or stand in the wrong column.", ragged_table, "A"),
    Rule("line-ends-mixed", "warning", "Lines end in CRLF and LF: every tool that edits the file changes all of it.", mixed_line_ends, "A–E"),
    Rule("tabs", "info", "Indentation by tabs: how deep it is depends on who shows it.", tabs, "A–E"),
    Rule("mis-decoded", "warning", "Text that was read in the wrong encoding: severity marks and dashes cannot be read.", mis_decoded, "A–E"),
    Rule("load-if-broken", "warning", "A `<LOAD_IF>` block that is not closed or names no task: it loads at the wrong time.", broken_blocks, "D"),
)

__all__ = ["RULES"]
