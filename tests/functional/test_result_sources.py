"""Where each figure of a result came from, and what may be said of the colleagues' scores."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from engine.records.packing import pack
from processes.appraisal.facts import read_content
from processes.appraisal.origins import FORM, Origin, origins_of, with_origins
from processes.appraisal.records import realisation
from processes.appraisal.rules.peers import peer_mean
from tests.functional.quarter_world import Quarter, assessment, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

FILE = Origin("serang-realisations.csv", None, datetime(2026, 9, 30, tzinfo=UTC))
BY_DEWI = Origin(FORM, 4, datetime(2026, 10, 1, tzinfo=UTC))


def sources(quarter: Quarter, who: str = "employee") -> dict[str, tuple[str, str]]:
    """What the result page says of each figure: its value and where it came from."""
    case_id = quarter.case_of(quarter.people["employee"])
    page = quarter.browser(who).get(f"/kasus/{case_id}/hasil")
    rows = page.tree.xpath("//section[@aria-labelledby='inputs-title']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return {field: (value, who) for _indicator, field, value, who in cells}


def test_a_figure_from_a_file_names_the_file_and_not_the_employee(quarter: Quarter) -> None:
    employee = quarter.people["employee"]
    quarter.does(employee, "record_realisation", employee, R1__value=Decimal("61.5"))

    found = sources(quarter)

    imported = found["Menit kerja disetujui"][1]
    assert imported.startswith("Laporan harian: berkas serang-realisations.csv, diimpor oleh pengelola sistem")
    name = quarter.browser("employee").get("/orang-saya").tree.xpath("string(//details[@class='menu']//strong)")
    assert found["Rencana setahun yang telah selesai"][0] == "61,5"
    assert found["Rencana setahun yang telah selesai"][1].startswith(f"{name}, 1 Oktober 2026")
    assert name not in imported


def test_what_the_appraiser_entered_names_the_appraiser_and_the_time(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.does(appraiser, "assess_behaviour", employee, **assessment(), R5__superior=Decimal(85))

    found = sources(quarter)

    value, who = found["Nilai atasan dalam forum"]
    assert value == "85"
    assert who.startswith("Pejabat penilai: ")
    assert "1 Oktober 2026" in who


def test_the_units_own_figures_name_the_unit_and_the_file(quarter: Quarter) -> None:
    of_unit = [who for _value, who in sources(quarter).values() if who.startswith("Angka unit ")]

    assert of_unit
    assert all(": berkas serang-unit-figures.csv, diimpor oleh pengelola sistem, " in who for who in of_unit)


def test_colleagues_scores_appear_as_one_mean_only(quarter: Quarter) -> None:
    found = sources(quarter, "verifier")

    assert "Rata-rata nilai rekan (5 orang)" in found
    assert not [field for field in found if field.startswith("Nilai rekan ")]


def test_of_fewer_than_three_colleagues_only_their_number_is_told(quarter: Quarter) -> None:
    leave_peers(quarter, 2)

    value, who = sources(quarter)["Nilai rekan"]

    assert value == "Hanya 2 rekan menjawab; terlalu sedikit untuk ditampilkan"
    assert who.startswith("Forum evaluasi: berkas ")


def leave_peers(quarter: Quarter, count: int) -> None:
    """Let so many colleagues of the employee have given a score."""
    employee = quarter.people["employee"]
    is_it = (realisation.c.employee_id == employee, realisation.c.quarter == 3)
    with quarter.alur.database.writing() as connection:
        content = read_content(connection, connection.execute(realisation.select().where(*is_it)).one().content)
        scores = {f"peer_{number}": Decimal(80) for number in range(1, count + 1)}
        measured = {**content["measured"], "R5": scores}
        connection.execute(realisation.update().where(*is_it).values(content=pack({**content, "measured": measured})))


def measured(**fields: Mapping[str, Decimal]) -> dict[str, object]:
    return {"measured": fields}


def test_a_figure_that_is_sent_unchanged_keeps_its_origin() -> None:
    before = measured(R4={"linked": Decimal(46), "approved": Decimal(57)}, R1={"value": Decimal(50)})
    after = measured(R4={"linked": Decimal(46), "approved": Decimal(60)}, R1={"value": Decimal(50)})

    kept = origins_of(with_origins(after, before, FILE), BY_DEWI)

    assert kept == {("R4", "linked"): FILE, ("R4", "approved"): BY_DEWI, ("R1", "value"): FILE}


def test_origins_outlive_several_entries() -> None:
    first = measured(R4={"linked": Decimal(46)})
    second = with_origins(measured(R4={"linked": Decimal(46)}, R1={"value": Decimal(50)}), first, FILE)

    third = with_origins({**second, "not_measurable": {"R2": "Data wilayah terlambat"}}, second, BY_DEWI)

    later = Origin("koreksi.xlsx", 7, datetime(2026, 10, 3, tzinfo=UTC))
    expected = {("R4", "linked"): FILE, ("R1", "value"): BY_DEWI, ("R2", ""): later}
    assert origins_of(third, later) == expected


def test_three_colleagues_are_enough_for_a_mean() -> None:
    two = peer_mean({"peer_1": Decimal(80), "peer_2": Decimal(90), "superior": Decimal(10)})
    three = peer_mean({"peer_1": Decimal(80), "peer_2": Decimal(90), "peer_3": Decimal(85)})

    assert two is not None and (two.count, two.mean) == (2, None)
    assert three is not None and (three.count, three.mean) == (3, Decimal(85))
    assert peer_mean({"superior": Decimal(10)}) is None
