"""The embedded server: waitress for the pages, a thread for background work, both ended by a signal in good order."""

import signal
import threading
from types import FrameType
from typing import Any

from waitress.server import create_server

from engine.jobs import WorkerThread
from webapp.app import create_app
from webapp.security import LARGEST_RECEIVED
from webapp.wiring import Alur

THREADS = 8
#: How long the job that runs at the end may take.
PATIENCE_SECONDS = 30.0


class Server:
    """Answers requests and carries out jobs until the process is told to end."""

    def __init__(self, alur: Alur, host: str, port: int, *, works: bool = True) -> None:
        """Take the port; requests wait until `run`.

        :param port: 0 takes any that is free.
        :param works: whether this process carries out jobs as well; if not, `alur worker` does.
        """
        self._server: Any = create_server(
            create_app(alur),
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=LARGEST_RECEIVED,
            clear_untrusted_proxy_headers=True,
            url_prefix=alur.settings.path,
            **_proxy(alur),
        )
        self._host, self._path = host, alur.settings.path
        self._worker = WorkerThread(alur.jobs) if works else None

    @property
    def address(self) -> str:
        """Where the pages are."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.effective_port}{self._path}/"

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; requests and the job that run then are finished first."""
        if threading.current_thread() is threading.main_thread():
            # Both: a server started in the background by a shell inherits that interrupts are ignored.
            signal.signal(signal.SIGTERM, _end)
            signal.signal(signal.SIGINT, _end)
        if self._worker is not None:
            self._worker.start()
        try:
            self._server.run()
        finally:
            self._server.close()
            if self._worker is not None:
                self._worker.stop(PATIENCE_SECONDS)


def _proxy(alur: Alur) -> dict[str, Any]:
    """Return waitress's settings for the proxy in front; without one, nobody's word about a client is taken."""
    proxy = alur.settings.trusted_proxy
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": headers} if proxy else {}


def _end(_signal: int, _frame: FrameType | None) -> None:
    # waitress ends its loop at this exception and lets its threads finish what they answer.
    raise SystemExit(0)
