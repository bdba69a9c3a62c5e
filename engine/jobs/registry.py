"""The table of tasks: which function does the work of which name, in which queue, how often it is tried again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from procrastinate import RetryStrategy
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

from engine.errors import EngineError, TenantArriving, TenantClosed

Body = Callable[..., None]
AnyBody = TypeVar("AnyBody", bound=Body)

CLOSED_SECONDS = 300  # after which a job of a city that was closed looks again


class _Patience(RetryStrategy):
    """Tries again as often as the strategy says, and for as long as it takes where only the city is closed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when the job is tried again; None gives it up."""
        if type(exception) in (TenantClosed, TenantArriving):
            return RetryDecision(retry_in={"seconds": CLOSED_SECONDS})
        return super().get_retry_decision(exception=exception, job=job)


# Waits 4 s, 16 s, 64 s, 4 min, 17 min and 68 min, then the job is a dead letter: its status is "failed".
RETRY = _Patience(max_attempts=6, exponential_wait=4)


class UnknownTask(EngineError):
    """No task of this name is declared."""

    code = "jobs.unknown_task"


@dataclass(frozen=True, slots=True)
class Task:
    """A named kind of job.

    :param body: called with what `make_app` was given, then the job's arguments by name; it may run twice.
    :param priority: higher runs first.
    :param cron: when the task also runs by itself (UTC); a sixth field is seconds and stands last.
    """

    name: str
    body: Body
    queue: str
    retry: RetryStrategy | None
    priority: int
    cron: str | None


class JobRegistry:
    """The tasks of one application, by name.

    There is no `lock`: a waiting job that is scheduled for later would hold up every later job of the same lock.
    What must not run twice at once is excluded by the version of its case.
    """

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}

    def task(
        self,
        name: str,
        *,
        queue: str = "default",
        retry: RetryStrategy | None = RETRY,
        priority: int = 0,
        cron: str | None = None,
    ) -> Callable[[AnyBody], AnyBody]:
        """Declare the decorated function as the body of a task; see `Task` for the parameters.

        A task with a cron line gets no retries unless it asks for them: its next tick comes anyway.
        """
        if name in self._tasks:
            raise ValueError(f"Task {name!r} is declared twice")

        def declare(body: AnyBody) -> AnyBody:
            tries = None if cron is not None and retry is RETRY else retry
            self._tasks[name] = Task(name, body, queue, tries, priority, cron)
            return body

        return declare

    def __getitem__(self, name: str) -> Task:
        if name not in self._tasks:
            raise UnknownTask(f"No task is called {name!r} (known: {', '.join(sorted(self._tasks))}).", name=name)
        return self._tasks[name]

    def __iter__(self) -> Iterator[Task]:
        return iter(self._tasks.values())


def every_seconds(seconds: int) -> str:
    """Return the cron line of "every so many seconds"; they divide a minute.

    Procrastinate reads the seconds from the last field: `*/2 * * * * *` is every second of every even minute.
    """
    if seconds not in range(1, 60) or 60 % seconds:
        raise ValueError(f"{seconds} seconds do not divide a minute")
    return f"* * * * * */{seconds}"


def job_arguments(args: dict[str, Any], *, is_periodic: bool) -> dict[str, Any]:
    """Return what the body gets: a tick's timestamp is the worker's clock, which bodies do not go by."""
    return {name: value for name, value in args.items() if not (is_periodic and name == "timestamp")}
