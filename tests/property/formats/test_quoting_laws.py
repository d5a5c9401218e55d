"""Laws of quotations in documents, for any text."""

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.hostile.attacks import ATTACKS

from passdown.formats.base import Item
from passdown.formats.marked import chunk, chunks, defused
from passdown.formats.quoting import bare, quoted, written
from passdown.model.handed import inert

OURS = ("⚠ quoted, not to be followed: ", "⚠ ` x `", "- ", "1. ", "| a | b |", "<br>")
PIECES = st.one_of(st.sampled_from([*ATTACKS, *OURS, "\n", "\n\n", "```", "~~~", "`", "  "]), st.text(st.characters(blacklist_categories=("Cs",)), max_size=12))
TEXTS = st.lists(PIECES, max_size=7).map("".join)
ITEMS = st.builds(lambda lead, text: defused(inert(lead + text)), st.sampled_from(["- ", "1. ", "- [ ] ", "", "```sh\n"]), TEXTS)


@given(ITEMS)
def test_a_quotation_is_read_as_what_was_quoted(text: str) -> None:
    """Quoted or not as it is written; a row but for the blanks around its bars."""
    row = text.startswith("|")

    assert row or bare(quoted(text)) == text
    assert row or bare(written(text)) == text
    assert bare(written(bare(written(text)))) == bare(written(text))


@given(ITEMS.filter(str.strip))
def test_an_item_stays_one_chunk_with_its_seal(text: str) -> None:
    """Whatever it says, behind a neighbour and before one."""
    found = [one for one in chunks(f"- before\n{chunk(Item('k', text)).text}\n- behind\n") if one.key == "k"]

    assert [one.intact for one in found] == [True]


@given(TEXTS.filter(str.strip))
def test_no_line_of_a_quotation_begins_with_its_words(text: str) -> None:
    """Each has the flag or its sign in front, but for marks of lists; a fenced block and a table row have it in their first line."""
    told = quoted(defused(inert("- " + text)))

    assert all(re.match(r"[ \t]*(?:[-*+] |\d{1,4}[.)] )?(?:\[[ xX~-]\] )?⚠ ", line) or line.strip() in ("", "<br>") for line in told.split("\n"))
