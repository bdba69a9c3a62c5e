"""The runner of the compatibility kit, on a small kit of our own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tck.results import below_bar, summary, write_results
from tests.unit.tck.kits import case, number, run

ROOT = Path(__file__).parents[3]
ROWS = (
    '<list><item><component name="d"><value xsi:type="xsd:date">2026-01-02</value></component>'
    '<component name="n"><value xsi:nil="true"/></component></item></list>'
)


@pytest.mark.parametrize(
    "passing",
    [
        case("twice", number("4"), "a=2"),
        case("twice", number("4.0"), "a=2"),
        case("rows", ROWS),
        case("twice", number("6"), "a=3", 'type="decisionService" invocableName="service"'),
        case("plus", number("6"), "x=5", 'type="bkm"'),
        case("twice", '<value xsi:nil="true"/>', result='errorResult="true"'),
        case("nowhere", '<value xsi:nil="true"/>', result='errorResult="true"'),
    ],
)
def test_what_the_kit_expects_passes(tmp_path: Path, passing: str) -> None:
    (result,) = run(tmp_path, passing)

    assert result.row[3:] == ("SUCCESS", "")


@pytest.mark.parametrize(
    "failing",
    [
        case("twice", number("5"), "a=2"),
        case("twice", '<value xsi:type="xsd:string">4</value>', "a=2"),
        case("twice", '<value xsi:nil="true"/>', "a=2", result='errorResult="true"'),
        case("rows", ROWS.replace("xsd:date", "xsd:string")),
        case("rows", "<list/>"),
        case("rows", '<list><item><value xsi:type="xsd:date">unreadable</value></item></list>'),
        case("nowhere", number("5")),
    ],
)
def test_another_value_or_type_is_an_error_with_what_was_given(tmp_path: Path, failing: str) -> None:
    (result,) = run(tmp_path, failing)

    assert (result.row[3], bool(result.detail)) == ("ERROR", True)


def test_numbers_that_the_kit_cut_off_need_eight_decimals_only(tmp_path: Path) -> None:
    exact, cut = run(
        tmp_path, case("twice", number("0.66666667"), "a=0.3333333333"), case("twice", number("0.6667"), "a=0.33335")
    )

    assert (exact.has_passed, cut.has_passed) == (True, True)
    assert not run(tmp_path / "other", case("twice", number("0.6667"), "a=0.3333333333"))[0].has_passed


def test_the_results_file_has_the_form_of_the_kit_and_the_summary_counts_by_level_and_group(tmp_path: Path) -> None:
    results = run(tmp_path, case("twice", number("4"), "a=2"), case("twice", number("5"), "a=2"))

    write_results(results, tmp_path / "results.csv")

    first, second = (tmp_path / "results.csv").read_text().splitlines()
    assert first == '"compliance-level-2/0001-own","own-test-01","1","SUCCESS",""'
    assert second.startswith('"compliance-level-2/0001-own","own-test-01","1","ERROR","twice: expected')
    assert [line.split() for line in summary(results)] == [
        ["!", "1/2", "compliance-level-2/0001-own"],
        ["!", "1/2", "compliance-level-2"],
        ["!", "1/2", "all"],
    ]
    assert below_bar(results) == ["compliance-level-2"]


def test_a_folder_without_test_cases_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tck", str(tmp_path), "--results", str(tmp_path / "r.csv")]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, "make tck TCK=FOLDER" in ended.stdout) == (2, True)
