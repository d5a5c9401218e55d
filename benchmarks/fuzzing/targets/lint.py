"""Rules and repairs of documents."""

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.targets.style import TOKENS
from benchmarks.fuzzing.world import MATERIAL

from passdown.formats import sectioned
from passdown.formats.base import GitState
from passdown.formats.repair import repair
from passdown.formats.table import STYLES, detect, style
from passdown.lint.base import World, read
from passdown.lint.edits import mended
from passdown.lint.score import assess
from passdown.lint.table import findings, problems

WORLD = World("2026-11-20", exists=lambda p: len(p) % 2 == 0, resolves=lambda c: (len(c) % 2 == 0, "lacks it"), git=GitState("main"))


def run(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    reading = read("docs/a.md", text, detect(text))
    assess(reading, findings(reading, WORLD), WORLD)
    mended(text, [p.edit for _, p in problems(reading, WORLD) if p.edit])
    repair(text)


TARGETS = {"lint": Target(lambda: [sectioned.update(layout,
    "", MATERIAL).text.encode() for name in STYLES for layout in style(name).layouts], run, TOKENS, once=3.0)}
