"""The runner of the compatibility kit, on a small kit of our own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tck.cases import read_kit
from tests.tck.results import Result, below_bar, summary, write_results
from tests.tck.running import run_file

ROOT = Path(__file__).parents[3]
MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:own" name="own">
  <inputData id="i" name="a"><variable name="a" typeRef="number"/></inputData>
  <decision id="d" name="twice">
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>a * 2</text></literalExpression>
  </decision>
  <decision id="l" name="rows"><literalExpression><text>[{d: date("2026-01-02"), n: null}]</text></literalExpression>
  </decision>
  <decisionService id="s" name="service"><outputDecision href="#d"/><inputData href="#i"/></decisionService>
  <businessKnowledgeModel id="k" name="plus"><encapsulatedLogic><formalParameter name="x"/>
    <literalExpression><text>x + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
</definitions>"""
HEAD = (
    '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>own.dmn</modelName>'
)


def number(value: str) -> str:
    return f'<value xsi:type="xsd:decimal">{value}</value>'


def case(node: str, expected: str, given: str = "", attributes: str = "", error: str = "false") -> str:
    inputs = (
        f'<inputNode name="{given.partition("=")[0]}">{number(given.partition("=")[2])}</inputNode>' if given else ""
    )
    wanted = f'<resultNode name="{node}" errorResult="{error}"><expected>{expected}</expected></resultNode>'
    return f'<testCase id="1" {attributes}>{inputs}{wanted}</testCase>'


def run(folder: Path, *cases: str) -> list[Result]:
    """Return the results of test cases on the model above."""
    group = folder / "compliance-level-2" / "0001-own"
    group.mkdir(parents=True)
    (group / "own.dmn").write_text(MODEL)
    (group / "own-test-01.xml").write_text(HEAD + "".join(cases) + "</testCases>")
    return [result for file in read_kit(folder) for result in run_file(file)]


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
        case("twice", '<value xsi:nil="true"/>', error="true"),
        case("nowhere", '<value xsi:nil="true"/>', error="true"),
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
        case("twice", '<value xsi:nil="true"/>', "a=2", error="true"),
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
