"""An employee's quarter on every path of its diagram, with the real city, database and worker."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert, select

from engine.records.case import CaseStatus
from processes.appraisal.definitions import release_files
from processes.people.records import result
from tests.processes.city_hall import (
    ABOVE,
    AS_EXPECTED,
    BUDI,
    CITRA,
    DEWI,
    OFFICE,
    SECRETARY,
    CityHall,
    assessment,
    open_city_hall,
)
from tests.processes.office import CITY


def ledger(hall: CityHall, person: int) -> list[tuple[int, str]]:
    """The versions and predicates that the results ledger holds for a person."""
    with hall.engine.database.reading() as read:
        found = select(result.c.version, result.c.predicate).where(result.c.employee_id == person)
        return [(row.version, row.predicate) for row in read.execute(found.order_by(result.c.version))]


def test_everybody_with_a_post_gets_a_case_and_so_does_every_unit(hall: CityHall) -> None:
    assert hall.waits_for(DEWI) == {("record_realisation", DEWI), ("assess_behaviour", CITRA)}
    assert [task.element for task in hall.case(OFFICE, "unit_evaluation").waiting] == ["set_org_predicate"]


def test_opening_twice_starts_nothing_twice(hall: CityHall) -> None:
    before = len(hall.tasks(CITRA))

    with hall.app.open():
        hall.app.configure_task("open_employees").defer(tenant=CITY, year=2026, quarter=3)
    hall.let_pass(seconds=1)

    assert len(hall.tasks(CITRA)) == before


def test_no_rating_before_the_organisation_predicate_but_realisation_and_feedback(hall: CityHall) -> None:
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    assert hall.waits_for(DEWI) == set()

    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    assert hall.waits_for(DEWI) == {("confirm_ratings", CITRA)}


def test_from_opened_to_locked(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 2), note="Dialog berjalan baik")
    hall.does(DEWI, "respond", DEWI, answer="accept", reason=None)

    version = hall.result(DEWI).latest
    assert version is not None
    assert (version.predicate, version.response, version.locked_at) == ("BAIK", "accepted", hall.now)
    assert hall.case(DEWI).case.status is CaseStatus.FINISHED
    assert ledger(hall, DEWI) == [(1, "BAIK")]


def test_a_result_that_was_imported_meanwhile_stays_and_the_locked_one_follows_it(hall: CityHall) -> None:
    hall.rate_until_signed()
    imported = {"tenant": CITY, "employee_id": DEWI, "year": 2026, "quarter": 3, "version": 1, "unit_id": OFFICE}
    ratings = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "DIBAWAH_EKSPEKTASI", "predicate": "KURANG"}
    with hall.engine.database.writing() as connection:
        connection.execute(insert(result).values(**imported, **ratings, decided_at=hall.now, source="hasil.csv"))

    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 2), note="Dialog")
    hall.does(DEWI, "respond", DEWI, answer="accept", reason=None)

    assert ledger(hall, DEWI) == [(1, "KURANG"), (2, "BAIK")]
    assert hall.case(DEWI).case.status is CaseStatus.FINISHED


def test_the_recommendation_shows_its_rule_and_reasons(hall: CityHall) -> None:
    hall.rate_until_signed()

    score = hall.result(DEWI).versions[0].score
    assert score is not None
    assert score.rule.content_hash
    assert score.reasons
    assert list(score.explanation.walk())


def test_silence_for_fourteen_working_days_is_acceptance(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")

    last_day = hall.until_next_timer(DEWI)

    assert last_day == date(2026, 10, 21)
    version = hall.result(DEWI).latest
    assert version is not None and version.response == "silent"
    assert ledger(hall, DEWI) == [(1, "BAIK")]


def test_a_result_that_is_not_handed_over_reaches_the_employee_by_itself(hall: CityHall) -> None:
    hall.rate_until_signed()

    hall.until_next_timer(DEWI)

    assert hall.waits_for(DEWI) == {("respond", DEWI)}
    version = hall.result(DEWI).latest
    assert version is not None and version.handed_over_at == hall.now and version.dialogue_note is None


def object_to(hall: CityHall) -> None:
    """Dewi objects to her result."""
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Bukti saya belum dihitung")


def test_an_objection_goes_to_the_appraisers_superior(hall: CityHall) -> None:
    object_to(hall)

    assert hall.waits_for(DEWI) == {("decide_objection", BUDI)}
    assert hall.case(DEWI).waiting[0].due == date(2026, 10, 12)


def test_an_upheld_objection_locks_the_first_version(hall: CityHall) -> None:
    object_to(hall)

    hall.does(BUDI, "decide_objection", DEWI, outcome="uphold", reason="Sesuai bukti", work=None, behaviour=None)

    assert ledger(hall, DEWI) == [(1, "BAIK")]
    assert hall.result(DEWI).versions[0].decision == "uphold"


def test_a_granted_objection_makes_a_second_version_and_keeps_the_first(hall: CityHall) -> None:
    object_to(hall)

    hall.does(BUDI, "decide_objection", DEWI, outcome="change", reason="Bukti diterima", **ABOVE)

    first, second = hall.result(DEWI).versions
    assert (first.predicate, second.predicate) == ("BAIK", "SANGAT_BAIK")
    assert (first.locked_at, second.locked_at) == (None, hall.now)
    assert ledger(hall, DEWI) == [(2, "SANGAT_BAIK")]


def test_an_objection_nobody_decides_goes_one_level_up(hall: CityHall) -> None:
    object_to(hall)

    hall.until_next_timer(DEWI)

    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}


def test_an_appraiser_who_does_not_rate_is_replaced_and_the_result_is_final(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.until_next_timer(DEWI)
    assert hall.waits_for(DEWI) == {("confirm_ratings", BUDI)}

    hall.does(BUDI, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.does(BUDI, "sign", DEWI, confirmed=True)
    hall.does(BUDI, "hand_over", DEWI, dialogue_on=hall.now.date(), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Saya keberatan")

    version = hall.result(DEWI).latest
    assert version is not None
    assert (version.is_final, version.response, version.rater_id) == (True, "accepted", BUDI)
    assert hall.case(DEWI).case.status is CaseStatus.FINISHED


def test_an_appraiser_who_does_not_sign_is_replaced_too(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)

    hall.until_next_timer(DEWI)

    assert hall.waits_for(DEWI) == {("confirm_ratings", BUDI)}


def test_a_wrong_rating_is_mended_before_it_is_signed(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.does(CITRA, "confirm_ratings", DEWI, **ABOVE)

    hall.does(CITRA, "sign", DEWI, outcome="return", reason="Rating keliru", justification=None)
    assert hall.waits_for(DEWI) == {("confirm_ratings", CITRA)}
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.does(CITRA, "sign", DEWI, outcome="sign", reason=None)

    (version,) = hall.result(DEWI).versions
    assert (version.predicate, version.signed_at, version.rater_id) == ("BAIK", hall.now, CITRA)
    assert hall.waits_for(DEWI) == {("hand_over", CITRA)}


def test_what_is_not_entered_in_time_does_not_hold_the_case_up(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    assert hall.until_next_timer(DEWI) == date(2026, 10, 8)
    assert hall.waits_for(DEWI) == {("assess_behaviour", CITRA)}

    hall.until_next_timer(DEWI)

    assert hall.waits_for(DEWI) == {("confirm_ratings", CITRA)}


def test_ratings_outside_the_guide_warn_and_ask_but_never_block(hall: CityHall) -> None:
    hall.rate_until_signed(DEWI, CITRA, **ABOVE)

    assert hall.waits_for(DEWI) == {("hand_over", CITRA)}
    assert "record_ratings" in hall.case(DEWI).passed


def test_a_running_case_keeps_its_diagram_when_the_process_changes(hall: CityHall) -> None:
    from engine.commands.deploy_release import DeployRelease
    from engine.policy.actor import system_actor
    from processes.appraisal.definitions import catalogue

    files = release_files("periodic_evaluation")
    name = "periodic_evaluation.bpmn"
    files[name] = files[name].replace(b"Tetapkan rating", b"Nilai")
    before = hall.case(DEWI).case.digest
    hall.engine.run(DeployRelease(files, catalogue()), system_actor(CITY))

    hall.rate_until_signed()

    assert hall.case(DEWI).case.digest == before


def measure(hall: CityHall, last: str) -> str:
    """Enter everything in an order that ends with the employee or with the appraiser; return value and behaviour."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    if last == "employee":
        hall.does(CITRA, "assess_behaviour", DEWI, **assessment("1"))
    hall.does(DEWI, "record_realisation", DEWI, R1__value=Decimal("48.5"))
    if last == "appraiser":
        hall.does(CITRA, "assess_behaviour", DEWI, **assessment("1"))
    version = hall.result(DEWI).versions[0]
    assert version.score is not None
    return f"{version.value} {version.recommended_behaviour} {version.score.explanation}"


def test_what_is_entered_last_counts_like_what_was_entered_before(tmp_path: Path) -> None:
    found = []
    for last in ("employee", "appraiser"):
        folder = tmp_path / last
        folder.mkdir()
        with open_city_hall(folder) as hall:
            hall.open_quarter()
            found.append(measure(hall, last))

    assert found[0] == found[1]
    assert "DIATAS_EKSPEKTASI" in found[0]
