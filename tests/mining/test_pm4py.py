"""pm4py, in an environment of its own, reads our logs in both formats, and replays every case on its diagram."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.engine import Engine
from engine.mining.hiding import hidden_names
from engine.mining.logs import Counted
from engine.mining.ocel import write_ocel
from engine.mining.xes import write_xes
from engine.policy.actor import system_actor
from engine.queries.mining_log import logged_cases
from processes.incentive.variables import DISPUTE
from tests.mining.plain_diagram import plain_diagram
from tests.processes import allowance_office
from tests.processes.allowance_office import HADI, VERA, AllowanceOffice, open_allowance_office
from tests.processes.test_training_cycle import attend
from tests.processes.training_hall import CITY, DEWI, EKA, TrainingHall, open_training_hall

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build/mining/bin/python"
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
DENY = {"outcome": "deny", "reason": "Rekaman mesin sudah benar."}
REPLAY = Path(__file__).with_name("replay_log.py")

pytestmark = pytest.mark.long


def replayed(folder: Path, engine: Engine, city: str, diagram: Path) -> tuple[Counted, dict[str, Any]]:
    """Write the logs of a process and have them replayed."""
    process = diagram.stem
    actor = system_actor(city)
    cases = engine.read(lambda read, who: list(logged_cases(read, who, process, *ALWAYS)), actor)
    with (folder / "log.xes").open("w", encoding="utf-8") as file:
        counted = write_xes(file, process, cases, hidden_names())
    with (folder / "log.ocel.json").open("w", encoding="utf-8") as file:
        write_ocel(file, process, lambda: cases, hidden_names())
    (folder / "diagram.bpmn").write_bytes(plain_diagram(diagram.read_bytes()))
    assert PYTHON.exists(), f"pm4py has no environment yet: make {PYTHON.parents[1].relative_to(ROOT)}/.ready"
    done = subprocess.run([PYTHON, REPLAY, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return counted, found


def checked(counted: Counted, found: dict[str, Any]) -> None:
    """Everything that was written was read, and every case that has ended goes as its diagram says."""
    assert (found["cases"], found["events"], found["ocel_events"]) == (counted.cases, counted.events, counted.events)
    assert found["ended"] > 0
    assert (found["fitness"], found["fitting"]) == (1.0, 100.0)


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

        found = replayed(
            tmp_path, office.engine, allowance_office.CITY, ROOT / "processes/incentive/incentive_dispute.bpmn"
        )

    checked(*found)


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

        found = replayed(tmp_path, hall.engine, CITY, ROOT / "processes/training/training_nomination.bpmn")

    checked(*found)
