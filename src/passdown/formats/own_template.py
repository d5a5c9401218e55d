"""A project's own template as a style: Jinja2 in a sandbox, with the record model that docs/templates.md describes.

The template sees values alone, and may neither change nor call anything that could reach outside (`template_sandbox`). The document is written anew each time;
what somebody rewrote in a marked item stays, and a seal in the last line tells whether somebody wrote between the items, which would be lost.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

import msgspec
from msgspec.structs import replace

from passdown.errors import BadTemplate, EditedDocument
from passdown.formats import grammar
from passdown.formats.base import Found, GitState, Item, Layout, Material, Planned, Style
from passdown.formats.marked import MARK, Chunk, chunk, chunks, seal, unmarked
from passdown.formats.parts.entry import entry
from passdown.formats.quoting import spanned
from passdown.model.handed import FLAG, inert_throughout
from passdown.model.ids import ID
from passdown.model.json_values import changed
from passdown.model.record import Record
from passdown.model.suspect import suspect

FILE = "<template>"  # the file name of a template's code in a traceback
LARGEST = 100_000  # characters of a template
PATH = re.compile(r"\A\s*\{#-?\s*path:\s*(?P<path>[\w./ -]+\.\w+)\s*-?#\}")
SEAL = re.compile(r"^<!-- passdown template (?P<name>[\w.-]+) (?P<seal>[0-9a-f]{6}) -->$", re.MULTILINE)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")


def style(name: str, source: str) -> Style:
    """The style that a template is. Raises `BadTemplate` for one that cannot be read."""
    where = place(name, source)
    layout = Layout(name, where, lambda _: "", (), read=read, whole=lambda existing, material: written(name, source, existing, material))
    return Style(name, "a template of this project", (layout,), lambda material, _: (Planned(where, layout, material),))


def place(name: str, source: str) -> str:
    """Where the document lies: what `{# path: docs/STATE.md #}` at the template's beginning says, else `.passdown/handoffs/NAME.md`."""
    found = PATH.match(source)
    path = PurePosixPath(found["path"].strip() if found else f".passdown/handoffs/{name}.md")
    if path.is_absolute() or any(part == ".." or part.casefold().rstrip(". ") == ".git" for part in path.parts):  # as file systems read it, also in capitals
        raise BadTemplate(name=name, line=1, problem=f"the path `{path}` leads out of the project")
    return str(path)


def written(name: str, source: str, existing: str, material: Material) -> str:
    """The document, sealed. Raises `BadTemplate`, `EditedDocument` for an existing text that is not as it was written."""
    found = SEAL.search(existing)
    if existing.strip() and not (found and found["seal"] == sealed(existing[: found.start()]) and not existing[found.end():].strip()):
        raise EditedDocument(where=place(name, source), style=name)
    rewritten = [c for c in chunks(existing) if c.key and not c.intact]
    by_key = {c.key: c for c in reversed(rewritten)}
    said = [by_key.get(c.key, c) for c in chunks(SEAL.sub("", rendered(name, source, material)).rstrip("\n") + "\n\n")]
    text = "".join(c.text for c in said) + "".join(unsaid(rewritten, said))
    return f"{text}<!-- passdown template {name} {sealed(text)} -->\n"


def unsaid(rewritten: Sequence[Chunk], said: Sequence[Chunk]) -> Iterator[str]:
    """What somebody rewrote and the template does not say any more, such as an item whose record was archived since, or a copy: each apart from the others."""
    told = {c.text.strip() for c in said}
    for one in rewritten:
        if one.text.strip() not in told:
            told.add(one.text.strip())
            yield one.text.strip("\n") + "\n\n"


def sealed(text: str) -> str:
    """Six digits that stand for what the template says between the items."""
    return seal("".join(c.text for c in chunks(text) if not c.key and not c.blank))


def read(text: str) -> tuple[Found, ...]:
    """The records that carry our marks; their kind is what their label says."""
    found: list[Found] = []
    first = 1
    for one in chunks(text):
        if ID.fullmatch(one.key):
            record = grammar.record(unmarked(one.text).rstrip(), grammar.Place(1, "knowledge"), one.key)
            found.append(Found(record, 1, first, first + one.text.rstrip("\n").count("\n"), not one.intact))
        first += one.text.count("\n")
    return tuple(found)


def rendered(name: str, source: str, material: Material) -> str:
    """What the template says of the material. Raises `BadTemplate` with its line."""
    from jinja2 import TemplateError  # an extra: only who has templates needs it

    from passdown.formats.template_sandbox import run

    if len(source) > LARGEST:
        raise BadTemplate(name=name, line=0, problem=f"it is longer than {LARGEST} characters")
    try:
        filters: dict[str, Callable[..., str]] = {"entry": partial(whole, material), "mark": marked}
        return run(source, name, given(material), filters, told=told)
    except TemplateError as error:
        raise BadTemplate(name=name, line=getattr(error, "lineno", None) or line_of(error), problem=plain(str(error.message))) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise BadTemplate(name=name, line=line_of(error), problem=plain(str(error)) or type(error).__name__) from None


def whole(material: Material, record: Record) -> str:
    """The record as an item that is read back."""
    return chunk(entry(record, material, "")).text.rstrip("\n")


def marked(text: object, record: Record) -> str:
    """A text with the mark by which it is found again as what the document says of a record."""
    return chunk(Item(record.id, str(text))).text.rstrip("\n")


def told(text: str) -> str:
    """A value as the template puts it out: an item of ours as it is, else quoted on one line where it speaks to an agent."""
    return text if MARK.search(text) or not suspect(text) else FLAG + spanned(" ".join(text.split()))


def given(material: Material) -> dict[str, object]:
    """The names that a template knows. Nothing in their values is a mark, of a host or of ours."""
    said = msgspec.convert(changed(msgspec.to_builtins(replace(material, withheld=frozenset(), existing=frozenset())), inert_throughout), Material)
    return {
        "records": said.records, "done": said.done, "sessions": said.sessions, "project": said.overview, "git": said.git or GitState(),
        "today": said.today, "now": said.now, "standing": dict(said.standing)}


def line_of(error: BaseException) -> int:
    """The line of the template at which it stopped, 0 when that is not known."""
    line, trace = 0, error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        line = trace.tb_lineno if code.co_filename == FILE else line
        trace = trace.tb_next
    return line


def plain(message: str) -> str:
    """An error's words without what names the inside of this program."""
    return re.sub(r"passdown(?:\.\w+)+\.", "", message).split("\n", 1)[0][:300]


__all__ = ["NAME", "given", "place", "read", "rendered", "style", "written"]
