"""Runs jobs: in a thread beside the web server, or here and now until none is due."""

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from copy import copy
from typing import Any

from procrastinate import App, JobContext
from procrastinate.app import WorkerOptions
from procrastinate.worker import Worker

from engine.jobs.ending import first_ended
from engine.jobs.upkeep import Rescuer

logger = logging.getLogger(__name__)

RESTART_SECONDS = 1.0


class WorkerThread:
    """A worker in a thread of this process.

    It comes back by itself when the database was away. Should the process end without `stop()`, the thread ends with
    it, in mid-job; that job is run again later, by any worker.
    """

    def __init__(self, app: App, *, concurrency: int = 1) -> None:
        """Prepare the worker.

        :param concurrency: jobs at a time; more than one only pays for jobs that wait for something outside.
        """
        self._app = app
        self._concurrency = concurrency
        self._thread = threading.Thread(target=self._run, name="alur-worker", daemon=True)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()
        self._ready.wait()

    def stop(self, timeout: float | None = None) -> bool:
        """Take no more jobs, let the running one finish, and tell whether the worker has ended. It may be called again.

        :param timeout: seconds to wait for the running job; None waits as long as it takes.
        """
        if self._loop is not None and self._stopping is not None and self._thread.is_alive():
            with suppress(RuntimeError):  # the loop ended at this very moment
                self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        while not self._stopping.is_set():
            try:
                await self._work_until_stopped(self._stopping)
            except Exception:  # whatever it is, a server whose background work silently stopped would be worse
                logger.exception("The worker failed; it starts again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RESTART_SECONDS)
        logger.info("Worker stopped")

    async def _work_until_stopped(self, stopping: asyncio.Event) -> None:
        """Work, and watch over the jobs of others, until told to stop or until something breaks."""
        rescuer = Rescuer(self._app)
        asked = asyncio.create_task(stopping.wait())
        try:
            # One after the other ends: told to stop while the database is away, nobody waits for it any longer.
            if await first_ended(asyncio.ensure_future(self._app.open_async()), asked):
                return
            worker = self._worker(rescuer)
            works = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # Procrastinate's is not annotated
            if not await first_ended(works, asked, asyncio.create_task(rescuer.watch()), stop=worker.stop):
                logger.error("The worker stopped by itself, for the reason logged before; it starts again")
        finally:
            asked.cancel()
            await self._app.close_async()

    def _worker(self, rescuer: Rescuer) -> Worker:
        """Return a worker that can be told to stop: cancelling what `App.run_worker_async` runs may be lost."""
        options: WorkerOptions = {
            **self._app.worker_defaults,
            "concurrency": self._concurrency,
            "install_signal_handlers": False,
            "worker_middleware": [rescuer.note_worker],
        }
        return Worker(app=self._app, **options)


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
