"""Invented knowledge for the benchmarks: the same items for every system, from one seed."""

import itertools
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from passdown.model.record import Record

SYLLABLES = ("ba", "cor", "den", "fi", "gal", "hu", "jin", "ka", "lem", "mo", "nar", "pi", "qua", "ro", "set", "tu", "vel", "wi", "xan", "zo")
GLUE = ("the", "of", "because", "and", "when", "in", "with", "after", "for", "instead of", "before", "on")
VOCABULARY = 4_000
WORDS = (18, 40)  # content words of an item, at least and at most
KINDS = ("decision", "knowledge", "approach", "task", "issue", "lesson")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PARTS = ("outbox", "session store", "report builder", "import job", "search page", "login form", "price feed", "audit log", "mail queue", "image cache")
_CHOICES = (  # what was chosen, and what was not
    "SQLite/Redis Postgres/MongoDB htmx/React pytest/unittest pnpm/yarn httpx/requests Polars/pandas REST/GraphQL systemd/Docker msgpack/protobuf "
    "argparse/click ruff/pylint mypy/pyright FastAPI/Flask Vite/webpack Vitest/Jest Tailwind/Bootstrap Kysely/Prisma zod/yup Caddy/nginx Terraform/Pulumi "
    "Jenkins/CircleCI cookies/JWT argon2/bcrypt squash/rebase threads/asyncio tabs/spaces numpy/numba PyTorch/TensorFlow XGBoost/LightGBM Airflow/Dagster "
    "Zephyr/FreeRTOS CMake/Bazel Sphinx/MkDocs slog/zap loguru/structlog Parquet/HDF5 matplotlib/plotly Sentry/Bugsnag RabbitMQ/Kafka")
CHOICES = tuple(pair.split("/") for pair in _CHOICES.split())
SETTLED = (
    "The {part} {n} uses {one}, not {other}", "The {part} {n} stays on {one}", "Tried {other} for the {part} {n}, it lost rows under load",
    "No {other} in the {part} {n}")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of knowledge. query: two neighbouring words of the text, so that a search by substring finds it too."""

    key: str
    text: str
    query: str

    def found_in(self, answer: str) -> bool:
        return self.text[:48] in answer or self.key in answer


def items(count: int, *, seed: int = 7, prefix: str = "item") -> list[Item]:
    """`count` items whose word frequencies fall off as in natural text (Zipf)."""
    rnd = random.Random(seed)
    words = ["".join(rnd.choices(SYLLABLES, k=rnd.randint(2, 4))) for _ in range(VOCABULARY)]
    shares = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    return [_item(f"{prefix}-{n:06}", rnd, words, shares) for n in range(count)]


def _item(key: str, rnd: random.Random, words: Sequence[str], shares: Sequence[float]) -> Item:
    content = rnd.choices(words, cum_weights=shares, k=rnd.randint(*WORDS))
    pair = rnd.randrange(len(content) - 1)
    spoken = list(_spoken(content, rnd, keep=pair))
    return Item(key, " ".join(spoken).capitalize() + ".", f"{content[pair]} {content[pair + 1]}")


def _spoken(content: Sequence[str], rnd: random.Random, keep: int) -> Iterator[str]:
    for at, word in enumerate(content):
        yield word
        if at != keep and rnd.random() < 0.3:
            yield rnd.choice(GLUE)


def queries(of: Sequence[Item], count: int) -> list[Item]:
    """`count` items spread over all of `of`, to be searched for by their queries."""
    return list(of[:: max(1, len(of) // count)][:count])


def repository(root: Path, env: Mapping[str, str]) -> Path:
    """A new git repository with one commit."""
    root.mkdir(parents=True)
    (root / "README.md").write_text("# A project\n", encoding="utf-8")
    who = ("-c", "user.name=dev", "-c", "user.email=dev@example.com")
    for words in (("init", "-q", "-b", "main"), ("add", "."), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", *words], cwd=root, env=dict(env), check=True, capture_output=True)
    return root


def fill_store(project: Path, knowledge: Sequence[Item]) -> None:
    """Writes the items as records into the private store of `project`."""
    from passdown.model.ids import new_id
    from passdown.model.record import Record

    for n, item in enumerate(knowledge):
        at = EPOCH + timedelta(minutes=40 * n)
        said = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        put(project, Record(id=new_id(int(at.timestamp() * 1000)), kind=KINDS[n % len(KINDS)], text=item.text, created=said, updated=said))


def put(project: Path, record: "Record") -> None:
    """Writes a record's file, in the documented format and without fsync: it is not what is measured."""
    from passdown.formats import record_file

    path = project / ".git" / "passdown" / "records" / record.kind / f"{record.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_file.render(record), encoding="utf-8")


def settle(project: Path, count: int, after: int) -> None:
    """Writes `count` decisions and failed approaches about things of software, newer than `after` items of `fill_store`."""
    from passdown.model.ids import new_id
    from passdown.model.record import Detail, Record

    for n in range(count):
        (one, other), part, form = CHOICES[n % len(CHOICES)], PARTS[n // len(CHOICES) % len(PARTS)], SETTLED[n // len(CHOICES) % len(SETTLED)]
        at = EPOCH + timedelta(minutes=40 * (after + n))
        text, said = form.format(part=part, n=n, one=one, other=other), f"{at:%Y-%m-%dT%H:%M:%SZ}"
        kind, details = ("approach", {"outcome": "failed"}) if text.startswith("Tried") else ("decision", {"alternative": (f"{other}: one more thing to run",)})
        known: dict[str, Detail] = {"why": "one way of doing it", **details}
        put(project, Record(id=new_id(int(at.timestamp() * 1000)), kind=kind, text=text, created=said, updated=said, details=known))
