"""Settings of a project and of a user."""

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import folder

from passdown import config
from passdown.errors import PassdownError
from passdown.lint.settings import settings
from passdown.lint.table import codes

SEED = b'share = "noted"\nbudget = 2000\nstyle = "handoff"\ndocuments = ["notes"]\nprivacy = ["email"]\n[check]\nignore = ["long-line"]\n'


def run(data: bytes) -> None:
    path = folder() / "config.toml"
    path.write_bytes(data)
    settings(config.load(path).check, codes())


TARGETS = {"config": Target(lambda: [SEED, config.DEFAULT_TEXT.encode(), config.DEFAULT_TEXT.replace("\n# ", "\n").encode()], run,
                            (b"[check]\n", b"[[check]]\n", b"a.b.c = 1\n", b'"""', b"inf", b"0x1", b"1979-05-27", b"{ a = 1 }", b"check = 1\n"),
                            (PassdownError, ValueError))}  # what is wrong in `[check]` is told as a `ValueError`, which `check` translates
