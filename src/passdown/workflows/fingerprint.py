"""What the result of a phase depends on: when none of it changed, the phase need not be run again."""

from collections.abc import Mapping

import msgspec

from passdown.model.ids import content_hash
from passdown.workflows.model import Phase


def fingerprint(phase: Phase, inputs: Mapping[str, str], before: Mapping[str, Mapping[str, str]]) -> str:
    """A hash. inputs: path → content hash; before: the same of what each phase that it needs left behind, by phase."""
    what = {name: getattr(phase, name) for name in ("name", "run", "agent", "prompt", "python", "outputs")}
    parts = [what, sorted(phase.env.items()), sorted(inputs.items()), sorted((name, sorted(files.items())) for name, files in before.items())]
    return content_hash(msgspec.json.encode(parts))


__all__ = ["fingerprint"]
