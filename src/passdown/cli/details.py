"""Options for the details of records, made from the table of kinds."""

import argparse

from passdown.model.record import KINDS, Detail


def add_details(parser: argparse.ArgumentParser) -> None:
    """One option for every detail that some kind has, with the kinds it is for."""
    group = parser.add_argument_group("details", "each for the kinds in brackets")
    fields = {f.name: f for kind in KINDS.values() for f in kind.fields}
    for name, field in sorted(fields.items()):
        kinds = [k.name for k in KINDS.values() if any(f.name == name for f in k.fields)]
        choices = sorted({c for k in KINDS.values() for f in k.fields if f.name == name for c in f.choices})
        words = f"{field.says}{': ' + ' | '.join(choices) if choices else ''} [{', '.join(kinds)}]".replace("%", "%%")
        if field.many:
            group.add_argument(f"--{name}", metavar="TEXT", action="append", default=[], help=words + "; may be repeated")
        else:
            group.add_argument(f"--{name}", metavar="TEXT", default="", help=words)


def details_of(args: argparse.Namespace) -> dict[str, Detail]:
    """The details that were given."""
    names = {f.name for kind in KINDS.values() for f in kind.fields}
    given = {name: getattr(args, name.replace("-", "_")) for name in names}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if value}


__all__ = ["add_details", "details_of"]
