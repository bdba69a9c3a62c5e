"""Wakes what waits in cases, one case at a time: what goes wrong in one holds up no other."""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection

from engine.command import Command
from engine.commands.report_damage import ReportDamage
from engine.engine import Engine
from engine.errors import CaseDamaged, CaseSuspended, Conflict, NotFound
from engine.policy.actor import Actor, system_actor
from engine.records.case import WHOLE_CASE, select_incident

Asked = tuple[Any, Mapping[str, Any]]


def wake_case(engine: Engine, tenant: str, command: Command, case_id: int, waits: Asked) -> None:
    """Run a command that wakes an event; a conflict matters only if the event still waits: then the job comes again.

    A case whose state is damaged gets an incident instead: trying again would not mend it. In a suspended one the event
    waits until the case goes on, which looks for it again.

    :param waits: a statement that gives something as long as the event waits, and its parameters.
    """
    actor = system_actor(tenant)
    try:
        engine.run(command, actor)
    except CaseDamaged:
        whole = {"case_id": case_id, "token": WHOLE_CASE}
        if engine.read(first_value, actor, select_incident, whole) is None:  # what waits in it comes again and again
            engine.run(ReportDamage(case_id), actor)
    except CaseSuspended:
        return
    except (Conflict, NotFound):
        if engine.read(first_value, actor, *waits) is not None:
            raise


@contextmanager
def all_of_them() -> Generator[Callable[[], AbstractContextManager[None]]]:
    """Let a loop go on past failures; the first of them is raised when it is through."""
    failures: list[Exception] = []

    @contextmanager
    def attempt() -> Generator[None]:
        try:
            yield
        except Exception as error:
            # Whatever it is, the next case has nothing to do with it.
            failures.append(error)

    yield attempt
    if failures:
        raise failures[0]


def first_value(read: Connection, actor: Actor, statement: Any, params: Mapping[str, Any]) -> Any:
    """Return the first column of the only row of a statement, None without one."""
    return read.execute(statement, params).scalar_one_or_none()
