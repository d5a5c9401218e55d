"""What can be read off a shell command line without running it: the files that it prints, the script inside `bash -lc`.

For agents that have no read tool (Codex) this is how reads are known at all. Precision before recall: a word that may be
something else than a file is left out.
"""

import re
from collections.abc import Iterator, Mapping

SHELLS = frozenset(("bash", "sh", "zsh", "dash", "ksh"))
PRINTERS = frozenset(("cat", "head", "tail", "nl", "less", "more", "bat", "batcat", "tac", "get-content", "gc"))
SEARCHERS = frozenset(("rg", "grep", "egrep", "fgrep", "ggrep"))
PREFIXES = frozenset(("sudo", "command", "time", "nice", "env", "builtin", "exec"))
VALUED: Mapping[str, frozenset[str]] = {  # options whose value is the next word
    "head": frozenset(("-n", "-c", "--lines", "--bytes")),
    "tail": frozenset(("-n", "-c", "--lines", "--bytes")),
    "nl": frozenset(("-b", "-w", "-s", "-v", "-n", "-i")),
    "bat": frozenset(("-r", "-l", "--line-range", "--language", "--style", "--theme", "--paging")),
    "get-content": frozenset(("-totalcount", "-tail", "-head", "-first", "-encoding", "-delimiter")),
    "rg": frozenset(("-A", "-B", "-C", "-m", "-g", "-t", "-T", "-M", "-d", "-j", "-r", "--glob", "--type", "--max-count", "--context", "--max-depth",
                     "--sort", "--color", "--replace", "--after-context", "--before-context", "--iglob", "--max-columns", "--type-not")),
    "grep": frozenset(("-A", "-B", "-C", "-m", "--include", "--exclude", "--exclude-dir", "--color", "--context", "--max-count")),
}
TOKEN = re.compile(r"""\d?>>?(?:&\d)?|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s;&|<>()'"\\])+|<<-?|&&|\|\||[;&|<()\n'"]""", re.DOTALL)
QUOTED = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
ENDS = frozenset((";", "&", "|", "||", "&&", "\n", "(", ")"))
NOT_A_PATH = re.compile(r"[*?{}$`\n=,:@!<>|\[\]]|^[-+\d.]*$|^/dev/|^~?/?$")
LIKE_A_FILE = re.compile(r"[\w)\]-]\.\w{1,10}$|(?:^|/)(?:Makefile|Dockerfile|LICENSE|README|CHANGELOG|Gemfile|Rakefile|Procfile|\.env|\.\w+(?:rc|ignore))$")
SCRIPT_COMMAND = re.compile(  # a string that is cut off ends with its line
    r"""\bcmd["']?\s*:\s*(?:"((?:[^"\\\n]|\\.)*)|'((?:[^'\\\n]|\\.)*)|`((?:[^`\\]|\\.)*))""", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def script_of(words: list[str]) -> str:
    """The command line that a list of arguments runs: the script of `bash -lc SCRIPT`, else the words, quoted where they must be."""
    if len(words) >= 3 and words[0].rsplit("/", 1)[-1] in SHELLS and words[-2].startswith("-") and words[-2].endswith("c"):
        return words[-1]
    return " ".join(w if re.fullmatch(r"[\w@%+=:,./~-]+", w) else "'" + w.replace("'", "'\\''") + "'" for w in words)


def commands_in_script(source: str) -> str:
    """Command lines in a script that calls `exec_command({cmd: "…"})`, one below the other; "" when there are none."""
    found = (next((g for g in m.groups() if g is not None), "") for m in SCRIPT_COMMAND.finditer(source))
    return "\n".join(re.sub(r"\\(.)", lambda e: ESCAPES.get(e[1], e[1]), text, flags=re.DOTALL) for text in found)


def files_printed(command: str) -> tuple[str, ...]:
    """Files whose text `cat`, `sed -n`, `head`, `rg` and their like print, as spelled there, below the folder of a `cd` before them."""
    if "<<" in command:
        command = _without_heredocs(command)
    found: dict[str, None] = {}
    folder = ""
    for words in _segments(command):
        name = words[0].rsplit("/", 1)[-1].lower()
        if name == "cd" and len(words) > 1:
            folder = "" if NOT_A_PATH.search(words[1]) else _below(folder, words[1]) + "/"
        elif name in SHELLS and len(words) > 2 and words[1].startswith("-") and words[1].endswith("c"):
            found.update(dict.fromkeys(_below(folder, p) for p in files_printed(words[2])))
        else:
            found.update(dict.fromkeys(_below(folder, p) for p in _arguments(name, words[1:])))
    return tuple(found)


def _without_heredocs(command: str) -> str:
    """The command without the bodies of its here-documents: they are data."""
    lines = iter(command.split("\n"))
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        for mark in HEREDOC.finditer(line):
            for body in lines:
                if body.strip() == mark[2]:
                    break
    return "\n".join(kept)


def _segments(command: str) -> Iterator[list[str]]:
    """Simple commands as lists of unquoted words, without assignments and prefixes; those that write to a file are left out."""
    words: list[str] = []
    writes = skip = False
    for token in [*TOKEN.findall(command), ";"]:
        if token in ("'", '"'):  # never closed: what follows is not known
            return
        if token in ENDS:
            if words and not writes:
                yield words
            words, writes, skip = [], False, False
        elif token[-1] == ">" or token.startswith((">", "<", "1>", "2>")):
            writes = writes or (token[0] != "2" and "&" not in token and token[0] != "<")
            skip = "&" not in token
        elif skip:
            skip = False
        elif words or not (token in PREFIXES or re.match(r"\w+=", token)):
            words.append(_unquoted(token))


def _unquoted(token: str) -> str:
    if "'" not in token and '"' not in token and "\\" not in token:
        return token
    return QUOTED.sub(lambda m: m[1] if m[1] is not None else m[2] if m[2] is not None else m[3], token)


def _arguments(name: str, words: list[str]) -> list[str]:
    """The file arguments of one simple command; [] when the program prints no files."""
    if name in PRINTERS:
        return [w for w in _plain(name, words) if not NOT_A_PATH.search(w)]
    if name == "sed" and any(w.startswith("-n") for w in words) and not any(w.startswith("-i") for w in words):
        words = _plain(name, words)
        return [w for w in words[1:] if _is_file(w)]
    if name in SEARCHERS:
        given = any(w in ("-e", "-f", "--regexp", "--files") or w.startswith("--regexp=") for w in words)
        words = _plain(name, words)
        return [w for w in (words if given else words[1:]) if _is_file(w)]
    return []


def _plain(name: str, words: list[str]) -> list[str]:
    """Words that are neither options nor their values."""
    valued = VALUED.get("grep" if name in SEARCHERS and name != "rg" else name, frozenset())
    out: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-") and len(word) > 1:
            skip = word in valued or word.lower() in valued
        else:
            out.append(word)
    return out


def _is_file(word: str) -> bool:
    return bool(LIKE_A_FILE.search(word)) and not NOT_A_PATH.search(word)


def _below(folder: str, path: str) -> str:
    path = path.removeprefix("./")
    return path if path.startswith(("/", "~")) or not folder else folder.rstrip("/") + "/" + path


__all__ = ["commands_in_script", "files_printed", "script_of"]
