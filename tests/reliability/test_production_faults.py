"""Runs of a production killed at durable writes. `python -m benchmarks.productions faults` takes every one of them, on PostgreSQL too."""

import subprocess
from pathlib import Path

import pytest

pytest.importorskip("dbos")

from tests.reliability.productions import Killed, Site, load


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    load()


@pytest.fixture
def site(quick_path: Path) -> Site:
    root = quick_path / "shop"
    root.mkdir()
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "First")):
        subprocess.run(["git", *words], cwd=root, check=True)
    return Site(root)


def resumed(site: Site, killed: Killed, *, exact: bool) -> str:
    """Where it was killed; what must hold when it was resumed does."""
    if killed.where:
        site.go_on(killed.item)
    site.check(killed, exact=exact)
    return killed.where


def test_a_run_killed_at_a_durable_write_goes_on(site: Site) -> None:
    """From the first table to the last commit, each in a run of its own: it ends, no phase runs twice, and the ledger adds up."""
    where = [resumed(site, site.killed_at(f"ep-{at}", at, everything=False), exact=True) for at in (2, 30, 65, 100)]

    assert all(where)


def test_a_run_killed_with_its_phases_goes_on(site: Site) -> None:
    """As when the power goes: only what was cut off itself is made again."""
    where = [resumed(site, site.killed_at(f"ep-{at}", at, everything=True), exact=False) for at in (50, 85)]

    assert all(where)


def test_a_resumption_may_be_killed_too(site: Site) -> None:
    """Again and again, always a bit later."""
    site.killed_at("ep-1", 60, everything=False)
    for at in (10, 30, 50):
        killed = site.killed_at("ep-1", at, everything=False, words=("workflow", "resume"))
        assert killed.where

    resumed(site, killed, exact=True)


@pytest.mark.slow
def test_every_fifth_point(site: Site) -> None:
    """Until one comes through."""
    at, where = 1, "nothing yet"
    while where:
        where = resumed(site, site.killed_at(f"ep-{at}", at, everything=at % 2 == 0), exact=at % 2 == 1)
        at += 5

    assert at > 100
