"""`alur migrate`: says what would happen, does it, and takes it back."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from engine.records.case import open_task
from tests.unit.engine.moves import chain
from webapp.cli import main
from webapp.wiring import Settings, build

Run = Callable[..., tuple[int, str, str]]
CITY = "serang"


@pytest.fixture
def run(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur migrate` in an installation with three cases, on the first of two releases."""
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "var"))

    def alur(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    copytree(begun, tmp_path / "var")
    _fill(tmp_path)
    return lambda *arguments: alur("migrate", *arguments)


def _fill(folder: Path) -> None:
    opened = build(Settings.from_environment())
    actor, catalogue = system_actor(CITY), Catalogue(forms=frozenset({"any"}))
    old, new = (chain(folder, *names).read_bytes() for names in (("one",), ("first", "two")))
    opened.engine.run(DeployRelease({"test.bpmn": old}, catalogue), actor)
    cases = tuple(NewCase(key, 1, f"Kasus {key}") for key in "abc")
    opened.engine.run(StartCases("test", cases), actor)
    opened.engine.run(DeployRelease({"test.bpmn": new}, catalogue), actor)
    opened.close()


def elements() -> list[str]:
    opened = build(Settings.from_environment())
    with opened.database.reading() as read:
        found = list(read.execute(select(open_task.c.element)).scalars())
    opened.close()
    return found


def test_a_dry_run_says_why_cases_stay_and_changes_nothing(run: Run) -> None:
    code, out, err = run("test:1", "test:2", "--dry-run", "--cases")

    assert (code, err) == (1, "")
    assert "one: tidak ada lagi; yang menunggu di sini tertahan" in out and "first: baru" in out
    assert "3  tertahan" in out and "3  Unsur one tidak ada di rilis baru." in out
    assert out.count("kasus ") >= 3 and "ditentukan dengan --map LAMA=BARU" in out
    assert elements() == ["one"] * 3


def test_a_run_moves_the_cases_and_says_how_to_undo_it(run: Run) -> None:
    code, out, _ = run("test:1", "test:2", "--map", "one=first")

    assert code == 0
    assert "3  dipetakan" in out and "3  one menjadi first." in out
    assert elements() == ["first"] * 3
    number = out.rsplit(" ", 1)[1].strip()
    code, out, _ = run("--undo", number)
    assert (code, out) == (0, "3 kasus test kembali ke rilis 1, persis seperti sebelumnya.\n")
    assert elements() == ["one"] * 3


def test_everything_is_there_as_json(run: Run, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"one": ["first"]}', "utf-8")

    code, out, _ = run("test:1", "test:2", "--map-file", str(mapping), "--json", "--cases", "--city", CITY)

    found: Any = json.loads(out)
    assert code == 0
    assert found["counts"] == {"same": 0, "mapped": 3, "stuck": 0}
    aspects = {item["element"]: item["aspects"] for item in found["differences"]}
    assert aspects["one"] == ["name", "result", "ways"]
    assert [case["verdict"] for case in found["cases"]] == ["mapped"] * 3
    assert run("--runs", "--json")[1].count('"counts": {"mapped": 3}') == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("test:1", "test:9"), "tidak menunjuk tepat satu pasang rilis"),
        (("test:1", "test:2", "--map", "one"), "Pemetaan tidak dapat dipakai: 'one'"),
        (("test:1", "test:2", "--set", "x"), "bukan NAMA=FEEL"),
        (("test:1", "test:1"), "tidak ada yang dipindahkan"),
        (("test:1", "test:2", "--city", "mataram"), "Kota 'mataram' belum disiapkan"),
        (("--undo", "1"), "Tidak ada pemindahan bernomor"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = run(*arguments)

    assert code == 1
    assert said in err


def test_both_releases_are_asked_for(run: Run) -> None:
    code, _, err = run("test:1")

    assert code == 2
    assert "LAMA dan BARU" in err
