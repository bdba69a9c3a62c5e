"""Ends tasks that run beside one another, although a cancellation may be lost.

Until Python 3.12 `asyncio.wait_for` swallows a cancellation that comes in the moment in which what it waits for is
there, and a pool of connections waits so: the task goes on as if nothing had been said. It is told again until it ends.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final

AGAIN_SECONDS: Final = 0.5


async def first_ended(
    work: asyncio.Future[Any],
    asked: asyncio.Task[Any],
    *beside: asyncio.Task[Any],
    stop: Callable[[], None] | None = None,
) -> bool:
    """Wait until the work has ended, or was told to stop and then ended; tell whether it was told to.

    Whatever runs beside it is ended as well. What broke is raised.

    :param stop: lets the work end in its own time, also if its cancellation is lost; such work is cancelled once, for
        told twice it would let go of what it finishes.
    """
    everything = {work, asked, *beside}
    await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
    ended = {task for task in everything - {asked} if task.done()}
    if stop is not None and not work.done():
        stop()
        work.cancel()
    await _end(beside if stop is not None else (work, *beside))
    await asyncio.wait([work])
    for task in ended:
        task.result()
    return asked.done()


async def _end(tasks: Iterable[asyncio.Future[Any]]) -> None:
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
