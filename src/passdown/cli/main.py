"""The command table, dispatch, and the one place where an error becomes text and an exit code."""

import argparse
import atexit
import errno
import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

import passdown.cli.msgspec_alone  # noqa: F401  first of ours
from passdown import __version__
from passdown.cli.output import Output
from passdown.errors import PassdownError, UnreadableFile, UsageError
from passdown.project import Project, open_project

INTERRUPTED = 130
GARBAGE = 200_000  # objects between two looks for cycles: a short verb makes fewer, and at the usual 700 a twentieth of its time is looking
UNEXPECTED = 70
REFUSED = frozenset((errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE, errno.ENFILE))  # by the file system, of what it was given
LONGEST_NAME = 200  # characters that are said of it

GROUPS: Mapping[str, Mapping[str, str]] = {  # verb -> one line of help; the module has the verb's name in passdown.cli.commands
    "the loop": {
        "init": "start a store for this project",
        "install": "wire passdown into your coding agents",
        "capture": "read what is new in agents' transcripts",
        "resume": "the briefing for the next session",
        "run": "start an agent that knows where things stand",
        "handoff": "write or update the hand-off document",
        "check": "hold documents against the rules of their style",
    },
    "what is known": {
        "note": "keep one record, said on purpose",
        "search": "find records and what was said",
        "list": "list records",
        "show": "one record with its evidence, or a session",
        "why": "what is known about a place in the code",
        "verify": "hold records against the repository",
        "guard": "does this reopen what is settled?",
        "load": "what of the project's own documents a task needs",
    },
    "changing it": {
        "review": "accept or reject what was extracted",
        "edit": "change a record",
        "supersede": "replace a record by a new one",
        "resolve": "mark a record as done or settled",
        "archive": "put a record away",
        "share": "publish records into the work tree",
        "forget": "remove a record or session for good",
        "undo": "take back the last operation",
    },
    "documents": {
        "import": "documents of any style into records",
        "export": "records as documents of any style",
    },
    "looking after it": {
        "sessions": "list captured sessions",
        "stats": "sessions, time, tokens, cost, records",
        "doctor": "health of the store and of capture",
        "scan": "look for secrets in the store or in files",
        "backup": "the private store into one file",
        "restore": "a backup back into the store",
        "agents": "which agents are here, how they are wired",
        "trust": "let the plans of a repository run on this machine",
        "pause": "let hooks keep and say nothing for a while",
        "uninstall": "take passdown out of them again",
        "merge-driver": "merge shared records field by field (git runs it)",
        "mcp": "the memory as an MCP server",
    },
    "productions": {
        "workflow": "items through the phases of a plan, with agents",
    },
    "more": {
        "demo": "the whole loop on a small sample",
        "completion": "print a completion script for your shell",
    },
}
COMMANDS: Mapping[str, str] = {verb: words for group in GROUPS.values() for verb, words in group.items()}
MODULES = {"import": "import_", "merge-driver": "merge_driver"}  # of verbs whose names are no names of modules
NO_PROJECT = frozenset(("demo", "completion", "mcp"))  # verbs that do not look at the current directory
PASSING = frozenset(("run",))  # verbs that pass words behind `--` on to another program


class Command(Protocol):
    """What a module in `commands/` provides."""

    @property
    def HELP(self) -> str: ...
    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: argparse.Namespace, project: Project, out: Output) -> int: ...


class Parser(argparse.ArgumentParser):
    """Mistakes are told like everything else: a word of the command line may be a secret."""

    def error(self, message: str) -> "None":  # type: ignore[override]
        Output().say(f"{self.prog}: {message}{self._nearest(message)}\nSee `{self.prog} --help`.")
        raise SystemExit(2)

    def _nearest(self, message: str) -> str:
        """The word that was probably meant, where the message holds what was written and what could have been."""
        import difflib
        import re

        quoted = re.findall(r"'([^']*)'", message)
        if "invalid choice" in message:
            wrong, known = quoted[0], quoted[1:]
        elif message.startswith("unrecognized arguments: -"):
            wrong, known = message.split()[2].split("=")[0], list(self._option_string_actions)
        else:
            return ""
        near = difflib.get_close_matches(wrong, known, n=1)
        return f". Did you mean `{near[0]}`?" if near else ""


def overview() -> str:
    width = max(map(len, COMMANDS)) + 2
    rows = "\n\n".join("\n".join([f"{group}", *(f"  {verb:<{width}}{words}" for verb, words in verbs.items())]) for group, verbs in GROUPS.items())
    return (f"passdown {__version__}: session continuity for AI coding agents\n\nusage: passdown VERB [options]\n\n{rows}\n\n"
            "  passdown VERB --help   options of one verb\n  passdown --version     version\n")


def formatter(prog: str) -> argparse.HelpFormatter:
    """With its width given: else argparse imports `shutil` for it at every start, 2 ms."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 80
    return argparse.RawDescriptionHelpFormatter(prog, width=width - 2)


def parser_of(verb: str, command: Command) -> argparse.ArgumentParser:
    """The verb's own options and those that every verb has."""
    parser = Parser(prog=f"passdown {verb}", description=command.HELP, formatter_class=formatter, allow_abbrev=False)
    command.add_arguments(parser)
    common = parser.add_argument_group("options of every verb")
    common.add_argument("--json", action="store_true", help="data as JSON on standard output")
    common.add_argument("-C", "--directory", metavar="DIR", default=".", help="act as if started in DIR")
    common.add_argument("--now", metavar="TIME", default="", help="ISO time to take for now (also PASSDOWN_NOW)")
    return parser


def load(verb: str) -> Command:
    command: Command = importlib.import_module(f"passdown.cli.commands.{MODULES.get(verb, verb)}")
    return command


def unknown(verb: str) -> int:
    import difflib

    near = difflib.get_close_matches(verb, COMMANDS, n=1)
    Output().say(f"passdown: there is no verb `{verb}`." + (f" Did you mean `{near[0]}`?" if near else "") + "\nSee `passdown --help`.")
    return 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    gc.set_threshold(GARBAGE)
    atexit.register(gc.freeze)  # the process ends: to look for cycles in all that is left would take a tenth of a short verb's time
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["help"] and words[1:2] and words[1] in COMMANDS:
        words = [words[1], "--help"]
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        sys.stdout.write(f"passdown {__version__}\n")
        return 0
    words = verb_first(words)
    if words[0] not in COMMANDS:
        return unknown(words[0])
    return guarded(words[0], words[1:])


def verb_first(words: list[str]) -> list[str]:
    """`-C DIR --json list` as `list -C DIR --json`: options of every verb may stand before it."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in ("-C", "--directory", "--now") else 1
    return [words[at], *words[:at], *words[at + 1:]] if 0 < at < len(words) and words[at] in COMMANDS else words


def guarded(verb: str, words: list[str]) -> int:
    """The catch-all of this front end: expected errors by class, unexpected ones as a report that can be pasted."""
    words, passed = parted(verb, words)
    out = Output("--json" in words)
    try:
        check(words)
        command = load(verb)
        parser = parser_of(verb, command)
        read = parser.parse_intermixed_args if verb in PASSING else parser.parse_args  # a prompt may stand before options and behind them
        args = read(words, argparse.Namespace(passed=passed))
        project = open_project(args.directory, args.now) if verb not in NO_PROJECT else open_project(os.curdir, args.now, optional=True)
        code = command.run(args, project, out)
        out.flush()
        return code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except PassdownError as error:
        return told(error, out)
    except OSError as error:
        return told(refused(error), out) if isinstance(error, PermissionError) or error.errno in REFUSED else reported(error, verb, out)
    except Exception as error:  # noqa: BLE001  the outermost edge
        return reported(error, verb, out)


def check(words: Sequence[str]) -> None:
    """Raises `UsageError` for words that are no text, which no name of ours can be, and for `--option=--`, of which argparse makes a list."""
    for word in words:
        if not word.isascii() and any("\ud800" <= c <= "\udfff" for c in word):
            raise UsageError(f"`{word}` is not UTF-8", "Rename the file, or type the word anew.")
        if word.startswith("--") and word.endswith("=--"):
            raise UsageError(f"`{word[:-3]}` needs a value", "`--` alone ends the options.")


def parted(verb: str, words: list[str]) -> tuple[list[str], list[str]]:
    """Our words, and those of another program: argparse would take the latter for ours wherever an option stands before `--`."""
    at = words.index("--") if verb in PASSING and "--" in words else len(words)
    return words[:at], words[at + 1:]


def told(error: PassdownError, out: Output) -> int:
    """An error that the user can do something about."""
    if out.as_json:
        out.json({"error": {"code": error.code, "message": error.message, "hint": error.advice, "exit": error.exit_code}})
    out.say(f"passdown: {error.message}" + (f"\n{error.advice}" if error.advice else ""))
    return error.exit_code


def refused(error: OSError) -> UnreadableFile:
    """What the file system does not let us do."""
    name = str(error.filename or "a file")
    return UnreadableFile(path=name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…", reason=error.strerror or str(error))


def reported(error: BaseException, verb: str, out: Output) -> int:
    """An error of ours: where it happened, without a word of what was being read."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = "\n".join(f"  {f.filename.rsplit('passdown', 1)[-1]}:{f.lineno} {f.name}" for f in frames)
    out.say(f"passdown {__version__}: `{verb}` met a fault of its own: {type(error).__name__}\n{where}\n"
            "Nothing acknowledged is lost. Please report the lines above; they hold no text of yours.")
    if os.environ.get("PASSDOWN_DEBUG"):
        out.say("".join(traceback.format_exception(error)))
    return UNEXPECTED


__all__ = ["COMMANDS", "Command", "main"]
