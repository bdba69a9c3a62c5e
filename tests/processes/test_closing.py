"""A quarter is closed once its results are complete, and the authorized official is told so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.errors import Conflict
from engine.policy.actor import Actor, system_actor
from engine.queries.notices import latest_notices
from engine.records.case import CaseStatus, case
from processes.appraisal.colleagues import open_quarter
from processes.appraisal.commands.close_quarter import CloseQuarter
from processes.appraisal.jobs import close_quarters
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter
from tests.processes.city_hall import DEWI, HANA, OPENS, CityHall
from tests.processes.office import CITY


def end_cases(hall: CityHall, *, besides: int = 0) -> None:
    """Let the cases of the quarter have ended, their results locked."""
    ended = update(case).where(case.c.subject != besides).values(status=CaseStatus.FINISHED)
    with hall.engine.database.writing() as connection:
        connection.execute(ended)


def after_the_report(hall: CityHall) -> None:
    """Let the thirty working days of the report after the window be over."""
    hall.now += timedelta(days=70)


def told(hall: CityHall) -> list[tuple[str, dict[str, Any]]]:
    """What the official has been told of the quarter."""
    notices = hall.engine.read(latest_notices, Actor(CITY, HANA))
    return [(one.code, dict(one.params)) for one in notices if one.code.startswith("period.")]


def status(hall: CityHall) -> str:
    with hall.engine.database.reading() as read:
        return str(read.execute(select(period.c.status)).scalar_one())


def test_the_official_is_told_once_when_every_result_is_reported(hall: CityHall) -> None:
    end_cases(hall)
    after_the_report(hall)

    for _night in range(2):
        close_quarters(hall.engine)

    assert told(hall) == [("period.reported", {"year": "2026", "quarter": "3", "count": "5"})]
    assert status(hall) == PeriodStatus.CLOSED


def test_a_quarter_stays_open_while_one_case_does(hall: CityHall) -> None:
    end_cases(hall, besides=DEWI)
    after_the_report(hall)

    close_quarters(hall.engine)

    assert (told(hall), status(hall)) == ([], PeriodStatus.OPEN)
    with pytest.raises(Conflict):
        hall.engine.run(CloseQuarter(Quarter(CITY, 2026, 3, OPENS)), system_actor(CITY))


def test_a_quarter_stays_open_while_missing_cases_are_started(hall: CityHall) -> None:
    end_cases(hall)

    close_quarters(hall.engine)

    assert status(hall) == PeriodStatus.OPEN


def test_colleagues_give_feedback_after_the_closing_as_before(hall: CityHall) -> None:
    with hall.engine.database.reading() as read:
        before = open_quarter(read, CITY)
    end_cases(hall)
    after_the_report(hall)

    close_quarters(hall.engine)

    with hall.engine.database.reading() as read:
        assert open_quarter(read, CITY) == before
