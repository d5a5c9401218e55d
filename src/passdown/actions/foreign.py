"""Files that are not ours: read as they are, backed up, written whole, given back.

Their bytes are their owner's: what is written is what stood there but for our own entries, so it is not redacted (a key in someone's settings must not
be lost). Backups are for their owner alone. What is shown of an edit goes through the redaction of whatever is printed.

`PASSDOWN_HOME/installed.json` holds what an uninstallation has to know: of each edited file the hash of what we wrote and the backup of what was there
before, and the folders that we made. Without it our entries are still found and taken out; only white space may then differ from what was there once.
"""

import difflib
import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.errors import BadAgentConfig, UnreadableFile
from passdown.model.ids import content_hash
from passdown.model.json_values import BROKEN_JSON
from passdown.project import Clock
from passdown.redaction.scan import redact

RUNNABLE = 0o700
SUPPORTED = "passdown-installed/1"

Done = Literal["made", "changed", "removed", "unchanged"]


class Edit(msgspec.Struct, frozen=True):
    """One file: what stands there, and what is to stand there. None: no file.

    what: `hooks`, `mcp`, `rules`, `skill`, `command`, `plug-in`, `hook` or `launcher`. kept: why it stays as it is although it is not as wanted.
    mode: of a new file. foreign: others have their own things in it, so a backup is kept. clean: nothing of ours stands in `before`.
    """

    what: str
    path: Path
    before: str | None
    after: str | None
    kept: str = ""
    mode: int = files.PUBLIC
    foreign: bool = False
    clean: bool = True

    @property
    def done(self) -> Done:
        if self.before == self.after:
            return "unchanged"
        return "made" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def diff(self) -> str:
        """What changes, as a unified diff; "" for nothing."""
        before, after = ((text or "").splitlines(keepends=True) for text in (self.before, self.after))
        lines = difflib.unified_diff(before, after, str(self.path), str(self.path))
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


class Receipt(msgspec.Struct, frozen=True):
    """after: content hash of what we wrote. before: name of the backup of what was there, "" when that is not known. made: there was no file."""

    after: str
    before: str = ""
    made: bool = False


class Ledger(msgspec.Struct):
    """See the module. files: by absolute path. folders: those that we made. users: of a file of ours the agents that it was installed for."""

    format: str = SUPPORTED
    files: dict[str, Receipt] = msgspec.field(default_factory=dict)
    folders: list[str] = msgspec.field(default_factory=list)
    users: dict[str, list[str]] = msgspec.field(default_factory=dict)


class Foreign:
    """The files of others, as seen from one PASSDOWN_HOME."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self.home, self.clock = home, clock
        self._path, self._backups = home / "installed.json", home / "backups"
        self.ledger = self._opened()

    def _opened(self) -> Ledger:
        """One that does not read counts as none: it is a convenience."""
        try:
            data = files.read(self._path)
            return msgspec.json.decode(data, type=Ledger) if data else Ledger()
        except (OSError, *BROKEN_JSON):
            return Ledger()

    def receipt(self, path: Path, text: str) -> Receipt | None:
        """What is known of a file that still holds what we wrote."""
        found = self.ledger.files.get(str(path))
        return found if found and found.after == content_hash(text) else None

    def before(self, path: Path) -> str | None:
        """What a file held before we were installed; None when that is not known."""
        found = self.ledger.files.get(str(path))
        try:
            data = files.read(self._backups / found.before) if found and found.before else None
            return None if data is None else data.decode()
        except (OSError, UnicodeDecodeError):
            return None

    def made(self, path: Path) -> bool:
        """Whether there was no such file before us."""
        found = self.ledger.files.get(str(path))
        return bool(found and found.made)

    def use(self, path: Path, agent: str) -> None:
        """An agent was installed that needs this file."""
        self.ledger.users[str(path)] = sorted({*self.ledger.users.get(str(path), []), agent})

    def leave(self, path: Path, agent: str) -> None:
        """An agent needs it no more."""
        if others := self.others(path, agent):
            self.ledger.users[str(path)] = others
        else:
            self.ledger.users.pop(str(path), None)

    def others(self, path: Path, agent: str) -> list[str]:
        """Agents beside this one that need a file, as far as is known."""
        return [name for name in self.ledger.users.get(str(path), []) if name != agent]

    def apply(self, edit: Edit) -> None:
        """Carry out one edit. Raises `WriteFailed`, `Conflict` when the file was changed in between."""
        if edit.done == "unchanged":
            return
        receipt = self._kept(edit) if edit.foreign else None
        expected = None if edit.before is None else content_hash(edit.before)
        if edit.after is None:
            files.remove(edit.path)
        else:
            self._note_folders(edit.path.parent)
            files.write_bytes(edit.path, edit.after.encode("utf-8"), expected=expected, mode=_mode(edit))
        if receipt and edit.after is not None:
            self.ledger.files[str(edit.path)] = receipt

    def close(self, edits: list[Edit], *, gone: bool) -> None:
        """Write the ledger. gone: after an uninstallation the files are no longer ours, and the folders that we made go when they are empty."""
        for edit in edits if gone else ():
            self.ledger.files.pop(str(edit.path), None)
        if gone:
            self._remove_folders()
        files.write(self._path, redact(msgspec.json.format(msgspec.json.encode(self.ledger), indent=1).decode() + "\n"))

    def end(self) -> None:
        """Nothing is installed any more: take the ledger away too. Backups stay."""
        files.remove(self._path)
        self._remove_folders()

    def _remove_folders(self) -> None:
        self.ledger.folders = [f for f in sorted(self.ledger.folders, key=len, reverse=True) if not files.remove_folder(f)]

    def _kept(self, edit: Edit) -> Receipt:
        """The file's backup is written before the first change. What we wrote ourselves needs none: what was there before us is kept."""
        after = content_hash(edit.after or "")
        if edit.before is None:
            return Receipt(after, made=True)
        if ours := self.receipt(edit.path, edit.before):
            return replace(ours, after=after)
        name = self._backup(edit)
        return Receipt(after, name) if edit.clean else Receipt(after, made=self.made(edit.path))

    def _backup(self, edit: Edit) -> str:
        data = (edit.before or "").encode("utf-8")
        name = f"{edit.what}-{edit.path.name}.{self.clock.iso().replace(':', '').replace('-', '')}"
        if files.read(self._backups / name) not in (None, data):
            name += "." + content_hash(data).partition(":")[2][:8]
        files.write_bytes(self._backups / name, data)
        return name

    def _note_folders(self, folder: Path) -> None:
        missing = [f for f in (folder, *folder.parents) if not f.exists()]
        self.ledger.folders += [str(f) for f in reversed(missing) if str(f) not in self.ledger.folders]


def text_of(path: Path) -> str | None:
    """A file's text with every byte in it, None when there is no file. Raises `UnreadableFile`, `BadAgentConfig` when it is not UTF-8."""
    try:
        data = files.read(path)
        return None if data is None else data.decode("utf-8")
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BadAgentConfig(path=path, reason=f"it is not UTF-8 (byte {error.start})") from error


def real(path: Path) -> Path:
    """Where a file really lies: settings are often links into a folder of dot files, and the link must stay one."""
    return Path(os.path.realpath(path))


def _mode(edit: Edit) -> int:
    return edit.path.stat().st_mode & 0o777 if edit.before is not None else edit.mode


__all__ = ["RUNNABLE", "Edit", "Foreign", "Ledger", "Receipt", "real", "text_of"]
