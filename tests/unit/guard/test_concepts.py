"""The lexicon of software concepts."""

from collections import Counter
from importlib.resources import files

from passdown.guard.concepts import IDEA, forms, lexicon, named, parsed, rivals


def test_a_line_gives_a_concept_with_its_forms_and_a_family_its_members() -> None:
    """Forms are in lower case; the name is one of them."""
    found = parsed("# a comment\ncsv: spreadsheet, .CSV\nyaml: .yml\n~formats: csv, yaml\n")
    assert found.concepts["csv"] == ("csv", "spreadsheet", ".csv")
    assert found.by_form["spreadsheet"] == ("csv",)
    assert found.families == (frozenset(("csv", "yaml")),)


def test_the_longest_form_counts() -> None:
    """`docker compose` is not Docker."""
    assert "docker" not in named(["run", "docker", "compose", "up"])


def test_a_plural_names_the_same() -> None:
    """A form is known with an `s` behind it."""
    assert "helm" in named(["helm", "charts"])


def test_members_of_a_family_stand_against_each_other() -> None:
    """Who chose one hears of the others; never of itself."""
    assert "postgres" in rivals(["sqlite"])
    assert "sqlite" not in rivals(["sqlite"])


def test_every_family_names_concepts_and_no_concept_stands_twice() -> None:
    """The lexicon that is shipped is sound."""
    text = files("passdown.guard").joinpath("lexicon.txt").read_text("utf-8")
    names = Counter(line.partition(":")[0] for line in text.splitlines() if ":" in line and not line.startswith(("#", "~")))
    assert [name for name, count in names.items() if count > 1] == []
    assert {member for family in lexicon().families for member in family} <= lexicon().concepts.keys()
    assert {name for name in names if name not in forms(name) + forms(IDEA + name)} == set()


def test_a_family_of_ideas_names_them_as_they_are_marked() -> None:
    """An idea is named more loosely than a thing, and its name says so."""
    found = parsed("rest: rest api\n# ideas\nautomation: automatic\nmanual: by hand\n~ways: automation, manual\n")
    assert found.families == (frozenset(("~automation", "~manual")),)
    assert "rest" in found.concepts


def test_text_of_any_length_and_kind_is_read() -> None:
    """Also when nothing in it is a word."""
    assert named([]) == ()
    assert named(["\0", "redis" * 50_000, "", "redis"]) == ("redis",)
