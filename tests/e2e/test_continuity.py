"""Does `stats continuity` respond to what is planted? Sessions of our own, captured from files in Claude Code's format, and one thing changed at a time."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Row = dict[str, Any]
LATER = "2026-11-20T09:00:00Z"  # between the two sessions


class Transcript:
    """A Claude Code transcript in the making; a step takes twenty seconds and costs a thousand new tokens."""

    def __init__(self, session: str, day: int) -> None:
        self.session, self.day, self.rows = session, day, list[Row]()

    def _row(self, kind: str, **content: object) -> None:
        n = len(self.rows)
        at = f"2026-11-{self.day:02}T10:{n // 3:02}:{n % 3 * 20:02}Z"
        self.rows.append({"type": kind, "uuid": f"{self.session}-{n}", "parentUuid": f"{self.session}-{n - 1}" if n else None, "sessionId": self.session,
                          "cwd": "/srv/shop", "gitBranch": "main", "timestamp": at, **content})

    def user(self, text: str) -> "Transcript":
        self._row("user", message={"role": "user", "content": text})
        return self

    def given(self, text: str) -> "Transcript":
        """Put in by a hook at the session's start."""
        self._row("attachment", attachment={"type": "hook_additional_context", "content": [text], "hookEvent": "SessionStart"})
        return self

    def agent(self, text: str) -> "Transcript":
        return self._answer([{"type": "text", "text": text}])

    def _answer(self, content: list[Row]) -> "Transcript":
        usage = {"input_tokens": 900, "output_tokens": 100, "cache_read_input_tokens": 5_000, "cache_creation_input_tokens": 0}
        message = {"role": "assistant", "id": f"{self.session}-m{len(self.rows)}", "model": "claude-x", "content": content, "usage": usage}
        self._row("assistant", message=message)
        return self

    def _tool(self, name: str, given: Row, output: str, *, ok: bool = True) -> "Transcript":
        call = f"{self.session}-t{len(self.rows)}"
        self._answer([{"type": "tool_use", "id": call, "name": name, "input": given}])
        self._row("user", message={"role": "user", "content": [{"type": "tool_result", "tool_use_id": call, "content": output, "is_error": not ok}]})
        return self

    def read(self, path: str) -> "Transcript":
        return self._tool("Read", {"file_path": f"/srv/shop/{path}"}, "1\tcontent")

    def edit(self, path: str, old: str, new: str) -> "Transcript":
        return self._tool("Edit", {"file_path": f"/srv/shop/{path}", "old_string": old, "new_string": new}, "The file has been updated.")

    def run(self, command: str, output: str = "done", *, ok: bool = True) -> "Transcript":
        return self._tool("Bash", {"command": command}, output, ok=ok)


def first() -> Transcript:
    """The session that is continued: it changes two files, learns that a command fails, and leaves a test that fails."""
    done = Transcript("s-1", 19).user("Make the payout queue survive a restart of the worker")
    done.read("src/payout_queue.py").read("src/ledger.py").run("make seed-ledger", "error: relation ledger_rows does not exist", ok=False)
    done.run("make migrate").run("make seed-ledger")
    done.edit("src/payout_queue.py", "retry = 0", "retry = drain_payouts(3)").edit("tests/test_payouts.py", "pass", "assert drain_payouts(3)")
    done.run("pytest tests/test_payouts.py", "FAILED tests/test_payouts.py::test_drain\n=== 1 failed, 4 passed in 0.31s ===", ok=False)
    return done.agent("The payout queue survives a restart now. One test fails still: test_drain.")


def known(passdown: Passdown) -> None:
    """What a person noted between the two sessions."""
    for words in (("decision", "Keep the payout queue in SQLite", "--alternative", "Kafka", "--why", "there is no server to run"),
                  ("approach", "`make seed-ledger` before `make migrate` fails: relation ledger_rows does not exist", "--outcome", "failed"),
                  ("preference", "Never change generated files in the dist folder by hand"),
                  ("question", "Should refunds wait for the nightly settlement run?", "--answer", "Yes, until the bank confirms")):
        passdown("note", *words, "--now", LATER)


@pytest.fixture
def store(passdown: Passdown, repository: Path, tmp_path: Path) -> Path:
    """The project with its first session captured, and what is known."""
    passdown("init", "--yes")
    captured(passdown, first(), repository, tmp_path)
    known(passdown)
    return tmp_path


def captured(passdown: Passdown, transcript: Transcript, repository: Path, folder: Path) -> None:
    path = folder / f"{transcript.session}.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in transcript.rows))
    passdown("capture", "--transcript", str(path), "--cwd-map", f"/srv/shop={repository}")


def figures(passdown: Passdown, transcript: Transcript, repository: Path, folder: Path, *options: str) -> dict[str, Row]:
    """The figures of the pair, by name."""
    captured(passdown, transcript, repository, folder)
    [pair] = json.loads(passdown("stats", "continuity", "--json", *options).stdout)["pairs"]
    assert (pair["before"], pair["after"]) == ("s-1", "s-2")
    found: dict[str, Row] = pair["figures"]
    return found


STATE = ("Where things stand: on branch `main`, the payout queue was changed in payout_queue.py and test_payouts.py, and 1 test fails still. "
         "I mend test_drain first.")


def opening(briefing: str = "", state: str = STATE) -> Transcript:
    """The beginning of the second session."""
    begun = Transcript("s-2", 21)
    if briefing:
        begun.given(briefing)
    begun.user("Go on with the payouts")
    return begun.agent(state) if state else begun


def work(begun: Transcript) -> Transcript:
    """What the second session does in every variant."""
    begun.edit("src/payout_queue.py", "drain_payouts(3)", "drain_payouts(5)")
    return begun.run("pytest tests/test_payouts.py", "=== 5 passed in 0.30s ===").agent("All pass.")


def briefing(passdown: Passdown) -> str:
    return passdown("resume", "--now", "2026-11-21T09:59:00Z").stdout


def test_a_session_that_was_briefed_and_goes_on_is_seen_to_do_so(store: Path, passdown: Passdown, repository: Path) -> None:
    """The marker is found, the state was stated and is right, nothing was missing, nothing was done twice."""
    found = figures(passdown, work(opening(briefing(passdown))), repository, store)
    values = {name: one["value"] for name, one in found.items()}

    assert (values["delivered"], found["delivered"]["why"]) == (1, "briefing")
    assert "pd:" in found["delivered"]["seen"][0]["what"]
    assert (values["stated"], values["stated-right"], values["missing"]) == (1, 1, 0)
    assert 0 < values["used"] <= 1
    assert [values[name] for name in ("asked-again", "told-again", "reopened", "repeated", "rediscovered")] == [0, 0, 0, 0, 0]
    assert 0 < values["time-to-edit"] <= 1
    assert values["tokens-to-edit"] == 2


def test_a_removed_briefing_is_seen(store: Path, passdown: Passdown, repository: Path) -> None:
    """Nothing was handed over; what was needed was missing; of what was used nothing can be said, and that is not 0."""
    found = figures(passdown, work(opening()), repository, store)

    assert (found["delivered"]["value"], found["missing"]["value"], found["used"]["value"]) == (0, 1, None)
    assert "file src/payout_queue.py" in [s["what"] for s in found["missing"]["seen"]]


def test_a_briefing_from_a_replay_stands_for_a_missing_one(store: Path, passdown: Passdown, repository: Path) -> None:
    """With `--replay` today's briefing is what counts as handed over."""
    found = figures(passdown, work(opening()), repository, store, "--replay")

    assert (found["delivered"]["value"], found["missing"]["value"]) == (1, 0)


PLANTED: dict[str, tuple[str, Callable[[Transcript], Transcript]]] = {
    "a failed approach repeated": ("repeated", lambda t: t.run("make seed-ledger", "error: relation ledger_rows does not exist", ok=False)),
    "a question asked again": ("asked-again", lambda t: t.agent("Should refunds wait for the nightly settlement run?").user("yes")),
    "an instruction said again": ("told-again", lambda t: t.user("Never change the generated files in the dist folder by hand!")),
    "a repetition that says so": ("told-again", lambda t: t.user("As I said, leave the exporter alone")),
    "a decision reopened": ("reopened", lambda t: t.agent("I suggest that we move the payout queue to Kafka.").user("no")),
    "a file read again": ("rediscovered", lambda t: t.read("src/ledger.py")),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_moves_its_figure_and_no_other_trouble(name: str, store: Path, passdown: Passdown, repository: Path) -> None:
    """One change, one figure: from 0 to 1, with the event as evidence; time and tokens to the first edit do not shrink."""
    figure, plant = PLANTED[name]
    found = figures(passdown, work(plant(opening(briefing(passdown)))), repository, store)

    troubles = ("asked-again", "told-again", "reopened", "repeated", "rediscovered")
    assert {t: found[t]["value"] for t in troubles} == {t: float(t == figure) for t in troubles}
    assert found[figure]["seen"][0]["event"] >= 0
    assert found["time-to-edit"]["value"] >= 0.6


@pytest.mark.parametrize(("state", "stated", "right"), [
    ("I start with the queue.", 0, None),
    ("Where things stand: on branch `main`, and all tests pass.", 1, 0.5),
    ("", None, None),
])
def test_what_is_said_of_the_state_is_held_against_facts(
        state: str, stated: float | None, right: float | None, store: Path, passdown: Passdown, repository: Path) -> None:
    """Not said, said wrong in a half of it, or no reply at all before the first edit."""
    found = figures(passdown, work(opening(briefing(passdown), state)), repository, store)

    assert (found["stated"]["value"], found["stated-right"]["value"]) == (stated, right)


def test_an_edit_that_was_taken_back_is_not_productive(store: Path, passdown: Passdown, repository: Path) -> None:
    """Its time counts as time until the first edit that stays."""
    begun = opening().edit("src/ledger.py", "a = 1", "a = 2").run("git checkout -- src/ledger.py")
    found = figures(passdown, work(begun), repository, store)

    assert found["time-to-edit"]["seen"][0]["what"] == "src/payout_queue.py"
    assert found["tokens-to-edit"]["value"] == 4


class Page(HTMLParser):
    """What a page has and where it would reach to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.reaches, self.text = set[str](), list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.reaches += [str(value) for name, value in attrs if name in ("src", "href", "srcset")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_self_contained_and_the_picture_is_xml(store: Path, passdown: Passdown, repository: Path) -> None:
    """No script, nothing from elsewhere; titles for who does not see it; a table with the same values; what a session says stays text."""
    captured(passdown, work(opening().agent("<script>alert(1)</script> & more").user("<b>Never</b> once more")), repository, store)
    passdown("stats", "continuity", "--html", str(store / "report.html"))
    passdown("stats", "continuity", "--svg", str(store / "report.svg"))
    page = Page()
    page.feed((store / "report.html").read_text())
    picture = ET.parse(store / "report.svg").getroot()

    assert (page.tags & {"script", "b", "link", "img"}, page.reaches) == (set(), [])
    assert {"svg", "table", "caption", "title", "details"} <= page.tags
    assert "Did the next session continue?" in page.text
    assert "Failed approaches repeated" in page.text
    assert picture.find("{http://www.w3.org/2000/svg}title") is not None


def test_the_table_tells_the_figures_and_a_young_store_says_so(store: Path, passdown: Passdown, repository: Path) -> None:
    """One session is no pair; two are; a time in the future leaves none."""
    assert "No session continues another one yet" in passdown("stats", "continuity").stdout
    captured(passdown, work(opening(briefing(passdown))), repository, store)
    told = passdown("stats", "continuity").stdout

    assert "1 pair of sessions; handed over: 1 briefing" in told
    assert "Time to the first productive edit" in told
    assert passdown("stats", "continuity", "--since", "2027-01-01").stdout == "No session that began since 2027-01-01 continues another one.\n"
    passdown("stats", "--html", "x.html", code=2)


@pytest.mark.parametrize(("words", "says"), [
    (("stats", "continuity", "--replay", "-5"), "no number of tokens"), (("resume", "--budget", "-5"), "no number of tokens"),
    (("load", "queue", "--budget", "-5"), "no number of tokens"), (("run", "codex", "--budget", "-5"), "no number of tokens"),
    (("stats", "continuity", "--svg", "none/such.svg"), "there is no folder"), (("stats", "continuity", "--svg", "."), "is a folder"),
    (("stats", "continuity", "--svg", "a.svg", "--html", "a.html"), "cannot be given together")])
def test_words_that_mean_nothing_are_mistakes(words: tuple[str, ...], says: str, store: Path, passdown: Passdown, repository: Path) -> None:
    """Each is told, and nothing is written."""
    assert says in passdown(*words, code=2).stderr
    assert not (repository / "none").exists()
    assert not (repository / "a.svg").exists()


def test_the_sums_say_what_memory_cost_and_do_not_claim_savings(store: Path, passdown: Passdown, repository: Path) -> None:
    """Tokens of the briefing that was put in, records by what verification says of them, and no saving that was not measured."""
    text = briefing(passdown)
    before = json.loads(passdown("stats", "--json").stdout)
    captured(passdown, work(opening(text)), repository, store)
    after = json.loads(passdown("stats", "--json").stdout)

    assert before["memory"] == {"briefings": 0, "tokens": 0, "sessions": 0}
    assert after["memory"]["briefings"] == 1
    assert abs(after["memory"]["tokens"] - len(text) / 3.5) < len(text) / 8
    assert (after["saved"][:9], after["hook_s"]) == ("not known", None)
    assert sum(after["health"].values()) > 0
