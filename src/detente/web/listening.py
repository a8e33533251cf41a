"""The socket that the server listens at, or a clear error where there can be none."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlencode

from detente.errors import DetenteError
from detente.web.security import LOCAL


def listen(host: str, port: int, token: str | None) -> socket.socket:
    """A socket that listens.

    Args:
        host: an address of this machine.
        port: 1 to 65535; 0 takes a free one.
        token: needed where `host` can be reached from elsewhere.

    Raises:
        DetenteError: the address needs a token or is none of this machine, or the port cannot be had.
    """
    if host not in LOCAL and not token:
        raise DetenteError(
            f"got the host {host!r}, which other machines can reach, expected 127.0.0.1 or a token",
            f"detente serve --host {host} --token SECRET",
        )
    if not 0 <= port <= 65535:
        raise DetenteError(f"got the port {port}, expected 0 to 65535", "detente serve --port 8000")
    try:
        return socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise _explained(error, host, port) from error


def address(listening: socket.socket, host: str, token: str | None) -> str:
    """The address of the first page, with the token where there is one."""
    port = listening.getsockname()[1]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?{urlencode({'token': token})}" if token else "")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _explained(error: OSError, host: str, port: int) -> DetenteError:
    match error.errno:
        case errno.EADDRINUSE:
            return DetenteError(f"port {port} of {host} is taken by another program", f"detente serve --port {port + 1 if port < 65535 else 0}")
        case errno.EACCES:
            return DetenteError(f"port {port} of {host} needs an administrator's rights", "detente serve --port 8000")
        case _:
            return DetenteError(f"{host}: got an address that is not this machine's ({error.strerror or error})", "detente serve --host 127.0.0.1")
