"""What the rules of a city propose at night, from imported figures and locked results; people decide."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.policy.actor import system_actor
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import CellProblem, ImportPlan, ImportSummary, read_import
from processes.recognition.imports import SERVICE_FIGURES
from processes.recognition.jobs import propose_awards
from processes.recognition.queries.nominations import my_nominations
from processes.recognition.records import Source, award_nomination, service_figure
from processes.recognition.rules import EXCELLENT, SERVICE_TIME
from tests.processes.award_office import AwardOffice, open_award_office
from tests.processes.city_hall import DEWI
from tests.processes.office import CITY

HEAD = "NIP;Tahun;Bulan;Median Jam;Pengerjaan Ulang;IKM"
NIP = "198609262015051004"  # Dewi's


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AwardOffice]:
    with open_award_office(tmp_path) as opened:
        yield opened


def figures(hours: tuple[str, ...]) -> str:
    return "\n".join([HEAD, *(f"{NIP};2026;{month};{hour};2;80,5" for month, hour in enumerate(hours, start=4))])


def imports(office: AwardOffice, folder: Path, text: str) -> ImportSummary | tuple[CellProblem, ...]:
    file = folder / "angka.csv"
    file.write_text(text + "\n", encoding="utf-8")
    with office.engine.database.reading() as read:
        plan = read_import(SERVICE_FIGURES, file, read, CITY, office.now.date())
    if not isinstance(plan, ImportPlan):
        return tuple(plan)
    summary = office.engine.run(ImportRows(plan), system_actor(CITY)).value
    assert isinstance(summary, ImportSummary)
    return summary


def test_service_that_became_a_fifth_faster_is_proposed_once(office: AwardOffice, tmp_path: Path) -> None:
    office.has_result()
    office.opens(rule=SERVICE_TIME)
    imports(office, tmp_path, figures(("20", "20", "20", "15", "15", "16")))

    propose_awards(office.engine)
    propose_awards(office.engine)

    (row,) = office.rows(award_nomination)
    assert (row.employee_id, row.nominator_id, row.source) == (DEWI, None, Source.RULE)
    assert row.reason.startswith("Median waktu layanan 3 bulan terakhir paling sedikit 20,0% lebih cepat")
    assert "recognition.service_time versi 2026.1" in row.evidence
    office.case = row.case_id
    assert {step for step, _ in office.steps()} == {"score"}


def test_service_that_is_as_before_is_not_proposed(office: AwardOffice, tmp_path: Path) -> None:
    office.opens(rule=SERVICE_TIME)
    imports(office, tmp_path, figures(("20", "20", "20", "15", "19", "15")))

    propose_awards(office.engine)

    assert office.rows(award_nomination) == []


def test_two_excellent_quarters_are_proposed_and_the_nominee_sees_it(office: AwardOffice) -> None:
    for quarter in (2, 3):
        office.has_result(predicate="SANGAT_BAIK", quarter=quarter)
    office.opens(rule=EXCELLENT)

    propose_awards(office.engine)

    (seen,) = office.engine.read(my_nominations, office.actor(DEWI))
    assert seen.reason == "Predikat kinerja Sangat Baik 2 triwulan berturut-turut."


def test_an_award_for_people_only_is_proposed_to_nobody(office: AwardOffice) -> None:
    for quarter in (2, 3):
        office.has_result(predicate="SANGAT_BAIK", quarter=quarter)
    office.opens()

    propose_awards(office.engine)

    assert office.rows(award_nomination) == []


def test_figures_are_corrected_by_a_later_file(office: AwardOffice, tmp_path: Path) -> None:
    imports(office, tmp_path, figures(("20", "18")))

    summary = imports(office, tmp_path, figures(("20", "17,5")))

    assert isinstance(summary, ImportSummary)
    assert (summary.changed, summary.unchanged) == (1, 1)
    assert [row.hours for row in office.rows(service_figure)] == [Decimal(20), Decimal("17.5")]


def test_a_bad_cell_is_named(office: AwardOffice, tmp_path: Path) -> None:
    problems = imports(office, tmp_path, f"{HEAD}\n{NIP};2026;13;20;2;80")

    assert isinstance(problems, tuple)
    assert [(problem.row, problem.column) for problem in problems] == [(2, "Bulan")]
