"""Whatever is done to a diagram, the check answers with problems in both languages, and never with a traceback."""

from random import Random

import pytest
from lxml import etree

from engine.bpmn.release import check_release
from processes.appraisal.definitions import PROCESSES, release_files
from tests.unit.engine.bpmn.drawings import CATALOGUE, around, call, edge, event_sub, inside, process, sub, whole
from tests.unit.engine.bpmn.mangling import mangled
from tests.unit.engine.bpmn.wide_diagrams import wide_diagram
from tests.unit.engine.diagrams import user

DRAWN = [
    *(content for name in PROCESSES for file, content in release_files(name).items() if file.endswith(".bpmn")),
    *(wide_diagram(Random(seed), 2).encode() for seed in range(10)),
    whole(*around(call("x", "other")), event_sub("on", "signal"), beside=process("other", *inside("other"))).encode(),
    whole(*around(sub("x", *inside("x", "y", user("y")))), edge("edge", "x", "timer", calm=True)).encode(),
]


@pytest.mark.parametrize("drawn", range(len(DRAWN)))
def test_a_mangled_diagram_is_answered(drawn: int) -> None:
    for seed in range(60):
        content = mangled(DRAWN[drawn], Random(seed))
        for problem in check_release({"a.bpmn": content}, CATALOGUE):
            assert problem.message("id") and problem.message("en") and problem.severity in ("error", "warning")


@pytest.mark.parametrize("cut", range(0, 2000, 97))
def test_half_a_file_is_answered(cut: int) -> None:
    assert check_release({"a.bpmn": DRAWN[-1][:cut]}, CATALOGUE)


def test_a_mangled_diagram_stays_a_diagram_often_enough_to_be_worth_it() -> None:
    roots = [etree.fromstring(mangled(DRAWN[0], Random(seed))).tag for seed in range(40)]

    assert roots.count(etree.fromstring(DRAWN[0]).tag) > 30
