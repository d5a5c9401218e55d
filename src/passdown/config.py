"""Settings: defaults < the user's `PASSDOWN_HOME/config.toml` < the project's `.passdown/config.toml`. An unknown key is an error."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown.errors import BadConfig


class Config(msgspec.Struct, frozen=True):
    """Every setting with its default.

    share: what `note` publishes at once: `none` (until `share`), `noted`, or `all`.
    budget: tokens of a briefing when none is asked for.
    style: of the documents that `handoff` and `export` write when none is named.
    auto_init: in the user's own file: hooks start a private store in every repository in which an agent works. Elsewhere it says nothing.
    documents: folders, relative to the root, with memory documents besides the places where they are looked for anyway.
    guard: what hooks do where a prompt, command or edit may reopen what is settled: `warn`, `block` (commands and edits; prompts are warned of), or `off`.
    privacy: kinds of personal data that are replaced in everything that is kept or printed (`redaction.personal.KINDS`), besides secrets.
    archive: `transcripts` keeps every captured transcript byte for byte in PASSDOWN_HOME/archive, unredacted; `none`. archive_mb: its most megabytes.
    check: what `check` is to leave out and how grave its findings are (`lint.settings`).
    workflows: in the user's own file; elsewhere it says nothing: URL of the PostgreSQL database that keeps the productions; "" for a file in the private store.
    cwd_maps: `OLD=NEW` pairs that every capture uses, for transcripts written elsewhere (containers, other machines).
    """

    share: str = "none"
    budget: int = 2_000
    auto_init: bool = False
    style: str = "session-memory"
    cwd_maps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    guard: str = "warn"
    workflows: str = ""
    privacy: tuple[str, ...] = ()
    archive: str = "none"
    archive_mb: int = 500
    check: Mapping[str, object] = msgspec.field(default_factory=dict)


PRIVACY = ("email", "phone", "home-user", "card-number", "iban", "national-id")
CHOICES = {"share": ("none", "noted", "all"), "guard": ("warn", "block", "off"), "archive": ("none", "transcripts")}
DEFAULT_TEXT = """\
# passdown's settings for this project; docs/design.md explains each.
# share = "none"      # what `passdown note` publishes at once: none | noted | all
# budget = 2000       # tokens of a briefing
# style = "session-memory"  # of hand-off documents: `passdown handoff --help` lists them
# cwd_maps = []       # ["/old/place=/new/place"], for transcripts written elsewhere
# privacy = []       # ["email", "phone", "home-user", "card-number", "iban", "national-id"], personal data to replace like secrets
# documents = []      # ["notes/memory"], further folders of memory documents for `passdown load`
# guard = "warn"      # where something settled may be reopened: warn | block | off
# archive = "none"    # "transcripts" keeps them byte for byte, secrets too, in PASSDOWN_HOME/archive, up to archive_mb = 500
# [check]             # of `passdown check`: docs/rules.md
# disable = []        # ["task-unranked"], rules that say nothing
"""


def default_text(style: str = "") -> str:
    """A new file of settings: every one with its default, as a comment; `style` set, when the project has one already."""
    return re.sub(r'(?m)^# style = "[^"]*" *', f'style = "{style}"  ', DEFAULT_TEXT) if style else DEFAULT_TEXT


def load(*paths: Path) -> Config:
    """The settings of the files that exist, later ones over earlier ones. Raises `BadConfig`."""
    config = Config()
    for path in paths:
        config = _over(config, path)
    return config


def _over(config: Config, path: Path) -> Config:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        return config
    except UnicodeDecodeError as error:
        raise BadConfig(path=path, problem="it is not UTF-8") from error
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return config
    return replace(config, **_values(text, path))


def _values(text: str, path: Path) -> dict[str, object]:
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(path=path, problem=f"not TOML: {error}") from error
    except RecursionError as error:
        raise BadConfig(path=path, problem="not TOML that anybody wrote: it is nested too deep") from error
    known = {f.name: getattr(Config(), f.name) for f in msgspec.structs.fields(Config)}
    out: dict[str, object] = {}
    for key, value in given.items():
        if key not in known:
            import difflib  # only for the one who mistyped

            near = difflib.get_close_matches(key, known, n=1)
            raise BadConfig(path=path, problem=f"there is no setting `{key}`" + (f"; did you mean `{near[0]}`?" if near else ""))
        out[key] = tuple(value) if isinstance(value, list) else value
        if type(out[key]) is not type(known[key]) or value not in CHOICES.get(key, (value,)):
            raise BadConfig(path=path, problem=f"`{key}` must be {' | '.join(CHOICES.get(key, (type(known[key]).__name__,)))}")
        if key == "privacy" and not {str(kind) for kind in value} <= set(PRIVACY):
            raise BadConfig(path=path, problem=f"`privacy` knows {', '.join(PRIVACY)}")
    return out


__all__ = ["DEFAULT_TEXT", "Config", "default_text", "load"]
