"""Codex: hooks in `hooks.json`, skills in `~/.agents/skills`, and on demand an MCP server as a marked block at the end of `config.toml`.

Source: developers.openai.com/codex/hooks and codex-rs `config/src/hook_config.rs`, versions up to 0.169, seen 2026-11.
The root of hooks.json may have `description` and `hooks` alone; unknown events are passed over; it is strict JSON. The user has to trust every hook
once (`/hooks`). The trust stands in config.toml under file, event, position in the list and hash of the definition: so our entry goes to the
end of a list, stays where it is in an upgrade, and **whatever is changed below makes every user trust it again.** `timeout` is in seconds; SessionEnd
has 1 s, 3 at most. Commands run as `$SHELL -lc`, which may be fish.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from passdown.integrations import jsonc
from passdown.integrations.base import Group, Run, Server, Sheet, entry
from passdown.integrations.base import nothing_own as own
from passdown.model.finding import Finding

NAME = "codex"
TITLE = "Codex"
HOME = ".codex"
BINARY = "codex"
SUPPORT = "full, once you trust the hooks: capture on every stop, briefing at start, resume, clear and after a compaction; none in `codex exec`"
CONFIG: Mapping[str, str] = {"user": ".codex/hooks.json", "project": "{project}/.codex/hooks.json"}
SETTINGS = ".codex/config.toml"
SKILLS = ".agents/skills"
AFTER = ("Codex runs no new hook before you trust it: start `codex`, type /hooks, and trust the passdown entries. "
         "Their commands never change, so your trust survives upgrades of passdown.")

ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".codex/config.toml", ()), "project": Server("{project}/.codex/config.toml", ())}
RUN = Run(("{named}",))
SHEET = Sheet(
    start="hook", compaction="hook", guard="edits, commands, prompts", fallback="AGENTS.md block (`passdown install generic`)",
    trust="Start `codex`, type /hooks and trust the entries of passdown, once: their commands never change. `codex exec` runs no hooks.",
    sees="/hooks lists the entries as trusted; a start fires with the first prompt, not when the window opens.")

ROOT_KEYS = frozenset(("description", "hooks"))
EVENTS: Mapping[str, tuple[str, int]] = {  # event -> matcher, timeout in seconds
    "SessionStart": ("startup|resume|clear|compact", 10),
    "UserPromptSubmit": ("", 5),
    "PreToolUse": ("Bash|apply_patch", 5),  # early versions fire it for Bash alone
    "Stop": ("", 10),
    "SubagentStop": ("", 10),
    "PreCompact": ("", 10),
    "PostCompact": ("", 10),
    "SessionEnd": ("", 1),
}


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  every version passes over events it does not know
    """See `base.Agent`."""
    return {event: entry(command, *how) for event, how in EVENTS.items()}


def hindrances(hooks: str, settings: str) -> Iterator[Finding]:
    """See `base.Agent`."""
    yield from file_hindrances(hooks)
    try:
        config = tomllib.loads(settings.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        yield Finding("config-unreadable", "warning", SETTINGS, f"it is not TOML: {error}", "Mend it: Codex does not start with it.")
        return
    features = config.get("features")
    if isinstance(features, dict) and features.get("hooks", features.get("codex_hooks")) is False:
        yield Finding("hooks-disabled", "warning", SETTINGS, "`[features] hooks = false`: Codex runs no hook at all", "Set it to true, or take it out.")
    inline = config.get("hooks")
    if isinstance(inline, dict) and set(inline) - {"state"}:
        yield Finding("hooks-in-two-places", "info", SETTINGS, "hooks stand in config.toml too: Codex runs both and warns that there are two places",
                      "Nothing has to be done.")


def file_hindrances(hooks: str) -> Iterator[Finding]:
    where = CONFIG["user"]
    found = jsonc.settings(hooks)  # nothing where it does not parse: that is told when it is edited
    foreign = sorted(set(found) - ROOT_KEYS)
    if foreign:
        yield Finding("hooks-refused", "warning", where, f"Codex refuses the whole file because of `{foreign[0]}`",
                      f"Take out what is neither `description` nor `hooks`: {', '.join(foreign)}.")
    if found and not strict(hooks):
        yield Finding("hooks-refused", "warning", where, "Codex reads strict JSON: comments, a comma too many or a byte order mark make it refuse the file",
                      "Take those out.")


def strict(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def retention_days(settings: Iterable[str]) -> int | None:  # noqa: ARG001  it has no such setting
    """None: Codex keeps its transcripts; old ones are compressed in their place."""
    return None


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
