"""Gaps, overlaps and unreachable rules of a table, each with an example that shows it when the table is asked."""

from decimal import Decimal
from itertools import combinations, product

import pytest

from engine.dmn import Model, read_models
from engine.dmn.findings import Analysis, Unclear, unfinished
from engine.dmn.reviewing import review
from tests.unit.engine.dmn.tables import column, definitions, table
from tests.unit.engine.feel.expressions import ENVIRONMENT


def analysed(body: str) -> Analysis:
    """Return the analysis of the decision ``d``."""
    file = read_models([definitions(body)])[0]
    found = file.find("d")
    assert found is not None
    analysis = review(found)
    assert analysis is not None
    return analysis


def said(body: str) -> list[str]:
    """Return what was found: the code, the rules, and the regions of the example."""
    return [
        " ".join([finding.code, *finding.rules, "|".join(region.label for _, region in finding.example)])
        for finding in analysed(body).findings
    ]


GRADES = [([">= 91"], ['"A"']), (["[76..91)"], ['"B"']), (["< 76"], ['"C"'])]


def test_a_table_that_decides_everything_once_has_nothing_to_say() -> None:
    assert analysed(table(*GRADES)) == Analysis(())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([([">= 91"], ["1"]), (["(76..91)"], ["2"]), (["< 76"], ["3"])], ["gap 76"]),
        ([([">= 91"], ["1"]), (["< 76"], ["3"])], ["gap 76"]),
        ([(["> 1"], ["1"]), (["<= 0"], ["3"])], ["gap (0..1)"]),
        ([([">= 91"], ["1"]), (["[76..91]"], ["2"]), (["< 76"], ["3"])], ["overlap r1 r2 91"]),
        ([(["-"], ["1"]), (["5"], ["2"])], ["overlap r1 r2 5"]),
        ([(["not(1, 2)"], ["1"]), (["1"], ["2"])], ["gap 2"]),
        ([(['date("2026-01-01")'], ["1"]), (['< @"2026-01-01"'], ["1"]), (['> @"2026-01-02"'], ["2"])],
         ["gap 2026-01-02"]),
        ([(['< duration("P1D")'], ["1"]), (['> duration("P1D")'], ["1"])], ["gap P1D"]),
        ([(["true"], ["1"])], ["gap false"]),
        ([(['"A"'], ["1"]), (['"B", "C"'], ["2"])], ['gap not("A", "B", "C")']),
        ([(["null"], ["1"]), (["not(null)"], ["2"])], []),
    ],
)  # fmt: skip
def test_gaps_and_overlaps_are_found_with_an_example(
    rules: list[tuple[list[str], list[str]]], expected: list[str]
) -> None:
    assert said(table(*rules)) == expected


def test_what_the_column_does_not_allow_is_no_gap() -> None:
    body = table((['"A"'], ["1"]), (['"B"'], ["2"]))

    assert said(body) == ['gap not("A", "B")']
    assert said(body.replace("</input>", column("inputValues", '"A", "B"') + "</input>")) == []
    assert said(body.replace("</input>", column("inputValues", '"A", "B", "C"') + "</input>")) == ['gap "C"']


def test_the_type_of_the_input_data_says_what_is_possible() -> None:
    kind = (
        '<itemDefinition name="tGrade"><typeRef>string</typeRef>' + column("allowedValues", '"A"') + "</itemDefinition>"
    )
    given = '<inputData id="i" name="score"><variable name="score" typeRef="tGrade"/></inputData>'
    needs = '<informationRequirement><requiredInput href="#i"/></informationRequirement><decisionTable'
    decision = table((['"A"'], ["1"])).replace("<decisionTable", needs)

    assert said(kind + given + decision) == []


def test_a_rule_behind_others_that_take_all_is_never_reached() -> None:
    rules = [(["< 5", "-"], ["1"]), ([">= 5", "true"], ["2"]), (["-", "false"], ["3"]), (["7", "true, false"], ["4"])]

    assert said(table(*rules, inputs=("a", "b"), policy="FIRST")) == ["unreachable r4 7|true"]


def test_a_rule_that_its_column_never_allows_is_never_reached() -> None:
    body = table((["[0..100]"], ["1"]), (["> 100"], ["2"]))

    assert said(body.replace("</input>", column("inputValues", "[0..100]") + "</input>")) == ["unreachable r2 "]


def test_rules_of_any_may_meet_when_they_say_the_same() -> None:
    same, other = (
        [(["> 1"], ["1"]), (["> 2"], ["1"]), (["<= 1"], ["0"])],
        [(["> 1"], ["1"]), (["> 2"], ["2"]), (["<= 1"], ["0"])],
    )

    assert said(table(*same, policy="ANY")) == []
    assert said(table(*other, policy="ANY")) == ["overlap r1 r2 > 2"]


def test_a_default_closes_every_gap_and_a_list_needs_no_rule() -> None:
    with_default = table((["> 90"], ['"A"']), outputs=("grade|" + column("defaultOutputEntry", '"C"'),))

    assert said(with_default) == []
    assert said(table((["> 90"], ['"A"']), policy="COLLECT")) == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([(["? > 5"], ["1"]), (["? < 5"], ["2"])], ["gap 5"]),
        ([(["? >= 0 and ? < 50"], ["1"]), (["? between 50 and 100"], ["2"]), (["? < 0 or ? > 99"], ["3"])],
         ["overlap r2 r3 (99..100)"]),
        ([(["5 < ?"], ["1"]), (["not(? > 5)"], ["2"])], []),
        ([(["? in (1, 2)"], ["1"]), (["? > 2 and not(? = 7)"], ["2"]), (["< 1, (1..2)"], ["3"])], ["gap 7"]),
        ([(["? in [1..5]"], ["1"]), (["not([1..4])"], ["2"])], ["overlap r1 r2 (4..5)"]),
        ([(['? = "A" or ? = "B"'], ["1"]), (['? != "A" and ? != "C"'], ["2"])],
         ['gap "C"', 'overlap r1 r2 "B"']),
    ],
)  # fmt: skip
def test_tests_that_compare_the_value_with_constants_are_looked_at_like_others(
    rules: list[tuple[list[str], list[str]]], expected: list[str]
) -> None:
    found = analysed(table(*rules))

    assert (said(table(*rules)), found.unclear) == (expected, ())


def test_an_example_of_a_gap_is_a_value_that_the_column_allows() -> None:
    body = table((["[0..50]"], ["1"]), (["(50..90]"], ["2"]))

    def limited(tests: str) -> list[str]:
        return said(body.replace("</input>", column("inputValues", tests) + "</input>"))

    assert limited("? >= 0 and ? <= 100") == ["gap (90..100)"]
    assert limited("? >= 0 and modulo(?, 1) = 0 and ? <= 91") == ["gap > 90"]
    assert limited("abs(?) <= 90 and ? >= 0") == []


@pytest.mark.parametrize("cell", ["> limit", "? > limit", "? + 1 > 5", "< today()", "count(?) > 1", "[low..high]"])
def test_of_a_cell_that_only_a_case_decides_nothing_is_said(cell: str) -> None:
    found = analysed(table(([cell], ["1"]), (["5"], ["2"])))

    assert (found.findings, found.unclear) == ((), (Unclear("r1", "score", cell),))


def test_a_rule_that_is_not_decided_is_named_with_its_cell_in_both_languages() -> None:
    (unclear,) = analysed(table((["> limit"], ["1"]), (["5"], ["2"]))).unclear

    for text in (unclear.message("id"), unclear.message("en")):
        assert all(word in text for word in ("r1", "`> limit`", "'score'"))


def test_of_rules_beside_one_that_is_not_decided_overlaps_are_still_found() -> None:
    body = table((["> limit"], ["1"]), (["5"], ["2"]), (["[1..9]"], ["3"]))

    assert said(body) == ["overlap r2 r3 5"]


def test_times_with_and_without_a_zone_have_no_order_and_keep_only_their_own_rules_out() -> None:
    mixed = [(['> @"10:00:00"', "-"], ["1"]), (['> @"10:00:00Z"', "-"], ["2"])]
    body = table(*mixed, (["-", "1"], ["3"]), (["-", "1, 2"], ["4"]), inputs=("at", "n"))

    assert [(one.rule, one.column) for one in analysed(body).unclear] == [("r1", "at"), ("r2", "at")]
    assert said(body) == ["overlap r3 r4 -|1"]


def pigeons(count: int, *results: str) -> str:
    """Return a table that leaves nothing open, which only many steps can show: pigeons have one hole too few.

    :param results: of more rules, each of which applies to whatever has the first pigeon in the first hole.
    """
    holes, pairs = range(count - 1), tuple(combinations(range(count), 2))
    names = [f"p{pigeon}_{hole}" for pigeon in range(count) for hole in holes]
    homeless = [{f"p{pigeon}_{hole}": "false" for hole in holes} for pigeon in range(count)]
    crowded = [{f"p{a}_{hole}": "true", f"p{b}_{hole}": "true"} for hole in holes for a, b in pairs]
    cells = [*((one, "1") for one in (*homeless, *crowded)), *(({names[0]: "true"}, result) for result in results)]
    rules = [([tests.get(name, "-") for name in names], [result]) for tests, result in cells]
    return table(*rules, inputs=tuple(names), policy="ANY")


def test_a_table_of_too_many_combinations_is_given_up_and_said_so() -> None:
    found = analysed(pigeons(5))

    assert (found.is_complete, found.findings) == (False, ())
    assert analysed(pigeons(4)) == Analysis(())
    assert unfinished("id") != unfinished("en")


def test_what_one_search_gives_up_the_others_still_find() -> None:
    found = analysed(pigeons(5, "2"))

    assert (found.is_complete, {finding.code for finding in found.findings}) == (False, {"overlap"})


def test_gaps_of_a_large_table_are_found_among_very_many_combinations() -> None:
    starts = [[row * step % 50 for step in range(1, 11)] for row in range(200)]
    rules = [([f"[{start}..{start + 49}]" for start in row], [str(place)]) for place, row in enumerate(starts)]
    names = tuple(f"v{place}" for place in range(10))

    found = analysed(table(*rules, inputs=names, policy="UNIQUE"))

    assert (found.is_complete, {finding.code for finding in found.findings}) == (True, {"gap", "overlap"})


@pytest.mark.parametrize(
    ("cell", "gaps"),
    [
        ('> @"0001-01-01T00:00:00"', ["gap 0001-01-01T00:00:00"]),
        ('>= @"0001-01-01"', []),
        ('< @"9999-12-31T23:59:59.999999"', ["gap 9999-12-31T23:59:59.999999"]),
        ('< duration("P999999999D")', ["gap P999999999D"]),
        ("<= 1000000000000000000000000000000001", ["gap > 1000000000000000000000000000000001"]),
        ("< 1.000000000000000000000000000000001, > 1.000000000000000000000000000000001",
         ["gap 1.000000000000000000000000000000001"]),
        ("<= 1000000000000000000000000000000001, >= 1000000000000000000000000000000002", []),
        ('< "", >= ""', []),
    ],
)  # fmt: skip
def test_the_ends_of_what_values_can_be_are_looked_at(cell: str, gaps: list[str]) -> None:
    assert said(table(([cell], ["1"]))) == gaps


def test_a_long_table_of_one_column_is_analysed_whole() -> None:
    rules = [([f"[{row}..{row + 1})"], [str(row)]) for row in range(300)]

    found = analysed(table(*rules, policy="UNIQUE"))

    assert (found.is_complete, [finding.code for finding in found.findings]) == (True, ["gap", "gap"])


def test_findings_speak_both_languages() -> None:
    (finding,) = analysed(table(([">= 5"], ["1"]))).findings

    assert finding.message("id") == (
        "Tidak ada aturan untuk score < 5; hasilnya kosong (null). Tambahkan aturan atau nilai bawaan."
    )
    assert finding.message("en") == "No rule applies to score < 5; the result is null. Add a rule or a default."


TESTS = ["-", "< 2", "[2..4]", "(2..4)", "> 4", "1, 3", "not(2)", "2", ">= 4"]


@pytest.mark.parametrize("first", TESTS)
def test_the_analysis_agrees_with_the_table_on_every_value(first: str) -> None:
    """Of each pair of tests, and a second column: a gap is where no rule fires, an overlap where two do."""
    for second, third in product(TESTS, ["true", "false", "-"]):
        body = table(([first, third], ["1"]), ([second, "true"], ["2"]), inputs=("a", "b"))
        model, found = Model(read_models([definitions(body)])[0]), analysed(body)

        fired = set()
        for a, b in product(map(Decimal, ("0", "1", "1.5", "2", "2.5", "3", "4", "5")), [True, False]):
            asked = model.decide("d", {("", "a"): a, ("", "b"): b}, ENVIRONMENT)
            fired.add(len(asked.fired))

        assert (0 in fired, 2 in fired) == tuple(
            any(finding.code == code for finding in found.findings) for code in ("gap", "overlap")
        )
