"""Fault 21: an archive that is damaged anywhere is refused, and an import that is broken off opens nothing."""

import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.commands.close_outbox import CloseOutbox
from engine.errors import TenantArriving
from engine.policy.actor import system_actor
from processes.people.records import employee
from tests.faults.history import check_history
from tests.faults.one_city import NAME, OTHER, Place, begin_city, open_place, rewrite, trust
from tests.unit.engine.world import CITY
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive import check_archive, look_at
from webapp.wiring.city_archive.rows import framed, unframed

ROOT = Path(__file__).parents[2]
EMPLOYEES = "tables/employee"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city that was taken out in the midst of its work."""
    with open_place(tmp_path_factory.mktemp("one")) as one:
        begin_city(one)
        one.export()
        return one.folder / "city.zip"


@pytest.fixture
def two(kind: str, tmp_path: Path) -> Iterator[Place]:
    """An empty installation."""
    with open_place(tmp_path, hours=1) as place:
        yield place


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Damage every member in every way, and try what the database has a part in on both kinds."""
    if "harm" in metafunc.fixturenames:
        metafunc.parametrize("harm", ["absent", "cut", "changed", "longer"])
    if "killed_after" in metafunc.fixturenames:
        metafunc.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


def harmed(content: bytes, harm: str) -> bytes | None:
    """Return what becomes of a member."""
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :] if content else b"\0"
    return {"absent": None, "cut": content[:-1] or b"\0", "changed": changed, "longer": content + b"\0"}[harm]


def test_a_member_that_is_not_what_it_was_is_refused(archive: Path, two: Place, harm: str) -> None:
    names = check_archive(archive).members
    with zipfile.ZipFile(archive) as content:
        members = {name: content.read(name) for name in content.namelist()}
    for number, name in enumerate(names):
        spoilt = two.folder / f"{number}.zip"
        with zipfile.ZipFile(spoilt, "w") as target:
            for member, whole in members.items():
                written = harmed(whole, harm) if member == name else whole
                if written is not None:
                    target.writestr(member, written)

        with pytest.raises(ArchiveError, match="rusak"):
            two.take_in(spoilt)
    assert (two.rows(), len(names) > 45) == ({}, True)


def test_a_member_that_nobody_speaks_of_is_refused(archive: Path, two: Path, tmp_path: Path) -> None:
    spoilt = rewrite(archive, tmp_path / "more.zip", lambda members, _manifest: members.update({"more": b"1"}))

    with pytest.raises(ArchiveError, match="tidak sesuai dengan daftarnya"):
        check_archive(spoilt)


@pytest.mark.parametrize(
    "lie",
    [
        lambda manifest: manifest.update(city=OTHER),
        lambda manifest: manifest.update(step="0001"),
        lambda manifest: manifest.update(format=2),
        lambda manifest: manifest.update(kind="alur"),
        lambda manifest: manifest["tables"].update(employee=3),
        lambda manifest: manifest["tables"].pop("employee"),
        lambda manifest: manifest["audit"].update(chain="0" * 64),
        lambda manifest: manifest["audit"].update(rows=1),
        lambda manifest: manifest["members"].pop("jobs"),
        lambda manifest: manifest.pop("members"),
        lambda manifest: manifest["members"].update({"../alur.db": {"size": 0, "sha256": ""}}),
    ],
)
def test_a_manifest_that_lies_is_refused(archive: Path, two: Place, lie: Callable[[Any], object]) -> None:
    spoilt = rewrite(archive, two.folder / "lie.zip", lambda _members, manifest: lie(manifest))

    with pytest.raises(ArchiveError):
        two.take_in(spoilt)

    assert two.rows() == {}


def test_a_file_that_ends_anywhere_or_has_a_wrong_bit_is_refused(archive: Path, two: Place) -> None:
    content, random = archive.read_bytes(), Random(21)
    spoilt = two.folder / "spoilt.zip"
    for place in random.sample(range(len(content)), 60):
        spoilt.write_bytes(content[:place])
        with pytest.raises(ArchiveError):
            look_at(two.target, spoilt)
    for place in random.sample(range(len(content)), 200):
        spoilt.write_bytes(content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1 :])
        try:
            manifest = look_at(two.target, spoilt)
        except ArchiveError:
            continue
        # Dates and the like of a member may be other ones; what it holds may not.
        assert manifest == check_archive(archive)


def of_another_city(rows: list[list[Any]]) -> None:
    """Let a row be another city's."""
    rows[0][employee.c.keys().index("tenant")] = OTHER


def too_short(rows: list[list[Any]]) -> None:
    """Let a row have too few values."""
    rows[0].pop()


def not_a_number(rows: list[list[Any]]) -> None:
    """Let a number be none."""
    rows[0][0] = b"number"


def twice(rows: list[list[Any]]) -> None:
    """Let a row stand there twice."""
    rows.append(rows[0])


def nobody(rows: list[list[Any]]) -> None:
    """Let somebody be gone whom others refer to."""
    rows.pop(0)


@pytest.mark.parametrize("forge", [of_another_city, too_short, not_a_number, twice, nobody])
def test_rows_that_do_not_belong_there_are_refused_whatever_the_manifest_says(
    archive: Path, two: Place, forge: Callable[[list[list[Any]]], object], tmp_path: Path
) -> None:
    def change(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
        rows = list(unframed(BytesIO(members[EMPLOYEES])))
        forge(rows)
        members[EMPLOYEES] = b"".join(map(framed, rows))
        manifest["tables"]["employee"] = len(rows)
        trust(members, manifest)

    forged = rewrite(archive, tmp_path / "forged.zip", change)

    with pytest.raises(ArchiveError, match=r"rusak|menolak|tidak terbaca kembali"):
        two.take_in(forged)

    assert two.rows() == {}


def test_a_file_with_another_content_is_refused(archive: Path, two: Place) -> None:
    def change(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
        members[f"files/{NAME}"] += b"more"
        trust(members, manifest)

    forged = rewrite(archive, two.folder / "forged.zip", change)

    with pytest.raises(ArchiveError, match="rusak"):
        two.take_in(forged)

    assert (two.rows(), two.files.exists(NAME)) == ({}, False)


@pytest.mark.parametrize(
    "killed_after",
    ["journal", *(pytest.param(table, marks=pytest.mark.long) for table in ("audit", "tenant", "incident_data"))],
)
def test_killed_in_the_middle_the_city_is_closed_and_a_second_run_finishes(
    archive: Path, kind: str, tmp_path: Path, killed_after: str
) -> None:
    command = [sys.executable, "-m", "tests.faults.taking_in", str(tmp_path), str(archive), killed_after]
    ended = subprocess.run(command, cwd=ROOT, check=False)

    with open_place(tmp_path, hours=1) as two:
        assert ended.returncode == -signal.SIGKILL
        with pytest.raises(TenantArriving):
            two.world.engine.run(CloseOutbox(1), system_actor(CITY))
        assert not list((tmp_path / "files").glob("??"))  # they wait, and are swept out at night

        two.take_in(archive)
        assert check_history(two.world).completions == 3
        assert two.files.verify(NAME)
