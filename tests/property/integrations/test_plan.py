"""Any JSON with comments, in any layout: our entries go in and come out again."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.integrations import jsonc, plan
from passdown.integrations.base import command
from passdown.integrations.table import agent

WANTED = agent("claude-code").hooks(command("/home/dev/.passdown/bin/passdown-hook", "claude-code"), None)
BLANKS = st.sampled_from(["", "", "", " ", "\n", "\n  ", "\r\n\t", "// c\n", " /* , ] */ ", "\n// \"x\": [\n    ", "/**/"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=6))
HANDLERS = st.lists(st.sampled_from([{"type": "command", "command": "notify.sh"}, {"type": "prompt", "prompt": "p"}]), max_size=2)
ENTRIES = st.one_of(st.builds(lambda h: {"hooks": h}, HANDLERS), st.builds(lambda h: {"matcher": "*", "hooks": h}, HANDLERS), SCALARS)
HOOKS = st.dictionaries(st.sampled_from(["Stop", "SessionStart", "Other"]), st.lists(ENTRIES, max_size=3), max_size=3)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A settings file, perhaps with hooks of others, in a layout of its own."""
    value = draw(st.dictionaries(st.text(max_size=4).filter(lambda k: k != "hooks"), VALUES, max_size=3))
    if draw(st.booleans()):
        value["hooks"] = draw(HOOKS)
    return ("\ufeff" if draw(st.booleans()) else "") + draw(BLANKS) + written(draw, value) + draw(BLANKS)


def written(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, dict):
        items = [json.dumps(k) + draw(BLANKS) + ":" + draw(BLANKS) + written(draw, v) for k, v in value.items()]
    elif isinstance(value, list):
        items = [written(draw, v) for v in value]
    else:
        return json.dumps(value)
    body = "".join(draw(BLANKS) + item + draw(BLANKS) + "," for item in items)
    trailing = draw(st.booleans())
    body = body if items and trailing else body[:-1]
    return ("{%s}" if isinstance(value, dict) else "[%s]") % (body + draw(BLANKS))


def value_of(text: str) -> Any:
    node = jsonc.parse(text)
    return node.plain() if node else None


@settings(max_examples=150, deadline=None)
@given(documents())
def test_in_and_out_again(text: str) -> None:
    """Ours are in once and for good, every character stays in its order; out again, only white space may differ."""
    new = plan.install(text, WANTED)
    rest = iter(new)

    assert plan.installed(new) == {event: [group] for event, group in WANTED.items()}
    assert all(c in rest for c in text)
    assert plan.install(new, WANTED) == new
    back = plan.uninstall(new, text)
    assert value_of(back) == value_of(text)
    assert "".join(back.split()) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='{}[]",:/* \n\\ahoks1', max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    """It is edited as it should be, or refused."""
    try:
        new = plan.install(text, WANTED)
    except ValueError:
        return
    assert plan.installed(new) == {event: [group] for event, group in WANTED.items()}
