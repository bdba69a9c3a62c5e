"""The history checker compares what an appraisal has recorded with what its journal tells, value by value."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, Finding, verify
from engine.records.case import case
from engine.records.outbox import notice
from engine.records.packing import pack
from processes.appraisal.records import evaluation, period, recommendation
from processes.appraisal.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from processes.people.records import result
from processes.people.verification import days_changed
from tests.processes.city_hall import ABOVE, BUDI, CITRA, DEWI, HANA, CityHall


@pytest.fixture
def ended(hall: CityHall) -> CityHall:
    """A city hall in which an objection has changed a result."""
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=hall.now.date(), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Bukti saya belum dihitung")
    hall.does(BUDI, "decide_objection", DEWI, outcome="change", reason="Bukti diterima", **ABOVE)
    return hall


def found(hall: CityHall) -> list[Finding]:
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY, days_changed=days_changed)
    with hall.engine.database.reading() as read:
        return list(verify(read, hall.engine.directory, more=more).findings())


def said(hall: CityHall) -> set[tuple[str, Any]]:
    return {(item.code, item.params.get("column", item.params.get("code"))) for item in found(hall)}


DAMAGES: dict[str, tuple[Any, set[tuple[str, Any]]]] = {
    "a predicate": (update(evaluation).values(predicate="KURANG"), {("record_differs", "predicate")}),
    "the predicate of the result": (update(result).values(predicate="KURANG"), {("record_differs", "predicate")}),
    "who rated": (update(evaluation).values(rater_id=HANA), {("record_differs", "rater_id")}),
    "a rating": (update(evaluation).values(work_result="X"), {("record_differs", "work_result")}),
    "a note": (update(evaluation).values(decision_note="X"), {("record_differs", "decision_note")}),
    "who decided": (update(evaluation).values(decided_by=HANA), {("record_differs", "decided_by")}),
    "a quarter is gone": (delete(period), {("quarter_without_audit", None)}),
    "a city": (update(evaluation).values(tenant="x"), {("record_differs", "tenant")}),
    "a quarter": (update(evaluation).values(quarter=1), {("record_differs", "quarter")}),
    "whom a case is about": (
        update(case).where(case.c.subject == DEWI).values(subject=HANA),
        {("case_differs", "subject"), ("record_missing", None)},
    ),
    "how a score came about": (
        update(recommendation).values(explanation=pack({"rule": "other"})),
        {("record_differs", "explanation")},
    ),
    "a notice is gone": (
        delete(notice).where(notice.c.code == "appraisal.recommended"),
        {("notice_count", "appraisal.recommended")},
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_was_changed_in_a_record_is_named(ended: CityHall, name: str) -> None:
    damage, expected = DAMAGES[name]
    assert found(ended) == []

    with ended.engine.database.writing() as connection:
        connection.execute(damage)

    assert said(ended) == expected
