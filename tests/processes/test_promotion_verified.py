"""The history checker compares what a promotion has recorded with what its journal tells."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, Finding, verify
from processes.people.careers import rank
from processes.people.records import employee
from processes.promotion.jobs import follow_ranks
from processes.promotion.records import credit_score, promotion_decree
from processes.promotion.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.promotion_office import GITA, HASAN, INDAH, SARI, PromotionOffice, open_promotion_office


@pytest.fixture
def promoted(tmp_path: Path) -> Iterator[PromotionOffice]:
    """A city in which somebody in a functional post has been promoted."""
    with open_promotion_office(tmp_path) as office:
        office.had_results(INDAH, *((year, "SANGAT_BAIK") for year in (2022, 2023, 2024, 2025)))
        office.start(INDAH)
        office.does(GITA, "propose", outcome="propose")
        office.does(HASAN, "verify", outcome="accept")
        office.does(SARI, "decide_official", outcome="approve")
        office.does(HASAN, "await_approval", outcome="approved", number="KP-7", approved_on=date(2026, 1, 5))
        office.does(HASAN, "issue", decreed_on=date(2026, 1, 5))
        office.does(GITA, "hand_over", handed_over_on=date(2026, 1, 5))
        office.until(datetime(2026, 3, 1, 2, tzinfo=UTC))
        yield office


def found(office: PromotionOffice) -> list[Finding]:
    """Return what the history checker says."""
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
    with office.engine.database.reading() as read:
        return list(verify(read, office.engine.directory, more=more).findings())


def said(office: PromotionOffice) -> set[tuple[str, Any]]:
    """Return the findings by their codes, each with the table or column it names."""
    return {(item.code, item.params.get("column", item.params.get("table"))) for item in found(office)}


def test_a_promotion_that_nobody_has_touched_has_no_findings(promoted: PromotionOffice) -> None:
    assert {item.code for item in found(promoted)} <= {"audit_unsealed"}


DAMAGES: dict[str, tuple[Any, set[tuple[str, Any]]]] = {
    "a higher grade in the history": (
        update(rank).where(rank.c.case_id.is_not(None)).values(grade="IV/a"),
        {("record_differs", "grade")},
    ),
    "a decree with another number": (update(promotion_decree).values(number=99), {("record_differs", "name")}),
    "a decree that is gone": (delete(promotion_decree), {("record_missing", "promotion_decree")}),
    "credit that is gone": (
        delete(credit_score).where(credit_score.c.case_id.is_not(None)),
        {("record_count", "credit_score")},
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_changed_behind_the_records_is_found(promoted: PromotionOffice, damage: str) -> None:
    statement, expected = DAMAGES[damage]
    with promoted.engine.database.writing() as connection:
        connection.execute(statement)

    assert expected <= said(promoted)


def test_the_grade_that_followed_the_rank_is_proved_too(promoted: PromotionOffice) -> None:
    follow_ranks(promoted.engine)
    assert {item.code for item in found(promoted)} <= {"audit_unsealed"}

    with promoted.engine.database.writing() as connection:
        connection.execute(update(employee).where(employee.c.id == INDAH).values(grade="IV/e"))

    assert {item.code for item in found(promoted)} - {"audit_unsealed"}
