"""What a probe and a settled matter have in common."""

import pytest

from passdown.guard.settled import entries
from passdown.guard.table import table
from passdown.hooks.guarding.features import Figures, features
from passdown.hooks.guarding.places import below, nearness
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.table import Table
from passdown.model.anchor import Anchor
from passdown.model.record import Record


def figures(record: Record, how: str, text: str, path: str = "") -> Figures:
    given = probe(how, text, path)
    return next((features(entry, given, clauses) for entry, clauses in Table(table(entries([record]), {}, lambda _: ("", []))).candidates(given)), Figures())


def test_a_figure_that_is_not_there_is_0() -> None:
    """And asking for it does not put it there."""
    seen = Figures(cov=1.0)
    assert (seen["cov"], seen["hit"], len(seen)) == (1.0, 0.0, 1)


def test_nothing_in_common_gives_no_figures() -> None:
    """Not even those of the probe as a whole."""
    assert figures(Record("a", "decision", "No Redis"), "prompt", "fix the typo") == {}


def test_of_a_phrase_the_share_counts() -> None:
    """Half of it is half, and half of a name of several words is nothing like it."""
    record = Record("a", "decision", "x", details={"alternative": ("nightly rollup tables",)})
    assert figures(record, "prompt", "add nightly rollup tables")["cov"] == 1
    assert figures(record, "prompt", "add a nightly rollup")["cov"] == pytest.approx(2 / 3)
    assert figures(Record("a", "decision", "x", details={"alternative": ("Foo Barista",)}), "prompt", "add foo")["cov"] == pytest.approx(0.25)


def test_parts_of_a_name_count_less_than_the_name() -> None:
    """All of them together; a part alone does not, and of a file none does."""
    record = Record("a", "decision", "x", details={"alternative": ("use_fast_path",)})
    assert figures(record, "prompt", "add use_fast_path")["cov"] == 1
    assert figures(record, "prompt", "add the fast path")["cov"] == pytest.approx(0.8)
    assert not figures(record, "prompt", "make it fast")["cov"]
    assert not figures(Record("a", "decision", "x", details={"alternative": ("legacy.py",)}), "prompt", "drop the legacy things")["cov"]


def test_in_code_a_plain_word_may_be_any_variables() -> None:
    """An import of it is not."""
    record = Record("a", "decision", "x", details={"alternative": ("wombat",)})
    assert not figures(record, "edit", "wombat = 1", "a.py")["cov"]
    assert figures(record, "edit", "import wombat", "a.py")["cov"] == 1


def test_another_value_for_a_pinned_name_shows() -> None:
    """Its own value does not."""
    record = Record("a", "decision", "minSdk stays at 26")
    assert figures(record, "edit", "minSdk = 28", "build.gradle")["pinned"] == 1
    assert not figures(record, "edit", "minSdk = 26", "build.gradle")["pinned"]
    assert figures(record, "prompt", "raise minSdk from 26 to minSdk 28")["pinned"] == 1


def test_a_rival_of_what_was_chosen_shows_though_nobody_named_it() -> None:
    """Postgres stands against SQLite."""
    seen = figures(Record("a", "decision", "SQLite holds the outbox"), "prompt", "let's move it to postgres")
    assert (seen["rival"], seen["cov"]) == (1, 0)


def test_a_place_is_forbidden_reserved_or_beside() -> None:
    """Of an edit by its path, of a command by what it writes to."""
    vendored = Record("a", "decision", "nobody edits third_party/zlib by hand")
    assert figures(vendored, "edit", "x", "third_party/zlib/a.c")["forbidden"] == 1
    assert figures(vendored, "command", "echo x > third_party/zlib/a.c")["forbidden"] == 1
    assert figures(vendored, "edit", "x", "third_party/zlib2/a.c") == {}


@pytest.mark.parametrize(("path", "near"), [("src/a.py", 1.0), ("/repo/src/a.py", 1.0), ("src/b.py", 0.5), ("other/b.py", 0.0), ("", 0.0)])
def test_nearness_is_of_files_and_their_folders(path: str, near: float) -> None:
    """1 for the file itself, half for its neighbours."""
    assert nearness(["src/a.py"], path) == near


def test_below_takes_folders_wherever_they_stand() -> None:
    """And no folder whose name only begins so."""
    assert below("web/vendor/x.js", ["vendor/"])
    assert not below("web/vendored/x.js", ["vendor/"])


def test_files_of_the_record_and_its_words_count_for_an_edit() -> None:
    """`path` and `topic` tell that it is about the same thing."""
    record = Record("a", "decision", "The outbox lives in SQLite", details={"alternative": ("Redis",)}, anchors=(Anchor("src/outbox.py"),))
    assert figures(record, "edit", "import redis", "src/outbox.py")["path"] == 1
    assert figures(record, "edit", "import redis", "web/cart.py")["path"] == 0
