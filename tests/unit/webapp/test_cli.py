"""The command line: Indonesian, with exit codes that scripts can rely on."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import Workbook

from tests.unit.engine.bpmn.drawings import around, event, manual, whole
from tests.unit.engine.diagrams import user
from webapp.cli import COMMANDS, GROUPS, main
from webapp.commands.words import in_indonesian
from webapp.wiring import Settings, build, import_kinds, shipped_releases

Run = Callable[..., tuple[int, str, str]]
FORM = {"version": 1, "title": {"id": "Isian", "en": "Answers"}, "fields": []}
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


@pytest.fixture
def office(begun: Path, tmp_path: Path) -> None:
    """Let there be an installation with one city already."""
    copytree(begun, tmp_path / "var")


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself_in_indonesian(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")

    assert code == 0
    assert "Cara pakai:" in out and "Tampilkan bantuan ini." in out
    assert "Usage" not in out and "Options" not in out


def test_the_help_shows_every_command_once_in_its_group(run: Run) -> None:
    _, out, _ = run("--help")

    assert [out.count(f"\n  {command} ") for command in COMMANDS] == [1] * len(COMMANDS)
    assert set(COMMANDS) == {name for names in GROUPS.values() for name in names}
    assert out.index("Menjalankan:") < out.index("  serve ") < out.index("Memeriksa dan mencoba:")


def test_the_help_of_the_import_has_a_line_for_each_kind_of_file(run: Run) -> None:
    _, out, _ = run("import", "--help")

    lines = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert set(import_kinds()) <= set(lines)
    assert "Garis penilaian: NIP, NIP Penilai, Mulai" in lines["lines"]


def test_wrong_use_is_told_in_indonesian(run: Run) -> None:
    missing, unknown, option = run("init"), run("hapus"), run("check", "--semua")

    assert [code for code, _, _ in (missing, unknown, option)] == [2, 2, 2]
    assert "isian KOTA belum diberikan" in missing[2]
    assert "tidak ada perintah 'hapus'" in unknown[2]
    assert "pilihan --semua tidak dikenal" in option[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "unit", "cli.py", "--city", "serang"), "isian JENIS tidak dapat dipakai: 'unit' tidak dikenal."),
        (("import", "units", "x.csv", "--city", "serang"), "isian BERKAS tidak dapat dipakai: 'x.csv' tidak ada."),
        (("import", "units", ".", "--city", "serang"), "'.' adalah folder, bukan berkas."),
        (("serve", "--port", "banyak"), "isian --port tidak dapat dipakai: 'banyak' bukan bilangan bulat."),
        (("init", "serang", "lagi"), "isian ini tidak diharapkan: lagi."),
        (("import", "units", "cli.py"), "isian --city belum diberikan."),
        (("init", "--lama"), "pilihan --lama tidak dikenal."),
        (("serve", "--port"), "pilihan '--port' memerlukan nilai."),
        (("impor",), "tidak ada perintah 'impor'."),
    ],
)
def test_what_click_says_of_a_value_is_told_in_indonesian(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "cli.py").touch()

    code, _, err = run(*arguments)

    assert code == 2
    assert said in err


def test_a_group_without_a_command_shows_its_help_and_nothing_else(run: Run) -> None:
    code, _, err = run("plugin")

    assert code == 2
    assert err.startswith("Cara pakai: alur plugin") and "Galat" not in err


def test_clicks_own_words_are_translated_wherever_they_stand() -> None:
    assert in_indonesian("[default: 8420]") == "[bawaan: 8420]"


def test_init_prints_a_link_for_the_first_administrator(run: Run) -> None:
    code, out, _ = run("init", "serang")

    assert code == 0
    assert "http://127.0.0.1:8420/serang/mulai/" in out


def test_the_link_of_a_city_with_a_host_of_its_own_leads_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALUR_HOSTS", "kinerja.example=serang")

    _, out, _ = run("init", "serang")

    assert "http://kinerja.example/mulai/" in out
    assert "/serang/mulai/" not in out


def test_init_deploys_the_shipped_diagrams(run: Run, tmp_path: Path) -> None:
    run("init", "serang")

    alur = build(Settings.from_environment({"ALUR_HOME": str(tmp_path / "var")}))
    with alur.database.reading() as read:
        found = read.exec_driver_sql("SELECT process FROM release WHERE tenant = 'serang' ORDER BY process").scalars()
        assert list(found) == sorted(shipped_releases())
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


def test_a_warning_is_told_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    warned = tmp_path / "warned.bpmn"
    warned.write_text(whole(*around(event("intermediateThrowEvent", "x", "escalation"))), encoding="utf-8")

    code, out, _ = run("check", str(warned))
    _, as_json, _ = run("check", str(warned), "--json")

    assert code == 0
    assert "1 peringatan" in out and "peringatan: peristiwa pelempar (x):" in out
    [problem] = json.loads(as_json)[str(warned)]
    assert problem["file"] == "warned.bpmn" and problem["element"] == "x" and problem["code"] == "uncaught_escalation"
    assert problem["severity"] == "warning" and set(problem["texts"]) == {"id", "en"}


def test_several_diagrams_are_checked_one_by_one_with_the_files_named_beside_them(run: Run, tmp_path: Path) -> None:
    good, bad, form = (tmp_path / name for name in ("good.bpmn", "bad.bpmn", "any.json"))
    good.write_text(whole(*around(user("x"))), encoding="utf-8")
    bad.write_text(whole(*around(user("x", ""))), encoding="utf-8")
    form.write_text(json.dumps(FORM), encoding="utf-8")

    code, out, _ = run("check", str(good), str(bad), str(form))

    assert code == 1
    assert f"{good}: tidak ada masalah" in out and f"{bad}: 1 galat" in out


def test_the_diagrams_of_a_folder_are_checked_each_with_its_tables_and_forms(run: Run, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "any.json").write_text(json.dumps(FORM), encoding="utf-8")
    for name in ("one.bpmn", "two.bpmn"):
        (tmp_path / name).write_text(whole(*around(user("x"))), encoding="utf-8")

    code, out, _ = run("check", str(tmp_path))

    assert code == 0
    assert out.count("tidak ada masalah") == 2


def test_what_only_has_the_name_of_a_diagram_is_told_and_the_rest_is_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.bpmn").mkdir()
    (tmp_path / "gone.bpmn").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.bpmn").write_text(whole(*around(manual("x"))), encoding="utf-8")

    code, out, err = run("check", str(tmp_path))

    assert code == 1 and "Traceback" not in err
    assert "good.bpmn: tidak ada masalah" in out
    assert all(f"galat: {name}: ini bukan berkas" in out for name in ("folder.bpmn", "gone.bpmn"))


def test_a_table_or_form_alone_is_checked_by_itself(run: Run, tmp_path: Path) -> None:
    good, bad, table = (tmp_path / name for name in ("good.json", "bad.json", "bad.dmn"))
    good.write_text(json.dumps(FORM), encoding="utf-8")
    bad.write_text('{"fields": 1}', encoding="utf-8")
    table.write_text("<no/>", encoding="utf-8")

    code, out, _ = run("check", str(good), str(bad), str(table))

    assert code == 1
    assert f"{good}: tidak ada masalah" in out and ".bpmn" not in out
    assert "bad.json: fields:" in out and "bad.dmn" in out


def test_who_forgets_to_name_the_form_is_told_how(run: Run, tmp_path: Path) -> None:
    alone = tmp_path / "alone.bpmn"
    alone.write_text(whole(*around(user("x"))), encoding="utf-8")

    _, out, _ = run("check", str(alone))

    assert "formulir 'any' tidak ada" in out and "petunjuk: sebutkan juga berkas formulir" in out


def test_two_files_of_one_name_are_not_mistaken_for_each_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    drawn, form, other = (tmp_path / name for name in ("a.BPMN", "any.json", "more/any.json"))
    drawn.write_text(whole(*around(user("x"))), encoding="utf-8")
    for path in (form, other):
        path.write_text(json.dumps(FORM), encoding="utf-8")

    code, out, _ = run("check", str(drawn), str(form), str(other))

    assert code == 1
    assert "forms/any.json: dua berkas bernama sama" in out


@pytest.mark.usefixtures("office")
def test_a_file_with_wrong_cells_is_refused_with_sheet_row_and_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "unit.csv"
    file.write_text("kode;nama;jenis;hari_kerja\nA1;Dinas;;9\n", encoding="utf-8")

    code, _, err = run("import", "units", str(file), "--city", "serang")

    assert code == 1
    assert "baris 2" in err.lower() and "Tidak ada yang diimpor" in err


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.usefixtures("office")
def test_a_long_file_is_imported_with_a_bar_that_counts_its_rows(run: Run, tmp_path: Path, ending: str) -> None:
    first = date(2020, 1, 1)
    rows = [("Tanggal", "Nama"), *((str(first + timedelta(day)), "Libur") for day in range(2500))]
    file = save_table(tmp_path / f"libur.{ending}", rows)

    tried = run("import", "holidays", str(file), "--city", "serang", "--dry-run")
    done = run("import", "holidays", str(file), "--city", "serang")

    assert (tried[0], done[0]) == (0, 0), done[2]
    assert "Membaca" in tried[2] and "belum ada yang diimpor" in tried[1]
    assert "2500 baris (2500 baru" in done[1]


def save_table(file: Path, rows: list[tuple[str, str]]) -> Path:
    if file.suffix == ".csv":
        file.write_text("".join(f"{';'.join(row)}\n" for row in rows))
        return file
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    workbook.save(file)
    return file


@pytest.mark.usefixtures("office")
def test_nothing_is_imported_into_a_city_that_is_not_there(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "unit.csv"
    file.write_text("kode\n")

    code, _, err = run("import", "units", str(file), "--city", "mataram")

    assert code == 1
    assert "alur init mataram" in err


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


def test_a_bad_score_file_is_told_in_indonesian(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nilai.json").write_text('{"position": {}}')

    code, _, err = run("plugin", "score", "serang", "nilai.json")

    assert code == 1
    assert err == "Galat: nilai.json: position.family: wajib diisi\n"


@pytest.mark.parametrize("arguments", [("check", "nokota"), ("score", "nokota", "nilai.json")])
def test_a_city_without_a_plugin_is_answered_with_those_that_have_one(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "nilai.json").write_text("{}")

    code, _, err = run("plugin", *arguments)

    assert code == 1
    assert "Kota 'nokota' tidak mempunyai plugin. Yang terpasang: mataram, serang, tanjungbalai," in err


def test_a_city_with_two_plugins_is_listed_as_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "alur_kembar-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: alur-kembar\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[alur.city]\nserang = alur_serang\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    _, listed, _ = run("plugin", "list")
    code, _, err = run("plugin", "check", "serang")

    rows = [line for line in listed.splitlines() if line.startswith("serang ")]
    assert [line.partition("DITOLAK: ")[2].split(".")[0] for line in rows] == [
        "kota ini juga dilayani oleh alur-serang",
        "kota ini juga dilayani oleh alur-kembar",
    ]
    assert code == 1 and "alur-kembar" in err


def test_a_new_plugin_is_begun(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("plugin", "new", "kupang", "--name", "Kota Kupang", "--zone", "Asia/Makassar")

    assert code == 0
    assert (tmp_path / "kupang" / "pyproject.toml").is_file() and "kupang" in out


@pytest.mark.usefixtures("office")
def test_upgrading_says_whether_anything_was_done(run: Run) -> None:
    code, out, _ = run("upgrade")

    assert (code, "sudah sesuai" in out) == (0, True)


@pytest.mark.usefixtures("office")
def test_waiting_work_is_done_once(run: Run) -> None:
    run("worker", "--once")

    code, out, _ = run("worker", "--once")

    assert (code, out.strip()) == (0, "0 pekerjaan selesai.")
