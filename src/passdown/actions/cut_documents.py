"""Taking what was forgotten out of hand-off documents."""

from pathlib import Path

from passdown import files
from passdown.actions.document_places import lying
from passdown.formats.forgetting import without
from passdown.formats.table import layouts
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.project import Project
from passdown.redaction.scan import redact


def cut_documents(project: Project, record: Record) -> list[Path]:
    """Take a record's items out of the documents at their own places, archive and all. Those elsewhere lose them with their next update."""
    paths = {path: None for layout in layouts() for path in lying(project.root, layout)}
    return [path for path in paths if cut_document(path, record)]


def cut_document(path: Path, record: Record) -> bool:
    """Whether the document named the record. One that does not read is left alone."""
    try:
        data = files.read(path)
        text = data.decode("utf-8") if data else ""
    except (OSError, UnicodeDecodeError):
        return False
    left = without(text, record)
    if not data or left == text:
        return False
    files.write(path, redact(left), expected=content_hash(data))
    return True


__all__ = ["cut_documents"]
