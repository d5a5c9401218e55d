"""Our entries in texts that are not ours."""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from passdown.integrations import jsonc, plan
from passdown.integrations.base import Group, command
from passdown.integrations.table import AGENTS, agent

_spec = importlib.util.spec_from_file_location("files", Path(__file__).with_name("files.py"))
assert _spec
assert _spec.loader
files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(files)

HOOKED = [name for name in AGENTS if agent(name).hooks("", None)]
LAUNCHER = "/home/dev/.passdown/bin/passdown-hook"


def wanted(name: str, launcher: str = LAUNCHER) -> Mapping[str, Group]:
    return agent(name).hooks(command(launcher, name), None)


def value(text: str) -> Any:
    node = jsonc.parse(text)
    return node.plain() if node else None


def is_part(old: str, new: str) -> bool:
    """Whether every character of the one stands in the other, in order."""
    rest = iter(new)
    return all(c in rest for c in old)


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", files.FILES)
def test_install_adds_ours_and_keeps_every_byte(kind: str, name: str) -> None:
    """Each of our entries is there once, last in its list; the old text stands in the new one; what others had is the same."""
    text = files.FILES[kind]

    new = plan.install(text, wanted(name))

    assert plan.installed(new) == {event: [group] for event, group in wanted(name).items()}
    assert is_part(text, new)
    assert all(value(new)["hooks"][event][-1] == group for event, group in wanted(name).items())
    old = value(text) or {}
    assert {k: v for k, v in value(new).items() if k != "hooks"} == {k: v for k, v in old.items() if k != "hooks"}
    assert all(value(new)["hooks"][event][: len(groups)] == groups for event, groups in old.get("hooks", {}).items())


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", files.FILES)
def test_twice_is_once(kind: str, name: str) -> None:
    """A second installation changes nothing."""
    new = plan.install(files.FILES[kind], wanted(name))

    assert plan.install(new, wanted(name)) == new


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", files.FILES)
def test_uninstall_takes_ours_alone(kind: str, name: str) -> None:
    """Without knowing the bytes that were there, all but white space in empty places comes back."""
    text = files.FILES[kind]

    back = plan.uninstall(plan.install(text, wanted(name)), text)

    assert plan.installed(back) == {}
    if kind in ("empty file", "blanks", "only a comment"):
        assert plan.is_bare(back)
    else:
        assert value(back) == value(text)
        assert "".join(back.split()) == "".join(text.split())
    if kind not in ("empty file", "blanks", "only a comment", "blank object", "empty lists"):
        assert back == text


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("kind", files.BROKEN)
def test_what_is_not_such_a_file_is_refused(kind: str, name: str) -> None:
    """No text comes back for one that does not parse, or has another shape."""
    with pytest.raises(ValueError, match=r"line 1|is not a"):
        plan.install(files.BROKEN[kind].replace('"Stop"', json.dumps(next(iter(wanted(name))))), wanted(name))


@pytest.mark.parametrize("kind", files.FILES)
def test_an_upgrade_replaces_older_entries_where_they_stand(kind: str) -> None:
    """Entries of another home or with another timeout go, in a list others stay before and behind them, and all other bytes stay."""
    old = {event: {**group, "hooks": [{**group["hooks"][0], "timeout": 77}]} for event, group in wanted("codex", "/old/bin/passdown-hook").items()}
    retired = {"Retired": next(iter(old.values()))}
    text = plan.install(files.FILES[kind], {**old, **retired})

    new = plan.install(text, wanted("codex"))

    assert "/old/" not in new
    assert plan.installed(new) == {event: [group] for event, group in wanted("codex").items()}
    assert "Retired" not in new
    assert is_part(files.FILES[kind], new) or kind in ("empty lists", "blank object")


def test_handlers_of_others_in_an_entry_with_ours_stay() -> None:
    """Somebody put a handler of theirs into our entry: it stays, with its entry."""
    ours = json.dumps({"type": "command", "command": command(LAUNCHER, "codex")})
    for handlers in (f"[{ours}, {files.OTHER}]", f"[{files.OTHER}, {ours}]", f"[{files.OTHER}, {ours},\n {files.OTHER}]", f"[{ours}, {ours}, {files.OTHER},]"):
        back = plan.uninstall('{"hooks": {"Stop": [{"matcher": "m", "hooks": ' + handlers + "}]}}")

        [entry] = value(back)["hooks"]["Stop"]
        assert entry["matcher"] == "m"
        assert entry["hooks"] == [json.loads(files.OTHER)] * handlers.count("notify")


def test_a_list_with_ours_in_the_middle_keeps_its_layout() -> None:
    """Entries that came after ours move up, comments stay where they are."""
    ours = '{"hooks": [{"type": "command", "command": ' + json.dumps(command(LAUNCHER, "codex")) + "}]}"
    text = '{\n  "hooks": {\n    "Stop": [\n      {"a": 1}, // first\n      %s,\n      {"b": 2} // last\n    ]\n  }\n}\n'

    assert plan.uninstall(text % ours) == text.replace("      %s,\n", "")


def test_a_comment_before_ours_does_not_swallow_what_follows() -> None:
    """A line end that closes a comment stays when the next thing stands on our line."""
    ours = '{"hooks": [{"type": "command", "command": ' + json.dumps(command(LAUNCHER, "codex")) + "}]}"

    assert value(plan.uninstall('{"hooks": {"Stop": [{"a": 1}, // first\n' + ours + ', {"b": 2}]}}')) == {"hooks": {"Stop": [{"a": 1}, {"b": 2}]}}


def test_lists_that_stood_empty_before_stay() -> None:
    """A list that we have emptied goes with us, unless it was there before we came; where that is not known it goes."""
    text = '{"hooks": {"Stop": [], "PostToolUse": []}}'
    new = plan.install(text, wanted("codex"))

    assert value(plan.uninstall(new, text)) == value(text)
    assert value(plan.uninstall(new)) == {"hooks": {"PostToolUse": []}}


def test_a_comment_in_a_list_of_ours_stays() -> None:
    """Somebody wrote a remark beside our entry: the list stays for it."""
    new = plan.install("{}", wanted("codex")).replace('"Stop": [', '"Stop": [ // mine')

    assert "// mine" in plan.uninstall(new, "{}")


@pytest.mark.parametrize(("kind", "sample"), [
    ("two spaces", '\n      {\n        "hooks": [\n          {\n            "type": "command",'), ("tabs", '\n\t\t"Stop": [\n\t\t\t{\n\t\t\t\t"hooks": ['),
    ("four spaces", '\n    "hooks": {\n        "SessionStart": [\n            {'), ("minified", '},{"hooks":[{"type":"command","command":'),
    ("crlf", ',\r\n    "SessionStart": [\r\n      {\r\n')])
def test_new_entries_are_laid_out_as_the_file_is(kind: str, sample: str) -> None:
    """Indentation, line ends and density are those of the file."""
    new = plan.install(files.FILES[kind], wanted("claude-code"))

    assert sample in new
    assert ("\r" in new) == (kind == "crlf")
    assert new.count("\n") == new.count("\r\n") or kind != "crlf"
