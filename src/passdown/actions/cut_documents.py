"""Taking what was forgotten out of hand-off documents."""

from pathlib import Path

from passdown import files
from passdown.formats.marked import chunks, keys
from passdown.formats.table import layouts
from passdown.model.ids import content_hash
from passdown.project import Project
from passdown.redaction.scan import redact


def cut_documents(project: Project, record_id: str) -> list[Path]:
    """Take a record's items out of the documents at their own places, archive and all. Those elsewhere lose them with their next update."""
    paths = {path: None for layout in layouts() for path in sorted(project.root.glob(layout.glob)) if path.is_file()}
    return [path for path in paths if cut_document(path, record_id)]


def cut_document(path: Path, record_id: str) -> bool:
    """Whether the document named the record. One that does not read is left alone."""
    try:
        data = files.read(path)
        text = data.decode("utf-8") if data else ""
    except (OSError, UnicodeDecodeError):
        return False
    if not data or record_id not in keys(text):
        return False
    files.write(path, redact("".join(c.text for c in chunks(text) if c.key != record_id)), expected=content_hash(data))
    return True


__all__ = ["cut_documents"]
