"""The token of the server over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from passdown.actions.mcp_token import token
from passdown.errors import ExposedToken, UnreadableFile, UsageError


def test_servers_that_start_at_once_have_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made once, long enough, for the user alone."""
    monkeypatch.setenv("PASSDOWN_HOME", str(tmp_path / "home"))
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: token(), range(16)))

    assert len(found) == 1
    text, path = found.pop()
    assert len(text) >= 43
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("content", "mode", "error"), [("x" * 43, 0o640, ExposedToken), ("short", 0o600, UsageError), ("é" * 43, 0o600, UnreadableFile)])
def test_one_that_is_no_good_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, mode: int, error: type[Exception]) -> None:
    """One that others may read, or may guess, or that is no token at all; it is left as it is."""
    monkeypatch.setenv("PASSDOWN_HOME", str(tmp_path))
    path = tmp_path / "mcp-token"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)

    with pytest.raises(error):
        token()
    assert path.read_text(encoding="utf-8") == content
