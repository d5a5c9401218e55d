"""Slash commands for hosts that have them: files of ours in the host's own folder and form.

Sources: google-gemini/gemini-cli docs/cli/custom-commands.md (TOML: `description`, `prompt`, `{{args}}`), cursor.com/docs (Markdown, the words behind the
command follow it), opencode.ai/docs/commands (Markdown with front matter, `$ARGUMENTS`), seen 2026-11.
"""

from collections.abc import Iterator, Mapping

import msgspec

from passdown.integrations.base import Own
from passdown.integrations.own import signed


class Command(msgspec.Struct, frozen=True):
    """A slash command. text: what it asks for; `{args}` stands for what the user typed behind it, `{launcher}` for the launcher."""

    says: str
    text: str


ELSE = "Where `passdown` is not found, `{launcher}` takes the same words."
COMMANDS: Mapping[str, Command] = {
    "resume": Command(
        "Where things stand in this project",
        "Run `passdown resume --task \"{args}\"` (without --task if nothing follows here), and `passdown show ID` for what needs a closer look.\n"
        "Look in the code at what is marked ~ or ✗. Then say in two or three sentences where things stand, what comes next and what is open,\n"
        "before you change anything."),
    "note": Command(
        "Keep one piece of knowledge for later sessions",
        "Keep this as a record with `passdown note KIND \"TEXT\"`: {args}\n"
        "KIND is decision, approach, knowledge, task, blocker, issue, risk, question, command, preference or lesson; `passdown note --help` has the options.\n"
        "Give a decision its reason (--why) and what was rejected (--alternative), a failed approach its cause, and tie it to the code (--file PATH:LINES)."),
    "handoff": Command(
        "Write this session's hand-over",
        "Run `passdown handoff`. It ends with what is missing, each with the command that fills it: fill in what you know of this session, leave the\n"
        "rest open, and run it again until nothing that is known is missing. Then say where the document lies, and what matters most. {args}"),
}


def toml(folder: str, launcher: str) -> Iterator[Own]:
    """Gemini CLI and Qwen Code: `/passdown:resume`."""
    for name, one in COMMANDS.items():
        prompt = filled(one, "{{args}}", launcher).replace("\\", "\\\\")
        yield Own("command", f"{folder}/{name}.toml", signed(f'description = "{one.says}"\nprompt = """\n{prompt}\n"""\n', "toml"))


def markdown(folder: str, launcher: str) -> Iterator[Own]:
    """Cursor: `/passdown-resume`; what the user types behind it is sent with it."""
    for name, one in COMMANDS.items():
        yield Own("command", f"{folder}/passdown-{name}.md", signed(f"{filled(one, 'what is written behind this command', launcher)}\n", "md"))


def described(folder: str, launcher: str) -> Iterator[Own]:
    """OpenCode: `/passdown-resume`, described in its front matter."""
    for name, one in COMMANDS.items():
        text = f"---\ndescription: {one.says}\n---\n{filled(one, '$ARGUMENTS', launcher)}\n"
        yield Own("command", f"{folder}/passdown-{name}.md", signed(text, "md"))


def filled(one: Command, args: str, launcher: str) -> str:
    return f"{one.text}\n{ELSE}".replace("{args}", args).replace("{launcher}", launcher)


__all__ = ["COMMANDS", "described", "markdown", "toml"]
