"""`alur feel` and `alur decide`: JSON in, JSON out, exact, with reasons."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.engine.dmn.models import decision, file, given, knowledge, needs, service
from tests.unit.engine.dmn.tables import column, table
from webapp.cli import main

ROOT = Path(__file__).parents[3]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur` in an empty folder and gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("0.1 + 0.2", "0.3"),
        (
            '{a: [1, "dua", null, true], "b c": date("2026-03-31")}',
            '{"a": [1, "dua", null, true], "b c": "2026-03-31"}',
        ),
        ('[duration("P14D"), time("08:30:00"), [1..3]]', '["P14D", "08:30:00", "[1..3]"]'),
        ('"Selamat \\"pagi\\""', '"Selamat \\"pagi\\""'),
    ],
)
def test_a_value_is_printed_as_exact_json(run: Run, expression: str, printed: str) -> None:
    code, out, _ = run("feel", expression)

    assert (code, out.strip()) == (0, printed)


def test_tagged_values_are_exact_and_may_be_read_back(run: Run, tmp_path: Path) -> None:
    expression = (
        '{d: date("2026-03-31"), n: 0.10, p: duration("P1Y"), t: time("08:00:00"), z: [@"2026-01-02T03:04:05Z"]}'
    )

    _, first, _ = run("feel", expression, "--tags")
    (tmp_path / "again.json").write_text(first)
    _, second, _ = run("feel", "{d: d, n: n, p: p, t: t, z: z}", "--context", "again.json", "--tags")

    assert json.loads(first)["d"] == {"$date": "2026-03-31"}
    assert json.loads(first)["z"] == [{"$datetime": "2026-01-02T03:04:05Z"}]
    assert second == first


def test_dates_and_decimals_of_a_context_are_tagged(run: Run, tmp_path: Path) -> None:
    values = {"due": {"$date": "2026-03-31"}, "rate": {"$decimal": "0.10"}, "at": {"$date": "2026-03-31T10:00:00Z"}}
    (tmp_path / "data.json").write_text(json.dumps({**values, "plain": {"$other": 1}, "unit kerja": 3}))

    code, out, _ = run("feel", '[due + @"P1D", rate * 3, at.hour, unit kerja]', "--context", "data.json")

    assert (code, out.strip()) == (0, '["2026-04-01", 0.30, 10, 3]')


def test_a_name_inside_the_data_is_read_whole_behind_a_dot(run: Run, tmp_path: Path) -> None:
    variables = {"unit": {"pre-test": 8, "rows": [{"is valid?": True}]}, "pre": 5, "test": 1}
    (tmp_path / "data.json").write_text(json.dumps(variables))

    code, out, _ = run("feel", "[unit.pre-test, pre-test, count(unit.rows[is valid?])]", "--context", "data.json")

    assert (code, out) == (0, "[8, 4, 1]\n")


def test_a_null_is_printed_and_its_reason_said_beside_it(run: Run) -> None:
    code, out, err = run("feel", "1 / 0")

    assert (code, out.strip()) == (0, "null")
    assert "Pembagian dengan nol" in err


def test_a_list_of_expressions_is_computed_each_for_itself(run: Run, tmp_path: Path) -> None:
    items: list[Any] = [
        {"id": 1, "expression": "a + 1", "context": {"a": {"$decimal": "0.5"}}},
        {"id": "loop", "expression": "count(for i in 1..10000000 return i)"},
        {"id": 3, "expression": "(("},
        {"id": 4, "expression": "a / 0", "context": {"a": 1}},
        {"id": 5, "expression": "d", "context": {"d": {"$date": "kapan"}}},
        {"id": 6},
        "apa",
    ]
    (tmp_path / "batch.json").write_text(json.dumps(items))

    code, out, _ = run("feel", "--batch", "batch.json")

    answers = json.loads(out)
    assert code == 0
    assert answers[0] == {"id": 1, "value": 1.5}
    assert [answer.get("code") for answer in answers[1:3]] == ["steps", "unexpected_end"]
    assert (answers[3]["value"], "nol" in answers[3]["notes"][0]) == (None, True)
    assert ["error" in answer for answer in answers] == [False, True, True, False, True, True, True]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Berikan satu UNGKAPAN"),
        (("1", "--batch", "list.json"), "Berikan satu UNGKAPAN"),
        (("--batch", "object.json"), "harus berisi daftar JSON"),
        (("1", "--context", "list.json"), "harus berisi satu objek JSON"),
        (("1", "--context", "broken.json"), "baris 1, kolom 3"),
        (("1", "--context", "deep.json"), "bersarang terlalu dalam"),
        (("1", "--context", "tag.json"), "tidak dapat dibaca"),
    ],
)
def test_what_cannot_be_read_is_refused_in_indonesian(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    contents = {
        "list": "[]",
        "object": "{}",
        "broken": "{ a",
        "deep": "[" * 100_000,
        "tag": '{"a": {"$decimal": "NaN"}}',
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.json").write_text(content)

    code, _, err = run("feel", *arguments)

    assert (code, said in err) == (1, True)


RULES = [(["> 90"], ['"A"']), (["[76..90]"], ['"B"']), (["< 76"], ['"C"'])]
GRADE = given("i1") + table(*RULES, inputs=("i1",)).replace("<decisionTable", needs("i1") + "<decisionTable")


def write(folder: Path, body: str, **inputs: object) -> None:
    (folder / "grade.dmn").write_bytes(file(body))
    (folder / "in.json").write_text(json.dumps(inputs))


def test_a_file_is_asked_for_the_decision_that_no_other_requires(run: Run, tmp_path: Path) -> None:
    write(tmp_path, GRADE + decision("top", '"Nilai " + Nilai', needs("d")), i1=80)

    assert run("decide", "grade.dmn", "--input", "in.json")[:2] == (0, '"Nilai B"\n')
    assert run("decide", "grade.dmn", "--input", "in.json", "--decision", "d")[:2] == (0, '"B"\n')
    assert run("decide", "grade.dmn", "--input", "in.json", "--decision", "d", "--decision", "top")[1] == (
        '{"Nilai": "B", "top": "Nilai B"}\n'
    )


def test_the_explanation_says_which_rules_applied_and_why_the_others_did_not(run: Run, tmp_path: Path) -> None:
    body = GRADE.replace("<rule", '<annotation name="Dasar"/><rule', 1).replace(
        "</rule>", column("annotationEntry", "Pasal 5") + "</rule>", 1)  # fmt: skip
    write(tmp_path, body, i1=80)

    _, out, _ = run("decide", "grade.dmn", "--input", "in.json", "--explain")

    explained = json.loads(out)
    (asked,) = explained["tables"]
    assert (explained["result"], explained["decisions"]) == ("B", {"Nilai": "B"})
    assert (asked["inputs"], asked["fired"]) == ({"i1": 80}, ["r2"])
    assert [rule["fired"] for rule in asked["rules"]] == [False, True, False]
    assert asked["rules"][0]["why"] == "Kolom 'i1' bernilai 80, yang tidak memenuhi uji `> 90`."
    assert asked["rules"][0]["annotations"] == [{"name": "Dasar", "text": "Pasal 5"}]


def test_a_file_is_checked_for_gaps_with_an_example(run: Run, tmp_path: Path) -> None:
    write(tmp_path, GRADE.replace("[76..90]", "(76..90]").replace("&gt;", ">"))

    code, out, _ = run("decide", "grade.dmn", "--check")

    (found,) = json.loads(out)
    assert (code, found["code"], found["example"], found["decision"]) == (0, "gap", {"i1": 76}, "Nilai")


def test_a_check_names_the_rules_that_it_cannot_decide(run: Run, tmp_path: Path) -> None:
    write(tmp_path, table((["> limit", "1"], ["1"]), (["-", "> limit"], ["2"]), inputs=("a", "b")))

    code, out, _ = run("decide", "grade.dmn", "--check")

    assert code == 0
    assert [(one["code"], one["rules"]) for one in json.loads(out)] == [("undecided", ["r1"]), ("undecided", ["r2"])]
    assert "`> limit`" in json.loads(out)[0]["message"]


def test_a_check_refuses_a_file_in_which_any_decision_has_a_mistake(run: Run, tmp_path: Path) -> None:
    write(tmp_path, GRADE + decision("broken", "1 +") + decision("top", "d", needs("d")))
    mistaken = table((["> "], ["1"])).replace('id="d"', 'id="deep"')
    (tmp_path / "deep.dmn").write_bytes(file(mistaken + decision("top", "1", needs("deep"))))

    code, _, err = run("decide", "grade.dmn", "--check")
    deep, _, deep_err = run("decide", "deep.dmn", "--check")

    assert (code, "Keputusan 'broken'" in err) == (1, True)
    assert (deep, "Keputusan 'deep'" in deep_err) == (1, True)


def test_an_input_that_the_file_does_not_know_and_one_that_is_missing_are_named(run: Run, tmp_path: Path) -> None:
    write(tmp_path, GRADE + given("i2"), I1=80)

    code, out, err = run("decide", "grade.dmn", "--input", "in.json")

    assert (code, out) == (0, "null\n")
    assert "Catatan: 'I1' dalam in.json tidak dipakai: tidak ada data masukan bernama itu. Yang ada: i1, i2." in err
    assert "Catatan: data masukan 'i1' tidak diberikan, sehingga nilainya kosong (null)." in err
    assert "'i2' tidak diberikan" not in err


def test_a_file_that_declares_no_input_data_takes_any(run: Run, tmp_path: Path) -> None:
    write(tmp_path, decision("d", "a + 1"), a=1, b=2)

    assert run("decide", "grade.dmn", "--input", "in.json") == (0, "2\n", "")


def test_input_of_an_imported_file_and_of_a_service_is_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.dmn").write_bytes(file(given("i9") + decision("d1", "i9", needs("i9")), "urn:other"))
    body = '<import name="o" namespace="urn:other"/>' + decision("d", "o.d1 + 2", needs("d1", of="urn:other"))
    served = decision("d8", "1") + decision("d9", "d8 * 2", needs("d8")) + service("s", "d9", decisions="d8")
    write(tmp_path, body + served, i9=1, d8=4)

    code, out, err = run("decide", "grade.dmn", "--input", "in.json", "--decision", "d", "--decision", "s")

    assert (code, json.loads(out), err) == (0, {"d": 3, "s": 8}, "")


def test_a_service_says_in_its_explanation_what_its_decisions_did(run: Run, tmp_path: Path) -> None:
    write(tmp_path, GRADE + service("s", "d", data="i1"), i1=80)

    _, out, _ = run("decide", "grade.dmn", "--input", "in.json", "--decision", "s", "--explain")

    assert (json.loads(out)["result"], json.loads(out)["decisions"]) == ("B", {"Nilai": "B"})


def test_a_circle_of_decisions_is_refused_as_what_it_is(run: Run, tmp_path: Path) -> None:
    write(tmp_path, decision("d1", "d2", needs("d2")) + decision("d2", "d1", needs("d1")))

    code, _, err = run("decide", "grade.dmn")

    assert (code, "memerlukan dirinya sendiri" in err) == (1, True)


def test_a_service_and_an_imported_file_may_be_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.dmn").write_bytes(file(decision("d1", "40"), "urn:other"))
    (tmp_path / "stray.dmn").write_bytes(file(decision("d1", "1"), "urn:stray"))
    (tmp_path / "torn.dmn").write_bytes(b"<definitions")
    write(tmp_path, '<import name="o" namespace="urn:other"/>' + decision("d", "o.d1 + 2", needs("d1", of="urn:other"))
          + service("s", "d"))  # fmt: skip

    assert run("decide", "grade.dmn")[1] == "42\n"
    assert run("decide", "grade.dmn", "--decision", "s")[1] == "42\n"


@pytest.mark.parametrize(
    ("body", "arguments", "said"),
    [
        (decision("d", "1 +"), (), "Keputusan 'd'"),
        (GRADE, ("--decision", "x"), "Tidak ada keputusan atau layanan 'x'"),
        (given("i1"), (), "tidak memuat keputusan"),
        (knowledge("k", "a", "a"), (), "tidak memuat keputusan"),
        (decision("d", "count(for i in 1..10000000 return i)"), (), "terlalu banyak langkah"),
        ("</definitions><x>", (), "bukan XML yang sah"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_indonesian(
    run: Run, tmp_path: Path, body: str, arguments: tuple[str, ...], said: str
) -> None:
    write(tmp_path, body)

    code, _, err = run("decide", "grade.dmn", *arguments)

    assert (code, said in err) == (1, True)


def test_the_example_of_the_guide_gives_what_the_guide_says(run: Run) -> None:
    examples = ROOT / "docs" / "examples" / "decisions"
    guide = (ROOT / "docs" / "decisions.md").read_text()
    asked = ("decide", str(examples / "bonus.dmn"), "--input", str(examples / "bonus.json"))

    _, result, _ = run(*asked)
    _, explained, _ = run(*asked, "--explain")

    assert f"```json\n{result}```" in guide
    assert next(line for line in guide.splitlines() if line.startswith('{"rule"')) in explained
    assert run("decide", str(examples / "bonus.dmn"), "--check")[1] == "[]\n"
