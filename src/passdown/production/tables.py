"""Our tables, the same on SQLite and PostgreSQL. Columns have the names of the fields of `workflows.run` and `workflows.ledger`.

A change here is a new version, with the way to it in `production.schema`.
"""

import sqlalchemy as sa

METADATA = sa.MetaData()


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _amounts(*, nullable: bool) -> list["sa.Column[int]"]:
    return [sa.Column(name, sa.BigInteger, nullable=nullable, server_default=None if nullable else "0") for name in ("money", "tokens", "time_ms")]


def _key(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


RUNS = sa.Table(
    "passdown_runs", METADATA, *_key("id"), *_texts("project", "plan", "plan_hash", "item", "batch", "state", "phase"),
    sa.Column("score", sa.Float), sa.Column("turn", sa.Integer, nullable=False, server_default="1"), *_texts("note", "created", "updated"))
ATTEMPTS = sa.Table(
    "passdown_attempts", METADATA, *_key("run", "phase", "key"), *_texts("state", "fingerprint"),
    sa.Column("outputs", sa.JSON, nullable=False), sa.Column("score", sa.Float), *_texts("approved", "note", "code", "started", "ended"))
LEDGER = sa.Table(
    "passdown_ledger", METADATA, *_key("run", "phase", "attempt"), sa.Column("number", sa.Integer, primary_key=True),
    *_texts("plan", "item", "batch", "model"), *_amounts(nullable=False), *_texts("at"))
BATCHES = sa.Table(
    "passdown_batches", METADATA, *_key("id"), *_texts("project", "plan"), sa.Column("items", sa.Integer, nullable=False),
    sa.Column("most", sa.Integer, nullable=False), *_amounts(nullable=True),
    sa.Column("per_minute", sa.Integer), *_texts("created"))
PLANS = sa.Table("passdown_plans", METADATA, *_key("hash"), *_texts("plan"))
WORKERS = sa.Table("passdown_workers", METADATA, *_key("id"), *_texts("host", "lock"), sa.Column("seen", sa.BigInteger, nullable=False), *_texts("queues"))
SCHEMA = sa.Table("passdown_schema", METADATA, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))

sa.Index("passdown_runs_by_item", RUNS.c.project, RUNS.c.plan, RUNS.c.item)
sa.Index("passdown_runs_by_batch", RUNS.c.batch)
sa.Index("passdown_ledger_by_batch", LEDGER.c.batch)

__all__ = ["ATTEMPTS", "BATCHES", "LEDGER", "METADATA", "PLANS", "RUNS", "SCHEMA", "WORKERS"]
