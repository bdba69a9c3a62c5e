"""The history checker compares what training has recorded with what its journals tell, value by value."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, verify
from processes.people.verification import days_changed
from processes.training.records import (
    training_attendance,
    training_choice,
    training_evaluation,
    training_nomination,
    training_record,
    training_round,
)
from processes.training.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.training_hall import CITRA, DEWI, EKA, VERIFIER, TrainingHall, open_training_hall


@pytest.fixture
def trained(tmp_path: Path) -> Iterator[TrainingHall]:
    """A city hall in which Dewi has been trained, and the evaluation afterwards was asked of her superior."""
    with open_training_hall(tmp_path) as hall:
        for person in (DEWI, EKA):
            hall.nominate(person)
            hall.approve(person)
        hall.chosen_by_verifier()
        hall.until(date(2026, 12, 2))
        row = {"share": Decimal(100), "pre_test": Decimal(50), "post_test": Decimal(90), "certificate": None}
        hall.does(VERIFIER, "record_attendance", rows=[row])
        hall.does(DEWI, "react", DEWI, material="5", trainer="4", organisation="4", note="")
        yield hall


def said(hall: TrainingHall) -> set[tuple[str, Any]]:
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY, days_changed=days_changed)
    with hall.engine.database.reading() as read:
        findings = list(verify(read, hall.engine.directory, more=more).findings())
    return {(item.code, item.params.get("column", item.params.get("table"))) for item in findings}


DAMAGES: dict[str, tuple[Any, tuple[str, str]]] = {
    "a status": (update(training_nomination).values(status="declined"), ("record_differs", "status")),
    "a letter": (
        update(training_nomination).where(training_nomination.c.letter.is_not(None)).values(letter="ST-9"),
        ("record_differs", "letter"),
    ),
    "a gap": (update(training_nomination).values(gap=4), ("record_differs", "gap")),
    "a certificate": (update(training_record).values(certificate="X"), ("record_differs", "certificate")),
    "a certificate is gone": (delete(training_record), ("record_missing", "training_record")),
    "a seed": (update(training_round).values(seed="1"), ("record_differs", "seed")),
    "a seat": (update(training_choice).values(is_chosen=True), ("record_differs", "is_chosen")),
    "a score": (update(training_choice).values(score=Decimal(1)), ("record_differs", "score")),
    "an attendance": (update(training_attendance).values(share=Decimal(1)), ("record_differs", "share")),
    "a reaction": (delete(training_evaluation), ("record_missing", "training_evaluation")),
    "whose it is": (update(training_nomination).values(employee_id=CITRA), ("record_differs", "employee_id")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_changed_past_the_steps_is_found(trained: TrainingHall, damage: str) -> None:
    statement, expected = DAMAGES[damage]
    with trained.engine.database.writing() as connection:
        connection.execute(statement)

    assert expected in said(trained)
