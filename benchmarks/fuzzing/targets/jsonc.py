"""Settings of agents, which we edit: JSON with comments, blocks in TOML and Markdown."""

from benchmarks.fuzzing.base import BrokenLaw, Target

from passdown.integrations import block, jsonc, member
from passdown.integrations.splices import RefusedError

SEED = b'{\n  // servers\n  "mcpServers": {"other": {"command": "x", "args": ["a"],},},\n  "hooks": {"Stop": []} /* end */\n}\n'
MARKS = block.Marks("<!-- passdown -->", "<!-- /passdown -->")


def run(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    jsonc.comment_ends(text)
    try:
        once = member.install(text, ("mcpServers", "passdown"), {"command": "passdown"})
    except (jsonc.NotJsonError, RefusedError):
        return
    if not member.installed(once, ("mcpServers", "passdown")):
        raise BrokenLaw("what was installed is not there")
    member.uninstall(once, ("mcpServers", "passdown"), text)


def marked(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    block.uninstall(block.install(text, MARKS, "words\n"), MARKS)


TARGETS = {"jsonc-member": Target(lambda: [SEED, b"{}", b""], run, (b"//", b"/*", b"*/", b",", b"{", b"}", b'"mcpServers":', b"[" * 200)),
           "jsonc-block": Target(lambda: [b"# A\n<!-- passdown -->\nx\n<!-- /passdown -->\n"], marked, (b"<!-- passdown -->", b"<!-- /passdown -->"),
               (RefusedError,))}
