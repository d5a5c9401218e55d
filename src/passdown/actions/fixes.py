"""What to do about a claim that does not hold: words and commands that can be run as they stand."""

import re
import shlex
from collections.abc import Mapping, Sequence

from passdown.model.anchor import Anchor
from passdown.verification.base import Claim, Place, Verdict

OF_RECORDS: Mapping[str, str] = {  # by code; `{id}` is the record's, `{files}` are its places as they are now
    "gone": "passdown archive {id}, or passdown edit {id} {files} with where it is now",
    "moved": "passdown edit {id} {files}",
    "symbol-gone": "passdown supersede {id} with what holds now, or passdown archive {id}",
    "signature-changed": "read it again; passdown edit {id} {files} when the record still holds",
    "changed": "read it again; passdown edit {id} {files} when the record still holds",
    "branch-merged": "passdown resolve {id} when the work is done",
    "branch-deleted": "passdown archive {id}, or passdown edit {id} --text with the branch on which it goes on",
    "commit-gone": "passdown edit {id} --text with the commit that has the change now",
    "expired": "passdown supersede {id} with the new value, or passdown archive {id}",
    "superseded": "passdown edit {id}, or passdown supersede {id}: what it rests on was replaced",
    "contradicted": "passdown resolve {id} when that settles it, else passdown supersede {id} with what is open",
    "command-gone": "passdown supersede {id} with the command that works",
}
OF_SESSIONS: Mapping[str, str] = {  # what a session left is not edited: it was so
    "branch-merged": "nothing is left to be done on it: go on from the branch that has its work",
    "branch-deleted": "git reflog --all finds its last commit, if it was made here",
    "commit-gone": "git reflog --all finds it, if it was made here and is not older than git keeps such",
    "outdated": "run it again",
    "uncommitted-gone": "git stash list; git fsck --lost-found",
}
PLAIN = re.compile(r"[\w@%+=:,./#-]+")  # what no shell takes for anything else


def of_record(id_: str, anchors: Sequence[Anchor], claim: Claim, said: Verdict) -> str:
    """What to do with a record. `edit --file` puts places in place of all that there are, so all are named."""
    now = {claim.anchor: said.to or claim.anchor.place} if isinstance(claim, Place) else {}
    files = " ".join(f"--file {quoted(now.get(anchor, anchor.place))}" for anchor in dict.fromkeys(anchors))
    return OF_RECORDS.get(said.code, "").format(id=id_, files=files)


def of_session(said: Verdict) -> str:
    """What to do about something that a session left."""
    return OF_SESSIONS.get(said.code, "")


def quoted(place: str) -> str:
    """For a shell."""
    return place if PLAIN.fullmatch(place) else shlex.quote(place)


__all__ = ["of_record", "of_session"]
