"""Past months to the rupiah: replay, drift, comparison with a spreadsheet, the payment list."""

import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import update

from processes.incentive.comparing import Comparison, compare
from processes.incentive.exporting import payment_csv, payment_rows, payment_workbook, total_row
from processes.incentive.records import allowance_run, allowance_slip
from processes.incentive.replaying import Replayed, drifted, replay
from processes.incentive.rules.slip import compute_slip
from tests.unit.processes.incentive.figures import basis, days, facts
from tests.unit.processes.incentive.treasury import MAY, Treasury, amounts
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK


def replayed(treasury: Treasury) -> Replayed:
    with treasury.reading() as read:
        return replay(read, CITY, MAY)


def compared(treasury: Treasury, *rows: tuple[str, ...]) -> Comparison:
    content = "\n".join(";".join(row) for row in (("NIP", "Produktivitas", "Disiplin", "Bruto"), *rows)).encode()
    with treasury.reading() as read:
        found = compare(read, CITY, MAY, content, name="bendahara.csv")
    assert isinstance(found, Comparison)
    return found


def test_a_locked_month_is_reproduced_to_the_rupiah(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Hadir", "09:45", "16:00", "135"))
    run = treasury.lock()

    done = replayed(treasury)

    assert (done.slips, done.gross, done.differences) == (3, run.gross, ())


def test_no_later_parameter_alters_a_locked_month(treasury: Treasury) -> None:
    run = treasury.lock()
    before = treasury.rows(allowance_slip)

    treasury.load("parameters", *amounts({"8.beban_kerja": "1", "11.beban_kerja": "2"}))

    assert treasury.compute().gross == 4
    assert replayed(treasury).gross == run.gross
    assert (replayed(treasury).differences, treasury.rows(allowance_slip)) == ((), before)


def test_a_slip_that_was_changed_past_the_system_is_found_with_its_line(treasury: Treasury) -> None:
    run = treasury.lock()
    with treasury.database.writing() as connection:
        connection.execute(
            update(allowance_slip)
            .where(allowance_slip.c.employee_id == treasury.person(GURU))
            .values(gross=Decimal(5_500_000), net=Decimal(5_500_000))
        )

    found = replayed(treasury).differences

    changed, total = sorted(found, key=lambda item: -item.employee_id)
    assert changed.employee_id == treasury.person(GURU)
    assert [changed.kept, changed.computed] == [5_500_000, 5_000_000]
    assert [total.kept, total.computed] == [run.gross, run.gross + 500_000]


def test_records_that_changed_after_the_lock_are_told_apart(treasury: Treasury) -> None:
    treasury.lock()
    treasury.load("leave", (GURU, "CLTN", "2026-05-04", "2026-05-04"))

    with treasury.reading() as read:
        (found,) = drifted(read, CITY, MAY, city=treasury.engine.directory.city(CITY))

    assert found.employee_id == treasury.person(GURU)
    assert found.computed < found.kept == 5_000_000
    assert replayed(treasury).differences == ()


def test_each_difference_to_the_spreadsheet_is_explained_by_its_lines(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Hadir", "09:45", "16:00", "135"))
    treasury.lock()

    found = compared(
        treasury,
        (GURU, "3000000", "1970000", "4970000"),
        (GURU_2, "3000000", "2000000", "5000000"),
        (KEPSEK, "5400000", "3600000", "9000000"),
    )

    lines = {item.line: item for item in found.differences}
    assert set(lines) == {"productivity", "gross"}
    assert lines["productivity"].name == "Gita Guru"
    assert "Terlambat tingkat 4, tanggal 4: -1,50%" in {text.id for text in lines["productivity"].because}


def test_people_on_one_side_only_are_named(treasury: Treasury) -> None:
    treasury.lock()

    found = compared(treasury, (GURU, "3000000", "2000000", "5000000"), ("199201012016011901", "1", "1", "2"))

    assert [(item.name, item.here, item.there) for item in found.differences] == [
        ("Gani Guru", 5_000_000, None),
        ("Karim Kepsek", 9_000_000, None),
        ("baris 3", None, 2),
    ]


def test_slips_the_payment_list_and_the_totals_say_the_same_sum(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("Hadir", "09:45", "16:00", "135"), d7=("TK",))
    treasury.load("allowance-deductions", (GURU_2, "2026-05", "PPh 21", "123456"))
    run = treasury.lock()

    with treasury.reading() as read:
        rows = payment_rows(read, CITY, treasury.school, MAY)
    listed = list(csv.reader(io.StringIO(payment_csv(rows).decode("utf-8-sig")), delimiter=";"))

    slips = treasury.slips().values()
    assert total_row(rows)[-3:] == (run.gross, run.deductions, run.net)
    assert listed[-1][-3:] == [str(run.gross), str(run.deductions), str(run.net)]
    assert sum(slip.net for slip in slips) == run.net == treasury.rows(allowance_run)[0]["net"]


def test_the_workbook_holds_numbers_and_whole_employee_numbers(treasury: Treasury) -> None:
    treasury.lock()

    with treasury.reading() as read:
        content = payment_workbook(payment_rows(read, CITY, treasury.school, MAY), title="SMP-1 2026-05")

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    second = [cell.value for cell in sheet[2]]
    assert (second[0], second[8]) == (GURU_2, 5_000_000)


MARKS = st.fixed_dictionaries(
    {}, optional={name: st.integers(1, 21) for name in ("absent", "late_1", "late_3", "early_4", "assembly", "sick")}
)
ANYBODY = st.builds(
    lambda job_class, predicate, undone, measure, marks, worked: facts(
        job_class,
        predicate=predicate,
        not_appraised=undone,
        measure=measure,
        marks=days(**marks),
        workdays=worked,
        stretches=(
            type(facts().stretches[0])(first=MAY, last=date(2026, 5, 31), days=7, job_class=job_class, term="cpns"),
        ),
    ),
    st.sampled_from([3, 7, 9, 14]),
    st.sampled_from(["SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG", None]),
    st.integers(0, 2),
    st.sampled_from([None, "allowance_cut_6_months", "oral_reprimand"]),
    MARKS,
    st.integers(7, 26),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANYBODY, min_size=1, max_size=8))
def test_whole_rupiah_add_up_however_many_slips_there_are(people: list[object]) -> None:
    slips = [compute_slip(person, basis()) for person in people]  # type: ignore[arg-type]  # of the strategy

    lines = [line.amount for slip in slips for line in slip.lines]

    assert sum(lines) == sum(slip.net for slip in slips) == sum(slip.gross - slip.deductions for slip in slips)
    assert all(amount == amount.to_integral_value() for amount in lines)
    assert all(slip.gross >= 0 for slip in slips)
