"""Code and manifests of any project: what is defined, where it moved, what it depends on."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzzing.base import GOLDEN, Target

from passdown.model.anchor import Anchor
from passdown.verification import anchors, dependencies, extent, sayings
from passdown.verification.symbols.table import definitions

SOURCE = GOLDEN.parents[1] / "src" / "passdown"
SEEDS = {
    "a.py": [(SOURCE / "cli" / "output.py").read_bytes()], "a.md": [b"# A\n\n## B\n```\n# c\n```\n"],
    "a.ts": [b"export class A<T> {\n  m(x: number): void { return; }\n}\nfunction f() {}\nconst g = () => 1;\n"],
    "a.go": [b"package a\nfunc (r *R) M() {}\ntype R struct {}\n"],
    "a.rs": [b"impl A { fn m(&self) {} }\npub struct A;\n"], "a.java": [b"class A { void m() {} }\n"], "a.rb": [b"class A\n  def m\n  end\nend\n"],
    "a.c": [b"int main(void) {\n  return 0;\n}\n#define X 1\n"]}
MANIFESTS = {"package.json": b'{"dependencies": {"a": "^1.0"}}', "pyproject.toml": b'[project]\ndependencies = ["a>=1"]\n',
    "Cargo.toml": b'[dependencies]\na = "1"\n',
             "requirements.txt": b"a==1  # c\n-r b.txt\n", "go.mod": b"module a\nrequire (\n\tb v1.0.0\n)\n", "Gemfile": b"gem 'a', '~> 1'\n"}
TOKENS = (b"def f(", b"class A:\n", b"    ", b"{", b"}", b"(", b"/*", b"*/", b'"""', b"'''", b"//", b"#", b"\t", b"async ", b"@x\n", b"lambda: ", b"[" * 50,
    b"=>")


def run_of(path: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        text = anchors.text_of(data)
        found = definitions(path, text)
        anchor = Anchor(path, 1, 3, found[0].name if found else "x")
        anchors.part(anchor, data)
        anchors.line_now(anchor, data)
        extent.extent(SEEDS[path][0], data, 1, 2)
        list(sayings.negative(text[:2_000]))

    return run


def manifests(data: bytes) -> None:
    name, _, rest = data.partition(b"\0")
    dependencies.declared(name.decode("utf-8", "replace"), rest.decode("utf-8", "replace"))


TARGETS = {f"code-{Path(path).suffix[1:]}": Target(lambda path=path: SEEDS[path], run_of(path), TOKENS) for path in SEEDS}  # type: ignore[misc]
TARGETS["code-manifests"] = Target(lambda: [f"{k}\0".encode() + v for k, v in MANIFESTS.items()], manifests, (b"[[", b"]]", b" = ", b'"', b"{"))
