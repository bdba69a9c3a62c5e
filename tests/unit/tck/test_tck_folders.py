"""The runner of the compatibility kit, on folders as people keep them and files as their tools write them."""

from pathlib import Path

import pytest

from tests.tck.results import below_bar, summary
from tests.unit.tck.kits import GROUP, MODEL, case, cases, number, results, run, value, write

SPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
)
TWICE = case("twice", number("4"), "a=2")


def statuses(folder: Path) -> list[str]:
    """Return how the test cases of a kit went."""
    return [result.row[3] for result in results(folder)]


def test_of_a_whole_kit_only_its_test_cases_are_read(tmp_path: Path) -> None:
    write(tmp_path / "TestCases" / GROUP, own__dmn=MODEL, own_test_01__xml=cases(TWICE))
    write(tmp_path / "runners" / "copy" / GROUP, own__dmn=MODEL, own_test_01__xml=cases(TWICE), bad__xml="<project")

    assert statuses(tmp_path) == ["SUCCESS"]


@pytest.mark.parametrize("part", [".", "compliance-level-2", str(GROUP)])
def test_a_part_of_a_kit_is_counted_under_the_level_it_belongs_to(
    tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / GROUP, own__dmn=MODEL, own_test_01__xml=cases(TWICE))
    monkeypatch.chdir(tmp_path / part)

    (result,) = results(Path())

    assert (result.level, result.row[0]) == ("compliance-level-2", "compliance-level-2/0001-own")


@pytest.mark.parametrize("namespace", SPACES)
def test_windows_line_ends_and_a_byte_order_mark_are_read_in_every_version(tmp_path: Path, namespace: str) -> None:
    model = f"\ufeff{MODEL}".replace("https://www.omg.org/spec/DMN/20230324/MODEL/", namespace).replace("\n", "\r\n")
    write(tmp_path / GROUP, own__dmn=model, own_test_01__xml=f"\ufeff{cases(TWICE)}".replace(">", ">\r\n"))

    assert statuses(tmp_path) == ["SUCCESS"]


@pytest.mark.parametrize("name", ["", "Own.DMN", "another.dmn"])
def test_the_only_model_of_a_folder_is_found_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    write(tmp_path / GROUP, own__dmn=MODEL, own_test_01__xml=cases(TWICE, model=name))

    assert statuses(tmp_path) == ["SUCCESS"]


def test_of_several_models_a_test_file_finds_the_one_of_its_own_name(tmp_path: Path) -> None:
    write(
        tmp_path / GROUP,
        other__dmn=MODEL.replace("a * 2", "a"),
        own__dmn=MODEL,
        own_test_01__xml=cases(TWICE, model=""),
    )

    assert statuses(tmp_path) == ["SUCCESS"]


@pytest.mark.parametrize("model", ["<definitions", "<html/>", MODEL.replace('id="l"', 'id="d"')])
def test_a_model_that_cannot_be_read_fails_its_own_test_cases_alone(tmp_path: Path, model: str) -> None:
    tests = cases(TWICE, case("nowhere", "", result='errorResult="true"'))
    write(tmp_path / GROUP.with_name("0000-bad"), own__dmn=model, own_test_01__xml=tests)

    bad, also_bad, good = run(tmp_path, TWICE)

    assert [one.row[3] for one in (bad, also_bad, good)] == ["ERROR", "ERROR", "SUCCESS"]
    assert "own.dmn" in bad.detail


def test_a_model_that_is_missing_fails_its_test_cases(tmp_path: Path) -> None:
    write(tmp_path / GROUP, own_test_01__xml=cases(TWICE))

    (result,) = results(tmp_path)

    assert (result.row[3], "own.dmn" in result.detail) == ("ERROR", True)


def test_a_neighbour_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / GROUP, zz__dmn="<definitions")

    (result,) = run(tmp_path, TWICE)

    assert result.has_passed


def test_a_test_file_that_cannot_be_read_is_one_failure(tmp_path: Path) -> None:
    write(tmp_path / GROUP, own_test_00__xml="<testCases><testCase", notes__xml="<notes")

    broken, good = run(tmp_path, TWICE)

    assert (broken.row[1], broken.row[3], good.row[3]) == ("own-test-00", "ERROR", "SUCCESS")


def test_imported_models_may_lie_in_folders_below(tmp_path: Path) -> None:
    importing = '<import name="b" namespace="urn:own" importType="x"/><inputData'
    requiring = 'name="twice"><knowledgeRequirement><requiredKnowledge href="urn:own#k"/></knowledgeRequirement>'
    model = MODEL.replace("urn:own", "urn:top").replace("<inputData", importing, 1).replace('name="twice">', requiring)
    write(tmp_path / GROUP / "imported", below__dmn=MODEL)
    write(tmp_path / GROUP, own__dmn=model.replace("a * 2", "b.plus(a) + 1"), own_test_01__xml=cases(TWICE))

    assert statuses(tmp_path) == ["SUCCESS"]


def test_a_result_node_may_stand_in_an_imported_model(tmp_path: Path) -> None:
    other = MODEL.replace("urn:own", "urn:other").replace("a * 2", "a * 3")
    write(tmp_path / GROUP, other__dmn=other)

    (result,) = run(tmp_path, case("twice", number("6"), "a=2", result='namespace="urn:other"'))

    assert (result.row[3], result.detail) == ("SUCCESS", "")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("empty", '<component name="a"><list/></component><component name="b"><component/></component>'),
        ("nothing", '<list xsi:nil="true"/>'),
        ("nothing", '<component xsi:nil="true"/>'),
        ("nothing", "<extensionElements/>"),
        ("rest", '<component name="n" xsi:nil="true"/>'),
        ("duration", value("dayTimeDuration", "PT48H")),
        ("months", value("yearMonthDuration", "P12M")),
        ("instant", value("dateTimeStamp", "2026-01-02T03:04:05Z")),
        ("two", value("unsignedInt", " 2 ")),
        ("truth", value("boolean", "1")),
        ("text", "<value xsi:type='xsd:string'> a </value>"),
        ("text", "<value> a </value>"),
    ],
)  # fmt: skip
def test_every_form_of_a_value_is_read(tmp_path: Path, node: str, expected: str) -> None:
    texts = {
        "nothing": "null", "rest": "{n: null}", "duration": 'duration("P2D")', "months": 'duration("P1Y")', "two": "2",
        "instant": 'date and time("2026-01-02T03:04:05Z")', "truth": "true", "text": '" a "',
    }  # fmt: skip
    decisions = "".join(
        f'<decision id="{name}" name="{name}"><literalExpression><text>{text}</text></literalExpression></decision>'
        for name, text in texts.items()
    )
    model = MODEL.replace("</definitions>", f"{decisions}</definitions>")
    write(tmp_path / GROUP, own__dmn=model, own_test_01__xml=cases(case(node, expected)))

    (result,) = results(tmp_path)

    assert (result.row[3], result.detail) == ("SUCCESS", "")


@pytest.mark.parametrize("text", ["INF", "NaN", "abc", "", "1,5"])
def test_a_number_that_is_none_is_the_same_as_nothing(tmp_path: Path, text: str) -> None:
    bad, good = run(tmp_path, case("twice", value("double", text), "a=2"), TWICE)

    assert (bad.has_passed, good.has_passed) == (False, True)


def test_what_is_not_compliant_by_its_own_word_has_no_bar(tmp_path: Path) -> None:
    write(tmp_path / "non-compliant" / "0001-own", own__dmn=MODEL, own_test_01__xml=cases(case("twice", number("5"))))
    given = results(tmp_path)

    assert (given[0].level, given[0].has_passed, below_bar(given)) == ("non-compliant", False, [])
    assert [line.split()[1] for line in summary(given)] == ["0/1", "0/1", "0/1"]


def test_a_test_case_without_a_result_passes_nothing_and_one_without_an_id_has_its_place(tmp_path: Path) -> None:
    empty, numbered = run(tmp_path, '<testCase id="7"/>', TWICE.replace(' id="1"', ""))

    assert (empty.has_passed, numbered.row[2], numbered.has_passed) == (False, "2", True)
