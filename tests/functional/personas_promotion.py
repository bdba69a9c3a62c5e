"""Things of promotions that the permission matrix asks for."""

from datetime import date
from typing import Any

from processes.people.queries import placement_on
from processes.promotion.records import promotion_decree
from webapp.wiring import Alur

DAY = date(2026, 10, 1)


def promotion_things(alur: Alur, code: str, employee: int) -> dict[str, dict[str, Any]]:
    """Let a batch of one decree be there, and return how addresses name it."""
    with alur.database.reading() as read:
        place = placement_on(read, code, employee, DAY)
    assert place is not None, "the employee of the tour works somewhere"
    row = {"case_id": alur.engine.new_id(), "tenant": code, "employee_id": employee, "unit_id": place.unit_id}
    decree = {"year": 2026, "number": 1, "batch": "2026-11", "decreed_on": DAY, "effective_on": date(2026, 11, 1)}
    ranks = {"route": "regular", "from_grade": "III/a", "to_grade": "III/b", "signed_by": "for_head"}
    approval = {"approval_number": "KP-1", "approval_on": DAY, "issued_at": alur.clock()}
    with alur.database.writing() as connection:
        connection.execute(promotion_decree.insert(), {**row, **decree, **ranks, **approval})
    return {"decrees": {"year": 2026, "month": 11}}
