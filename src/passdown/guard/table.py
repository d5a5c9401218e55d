"""The table that hooks hold prompts, commands and edits against (`hooks.guarding.table` reads it)."""

import json
from collections.abc import Callable, Mapping, Sequence

import msgspec

from passdown.guard import concepts, likeness
from passdown.guard.settled import Entry
from passdown.hooks.guarding.rendered import FORMAT
from passdown.hooks.guarding.table import CHOSEN, PATH, PIN

MOST = 400  # entries


def table(found: Sequence[Entry], facts: Mapping[str, object], said: Callable[[Entry], tuple[str, list[object]]]) -> str:
    """The whole text. said(entry) gives the line that is said of it, without line ends, and the places in it."""
    found = found[:MOST]
    forms, keys, (words, groups, places) = _forms(found), _keys(found), likeness.rendered(found)
    head = {**facts, "format": FORMAT, "forms": len(forms), "keys": len(keys), "words": len(words), "groups": len(groups)}
    rows = (_row(entry, about, *said(entry)) for entry, about in zip(found, places, strict=True))
    return "\n".join((json.dumps(head), *forms, *keys, *words, *groups, *rows))


def _forms(found: Sequence[Entry]) -> list[str]:
    wanted = sorted({c for e in found for c in (*e.known, *e.kept, *e.rivals)})
    by_form: dict[str, list[str]] = {}
    for concept in wanted:
        for form in concepts.forms(concept):
            by_form.setdefault(form, []).append(concept.replace(" ", "-"))
    return [f"{form}\t{' '.join(named)}" for form, named in sorted(by_form.items()) if "\t" not in form and "\n" not in form]


def _keys(found: Sequence[Entry]) -> list[str]:
    """Where each key counts."""
    places: dict[str, list[int]] = {}
    for number, entry in enumerate(found):
        for key in sorted(_of(entry)):
            places.setdefault(key, []).append(number)
    return [f"{key}\t{' '.join(map(str, numbers))}" for key, numbers in sorted(places.items())]


def _of(entry: Entry) -> set[str]:
    """The keys by which an entry is found: a word is whole or, where it is a name, has its first part."""
    keys = {term for phrase in entry.out for of, _ in phrase for term in of[:2]} | {*entry.known, *entry.rivals}
    keys |= {CHOSEN + term for term, _ in entry.chosen} | {PIN + name for name, _ in entry.pins}
    return keys | ({PATH} if entry.forbidden or entry.reserved else set())


def _row(entry: Entry, about: likeness.About, text: str, places: list[object]) -> str:
    return json.dumps({**msgspec.to_builtins(entry), "about": about, "text": text, "places": places}, ensure_ascii=False, separators=(",", ":"))


__all__ = ["MOST", "table"]
