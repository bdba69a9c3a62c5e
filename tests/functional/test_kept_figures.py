"""The result page after a unit's figure was corrected: it goes on naming the figure that the value came from."""

from datetime import timedelta

from engine.policy.actor import system_actor
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, read_import
from processes.people.records import unit
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)


def correct_attendance(quarter: Quarter, unit_id: int) -> None:
    """Import another attendance of a unit."""
    with quarter.alur.database.reading() as read:
        code = read.execute(unit.select().where(unit.c.id == unit_id)).one().code
        content = f"Kode Unit;Tahun;Triwulan;Kehadiran\n{code};2026;3;12,3\n".encode()
        rules, today = quarter.alur.cities.city(CITY), quarter.clock[0].date()
        found = read_import(APPRAISAL_KINDS["unit-figures"], content, read, CITY, today, name="koreksi.csv", city=rules)
    assert isinstance(found, ImportPlan), found
    quarter.alur.engine.run(ImportRows(found), system_actor(CITY))


def attendance_on_page(quarter: Quarter, employee: int) -> list[str]:
    page = quarter.browser(employee).get(f"/kasus/{quarter.case_of(employee)}/hasil")
    rows = page.tree.xpath("//section[@aria-labelledby='inputs-title']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return next(row for row in cells if row[1] == "Kehadiran")


def test_a_corrected_figure_does_not_change_the_page_of_a_result(quarter: Quarter) -> None:
    employee = quarter.people["employee"]
    quarter.until_recommended(employee)
    before = attendance_on_page(quarter, employee)

    quarter.clock[0] += timedelta(minutes=1)
    correct_attendance(quarter, quarter.unit_of(employee))

    assert attendance_on_page(quarter, employee) == before
    assert "12,3" not in before
    assert "serang-unit-figures.csv" in before[-1]
