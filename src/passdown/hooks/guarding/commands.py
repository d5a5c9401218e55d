"""A command line, a clause for each program that it runs: one that reads, removes, installs, writes a message down, or does anything else."""

import re

from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.words import listed

_PARTS = re.compile(r"(?:&&|\|\||;|\n)\s*")
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?.*?(?:\n\s*\1\b|\s\1\s|$)", re.DOTALL)
_PIPE = re.compile(r"\s\|\s")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_INTO = re.compile(r">{1,2}\s*([^\s&|;<>]+)")
JOINS = (("\n", " "), (";", ","), ("&&", ","), ("|", ","))  # what ends a command, but not within quotes
READS = listed("""
cat ls grep rg ag ack find fd less more head tail wc tree stat file echo printf which type man diff bat awk cut sort uniq jq yq open pwd cd du df ps
""")
GIT_READS = listed("log show diff status blame grep branch describe shortlog reflog rev-parse ls-files fetch stash")
INFORMS = listed("""
list ls show info view why outdated audit search freeze tree doc docs help --help --version status describe logs lint validate diff plan inspect get-value
--list --dry-run --check
""")
REMOVES = listed("deinit -droprequire --remove teardown uninstall remove rm un unlink purge prune -delete delete drop disable destroy down")
MANAGERS = listed("""
npm yarn pnpm bun pip pip3 poetry uv cargo go gem bundle composer mix conda brew apt apt-get dotnet nuget pod flutter dart opam cabal
""")
INSTALLS = listed("install add i get require in")
TESTS = listed("""
test tests pytest rspec jest vitest mocha cypress playwright ctest tox nox phpunit spec check lint fmt format clippy fix build compile generate migrate
""")
WRAPPERS = listed("sudo npx time exec env bunx rtk nice nohup command timeout")
WRITES = listed("mv cp rm tee touch truncate patch install ln vim vi nano code")
IN_PLACE = ("-i", "--in-place", "-pi")
FORCES = listed("-f --force --force-with-lease")
LEADING = slice(1, 4)  # the words behind the program that say what it does


def clauses(text: str) -> list[Clause]:
    """A clause for each program with its arguments; of a pipe the first one counts."""
    return [_call(piece) for part in _PARTS.split(_bare(text)) for piece in _PIPE.split(part)[:1] if piece.strip()]


def written(text: str) -> tuple[str, ...]:
    """Paths that a command line writes to, as far as it shows."""
    text = _bare(text)
    found = [m[1] for m in _INTO.finditer(text)]
    for part in _PARTS.split(text):
        raw = part.split()
        raw = raw[1:] if raw[:1] == ["git"] and raw[1:2] in (["mv"], ["rm"]) else raw
        if raw and (raw[0] in WRITES or (raw[0] in ("sed", "perl") and any(w.startswith(IN_PLACE) for w in raw))):
            found += [w.strip("'\"") for w in raw[1:] if not w.startswith("-")]
    return tuple(found)


def _bare(text: str) -> str:
    """Without comments and what is fed to a program; quotes hold nothing that ends a command."""
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return _HEREDOC.sub(" ", _QUOTED.sub(_joined, text))


def _joined(quoted: re.Match[str]) -> str:
    text = quoted[0]
    for end, instead in JOINS:
        text = text.replace(end, instead)
    return text


def _call(text: str) -> Clause:
    """One program with its arguments. What it is told to write down is a message; what it reads or lists changes nothing."""
    raw = [w for w in text.split() if "=" not in w or w.startswith("-") or not w.split("=")[0].isupper()]
    raw = raw[1:] if len(raw) > 1 and raw[0] in WRAPPERS else raw
    program, verb = (raw[0].rsplit("/", 1)[-1] if raw else ""), next((w for w in raw[1:] if not w.startswith("-")), "")
    does = _does(program, verb, raw)
    clause = Clause(text, frozenset(does))
    if "runs" not in does:
        return clause
    if "installs" in does:
        clause.imply("dependency", "new", "add", "install")
    if program == "git" and verb == "push" and FORCES.intersection(raw):
        clause.imply("force", "push")
    if program == "git" and verb == "merge" and "--squash" not in raw:
        clause.imply("merge-commit")
    return clause


def _does(program: str, verb: str, raw: list[str]) -> tuple[str, ...]:
    if program in READS or (program == "git" and verb in GIT_READS) or INFORMS.intersection(raw[LEADING]):
        return ("reads",)
    if (program == "git" and verb in ("add", "commit", "tag")) or program == "gh":
        return ("writes", "message")
    if REMOVES.intersection(raw[LEADING]) or "-delete" in raw or program in ("rm", "rmdir"):
        return ("removes",)
    if TESTS.intersection([program, *raw[LEADING]]):
        return ("runs", "tests")
    return ("runs", "installs") if program in MANAGERS and verb in INSTALLS and len(raw) > 2 else ("runs",)


__all__ = ["clauses", "written"]
