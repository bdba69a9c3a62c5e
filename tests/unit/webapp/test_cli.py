"""The command line: Indonesian, with exit codes that scripts can rely on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.cli import COMMANDS, main
from webapp.commands.words import in_indonesian
from webapp.wiring import Settings, build

Run = Callable[..., tuple[int, str, str]]
SCORES = Path(__file__).parents[3] / "docs" / "examples" / "score"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur` in a fresh installation and gives exit code, output and errors."""
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself_in_indonesian(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")

    assert code == 0
    assert "Cara pakai:" in out and "Tampilkan bantuan ini." in out
    assert "Usage" not in out and "Options" not in out


def test_wrong_use_is_told_in_indonesian(run: Run) -> None:
    missing, unknown, option = run("init"), run("hapus"), run("check", "--semua")

    assert [code for code, _, _ in (missing, unknown, option)] == [2, 2, 2]
    assert "isian KOTA belum diberikan" in missing[2]
    assert "tidak ada perintah 'hapus'" in unknown[2]
    assert "pilihan --semua tidak dikenal" in option[2]


def test_clicks_own_words_are_translated_wherever_they_stand() -> None:
    assert in_indonesian("[default: 8420]") == "[bawaan: 8420]"


def test_init_prints_a_link_for_the_first_administrator(run: Run) -> None:
    code, out, _ = run("init", "serang")

    assert code == 0
    assert "http://127.0.0.1:8420/serang/mulai/" in out


def test_init_deploys_the_shipped_diagrams(run: Run, tmp_path: Path) -> None:
    run("init", "serang")

    alur = build(Settings.from_environment({"ALUR_HOME": str(tmp_path / "var")}))
    with alur.database.reading() as read:
        found = read.exec_driver_sql("SELECT process FROM release WHERE tenant = 'serang' ORDER BY process").scalars()
        assert list(found) == ["periodic_evaluation", "unit_evaluation"]
    alur.close()


def test_init_needs_an_installed_plugin(run: Run) -> None:
    code, _, err = run("init", "atlantis")

    assert code == 1
    assert "belum terpasang" in err and "Traceback" not in err


def test_the_shipped_diagrams_are_good(run: Run) -> None:
    code, out, _ = run("check")

    assert code == 0
    assert "periodic_evaluation: tidak ada masalah" in out


def test_a_bad_diagram_is_told_with_element_and_reason(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.bpmn"
    bad.write_text("<definitions/>")

    code, out, _ = run("check", str(bad))
    _, as_json, _ = run("check", str(bad), "--json")

    assert code == 1
    assert "galat:" in out
    assert json.loads(as_json)[str(bad)][0]["severity"] == "error"


def test_a_file_with_wrong_cells_is_refused_with_sheet_row_and_column(run: Run, tmp_path: Path) -> None:
    run("init", "serang")
    file = tmp_path / "unit.csv"
    file.write_text("kode;nama;jenis;hari_kerja\nA1;Dinas;;9\n", encoding="utf-8")

    code, _, err = run("import", "units", str(file), "--city", "serang")

    assert code == 1
    assert "baris 2" in err.lower() and "Tidak ada yang diimpor" in err


def test_nothing_is_imported_into_a_city_that_is_not_there(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "unit.csv"
    file.write_text("kode\n")
    run("upgrade")

    code, _, err = run("import", "units", str(file), "--city", "serang")

    assert code == 1
    assert "alur init serang" in err


def test_an_expression_is_computed_exactly(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text('{"a": 0.1, "b": [1, 2]}')

    code, out, _ = run("feel", "a + 0.2 = 0.3 and sum(b) = 3", "--context", "data.json")

    assert (code, out.strip()) == (0, "true")


def test_what_is_no_expression_is_refused(run: Run) -> None:
    code, _, err = run("feel", "1 +")

    assert code == 1
    assert err.startswith("Galat:")


def test_plugins_are_listed_and_score(run: Run) -> None:
    example = next(SCORES.glob("tebingtinggi*.json"))

    _, listed, _ = run("plugin", "list")
    code, scored, _ = run("plugin", "score", "tebingtinggi", str(example), "--json")

    assert "tebingtinggi" in listed and "alur-tebingtinggi" in listed
    assert code == 0
    assert json.loads(scored)


def test_a_new_plugin_is_begun(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("plugin", "new", "kupang", "--name", "Kota Kupang", "--zone", "Asia/Makassar")

    assert code == 0
    assert (tmp_path / "kupang" / "pyproject.toml").is_file() and "kupang" in out


def test_upgrading_says_whether_anything_was_done(run: Run) -> None:
    first, second = run("upgrade"), run("upgrade")

    assert "sudah diperbarui" in first[1]
    assert "sudah sesuai" in second[1]


def test_waiting_work_is_done_once(run: Run) -> None:
    run("upgrade")

    code, out, _ = run("worker", "--once")

    assert (code, out.strip()) == (0, "0 pekerjaan selesai.")
