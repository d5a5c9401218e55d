"""`passdown mcp`."""

import argparse
import gc
import logging
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from passdown.cli.output import Output
from passdown.errors import MissingExtra, UsageError
from passdown.project import Project, given, open_project

if TYPE_CHECKING:
    from passdown.mcp.calls import Open

HELP = """The memory as an MCP server: tools, resources and prompts for any agent that speaks the Model Context Protocol.

Agents start it by themselves over standard input and output: `passdown install --mcp` enters it into their configuration. With --http it listens for
several clients; each shows the token that lies in PASSDOWN_HOME/mcp-token (made at the first start), or the one in PASSDOWN_MCP_TOKEN.

  passdown mcp
  passdown mcp --project ~/src/shop-api
  passdown mcp --http --port 7414"""
HOST, PORT = "127.0.0.1", 7414
ONLY_HTTP = ("host", "port", "allow_host", "no_token")
SHORTEST = 16  # characters of a token that somebody can not guess
COLLECT = (700, 10, 10)  # as Python has it: a server lives longer than a verb


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", default="", metavar="DIR", help="the project when a call names none (default: PASSDOWN_PROJECT, else where it is started)")
    parser.add_argument("--http", action="store_true", help="listen on HTTP instead of standard input and output")
    parser.add_argument("--host", metavar="ADDRESS", help="with --http: the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, metavar="N", help=f"with --http: the port, 0 for any that is free (default {PORT})")
    parser.add_argument("--allow-host", action="append", metavar="NAME", help="with --http: another name that clients reach it by; may be repeated")
    parser.add_argument("--no-token", action="store_true", default=None, help="with --http, on this machine alone: let in whoever asks")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:  # noqa: ARG001  each call opens its own
    if not args.http and (unfit := next((name for name in ONLY_HTTP if getattr(args, name) is not None), "")):
        option = f"--{unfit.replace('_', '-')}"
        raise UsageError(f"{option} belongs to `passdown mcp --http`: over standard input and output nothing listens", "Add --http, or leave it away.")
    if find_spec("mcp") is None:
        raise MissingExtra(what="`passdown mcp`", extra="mcp")
    default = args.project or given("PROJECT") or args.directory
    open_project(default)  # a directory that is not there is told at the start, not with every call
    logging.basicConfig(handlers=[Words(out.say)], level=logging.WARNING, force=True)
    opened: Open = lambda directory: open_project(directory or default, args.now)  # noqa: E731
    (over_http if args.http else over_streams)(args, opened, out)
    return 0


class Words(logging.Handler):
    """What the SDK logs, as words for people: scanned, and without tracebacks, which may hold what was being read."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(f"passdown mcp: {record.levelname.lower()}: {record.getMessage()}")


def over_streams(_: argparse.Namespace, opened: "Open", out: Output) -> None:
    from passdown.mcp import server, streams

    if out.on_terminal:
        out.say("Waiting for an MCP client on standard input; agents start this by themselves. Ctrl-C ends it.")
    settled()
    streams.serve(server.server(opened))


def over_http(args: argparse.Namespace, opened: "Open", out: Output) -> None:
    from passdown.mcp import http, server

    host, port = args.host or HOST, PORT if args.port is None else args.port
    token, where = token_of(args, host, local=http.is_loopback(host))
    listening = http.listen(host, port)
    if not http.is_loopback(host):
        out.say("Anybody who can read the network reads what is sent: put a proxy with TLS before it.")
    settled()
    http.serve(server.server(opened), listening, token, args.allow_host or (), lambda address: out.say(f"Listening on {address}; {where}."))


def token_of(args: argparse.Namespace, host: str, *, local: bool) -> tuple[str, str]:
    """The token, "" for none, and words on where it is. Raises `UsageError`."""
    from passdown.actions.mcp_token import token

    if args.no_token:
        if not local:
            raise UsageError(f"{host} can be reached from other machines: a token is needed there", "Leave --no-token away, or listen on 127.0.0.1.")
        return "", "no token is asked for"
    if own := given("MCP_TOKEN"):
        if len(own) < SHORTEST or not own.isascii():
            raise UsageError(f"the token in PASSDOWN_MCP_TOKEN is shorter than {SHORTEST} characters, or not ASCII", "Take a longer one, or none: one is made.")
        return own, "the token is the one in PASSDOWN_MCP_TOKEN"
    text, path = token()
    return text, f"the token is in {path}"


def settled() -> None:
    """Everything imported stays: it is not looked through again for garbage."""
    gc.freeze()
    gc.set_threshold(*COLLECT)
