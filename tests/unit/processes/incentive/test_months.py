"""A unit's month from the records: who gets what, what is found, and that the same records give the same bytes."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from processes.incentive.records import allowance_slip
from tests.unit.processes.incentive.treasury import WORKING, Treasury, amounts
from tests.unit.processes.people.office import GURU, GURU_2, KEPSEK


def gross(treasury: Treasury) -> dict[int, Decimal]:
    return {slip.facts.employee: slip.outcome.gross for slip in treasury.compute().slips}


def codes(treasury: Treasury) -> set[tuple[str, int | None]]:
    return {(item.code, item.employee) for item in treasury.compute().findings}


def statements(treasury: Treasury) -> list[str]:
    """Return the statements by which the school's month is computed."""
    found: list[str] = []

    def note(*given: Any) -> None:
        found.append(str(given[2]))

    event.listen(treasury.database.read, "before_cursor_execute", note)
    try:
        treasury.compute()
    finally:
        event.remove(treasury.database.read, "before_cursor_execute", note)
    return found


def test_a_month_pays_each_class_by_predicate_and_attendance(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Hadir", "08:10", "16:00", "40"), d5=("Tanpa Keterangan",))

    found = gross(treasury)

    assert found[treasury.person(GURU_2)] == 5_000_000
    assert found[treasury.person(KEPSEK)] == 9_000_000
    # Late by 40 minutes (1 %) and absent for a day (3 %).
    assert found[treasury.person(GURU)] == 4_800_000


def test_the_same_records_give_the_same_bytes(treasury: Treasury) -> None:
    first = treasury.keep()
    written = treasury.rows(allowance_slip)

    again = treasury.keep()

    assert treasury.rows(allowance_slip) == written
    assert (again.digest, again.version) == (first.digest, first.version) == (treasury.compute().digest, 1)


def test_a_changed_day_makes_a_new_version_of_one_slip(treasury: Treasury) -> None:
    treasury.keep()

    treasury.attend(GURU, [WORKING[0]], d2=("Hadir", "09:45", "16:00", "135"))
    run = treasury.keep()

    versions = {person: slip.version for person, slip in treasury.slips().items()}
    assert versions == {treasury.person(GURU): 2, treasury.person(GURU_2): 1, treasury.person(KEPSEK): 1}
    assert run.gross == sum(slip.gross for slip in treasury.slips().values()) == 19_000_000 - 75_000


def test_a_missing_day_is_found_and_never_paid_or_cut_silently(treasury: Treasury) -> None:
    treasury.load("employees", ("199201012016011901", "", "Nia Baru", "PNS", "III/a", "SMP-1", "GURU", "2025-01-01"))
    person = treasury.person("199201012016011901")

    computed = treasury.compute()

    assert person not in {slip.facts.employee for slip in computed.slips}
    (found,) = [item for item in computed.blocking if item.employee == person]
    assert found.text().startswith("Kehadiran belum ada untuk tanggal 2, 4, 5,")
    assert found.text("en").startswith("There is no attendance for the days 2, 4, 5,")


def test_a_post_without_a_class_blocks_with_the_person_named(treasury: Treasury) -> None:
    treasury.load("posts", ("TU", "Tata Usaha", "SMP-1", "Pelaksana", "", ""))
    treasury.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "SMP-1", "TU", "2026-05-11"))

    assert ("no_class", treasury.person(GURU)) in codes(treasury)
    assert treasury.person(GURU) not in gross(treasury)


def test_absence_during_leave_counts_as_leave_and_is_said(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Tanpa Keterangan",), d5=("Hadir", "07:30", "16:00"))
    treasury.load("leave", (GURU, "Cuti Tahunan", "2026-05-04", "2026-05-05"))

    assert gross(treasury)[treasury.person(GURU)] == 5_000_000
    person = treasury.person(GURU)
    assert {("absent_on_leave", person), ("present_on_leave", person)} <= codes(treasury)


def test_leave_that_nobody_granted_counts_as_absence(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Cuti",))

    assert gross(treasury)[treasury.person(GURU)] == 4_850_000
    assert ("leave_unproven", treasury.person(GURU)) in codes(treasury)


def test_unpaid_leave_takes_its_days_out_of_the_month(treasury: Treasury) -> None:
    half = len(WORKING) // 2
    last = WORKING[half - 1].isoformat()
    treasury.load("leave", (GURU, "CLTN", "2026-05-01", last))

    expected = Decimal(5_000_000) * (len(WORKING) - half) / len(WORKING)

    assert abs(gross(treasury)[treasury.person(GURU)] - expected) <= 1


def test_a_move_is_paid_by_both_units_as_one_month(treasury: Treasury) -> None:
    treasury.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "DISDIK", "KABID", "2026-05-18"))
    treasury.attend(GURU, d4=("Tanpa Keterangan",))

    here = treasury.compute()
    there = treasury.compute(unit="DISDIK")

    person = treasury.person(GURU)
    at_school = next(slip.facts for slip in here.slips if slip.facts.employee == person)
    at_office = next(slip.facts for slip in there.slips if slip.facts.employee == person)
    assert at_school.marks == at_office.marks == {"absent": (4,)}
    assert at_school.stretches[-1].last < date(2026, 5, 18) <= at_office.stretches[0].first


def test_somebody_who_starts_within_the_month_is_paid_from_that_day(treasury: Treasury) -> None:
    nip = "199201012016011901"
    treasury.load("employees", (nip, "", "Nia Baru", "PNS", "III/a", "SMP-1", "GURU", "2026-05-18"))
    treasury.attend(nip, [day for day in WORKING if day >= date(2026, 5, 18)])

    (slip,) = [item for item in treasury.compute().slips if item.facts.employee == treasury.person(nip)]

    days = slip.facts.stretches[0].days
    assert (days, slip.facts.workdays) == (len([d for d in WORKING if d.day >= 18]), len(WORKING))
    assert slip.facts.predicate is None and slip.outcome.gross < 5_000_000


def test_a_candidate_and_a_measure_change_the_share(treasury: Treasury) -> None:
    treasury.load("service-terms", (GURU, "CPNS", "2026-01-01", "2026-12-31"))
    treasury.load("sanctions", (GURU_2, "Potong TPP 25% 6 Bulan", "2026-04-15", "", "800/1/2026"))

    found = gross(treasury)

    assert found[treasury.person(GURU)] == 4_000_000
    assert found[treasury.person(GURU_2)] == 3_750_000


def test_a_cut_of_six_months_is_six_payments(treasury: Treasury) -> None:
    treasury.load("sanctions", (GURU_2, "Potong TPP 25% 6 Bulan", "2025-10-15", "", "800/1/2025"))

    # October 15 to April 14: November to April are cut, May is not.
    assert gross(treasury)[treasury.person(GURU_2)] == 5_000_000


def test_whoever_did_not_appraise_loses_five_points(treasury: Treasury) -> None:
    # An imported result names no appraiser, and is held against nobody; the other teacher has none.
    treasury.load("results", (GURU, "2025", "4", "", "Sesuai ekspektasi", "Sesuai ekspektasi", "Baik"))

    (found,) = [item for item in treasury.compute().findings if item.code == "did_not_appraise"]

    assert (found.employee, found.params) == (treasury.person(KEPSEK), {"count": "1", "quarter": "2025-4"})
    assert gross(treasury)[treasury.person(KEPSEK)] == 9_000_000 * 97 // 100


def test_an_acting_head_gets_a_supplement_after_a_month(treasury: Treasury) -> None:
    classes = {"8.beban_kerja": "5000000", "11.beban_kerja": "9000000", "14.beban_kerja": "14000000"}
    treasury.load("parameters", *amounts(classes))
    treasury.load("acting", ("DISDIK", "Plt", GURU, "2026-04-01"))

    (slip,) = [item for item in treasury.compute().slips if item.facts.employee == treasury.person(GURU)]

    (acting,) = [line for line in slip.outcome.lines if line.code == "acting"]
    assert acting.amount == 2_800_000


def test_external_deductions_show_what_arrives(treasury: Treasury) -> None:
    treasury.load("allowance-deductions", (GURU, "2026-05", "PPh 21", "250000"), (GURU, "05/2026", "IWP", "50.000"))

    (slip,) = [item for item in treasury.compute().slips if item.facts.employee == treasury.person(GURU)]

    assert slip.outcome.gross == 5_000_000
    assert slip.outcome.deductions == 300_000
    assert slip.outcome.net == 4_700_000


def test_more_than_the_ceiling_is_said_and_nothing_is_reduced(treasury: Treasury) -> None:
    treasury.load("allowance-ceilings", ("SMP-1", "2026-05", "18000000"))

    computed = treasury.compute()

    assert computed.is_over_ceiling
    assert computed.gross == 19_000_000


def test_a_unit_without_amounts_computes_nothing(treasury: Treasury) -> None:
    computed = treasury.compute(date(2025, 5, 1))

    assert computed.slips == ()
    assert {item.code for item in computed.blocking} == {"parameters_missing"}


def test_days_without_reason_propose_the_measure(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("TK",), d5=("TK",), d6=("TK",))

    (found,) = [item for item in treasury.compute().findings if item.code == "measure_due"]

    assert "teguran lisan" in found.text()


def test_somebody_who_left_the_list_gets_a_void_version(treasury: Treasury) -> None:
    treasury.keep()
    treasury.load("posts", ("TU", "Tata Usaha", "SMP-1", "Pelaksana", "", ""))
    treasury.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "SMP-1", "TU", "2026-05-11"))

    run = treasury.keep()

    void = treasury.slips()[treasury.person(GURU)]
    assert (void.is_void, void.version, void.lines) == (True, 2, ())
    assert void.gross == 0
    assert run.gross == 14_000_000


def test_more_people_cost_no_more_statements(treasury: Treasury) -> None:
    before = statements(treasury)

    for number in range(1, 9):
        nip = f"19920101201601190{number}"
        treasury.load("employees", (nip, "", f"Nia {number}", "PNS", "III/a", "SMP-1", "GURU", "2025-01-01"))
        treasury.attend(nip)

    assert statements(treasury) == before
    assert len(before) <= 25
