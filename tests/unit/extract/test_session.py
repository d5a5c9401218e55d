"""The facts of a session, from its events."""

import json
from typing import Any

import pytest

from passdown.extract.paths import Roots
from passdown.extract.session import VERSION, Fold
from passdown.model.event import (
    Compaction,
    Event,
    Injected,
    Mark,
    Notice,
    Patch,
    Prompt,
    Reply,
    Rewind,
    SafeEvents,
    Thinking,
    Todo,
    ToolCall,
    ToolResult,
    Usage,
)
from passdown.model.session import CommitFact, FileFact, Session, TodoFact, UsageFact

ROOT = "/srv/shop"


def safe(*events: Event) -> SafeEvents:
    """Numbered in order, all of invented content."""
    import msgspec

    return SafeEvents(tuple(msgspec.structs.replace(e, n=n) for n, e in enumerate(events)))


def facts(*events: Event) -> Session:
    fold = Fold(None, Roots(ROOT))
    fold.add(safe(Mark(session="s1", cwd=ROOT, branch="main"), *events))
    return fold.facts()


def edit(path: str, call: str = "e", lane: str = "") -> ToolCall:
    return ToolCall(call=call, tool="Edit", action="edit", paths=(path,), patches=(Patch(path=path),), lane=lane)


def shell(command: str, output: str = "", *, ok: bool | None = True, call: str = "c", **more: Any) -> tuple[ToolCall, ToolResult]:
    return ToolCall(call=call, tool="Bash", action="shell", command=command), ToolResult(call=call, ok=ok, output=output, **more)


def only(session: Session) -> FileFact:
    (file,) = session.files
    return file


# ---- what was asked and said


def test_the_first_prompt_is_the_goal_and_later_ones_are_asks() -> None:
    """Injected text, queued prompts of a sub-agent and the fork's history are not the user's."""
    found = facts(
        Injected(text="<reminder>", source="host"), Prompt(text="Add a retry queue"), Prompt(text="task", lane="a1"), Prompt(text="old", lane="fork:s0"),
        Prompt(text="Also write tests", queued=True))

    assert (found.goal, found.asks, found.prompts) == ("Add a retry queue", ("Also write tests",), 2)


def test_asks_keep_the_first_and_the_last() -> None:
    """Of many prompts the first 5 and the last 20 stay, each clipped; the count is exact."""
    found = facts(*(Prompt(text=f"{i} " + "x" * 900) for i in range(60)))

    assert [int(a.split()[0]) for a in found.asks] == [1, 2, 3, 4, 5, *range(40, 60)]
    assert max(map(len, found.asks)) == 500
    assert found.prompts == 60


def test_a_plan_given_as_goal_is_kept_long() -> None:
    """A goal that carries a plan is clipped at 6,000 characters, another one at 2,000; its heading names the session."""
    plan = "Implement the following plan:\n\n# Plan: Outbox\n\n" + "step " * 2_000

    assert len(facts(Prompt(text=plan)).goal) == 6_000
    assert len(facts(Prompt(text="x" * 9_000)).goal) == 2_000
    assert facts(Prompt(text=plan)).title == "Outbox"


def test_words_behind_an_opening_slash_command_are_the_goal() -> None:
    """What the user typed after `/brainstorm` before any prompt is what the session is for."""
    command = "<command-name>/brainstorm</command-name>\n<command-args>a queue that survives restarts</command-args>"
    found = facts(Injected(text=command, source="command-name"), Prompt(text="yes"))

    assert (found.goal, found.asks, found.title) == ("a queue that survives restarts", ("yes",), "/brainstorm a queue that survives restarts")


def test_last_words_plan_and_summaries() -> None:
    """The last reply of the main thread, the last plan put up, the compaction summaries."""
    found = facts(
        Prompt(text="go"), Reply(text="I begin."), Thinking(text="hm"), ToolCall(call="p", tool="ExitPlanMode", action="plan", about="# Plan"),
        Compaction(text="so far: queue"), Reply(text="Done: the queue is in."), Reply(text="sub-agent speaks", lane="a1"))

    assert (found.last_words, found.plan, found.summaries) == ("Done: the queue is in.", "# Plan", ("so far: queue",))


def test_a_rewind_takes_back_what_was_said_and_keeps_what_happened() -> None:
    """Prompts, replies, plans and to-dos behind the rewind are off; files, commands and counts stay."""
    fold = Fold(None, Roots(ROOT))
    fold.add(safe(
        Mark(session="s1", cwd=ROOT), Prompt(text="Use Redis"), Reply(text="Redis is in."), Prompt(text="Use Kafka"),
        ToolCall(call="t", tool="TodoWrite", action="todo", whole=True, todos=(Todo(text="install kafka", status="pending"),)),
        edit("/srv/shop/kafka.py"), ToolResult(call="e", ok=True), Reply(text="Kafka is in."), Rewind(to=3), Prompt(text="Use SQLite")))
    found = fold.facts()

    assert (found.goal, found.asks, found.last_words, found.todos) == ("Use Redis", ("Use SQLite",), "Redis is in.", ())
    assert (found.files_changed, found.prompts, found.rewinds) == (("kafka.py",), 3, 1)


def test_a_rewind_to_the_beginning_gives_a_new_goal() -> None:
    """The prompt after the rewind is the first that stands."""
    found = facts(Prompt(text="wrong window"), Rewind(to=1), Prompt(text="Fix the parser"))

    assert (found.goal, found.asks) == ("Fix the parser", ())


# ---- files


def test_only_what_succeeded_changed_a_file() -> None:
    """A failed edit and one whose result never came change nothing."""
    found = facts(
        edit("/srv/shop/a.py", "1"), ToolResult(call="1", ok=True), edit("/srv/shop/b.py", "2"), ToolResult(call="2", ok=False),
        edit("/srv/shop/c.py", "3"))

    assert found.files_changed == ("a.py",)


def test_where_a_transcript_gives_no_results_calls_are_taken_to_succeed() -> None:
    """Some formats only tell what was called."""
    assert set(facts(edit("/srv/shop/a.py", "1"), edit("/srv/shop/b.py", "2")).files_changed) == {"a.py", "b.py"}


def test_created_updated_and_deleted() -> None:
    """A write makes a file or replaces it, as its result says; without a word it is new when it was not seen before."""
    write = ToolCall(call="w", tool="Write", action="write", paths=("n.py",), patches=(Patch(path="n.py", action="write"),))

    assert only(facts(write, ToolResult(call="w", ok=True, effect="created"))).created
    assert not only(facts(write, ToolResult(call="w", ok=True, effect="updated"))).created
    assert only(facts(write, ToolResult(call="w", ok=True))).created
    read = ToolCall(call="r", tool="Read", action="read", paths=("n.py",))
    assert not only(facts(read, ToolResult(call="r", ok=True), write, ToolResult(call="w", ok=True))).created
    gone = only(facts(write, ToolResult(call="w", ok=True, effect="created"), *shell("rm n.py")))
    assert gone.deleted
    assert not gone.created


def test_a_moved_file_is_gone_and_made() -> None:
    """A patch that moves changes both names; `git mv` and `mv` only put the file elsewhere, which is no edit."""
    patch = ToolCall(call="m", tool="apply_patch", action="edit", patches=(Patch(path="a.py", action="edit", moved_to="b.py"),))
    patched = facts(patch, ToolResult(call="m", ok=True))

    assert set(patched.files_changed) == {"a.py", "b.py"}

    for session in (facts(*shell("git mv a.py b.py")), facts(*shell("cd sub && mv ../a.py ../b.py"))):
        by_path = {f.path: f for f in session.files}
        assert by_path["a.py"].deleted
        assert not by_path["b.py"].deleted
        assert session.files_changed == ()


def test_a_removed_tree_takes_the_known_files_below_it() -> None:
    """Of `rm -r` only files that the session touched are known to be gone."""
    found = facts(edit("out/a.js"), ToolResult(call="e", ok=True), *shell("rm -rf out node_modules"))

    assert [(f.path, f.deleted) for f in found.files] == [("out/a.js", True)]


def test_a_failed_removal_removes_nothing() -> None:
    """The command's result decides."""
    assert facts(*shell("rm a.py", "rm: a.py: No such file", ok=False)).files == ()


def test_reads_are_counted_also_through_the_shell() -> None:
    """Agents without a read tool print files."""
    found = facts(ToolCall(call="r", tool="Read", action="read", paths=("/srv/shop/a.py",)), ToolResult(call="r", ok=True), *shell("sed -n '1,40p' a.py"))

    assert (only(found).reads, found.files_changed) == (2, ())


def test_files_stand_by_weight() -> None:
    """Most worked on first."""
    found = facts(
        ToolCall(call="r", tool="Read", action="read", paths=("read.py",)), ToolResult(call="r", ok=True),
        edit("once.py", "1"), ToolResult(call="1", ok=True), edit("twice.py", "2"), ToolResult(call="2", ok=True), edit("twice.py", "3"), ToolResult(call="3",
            ok=True))

    assert [f.path for f in found.files] == ["twice.py", "once.py", "read.py"]


def test_why_is_what_was_said_before_the_edit() -> None:
    """The sentence about the file, else the last one said, else what was asked; a bare yes is no reason."""
    said = Reply(text="`drain` in queue.py runs twice after a restart. Let me look at the others too.")
    done = ToolResult(call="e", ok=True)

    assert only(facts(Prompt(text="Fix the queue."), said, edit("queue.py"), done)).why == "`drain` in queue.py runs twice after a restart."
    assert only(facts(Prompt(text="Fix the queue. Now."), edit("queue.py"), done)).why == "Fix the queue."
    assert only(facts(Prompt(text="Fix the queue. Now."), Prompt(text="yes"), edit("queue.py"), done)).why == "Fix the queue."


def test_a_sub_agents_changes_are_its_own() -> None:
    """They do not count for the main thread; the sub-agent's fact names them with its task, result and calls."""
    found = facts(
        ToolCall(call="t", tool="Agent", action="agent", about="Write the tests"), edit("/srv/shop/test_a.py", "x", lane="a1"),
        ToolResult(call="x", ok=True, lane="a1"), Reply(text="Wrote 3 tests.", lane="a1"), ToolResult(call="t", ok=True, output="Wrote 3 tests.", agent="a1"))
    (agent,) = found.subagents

    assert (found.files, found.tool_calls) == ((), 1)
    assert (agent.id, agent.task, agent.calls) == ("a1", "Write the tests", 1)
    assert agent.result == "Wrote 3 tests.\n[changed: test_a.py]"


# ---- commands, checks, commits, errors


def test_runs_of_one_command_are_one_fact() -> None:
    """Counted together, with the last run's words and outcome; the latest command stands first."""
    found = facts(*shell("pytest -q | tail -5", "1 failed, 2 passed in 0.1s"), *shell("npm ci"), *shell("cd /srv/shop && pytest -q", "3 passed in 0.1s"))
    last, other = found.commands

    assert (last.command, last.runs, last.failures, last.ok, last.purpose, last.said) == ("pytest -q", 2, 1, True, "test", "3 passed in 0.1s")
    assert (other.command, other.purpose) == ("npm ci", "set-up")


def test_a_pipe_does_not_hide_a_failure() -> None:
    """The exit code is `tail`'s; the closing line is the runner's."""
    (command,) = facts(*shell("pytest | tail -1", "1 failed in 0.1s", ok=True, exit_code=0)).commands

    assert (command.ok, command.exit_code) == (False, 0)


def test_a_command_elsewhere_keeps_its_directory() -> None:
    """A command that works only in `web/` is not shown as one of the root."""
    assert [c.command for c in facts(*shell("cd web && npm test"), *shell("cd /srv/other && make")).commands] == ["cd /srv/other && make", "cd web && npm test"]


def test_a_command_without_result_has_no_outcome() -> None:
    """Not known is not the same as passed."""
    (command,) = facts(shell("make deploy")[0]).commands

    assert (command.ok, command.runs) == (None, 1)


def test_a_silent_pass_takes_back_an_earlier_failure() -> None:
    """A type checker that now says nothing is content."""
    found = facts(*shell("npm run typecheck", "a.ts(1,1): error TS1005: no", ok=False), *shell("npm run typecheck", "$ tsc --noEmit"))

    assert [(c.tool, c.ok) for c in found.checks] == [("tsc", True)]


@pytest.mark.parametrize(("output", "more", "expected"), [
    ("[main 1a2b3c4] Add outbox\n 2 files changed", {}, CommitFact("1a2b3c4", "Add outbox", "", "main")),
    ("[detached HEAD 1a2b3c4] Add outbox", {}, CommitFact("1a2b3c4", "Add outbox", "", "")),
    ("", {"commit": "1a2b3c4d5e"}, CommitFact("1a2b3c4d5e", "Outbox", "", "main")),
    ("[main 1a2b3c4] Add outbox", {"commit": "1a2b3c4d5e"}, CommitFact("1a2b3c4", "Add outbox", "", "main")),
    ("ok", {}, CommitFact("", "Outbox", "", "main")),
])
def test_commits(output: str, more: dict[str, Any], expected: CommitFact) -> None:
    """From what git printed, else from what the transcript tells, else from the message."""
    assert facts(*shell('git add -A && git commit -m "Outbox"', output, **more)).commits == (expected,)


def test_an_amended_commit_replaces_the_last() -> None:
    """And a commit of another repository is none of this project."""
    found = facts(
        *shell("git commit -m 'a'", "[main 1111111] a"), *shell("git commit --amend -m 'b'", "[main 2222222] b"),
        *shell("cd /srv/other && git commit -m 'c'", "[main 3333333] c"))

    assert [c.sha for c in found.commits] == ["2222222"]


def test_an_error_and_what_made_it_go_away() -> None:
    """What was edited and run between failure and success; open errors come first."""
    found = facts(
        *shell("npm test", "Error: no such table\n1 failing", ok=False), edit("/srv/shop/db.py"), ToolResult(call="e", ok=True), *shell("npm ci"),
        *shell("npm test", "ok"), *shell("make docs", "make: *** [docs] Error 1", ok=False))

    assert [(e.what, e.message, e.fixed_by) for e in found.errors] == [
        ("make docs", "make: *** [docs] Error 1", ""), ("npm test", "Error: no such table", "edited db.py; ran npm ci")]


def test_a_search_that_finds_nothing_is_no_error() -> None:
    """Nor is what the user refused."""
    found = facts(*shell("grep -rn foo src", "", ok=False), *shell("npm publish", "The user doesn't want to proceed with this tool use.", ok=False))

    assert found.errors == ()


def test_a_failed_tool_is_an_error_until_it_passes() -> None:
    """The tool and the file are what failed; that a text to replace was not found is the host's business, not the work's."""
    (error,) = facts(edit("a.py"), ToolResult(call="e", ok=False, output="EACCES: permission denied, open a.py")).errors

    assert (error.what, error.fixed_by) == ("Edit a.py", "")
    assert facts(edit("a.py"), ToolResult(call="e", ok=False, output="String to replace not found in file.")).errors == ()


def test_a_call_that_never_ran_has_no_outcome() -> None:
    """Hosts cancel calls beside one that failed."""
    found = facts(*shell("npm test", "<tool_use_error>Sibling tool call errored</tool_use_error>", ok=False))

    assert (found.commands[0].ok, found.commands[0].failures, found.errors) == (None, 0, ())


# ---- to-dos, usage, time, session


def test_todos_as_a_whole_and_by_id() -> None:
    """A list given whole replaces the one before; a change by id changes one entry."""
    whole = ToolCall(call="1", tool="TodoWrite", action="todo", whole=True, todos=(Todo(text="a", status="completed"), Todo(text="b")))
    made = ToolResult(call="2", todos=(Todo(text="c", status="pending", id="1"),))
    moved = ToolCall(call="3", tool="TaskUpdate", action="todo", todos=(Todo(status="in_progress", id="1"),))

    assert facts(whole).todos == (TodoFact("a", "completed"), TodoFact("b", "pending"))
    assert facts(made, moved).todos == (TodoFact("c", "in_progress"),)
    assert facts(whole, ToolCall(call="4", tool="TodoWrite", action="todo", whole=True)).todos == ()


def test_usage_of_an_answer_is_its_last_row() -> None:
    """Rows of one answer replace each other; answers add up; totals count once."""
    rows = facts(
        Usage(message="m1", model="claude-opus-4-6", output=1), Usage(message="m1", model="claude-opus-4-6", output=10),
        Usage(message="m2", model="claude-opus-4-6", output=5))
    totals = facts(Mark(model="gpt-5.5"), Usage(input=10, total=True), Usage(input=30, total=True), Usage(input=5, total=True))

    assert rows.usage == (UsageFact("claude-opus-4-6", output=15, cost=0.0004),)
    assert totals.usage == (UsageFact("gpt-5.5", input=35, cost=0.0002),)


def test_an_unknown_model_has_tokens_but_no_cost() -> None:
    """No price is invented."""
    assert facts(Usage(message="m", model="mystery-1", output=7)).usage == (UsageFact("mystery-1", output=7),)


def test_pauses_are_no_work() -> None:
    """Gaps over five minutes count as wall time only."""
    found = facts(Prompt(text="a", at="2026-01-01T10:00:00Z"), Reply(text="b", at="2026-01-01T10:04:00Z"), Prompt(text="c", at="2026-01-01T11:00:00.500Z"))

    assert (found.started, found.ended) == ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00.500Z")
    assert (found.wall_s, found.active_s) == (3_600, 240)


def test_facts_of_the_session_itself() -> None:
    """The first id and head hold, the last branch and title."""
    found = facts(
        Mark(session="other", commit="abc", parent="s0", title="Queue"), Mark(commit="def", branch="feat", title="Outbox"), Notice(kind="hook", text="x"))

    assert (found.id, found.head, found.parent, found.title, found.cwd) == ("s1", "abc", "s0", "Outbox", ROOT)
    assert (found.branch, found.branches, found.events) == ("feat", ("main", "feat"), 4)


def test_a_state_of_another_version_is_refused() -> None:
    """It cannot be taken up: the kept events are folded anew."""
    with pytest.raises(ValueError, match="version"):
        Fold({"version": VERSION + 1})


def test_the_state_is_bounded() -> None:
    """However long the session, the state stays small enough to be written at each capture."""
    events: list[Event] = [Mark(session="s", cwd=ROOT)]
    for i in range(2_500):
        events += [Prompt(text=f"do {i} " + "x" * 3_000), Reply(text=f"done {i} " + "y" * 9_000), edit(f"/srv/shop/f{i}.py", f"e{i}"), ToolResult(call=f"e{i}",
            ok=True),
                   *shell(f"run-{i} " + "z" * 400, "Error: " + "w" * 900, ok=False, call=f"c{i}"), ToolCall(call=f"never{i}", tool="X", about="q" * 5_000)]
    fold = Fold(None, Roots(ROOT))
    fold.add(safe(*events))

    assert len(json.dumps(fold.state())) < 2_000_000
    assert fold.facts().prompts == 2_500


def test_a_todo_of_which_nothing_is_told_is_no_fact() -> None:
    """Some transcripts say that an entry was changed and not how: it is neither open nor done."""
    fold = Fold()
    made = ToolCall(call="t", tool="TaskCreate", action="todo", todos=(Todo("Port the admin pages", "pending", "1"), Todo("Draw the report", "pending", "2")))
    changed = ToolCall(n=1, call="t", tool="TaskUpdate", action="todo", todos=(Todo(id="1"),))
    fold.add(SafeEvents((made, changed)))
    assert [(t.text, t.status) for t in fold.facts().todos] == [("Draw the report", "pending")]
