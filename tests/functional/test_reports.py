"""The pages of reports: who reads what, sums and groups without few people, sheets, other periods."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from engine.policy.actor import system_actor
from processes.incentive.records import allowance_run, allowance_slip
from processes.people.commands.grant_role import GrantRole
from processes.people.figures import unit_figure
from processes.people.records import Role
from tests.functional.browser import Browser
from tests.functional.town import AGENCY, CITY, CLINIC, INSPECTOR, OFFICER, SCHOOL, TEACHER, Person
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
OVERSEEN = ("tpp-ikm", "kesetaraan", "hubungan", "pelatihan")
MONTH = date(2026, 9, 1)
PEOPLE = 12


@pytest.fixture
def inspector(alur: Alur, signed_in: SignIn) -> Browser:
    """The inspector of a town whose agency has paid September, with the index of two units."""
    sums = {"gross": Decimal(60_000_000), "deductions": Decimal(0), "net": Decimal(60_000_000)}
    run = {"id": 1, "tenant": CITY, "unit_id": AGENCY.id, "month": MONTH, "status": "paid", "version": 1}
    with alur.database.writing() as connection:
        connection.execute(allowance_run.insert(), {**run, **sums, "people": PEOPLE})
        for unit, ikm in ((AGENCY, "82.5"), (CLINIC, "90.4")):
            key = {"tenant": CITY, "unit_id": unit.id, "year": 2026, "quarter": 3, "entered_at": alur.clock()}
            for name, value in (("ikm", Decimal(ikm)), ("n", Decimal(40))):
                connection.execute(unit_figure.insert(), {**key, "name": name, "value": value, "source": "skm.csv"})
    return signed_in(INSPECTOR)


def test_whoever_answers_for_the_city_reads_all_reports_and_others_only_of_service(
    signed_in: SignIn, inspector: Browser
) -> None:
    teacher = signed_in(TEACHER)

    assert [inspector.get(f"/laporan/{name}").status_code for name in (*OVERSEEN, "layanan")] == [200] * 5
    assert [teacher.get(f"/laporan/{name}").status_code for name in (*OVERSEEN, "layanan")] == [404] * 4 + [200]
    assert "Kesetaraan" not in teacher.get("/laporan").text


def test_spending_stands_beside_the_index_and_the_newest_month_is_shown(inspector: Browser) -> None:
    page = inspector.get("/laporan/tpp-ikm").text

    assert "triwulan 3 tahun 2026" in page
    assert "Rp\N{NO-BREAK SPACE}60.000.000" in page
    assert "Rp\N{NO-BREAK SPACE}5.000.000" in page
    assert "82,50 (B)" in page
    assert "Belum ada angka" in inspector.get("/laporan/tpp-ikm?tahun=2025&triwulan=1").text
    assert inspector.get("/laporan/tpp-ikm?tahun=2025&triwulan=7").status_code == 404


def test_the_treasurer_reads_spending_alone(alur: Alur, signed_in: SignIn) -> None:
    alur.engine.run(GrantRole(OFFICER.id, Role.TREASURER, date(2026, 1, 1)), system_actor(CITY))
    treasurer = signed_in(OFFICER)

    assert [treasurer.get(f"/laporan/{name}").status_code for name in OVERSEEN] == [200, 404, 404, 404]


def test_few_people_are_never_shown(alur: Alur, inspector: Browser) -> None:
    slip = {"tenant": CITY, "employee_id": TEACHER.id, "unit_id": SCHOOL.id, "month": MONTH, "version": 1}
    sums = {"gross": Decimal(4_321_987), "deductions": Decimal(0), "net": Decimal(4_321_987), "run_id": 1}
    with alur.database.writing() as connection:
        kept = {"content": b"", "digest": "0" * 64, "is_void": False, "made_at": alur.clock()}
        connection.execute(allowance_slip.insert(), {"id": 1, **slip, **sums, **kept})

    pages = [inspector.get(f"/laporan/{name}").text for name in ("kesetaraan", "hubungan", "kesetaraan.csv")]

    assert "terlalu sedikit untuk ditampilkan" in pages[0]
    assert "Belum cukup angka" in pages[1]
    assert not any("4.321.987" in page or "4321987" in page for page in pages)


def test_the_best_service_has_its_place_and_a_sheet(inspector: Browser) -> None:
    page = inspector.get("/laporan/layanan?tahun=2026&triwulan=3").text
    sheet = inspector.get("/laporan/layanan.csv?tahun=2026&triwulan=3")

    assert page.index(CLINIC.name) < page.index(AGENCY.name)
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="layanan-2026-3.csv"'
    lines = sheet.data.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"1;{CLINIC.name};90,40;A;40;30")


def test_each_report_has_a_sheet_in_the_readers_language(inspector: Browser) -> None:
    inspector.post("/bahasa", {"language": "en"})

    for name, title in (("tpp_ikm", "Agency"), ("kesetaraan", "Looked at by"), ("hubungan", "Looked at by")):
        assert inspector.get(f"/laporan/{name}.csv").data.decode("utf-8-sig").startswith(title)
    assert inspector.get("/laporan/pelatihan.csv?tahun=2026").status_code == 200
