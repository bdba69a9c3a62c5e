"""What every process asks about people: plain functions `(read, tenant, ...)` with frozen answers."""

from processes.people.queries.calendars import calendar_of_unit, holiday_version, holidays_of, unit_calendars
from processes.people.queries.heads import (
    HeadedUnit,
    UnitHead,
    heads_above,
    officials_on,
    superior_head,
    unit_head_on,
    units_headed_by,
    units_with_heads,
)
from processes.people.queries.quarter_raters import rater_for, raters_of
from processes.people.queries.raters import (
    Rater,
    RaterBasis,
    appraiser_on,
    appraiser_superior,
    leads,
    people_led_by,
)
from processes.people.queries.roles import RoleGrant, find_grant, groups_on, holders_on, roles_on
from processes.people.queries.staff import (
    Employee,
    StaffMember,
    employee_by_nip,
    employees_of_unit,
    find_employee,
    placement_on,
    staff_on,
)
from processes.people.queries.units import Unit, all_units, find_unit, ids_above, ids_below

__all__ = [
    "Employee",
    "HeadedUnit",
    "Rater",
    "RaterBasis",
    "RoleGrant",
    "StaffMember",
    "Unit",
    "UnitHead",
    "all_units",
    "appraiser_on",
    "appraiser_superior",
    "calendar_of_unit",
    "employee_by_nip",
    "employees_of_unit",
    "find_employee",
    "find_grant",
    "find_unit",
    "groups_on",
    "heads_above",
    "holders_on",
    "holiday_version",
    "holidays_of",
    "ids_above",
    "ids_below",
    "leads",
    "officials_on",
    "people_led_by",
    "placement_on",
    "rater_for",
    "raters_of",
    "roles_on",
    "staff_on",
    "superior_head",
    "unit_calendars",
    "unit_head_on",
    "units_headed_by",
    "units_with_heads",
]
