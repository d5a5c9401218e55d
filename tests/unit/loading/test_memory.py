"""System D, clause by clause: which memory documents and blocks a task loads."""

import time
from collections.abc import Sequence

import pytest
from tests.unit.loading.texts import Texts

from passdown.briefing.tokens import estimate
from passdown.loading import memory
from passdown.loading.memory import Selection
from passdown.loading.words import task_of


def document(triggers: str = "", inherits: str = "", body: str = "", more: str = "") -> str:
    attribute = f' inherits="{inherits}"' if inherits else ""
    keys = (f"<triggers>{triggers}</triggers>" if triggers else "") + more
    return f"# Title\n<document{attribute}>\n<metadata>{keys}</metadata>\n</document>\n{body}\n"


def select(texts: dict[str, str], task: str, candidates: Sequence[str] = ()) -> Selection:
    return memory.select(candidates or sorted(texts), Texts(texts), task_of(task), estimate)


def loaded(chosen: Selection) -> dict[str, str]:
    out: dict[str, str] = {}
    for piece in chosen.pieces:
        out[piece.path] = out.get(piece.path, "") + piece.text + "\n"
    return out


def codes(chosen: Selection) -> list[str]:
    return [f.code for f in chosen.findings]


def test_only_the_documents_that_match_are_loaded() -> None:
    """The others stay away, and it is said why."""
    chosen = select({"a.md": document("session|state", body="of sessions"), "b.md": document("audio", body="of audio")}, "track the states")

    assert set(loaded(chosen)) == {"a.md"}
    assert [(c.path, c.loaded) for c in chosen.considered] == [("a.md", True), ("b.md", False)]
    assert "trigger `state`" in chosen.considered[0].why
    assert "`audio`" in chosen.considered[1].why


def test_only_the_blocks_that_match_are_loaded() -> None:
    """The text around them comes with the document."""
    body = 'always\n<LOAD_IF task="batch|parallel">\nof batches\n</LOAD_IF>\n<LOAD_IF task="template">\nof templates\n</LOAD_IF>\nend'
    text = loaded(select({"a.md": document("session", body=body)}, "batch session"))["a.md"]

    assert "always" in text
    assert "of batches" in text
    assert "end" in text
    assert "of templates" not in text
    assert "LOAD_IF" not in text


def test_a_heading_stays_away_with_its_block() -> None:
    """Text above a block stays, also below a heading."""
    body = "\n".join((
        "## One", '<LOAD_IF task="x">', "not", "</LOAD_IF>", "---", "## Two", "### Deep", '<LOAD_IF task="batch">', "six", "</LOAD_IF>",
        "## Three", "words", '<LOAD_IF task="x">', "not", "</LOAD_IF>"))
    text = loaded(select({"a.md": document("batch", body=body)}, "batch"))["a.md"]

    assert [line for line in text.split("\n") if line.startswith(("#", "six", "words"))] == ["## Two", "### Deep", "six", "## Three", "words"]


def test_loads_when_counts_as_triggers_do() -> None:
    """Either may ask for the document."""
    texts = {"a.md": document(more="<loads-when>session management, cost tracking</loads-when>", body="x")}

    assert loaded(select(texts, "track the costs of the last run"))
    assert not loaded(select(texts, "manage the users"))


def test_parents_come_first() -> None:
    """Through the whole chain, whatever the order in which they are found; parents need no trigger of their own."""
    texts = {"a.md": document("x", inherits="lib/b.md", body="derived"), "lib/b.md": document("other", inherits="/c.md", body="middle"), "c.md": "base\n"}

    assert list(loaded(select(texts, "x"))) == ["c.md", "lib/b.md", "a.md"]
    assert list(loaded(select(texts, "x", ["lib/b.md", "c.md", "a.md"]))) == ["c.md", "lib/b.md", "a.md"]


def test_blocks_of_parents_must_match_too() -> None:
    """A base is filtered like every document."""
    texts = {"a.md": document("x", inherits="b.md"), "b.md": 'base\n<LOAD_IF task="x">\nyes\n</LOAD_IF>\n<LOAD_IF task="y">\nno\n</LOAD_IF>\n'}

    text = loaded(select(texts, "x", ["a.md"]))["b.md"]

    assert "yes" in text
    assert "no\n" not in text


def test_a_tier_orders_what_is_not_related() -> None:
    """Tier 1 goes before tier 3."""
    texts = {"a.md": document("x", body="a", more="<inheritance-level>Tier 3 - Domain</inheritance-level>"),
             "b.md": document("x", body="b", more="<tier>1</tier>")}

    assert list(loaded(select(texts, "x"))) == ["b.md", "a.md"]


def test_a_parent_may_be_named_by_its_domain() -> None:
    """Or by its file name, where it is no path."""
    texts = {"a.md": document("x", inherits="core"), "docs/core-rules.md": document(more="<domain>core</domain><triggers>never</triggers>", body="base")}

    assert "docs/core-rules.md" in loaded(select(texts, "x"))


@pytest.mark.parametrize(("texts", "code"), [
    ({"a.md": document("x", inherits="b.md", body="t"), "b.md": document("y", inherits="a.md", body="u")}, "inherits-cycle"),
    ({"a.md": document("x", inherits="a.md", body="t")}, "inherits-cycle"),
    ({"a.md": document("x", inherits="gone.md", body="t")}, "inherits-missing"),
    ({"a.md": document("x", inherits="../../etc/passwd", body="t")}, "inherits-outside"),
    ({f"d{n}.md": document("x" if n == 0 else "y", inherits=f"d{n + 1}.md", body="t") for n in range(200)}, "inherits-deep"),
], ids=["ring", "itself", "missing", "outside", "deep"])
def test_broken_chains_are_findings(texts: dict[str, str], code: str) -> None:
    """The document itself still loads, once."""
    chosen = select(texts, "x")

    assert codes(chosen) == [code]
    assert "t\n" in loaded(chosen)[min(texts)]


def test_two_documents_share_a_parent() -> None:
    """It is loaded once, before both."""
    texts = {"a.md": document("x", inherits="z.md"), "b.md": document("x", inherits="z.md"), "z.md": "base\n"}
    chosen = select({**texts, "a.md": texts["a.md"] + "a\n", "b.md": texts["b.md"] + "b\n"}, "x")

    assert [p.path for p in chosen.pieces if "base" in p.text] == ["z.md"]
    assert next(iter(loaded(chosen))) == "z.md"


def test_not_selective_loads_whole() -> None:
    """`selective-loading: false`: whatever the task, with every block."""
    body = 'always\n<LOAD_IF task="y">\nalso\n</LOAD_IF>'
    text = loaded(select({"a.md": document("x", body=body, more="<selective-loading>false</selective-loading>")}, "something else"))["a.md"]

    assert "always" in text
    assert "also" in text


def test_a_block_is_reached_where_its_document_is_not_asked_for() -> None:
    """Then it loads alone, under its heading."""
    body = '## General\nnot this\n\n### Batches\n<LOAD_IF task="batch">\nof batches\n</LOAD_IF>'
    text = loaded(select({"a.md": document("session", body=body)}, "a batch"))["a.md"]

    assert text == "### Batches\nof batches\n"


def test_a_hub_without_triggers_loads_where_a_block_does() -> None:
    """With the text around its blocks."""
    texts = {"CLAUDE.md": 'hub\n<LOAD_IF task="research">\n→ Load: @docs/r.md\n</LOAD_IF>\n', "docs/r.md": "how to research\n"}

    assert loaded(select(texts, "research it")) == {"CLAUDE.md": "hub\n→ Load: @docs/r.md\n", "docs/r.md": "how to research\n"}
    assert not loaded(select(texts, "fix it"))


def test_a_document_without_metadata_is_none() -> None:
    """It is nobody's to load."""
    assert select({"a.md": "# Session\nprose\n"}, "session") == Selection()


# References


def with_block(reference: str) -> str:
    return f'hub\n<LOAD_IF task="x">\n- {reference}\n</LOAD_IF>\n'


def test_a_reference_to_an_anchor_loads_that_part() -> None:
    """The section under the heading, not the rest."""
    texts = {"hub.md": with_block("@docs/a.md#part-two"), "docs/a.md": "# A\n## Part one\none\n## Part two\ntwo\n### Deeper\ndeep\n## Part three\nthree\n"}

    assert loaded(select(texts, "x", ["hub.md"]))["docs/a.md"] == "## Part two\ntwo\n### Deeper\ndeep\n"


def test_a_reference_to_folders_loads_their_documents() -> None:
    """`@batch_*/` gives what lies right in them, in order."""
    texts = {"m/hub.md": with_block("@batch_*/"), "m/batch_1/a.md": "one", "m/batch_2/b.md": "two", "m/other/c.md": "no",
             "m/batch_2/deep/d.md": "no", "m/batch_1/x.png": "no"}

    assert list(loaded(select(texts, "x", ["m/hub.md"]))) == ["m/hub.md", "m/batch_1/a.md", "m/batch_2/b.md"]


def test_a_reference_in_a_heading_belongs_to_the_block_below() -> None:
    """As in `### Batches - @batch_*/` above a LOAD_IF."""
    body = '### Batches - `@batch_*/`\n<LOAD_IF task="batch">\nb\n</LOAD_IF>\n### Templates - `@templates/`\n<LOAD_IF task="template">\nt\n</LOAD_IF>'
    texts = {"a.md": document("session", body=body), "batch_1/p.md": "progress", "templates/t.md": "template"}

    assert "templates/t.md" not in loaded(select(texts, "session batch", ["a.md"]))
    assert "batch_1/p.md" in loaded(select(texts, "session batch", ["a.md"]))
    assert "batch_1/p.md" in loaded(select(texts, "batch", ["a.md"]))


def test_a_reference_outside_of_blocks_is_followed_when_the_task_names_it() -> None:
    """Or when it is an import; a mere cross-reference is listed, not loaded."""
    body = "- Research process: @agents/r.md\n- Audio: @agents/a.md\n@agents/always.md\n"
    texts = {"a.md": document("session", body=body), "agents/r.md": "r", "agents/a.md": "a", "agents/always.md": "always"}
    chosen = select(texts, "research session", ["a.md"])

    assert set(loaded(chosen)) == {"a.md", "agents/r.md", "agents/always.md"}
    assert [(c.path, c.loaded) for c in chosen.considered if c.path == "agents/a.md"] == [("agents/a.md", False)]


@pytest.mark.parametrize(("reference", "code"), [
    ("@gone.md", "reference-missing"), ("@gone_*/", "reference-missing"), ("@../../secret.md", "reference-outside"),
                                                 ("@~/.ssh/config.md", "reference-outside"), ("@a.md#gone", "anchor-missing")])
def test_broken_references_are_findings(reference: str, code: str) -> None:
    """The block that holds one still loads; a part that is not there gives way to the whole document."""
    texts = {"hub.md": with_block(reference), "a.md": "whole"}
    chosen = select(texts, "x", ["hub.md"])

    assert codes(chosen) == [code]
    assert reference in loaded(chosen)["hub.md"]


def test_references_that_go_round_end() -> None:
    """Each document is loaded once."""
    texts = {"hub.md": with_block("@a.md"), "a.md": "@b.md\n", "b.md": "@a.md\n@hub.md\n"}

    assert loaded(select(texts, "x", ["hub.md"])) == {"hub.md": "hub\n- @a.md\n", "a.md": "@b.md\n", "b.md": "@a.md\n@hub.md\n"}


def test_references_are_bounded() -> None:
    """In depth and in number; what was not followed is a finding."""
    deep = {f"d{n}.md": f"@d{n + 1}.md\n" for n in range(50)}
    wide = {f"w{n}.md": "x" for n in range(500)}
    texts = {"hub.md": with_block("@d0.md") + "\n".join(f"@{p}" for p in wide), **deep, **wide}
    chosen = select(texts, "x", ["hub.md"])

    assert "references-bounded" in codes(chosen)
    assert len(loaded(chosen)) <= memory.MAX_DOCUMENTS
    assert "d6.md" not in loaded(chosen)


def test_a_referenced_document_brings_its_bases() -> None:
    """Through the chain, the bases first."""
    texts = {"hub.md": with_block("@a.md"), "a.md": document("other", inherits="b.md", body="derived"), "b.md": "base\n"}

    assert list(loaded(select(texts, "x", ["hub.md"]))) == ["hub.md", "b.md", "a.md"]


def test_a_bad_regex_is_a_finding() -> None:
    """With the document or the block in which it stands."""
    chosen = select({"a.md": document("/(?<=x)y/", body='<LOAD_IF task="/((/">\nz\n</LOAD_IF>')}, "x")

    assert codes(chosen) == ["trigger-regex"]
    assert {f.where.split(":")[0] for f in chosen.findings} == {"a.md"}


def test_lines_are_those_of_the_document() -> None:
    """Each piece names where it stands."""
    text = document("x", body='one\n<LOAD_IF task="x">\ntwo\n</LOAD_IF>\n\n\nthree')

    for piece in select({"a.md": text}, "x").pieces:
        assert "\n".join(text.split("\n")[piece.first - 1: piece.last]) == piece.text


def test_ten_thousand_documents_take_seconds() -> None:
    """A hostile repository costs time in proportion to its size."""
    texts = {f"d{n}.md": document(f"word{n}", inherits=f"d{n + 1}.md" if n % 7 else "", body=f"text @d{n - 1}.md") for n in range(10_000)}
    began = time.process_time()
    chosen = select(texts, "word4001 word77")

    assert {"d4001.md", "d77.md"} <= set(loaded(chosen))
    assert time.process_time() - began < 8


def test_loading_the_result_gives_the_result() -> None:
    """What was loaded holds no blocks any more: as a document that loads whole it comes back as it is."""
    body = 'a\n<LOAD_IF task="x">\nb\n</LOAD_IF>\nc'
    once = loaded(select({"a.md": document("x", body=body)}, "x"))["a.md"]
    again = document(body=once, more="<selective-loading>false</selective-loading>")

    assert loaded(select({"a.md": again}, "x"))["a.md"].replace("# Title\n", "").strip() == once.replace("# Title\n", "").strip()
