"""Whether a probe reopens something settled."""

from collections.abc import Sequence

import pytest

from passdown.guard.settled import entries
from passdown.guard.table import MOST, table
from passdown.hooks.guarding.match import matches
from passdown.hooks.guarding.probe import MAX_CHARS, MAX_CLAUSES, probe
from passdown.hooks.guarding.table import Table
from passdown.model.anchor import Anchor
from passdown.model.record import Record

OUTBOX = Record("d-1", "decision", "The outbox lives in SQLite", details={"alternative": ("Redis: one more server",)}, anchors=(Anchor("src/outbox.py"),))
XDIST = Record("a-1", "approach", "Tried running pytest in parallel with -n auto", details={"outcome": "failed", "why": "two workers take the same lock"})
OFFLINE = Record("d-2", "decision", "Offline mode waits", details={"until": "phase 4"})
VENDORED = Record("d-3", "decision", "vendor/ is generated, nobody edits vendor/markdown by hand")
SDK = Record("d-4", "decision", "minSdk stays at 26")
ALL = (OUTBOX, XDIST, OFFLINE, VENDORED, SDK)


def known(records: Sequence[Record], said: Sequence[str] = ()) -> Table:
    return Table(table(entries(records, said), {}, lambda _: ("", [])))


def warned(how: str, text: str, path: str = "", records: Sequence[Record] = ALL, said: Sequence[str] = ()) -> list[str]:
    return [m.entry.id for m in matches(known(records, said), probe(how, text, path)) if not m.overridden]


@pytest.mark.parametrize(("how", "text", "path", "meant"), [
    ("prompt", "should we use redis for the outbox instead?", "", "d-1"), ("prompt", "Let us put the outbox into redis", "", "d-1"),
    ("prompt", "switch the outbox to redis", "", "d-1"),
    ("command", "pip install redis", "", "d-1"), ("command", "python -m pytest -n auto tests", "", "a-1"),
    ("prompt", "let's add offline mode to the app", "", "d-2"), ("edit", "import redis\n", "src/outbox.py", "d-1"),
    ("edit", "x = 1\n", "vendor/markdown/parser.py", "d-3"), ("command", "sed -i s/a/b/ vendor/markdown/parser.py", "", "d-3"),
])
def test_what_reopens_a_matter_is_warned_of(how: str, text: str, path: str, meant: str) -> None:
    """The rejected alternative, the road that failed, what was put off, a place that nobody edits."""
    assert warned(how, text, path) == [meant]


@pytest.mark.parametrize(("how", "text", "path"), [
    ("prompt", "why did we reject redis for the outbox?", ""), ("prompt", "document in the ADR that we rejected redis", ""),
    ("prompt", "make sure nobody imports redis", ""), ("prompt", "get rid of the leftover redis code", ""),
    ("prompt", "add a test for the outbox in SQLite", ""),
    ("command", "grep -rn redis src", ""), ("command", "pip uninstall redis", ""), ("command", "git commit -m 'no redis'", ""),
    ("command", "python -m pytest tests", ""), ("command", "cat vendor/markdown/parser.py", ""), ("edit", "# redis was rejected\n", "src/outbox.py"),
    ("edit", "Redis was rejected, use redis never\n", "docs/adr.md"), ("edit", "import redis\n", "tests/test_outbox.py"),
    ("edit", "redis = False\n", "src/outbox.py"), ("edit", "x = 1\n", "src/vendored.py"), ("edit", "minSdk = 26\n", "build.gradle"),
])
def test_what_is_innocent_is_not(how: str, text: str, path: str) -> None:
    """Asking, documenting, checking, removing, reading, and what is in comments, documents and tests."""
    assert warned(how, text, path) == []


def test_the_users_word_sets_a_matter_aside() -> None:
    """The match says so, and counts."""
    [found] = matches(known(ALL), probe("prompt", "I know we said no redis for the outbox, use redis anyway"))
    assert (found.entry.id, found.overridden) == ("d-1", True)


def test_a_deferral_whose_time_has_come_is_set_aside() -> None:
    """The prompt names what it waited for."""
    assert warned("prompt", "phase 4 has begun: let's add offline mode") == []


def test_what_they_have_in_common_is_told_the_most_telling_first() -> None:
    """By the figures' names, and the score is one from 0 to 1."""
    [found] = matches(known(ALL), probe("command", "pip install redis"))
    assert 0.5 < found.score < 1
    assert "command: same thing" in found.why
    assert found.why.index("command: brought in") < found.why.index("installs it")


def test_words_that_a_project_says_all_day_weigh_nothing() -> None:
    """The same word is rare in one project and everyday in another."""
    assert warned("prompt", "let's use redis for the outbox") == ["d-1"]
    assert warned("prompt", "let's use redis for the outbox", said=["the redis job is slow"] * 200) == []


def test_superseded_records_are_silent() -> None:
    """What no longer holds is not in the table."""
    assert warned("command", "pip install redis", records=[Record("d", "decision", "No Redis", status="superseded")]) == []


HOSTILE = {
    "long word": "redis" * 10_000, "blanks": "redis off" + " " * 50_000 + "x", "asserts": "assert redis " * 5_000, "quotes": "'\"" * 20_000,
    "here documents": "<<a redis " * 5_000, "controls": "".join(map(chr, range(32))) * 500 + "redis", "lines": "redis\n" * 20_000, "dots": "a." * 20_000,
    "surrogates": "\ud800 redis \udfff" * 1_000, "flags": "--" * 20_000, "colons": ": " * 20_000, "half pairs": "redis to from with " * 3_000,
    "not English": "私たちはredisを使うべきですか" * 1_000}


@pytest.mark.parametrize("how", ["prompt", "command", "edit"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_costs_little(how: str, text: str) -> None:
    """The work is bounded: of clauses, and of characters in which words are looked for; no pattern runs away."""
    given = probe(how, text, "src/a.py")
    matches(known(ALL), given)
    assert len(given.clauses) <= MAX_CLAUSES
    assert sum(len(word.raw) for clause in given.clauses for word in clause.words) <= MAX_CHARS


def test_of_thousands_of_records_the_table_holds_some() -> None:
    """Those that come first; each is found."""
    many = [Record(f"d-{n}", "decision", f"No frobnicate{n} here") for n in range(2_000)]
    text = table(entries(many), {}, lambda _: ("", []))
    assert text.count('"id":') == MOST
    assert [m.entry.id for m in matches(Table(text), probe("prompt", "let's use frobnicate7"))] == ["d-7"]


def test_a_deferral_in_plain_words_is_set_aside_when_its_time_has_come() -> None:
    """No form was filled in, and the prompt says that what was waited for is there."""
    later = [Record("d-5", "decision", "AAX is for later: after 1.2, when the signing account exists")]
    assert warned("prompt", "let's add the AAX target", records=later) == ["d-5"]
    assert warned("prompt", "1.2 is out, so begin the AAX target", records=later) == []


@pytest.mark.parametrize(("path", "meant"), [("api/mesh/v1/route.pb.go", ["d-6"]), ("api/mesh/v1/route.proto", []), ("web/route.pb.go", [])])
def test_a_form_of_files_in_a_folder_is_one_place(path: str, meant: list[str]) -> None:
    """What stands beside them there may be edited, that is what they are made from."""
    generated = [Record("d-6", "decision", "generated code: *.pb.go under api/ is never touched by hand, change the .proto and run buf generate")]
    assert warned("edit", "x = 1\n", path, records=generated) == meant


def test_what_a_docstring_says_is_not_done() -> None:
    """A line of it is prose, though no mark begins it."""
    assert warned("edit", 'def f():\n    """Whole regions,\n    import redis would be wrong."""\n    return 1\n', "src/outbox.py") == []


def test_what_code_calls_counts_though_it_is_a_plain_word() -> None:
    """A variable of that name does not."""
    heap = [Record("d-7", "decision", "no malloc, static buffers only", anchors=(Anchor("src/log/ring.c"),))]
    assert warned("edit", "struct entry *e = malloc(sizeof *e + n);\n", "src/log/ring.c", records=heap) == ["d-7"]
    assert warned("edit", "int malloc = 0;\n", "src/log/ring.c", records=heap) == []


def test_an_import_in_a_go_block_is_an_import() -> None:
    """Only its path stands on the line."""
    logger = [Record("d-8", "decision", "log/slog everywhere, no zap")]
    assert warned("edit", 'import (\n\t"go.uber.org/zap"\n)\n', "internal/retry.go", records=logger) == ["d-8"]


def test_rules_about_tests_hold_in_tests() -> None:
    """Elsewhere a test that names what was turned down asserts it."""
    fakes = [Record("d-9", "decision", "fakes in tests, mockk goes nowhere near the test source sets")]
    assert warned("edit", "import io.mockk.mockk\n", "app/src/test/RecordTest.kt", records=fakes) == ["d-9"]


def test_what_names_none_of_its_words_is_known_by_what_it_is_about() -> None:
    """Somebody wants a thing that was put off, in other words."""
    watch = [Record("d-10", "decision", "Apple Watch companion: not before sync is stable", details={"until": "sync is stable"})]
    assert warned("prompt", "Users would love to tap their wrist. Could we add a watchOS target with one screen?", records=watch) == ["d-10"]
    assert warned("prompt", "Fix the typo on the login screen", records=watch) == []


def test_matters_that_speak_of_the_same_thing_do_not_speak_against_each_other() -> None:
    """Twice decided is decided."""
    other = {"alternative": ("Redis: one more server",)}
    twice = [Record(f"d-{part}", "decision", f"The {part} lives in SQLite", details=other) for part in ("cart", "outbox")]
    assert sorted(warned("command", "pip install redis", records=twice)) == ["d-cart", "d-outbox"]


def test_who_sets_something_aside_names_it() -> None:
    """What is only about the same is left alone."""
    assert matches(known(ALL), probe("prompt", "I know the queue is slow, ship the broker anyway")) == []
