"""`alur city`: a city with running cases leaves one installation and arrives in another; what cannot be is refused."""

import json
import stat
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.queries.inbox import my_tasks
from tests.faults.one_city import rewrite
from tests.functional.quarter_world import CITY
from tests.operate.conftest import Run
from tests.operate.recorded import open_installation, persona_ids
from webapp.wiring import Alur
from webapp.wiring.city_archive import read_manifest, sha256_of


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder in which there is no installation yet."""
    return tmp_path / "elsewhere"


def test_a_city_goes_on_in_another_installation(
    office: Alur, run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))

    arrived = run("city", "import", "serang.zip")

    assert (out[0], arrived[0]) == (0, 0), (out, arrived)
    assert "Semua catatan cocok satu sama lain." in arrived[1] and f"alur init {CITY}" in arrived[1]
    person = Actor(CITY, persona_ids(office)["appraiser"])
    with closing(open_installation(elsewhere)) as there:
        assert there.engine.read(my_tasks, person) == office.engine.read(my_tasks, person)
        row = next(row for row in there.engine.read(my_tasks, person).rows if row.element == "assess_behaviour")
        there.engine.run(CompleteTask(row.case_id, row.token, {}), person)
    assert run("verify")[0] == 0


def test_taken_out_there_it_is_the_same(
    office: Alur, run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))
    run("city", "import", "serang.zip")

    run("city", "export", CITY, "again.zip")

    one, other = read_manifest(Path("serang.zip")), read_manifest(Path("again.zip"))
    assert (one.members, one.audit, one.tables) == (other.members, other.audit, other.tables)
    assert one.tables["process_case"] == 340 and len(one.files) <= 1
    assert stat.S_IMODE(Path("serang.zip").stat().st_mode) == 0o600


def test_the_first_administrator_gets_in_by_a_link(
    office: Alur, run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))
    run("city", "import", "serang.zip")

    code, said, _ = run("init", CITY)

    assert code == 0
    assert f"/{CITY}/mulai/" in said


def test_both_installations_remember_what_was_done(
    office: Alur, run: Run, elsewhere: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))
    run("city", "import", "serang.zip")

    (out,), (arrived,) = (_lines(folder) for folder in (home, elsewhere))

    assert (out["did"], arrived["did"], arrived["renumbered"]) == ("export", "import", 0)
    assert out["audit"] == arrived["audit"]


def test_a_city_moves_from_start_to_end(
    office: Alur, run: Run, elsewhere: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = run("city", "close", CITY)
    out = run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))
    digest = sha256_of(Path("serang.zip"))
    assert run("city", "import", "serang.zip", "--sha256", digest)[0] == 0
    monkeypatch.setenv("ALUR_HOME", str(home))

    gone = run("city", "remove", CITY, "serang.zip", "--yes", CITY)

    assert (closed[0], out[0], gone[0]) == (0, 0, 0), (closed, out, gone)
    assert digest in out[1] and f"{digest[:8]} {digest[8:16]}" in out[1] and digest in gone[1]
    verified = run("verify")
    assert verified[0] == 0 and "Diperiksa: 0 kasus, 0 langkah" in verified[1]
    assert [(line["did"], line["sha256"]) for line in _lines(home)] == [("export", digest), ("remove", digest)]
    assert run("city", "remove", CITY, "serang.zip")[2].strip().endswith("sudah pindah dan tidak ada lagi di sini.")
    assert "sudah dipindahkan ke instalasi Alur yang lain" in run("init", CITY)[2]


def test_a_code_that_is_mistyped_removes_nothing(office: Alur, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("city", "close", CITY)
    run("city", "export", CITY, "serang.zip")
    monkeypatch.setattr("sys.stdin", StringIO("serank\n"))

    code, said, err = run("city", "remove", CITY, "serang.zip")

    assert code == 1 and "Ketik kodenya (serang)" in said
    assert "Tidak ada yang dihapus" in err
    assert run("city", "reopen", CITY)[0] == 0
    assert "Semua catatan cocok satu sama lain." in run("verify")[1]


def test_the_doctor_names_a_city_that_is_closed(office: Alur, run: Run) -> None:
    run("city", "close", CITY)

    assert f"alur city reopen {CITY}" in run("doctor")[1]


def test_looking_at_an_archive_changes_nothing(
    office: Alur, run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("city", "export", CITY, "serang.zip")
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))

    code, said, _ = run("city", "import", "serang.zip", "--dry-run")

    assert code == 0 and "dapat dimasukkan" in said
    assert run("city", "export", CITY, "again.zip")[0] == 1
    assert not (elsewhere / "cities.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("export", "kupang", "kupang.zip"), "Yang ada: serang"),
        (("export", CITY, "serang"), "tidak berakhiran .zip"),
        (("export", CITY, "nowhere/serang.zip"), "Buat dahulu folder itu"),
        (("export", CITY, "mine.zip"), "tidak ditimpa"),
        (("import", "serang.zip"), "sudah ada di instalasi ini"),
        (("import", "mine.zip"), "bukan arsip kota yang utuh"),
        (("import", "alur.zip"), "bukan arsip kota"),
        (("import", "nowhere.zip"), "tidak ada"),
        (("import", "serang.zip", "--sha256", "0" * 64), "bukan arsip yang dimaksud"),
        (("remove", CITY, "serang.zip", "--yes", CITY), "masih dibuka"),
        (("close", "kupang"), "Yang ada: serang"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(
    office: Alur, run: Run, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    run("backup", "alur.zip")
    run("city", "export", CITY, "serang.zip")

    code, _, err = run("city", *arguments)

    assert code != 0
    assert reason in err and "Traceback" not in err
    assert not list(tmp_path.glob(".*.part"))


def test_a_city_whose_rules_are_not_installed_is_refused(
    office: Alur, run: Run, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("city", "export", CITY, "serang.zip")
    # An archive that says it is another city's.
    renamed = rewrite(
        tmp_path / "serang.zip", tmp_path / "kupang.zip", lambda _, manifest: manifest.update(city="kupang")
    )
    monkeypatch.setenv("ALUR_HOME", str(elsewhere))

    code, _, err = run("city", "import", renamed)

    assert code == 1
    assert "Plugin kota 'kupang' belum terpasang" in err


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "cities.jsonl").read_text().splitlines()]
