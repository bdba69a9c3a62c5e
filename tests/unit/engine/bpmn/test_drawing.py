"""A diagram is drawn as SVG: all that has a place in it, with names, classes and signs."""

from typing import Any

import pytest
from lxml import etree

from engine.bpmn.drawing import draw_diagram
from engine.errors import DiagramRefused
from engine.scenarios import Walk, draw_coverage, look
from tests.unit.engine.scenarios.ways import release_of, scenarios_of
from webapp.wiring.parts import shipped_releases

SVG = {"s": "http://www.w3.org/2000/svg"}
UNIT = "unit_evaluation"


def drawn(process: str = UNIT, **options: Any) -> Any:
    """Return the picture of a shipped process."""
    return etree.fromstring(draw_diagram(release_of(process).diagram, **options))


@pytest.mark.parametrize("process", sorted(shipped_releases()))
def test_everything_that_runs_is_drawn(process: str) -> None:
    outline, picture = release_of(process).outline, drawn(process)

    ids = set(picture.xpath("//@id", namespaces=SVG))
    assert {f"drawn-{name}" for name in outline.elements} <= ids
    assert {f"drawn-{name}" for name in outline.flows} <= ids


def test_names_are_written_in_the_language_that_is_asked_for() -> None:
    task = release_of(UNIT).outline.elements["set_org_predicate"]

    for language in ("id", "en"):
        (title,) = drawn(language=language).xpath("//s:g[@id='drawn-set_org_predicate']/s:title/text()", namespaces=SVG)
        assert title == task.names[language]


def test_the_picture_has_a_title_a_description_and_a_size_around_all_of_it() -> None:
    picture = drawn(title="Evaluasi")

    assert picture.xpath("string(/s:svg/s:title)", namespaces=SVG) == "Evaluasi"
    assert "Tetapkan" in picture.xpath("string(/s:svg/s:desc)", namespaces=SVG)
    x, y, width, height = map(float, str(picture.get("viewBox")).split())
    assert (x, y) == (140, 60)
    assert (width, height) == (2570, 840)


def test_classes_and_signs_tell_walked_from_missed() -> None:
    picture = drawn(classes={"set_org_predicate": "walked", "take_neutral": "missed"}, signs={"take_neutral": "!"})

    assert len(picture.xpath("//s:g[contains(@class, 'walked')]", namespaces=SVG)) == 1
    assert picture.xpath("string(//s:g[@class='sign'])", namespaces=SVG).strip() == "!"


def test_the_picture_of_coverage_signs_all_that_is_left() -> None:
    release = release_of(UNIT)
    walk = look(release, scenarios_of(UNIT)["unit_set_in_time"]).walk

    picture: Any = etree.fromstring(draw_coverage(release, walk))

    left = len(set(release.outline.elements) - walk.nodes) + len(set(release.outline.flows) - walk.flows)
    assert len(picture.xpath("//s:g[@class='sign']", namespaces=SVG)) == left > 0
    assert b'class="sign"' not in draw_coverage(release, _everything())


def test_a_name_is_text_and_nothing_else() -> None:
    hostile = release_of(UNIT).diagram.replace(b'name="Tetapkan predikat organisasi"', b'name="&lt;script&gt;x"')

    picture: Any = etree.fromstring(draw_diagram(hostile))

    assert not picture.xpath("//*[local-name()='script']")


def test_what_is_no_diagram_is_refused() -> None:
    with pytest.raises(DiagramRefused):
        draw_diagram(b"<!DOCTYPE x><x/>")


def _everything() -> Walk:
    outline = release_of(UNIT).outline
    return Walk(set(outline.elements), set(outline.flows))
