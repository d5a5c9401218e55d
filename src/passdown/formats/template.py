"""An empty document of a style: its sections in order, and in each a comment that says what belongs there. Read back, it holds no record."""

from collections.abc import Iterator

from passdown.formats import sectioned
from passdown.formats.base import Layout, Material, Section, nothing
from passdown.formats.table import style
from passdown.model.record import KINDS

EMPTY = Material(now="0000-00-00T00:00:00Z")


def blank(name: str) -> str:
    """A style's documents, empty, one below the other; each with its place in a comment when there are several. Raises `KeyError` for an unknown style."""
    layouts = style(name).layouts
    return "\n".join((f"<!-- {one.glob} -->\n" if len(layouts) > 1 else "") + template(one) for one in layouts)


def template(layout: Layout) -> str:
    """One empty document. Days stand as YYYY-MM-DD."""
    title = layout.title(EMPTY).strip("\n").replace(EMPTY.today, "YYYY-MM-DD")
    head = [item.text.replace(EMPTY.today, "YYYY-MM-DD") for item in layout.head(EMPTY)]
    return "\n\n".join(filter(None, (title, *head, *sections(layout), *(item.text for item in layout.foot(EMPTY))))) + "\n"


def sections(layout: Layout) -> Iterator[str]:
    """Each section's heading with its guidance, subsections a level deeper, the archive last; without sections that are only read, never written."""
    holding = {s.within for s in layout.sections}
    for section in (s for s in layout.sections if s.make is not nothing or s.number in holding):
        heading = f"{'###' if section.within else '##'} {sectioned.heading_of(layout, section)}"
        yield "\n\n".join(filter(None, (heading, f"<!-- {guidance(section)} -->", section.head)))
    if layout.archive:
        yield f"## {layout.archive}"


def guidance(section: Section) -> str:
    """What belongs there, by the kind of its records, and in how many lines."""
    kind = KINDS.get(section.kind)
    optional = "Optional. " if section.optional else ""
    if section.asks or kind is None:
        return f"{optional}{section.asks} At most {section.budget} lines.".replace("  ", " ")
    fields = [f"{f.name} ({' | '.join(f.choices)})" if f.choices else f.name for f in kind.fields if f.name not in section.given]
    given = ", ".join(f"{name}: {value}" for name, value in section.given.items())
    what = f"{kind.name.capitalize()}{f' ({given})' if given else ''}: {kind.says}, one item each"
    return f"{optional}{what}; with {', '.join([*fields, 'file:lines'])}. At most {section.budget} lines."


__all__ = ["blank", "template"]
