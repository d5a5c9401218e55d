"""Contents and tool results of Gemini CLI and of Qwen Code, which was forked from it.

Source: `chatRecordingTypes.ts` and the tools of google-gemini/gemini-cli as of 2026-08, and a recorded session of Qwen Code 0.21.14, seen 2026-11.
"""

import re
from collections.abc import Mapping
from typing import Any

from passdown.model.event import ToolResult
from passdown.transcripts.base import OUTPUT_CHARS, clip
from passdown.transcripts.fields import first, obj, objects, string

OPENED = re.compile(r"<(hook_context|session_context|system-reminder)>")  # what hooks and the host put around a prompt
CODE = re.compile(r"^(?:Process )?(?:Exit Code|exited with code):? (-?\d+)", re.MULTILINE | re.IGNORECASE)
FAILED = frozenset(("error", "cancelled"))
DONE = frozenset(("success", *FAILED))
EFFECTS = {"Successfully created": "created", "Successfully overwrote": "updated"}


def unwrapped(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What the user typed, and what hooks and the host put around it: (name, text with its tags), in order. A tag that is not closed is the user's."""
    said, around, at = list[str](), list[tuple[str, str]](), 0
    while (opened := OPENED.search(text, at)) and (end := text.find(closing := f"</{opened[1]}>", opened.end())) >= 0:
        said.append(text[at: opened.start()])
        at = end + len(closing)
        around.append((opened[1], text[opened.start(): at]))
    return "".join([*said, text[at:]]).strip(), around


def plain(content: Any) -> tuple[str, int]:
    """The text of a message's content, a string or parts, and how many images or files it holds."""
    if not isinstance(content, list):
        part = obj(content)
        return (string(part.get("text")) if part and not isinstance(content, str) else string(content)), 0
    texts = [p if isinstance(p, str) else string(obj(p).get("text")) for p in content]
    media = sum(1 for p in objects(content) if "inlineData" in p or "fileData" in p)
    return "\n".join(t for t in texts if t), media


def output_of(result: Any) -> str:
    """What a tool answered: the texts of its parts."""
    if isinstance(result, str):
        return result
    out = []
    for part in objects(result if isinstance(result, list) else [result]):
        response = obj(obj(part.get("functionResponse")).get("response"))
        out.append(first(response, "output", "error", "content") or string(part.get("text")))
    return "\n".join(t for t in out if t)


def result_of(call: Mapping[str, Any], key: str, at: str, n: int) -> ToolResult:
    """How a call ended. The exit code of a command stands in its output alone, and only when it is not 0 in newer versions."""
    output = output_of(call.get("result")) or string(call.get("resultDisplay"))
    code = CODE.search(output) if "shell" in string(call.get("name")) else None
    failed = string(call.get("status")) in FAILED or (code is not None and code[1] != "0")
    effect = next((word for opening, word in EFFECTS.items() if output.startswith(opening)), "")
    return ToolResult(at=at, row=n, call=key, ok=not failed, exit_code=int(code[1]) if code else None, output=clip(output, OUTPUT_CHARS),
                      size=len(output), effect=effect, agent=string(call.get("agentId")))  # type: ignore[arg-type]


__all__ = ["DONE", "output_of", "plain", "result_of", "unwrapped"]
