"""What runs beside one another ends together, also where a cancellation is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from engine.jobs.ending import first_ended

PATIENCE = 240.0  # seconds; only what never ends takes them


def run(body: Callable[[], Awaitable[bool]]) -> bool:
    async def patiently() -> bool:
        return await asyncio.wait_for(body(), PATIENCE)

    return asyncio.run(patiently())


async def for_ever() -> None:
    await asyncio.Event().wait()


async def hard_of_hearing() -> None:
    """Go on once when cancelled, as a wait for a connection does that is given in the same moment."""
    with suppress(asyncio.CancelledError):
        await for_ever()
    await for_ever()


async def fails() -> None:
    raise LookupError("broken")


def test_work_that_loses_its_cancellation_is_told_again() -> None:
    async def body() -> bool:
        asked = asyncio.create_task(asyncio.sleep(0))
        return await first_ended(asyncio.create_task(hard_of_hearing()), asked)

    assert run(body) is True


def test_what_runs_beside_it_is_told_again_when_the_work_has_failed() -> None:
    async def body() -> bool:
        work, beside = asyncio.create_task(fails()), asyncio.create_task(hard_of_hearing())
        return await first_ended(work, asyncio.create_task(for_ever()), beside)

    with pytest.raises(LookupError):
        run(body)


def test_work_that_finishes_something_is_told_once_and_may_take_its_time() -> None:
    heard: list[str] = []
    stopping = asyncio.Event()

    async def works() -> None:
        try:
            await for_ever()
        except asyncio.CancelledError:
            heard.append("cancelled")
            await stopping.wait()
            await asyncio.sleep(1.2)  # longer than until others are told again
            heard.append("finished")

    async def body() -> bool:
        work, asked = asyncio.create_task(works()), asyncio.create_task(asyncio.sleep(0))
        return await first_ended(work, asked, asyncio.create_task(hard_of_hearing()), stop=stopping.set)

    assert run(body) is True
    assert heard == ["cancelled", "finished"]
