"""The plug-in for OpenCode, run by a JavaScript runtime with a launcher that writes down what it is given."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from passdown.integrations.agents import opencode

LAUNCHER = """#!/bin/sh
read -r line
echo "$line" >> {log}
case "$line" in
  *SessionStart*) echo '{{"context":"where things stand"}}';;
  *UserPromptSubmit*) echo '{{"context":"on the topic"}}';;
  *PreCompact*) echo 'no JSON';;
esac
"""
DRIVE = """
import { Passdown } from "%s"
const hooks = await Passdown({ directory: "/w/shop" })
const child = { sessionID: "child" }, one = { sessionID: "s-1" }
await hooks.event({ event: { type: "session.created", properties: { info: { id: "s-1" } } } })
await hooks.event({ event: { type: "session.created", properties: { info: { id: "child", parentID: "s-1" } } } })
const parts = [{ type: "text", text: "go on" }, { type: "text", text: "not said", synthetic: true }]
await hooks["chat.message"]({ ...one, messageID: "m-1" }, { parts })
const said = []
for (const given of [one, one, child, {}]) {
  const output = { system: ["theirs"] }
  await hooks["experimental.chat.system.transform"](given, output)
  said.push(output.system)
}
const compacting = { context: [] }
await hooks["experimental.session.compacting"](one, compacting)
await hooks.event({ event: { type: "session.compacted", properties: one } })
await hooks.event({ event: { type: "session.idle", properties: one } })
await hooks.event({ event: { type: "server.connected" } })
console.log(JSON.stringify({ said, compacting: compacting.context }))
"""


def drive(folder: Path, launcher: Path) -> Any:
    node = shutil.which("node") or shutil.which("bun")
    if node is None:
        pytest.skip("no JavaScript runtime")
    plugin = next(file for file in opencode.own(str(launcher)) if file.what == "plug-in")
    (folder / "passdown.mjs").write_text(plugin.text)
    (folder / "drive.mjs").write_text(DRIVE % "./passdown.mjs")
    done = subprocess.run([node, str(folder / "drive.mjs")], capture_output=True, text=True, check=False, timeout=60, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_session_is_briefed_and_captured(tmp_path: Path) -> None:
    """The briefing stands in each request's system prompt, is asked for once, and again after a compaction; sub-agents get none; all events arrive."""
    launcher, log = tmp_path / "passdown-hook", tmp_path / "log"
    launcher.write_text(LAUNCHER.format(log=log))
    launcher.chmod(0o755)

    found = drive(tmp_path, launcher)
    fired = [json.loads(line) for line in log.read_text().splitlines()]

    assert found["said"] == [["theirs", "where things stand", "on the topic"]] * 2 + [["theirs"]] * 2
    assert found["compacting"] == ["where things stand"]
    assert sorted((one["hook_event_name"], one.get("source", "")) for one in fired) == [
        ("PreCompact", ""), ("SessionStart", "compact"), ("SessionStart", "startup"), ("Stop", ""), ("UserPromptSubmit", "")]
    assert {(one["session_id"], one["cwd"]) for one in fired} == {("s-1", "/w/shop")}
    assert next(one for one in fired if "prompt" in one)["prompt"] == "go on"


def test_without_a_launcher_nothing_breaks(tmp_path: Path) -> None:
    """The program was removed and its plug-in was not: OpenCode goes on as it would without."""
    found = drive(tmp_path, tmp_path / "gone")

    assert found == {"said": [["theirs"]] * 4, "compacting": []}
