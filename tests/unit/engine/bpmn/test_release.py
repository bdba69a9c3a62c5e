"""A release is its files and no others: what is not read, or read only in part, is refused."""

from pathlib import Path

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release, compile_release
from tests.unit.engine.diagrams import end, path, start, text, user

CATALOGUE = Catalogue(frozenset(), frozenset({"any"}))
DIAGRAM = text(start(), user("x"), end(), path("begin", "x", "done")).encode()
TABLE = (Path(__file__).parents[1] / "dmn" / "rating_matrix.dmn").read_bytes()


def codes(**more: bytes) -> list[tuple[str, str]]:
    """Return what is wrong with the diagram and these files beside it, as (file, code)."""
    files = {"a.bpmn": DIAGRAM, **more}
    return [(item.element, item.code) for item in check_release(files, CATALOGUE)]


def test_a_diagram_with_a_table_and_a_form_is_a_release() -> None:
    files = {"a.bpmn": DIAGRAM, "b.dmn": TABLE, "forms/ask.json": b'{"fields": [{"options": ["a"]}]}'}

    release = compile_release(files, CATALOGUE)

    assert set(release.forms) == {"ask"}


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"a":' * 30 + b"1" + b"}" * 30,
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        rb'{"a": "\ud800"}',
        rb'{"\udfff": 1}',
        b'{"a": "\xed\xa0\x80"}',
        b"\xff\xfe",
        b"{",
        b"",
    ],
)
def test_a_form_that_cannot_be_read_is_said_whatever_its_depth(content: bytes) -> None:
    assert codes(**{"forms/ask.json": content}) == [("forms/ask.json", "form_not_json")]


@pytest.mark.parametrize("content", [b"[]", b"1", b'"text"', b"true"])
def test_a_form_is_one_object(content: bytes) -> None:
    assert codes(**{"forms/ask.json": content}) == [("forms/ask.json", "form_not_object")]


@pytest.mark.parametrize(
    "name",
    ["evil.py", "notes.txt", "forms/../../x.json", "/etc/passwd", "forms/x.py", "forms/a/b.json", "b/c.dmn", "x.json"],
)
def test_a_file_that_nobody_reads_is_refused(name: str) -> None:
    assert (name, "unknown_file") in codes(**{name: b"{}"})


def test_a_decision_that_is_there_twice_is_refused() -> None:
    assert codes(**{"b.dmn": TABLE, "c.dmn": TABLE}) == [("c.dmn", "duplicate_decision")]


def test_without_one_diagram_the_other_files_are_checked_all_the_same() -> None:
    files = {"a.bpmn": DIAGRAM, "b.bpmn": DIAGRAM, "c.dmn": b"<no/>", "forms/ask.json": b"{"}

    found = [item.code for item in check_release(files, CATALOGUE)]

    assert found == ["one_diagram", "dmn_unreadable", "form_not_json"]
