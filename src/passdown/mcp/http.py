"""Over streamable HTTP: several clients, each with the token, from names that the server goes by.

Host and Origin are looked at with every request, because a page in a browser may have its own name point to this machine (DNS rebinding); the token is
looked at before anything else, so that who has none learns nothing.
"""

import hmac
import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from passdown.errors import CannotListen

PATH = "/mcp"
LOCAL = ("127.0.0.1", "localhost", "[::1]")
GOODBYE_S = 2  # for open streams when the server is stopped
REFUSED = {"error": "unauthorized", "message": "This server wants `Authorization: Bearer TOKEN`. `passdown mcp --http` says where its token lies."}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address or name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address; port 0: any that is free. Raises `CannotListen`."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise CannotListen(host=host, port=port, reason=getattr(error, "strerror", None) or str(error)) from error


def names(host: str, more: Sequence[str]) -> TransportSecuritySettings:
    """By what names requests may come: this machine's own, the address, and those that the user gave. Pages of these names may ask too."""
    known = dict.fromkeys([*LOCAL, f"[{host}]" if ":" in host else host, *more])
    hosts = [form for name in known for form in (name, f"{name}:*")]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[f"{scheme}://{form}" for form in hosts for scheme in ("http", "https")])


class Bearer:
    """An ASGI application that lets through only who shows the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._shown(scope):
            await self._app(scope, receive, send)
            return
        await JSONResponse(REFUSED, 401, {"WWW-Authenticate": 'Bearer realm="passdown"'})(scope, receive, send)

    def _shown(self, scope: Scope) -> bool:
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        scheme, _, token = given.partition(b" ")
        return bool(scheme.lower() == b"bearer" and hmac.compare_digest(token.strip(), self._token))


def serve(server: Server[Any], at: socket.socket, token: str, more: Sequence[str] = (), started: Callable[[str], None] = lambda _: None) -> None:
    """Until the process is told to stop. token: "" for none. started: told the address."""
    host, port = at.getsockname()[:2]
    app: ASGIApp = server.streamable_http_app(streamable_http_path=PATH, transport_security=names(host, more), host=host)
    config = uvicorn.Config(Bearer(app, token) if token else app, log_config=None, access_log=False, server_header=False,
                            timeout_graceful_shutdown=GOODBYE_S)
    started(f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}")
    uvicorn.Server(config).run(sockets=[at])


__all__ = ["is_loopback", "listen", "serve"]
