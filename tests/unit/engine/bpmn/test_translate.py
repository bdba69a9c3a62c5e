"""What a reader of English gets: the diagram with its English labels as names, and the words about each step."""

import pytest

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.translate import in_english
from processes.appraisal.definitions import PROCESSES, release_files


def diagram_of(process: str) -> bytes:
    return next(content for name, content in release_files(process).items() if name.endswith(".bpmn"))


@pytest.mark.parametrize("process", PROCESSES)
def test_every_name_in_the_picture_is_the_english_label(process: str) -> None:
    outline, _problems = read_outline(read_xml(diagram_of(process), process), process)
    drawn, _problems = read_outline(read_xml(in_english(diagram_of(process)), process), process)

    assert outline is not None
    assert drawn is not None
    assert {name: element.names["id"] for name, element in drawn.elements.items()} == {
        name: element.names["en"] for name, element in outline.elements.items()
    }
    assert [lane.names["id"] for lane in drawn.lanes] == [lane.names["en"] for lane in outline.lanes]


@pytest.mark.parametrize("process", PROCESSES)
def test_a_pool_bears_the_name_of_its_process(process: str) -> None:
    root = read_xml(in_english(diagram_of(process)), process)

    names = {node.get("name") for node in root.iter("{*}participant", "{*}process")}
    assert len(names) == 1
    assert names.isdisjoint(node.get("name") for node in read_xml(diagram_of(process), process).iter("{*}process"))


@pytest.mark.parametrize("process", PROCESSES)
def test_what_is_said_about_a_step_is_said_in_both_languages(process: str) -> None:
    outline, _problems = read_outline(read_xml(diagram_of(process), process), process)

    assert outline is not None
    said = [element.documentation for element in outline.elements.values() if element.documentation["id"]]
    assert said
    assert not [words for words in said if words["id"] == words["en"]]
