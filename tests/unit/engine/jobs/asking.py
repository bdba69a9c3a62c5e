"""Asks the queue about its jobs, for a moment, as something outside the worker would."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from procrastinate import App
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

Answer = TypeVar("Answer")


def listed(app: App, task: str | None = None) -> list[Job]:
    """Return the jobs, oldest first."""
    with app.open():
        return list(app.job_manager.list_jobs(task=task))


def statuses(app: App, task: str | None = None) -> list[str | None]:
    """Return how each job stands, oldest first."""
    return [job.status for job in listed(app, task)]


def ask(app: App, question: Callable[[JobManager], Awaitable[Answer]]) -> Answer:
    """Return the answer to something that only a running event loop may ask."""

    async def opened() -> Answer:
        async with app.open_async():
            return await question(app.job_manager)

    return asyncio.run(opened())
