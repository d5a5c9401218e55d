"""The files of one session, found by the id that stands in them: the end of a file's name may be the end of another id too."""

from pathlib import Path

from passdown.formats import front_matter
from passdown.store.layout import SUFFIX, Layout, file_stem

HEAD_CHARS = 1_000  # the id stands in the first lines


def facts_files(folder: Path, session: str) -> list[Path]:
    """Session files in `folder` of this session, under whatever title; none where there is no such folder."""
    line = f"\nid: {front_matter.scalar(session)}\n"
    return [path for path in folder.glob(f"*-{file_stem(session)}{SUFFIX}") if line in path.read_text(encoding="utf-8", errors="replace")[:HEAD_CHARS]]


def traces(layout: Layout, session: str) -> list[Path]:
    """What lies here of one session: its facts, private and shared, its events with remains of them, its derived records."""
    folders = [root / "sessions" for root in (layout.private, layout.shared) if root]
    events = layout.events(session)
    return [*(p for f in folders for p in facts_files(f, session)), *events.parent.glob(f"{events.name}*"), layout.derived(session),
            *layout.quarantine.glob(f"*/*/*{file_stem(session)}*")]


__all__ = ["facts_files", "traces"]
