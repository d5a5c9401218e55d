"""The keys of plan files as a table of Markdown."""

from collections.abc import Iterator

from passdown.workflows.keys import TABLES


def keys_table() -> str:
    """One row a key, table by table."""
    return "\n".join(["| In | Key | What it says | Example |", "| --- | --- | --- | --- |", *_rows()])


def _rows() -> Iterator[str]:
    for table, keys in TABLES.items():
        for key in keys:
            says = key.says + (" (required)" if key.required else "") + (f": {', '.join(key.choices)}" if key.choices else "")
            yield f"| {table} | `{key.name}` | {says} | {f'`{key.example}`' if key.example else ''} |".replace("  |", " |")


__all__ = ["keys_table"]
