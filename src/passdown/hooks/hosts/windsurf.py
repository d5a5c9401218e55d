"""Windsurf (Cascade): it shows a hook's output to the user and gives nothing to the model; the rules file speaks (`integrations.rules`).

Source: docs.windsurf.com/windsurf/cascade/hooks, seen 2026-11. That somebody subscribes to `post_cascade_response_with_transcript` makes it write
the transcript. The payload names no working directory: hooks run in the workspace's root.
"""

import os

from passdown.hooks.payload import quoted, text

ANSWERED: tuple[str, ...] = ()
REMINDED = False
RULES = ".windsurf/rules/passdown.md"
EVENTS = {"pre_user_prompt": "UserPromptSubmit", "post_cascade_response_with_transcript": "Stop", "session_start": "SessionStart",
          "session_end": "SessionEnd"}


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    info = given.get("tool_info")
    told: dict[str, object] = info if isinstance(info, dict) else {}
    return {"hook_event_name": EVENTS.get(text(given, "agent_action_name"), ""), "session_id": text(given, "trajectory_id"),
            "turn_id": text(given, "execution_id"), "cwd": text(told, "cwd") or os.getcwd(), "prompt": text(told, "user_prompt"),
            "transcript_path": text(told, "transcript_path")}


def envelope(event: str, said: str) -> str:  # noqa: ARG001  never asked for
    return f"{{\"message\":{quoted(said)}}}\n"


__all__ = ["ANSWERED", "EVENTS", "REMINDED", "RULES", "envelope", "read"]
