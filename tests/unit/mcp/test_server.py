"""What stands between the protocol and the actions."""

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import anyio
from mcp.shared.exceptions import MCPError

from passdown.errors import NoSuchRecord
from passdown.mcp.server import aside


def raised(error: Exception) -> MCPError:
    def work() -> None:
        raise error

    with pytest.raises(MCPError) as caught:
        anyio.run(aside, work)
    return caught.value


def test_our_errors_become_the_protocol_s() -> None:
    """With what to do next, and the error's class for a program."""
    error = raised(NoSuchRecord(id="zzz"))

    assert error.code == -32602
    assert "`search` finds ids" in error.message
    assert error.data == {"code": "NoSuchRecord"}


def test_a_fault_says_where_and_no_word_of_the_text() -> None:
    """The SDK would send the exception's own words."""
    error = raised(ValueError("words of a private file"))

    assert error.code == -32603
    assert "ValueError" in error.message
    assert "private" not in error.message
