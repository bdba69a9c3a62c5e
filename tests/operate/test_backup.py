"""A backup holds everything, is made while people work, and makes an installation anywhere else."""

import os
import stat
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.commands.save_draft import SaveDraft
from engine.policy.actor import Actor
from engine.queries.inbox import my_tasks
from engine.records.backup import examine
from processes.people.queries import employee_by_nip
from tests.functional.quarter_world import CITY
from tests.operate.conftest import RECORDED, Run, restore_recorded
from tests.operate.recorded import open_installation
from webapp.demo import personas
from webapp.wiring import Alur
from webapp.wiring.backups import read_manifest

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds; only what is broken takes them


def appraiser_of(alur: Alur) -> int:
    """Return the persona who has people to rate."""
    nip = next(persona.nip for persona in personas(CITY) if persona.key == "appraiser")
    with alur.database.reading() as read:
        person = employee_by_nip(read, CITY, nip)
    assert person is not None
    return person.id


def test_a_backup_restored_elsewhere_is_the_same_installation(
    office: Alur, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = run("backup", "alur.zip")
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "elsewhere"))

    restored = run("restore", "alur.zip")

    assert (backup[0], restored[0]) == (0, 0)
    assert "utuh" in backup[1] and "dipulihkan" in restored[1]
    with (
        closing(open_installation(tmp_path / "elsewhere")) as other,
        closing(open_installation(tmp_path / "home")) as one,
    ):
        assert examine(other.settings.home / "alur.db") == examine(one.settings.home / "alur.db")
        person = Actor(CITY, appraiser_of(one))
        assert other.engine.read(my_tasks, person) == one.engine.read(my_tasks, person)
    assert sorted(path.name for path in (tmp_path / "elsewhere" / "files").rglob("*") if path.is_file()) == sorted(
        path.name for path in (tmp_path / "home" / "files").rglob("*") if path.is_file()
    )


def test_only_the_owner_may_read_a_backup_and_what_is_restored_of_it(office: Alur, run: Run, tmp_path: Path) -> None:
    run("backup", "alur.zip")
    (tmp_path / "home").rename(tmp_path / "before")

    run("restore", "alur.zip")

    private = [tmp_path / "alur.zip", tmp_path / "home" / "secrets.json", tmp_path / "home" / "alur.db"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600] * 3


def test_the_manifest_says_what_is_in_it_and_how_it_was_set_up(
    office: Alur, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALUR_IDLE_MINUTES", "35")
    monkeypatch.setenv("ALUR_DATABASE_DIRECT_URL", "postgresql://alur:geheim@db/alur")

    run("backup", "alur.zip")

    manifest = read_manifest(Path("alur.zip"))
    assert manifest.tables["process_case"] == 340
    assert manifest.settings == {"ALUR_IDLE_MINUTES": "35"}
    assert {"alur.db", "secrets.json"} < set(manifest.members) and len(manifest.files) == 1


def test_a_backup_made_while_people_write_is_one_moment(office: Alur, run: Run, tmp_path: Path) -> None:
    person, stop, wrote = appraiser_of(office), Event(), Event()
    task = office.engine.read(my_tasks, Actor(CITY, person)).rows[0]

    def write() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            office.engine.run(SaveDraft(task.case_id, task.token, {"note": str(turn)}), Actor(CITY, person))
            wrote.set()

    def back_up(number: int) -> int:
        wrote.clear()
        assert wrote.wait(PATIENCE)
        return run("backup", f"{number}.zip")[0]

    writer = Thread(target=write)
    writer.start()
    try:
        codes = [back_up(number) for number in range(3)]
    finally:
        stop.set()
        writer.join()

    counted = [read_manifest(tmp_path / f"{number}.zip").tables["audit"] for number in range(3)]
    assert codes == [0, 0, 0]
    assert counted[0] < counted[1] < counted[2]
    assert [run("backup", "--check", f"{number}.zip")[0] for number in range(3)] == [0, 0, 0]


def test_in_a_folder_a_backup_gets_its_name_from_the_moment_and_nothing_is_left_beside_it(
    office: Alur, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()

    code, out, _ = run("backup", "backups")

    (made,) = (tmp_path / "backups").iterdir()
    assert code == 0
    assert made.name.startswith("alur-20") and str(made.name) in out


def test_a_backup_that_is_there_is_never_replaced(office: Alur, run: Run, tmp_path: Path) -> None:
    (tmp_path / "alur.zip").write_text("mine")

    code, _, err = run("backup", "alur.zip")

    assert code == 1
    assert "sudah ada dan tidak ditimpa" in err
    assert (tmp_path / "alur.zip").read_text() == "mine"


def test_a_folder_that_is_missing_is_not_taken_for_a_file(office: Alur, run: Run, tmp_path: Path) -> None:
    code, _, err = run("backup", tmp_path / "backups")

    assert code == 1
    assert "Buat dahulu foldernya" in err
    assert not (tmp_path / "backups").exists()


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(
    office: Alur, run: Run, home: Path, tmp_path: Path
) -> None:
    blocked = home / "files" / "aa" / "bb" / ("a" * 64)
    blocked.parent.mkdir(parents=True)
    os.mkfifo(blocked)  # whoever reads it waits for ever
    program = "from webapp.cli import main; main(['backup', 'alur.zip'])"
    process = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)})
    while not (tmp_path / ".alur.zip.part").exists():
        assert process.poll() is None
        time.sleep(0.02)

    process.kill()
    process.wait()

    assert not (tmp_path / "alur.zip").exists()
    blocked.unlink()
    assert run("backup", "alur.zip")[0] == 0


def test_a_database_beside_the_folder_goes_back_beside_it(
    office: Alur, run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")
    (tmp_path / "disk").mkdir()
    monkeypatch.setenv("ALUR_DATABASE_URL", f"sqlite:///{tmp_path / 'disk' / 'records.db'}")

    code, _, _ = run("restore", "alur.zip")

    assert code == 0
    assert examine(tmp_path / "disk" / "records.db").tables["process_case"] == 340
    assert not (home / "alur.db").exists() and (home / "secrets.json").exists()


def test_without_an_installation_there_is_nothing_to_back_up(run: Run, home: Path, tmp_path: Path) -> None:
    code, _, err = run("backup", "alur.zip")

    assert code == 1
    assert "belum ada instalasi Alur" in err
    assert not home.exists() and not (tmp_path / "alur.zip").exists()


def test_evidence_that_lost_a_part_on_the_disk_is_named_and_the_backup_made_all_the_same(
    office: Alur, run: Run, home: Path
) -> None:
    (file,) = (path for path in (home / "files").glob("??/??/*"))
    file.chmod(0o600)
    file.write_bytes(b"%PDF-1.4 cut")

    code, out, err = run("backup", "alur.zip")

    assert code == 1
    assert "utuh" in out and file.name in err
    assert read_manifest(Path("alur.zip")).damaged == (f"files/{file.relative_to(home / 'files')}",)


def test_a_damaged_database_is_not_passed_off_as_a_backup(run: Run, home: Path, tmp_path: Path) -> None:
    restore_recorded(home)
    pages = bytearray((home / "alur.db").read_bytes())
    pages[4096 * 200 : 4096 * 220] = b"\xff" * (4096 * 20)
    (home / "alur.db").write_bytes(pages)

    code, _, err = run("backup", "alur.zip")

    assert code == 1
    assert "rusak" in err
    assert not list(tmp_path.glob("*alur.zip*"))


@pytest.mark.parametrize("place", ["member", "end", "manifest"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    office: Alur, run: Run, home: Path, tmp_path: Path, place: str
) -> None:
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")
    content = bytearray((tmp_path / "alur.zip").read_bytes())
    damaged = {
        "member": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        "end": content[:-1000],
        "manifest": content.replace(b"manifest.json", b"manifest.jsou"),
    }
    (tmp_path / "alur.zip").write_bytes(damaged[place])

    code, _, err = run("restore", "alur.zip")

    assert code == 1
    assert "rusak" in err or "bukan cadangan Alur" in err
    assert not home.exists()


def test_a_backup_with_another_content_than_its_manifest_says_is_refused(
    office: Alur, run: Run, home: Path, tmp_path: Path
) -> None:
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")
    with zipfile.ZipFile(tmp_path / "alur.zip", "a") as archive:
        archive.writestr("../outside", "evil")

    code, _, err = run("restore", "alur.zip")

    assert code == 1
    assert "tidak sesuai dengan daftarnya" in err
    assert not home.exists() and not (tmp_path / "outside").exists()


def test_a_restore_overwrites_nothing(office: Alur, run: Run, home: Path) -> None:
    run("backup", "alur.zip")
    before = (home / "secrets.json").read_bytes()

    code, _, err = run("restore", "alur.zip")

    assert code == 1
    assert "tidak kosong" in err
    assert (home / "secrets.json").read_bytes() == before


@pytest.mark.parametrize("command", [("restore", RECORDED), ("serve",), ("doctor",), ("init", "serang")])
def test_where_a_restore_was_interrupted_nothing_is_begun(run: Run, home: Path, command: tuple[object, ...]) -> None:
    (home / ".restoring").mkdir(parents=True)
    (home / "secrets.json").touch(mode=0o600)

    code, _, err = run(*command)

    assert code == 1
    assert "terhenti" in err and "Kosongkan folder itu" in err
    assert (home / "secrets.json").read_bytes() == b""


def test_a_backup_of_a_newer_alur_is_refused(office: Alur, run: Run, home: Path, tmp_path: Path) -> None:
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")

    code, _, err = run("restore", "alur.zip")

    assert code == 1
    assert "9999" in err and "lebih baru" in err
    assert not home.exists()


def test_a_trial_restore_reads_everything_and_writes_nothing(
    office: Alur, run: Run, home: Path, tmp_path: Path
) -> None:
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")

    code, out, _ = run("restore", "--dry-run", "alur.zip")

    assert code == 0
    assert "utuh" in out
    assert not home.exists()
