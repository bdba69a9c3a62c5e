"""Whatever is done to a diagram, the check answers in both languages, never with a traceback, and says what it is."""

import re
from random import Random

import pytest
from lxml import etree

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release, compile_release
from engine.bpmn.run import CaseRun
from processes.appraisal.definitions import PROCESSES, release_files
from tests.unit.engine.bpmn.drawings import CATALOGUE, around, call, edge, event_sub, inside, process, sub, whole
from tests.unit.engine.bpmn.mangling import mangled, tweaked
from tests.unit.engine.bpmn.quiet import Quiet
from tests.unit.engine.bpmn.test_clean_runs import DRAWN as SMALL
from tests.unit.engine.bpmn.test_verdicts import troubles
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


OTHER = process("other", *inside("other", "z", user("z")))
ONE_OF_EACH = [
    whole(*parts, beside=OTHER if any("calledElement" in part for part in parts) else "").encode()
    for parts in SMALL.values()
]
#: An incident because a variable has no value, or the wrong one, is one of the case and not of the diagram.
MISSING = re.compile("gives (None|no )|Nobody is named|No condition")
#: Changed, these leave what is executed as it is: unused definitions, what is only drawn, lists that the flows repeat.
UNHEARD = {
    "definitions", "message", "signal", "error", "escalation", "collaboration", "participant", "association",
    "incoming", "outgoing", "flowNodeRef", "process",
}  # fmt: skip


def clean(content: bytes) -> bool:
    return not any(item.severity == "error" for item in check_release({"a.bpmn": content}, CATALOGUE))


def outline_of(content: bytes) -> object:
    return read_outline(read_xml(content, "a.bpmn"), "a.bpmn")[0]


def assert_good(content: bytes, seed: int) -> None:
    """What the check lets through deploys, its first steps run, and no walk through it gets stuck."""
    release = compile_release({"a.bpmn": content}, CATALOGUE)
    variables = {"x": 2, "a": 2, "person": 1}
    outcome = CaseRun(release, Quiet(), None, variables).outcome()
    assert not [item for item in outcome.incidents if not MISSING.search(item.text)], (seed, outcome.incidents)
    found = {trouble for walk in range(5) for trouble in troubles(release.outline, Random(walk))}
    assert not {trouble for trouble in found if not MISSING.search(trouble)}, seed


@pytest.mark.parametrize("drawn", range(len(ONE_OF_EACH)))
def test_what_is_changed_and_still_clean_runs_and_is_not_ignored(drawn: int) -> None:
    content = ONE_OF_EACH[drawn]
    before, kept = outline_of(content), 0
    for seed in range(40):
        other, tag, changed = tweaked(content, Random(seed))
        if clean(other):
            kept += 1
            assert_good(other, seed)
            assert not changed or tag in UNHEARD or outline_of(other) != before, (seed, tag, changed)
    assert kept


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("drawn", range(len(ONE_OF_EACH)))
def test_a_thousand_changes_to_each_run_or_are_refused(drawn: int) -> None:
    before = outline_of(ONE_OF_EACH[drawn])
    for seed in range(1000, 2000):
        other, tag, changed = tweaked(ONE_OF_EACH[drawn], Random(seed))
        if clean(other):
            assert_good(other, seed)
            assert not changed or tag in UNHEARD or outline_of(other) != before, (seed, tag, changed)
