"""pm4py, in an environment of its own, reads our logs in every format, and replays every case on its diagram."""

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn.model import Outline
from engine.bpmn.release import compile_release
from engine.engine import Engine
from engine.mining.hiding import hidden_names
from engine.mining.logs import LoggedCase
from engine.mining.ocel import write_ocel
from engine.mining.ocel_xml import write_ocel_xml
from engine.mining.xes import write_xes
from engine.policy.actor import system_actor
from engine.queries.mining_log import logged_cases
from engine.scenarios import read_scenario
from processes.incentive.variables import DISPUTE
from tests.mining.petri_net import petri_net, pnml
from tests.mining.played_cases import DIAGRAMS, played, played_cases, shipped
from tests.processes import allowance_office
from tests.processes.allowance_office import HADI, VERA, AllowanceOffice, open_allowance_office
from tests.processes.test_training_cycle import attend
from tests.processes.training_hall import CITY, DEWI, EKA, TrainingHall, open_training_hall
from tests.unit.engine.bpmn.drawings import CATALOGUE, edge, event_sub, inside, instances, manual, sub, whole
from tests.unit.engine.diagrams import end, flow, gateway, path, start

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build/mining/bin/python"
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
DENY = {"outcome": "deny", "reason": "Rekaman mesin sudah benar."}
REPLAY = Path(__file__).with_name("replay_log.py")

pytestmark = pytest.mark.long


def replayed(folder: Path, cases: Sequence[LoggedCase], outline: Outline) -> dict[str, Any]:
    """Write the logs of a process and have them read and replayed."""
    with (folder / "log.xes").open("w", encoding="utf-8") as file:
        write_xes(file, outline.process, cases, hidden_names())
    for name, write in (("log.ocel.json", write_ocel), ("log.ocel.xml", write_ocel_xml)):
        with (folder / name).open("w", encoding="utf-8") as file:
            write(file, outline.process, lambda: cases, hidden_names())
    (folder / "net.pnml").write_bytes(pnml(petri_net(outline)))
    assert PYTHON.exists(), f"pm4py has no environment yet: make {PYTHON.parents[1].relative_to(ROOT)}/.ready"
    done = subprocess.run([PYTHON, REPLAY, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(folder: Path, cases: Sequence[LoggedCase], outline: Outline) -> None:
    """Everything that was written is read, and every case that has ended goes as its diagram says."""
    found = replayed(folder, cases, outline)
    events = sum(len(case.events) for case in cases)
    assert found["cases"] == len(cases)
    assert found["events"] == found["ocel_events"] == found["xml_events"] == events
    assert found["ocel_objects"] == found["xml_objects"]
    assert found["ended"] > 0
    assert (found["fitness"], found["fitting"]) == (1.0, 100.0)


def stored_cases(engine: Engine, city: str, process: str) -> list[LoggedCase]:
    """Return the cases of a process of a city as they are exported."""
    return engine.read(lambda read, who: list(logged_cases(read, who, process, *ALWAYS)), system_actor(city))


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.stem)
def test_every_scenario_of_a_shipped_process_goes_as_its_diagram_says(tmp_path: Path, diagram: Path) -> None:
    release = shipped(diagram)

    check(tmp_path, list(played_cases(diagram, release)), release.outline)


#: What no shipped process has: an inclusive choice, events beside the process, the end of everything.
RARE = whole(
    start(),
    gateway("inclusive", "part", "part-two"),
    manual("one"),
    manual("two"),
    manual("three"),
    gateway("inclusive", "meet"),
    sub(
        "each",
        *inside("each", "check"),
        manual("check"),
        instances(collection="[1, 2]", item="number"),
    ),
    edge("soon", "each", "timer"),
    gateway("exclusive", "over"),
    gateway("parallel", "fork"),
    manual("last"),
    manual("never"),
    end("all", "<bpmn:terminateEventDefinition />"),
    end(),
    event_sub("remind", "timer", calm=True),
    path("begin", "part"),
    flow("part", "one", "a"),
    flow("part", "two"),
    flow("part", "three", "b"),
    path("three", "meet"),
    path("one", "meet", "each", "over", "fork", "last", "all"),
    path("two", "meet"),
    path("soon", "over"),
    path("fork", "never", "done"),
)
COURSES = {
    "both ways and everything inside": (
        [{"complete": name} for name in ("three", "one", "check", "check", "last")],
        {},
    ),
    "one way and too late": ([{"complete": "one"}, {"wait": "PT3H"}, {"complete": "last"}], {"b": False}),
    "half of it and too late": (
        [{"complete": "two"}, {"complete": "check"}, {"wait": "PT3H"}, {"complete": "last"}],
        {"a": False, "b": False},
    ),
}


@pytest.mark.parametrize("course", COURSES)
def test_what_no_shipped_process_has_is_replayed_too(tmp_path: Path, course: str) -> None:
    release = compile_release({"test.bpmn": RARE.encode()}, CATALOGUE)
    steps, given = COURSES[course]
    begins = {"process": "test", "at": "2026-10-05T08:00:00+07:00", "start": {"a": True, "b": True, **given}}
    case = played(1, release, read_scenario({**begins, "steps": steps, "expect": {"ended": True}}))

    check(tmp_path, [case], release.outline)


def test_cases_that_went_otherwise_do_not_fit(tmp_path: Path) -> None:
    diagram = next(one for one in DIAGRAMS if one.stem == DISPUTE)
    release = shipped(diagram)

    found = replayed(tmp_path, [backwards(case) for case in played_cases(diagram, release)], release.outline)

    assert found["fitness"] < 0.9
    assert found["fitting"] == 0


def backwards(case: LoggedCase) -> LoggedCase:
    """Return a case in which everything happened the other way round."""
    instants = [event.at for event in case.events]
    events = zip(reversed(case.events), instants, strict=True)
    return replace(case, events=tuple(replace(event, at=at) for event, at in events))


def outline_of(process: str) -> Outline:
    """Return a shipped process."""
    return shipped(next(one for one in DIAGRAMS if one.stem == process)).outline


def granted(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    office.does(VERA, "decide", allowance_office.DEWI, DISPUTE, outcome="as_answered", reason="Surat tugas sah.")


def decided_above(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    office.let_pass(days=9)
    office.does(HADI, "decide_above", allowance_office.DEWI, DISPUTE, **DENY)


def left_unanswered(office: AllowanceOffice) -> None:
    office.dispute()
    office.let_pass(days=5)
    office.does(VERA, "decide", allowance_office.DEWI, DISPUTE, **DENY)


@pytest.mark.parametrize("course", [granted, decided_above, left_unanswered], ids=lambda course: course.__name__)
def test_disputes_go_as_their_diagram_says(tmp_path: Path, course: Callable[[AllowanceOffice], None]) -> None:
    with open_allowance_office(tmp_path) as office:
        office.open_month()
        office.approve_until_slips()
        course(office)

        cases = stored_cases(office.engine, CITY, DISPUTE)

    check(tmp_path, cases, outline_of(DISPUTE))


def attended(hall: TrainingHall) -> None:
    hall.does(DEWI, "confirm", DEWI, answer="coming")
    attend(hall)
    hall.does(DEWI, "react", DEWI, material="5", trainer="4", organisation="3", note="")


def given_up(hall: TrainingHall) -> None:
    hall.does(DEWI, "confirm", DEWI, answer="cannot", reason="Sakit")
    hall.until(date(2026, 12, 2))


@pytest.mark.parametrize("course", [attended, given_up], ids=lambda course: course.__name__)
def test_nominations_go_as_their_diagram_says(tmp_path: Path, course: Callable[[TrainingHall], None]) -> None:
    with open_training_hall(tmp_path) as hall:
        for person in (EKA, DEWI):
            hall.nominate(person)
            hall.approve(person)
        hall.chosen_by_verifier()
        course(hall)

        cases = stored_cases(hall.engine, CITY, "training_nomination")

    check(tmp_path, cases, outline_of("training_nomination"))
