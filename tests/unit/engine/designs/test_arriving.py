"""Files that somebody brings: put in their places, and nothing hostile let in."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest

from engine.designs.arriving import unpack_brought
from engine.errors import DiagramRefused

DIAGRAM, FORM, TABLE = b"<diagram/>", b'{"fields": []}', b"<table/>"
SCENARIO = b'{"process": "p", "steps": []}'


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    found = BytesIO()
    with zipfile.ZipFile(found, "w", packed) as made:
        for name, content in entries:
            made.writestr(name, content, compress_type=packed)
    return found.getvalue()


def refusal(*brought: tuple[str, bytes]) -> str:
    with pytest.raises(DiagramRefused) as refused:
        unpack_brought(brought)
    (found,) = refused.value.problems
    return found.code


def test_loose_files_are_put_where_a_release_has_them() -> None:
    brought = ("p.bpmn", DIAGRAM), ("t.dmn", TABLE), ("f.json", FORM), ("s.json", SCENARIO)

    assert unpack_brought(brought) == {
        "p.bpmn": DIAGRAM,
        "t.dmn": TABLE,
        "forms/f.json": FORM,
        "scenarios/s.json": SCENARIO,
    }


def test_an_archive_of_a_folder_is_unpacked_without_what_belongs_to_no_process() -> None:
    content = archive(
        ("training/p.bpmn", DIAGRAM),
        ("training/forms/f.json", FORM),
        ("training/scenarios/s.json", SCENARIO),
        ("training/README.md", b"text"),
        ("training/.git/x.json", FORM),
        ("__MACOSX/p.bpmn", b"x"),
    )

    assert unpack_brought([("p.zip", content)]) == {
        "p.bpmn": DIAGRAM,
        "forms/f.json": FORM,
        "scenarios/s.json": SCENARIO,
    }


@pytest.mark.parametrize("name", ["../p.bpmn", "/p.bpmn", "a/../../p.bpmn", "c:p.bpmn", "a\\p.bpmn", "p\u202e.bpmn"])
def test_a_name_that_leads_elsewhere_or_misleads_is_refused(name: str) -> None:
    assert refusal((name, DIAGRAM)) == "bad_path"


def test_hostile_archives_are_refused() -> None:
    link = zipfile.ZipInfo("p.bpmn")
    link.external_attr = 0o120777 << 16
    whole = archive(("p.bpmn", DIAGRAM * 50))

    assert refusal(("a.zip", archive((link, b"/etc/passwd")))) == "archive_unreadable"
    assert refusal(("a.zip", b"PK not really")) == "archive_unreadable"
    assert refusal(("a.zip", whole[:40] + b"\xff" * 8 + whole[48:])) == "archive_unreadable"
    assert refusal(("a.zip", archive(("../p.bpmn", DIAGRAM)))) == "bad_path"
    assert refusal(("a.zip", archive(("p.bpmn", DIAGRAM), packed=zipfile.ZIP_LZMA))) == "archive_unreadable"


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    bomb = archive(("p.bpmn", b"\0" * (40 << 20)))
    many = archive(*((f"{number}.bpmn", DIAGRAM) for number in range(400)))
    wide = archive(*((f"{number}.bpmn", b"\0" * (2 << 20)) for number in range(9)))

    assert len(bomb) < 100_000
    assert {refusal(("a.zip", content)) for content in (bomb, many, wide)} == {"too_much"}


def test_all_that_is_brought_together_has_the_bounds_of_one_archive() -> None:
    big, small = (archive(("p.bpmn", b"\0" * size)) for size in (2 << 20, 1))
    loose = b"\0" * (9 << 20)
    opened = []

    def brought(content: bytes, count: int) -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            opened.append(number)
            yield f"{number}.zip", content

    for content, count, most in ((big, 300, 9), (small, 400, 301)):
        opened.clear()
        assert refusal(*brought(content, 9)) == ("too_much" if content is big else "file_twice")
        opened.clear()
        with pytest.raises(DiagramRefused) as refused:
            unpack_brought(brought(content, count))
        assert refused.value.problems[0].code == "too_much" and len(opened) == most
    assert refusal(("p.bpmn", loose), ("q.bpmn", loose)) == "too_much"


def test_two_files_of_one_name_are_refused() -> None:
    assert refusal(("p.bpmn", DIAGRAM), ("a.zip", archive(("p.bpmn", DIAGRAM)))) == "file_twice"
