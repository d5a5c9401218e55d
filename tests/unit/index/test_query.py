"""Questions as values."""

from passdown.index.query import MOST_CONCEPTS, ask
from passdown.index.vocabulary import SYNONYMS, root
from passdown.index.words import identifiers, parts


def forms(text: str) -> list[str]:
    return [c.forms[0] for c in ask(text).concepts]


def test_stop_words_go_unless_nothing_else_is_there() -> None:
    """What carries no meaning is dropped, but a question of nothing else is still asked."""
    assert forms("what did we do with the export") == ["export"]
    assert forms("what is it") == ["what", "is", "what is", "it", "is it"]
    assert forms("") == forms("?!  \n") == []


def test_names_are_taken_whole_and_in_parts() -> None:
    """A path, a flag, snake and camel case: first as they stand, then their words."""
    assert forms("src/app.py")[0] == "src app py"
    assert {"no cache", "cache"} <= set(forms("--no-cache"))
    assert {"flush now", "flush"} <= set(forms("FLUSH_NOW"))
    assert ask("parseHeader").concepts[0].forms == ("parseheader", "parse header")
    assert {"parse", "header"} <= set(forms("parseHeader"))


def test_quoted_words_belong_together() -> None:
    """Words in quotes are one concept of more weight."""
    first = ask('where is "lost update" handled').concepts[0]
    assert (first.forms, first.weight) == (("lost update",), 1.5)


def test_a_pasted_page_is_cut() -> None:
    """The number of concepts is bounded, and no word is long."""
    long = ask(" ".join(f"word{i}" for i in range(5_000)) + "x" * 10_000)
    assert len(long.concepts) == MOST_CONCEPTS
    assert all(len(f) < 200 for c in long.concepts for f in c.forms)


def test_expressions_hold_words_only() -> None:
    """Nothing of the full-text syntax comes through."""
    for concept in ask('a" OR b* NEAR(c, 2) {title}: ^x -y (z) \x00 "unfinished').concepts:
        assert all(ch.isalnum() or ch == " " for form in concept.forms for ch in form)


def test_kinds_of_a_question() -> None:
    """The wording names kinds, always with a factor over 1."""
    assert "decision" in ask("why did we pick it").kinds
    assert ask("did an attempt fail").failed
    assert ask("the export").kinds == {}
    assert all(f > 1 for f in ask("why next blocked tried token run risk").kinds.values())


def test_roots_and_synonyms() -> None:
    """Words of one family share a root, and every group works in both directions."""
    assert {root(w) for w in ("cache", "caches", "caching", "cached")} == {"cach"}
    assert "auth" in SYNONYMS[root("logins")]
    assert "login" in SYNONYMS[root("authentication")]


def test_parts_of_identifiers() -> None:
    """Changes of case and digits divide a word; blobs are left alone."""
    assert parts("parseHTTPHeader2") == ["parse", "http", "header", "2"]
    assert identifiers("use parseHeader and Plain and HTTPServer, not lower") == "parse header http server"
    assert identifiers("aB" * 300 + " " + "x" * 50_000) == ""
