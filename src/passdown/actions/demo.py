"""`demo`: the whole loop on a small sample, in a repository of its own that goes when it ends."""

import tempfile
from importlib.resources import as_file
from importlib.resources import files as packaged
from pathlib import Path

import msgspec

from passdown import files, gitrepo
from passdown.actions.capture import Captured, capture
from passdown.actions.init import init
from passdown.actions.note import note
from passdown.actions.refresh import refresh
from passdown.actions.resume import resume
from passdown.model.briefing import Briefing, Request
from passdown.project import open_project
from passdown.redaction.scan import redact

SESSION_ENDED, NEXT_MORNING = "2026-11-19T17:02:00Z", "2026-11-20T09:12:00Z"
HOME = "/home/dev/shop-api"  # where the sample's session ran
WORK_TREE = {
    "README.md": "# Shop API\n\nCheckout by webhooks.\n",
    "src/app.py": "from src.poll.poller import poll\n",
    "src/poll/poller.py": "def poll():\n    ...\n",
    "src/webhook/verify.py": "def verify(raw, header):\n    ...\n",
    "src/webhook/store.py": "SCHEMA = 'CREATE TABLE events(id TEXT PRIMARY KEY)'\n",
    "src/queue/outbox.py": "class Outbox:\n    ...\n",
    "src/queue/retry.py": "class RetryQueue:\n    def drain(self):\n        ...\n",
    "tests/test_webhook.py": "def test_signature_is_checked_before_parsing():\n    ...\n",
    "tests/queue/test_retry.py": "def test_drain_twice():\n    ...\n",
}


class Demo(msgspec.Struct, frozen=True):
    captured: Captured
    briefing: Briefing


def demo(budget: int) -> Demo:
    """Capture the sample session, keep one note, change a file as a colleague would over night, and brief the next morning."""
    with tempfile.TemporaryDirectory(prefix="passdown-demo-") as folder:
        root = Path(folder).resolve() / "shop-api"
        build(root)
        evening = open_project(root, SESSION_ENDED)
        init(evening)
        with as_file(packaged("passdown.actions") / "sample" / "session.jsonl") as transcript:
            [captured] = capture(evening, [transcript], [(HOME, str(root))])
        note(evening, "decision", "Verify the signature before parsing the body", {"alternative": ("a middleware: it consumes the stream",)},
             ["src/webhook/verify.py"])
        files.write(root / "src/webhook/verify.py", redact("def verify(raw: bytes, header: str) -> bool:\n    ...\n"), mode=files.PUBLIC)
        gitrepo.commit_all(root, "Type hints", "2026-11-19T18:30:00Z")
        morning = open_project(root, NEXT_MORNING)
        refresh(morning)
        return Demo(captured, resume(morning, Request(budget=budget)))


def build(root: Path) -> None:
    """A small git repository on the branch of the sample session."""
    for path, text in WORK_TREE.items():
        files.write(root / path, redact(text), mode=files.PUBLIC, durable=False)
    gitrepo.start(root, "feat/checkout")
    gitrepo.commit_all(root, "Webhook handler and SQLite outbox", "2026-11-19T17:00:00Z")


__all__ = ["Demo", "demo"]
