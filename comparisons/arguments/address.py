"""Whether a Ray cluster answers at an address."""

import socket

from shared.errors import UserError

ANSWER = 5.0
"""Seconds within which the server at an address answers."""

EMPTY_SETTINGS = bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + EMPTY_SETTINGS
"""What a client of gRPC says first (RFC 9113, section 3.4)."""

TYPE = 3
"""Place of a frame's type; that of a server's first one is that of ours."""


def check_address(address: str) -> None:
    """UserError unless a server of gRPC, as Ray's is, answers."""
    host, colon, port = address.rpartition(":")
    if not (colon and host and port.isdigit() and int(port) < 1 << 16):
        raise UserError(
            f"--address '{address}' is not HOST:PORT, such as 10.0.0.1:6379"
        )
    try:
        with socket.create_connection((host, int(port)), ANSWER) as server:
            server.settimeout(ANSWER)
            server.sendall(GREETING)
            head = server.recv(9)
    except OSError as error:
        raise unanswered(address) from error
    if head[TYPE : TYPE + 1] != EMPTY_SETTINGS[TYPE : TYPE + 1]:
        raise unanswered(address)


def unanswered(address: str) -> UserError:
    if not address:
        return UserError("Ray did not start on this machine")
    return UserError(
        f"no Ray answers at '{address}': start it with `ray start --head`, or "
        "leave --address out"
    )
