"""`compare.py site serve`: the pages of the course on this machine."""

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.site.build import build
from shared.errors import UserError

HOST = "127.0.0.1"


def main(arguments: list[str]) -> int:
    """Build the site and show it until Ctrl-C; the exit code."""
    options = parse("site serve", arguments)
    if code := build(options.out):
        return code
    with server(options.out, options.port) as serving:
        say(f"http://{HOST}:{serving.server_port}/ (Ctrl-C ends)")
        serving.serve_forever()
    return 0


class Handler(SimpleHTTPRequestHandler):
    """Sends the files of a folder, and prints nothing of it."""

    def log_message(self, *words: Any) -> None:
        pass


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """What answers at an address of this machine; UserError if it is taken."""
    handler = functools.partial(Handler, directory=folder)
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise UserError(
            f"--port {port}: {error.strerror or error}; choose another, or 0"
        ) from error
