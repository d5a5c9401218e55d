"""Codex rollouts."""

import json
from typing import Any

import pytest

from passdown.model.event import Event, Injected, Mark, Notice, Prompt, Reply, Rewind, ToolCall, ToolResult, Usage
from passdown.transcripts.base import UnreadableRowError
from passdown.transcripts.readers import codex


def row(kind: str, **payload: Any) -> bytes:
    return json.dumps({"timestamp": "2026-03-02T09:00:00.000Z", "type": kind, "payload": payload}).encode()


def said(text: str) -> bytes:
    return row("event_msg", type="user_message", message=text)


def item(role: str, text: str) -> bytes:
    return row("response_item", type="message", role=role, content=[{"type": "input_text", "text": text}])


def call(name: str, arguments: Any, call_id: str = "c") -> bytes:
    return row("response_item", type="function_call", name=name, arguments=arguments if isinstance(arguments, str) else json.dumps(arguments), call_id=call_id)


def output(value: Any, call_id: str = "c") -> bytes:
    return row("response_item", type="function_call_output", call_id=call_id, output=value)


def read(*rows: bytes) -> list[Event]:
    reading = codex.start()
    return [e for n, line in enumerate(rows) if not isinstance(found := reading.row(n, line), str) for e in found]


def of(kind: type[Event], *rows: bytes) -> list[Any]:
    return [e for e in read(*rows) if isinstance(e, kind)]


def test_a_prompt_in_three_forms_is_one_prompt() -> None:
    """Response item, event and paginated item of one message are one event, in whatever order they come."""
    forms = [
        said("do it"),
        item("user", "do it"),
        row("event_msg", type="item_completed", item={"type": "UserMessage", "content": [{"type": "text", "text": "do it"}]}),
    ]
    for order in (forms, forms[::-1], forms[1:] + forms[:1]):
        assert [p.text for p in of(Prompt, *order)] == ["do it"]


def test_the_same_words_said_twice_are_two_prompts() -> None:
    """A user who says `continue` again says it again, in one form or in two."""
    assert len(of(Prompt, said("continue"), said("continue"))) == 2
    assert len(of(Prompt, item("user", "continue"), said("continue"), item("user", "continue"), said("continue"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<environment_context>\n</environment_context>",
        "# AGENTS.md instructions for /x",
        "<turn_aborted>\nx",
        "<user_shell_command>ls",
        "<subagent_notification>{}",
        "<skill>\nx",
    ],
)
def test_injected_text_is_no_prompt(text: str) -> None:
    """What the host puts on the user's side is kept as injected."""
    assert [type(e) for e in read(item("user", text))] == [Injected]


def test_a_typed_tag_is_a_prompt() -> None:
    """Only the host's own tags are injected: a user may begin with markup."""
    assert of(Prompt, said("<div> does not close"))[0].text == "<div> does not close"


def test_the_request_of_an_editor_prompt_is_the_prompt() -> None:
    """The editor's context stands apart from what was typed."""
    events = read(said("# Context from my IDE setup:\n\n## Open tabs:\n- a.py\n\n## My request for Codex:\nfix it\n"))
    assert [(type(e), getattr(e, "text", "")) for e in events][1] == (Prompt, "fix it")
    assert isinstance(events[0], Injected)
    assert events[0].source == "ide"


def test_images_are_counted_and_their_brackets_are_no_text() -> None:
    """The words that Codex puts around an image are not the user's."""
    content = [
        {"type": "input_text", "text": "<image name=[Image #1]>"},
        {"type": "input_image", "image_url": "data:"},
        {"type": "input_text", "text": "</image>"},
        {"type": "input_text", "text": "look"},
    ]
    (prompt,) = of(Prompt, row("response_item", type="message", role="user", content=content), said("look"))
    assert (prompt.text, prompt.images) == ("look", 1)


@pytest.mark.parametrize(
    ("text", "ok", "code", "kept"),
    [
        ("Chunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code 0\nOutput:\nfine", True, 0, "fine"),
        ("Chunk ID: 1\nProcess exited with code 2\nOutput:\nbad", False, 2, "bad"),
        ("Exit code: 1\nWall time: 0.1 seconds\nOutput:\nbad", False, 1, "bad"),
        (json.dumps({"output": "bad", "metadata": {"exit_code": 3}}), False, 3, "bad"),
        ("exec_command failed: nope", False, None, "exec_command failed: nope"),
        ("some words", None, None, "some words"),
        ({"content": "x", "success": False}, False, None, "x"),
        ([{"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}], None, None, "a\nb"),
    ],
)
def test_the_exit_code_is_read_off_the_output(text: Any, ok: bool | None, code: int | None, kept: str) -> None:
    """Every form of output that versions have written gives its code, and the output without the header lines."""
    (result,) = of(ToolResult, call("exec_command", {"cmd": "x"}), output(text))
    assert (result.ok, result.exit_code, result.output) == (ok, code, kept)


def test_a_code_told_before_the_output_counts() -> None:
    """`exec_command_end` may come first; an output that says nothing of the code then has it."""
    (result,) = of(ToolResult, call("shell", {"command": ["x"]}), row("event_msg", type="exec_command_end", call_id="c", exit_code=4), output("words"))
    assert (result.ok, result.exit_code) == (False, 4)


def test_a_command_that_runs_on_gets_its_end_later() -> None:
    """The call that began a command is told how it ended, by its own end row or by the write to its process that saw it."""
    begun = [call("exec_command", {"cmd": "pytest"}, "a"), output("Chunk ID: 1\nProcess running with session ID 7\nOutput:\n", "a")]
    ended = row("event_msg", type="exec_command_end", call_id="a", exit_code=1, aggregated_output="1 failed")
    asked = [call("write_stdin", {"session_id": 7, "chars": ""}, "b"), output("Chunk ID: 2\nProcess exited with code 1\nOutput:\n1 failed", "b")]
    assert [(r.call, r.ok) for r in of(ToolResult, *begun, ended)] == [("a", None), ("a", False)]
    assert [(r.call, r.ok) for r in of(ToolResult, *begun, *asked)] == [("a", None), ("b", False), ("a", False)]
    assert [(r.call, r.ok) for r in of(ToolResult, *begun, ended, *asked)] == [("a", None), ("a", False), ("b", False)]


def test_files_that_a_command_prints_are_its_paths() -> None:
    """Codex has no read tool: a shell call that prints files stays a shell call and names them."""
    (made,) = of(ToolCall, call("exec_command", {"cmd": "sed -n '1,9p' a.py", "workdir": "/w"}))
    assert (made.action, made.paths, made.cwd, made.command) == ("shell", ("a.py",), "/w", "sed -n '1,9p' a.py")


@pytest.mark.parametrize(
    "given",
    [
        row("response_item", type="custom_tool_call", name="apply_patch", call_id="c", input="*** Begin Patch\n*** Add File: a.py\n+x\n*** End Patch"),
        call("apply_patch", {"input": "*** Begin Patch\n*** Add File: a.py\n+x\n*** End Patch"}),
        call("shell", {"command": ["bash", "-lc", "apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: a.py\n+x\n*** End Patch\nEOF"]}),
        row(
            "response_item",
            type="function_call",
            name="apply_patch",
            call_id="c",
            arguments={"patch": "*** Begin Patch\n*** Add File: a.py\n+x\n*** End Patch"},
        ),
    ],
)
def test_a_patch_is_an_edit_however_it_is_called(given: bytes) -> None:
    """As custom tool, as function, inside a shell command, or with arguments that are an object."""
    made, result = read(given, output("Success. Updated the following files:\nA a.py"))
    assert isinstance(made, ToolCall)
    assert isinstance(result, ToolResult)
    assert (made.action, made.paths, made.patches[0].action, result.ok, result.effect) == ("edit", ("a.py",), "write", True, "created")


def test_a_commit_is_found_in_the_output_of_git() -> None:
    """Only a command that commits can tell of a commit."""
    text = "Process exited with code 0\nOutput:\n[main 1a2b3c4] Words\n"
    assert of(ToolResult, call("exec_command", {"cmd": "git add -A && git commit -m Words"}), output(text))[0].commit == "1a2b3c4"
    assert of(ToolResult, call("exec_command", {"cmd": "cat log"}), output(text))[0].commit == ""


def test_totals_are_told_once_and_apart_from_the_cache() -> None:
    """A repeated count is no event; what was read from the cache is not counted as input."""
    count = {"total_token_usage": {"input_tokens": 100, "cached_input_tokens": 60, "output_tokens": 5}}
    (usage,) = of(
        Usage,
        row("event_msg", type="token_count", info=count),
        row("event_msg", type="token_count", info=count),
        row("event_msg", type="token_count", info=None),
    )
    assert (usage.input, usage.cache_read, usage.output, usage.total) == (40, 60, 5, True)


def test_a_place_and_model_are_told_when_they_change() -> None:
    """The context of every turn repeats them; only a change is an event."""
    marks = of(Mark, row("session_meta", id="s", cwd="/a"), *(row("turn_context", cwd=c, model="m") for c in ("/a", "/a", "/b")))
    assert [(m.cwd, m.model) for m in marks] == [("/a", ""), ("", "m"), ("/b", "")]


def test_a_fork_names_its_parent_and_stays_itself() -> None:
    """The first head of a file is its own; the parent's, copied behind it, is a link."""
    marks = of(Mark, row("session_meta", id="child"), row("session_meta", id="parent"), row("session_meta", id="parent"), row("session_meta", id="child"))
    assert [(m.session, m.parent) for m in marks] == [("child", ""), ("", "parent")]
    assert of(Mark, row("session_meta", id="child", forked_from_id="parent"))[0].parent == "parent"


@pytest.mark.parametrize(
    ("source", "role", "parent"),
    [
        ({"subagent": {"thread_spawn": {"parent_thread_id": "p", "agent_role": "explorer"}}}, "explorer", "p"),
        ({"subagent": "review"}, "review", ""),
        ({"subagent": {"other": "x"}}, "other", ""),
        ({}, "subagent", ""),
        ("cli", "", ""),
    ],
)
def test_a_sub_agents_rollout_says_so(source: Any, role: str, parent: str) -> None:
    """A `source` that is an object is a sub-agent's, with its role and parent."""
    (mark,) = of(Mark, row("session_meta", id="s", source=source))
    assert (mark.subagent, mark.parent) == (role, parent)


def test_rolled_back_turns_are_rewound_to_their_first_prompt() -> None:
    """The event points at the prompt that is taken back, counted from the reading's beginning."""
    events = read(
        said("a"), row("event_msg", type="agent_message", message="b"), said("c"), said("d"), row("event_msg", type="thread_rolled_back", num_turns=2)
    )
    (rewind,) = [e for e in events if isinstance(e, Rewind)]
    target = events[rewind.to]
    assert isinstance(target, Prompt)
    assert target.text == "c"


def test_an_interruption_is_a_notice() -> None:
    """An aborted turn is neither speech nor lost."""
    assert [(e.kind, e.text) for e in of(Notice, row("event_msg", type="turn_aborted", reason="interrupted"))] == [("interrupted", "interrupted")]


def test_rows_without_a_payload_are_read_as_the_bare_form() -> None:
    """Rollouts of 2025 have no envelope."""
    bare = json.dumps({"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "hello"}]}).encode()
    assert [e.text for e in of(Reply, bare)] == ["hello"]


@pytest.mark.parametrize("line", [b"{", b"[]", b"3", b'"x"', b"\xff\xfe", b'{"type": "event_msg", "payload"', b"[" * 100_000])
def test_what_is_no_row_is_unreadable(line: bytes) -> None:
    """Broken rows are told from unknown ones."""
    with pytest.raises(UnreadableRowError):
        codex.start().row(0, line)


def test_an_unknown_type_is_counted_as_such() -> None:
    """A row of a type of tomorrow is skipped for that reason, not taken for something else."""
    assert codex.start().row(0, row("event_msg", type="from_tomorrow")) == "unknown-type"
    assert codex.start().row(0, b'{"type": "from_tomorrow", "payload": 3}') == "unknown-type"


def test_a_head_that_ends_within_the_first_row_is_recognised() -> None:
    """The first row may be longer than what is looked at."""
    assert codex.recognises(b'{"timestamp":"2026-03-02T09:00:00.000Z","type":"session_meta","payload":{"id":"s","base_instructions":{"text":"' + b"x" * 1000)
