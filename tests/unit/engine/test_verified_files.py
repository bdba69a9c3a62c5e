"""The history checker reads every file that somebody handed in: it names what is gone, cut or changed, and the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal, select

from engine.commands.save_draft import SaveDraft
from engine.policy.actor import Actor
from engine.queries.verification import Extensions, Finding, Tally, Weight, verify
from engine.records.files import FileStore, StoredFile
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World, open_world

ANN = 11
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which people hand in files, twice."""
    with open_world(tmp_path) as opened:
        parts = start(), user("write", "11"), user("again", "11"), end()
        opened.deploy(diagram(tmp_path, *parts, path("begin", "write", "again", "done")))
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def named(stored: StoredFile) -> dict[str, Any]:
    return {
        "sha256": stored.sha256, "filename": stored.filename, "media_type": stored.media_type, "size": stored.size,
    }  # fmt: skip


def uploaded(files: FileStore, more: bytes = b"") -> StoredFile:
    return files.put(PDF + more + b"%%EOF", filename="bukti.pdf", limit=1000)


def handed_in(world: World, files: FileStore, key: str = "1", more: bytes = b"") -> tuple[int, StoredFile]:
    """Hand in a file with a step of a new case; return both."""
    stored = uploaded(files, more)
    files.claim(stored.sha256)
    case_id = world.start("test", key)
    row = next(row for row in world.tasks(ANN) if (row.case_id, row.element) == (case_id, "write"))
    world.complete(ANN, row, evidence=[named(stored)])
    return case_id, stored


def place(files: FileStore, stored: StoredFile) -> Path:
    return files.root / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256


def found(world: World, files: FileStore, case_id: int | None = None) -> tuple[list[Finding], Tally]:
    with world.engine.database.reading() as read:
        run = verify(read, world.directory, case_id=case_id, files=files)
        return list(run.findings()), run.tally


def test_what_was_handed_in_and_is_whole_is_counted_once(world: World, files: FileStore) -> None:
    handed_in(world, files)
    handed_in(world, files, "2")

    findings, tally = found(world, files)

    assert (findings, tally.files) == ([], 1)


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-3])


def change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"1.7", b"1.6"))


def tangle(path: Path) -> None:
    """Make it what no disk gives, whoever asks: root reads through every permission."""
    path.unlink()
    path.symlink_to(path)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "file_missing": remove, "file_size": cut, "file_changed": change, "file_unreadable": tangle,
}  # fmt: skip


@pytest.mark.parametrize("code", DAMAGES)
def test_each_damage_is_named_with_its_case(world: World, files: FileStore, code: str) -> None:
    case_id, stored = handed_in(world, files)
    handed_in(world, files, "2", b"another")

    DAMAGES[code](place(files, stored))

    findings, tally = found(world, files)
    assert [(item.code, item.case, item.params) for item in findings] == [(code, case_id, {"file": stored.sha256})]
    assert tally.errors == 1


def test_one_case_alone_is_asked_for_its_own_files(world: World, files: FileStore) -> None:
    first, stored = handed_in(world, files)
    second, _ = handed_in(world, files, "2", b"another")
    place(files, stored).unlink()

    of_first, of_second = found(world, files, first), found(world, files, second)

    assert ([item.code for item in of_first[0]], of_first[1].files) == (["file_missing"], 1)
    assert (of_second[0], of_second[1].files) == ([], 1)


def test_what_no_row_names_is_a_note(world: World, files: FileStore) -> None:
    stored = uploaded(files)
    files.claim(stored.sha256)
    uploaded(files, b"still waits for its form")

    findings, tally = found(world, files)

    assert [(item.code, item.weight, item.params["file"]) for item in findings] == [
        ("file_unused", Weight.NOTE, stored.sha256)
    ]
    assert tally.errors == 0


def test_a_file_of_a_draft_is_no_error_for_it_can_be_chosen_again(world: World, files: FileStore) -> None:
    case_id, waiting = world.start("test"), uploaded(files)
    (row,) = world.tasks(ANN)
    world.engine.run(SaveDraft(case_id, row.token, {"evidence": [named(waiting)]}), Actor(CITY, ANN))
    assert found(world, files)[0] == []

    (files.root / "waiting" / waiting.sha256).unlink()

    for only in (None, case_id):
        findings, tally = found(world, files, only)
        assert [item.code for item in findings] == ["file_of_draft_missing"]
        assert tally.errors == 0


def test_rows_of_a_process_are_read_as_well(world: World, files: FileStore) -> None:
    rows = select(literal("0" * 64).label("sha256"), literal(7).label("size"))

    with world.engine.database.reading() as read:
        run = verify(read, world.directory, more=Extensions(file_rows=[rows]), files=files)
        findings = list(run.findings())

    assert [(item.code, item.params["file"]) for item in findings] == [("file_missing", "0" * 64)]
