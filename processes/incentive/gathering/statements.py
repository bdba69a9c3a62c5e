"""The statements by which a unit's month is read; `first` and `last` are the month's, `from` the year's first day."""

from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, func, or_, select

from engine.records.schema import Day
from processes.incentive.records import (
    AttendanceKind,
    allowance_adjustment,
    allowance_ceiling,
    attendance,
    external_deduction,
    service_term,
)
from processes.people.careers import sanction
from processes.people.queries.on_day import TENANT, AnySelect
from processes.people.records import (
    HeadKind,
    employee,
    leave,
    placement,
    post,
    reporting_line,
    result,
    unit_head,
)

UNIT: Any = bindparam("unit")
FIRST: Any = bindparam("first", type_=Day)
LAST: Any = bindparam("last", type_=Day)
YEAR_FROM: Any = bindparam("from", type_=Day)


def _within(table: Any, first: Any = FIRST, last: Any = LAST) -> Any:
    """Return the condition that a row with validity dates holds on some day of a span."""
    return and_(table.c.valid_from <= last, or_(table.c.valid_to.is_(None), table.c.valid_to >= first))


_placed = placement.alias("placed_here")
#: Whoever is placed in the unit on some day of the month.
PEOPLE: Final[Select[int]] = select(_placed.c.employee_id).where(
    _placed.c.tenant == TENANT, _placed.c.unit_id == UNIT, _within(_placed)
)


def _theirs(table: Any, *columns: Any) -> AnySelect:
    return select(*columns).where(table.c.tenant == TENANT, table.c.employee_id.in_(PEOPLE))


PLACEMENTS: Final[AnySelect] = (
    select(
        placement.c.employee_id,
        placement.c.unit_id,
        placement.c.valid_from,
        placement.c.valid_to,
        post.c.job_class,
        employee.c.kind,
        employee.c.active_from,
        employee.c.active_to,
    )
    .select_from(placement)
    .join(employee, employee.c.id == placement.c.employee_id)
    .outerjoin(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, placement.c.employee_id.in_(PEOPLE), _within(placement))
    .order_by(placement.c.employee_id, placement.c.valid_from)
)

ATTENDANCE: Final[AnySelect] = _theirs(
    attendance,
    attendance.c.employee_id,
    attendance.c.day,
    attendance.c.kind,
    attendance.c.late,
    attendance.c.early,
    attendance.c.no_check_in,
    attendance.c.no_check_out,
    attendance.c.assembly_missed,
).where(attendance.c.day >= FIRST, attendance.c.day <= LAST)

ABSENCES: Final[AnySelect] = _theirs(attendance, attendance.c.employee_id, attendance.c.day).where(
    attendance.c.day >= YEAR_FROM, attendance.c.day <= LAST, attendance.c.kind == AttendanceKind.ABSENT.value
)

LEAVES: Final[AnySelect] = _theirs(leave, leave.c.employee_id, leave.c.kind, leave.c.first_day, leave.c.last_day).where(
    leave.c.first_day <= LAST, leave.c.last_day >= YEAR_FROM
)

SANCTIONS: Final[AnySelect] = _theirs(
    sanction, sanction.c.employee_id, sanction.c.measure, sanction.c.valid_from, sanction.c.valid_to
).where(sanction.c.valid_from <= FIRST)

TERMS: Final[AnySelect] = _theirs(
    service_term, service_term.c.employee_id, service_term.c.term, service_term.c.valid_from, service_term.c.valid_to
).where(_within(service_term))

EXTERNAL: Final[AnySelect] = _theirs(
    external_deduction, external_deduction.c.employee_id, external_deduction.c.kind, external_deduction.c.amount
).where(external_deduction.c.month == FIRST)

ADJUSTMENTS: Final[AnySelect] = (
    select(
        allowance_adjustment.c.id,
        allowance_adjustment.c.employee_id,
        allowance_adjustment.c.of_month,
        allowance_adjustment.c.amount,
    )
    .where(
        allowance_adjustment.c.tenant == TENANT,
        allowance_adjustment.c.paid_in == FIRST,
        allowance_adjustment.c.unit_id == UNIT,
    )
    .order_by(allowance_adjustment.c.id)
)

CEILING: Final[AnySelect] = select(allowance_ceiling.c.amount).where(
    allowance_ceiling.c.tenant == TENANT, allowance_ceiling.c.unit_id == UNIT, allowance_ceiling.c.month == FIRST
)

_quarter = result.c.year * 4 + result.c.quarter
#: Newest quarter and version first; quarters are counted through as year x 4 + quarter.
PREDICATES: Final[AnySelect] = (
    _theirs(result, result.c.employee_id, result.c.year, result.c.quarter, result.c.predicate)
    .where(_quarter >= bindparam("oldest"), _quarter <= bindparam("newest"))
    .order_by(result.c.employee_id, result.c.year.desc(), result.c.quarter.desc(), result.c.version.desc())
)

_class = (
    select(post.c.unit_id, func.max(post.c.job_class).label("job_class"))
    .where(post.c.tenant == TENANT)
    .group_by(post.c.unit_id)
    .subquery("head_class")
)
#: Who heads a unit for the time being, with the highest class among its posts: that of its head.
ACTING: Final[AnySelect] = (
    select(
        unit_head.c.employee_id, unit_head.c.unit_id, unit_head.c.valid_from, unit_head.c.valid_to, _class.c.job_class
    )
    .select_from(unit_head)
    .outerjoin(_class, _class.c.unit_id == unit_head.c.unit_id)
    .where(
        unit_head.c.tenant == TENANT,
        unit_head.c.employee_id.in_(PEOPLE),
        unit_head.c.kind.in_([HeadKind.ACTING.value, HeadKind.DAILY_ACTING.value]),
        _within(unit_head),
    )
    .order_by(unit_head.c.employee_id, unit_head.c.valid_from)
)

_over = reporting_line.alias("over")
_day: Any = bindparam("quarter_end", type_=Day)
#: Whoever the unit's people appraise at a quarter's end, who has appraised them, and who stands above the appraiser.
APPRAISED: Final[AnySelect] = (
    select(
        reporting_line.c.appraiser_id,
        reporting_line.c.employee_id,
        result.c.appraiser_id.label("by"),
        result.c.version.is_not(None).label("has_result"),
        _over.c.appraiser_id.label("over"),
    )
    .select_from(reporting_line)
    .join(
        employee,
        and_(
            employee.c.id == reporting_line.c.employee_id,
            or_(employee.c.active_from.is_(None), employee.c.active_from <= _day),
            or_(employee.c.active_to.is_(None), employee.c.active_to >= _day),
        ),
    )
    .outerjoin(
        result,
        and_(
            result.c.tenant == reporting_line.c.tenant,
            result.c.employee_id == reporting_line.c.employee_id,
            result.c.year == bindparam("year"),
            result.c.quarter == bindparam("quarter"),
        ),
    )
    .outerjoin(
        _over,
        and_(
            _over.c.tenant == reporting_line.c.tenant,
            _over.c.employee_id == reporting_line.c.appraiser_id,
            _within(_over, _day, _day),
        ),
    )
    .where(
        reporting_line.c.tenant == TENANT,
        reporting_line.c.appraiser_id.in_(PEOPLE),
        _within(reporting_line, _day, _day),
    )
)
#: Whether the city has any result of a quarter: before it has, nobody has failed to appraise.
ANY_RESULT: Final[AnySelect] = (
    select(result.c.employee_id)
    .where(result.c.tenant == TENANT, result.c.year == bindparam("year"), result.c.quarter == bindparam("quarter"))
    .limit(1)
)
