"""Records and documents as resources: `passdown://record/<id>`, `passdown://document/<path below the project's root>`.

Of files only those are given that lie where a style of documents has its own: nobody reads the project's other files through its memory.
"""

from urllib.parse import quote, unquote

import mcp_types as types

from passdown.briefing.quoted import quoted
from passdown.errors import NoSuchRecord, NotInitialised, UnknownResource
from passdown.model.handed import SPEAKS, handed
from passdown.model.suspect import suspect
from passdown.project import Project
from passdown.shown import block, clean

RECORD, DOCUMENT = "passdown://record/", "passdown://document/"
NEWEST = 30  # records that are listed; the others are found by the tool `search`
MIME = "text/markdown"
TEMPLATES = (
    types.ResourceTemplate(uri_template=RECORD + "{id}", name="record", title="A record", mime_type=MIME, description="One record by its id"),
    types.ResourceTemplate(uri_template=DOCUMENT + "{+path}", name="document", title="A document", mime_type=MIME,
                           description="A hand-over or memory document by its path, where a style of documents has its own"))


def listed(project: Project) -> list[types.Resource]:
    """The documents, then the newest records; only the documents where there is no store."""
    from passdown.actions.look import records

    documents = [types.Resource(uri=DOCUMENT + quote(path), name=clean(handed(path)), mime_type=MIME) for path in documents_of(project)]
    try:
        newest = records(project)[:NEWEST]
    except NotInitialised:
        newest = []
    return [*documents, *(types.Resource(uri=RECORD + r.id, name=clean(f"{r.kind}: {handed(r.title)}"), mime_type=MIME) for r in newest)]


def documents_of(project: Project) -> list[str]:
    from passdown.actions.check import placed

    return sorted(path.relative_to(project.root).as_posix() for path in placed(project.root, ""))


def read(project: Project, uri: str) -> str:
    """The resource's text, as data. Raises `UnknownResource`, `AmbiguousRecord`."""
    try:
        if uri.startswith(RECORD) and (prefix := unquote(uri.removeprefix(RECORD))):
            return record(project, prefix)
        if uri.startswith(DOCUMENT):
            return document(project, unquote(uri.removeprefix(DOCUMENT)))
    except NoSuchRecord:
        pass
    raise UnknownResource(uri=uri)


def record(project: Project, prefix: str) -> str:
    from passdown.actions.look import show

    return clean(quoted(block(show(project, prefix)[0])))


def document(project: Project, path: str) -> str:
    from passdown.actions.documents import ProjectFiles
    from passdown.loading.sources import UnreadableError

    if path not in documents_of(project):
        raise UnknownResource(uri=DOCUMENT + path)
    try:
        said = ProjectFiles(project.root).text(path)
        return clean(quoted(said, handed(path) + (f"\n{SPEAKS}" if suspect(said) else "")))
    except UnreadableError as error:
        raise UnknownResource(uri=f"{DOCUMENT}{path}: {error}") from None


__all__ = ["TEMPLATES", "listed", "read"]
