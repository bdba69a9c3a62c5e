"""The history checker compares what the filling of a post has recorded with what its journal tells."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, Finding, verify
from processes.promotion.appointing.records import post_decree
from processes.promotion.board.records import board_candidate, board_criteria, board_outcome, board_place, board_voice
from processes.promotion.jobs import follow_appointments
from processes.promotion.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.board_office import RINA, appoint, choose, open_board_office, propose, rank
from tests.processes.promotion_office import PromotionOffice


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromotionOffice]:
    """A city whose post was filled and is held."""
    with open_board_office(tmp_path_factory.mktemp("filled")) as opened:
        rank(opened)
        propose(opened)
        choose(opened, RINA)
        appoint(opened)
        opened.until(datetime(2026, 2, 1, 2, tzinfo=UTC))
        follow_appointments(opened.engine)
        yield opened


def found(office: PromotionOffice) -> list[Finding]:
    """Return what the history checker says."""
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
    with office.engine.database.reading() as read:
        return list(verify(read, office.engine.directory, more=more).findings())


def test_a_filling_that_nobody_has_touched_has_no_findings(office: PromotionOffice) -> None:
    assert {item.code for item in found(office)} <= {"audit_unsealed"}


DAMAGES: dict[str, tuple[Any, tuple[str, str]]] = {
    "other weights": (update(board_criteria).values(performance=Decimal(80)), ("record_differs", "performance")),
    "a candidate less": (
        delete(board_candidate).where(board_candidate.c.employee_id == RINA),
        ("record_count", "board_candidate"),
    ),
    "another value": (
        update(board_candidate).where(board_candidate.c.employee_id == RINA).values(total=Decimal(1)),
        ("record_differs", "place"),
    ),
    "a voice that was not given": (update(board_voice).values(answer="remark"), ("record_differs", "answer")),
    "places that are gone": (delete(board_place), ("record_missing", "board_place")),
    "another reason": (update(board_outcome).values(reason="lain"), ("record_differs", "reason")),
    "a decree with another number": (update(post_decree).values(number=99), ("record_differs", "name")),
    "a decree that is gone": (delete(post_decree), ("record_missing", "post_decree")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_changed_behind_the_records_is_found(office: PromotionOffice, damage: str) -> None:
    statement, expected = DAMAGES[damage]
    with office.engine.database.write.begin() as connection:
        connection.execute(statement)
        more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
        said = list(verify(connection, office.engine.directory, more=more).findings())
        connection.rollback()

    assert expected in {(item.code, item.params.get("column", item.params.get("table"))) for item in said}
