"""A server on a socket of this machine, for as long as a test needs it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from detente.web import create_app
from detente.web.listening import listen


@contextmanager
def serving(path: Path, by: str = "", registry: Path | None = None) -> Iterator[str]:
    """The address of a server over a ledger."""
    listening = listen("127.0.0.1", 0, None)
    app = create_app(path, by=by, registry=registry)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.incoming.close()
