"""Sections and anchors."""

import time

import pytest

from passdown.loading.markdown import Markdown, slug

TEXT = """\
# Title

## 🎯 STATE MANAGEMENT OVERVIEW
one

### Detail {#own-id}
two

## Phase 1: Research
<section id="research-context">

three

</section>
four

<a name="old"></a>
## Named above
five

```
## not a heading
```
## Last
"""


@pytest.mark.parametrize(("anchor", "lines"), [
    ("state-management-overview", (3, 8)), ("state-management", (3, 8)), ("State-Management-Overview", (3, 8)), ("own-id", (6, 8)),
    ("research-context", (10, 14)),
    ("old", (17, 23)), ("last", (24, 25)), ("title", (1, 25))])
def test_an_anchor_names_a_part(anchor: str, lines: tuple[int, int]) -> None:
    """A heading by its slug or its beginning, an element by its id up to its end, an id above a heading."""
    part = Markdown(TEXT).anchored(anchor)

    assert part is not None
    assert (part.first, part.last) == lines


@pytest.mark.parametrize("anchor", ["missing", "management", "not-a-heading", ""])
def test_an_anchor_that_is_not_there_is_none(anchor: str) -> None:
    """The middle of a heading is no anchor, fenced text has none."""
    assert Markdown(TEXT).anchored(anchor) is None


def test_slugs_leave_out_what_decorates() -> None:
    """Emphasis, emoji and marks are not part of it."""
    assert slug("🔄 **WORKFLOW** `state` & co") == "workflow-state-co"


def test_many_fences_take_linear_time() -> None:
    """Each kind of fence is searched to the end once."""
    text = "\n".join("`" * (3 + n % 6) + "x" for n in range(60_000))
    began = time.process_time()

    assert not any(Markdown(text).fenced)
    assert time.process_time() - began < 3
