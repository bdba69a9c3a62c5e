"""What the reports say of a town: sums by agency, groups that are large enough, service, training."""

from collections.abc import Callable, Generator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.records.counting import count_statements
from processes.incentive.records import RunStatus
from processes.reports.parameters import ANSWERS, GROUPS
from processes.reports.queries.deviations import deviation_report
from processes.reports.queries.fairness import SMALL, fairness_report, relation_report
from processes.reports.queries.service import service_ranking
from processes.reports.queries.spending import spending_report
from processes.reports.queries.training import training_report
from processes.training.records import (
    training_attendance,
    training_course,
    training_evaluation,
    training_nomination,
    training_session,
)
from tests.unit.processes.reports.town import (
    ARCHIVE,
    CENTRE,
    CITY,
    HEALTH,
    MONTHS,
    NOW,
    QUARTER,
    SOCIAL,
    TOP,
    VILLAGE,
    ReportTown,
    members,
    open_report_town,
    pay_of,
)

BEFORE = QUARTER.shifted(-1)


@pytest.fixture
def town(tmp_path: Path, kind: str) -> Generator[ReportTown]:
    """The town on a fresh database; `kind` has said where that lies."""
    with open_report_town(tmp_path) as opened:
        yield opened


def asked(town: ReportTown, query: Callable[..., Any], key: str, when: Any = QUARTER) -> Any:
    with town.database.reading() as read:
        return query(read, CITY, when, town.numbers(key).values)


def test_spending_stands_beside_the_index_of_each_agency(town: ReportTown) -> None:
    town.pays()
    town.measured(HEALTH, QUARTER, ikm="84", n="120")
    town.measured(HEALTH, BEFORE, ikm="80.5", n="90")
    report = asked(town, spending_report, GROUPS)

    rows = {row.unit.id: row for row in report.rows}
    people = members()[HEALTH] + members()[CENTRE]
    assert rows[HEALTH].spent.gross == 3 * sum(pay_of(person) for person in people)
    assert (rows[HEALTH].spent.people, rows[HEALTH].spent.person_months) == (20, 60)
    assert (rows[HEALTH].index.grade, rows[HEALTH].index.shown - rows[HEALTH].index_before.shown) == (
        "B",
        Decimal("3.5"),
    )
    assert CENTRE not in rows
    assert (report.people, report.months) == (56, 3)


def test_an_agency_of_three_hides_with_the_next_smallest_and_the_sum_stays(town: ReportTown) -> None:
    town.pays()
    report = asked(town, spending_report, GROUPS)

    assert {row.unit.id for row in report.rows if row.is_hidden} == {ARCHIVE, VILLAGE}
    assert report.gross == 3 * sum(pay_of(person) for people in members().values() for person in people)


def test_as_long_as_a_quarter_has_no_results_the_last_predicate_counts(town: ReportTown) -> None:
    later, much_later = (asked(town, fairness_report, GROUPS, QUARTER.shifted(by)) for by in (4, 5))

    known, forgotten = (table[0].rows[0].counts for table in (later, much_later))
    assert (known[-1], forgotten[-1]) == (0, 28)


def test_months_without_slips_are_not_counted(town: ReportTown) -> None:
    town.pays(RunStatus.VERIFIED)

    assert asked(town, spending_report, GROUPS).rows == ()


def test_an_agency_without_an_index_of_its_own_has_that_of_its_units_by_answers(town: ReportTown) -> None:
    town.pays()
    town.measured(CENTRE, QUARTER, ikm="90", n="30")
    report = asked(town, spending_report, GROUPS)

    (index,) = {row.index for row in report.rows if row.unit.id == HEALTH}
    assert (index.shown, index.answers) == (Decimal("90.00"), 30)


def test_groups_show_predicates_and_pay_but_never_few_people(town: ReportTown) -> None:
    town.pays()
    tables = {table.way: table.rows for table in asked(town, fairness_report, GROUPS)}

    assert {row.label: row.people for row in tables["sex"]} == {"L": 28, "P": 28}
    assert all(row.mean_pay > 5_000_000 and row.median_pay > 5_000_000 for row in tables["sex"])
    assert {row.label: row.people for row in tables["agency"]}[SMALL] == 9
    assert "Unit 106" not in {row.label for row in tables["agency"]}
    for rows in tables.values():
        assert all(count is None or count == 0 or count >= 5 for row in rows for count in row.counts)


def test_predicate_and_pay_go_together_by_class_and_agency_where_ten_have_both(town: ReportTown) -> None:
    town.pays()
    report = asked(town, relation_report, GROUPS)

    assert report.city.people == 56 and abs(report.city.relation) < 1
    assert [(row.label, row.people) for row in report.classes] == [("07", 56)]
    shown = {row.label: row.people for row in report.agencies}
    assert (shown["Unit 104"], shown["Unit 105"], shown["Unit 106"]) == (15, None, None)


def test_the_best_service_has_enough_answers_and_a_trend(town: ReportTown) -> None:
    town.measured(HEALTH, QUARTER, ikm="90.1", n="217", users="500")
    town.measured(HEALTH, BEFORE, ikm="88", n="200")
    town.measured(CENTRE, QUARTER, ikm="90.1", n="30")
    town.measured(SOCIAL, QUARTER, ikm="97", n="29")
    town.measured(VILLAGE, QUARTER, ikm="80", n="40")
    rows = asked(town, service_ranking, ANSWERS)

    assert [(row.unit.id, row.place) for row in rows] == [(HEALTH, 1), (CENTRE, 1), (VILLAGE, 3), (SOCIAL, None)]
    assert (rows[0].change, rows[0].needed, rows[3].needed) == (Decimal("2.10"), 217, 30)
    assert rows[0].trend == (None, None, Decimal("88.00"), Decimal("90.10"))


def test_trainings_are_compared_with_units_that_did_not_take_part(town: ReportTown) -> None:
    train(town, members()[HEALTH][:6])
    for unit_id, later in ((HEALTH, "86"), (SOCIAL, "81"), (TOP, "79")):
        town.measured(unit_id, BEFORE, ikm="80", n="50")
        town.measured(unit_id, QUARTER.shifted(2), ikm=later, n="100")
    (row,) = asked(town, training_report, GROUPS, 2026).rows

    assert (row.name, row.sessions, row.people, row.tested) == ("Pelayanan", 1, 6, 6)
    assert (row.gain, row.applied, row.asked, row.reaction) == (Decimal("0.5"), 5, 6, Decimal(4))
    assert (row.own.change, row.own.units, row.own.after.answers) == (Decimal(6), 1, 100)
    assert (row.others.change, row.others.units) == (Decimal(0), 2)


def test_few_participants_show_no_gain(town: ReportTown) -> None:
    train(town, members()[HEALTH][:4])
    (row,) = asked(town, training_report, GROUPS, 2026).rows

    assert (row.people, row.gain, row.applied, row.reaction) == (4, None, None, None)


def test_no_report_asks_more_of_a_larger_town(town: ReportTown) -> None:
    reports = {spending_report: 3, fairness_report: 5, relation_report: 5, service_ranking: 2}
    town.pays()
    for unit_id in (HEALTH, SOCIAL, TOP):
        town.measured(unit_id, QUARTER, ikm="80", n="50")
    for query, most in reports.items():
        with count_statements(town.database) as statements:
            asked(town, query, ANSWERS if query is service_ranking else GROUPS)
        assert len(statements) <= most, query
    train(town, members()[HEALTH][:6])
    with count_statements(town.database) as statements:
        asked(town, training_report, GROUPS, 2026)
    assert len(statements) <= 4


def train(town: ReportTown, people: list[int]) -> None:
    """Let people complete a course in the quarter: half of what they lacked is learnt, all but one apply it."""
    course = {"code": "PEL", "name": "Pelayanan", "field": "Teknis", "hours": 8, "method": "classical", "is_open": True}
    town.puts(training_course, course)
    days = {"first_day": MONTHS[0], "last_day": MONTHS[0], "enrol_until": date(2025, 12, 20)}
    seats = {"place": "Aula", "quota": 20, "seat_cost": Decimal(0)}
    town.puts(training_session, {"id": 1, "code": "PEL-1", "course": "PEL", **days, **seats})
    own = {"unit_id": HEALTH, "session_id": 1, "course": "PEL", "need": "open", "gap": 0, "status": "completed"}
    told = {"performance_gap": Decimal(0), "proposed_at": NOW, "changed_at": NOW}
    town.puts(training_nomination, *({"case_id": one, "employee_id": one, **own, **told} for one in people))
    tests = {"session_id": 1, "share": Decimal(100), "pre_test": Decimal(60), "post_test": Decimal(80)}
    town.puts(training_attendance, *({"nomination_id": one, **tests, "recorded_at": NOW} for one in people))
    said = {"answered_at": NOW, "score": Decimal(4)}
    first = ({"nomination_id": one, "level": 1, "source": "alumni", **said} for one in people)
    town.puts(training_evaluation, *first)
    third = ({"nomination_id": one, "level": 3, "source": "superior", **said} for one in people)
    town.puts(training_evaluation, *({**row, "is_applied": row["nomination_id"] != people[0]} for row in third))


def test_whoever_was_not_taken_first_stands_in_the_report_with_the_reason(town: ReportTown) -> None:
    town.fills("post_promotion", 901, place=1)
    town.fills("post_promotion", 902, place=2, reason="Pengalaman memimpin unit layanan.")
    town.fills("open_selection", 903, place=3, reason="Kompetensi teknis.")

    with town.database.reading() as read:
        report = deviation_report(read, CITY)
        others = deviation_report(read, "mataram")

    assert report.decided == {"post_promotion": 2, "open_selection": 1}
    assert {(row.process, row.place, row.reason) for row in report.deviations} == {
        ("post_promotion", 2, "Pengalaman memimpin unit layanan."),
        ("open_selection", 3, "Kompetensi teknis."),
    }
    assert (others.decided, others.deviations) == ({}, ())
