"""Running the workspace: in the foreground for the command line, in a thread for tests and the demo."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from local_workspace.app import Workspace
from local_workspace.configuration import write_configuration

__all__ = ["RunningWorkspace", "run", "write_configuration"]


def run(data: Path, port: int = 0, on_ready: Callable[[str], None] | None = None) -> None:
    """Serve the state in the folder `data` until SIGTERM or SIGINT; port 0 takes a free one.

    `on_ready` is called with the base URL once requests are accepted. OSError when the port is taken.
    """
    listener, base_url = _listen(port)
    workspace = Workspace(data)
    if on_ready is not None:
        on_ready(base_url)
    # uvicorn raises the signal that stopped it once more when it is done; that would be an error's exit code.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with closing(workspace.db):
            uvicorn.Server(_config(workspace)).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


class RunningWorkspace(AbstractContextManager["RunningWorkspace"]):
    """A workspace in a thread of this process, on a free port: `with RunningWorkspace(folder) as running`."""

    def __init__(self, data: Path, *, port: int = 0, check_answers: bool = False) -> None:
        """Start it over the state in the folder `data`; it accepts requests from now on."""
        listener, self.base_url = _listen(port)
        self.data = data
        self._workspace = Workspace(data, check_answers=check_answers)
        self._server = _Server(_config(self._workspace))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()

    @property
    def thread_id(self) -> int:
        """The id of the thread that serves, for its CPU clock."""
        return self._thread.ident or 0

    def stop(self) -> None:
        """Stop it and wait until its files are closed; its state stays in the folder."""
        self._server.should_exit = True
        self._thread.join()
        self._workspace.db.close()

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()


class _Server(uvicorn.Server):
    """uvicorn, stopping at once: its own loops look around every 100 ms, and tests start hundreds."""

    async def main_loop(self) -> None:
        """Wait until somebody stops it."""
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(0.01)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything; requests are answered in one step, so none is half done."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)


class _Protocol(H11Protocol):
    """uvicorn's HTTP, with each request's connection in scope["state"]: faults cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn does
        """Keep the connection for its requests, and let no small answer wait 40 ms for company."""
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {"transport": transport}


def _config(workspace: Workspace) -> uvicorn.Config:
    """Return how to serve: quietly, HTTP only, without the date header (a running clock is wasted work)."""
    return uvicorn.Config(
        workspace,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=240,  # seconds, as Google's
    )


def _listen(port: int) -> tuple[socket.socket, str]:
    """Return a socket that accepts connections on 127.0.0.1 from now on, and the base URL that reaches it."""
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"
