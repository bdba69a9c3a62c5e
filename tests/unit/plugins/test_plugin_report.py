from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from plugins.manager import Cities, CityEntry
from plugins.report import check_city, list_plugins, score_file
from processes.appraisal.rules import Explanation, ScoreResult, show_number
from processes.people.city import CityUnavailable, InvalidPlain

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/examples/score").glob("*.json"))

# Formulas in words say what they do; the others are arithmetic that can be done again.
IN_WORDS = ("->", "x <", "measured", "not_", "round(")


def recompute(node: Explanation) -> Decimal:
    names = {name: Decimal(value) for name, value in node.inputs.items()}
    return Decimal(eval(node.formula, {"min": min, "max": max, "median": lambda *numbers: median(numbers)}, names))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_scores_and_its_json_is_the_whole_result(path: Path) -> None:
    scored = score_file(path.stem, path)

    stored = ScoreResult.from_plain(json.loads(scored.json()))

    assert stored == scored.result
    assert stored.value is not None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_digit_of_the_tree_can_be_computed_again(path: Path) -> None:
    value_tree = score_file(path.stem, path).result.explanation.children[0]

    nodes = [node for node in value_tree.walk() if node.inputs and not any(word in node.formula for word in IN_WORDS)]

    assert len(nodes) > 10
    for node in nodes:
        assert abs(recompute(node) - Decimal(node.value)) < Decimal("1e-12"), node


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_printed_score_holds_value_ratings_reasons_and_tree(language: str) -> None:
    scored = score_file("tebingtinggi", EXAMPLES[-1])

    text = scored.text(language)

    assert scored.result.value is not None
    assert show_number(scored.result.value, language) in text
    for reason in scored.result.reasons:
        assert (reason.text_id if language == "id" else reason.text_en) in text
    assert "G1" in text


def test_there_is_an_example_for_each_city() -> None:
    assert {path.stem for path in EXAMPLES} == set(Cities.installed().codes)


def test_the_list_names_hooks_and_rule_versions() -> None:
    rows = {row.code: row for row in list_plugins()}

    assert rows["tanjungbalai"].rules == ("2024.1", "2025.1")
    assert "asn_forms" in rows["tanjungbalai"].hooks
    assert not rows["serang"].is_broken


def test_a_broken_plugin_is_listed_with_its_reason() -> None:
    cities = Cities([CityEntry("ambon", "alur-ambon", "1", None, "SyntaxError: invalid syntax")])

    (row,) = list_plugins(cities)

    assert (row.is_broken, row.problem) == (True, "SyntaxError: invalid syntax")


def test_a_good_city_passes_every_check() -> None:
    report = check_city("mataram")

    assert report.is_good, report.text("en")
    assert report.text().count("[v]") == len(report.lines)


def test_an_unknown_city_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CityUnavailable, match="no plugin is installed"):
        score_file("atlantis", tmp_path / "request.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"position": 1}', '{"position": {}, "x": NaN}', "\x00"])
def test_a_file_that_is_no_request_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "request.json"
    path.write_text(text)

    with pytest.raises(InvalidPlain):
        score_file("serang", path)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"position": ' + "9" * 5000 + "}"], ids=["deep", "long"])
def test_a_file_that_python_could_not_read_is_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "request.json"
    path.write_text(text)

    with pytest.raises(InvalidPlain) as caught:
        score_file("serang", path)

    assert caught.value.said("id").startswith("berkas bukan JSON yang sah")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"targets": {"R9": {"target": "1"}}}, "targets.R9: tidak dikenal (yang dikenal: R1, "),
        ({"not_measurable": {"R9": "banjir"}}, "not_measurable.R9: tidak dikenal"),
        ({"measured": {"R1": {"valeu": "1"}}}, "measured.R1.valeu: tidak dikenal (yang dikenal: "),
        ({"targets": {"R1": {"target": "0", "baseline": "0"}}}, "targets: "),
        ({"targets": {"R1": {"weight": "90"}}}, "targets: Jumlah bobot"),
        ({"unit_figures": {"ikm": "80", "n": "0"}}, "unit_figures.n: harus lebih dari 0"),
        ({"feedback": {"positive": "7", "count": 3}}, "feedback.positive: harus antara 0 dan 1"),
    ],
)
def test_a_file_that_no_plan_and_no_form_would_let_through_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    plain = json.loads((EXAMPLES[0].parent / "serang.json").read_text())
    path = tmp_path / "request.json"
    path.write_text(json.dumps({**plain, **change}))

    with pytest.raises(InvalidPlain) as caught:
        score_file("serang", path)

    assert caught.value.said("id").startswith(said)


def test_numbers_without_quotes_are_read_exactly(tmp_path: Path) -> None:
    plain = json.loads(EXAMPLES[1].read_text())
    plain["measured"]["R1"]["value"] = 62.4
    path = tmp_path / "request.json"
    path.write_text(json.dumps(plain))

    scored = score_file("serang", path)

    assert scored.result.lines[0].realised == Decimal("62.4")
