"""An award for a unit: by its figures, decided by somebody without an interest in it, with a decree."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.commands.delegate_task import DelegateTask
from engine.errors import NotFound, PersonBarred
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.import_rows import ImportRows
from processes.people.figures import unit_figure
from processes.people.imports import ImportPlan, read_import
from processes.people.records import Role
from processes.recognition.commands.propose_unit import NotEnoughAnswers, ProposeUnitAward, UnitAlreadyProposed
from processes.recognition.imports import COUNTER_FIGURES
from processes.recognition.jobs import propose_awards
from processes.recognition.queries.unit_awards import find_unit_award, unit_awards
from processes.recognition.records import counter_figure, unit_award, unit_award_outcome
from processes.recognition.rules import SERVICE_TIME
from tests.processes.award_office import REASON, SINCE, AwardOffice, open_award_office
from tests.processes.city_hall import BUDI, CITRA, CITY_UNIT, DEWI, EKA, HANA, OFFICE, SECRETARY
from tests.processes.office import CITY

DECREE = {"number": "800/12/2026", "decree_on": date(2026, 10, 1)}
GRANTED = {"outcome": "grant", "reason": "Warga puas dan jumlah respondennya cukup."}
HEAD = "Kode Unit;Loket;Tahun;Bulan;Median Jam;Pengerjaan Ulang;IKM"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AwardOffice]:
    with open_award_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def proposed(office: AwardOffice) -> AwardOffice:
    """The verifier has proposed the office for its service."""
    measured(office)
    proposes(office)
    return office


def measured(office: AwardOffice, unit_id: int = OFFICE, *, ikm: str = "88.4", answers: int = 120) -> None:
    key = {"tenant": CITY, "unit_id": unit_id, "year": 2026, "quarter": 3, "entered_at": office.now, "source": "skm"}
    for name, value in (("ikm", Decimal(ikm)), ("n", Decimal(answers))):
        office.puts(unit_figure, **key, name=name, value=value)


def proposes(office: AwardOffice, unit_id: int = OFFICE, by: int = EKA) -> None:
    command = ProposeUnitAward(unit_id, 2026, 3, "Unit layanan terbaik", REASON, "IKM triwulan 3")
    office.case = office.engine.run(command, office.actor(by)).value
    run_until_idle(office.app)


def test_a_unit_from_proposed_to_the_decree(proposed: AwardOffice) -> None:
    assert proposed.steps() == {("decide", HANA)}
    proposed.does(HANA, "decide", **GRANTED)
    proposed.does(EKA, "issue_decree", **DECREE)

    (row,), (outcome,) = proposed.rows(unit_award), proposed.rows(unit_award_outcome)
    assert (row.ikm, row.answers, row.proposed_by) == (Decimal("88.4"), 120, EKA)
    assert (outcome.outcome, outcome.decided_by, outcome.decree) == ("awarded", HANA, "800/12/2026")
    assert proposed.verifies() == set()
    (seen,) = proposed.engine.read(unit_awards, proposed.actor(DEWI), also_open=False)
    assert (seen.case_id, seen.is_given) == (proposed.case, True)


@pytest.mark.parametrize("figures", [{"ikm": "76.60"}, {"answers": 29}, None])
def test_without_the_figures_nobody_proposes_a_unit(office: AwardOffice, figures: dict[str, str] | None) -> None:
    if figures is not None:
        measured(office, **figures)  # type: ignore[arg-type]  # one of the two

    with pytest.raises(NotEnoughAnswers):
        proposes(office)

    assert office.rows(unit_award) == []


def test_a_unit_is_proposed_once_a_quarter_and_by_the_personnel_agency(proposed: AwardOffice) -> None:
    with pytest.raises(UnitAlreadyProposed):
        proposes(proposed)
    with pytest.raises(NotFound):
        proposes(proposed, by=CITRA)


def test_the_other_authority_decides_after_silence_and_a_refusal_stays_inside(office: AwardOffice) -> None:
    office.engine.run(GrantRole(SECRETARY, Role.APPOINTING_AUTHORITY, SINCE), system_actor(CITY))
    measured(office)
    proposes(office)
    first = office.steps()
    office.let_pass(days=20)

    office.does(HANA, "decide", outcome="decline", reason="Angkanya masih diperiksa.")

    assert first == {("decide", SECRETARY)}
    assert office.rows(unit_award_outcome)[0].outcome == "declined"
    assert office.engine.read(unit_awards, office.actor(DEWI), also_open=False) == ()
    with office.engine.database.reading() as read:
        seen, allows = find_unit_award(read, CITY, office.case), office.engine.policy.allows
        assert [allows(office.actor(who), "unit_award:view", seen, read) for who in (CITRA, EKA)] == [False, True]
    # Seals are of the nightly worker, which does not run here.
    assert office.verifies() - {"audit_unsealed"} == set()


def test_nobody_decides_about_the_unit_in_which_he_works(office: AwardOffice) -> None:
    measured(office, CITY_UNIT)
    office.engine.run(GrantRole(BUDI, Role.APPOINTING_AUTHORITY, SINCE), system_actor(CITY))

    proposes(office, CITY_UNIT)

    # Hana and the secretary work there; Budi heads the office below it.
    assert office.steps() == {("decide", BUDI)}


def test_the_decision_is_not_handed_to_whoever_proposed(office: AwardOffice) -> None:
    measured(office)
    proposes(office, by=SECRETARY)
    (task,) = office.waiting()

    with pytest.raises(PersonBarred):
        office.engine.run(DelegateTask(office.case, task.token, SECRETARY), office.actor(HANA))

    assert office.steps() == {("decide", HANA)}


def test_the_checker_finds_an_outcome_that_was_changed_or_that_no_step_gave(proposed: AwardOffice) -> None:
    proposed.does(HANA, "decide", **GRANTED)
    proposed.does(EKA, "issue_decree", **DECREE)
    with proposed.engine.database.writing() as connection:
        connection.execute(update(unit_award_outcome).values(decree="palsu"))
    row = {"tenant": CITY, "unit_id": OFFICE, "outcome": "awarded", "reason": "-", "decided_by": HANA}
    proposed.puts(unit_award_outcome, case_id=77, **row, decided_at=proposed.now)

    assert {"record_differs", "record_unexplained"} <= proposed.verifies()


def test_a_counter_that_became_a_fifth_faster_proposes_its_unit_once(office: AwardOffice, tmp_path: Path) -> None:
    office.opens(rule=SERVICE_TIME)
    hours = ("20", "20", "20", "15", "15", "16")
    rows = [f"U{OFFICE};KTP-el;2026;{month};{hour};2;80,5" for month, hour in enumerate(hours, start=4)]
    imports(office, tmp_path, rows)

    propose_awards(office.engine)
    propose_awards(office.engine)

    (row,) = office.rows(unit_award)
    assert (row.unit_id, row.year, row.quarter, row.source, row.proposed_by) == (OFFICE, 2026, 3, "rule", None)
    assert row.reason.startswith("Loket KTP-el: Median waktu layanan 3 bulan terakhir paling sedikit 20,0% lebih cepat")
    office.case = row.case_id
    view = office.engine.read(view_case, system_actor(CITY), office.case)
    assert [task.element for task in view.waiting] == ["decide"]


def test_figures_of_a_counter_are_corrected_by_a_later_file(office: AwardOffice, tmp_path: Path) -> None:
    imports(office, tmp_path, [f"U{OFFICE};KTP-el;2026;4;20;2;80"])

    imports(office, tmp_path, [f"U{OFFICE};KTP-el;2026;4;18;2;80"])

    assert [(row.counter, row.hours) for row in office.rows(counter_figure)] == [("KTP-el", Decimal(18))]


def imports(office: AwardOffice, folder: Path, rows: list[str]) -> None:
    file = folder / "loket.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    with office.engine.database.reading() as read:
        plan = read_import(COUNTER_FIGURES, file, read, CITY, office.now.date())
    assert isinstance(plan, ImportPlan), plan
    office.engine.run(ImportRows(plan), system_actor(CITY))
