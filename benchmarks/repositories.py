"""Invented git repositories with a long history, the same from the same seed: source files of several languages, renames, branches and merges."""

import random
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

VERBS = (
    "load", "parse", "render", "drain", "retry", "merge", "split", "check", "fetch", "store",
     "index", "group", "trim", "score", "route", "watch", "apply", "encode")
NOUNS = (
    "queue", "order", "invoice", "token", "session", "report", "customer", "ledger",
    "batch", "header", "cursor", "bucket", "metric", "policy", "folder", "signal")
WORDS = ("limit", "rows", "state", "offset", "total", "names", "delay", "parts", "found", "span", "depth", "width")
START = 1_735_700_000  # seconds since 1970: January 2025
STEP_S = 9_000


@dataclass(frozen=True, slots=True)
class Shape:
    """What a repository is like. endings: of its source files, with their shares; branch: share of commits that begin a branch."""

    name: str
    files: int
    commits: int
    endings: Mapping[str, float]
    folders: int
    branch: float
    rename: float


SHAPES = (
    Shape("service", 380, 2_100, {".py": 0.75, ".md": 0.1, ".sh": 0.05, ".js": 0.1}, 14, 0.04, 0.01),
    Shape("monorepo", 560, 2_600, {".ts": 0.45, ".js": 0.2, ".go": 0.1, ".md": 0.15, ".py": 0.1}, 40, 0.01, 0.02),
)


@dataclass
class Writer:
    """Text of invented files."""

    rnd: random.Random
    used: set[str] = field(default_factory=set)

    def name(self) -> str:
        """A name that no other definition has."""
        while True:
            name = f"{self.rnd.choice(VERBS)}_{self.rnd.choice(NOUNS)}_{self.rnd.choice(WORDS)}{self.rnd.randrange(1000)}"
            if name not in self.used:
                self.used.add(name)
                return name

    def file(self, ending: str) -> list[str]:
        """Blocks, each a piece of text that ends in a line end; the first is the file's head."""
        head = {".py": '"""What the module is for."""\n\nimport os\nimport sys\n', ".js": "'use strict';\n", ".ts": "import { join } from 'path';\n",
                ".go": "package main\n", ".md": f"# {self.rnd.choice(NOUNS).title()}\n\nSome words.\n", ".sh": "#!/bin/sh\nset -e\n"}[ending]
        return [head, *(self.block(ending) for _ in range(self.rnd.randint(3, 9)))]

    def block(self, ending: str, name: str = "") -> str:
        """A function, or a section, with a blank line before it."""
        name, a, b = name or self.name(), *self.rnd.sample(WORDS, 2)
        body, camel = [self.line(ending, a, b) for _ in range(self.rnd.randint(3, 12))], camelled(name)

        def inside(margin: str) -> str:
            return "".join(f"{margin}{row}\n" for row in body)

        match ending:
            case ".py":
                return f'\n\ndef {name}({a}: int, {b}: str = "x") -> int:\n    """Says what it does."""\n{inside("    ")}    return {a}\n'
            case ".js":
                return f"\nexport function {camel}({a}, {b} = 1) {{\n{inside('  ')}  return {a};\n}}\n"
            case ".ts":
                return f"\nexport async function {camel}({a}: number, {b}: string): Promise<number> {{\n{inside('  ')}  return {a};\n}}\n"
            case ".go":
                return f"\nfunc {camel}({a} int, {b} string) int {{\n{inside(chr(9))}\treturn {a}\n}}\n"
            case ".sh":
                return f"\n{name}() {{\n{inside('  ')}}}\n"
            case _:
                return f"\n## {name.replace('_', ' ').title()}\n\n{inside('')}"

    def line(self, ending: str, a: str, b: str) -> str:
        n, verb = self.rnd.randrange(10_000), self.rnd.choice(VERBS)
        plain = f"{a} = {verb}({b}, {n})"
        return {".py": plain, ".js": f"{plain};", ".ts": f"const {b}{n} = {verb}({a}, {n});", ".go": plain,
                ".sh": f'echo "{verb} {n}" "${a}"', ".md": f"It will {verb} the {self.rnd.choice(NOUNS)} after {n} {a}."}[ending]


def camelled(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def defined_name(block: str) -> str:
    """The name that a block of `Writer` defines."""
    head = next(row for row in block.split("\n") if row.strip())
    if head.startswith("## "):
        return head[3:]
    words = head.replace("(", " ").split()
    return words[next((i + 1 for i, w in enumerate(words) if w in ("def", "function", "func")), 0)]


@dataclass
class History:
    """Files as blocks, and the stream of commits for `git fast-import`."""

    shape: Shape
    seed: int

    def __post_init__(self) -> None:
        self.rnd = random.Random(f"{self.shape.name} {self.seed}")
        self.writer = Writer(self.rnd)
        self.files: dict[str, list[str]] = {}
        self.mark = 0

    def path(self) -> str:
        ending = self.rnd.choices(list(self.shape.endings), list(self.shape.endings.values()))[0]
        number = self.rnd.randrange(self.shape.folders)
        folder = f"{self.rnd.choice(('src', 'lib', 'packages'))}/{NOUNS[number % len(NOUNS)]}{number}"
        return f"{'docs' if ending == '.md' else folder}/{self.writer.name()}{ending}"

    def stream(self) -> Iterator[str]:
        first = {"README.md": ["# An invented project\n"], "package.json": [manifest(range(40))], "Makefile": [makefile(range(40))]}
        first |= {path: self.writer.file(path[path.rindex("."):]) for path in (self.path() for _ in range(self.shape.files))}
        yield self.commit("refs/heads/main", "Begin", first)
        while self.mark < self.shape.commits:
            if self.rnd.random() < self.shape.branch:
                yield from self.branch()
            else:
                yield self.commit("refs/heads/main", *self.change())

    def branch(self) -> Iterator[str]:
        """A branch of a few commits, and its merge; main goes on meanwhile in other files."""
        base, name = self.mark, f"feature/{self.writer.name().replace('_', '-')}"
        mine = self.rnd.sample(sorted(self.files), len(self.files) // 4)
        length = self.rnd.randint(2, 6)
        yield self.commit(f"refs/heads/{name}", *self.change(mine), parent=base)
        for _ in range(length):
            yield self.commit(f"refs/heads/{name}", *self.change(mine))
        tip = self.mark
        others = sorted(set(self.files) - set(mine))
        changed = self.change(others)
        yield self.commit("refs/heads/main", *changed, parent=base)
        touched = {path: self.files[path] for path in mine}
        yield self.commit("refs/heads/main", f"Merge branch '{name}'", touched, merge=tip)
        yield f"reset refs/heads/{name}\nfrom 0000000000000000000000000000000000000000\n\n"

    def change(self, among: list[str] | None = None) -> tuple[str, dict[str, list[str]], dict[str, str]]:
        """Subject, files with their new blocks, and renames of one commit."""
        paths = self.rnd.sample(among or sorted(p for p in self.files if p.count("/")), self.rnd.choice((1, 1, 1, 2, 3)))
        paths = [p for p in paths if p.count("/")]
        if among is None and self.rnd.random() < self.shape.rename:
            old = paths[0]
            new = old.rsplit("/", 1)[0] + f"/{self.writer.name()}" + old[old.rindex("."):]
            self.files[new] = self.files.pop(old)
            return f"Rename {old.rsplit('/', 1)[1]}", {}, {old: new}
        for path in paths:
            self.files[path] = self.edited(path)
        return f"{self.rnd.choice(VERBS).title()} the {self.rnd.choice(NOUNS)}", {p: self.files[p] for p in paths}, {}

    def edited(self, path: str) -> list[str]:
        blocks, ending = list(self.files[path]), path[path.rindex("."):]
        at = self.rnd.randrange(1, len(blocks)) if len(blocks) > 1 else 0
        if len(blocks) < 4 or self.rnd.random() < 0.2:
            blocks.append(self.writer.block(ending))
        elif len(blocks) > 8 and self.rnd.random() < 0.3:
            del blocks[at]
        else:
            blocks[at] = self.writer.block(ending, defined_name(blocks[at]) if ending in (".py", ".sh") else "")
        return blocks

    def commit(self, ref: str, subject: str, files: Mapping[str, list[str]], renames: Mapping[str, str] | None = None, *,
               parent: int = 0, merge: int = 0) -> str:
        self.files.update(files)
        self.mark += 1
        rows = [f"commit {ref}", f"mark :{self.mark}", f"committer Dev <dev@example.com> {START + STEP_S * self.mark} +0000", data(subject)]
        rows += [f"from :{parent}"] if parent else []
        rows += [f"merge :{merge}"] if merge else []
        rows += [f"R {old} {new}" for old, new in (renames or {}).items()]
        rows += [f"M 100644 inline {path}\n{data(''.join(blocks))}" for path, blocks in files.items()]
        return "\n".join(rows) + "\n\n"


def data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def manifest(numbers: "range | list[int]") -> str:
    rows = ",\n".join(f'    "job{n}": "node tools/job{n}.js"' for n in numbers)
    return '{\n  "name": "invented",\n  "scripts": {\n' + rows + "\n  }\n}\n"


def makefile(numbers: "range | list[int]") -> str:
    return "\n".join(f"step{n}: README.md\n\techo step {n}\n" for n in numbers)


def build(root: Path, shape: Shape, seed: int, env: Mapping[str, str]) -> History:
    """The repository of a shape at `root`, checked out at the end of `main`."""
    root.mkdir(parents=True)
    history = History(shape, seed)
    for words in (("init", "-q", "-b", "main"), ("config", "user.name", "dev"), ("config", "user.email", "dev@example.com"), ("config", "gc.auto", "0")):
        subprocess.run(["git", *words], cwd=root, env=dict(env), check=True)
    stream = "".join(history.stream())
    subprocess.run(["git", "fast-import", "--quiet", "--force"], cwd=root, env=dict(env), check=True, input=stream.encode())
    subprocess.run(["git", "checkout", "-q", "-f", "main"], cwd=root, env=dict(env), check=True)
    return history
