"""The manual of a process: what it says of each step, and pages that archives and screen readers take."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask, g

from engine.bpmn.drawing import draw_diagram
from processes.training.definitions import release_files
from processes.training.variables import NOMINATION
from webapp.studio.manual.content import Source, manual_of
from webapp.studio.manual.printing import print_manual
from webapp.wiring import shipped_releases

MADE_AT = datetime(2026, 11, 23, tzinfo=UTC)
HOSTILE = '#panic("read") $ \\ [ ] {{ <x> @y // "'


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The reader's language."""
    with Flask("reader").test_request_context():
        g.language = request.param
        yield request.param


def diagram_of(files: dict[str, bytes]) -> bytes:
    return next(content for name, content in files.items() if name.endswith(".bpmn"))


def printed(files: dict[str, bytes], language: str) -> bytes:
    manual = manual_of(Source(files, "Rilis 1", "Kota Serang"), language)  # type: ignore[arg-type]
    return print_manual(manual, draw_diagram(diagram_of(files), language=language), MADE_AT)


def test_a_manual_says_who_does_what_and_what_comes_next(language: str) -> None:
    manual = manual_of(Source(release_files(NOMINATION), "1", "Serang"), language)  # type: ignore[arg-type]

    step = next(
        item for item in manual["steps"] if item["name"] in ("Setujui usulan pelatihan", "Approve the nomination")
    )
    assert step["lane"] == {"id": "Atasan", "en": "Superior"}[language]
    assert step["nexts"][0]["to"].startswith("9 ")
    assert ["superior"] in [fact[1:] for fact in step["facts"]]
    assert step["note"]
    assert len(manual["forms"]) == 4 and len(manual["tables"]) == 2
    assert all(len(rule) == len(table["heads"]) for table in manual["tables"] for rule in table["rules"])


@pytest.mark.parametrize("process", sorted(shipped_releases()))
def test_every_shipped_process_is_printed_for_archives_and_screen_readers(process: str) -> None:
    # Typst itself refuses what breaks PDF/A-2a or PDF/UA-1.
    with Flask("reader").test_request_context():
        g.language = "en"
        made = printed(dict(shipped_releases()[process]), "en")

    assert made.startswith(b"%PDF-1.7") and b"/StructTreeRoot" in made


def test_the_same_manual_gives_the_same_bytes() -> None:
    with Flask("reader").test_request_context():
        g.language = "id"
        assert printed(release_files(NOMINATION), "id") == printed(release_files(NOMINATION), "id")


def test_what_people_wrote_is_never_read_as_markup() -> None:
    files = release_files(NOMINATION)
    name = f"{NOMINATION}.bpmn"
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()
    files[name] = files[name].replace(b'name="Kumpulkan kesenjangan dan JP"', b'name="' + escaped + b'"')
    with Flask("reader").test_request_context():
        g.language = "id"
        manual = manual_of(Source(files, HOSTILE, HOSTILE), "id")
        assert [item["name"] for item in manual["steps"]].count(HOSTILE) == 1
        assert printed(files, "id").startswith(b"%PDF")


def test_signs_that_no_font_has_and_a_shape_far_away_are_printed_all_the_same() -> None:
    files = release_files(NOMINATION)
    name = f"{NOMINATION}.bpmn"
    odd = files[name].replace(b'name="Catat usulan"', 'name="Catat 😀 記録"'.encode())
    odd = odd.replace(b'name="Usulan pelatihan"', b'name=""')
    files[name] = odd.replace(b'<dc:Bounds x="', b'<dc:Bounds x="9', 1)
    with Flask("reader").test_request_context():
        g.language = "id"
        assert printed(files, "id").startswith(b"%PDF")
        files[name] = files[name].replace(b'<dc:Bounds x="', b'<dc:Bounds x="99999999', 1)
        assert len(printed(files, "id")) < 1_000_000
        files[name] = re.sub(rb'<dc:Bounds x="[0-9.]+"', b'<dc:Bounds x="1e308"', files[name], count=1)
        assert printed(files, "id").startswith(b"%PDF")
