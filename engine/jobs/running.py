"""Runs jobs: in a thread beside the web server, or here and now until none is due."""

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from copy import copy
from typing import Any

from procrastinate import App, JobContext
from procrastinate.worker import Worker

logger = logging.getLogger(__name__)

RESTART_SECONDS = 1.0


class WorkerThread:
    """A worker in a thread of this process.

    It comes back by itself when the database was away. Should the process end without `stop()`, the thread ends with
    it, in mid-job; that job is run again later.
    """

    def __init__(self, app: App, *, concurrency: int = 1) -> None:
        """Prepare the worker.

        :param concurrency: jobs at a time; more than one only pays for jobs that wait for something outside.
        """
        self._app = app
        self._concurrency = concurrency
        self._thread = threading.Thread(target=self._run, name="alur-worker", daemon=True)
        self._ready = threading.Event()
        self._asking = threading.Lock()
        self._asked = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()
        self._ready.wait()

    def stop(self, timeout: float | None = None) -> bool:
        """Take no more jobs, let the running one finish, and tell whether the worker has ended. It may be called again.

        :param timeout: seconds to wait for the running job; None waits as long as it takes.
        """
        with self._asking:
            asked, self._asked = self._asked, True
        # Once only: a second cancellation would break off the running job that the first one waits for.
        if not asked and self._loop is not None and self._task is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except asyncio.CancelledError:
            logger.info("Worker stopped")

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._ready.set()
        while True:
            try:
                async with self._app.open_async():
                    await self._app.run_worker_async(concurrency=self._concurrency, install_signal_handlers=False)
                logger.error("The worker stopped by itself, for the reason logged before; it starts again")
            except Exception:  # whatever it is, a server whose background work silently stopped would be worse
                logger.exception("The worker failed; it starts again")
            await asyncio.sleep(RESTART_SECONDS)


def run_until_idle(app: App) -> int:
    """Run every job that is due, and those they defer, one after the other in this thread; return how many ran.

    A failed job that is to be tried again later stays for later. Periodic tasks get no tick. For the command line
    and for tests; not inside a running event loop.
    """
    ran = 0

    async def in_this_thread(process_job: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        nonlocal ran
        ran += 1
        body = context.task.func
        if inspect.iscoroutinefunction(body):
            return await process_job()
        return body(context, **context.job.task_kwargs)  # what process_job would do in a thread of a pool

    quiet = copy(app)
    quiet.periodic_registry = copy(app.periodic_registry)
    quiet.periodic_registry.periodic_tasks = {}
    quiet.run_worker(wait=False, listen_notify=False, install_signal_handlers=False, worker_middleware=[in_this_thread])
    return ran
