"""Each style: any Markdown is detected, read, and brought up to date; a second time it stays as it is."""

from collections.abc import Callable

from benchmarks.fuzzing.base import BrokenLaw, Target
from benchmarks.fuzzing.world import MATERIAL

from passdown.formats import sectioned
from passdown.formats.base import Layout
from passdown.formats.table import STYLES, detect, style

TOKENS = (b"# ", b"## ", b"### ", b"- ", b"- [ ] ", b"| a | b |\n", b"|---|---|\n", b"```\n", b"~~~", b"---\n", b"**Why:** ",
    b"<!-- pd:01m3250v00yn62s6 abcdef -->",
          b"<LOAD_IF task=\"a\">", b"</LOAD_IF>", b"<document>", b"</document>", b"\n\n", b"> ", b"1. ", b"\t", b"<details>", b"[a](b)", b"**Status**: ")


def run_of(layout: Layout) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        detect(text)
        sectioned.parse(layout, text)
        once = sectioned.update(layout, text, MATERIAL).text
        if sectioned.update(layout, once, MATERIAL).text != once:
            raise BrokenLaw("an update is no fixpoint")

    return run


def seeds_of(layout: Layout) -> Callable[[], list[bytes]]:
    return lambda: [sectioned.update(layout, "", MATERIAL).text.encode(),
        b"# Title\n\nText of others\n\n```py\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"]


TARGETS = {f"style-{layout.name}": Target(seeds_of(layout), run_of(layout), TOKENS, once=4.0) for name in STYLES for layout in style(name).layouts}
