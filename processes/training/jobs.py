"""Background work of training: the cases of sessions, and drafts out of new results."""

from contextlib import suppress

from sqlalchemy import select

from engine.calendar import WorkCalendar
from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.errors import Invalid
from engine.policy.actor import system_actor
from engine.records.tenant import not_open, tenant
from engine.starting import existing_keys
from engine.worker import TASKS
from processes.people.queries import holiday_version, holidays_of
from processes.training.commands.open_needs import OpenNeeds
from processes.training.queries.catalogue import coming_sessions, courses
from processes.training.variables import SESSION, session_variables

EVERY_NIGHT = "30 17 * * *"  # in UTC: half past midnight in western Indonesia
EVERY_HOUR = "35 * * * *"  # for sessions that came by a file

_cities = select(tenant.c.code).where(tenant.c.code.not_in(not_open)).order_by(tenant.c.code)


@TASKS.task("open_training_sessions")
def open_training_sessions(engine: Engine, tenant: str) -> None:
    """Start the cases of a city's sessions that have none yet; those that exist are left alone."""
    today = engine.clock().astimezone(engine.directory.zone(tenant)).date()
    with engine.database.reading() as read:
        sessions = {str(item.id): item for item in coming_sessions(read, tenant, today)}
        missing = sessions.keys() - existing_keys(read, tenant, SESSION, sessions)
        names = {code: course.name_id for code, course in courses(read, tenant).items()}
        days = frozenset(holidays_of(read, tenant))
    calendar = WorkCalendar(holiday_version(days), days, 5)
    cases = tuple(
        NewCase(key, 0, f"{names.get(item.course, item.course)} · {item.code}", session_variables(item, calendar))
        for key, item in sessions.items()
        if key in missing
    )
    if cases:
        engine.run(StartCases(SESSION, cases), system_actor(tenant))


@TASKS.task("open_all_training_sessions", cron=EVERY_HOUR)
def open_all_training_sessions(engine: Engine) -> None:
    """Start the cases of sessions that came by a file, in every city that has the diagram."""
    for code in _open_cities(engine):
        with suppress(Invalid):  # the city has not taken the diagram over yet
            open_training_sessions(engine, code)


@TASKS.task("open_training_needs", cron=EVERY_NIGHT)
def open_training_needs(engine: Engine) -> None:
    """Open drafts for those whose newest result asks for training, in every city."""
    for code in _open_cities(engine):
        actor = system_actor(code)
        if engine.preview(OpenNeeds(), actor):
            engine.run(OpenNeeds(), actor)


def _open_cities(engine: Engine) -> tuple[str, ...]:
    with engine.database.reading() as read:
        return tuple(read.execute(_cities).scalars())
