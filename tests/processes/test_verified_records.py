"""The history checker compares what an appraisal has recorded with what its journal tells, value by value."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, literal, select, update

from engine.queries.verification import Extensions, Finding, verify
from engine.records.case import case
from engine.records.outbox import notice
from engine.records.packing import pack
from processes.appraisal.records import (
    assessment,
    evaluation,
    evidence,
    feedback,
    org_predicate,
    period,
    recommendation,
)
from processes.appraisal.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from processes.people.records import result
from processes.people.verification import days_changed
from tests.processes.city_hall import ABOVE, AFTER_THE_QUARTER, BUDI, CITRA, CITY_UNIT, DEWI, HANA, CityHall
from tests.processes.office import CITY


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


BOTH = {("record_differs", "decided_by"), ("record_differs", "decision")}

DAMAGES: dict[str, tuple[Any, set[tuple[str, Any]]]] = {
    "a predicate": (update(evaluation).values(predicate="KURANG"), {("record_differs", "predicate")}),
    "the predicate of the result": (update(result).values(predicate="KURANG"), {("record_differs", "predicate")}),
    "who rated": (update(evaluation).values(rater_id=HANA), {("record_differs", "rater_id")}),
    "a rating": (update(evaluation).values(work_result="X"), {("record_differs", "work_result")}),
    "a note": (update(evaluation).values(decision_note="X"), {("record_differs", "decision_note")}),
    "who decided": (update(evaluation).values(decided_by=HANA), {("record_differs", "decided_by")}),
    "a quarter is gone": (delete(period), {("quarter_without_audit", None), ("record_taken", None)}),
    "a city": (update(evaluation).values(tenant="x"), {("record_differs", "tenant")}),
    "a quarter": (update(evaluation).values(quarter=1), {("record_differs", "quarter")}),
    "whom a case is about": (
        update(case).where(case.c.subject == DEWI).values(subject=HANA),
        {("case_differs", "subject"), ("record_missing", None), ("record_unexplained", None)},
    ),
    "how a score came about": (
        update(recommendation).values(explanation=pack({"rule": "other"})),
        {("record_differs", "explanation")},
    ),
    "the value of the result": (update(result).values(value=Decimal("99.5")), {("record_differs", "value")}),
    "the version of the result": (update(result).values(version=1), {("record_differs", "version")}),
    "the quarter of the result": (update(result).values(quarter=1), {("record_differs", "quarter")}),
    "the case of the result": (
        update(result).values(case_id=1),
        {("record_missing", None), ("record_unexplained", None)},
    ),
    "a result that no case has made": (
        result.insert().from_select(
            [column.name for column in result.c],
            select(*(literal(9).label("version") if c.name == "version" else c for c in result.c)),
        ),
        {("record_count", None), ("record_differs", "version")},
    ),
    "an answer to what was never asked": (update(evaluation).values(decided_by=HANA, decision="keep"), BOTH),
    "the unit of a later version": (
        update(evaluation).where(evaluation.c.version == 2).values(unit_id=CITY_UNIT),
        {("record_differs", "unit_id")},
    ),
    "the later version is gone": (
        delete(evaluation).where(evaluation.c.version == 2),
        {("record_missing", None)},
    ),
    "a version that no decision has made": (
        update(evaluation).where(evaluation.c.version == 2).values(version=3),
        {("record_missing", None), ("record_unexplained", None)},
    ),
    "a mark of behaviour": (
        update(assessment).values(content=pack({"behaviour": {}})),
        {("record_differs", "content")},
    ),
    "who marked": (update(assessment).values(entered_by=HANA), {("record_differs", "entered_by")}),
    "the marks are gone": (delete(assessment), {("record_missing", None)}),
    "the words of the appraiser": (
        update(feedback).values(text="X"),
        {("record_differs", "giver_id, is_positive, text, given_at")},
    ),
    "evidence that nobody handed in": (
        insert(evidence).values(
            id=1,
            tenant=CITY,
            employee_id=DEWI,
            year=2026,
            quarter=3,
            sha256="0" * 64,
            filename="x.pdf",
            media_type="application/pdf",
            size=1,
            added_at=AFTER_THE_QUARTER,
        ),
        {("record_unexplained", None)},
    ),
    "a predicate of the unit": (update(org_predicate).values(predicate="KURANG"), {("record_differs", "predicate")}),
    "who set the predicate of the unit": (update(org_predicate).values(set_by=HANA), {("record_differs", "set_by")}),
    "the predicate of the unit is gone": (delete(org_predicate), {("record_missing", None)}),
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
