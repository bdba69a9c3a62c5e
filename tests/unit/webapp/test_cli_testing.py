"""`alur test` plays the scenarios of a folder, says what they leave out, and ends with 1 where one goes wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from processes.appraisal.definitions import release_files
from webapp.cli import main

UNIT = "unit_evaluation"
SCENARIO = {
    "process": UNIT,
    "at": "2026-10-05T08:00:00+07:00",
    "start": {"head_superior": 31, "deputy": 32, "org_due": {"$date": "2026-10-12"}},
    "steps": [{"wait": "P8D"}],
    "expect": {"at": ["set_by_deputy"]},
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur test` on a folder with the unit's diagram and some scenarios."""
    for name, content in release_files(UNIT).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    def run(*scenarios: object, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
        (tmp_path / "scenarios").mkdir(exist_ok=True)
        for number, scenario in enumerate(scenarios):
            (tmp_path / "scenarios" / f"way_{number}.json").write_text(json.dumps(scenario))
        with pytest.raises(SystemExit) as ended:
            main(["test", str(tmp_path), *options])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_what_is_walked_and_what_is_not_is_printed(run: Run) -> None:
    code, out, _ = run(SCENARIO)

    assert code == 0
    assert "unit_evaluation: 1 dari 1 skenario berjalan sebagaimana tertulis" in out
    assert "simpul 4/19 (21%)" in out
    assert "simpul belum dilalui: announce" in out


def test_a_scenario_that_goes_another_way_ends_with_1(run: Run) -> None:
    code, out, _ = run({**SCENARIO, "expect": {"ended": True}})

    assert code == 1
    assert "way_0.json: ended: menurut skenario true, ternyata" in out


def test_too_little_walked_ends_with_1_if_that_is_asked_for(run: Run) -> None:
    assert run(SCENARIO, options=("--at-least", "10"))[0] == 0
    assert run(SCENARIO, options=("--at-least", "100"))[0] == 1


def test_a_scenario_that_takes_too_long_is_named_and_the_others_are_played_all_the_same(run: Run) -> None:
    code, out, _ = run(SCENARIO, SCENARIO, options=("--seconds", "0"))

    assert code == 1
    assert "way_0.json: start: terlalu lama" in out
    assert "way_1.json: start: terlalu lama" in out


def test_json_names_scenarios_and_what_is_missing(run: Run) -> None:
    _, out, _ = run({**SCENARIO, "steps": [{"wait": "soon"}]}, options=("--json",))

    (found,) = json.loads(out)
    assert [problem["where"] for problem in found["scenarios"]["way_0.json"]] == ["steps[0].wait"]
    assert found["coverage"]["nodes"]["walked"] == 0


@pytest.mark.parametrize("scenario", [{**SCENARIO, "process": "nowhere"}, []])
def test_what_belongs_to_no_diagram_is_refused(run: Run, scenario: object) -> None:
    code, _, err = run(scenario)

    assert code == 1
    assert err.startswith("Galat: ")


def test_a_folder_without_scenarios_says_where_they_go(run: Run) -> None:
    code, _, err = run()

    assert code == 1
    assert "scenarios/" in err


def test_a_diagram_that_cannot_run_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / f"{UNIT}.bpmn").write_text("<bpmn:definitions")

    code, out, _ = run(SCENARIO)

    assert code == 1
    assert "0 dari 1 skenario" in out


def test_what_is_walked_is_drawn_into_a_folder(run: Run, tmp_path: Path) -> None:
    code, _out, _err = run(SCENARIO, options=("--picture", str(tmp_path / "pictures")))

    assert code == 0
    assert b'class="sign"' in (tmp_path / "pictures" / f"{UNIT}.svg").read_bytes()
