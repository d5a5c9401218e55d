"""Addresses and names over HTTP."""

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from passdown.errors import CannotListen
from passdown.mcp import http


@pytest.mark.parametrize(("host", "local"), [
    ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("192.168.1.4", False),
    ("localhost.example", False), ("", False)])
def test_what_only_this_machine_reaches(host: str, local: bool) -> None:
    """A name that is not known for certain is taken for one that others reach."""
    assert http.is_loopback(host) is local


def test_names_are_this_machine_s_and_those_that_were_given() -> None:
    """With any port; the address of all interfaces stands for itself alone."""
    found = http.names("0.0.0.0", ["memory.example"])

    assert {"localhost:*", "[::1]:*", "memory.example", "memory.example:*"} <= set(found.allowed_hosts)
    assert "https://memory.example" in found.allowed_origins
    assert not any("*" in name.removesuffix(":*") for name in found.allowed_hosts)


def test_a_port_that_is_taken_is_said() -> None:
    """With what to do."""
    with http.listen("127.0.0.1", 0) as taken, pytest.raises(CannotListen) as caught:
        http.listen("127.0.0.1", taken.getsockname()[1])

    assert "--port 0" in caught.value.advice
