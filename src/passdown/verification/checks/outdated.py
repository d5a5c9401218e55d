"""A test run or build says little when files changed since."""

from passdown.model.ids import content_hash
from passdown.verification.base import HOLDS, UNVERIFIED, Ran, Verdict, View
from passdown.verification.dependencies import MANIFESTS

TAKES = Ran
NAMED = 3
PROSE = (".md", ".mdx", ".rst", ".txt", ".adoc")


def check(claim: Ran, view: View) -> Verdict | None:
    """Documents do not count."""
    if not claim.at:
        return UNVERIFIED
    since = [p for p in view.touched(claim.at) if not as_captured(p, claim, view)]
    changed = [p for p in dict.fromkeys((*claim.edited, *since)) if not p.lower().endswith(PROSE) or p.rpartition("/")[2] in MANIFESTS]
    if not changed:
        return HOLDS
    more = f" and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
    files = "1 file" if len(changed) == 1 else f"{len(changed)} files"
    return Verdict("outdated", "~", f"{files} changed since it {'passed' if claim.ok else 'failed'}: {', '.join(changed[:NAMED])}{more}", "info")


def as_captured(path: str, claim: Ran, view: View) -> bool:
    """Whether a file is as the session left it: then it was only committed since."""
    seen, now = claim.seen.get(path), view.content(path)
    return bool(seen) and now is not None and content_hash(now) == seen


__all__ = ["TAKES", "check"]
