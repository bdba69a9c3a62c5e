"""New processes: nearly empty ones, and copies of others."""

import json

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from engine.designs.beginning import copy_process, empty_process, process_id
from engine.designs.commenting import MOST_COMMENTS
from engine.designs.storable import check_storable
from engine.dmn.editing import NewColumn, new_table
from processes.appraisal.definitions import PROCESSES, catalogue, release_files


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Izin Belajar", (), "izin_belajar"),
        ("Izin Belajar", ("izin_belajar", "izin_belajar_2"), "izin_belajar_3"),
        ("2026: izin", (), "proses_2026_izin"),
        ("مرحبا", (), "proses"),
    ],
)
def test_a_name_gives_an_id_that_nobody_has(name: str, taken: tuple[str, ...], expected: str) -> None:
    assert process_id(name, taken) == expected


def test_an_empty_process_is_whole_but_for_who_does_its_step() -> None:
    files = empty_process("izin", 'Izin "belajar" & lain', "Leave to study")

    assert check_storable(files) == ()
    problems = check_release(files, Catalogue(frozenset(), frozenset({"any"})))
    assert {(found.element, found.code) for found in problems if found.severity == "error"} == {
        ("first_step", "assignment"),
        ("first_step", "unknown_form"),
    }


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("<!-- Pasal 3 -->", []),
        ("<!-- Pasal \u202e3 -->", ["hidden_in_comment"]),
        ("<!---->" * MOST_COMMENTS, []),
        ("<!---->" * (MOST_COMMENTS + 1), ["too_many_comments"]),
    ],
)
def test_comments_are_few_and_show_all_that_they_say(said: str, codes: list[str]) -> None:
    files = {
        **empty_process("izin", "Izin", "Leave"),
        "a.dmn": new_table("a", "A", [], [NewColumn("B", "b", "string")]),
    }
    files = {name: content + said.encode() if "/" not in name else content for name, content in files.items()}

    problems = check_storable(files)

    assert [(found.element, found.code) for found in problems] == [
        (name, code) for name in ("a.dmn", "izin.bpmn") for code in codes
    ]


@pytest.mark.parametrize("process", PROCESSES)
def test_a_copy_is_a_process_of_its_own_and_as_good_as_the_other(process: str) -> None:
    given = release_files(process)
    files = copy_process({**given, "scenarios/a.json": b'{"process": "x"}'}, "salinan", "Salinan", "Copy")

    assert [name for name in files if name.endswith(".bpmn")] == ["salinan.bpmn"]
    assert json.loads(files["scenarios/a.json"]) == {"process": "salinan"}
    before, after = (
        {(found.element, found.code) for found in check_release(content, catalogue())}
        for content in (given, {name: content for name, content in files.items() if "scenarios" not in name})
    )
    assert after == before
    assert f'"{process}"'.encode() not in files["salinan.bpmn"]
