"""Logs of decisions in which each is a table row or a list item: a new one is a row below the last, in the table's own columns, or an item as the others are.

What a row or item has no column or place for stands behind the title, with `<br>` between in a table; `record` reads all of it back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from passdown.formats import grammar
from passdown.formats.base import Item, Layout, Material
from passdown.formats.marked import SEPARATOR, Chunk, chunk, chunks, unmarked
from passdown.formats.outline import HEADING
from passdown.formats.parts.decision_text import MEANS, state
from passdown.formats.parts.entry import WORDS, entry
from passdown.formats.parts.wording import OTHER, harmless, line, row
from passdown.formats.quoting import bare
from passdown.loading.decisions import Entry, entries
from passdown.loading.markdown import Markdown
from passdown.model.handed import FLAG
from passdown.model.ids import ID, derived_id
from passdown.model.record import Record

BREAK = "<br>"
TITLE = 100  # characters of a title in another row
LEAST_ITEMS = 2  # one bold item alone may be a remark
NUMBERS = ("#", "no", "no.", "nr", "nr.", "id", "number", "adr")
ITEM = re.compile(r"^(?P<mark>\s{0,3}(?:\d{1,4}[.)]|[-*+])\s+)(?:\*\*|__)(?P<title>.+?)(?P<between>[:.]?(?:\*\*|__)(?:\s*[-–—:]+)?[ \t]*)(?P<rest>.*)$")


class Habit(msgspec.Struct, frozen=True):
    """How a log has its decisions. columns: what each column of its table says, a value of `MEANS`, `number` or "", () for a list.

    decision: the column of titles. cells: those of the last row. mark, between: list mark, and what stands behind the bold title.
    number: the highest, 0 for none.
    """

    columns: tuple[str, ...] = ()
    decision: int = 0
    cells: tuple[str, ...] = ()
    mark: str = "- "
    between: str = ":** "
    number: int = 0


@lru_cache(maxsize=4)
def habit(text: str) -> Habit | None:
    """Kept for a while: each row asks for it. None for a log of sections, and for one without decisions."""
    page = Markdown(plain(text))
    found = entries(page)
    lines = [page.lines[one.first - 1] for one in found]
    if not found or HEADING.match(lines[0]):
        return None
    number = max((int(one.number) for one in found if one.number.isdecimal()), default=0)
    if lines[-1].lstrip().startswith("|"):
        columns = _columns(page.lines, found[-1].first - 1)
        return Habit(columns, _titles(columns), grammar.cells(unmarked(lines[-1])), number=number) if columns else None
    items = [item for line in lines if (item := ITEM.match(unmarked(line)))]
    if len(items) < LEAST_ITEMS:
        return None
    said = next((item for item in reversed(items) if item["rest"]), None)  # what stands between a title and nothing is no habit
    return Habit(mark=items[-1]["mark"], between=said["between"] if said else Habit().between, number=number)


def plain(text: str) -> str:
    """The log without what makes quotations of items (`quoting`): the same lines, which say what they are again."""
    return "".join(bare(one.text) for one in chunks(text)) if FLAG in text else text


def _columns(lines: Sequence[str], at: int) -> tuple[str, ...]:
    """What the columns of the table around a line say, () where it has no head."""
    while at and not SEPARATOR.match(lines[at].strip()):
        at -= 1
    head = [name.strip("* ").lower() for name in grammar.cells(lines[at - 1])] if at else []
    return tuple("number" if name in NUMBERS else MEANS.get(name, "") for name in head)


def _titles(columns: Sequence[str]) -> int:
    """The column of what was decided: the one that says so, else the first that is neither number nor day."""
    return columns.index("decision") if "decision" in columns else next((n for n, one in enumerate(columns) if one not in ("number", "date", "status")), 0)


def layout(like: Layout, existing: str) -> Layout:
    """How a log is written that has this text now. like: that of logs of sections."""
    return msgspec.structs.replace(like, sections=(), prepare=None, whole=partial(updated, existing=existing))


def updated(text: str, material: Material, existing: str) -> str:
    """The log with the decisions of the material: ours as they are now, new ones below the last. existing: the log whose habit and numbers count.

    An empty text is the existing one as if nobody had touched it.
    """
    how = habit(existing) or Habit()
    present = chunks(text) if text.strip() else [msgspec.structs.replace(one, intact=bool(one.key)) for one in chunks(existing)]
    text = "".join(one.text for one in present)
    records = {r.id: r for r in material.records if r.kind == "decision"}
    newer = {old: r for r in records.values() for old in r.supersedes}
    kept = [_restated(_kept(one, records, how, material), how, newer) for one in present if not (one.intact and one.key in material.withheld)]
    said = {one.key for one in present} | {one.title.lower() for one in entries(Markdown(plain(text)))}  # by its mark, or by its title in somebody's words
    fresh = sorted((r for r in records.values() if not {r.id, r.title.lower()} & said), key=lambda r: (r.created, r.id))
    last = _last(kept, how)
    made = [chunk(Item(r.id, said_of(r, how, material, n))) for n, r in enumerate(fresh, how.number + 1)]
    return "".join(one.text for one in [*_ended(kept[:last]), *made, *kept[last:]])


def _kept(one: Chunk, records: dict[str, Record], how: Habit, material: Material) -> Chunk:
    """A piece of the log: an item of ours that nobody rewrote as its record is now, under the number that it has."""
    if one.key not in records or not one.intact:
        return one
    number = next((int(e.number) for e in entries(Markdown(bare(one.text))) if e.number.isdecimal()), 0)
    return chunk(Item(one.key, said_of(records[one.key], how, material, number)))


def _restated(one: Chunk, how: Habit, newer: Mapping[str, Record]) -> Chunk:
    """The row of a decision that was superseded with that in the column for it; all else, and what has no such column, as it was."""
    told = entries(Markdown(one.text)) if "status" in how.columns and one.text.startswith("|") and not SEPARATOR.match(one.text.strip()) else []
    by = newer.get(one.key or derived_id("document", "decisions", told[0].title)) if told and not told[0].gone else None
    cells = re.split(r"(?<!\\)\|", unmarked(one.text))
    at = how.columns.index("status") + 1 if by else 0
    if by is None or at >= len(cells) - 1 or (one.key and not one.intact):
        return one
    cells[at] = f" superseded by “{line(harmless(by.title, OTHER), TITLE)}”, {(by.created or by.updated)[:10]} ".replace("|", "\\|")
    text = "|".join(cells)
    return chunk(Item(one.key, text.rstrip("\n"))) if one.key else Chunk(text)


def _last(kept: Sequence[Chunk], how: Habit) -> int:
    """Behind the last decision; behind the table's head, or at the end, where there is none."""
    for n in range(len(kept) - 1, -1, -1):
        if kept[n].text.startswith("|") if how.columns else ITEM.match(bare(kept[n].text).split("\n", 1)[0]):
            return n + 1
    return len(kept)


def _ended(kept: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, the last line ended."""
    out = list(kept)
    if out and not out[-1].text.endswith("\n"):
        out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text + "\n")
    return out


def said_of(record: Record, how: Habit, material: Material, number: int) -> str:
    """The decision as a row or item of such a log."""
    first, *rest = entry(record, material, "decision").text.split("\n")
    lines = [first.removeprefix("- "), *(one.strip() for one in rest)]
    return _row(lines, how, number, (record.created or record.updated)[:10]) if how.columns else _item(lines, how, number)


def _row(lines: Sequence[str], how: Habit, number: int, day: str) -> str:
    told: dict[str, list[str]] = {name: [] for name in how.columns}
    for one in lines:
        name = next((n for n in told if n in WORDS and one.startswith(f"{WORDS[n]}: ")), "")
        told[name].append(one.partition(": ")[2]) if name else told.setdefault("decision", []).append("" if one == grammar.PARAGRAPH else one)
    last = how.cells[how.columns.index("number")] if "number" in how.columns and len(how.cells) == len(how.columns) else "1"
    facts = {"number": _counted(last, number), "date": day, "status": "accepted"}
    names = ["decision" if n == how.decision else name for n, name in enumerate(how.columns)]
    said = [facts.get(name) or BREAK.join(told.get(name, ()) if name else ()) for name in names]
    return row(*(one.replace("|", "\\|") or "–" for one in said))


def _item(lines: Sequence[str], how: Habit, number: int) -> str:
    """The title bold, why it was chosen behind it."""
    why = next((n for n, one in enumerate(lines) if one.startswith("Why: ")), 0)
    mark, title = _counted(how.mark, number), lines[0].replace("**", "")
    first = f"{mark}**{title}{how.between}{lines[why].removeprefix('Why: ')}" if why else f"{mark}**{title}**"
    return "\n".join([first, *(f"{' ' * len(mark)}{one}" for n, one in enumerate(lines) if n not in (0, why or -1))])


def _counted(mark: str, number: int) -> str:
    """A number as another one is written: `D-007` → `D-008`."""
    return re.sub(r"\d+", lambda found: f"{number:0{len(found[0])}}", mark, count=1)


def record(one: Chunk, text: str, section: int) -> Record:
    """What a row or item of ours says. text: the log that it stands in."""
    said = unmarked(one.text).rstrip()
    how = habit(text) or Habit()
    lines = list(_lines_of_row(said, how) if said.startswith("|") else _lines_of_item(said)) or [""]  # of an empty row nothing
    made = grammar.record("\n  ".join(["- " + lines[0], *lines[1:]]), grammar.Place(section, "decision"), one.key)
    status = dict(zip(how.columns, grammar.cells(said), strict=False)).get("status", "") if said.startswith("|") else ""
    return msgspec.structs.replace(made, status=state(status))


def labelled(text: str, row: str) -> str:
    """What somebody's row says besides its title, a labelled line a cell where the column has a meaning. text: the log that it stands in."""
    how, said = habit(text) or Habit(), grammar.cells(row)
    told = [(how.columns[n] if n < len(how.columns) else "", cell) for n, cell in enumerate(said) if n != how.decision and cell not in ("", "–", "-")]
    return "\n".join(f"{name}: {cell}" if name else cell for name, cell in told if name != "number")


def _lines_of_row(said: str, how: Habit) -> Iterator[str]:
    cells = grammar.cells(said)
    for n, name in sorted(enumerate(how.columns[: len(cells)]), key=lambda one: one[0] != how.decision):
        if n == how.decision:
            yield from (one or grammar.PARAGRAPH for one in cells[n].split(BREAK))
        elif name in WORDS and cells[n] != "–":
            yield from (f"{WORDS[name]}: {value}" for value in cells[n].split(BREAK))


def _lines_of_item(said: str) -> Iterator[str]:
    first, *rest = said.split("\n")
    found = ITEM.match(first)
    yield found["title"] if found else first
    yield from (one.strip() for one in rest)
    if found and found["rest"]:
        yield f"Why: {found['rest']}"


def marked(text: str) -> dict[int, Chunk]:
    """The rows and items of ours, by the numbers of their lines."""
    out: dict[int, Chunk] = {}
    at = 1
    for one in chunks(text):
        if ID.fullmatch(one.key):
            out[at] = one
        at += one.text.count("\n")
    return out


def numbered(text: str) -> dict[str, str]:
    """What each decision of ours is called, by its record's id, where the log numbers them: `Decision 7`."""
    there: dict[int, Entry] = {one.first: one for one in entries(Markdown(plain(text)))}
    return {one.key: f"Decision {there[at].number}" for at, one in marked(text).items() if at in there and there[at].number.isdecimal()}


__all__ = ["Habit", "habit", "labelled", "layout", "marked", "numbered", "record", "said_of", "updated"]
