"""What the journals of the cases of a city add up to, by process, release, element and month; made behind the steps."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, bindparam, func, select

from engine.ids import first_of, instant_of
from engine.records.case import case, case_state, open_task
from engine.records.history import audit, journal
from engine.records.prepared import Prepared
from engine.records.release import release
from engine.records.schema import Day, UtcDateTime, metadata

# How far the steps of a city are taken in; whoever takes in more must have read the last version.
mining_mark = Table(
    "mining_mark",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    # All cases up to this number are known, and all claims in the audit trail.
    Column("cases_to", BigInteger, nullable=False),
    Column("audit_to", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

# What must be known of a case to take its next step in.
mined_case = Table(
    "mined_case",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    # Of the last step that was taken in.
    Column("version", Integer, nullable=False),
    # None for a case that has ended, whose row stays for a while so that it is not taken in again.
    Column("content", LargeBinary),
    sqlite_with_rowid=False,
)


def _place() -> tuple[Column[Any], ...]:
    return (
        Column("tenant", String(40), primary_key=True),
        Column("process", String(121), primary_key=True),
        Column("release_id", ForeignKey("release.id"), primary_key=True),
        # An element of the diagram, or a flow.
        Column("element", String(121), primary_key=True),
    )


# A month is its first day.
element_figure = Table(
    "element_figure",
    metadata,
    *_place(),
    Column("month", Day, primary_key=True),
    Column("entered", Integer, nullable=False),
    Column("left_count", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("on_time", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("working_minutes", BigInteger, nullable=False),
    Column("wall_minutes", BigInteger, nullable=False),
    # How durations are spread, and a few of the people: `engine.mining.figures`.
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# How many running cases stand at an element since a day.
element_standing = Table(
    "element_standing",
    metadata,
    *_place(),
    Column("day", Day, primary_key=True),
    Column("cases", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: How long a transaction may take whose case has an earlier number than others that are known already.
LATE: Final = timedelta(hours=1)
#: How much longer a case that has ended is known: so far ahead may a clock have run, and no case is taken in twice.
KEPT: Final = timedelta(days=1)


def earlier(case_id: int) -> int:
    """Return the number behind which a case may not be known yet, when one with that number is."""
    return first_of(instant_of(case_id) - LATE)


def forgotten(case_id: int) -> int:
    """Return the number up to which a case that has ended is forgotten, when one with that number is known."""
    return first_of(instant_of(case_id) - LATE - KEPT)


def within(case_id: int, now: datetime) -> int:
    """Return up to where cases are known: never ahead of the clock, or those that begin meanwhile would be left out."""
    return min(case_id, first_of(now))


_TENANT: Any = bindparam("tenant")
insert_mark = mining_mark.insert()
update_mark = Prepared(
    mining_mark.update()
    .where(mining_mark.c.tenant == bindparam("of_tenant"), mining_mark.c.version == bindparam("old_version"))
    .values(
        version=bindparam("new_version"),
        cases_to=bindparam("new_cases_to"),
        audit_to=bindparam("new_audit_to"),
        at=bindparam("new_at"),
    )
)
select_mark = select(mining_mark).where(mining_mark.c.tenant == _TENANT)
_CASES: Any = bindparam("cases", expanding=True)
_MINED = (mined_case.c.tenant == case.c.tenant) & (mined_case.c.case_id == case.c.id)
_cases = (
    select(
        case.c.id,
        case.c.process,
        case.c.subject,
        case.c.release_id,
        release.c.digest,
        case_state.c.version,
        case_state.c.content.label("state"),
        mined_case.c.version.label("mined_version"),
        mined_case.c.content.label("trace"),
    )
    .join_from(case, release)
    .outerjoin(case_state, case_state.c.case_id == case.c.id)
    .outerjoin(mined_case, _MINED)
    .where(case.c.tenant == _TENANT)
    .order_by(case.c.id)
    .limit(bindparam("limit"))
)
new_cases = _cases.where(case.c.id > bindparam("after"), mined_case.c.case_id.is_(None))
# Those that have made a step or ended since they were taken in.
moved_cases = _cases.where(
    mined_case.c.tenant == _TENANT,
    mined_case.c.case_id > bindparam("after"),
    mined_case.c.content.is_not(None),
    case_state.c.version.is_distinct_from(mined_case.c.version),
)
# One that is not known yet is new, or was forgotten long after it had ended.
claimed_cases = _cases.where(
    case.c.id.in_(_CASES),
    mined_case.c.content.is_not(None) | (mined_case.c.case_id.is_(None) & (case.c.id > bindparam("after"))),
)
claims = (
    select(audit.c.id, audit.c.subject, audit.c.at, audit.c.actor, audit.c.command)
    .where(
        audit.c.id > bindparam("after"),
        audit.c.id < bindparam("until"),
        audit.c.tenant == _TENANT,
        audit.c.command.in_(("ClaimTask", "UnclaimTask")),
        audit.c.actor.is_not(None),
    )
    .order_by(audit.c.id)
    .limit(bindparam("limit"))
)
new_steps = (
    select(journal)
    .outerjoin(mined_case, (mined_case.c.tenant == _TENANT) & (mined_case.c.case_id == journal.c.case_id))
    .where(journal.c.case_id.in_(_CASES), journal.c.version > func.coalesce(mined_case.c.version, 0))
    .order_by(journal.c.case_id, journal.c.version)
)
due_tasks = select(open_task.c.case_id, open_task.c.token, open_task.c.due).where(
    open_task.c.case_id.in_(_CASES), open_task.c.due.is_not(None)
)

_OF_TENANT: Any = bindparam("of_tenant")
delete_mined = mined_case.delete().where(
    mined_case.c.tenant == _OF_TENANT, mined_case.c.case_id == bindparam("of_case")
)
insert_mined = mined_case.insert()
# Those that have ended and cannot be taken for new any more.
forget_ended = mined_case.delete().where(
    mined_case.c.tenant == _OF_TENANT, mined_case.c.content.is_(None), mined_case.c.case_id <= bindparam("up_to")
)
FIGURE_KEY: Final = tuple(column.name for column in element_figure.primary_key)
STANDING_KEY: Final = tuple(column.name for column in element_standing.primary_key)
delete_figure = element_figure.delete().where(
    *(element_figure.c[name] == bindparam(f"of_{name}") for name in FIGURE_KEY)
)
insert_figure = element_figure.insert()
select_figures_of_month = select(element_figure).where(
    element_figure.c.tenant == _TENANT,
    element_figure.c.process == bindparam("process"),
    element_figure.c.release_id == bindparam("release_id"),
    element_figure.c.month == bindparam("month"),
)
select_standing = select(element_standing).where(element_standing.c.tenant == _TENANT)
delete_standing = element_standing.delete().where(
    *(element_standing.c[name] == bindparam(f"of_{name}") for name in STANDING_KEY)
)
insert_standing = element_standing.insert()
forget_all = tuple(
    table.delete().where(table.c.tenant == _OF_TENANT)
    for table in (mined_case, element_figure, element_standing, mining_mark)
)
