"""Each promise broken on purpose, and whether its test fails.

    python -m benchmarks.broken [--page durability|secrets|hostile] [--test WORDS] [--list] [--broken-only]

`breaks/*.toml` name for each promise of `docs/reliability/` a piece of the source, what stands in its place when it is broken, and the test that must then
fail. Each is tried in a copy of the project with an interpreter of its own, in which the same tests have passed first; the project stays as it is.
Exit code 1 where a test did not fail, 2 where one failed with nothing broken.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).parent / "breaks"
TAKEN = ("src", "tests", "benchmarks", "docs", "examples", "pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE")
PASSED, FAILED = 0, 1  # pytest: all tests that were run passed; some failed
TIMEOUT_S = 900.0  # a test that hangs on what is broken has failed too
REASON = re.compile(r"^E +(.+)$", re.MULTILINE)
Said = subprocess.CompletedProcess[str]


class Break(msgspec.Struct, frozen=True):
    """what: in words, as the page says it. file: of the source. old: what stands there, once. new: what breaks the promise. test: its id for pytest."""

    what: str
    file: str
    old: str
    new: str
    test: str
    page: str = ""


def breaks(page: str = "") -> list[Break]:
    """All, or those of one page, in order."""
    files = sorted(FOLDER.glob(f"{page or '*'}.toml"))
    return [msgspec.convert({**row, "page": file.stem}, Break) for file in files for row in tomllib.loads(file.read_text("utf-8"))["break"]]


class Copy:
    """The project in `folder`, with an interpreter that imports it from there, in every process and whatever its directory is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o755)  # some tests run as nobody
        for name in TAKEN:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, folder / name)
        venv.create(folder / "venv", with_pip=False)
        self.packages, self.programs = (Path(sysconfig.get_path(kind, vars={"base": str(folder / "venv")})) for kind in ("purelib", "scripts"))
        self.python = str(self.programs / "python")
        self._install()

    def _install(self) -> None:
        """The source first, then the packages of this interpreter: also those that its own `.pth` files name."""
        around = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})"
        (self.packages / "aaa.pth").write_text(f"{self.folder / 'src'}\n{around}\n")
        program = self.programs / "passdown"
        program.write_text(f"#!{self.python}\nimport sys\nfrom passdown.cli.main import main\nsys.exit(main())\n")
        program.chmod(0o755)

    def pytest(self, *words: str, timeout: float | None = None) -> Said:
        """Run tests. Raises `subprocess.TimeoutExpired`."""
        environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        environment |= {"PASSDOWN_SLOW": "1", "PYTHONDONTWRITEBYTECODE": "1", "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}"}
        command = [self.python, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "--tb=short", "--maxfail=1", *words]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=timeout)

    def tried(self, one: Break) -> str:
        """`failed`, and how, where the test sees what is broken; else what happened."""
        path = self.folder / one.file
        whole = path.read_text("utf-8")
        if whole.count(one.old) != 1:
            return f"what is to be broken stands there {whole.count(one.old)} times"
        path.write_text(whole.replace(one.old, one.new), "utf-8")
        try:
            done = self.pytest(one.test, timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return "failed: it hung"
        finally:
            path.write_text(whole, "utf-8")
        reason = REASON.search(done.stdout)
        ran = done.returncode == FAILED and "FAILED tests/" in done.stdout
        return f"failed: {reason[1][:160] if reason else ''}" if ran else f"DID NOT FAIL ({done.returncode}): {(done.stdout + done.stderr)[-400:]}"


def chosen(page: str, words: str) -> list[Break]:
    """Those of a page whose test or words match the expression."""
    return [b for b in breaks(page) if re.search(words, f"{b.test} {b.what}")]


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", default="", choices=sorted(file.stem for file in FOLDER.glob("*.toml")))
    parser.add_argument("--test", default="", help="only breaks whose test or words match this expression")
    parser.add_argument("--list", action="store_true", help="say what would be broken")
    parser.add_argument("--broken-only", action="store_true", help="do not run the tests with nothing broken first")
    args = parser.parse_args(words)
    wanted = chosen(args.page, args.test)
    if args.list:
        print("\n".join(f"{b.page}: {b.what} · {b.test}" for b in wanted))
        return 0
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(Path(name))
        if wanted and not args.broken_only and (done := copy.pytest(*dict.fromkeys(one.test for one in wanted))).returncode != PASSED:
            print(f"with nothing broken a test failed already\n{done.stdout}")
            return 2
        return told(copy, wanted)


def told(copy: Copy, wanted: Sequence[Break]) -> int:
    """Try each, print what came of it, and give the exit code."""
    missed = 0
    for one in wanted:
        said = copy.tried(one)
        missed += not said.startswith("failed")
        print(f"{one.page}: {one.what} · {one.test}\n    {said}", flush=True)
    print(f"{len(wanted) - missed} of {len(wanted)} broken promises were seen")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
