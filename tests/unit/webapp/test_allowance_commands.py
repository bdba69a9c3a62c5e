"""`alur tpp`: past months to the rupiah, and every difference to the treasurer's spreadsheet."""

from collections.abc import Callable, Generator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import update

from processes.incentive.records import allowance_slip
from tests.unit.processes.incentive.treasury import Treasury
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK
from webapp.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "var"))

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def locked(run: Run, tmp_path: Path) -> Generator[Treasury]:
    """The installation's city, whose school has a locked May: one teacher was late by 135 minutes on the fourth."""
    run("init", CITY)
    treasury = Treasury(tmp_path / "var")
    treasury.prepare()
    treasury.attend(GURU, d4=("Hadir", "09:45", "16:00", "135"))
    treasury.lock()
    yield treasury
    treasury.database.dispose()


@pytest.mark.usefixtures("locked")
def test_a_locked_month_is_replayed_without_a_difference(run: Run) -> None:
    code, out, _ = run("tpp", "replay", "2026-05", "--records")

    assert (code, out) == (
        0,
        f"{CITY}: 3 slip dihitung ulang, bruto Rp18.925.000.\nSemua sama sampai rupiahnya.\n",
    )


def test_a_changed_slip_ends_with_1_and_names_the_unit(run: Run, locked: Treasury) -> None:
    its = allowance_slip.c.employee_id == locked.person(GURU)
    with locked.database.writing() as connection:
        connection.execute(update(allowance_slip).where(its).values(net=Decimal(1)))

    code, out, _ = run("tpp", "replay", "05/2026", "--city", CITY, "--unit", "SMP-1")

    assert code == 1
    assert f"unit SMP-1, pegawai {locked.person(GURU)}: tersimpan Rp1, dihitung Rp4.925.000" in out
    assert GURU not in out


def test_what_changed_after_the_lock_is_told_apart(run: Run, locked: Treasury) -> None:
    locked.load("leave", (GURU_2, "CLTN", "2026-05-02", "2026-05-30"))

    code, out, _ = run("tpp", "replay", "2026-05", "--records")

    assert code == 1
    assert "berubah setelah dikunci: unit SMP-1" in out and "galat" not in out


@pytest.mark.usefixtures("locked")
def test_a_spreadsheet_is_compared_line_by_line(run: Run, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ("NIP", "Produktivitas", "Bruto"),
        (GURU, 3_000_000, 5_000_000),
        (GURU_2, 3_000_000, 5_000_000),
        (KEPSEK, 5_400_000, 9_000_000),
    ):
        sheet.append(row)
    workbook.save(tmp_path / "bendahara.xlsx")

    code, out, _ = run("tpp", "compare", "2026-05", str(tmp_path / "bendahara.xlsx"), "--city", CITY)

    assert code == 1
    assert "Gita Guru, Produktivitas: Alur Rp2.955.000, lembar Rp3.000.000 (-45.000)" in out
    assert "    Terlambat tingkat 4, tanggal 4: -1,50%" in out
    assert out.endswith("3 orang dibandingkan, 2 selisih.\n")


def test_a_month_that_is_none_is_refused_with_an_example(run: Run) -> None:
    code, _, err = run("tpp", "replay", "Mei")

    assert code == 2
    assert "Tulis seperti 2026-05" in err


@pytest.mark.parametrize("wrong", [("--unit", "TIDAK-ADA"), ("--city", "atlantis")])
def test_an_unknown_unit_or_city_is_refused(run: Run, wrong: tuple[str, str]) -> None:
    run("init", CITY)

    code, _, err = run("tpp", "replay", "2026-05", *wrong)

    assert code == 1
    assert wrong[1] in err
