"""The pages of decision tables in the studio: the list, the plain editor, pasting, trying out, coverage."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from engine.designs.finding import content_mark, find_design
from engine.dmn.editing import Sheet, read_sheet
from engine.policy.actor import system_actor
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, holiday
from tests.functional.browser import Browser
from tests.functional.conftest import settings_of
from tests.functional.town import ADMIN, CITY, TEACHER, Moment, Person, hash_quickly
from tests.unit.engine.dmn.tables import definitions
from webapp.app import create_app
from webapp.studio.tables import covering
from webapp.wiring import Alur, build, shipped_scenarios
from webapp.wiring.parts import shipped_releases

SignIn = Callable[[Person], Browser]
OUTCOME = "training_outcome"


@pytest.fixture(scope="module")
def alur(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alur]:
    """A town whose administrator owns its processes, for all tests: each begins a design of its own."""
    home = tmp_path_factory.mktemp("studio") / "home"
    shutil.copytree(settled_home, home)
    with closing(build(settings_of(home), clock=Moment())) as built:
        built.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
        yield built


@pytest.fixture(scope="module")
def app(alur: Alur) -> Flask:
    """The web application."""
    return hash_quickly(create_app(alur))


@pytest.fixture(scope="module")
def owner(app: Flask) -> Browser:
    """The process owner, signed in."""
    browser = Browser(app)
    browser.sign_in(ADMIN)
    return browser


@pytest.fixture
def design(alur: Alur) -> int:
    """A design of training, with its scenarios."""
    process = "training_nomination"
    files = {**shipped_releases()[process], **shipped_scenarios(process)}
    number = alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


def content(alur: Alur, design: int, name: str = OUTCOME) -> bytes:
    """Return a table of the design as it is kept."""
    with alur.database.reading() as read:
        return find_design(read, CITY, design).files[f"{name}.dmn"]


def sheet(alur: Alur, design: int) -> Sheet:
    """Return the table of the outcome as it is kept."""
    return read_sheet(content(alur, design), OUTCOME)


def tables(design: int, rest: str = "") -> str:
    """Return the address of the tables of a design, or of one of their pages."""
    return f"/studio/rancangan/{design}/tabel{rest}"


def form_of(alur: Alur, design: int, **changed: str) -> dict[str, object]:
    """Return what the plain editor sends when some cells were typed over."""
    kept = sheet(alur, design)
    cells = {f"c-{row}-{place}": cell for row, one in enumerate(kept.rows) for place, cell in enumerate(one.cells)}
    ids = {"r": [row.id for row in kept.rows], "k": [column.id for column in kept.columns]}
    mark = content_mark(content(alur, design))
    return {**ids, **cells, "mark": mark, "policy": kept.policy, **changed}


def test_the_list_says_who_asks_each_table_and_how_many_rules_scenarios_fire(owner: Browser, design: int) -> None:
    owner.get(tables(design))

    assert "Sertifikat dan kelulusan" in owner.text
    assert "Nilai kehadiran dan tes" in owner.text
    assert "3 dilalui skenario" in owner.text


def test_a_cell_that_is_typed_over_changes_one_line_of_the_file(owner: Browser, alur: Alur, design: int) -> None:
    before = content(alur, design).decode().splitlines()

    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, **{"c-1-4": '"lulus"', "aksi": "simpan"}))

    after = content(alur, design).decode().splitlines()
    assert "Tabel sudah disimpan." in owner.text
    assert [line for line in after if line not in before] == [line for line in after if '"lulus"' in line]
    assert len(after) == len(before)


def test_rules_are_added_copied_moved_and_removed_by_buttons(owner: Browser, alur: Alur, design: int) -> None:
    def press(action: str) -> list[str]:
        owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, aksi=action))
        return [row.id for row in sheet(alur, design).rows]

    assert press("sisip too_little") == ["too_little", "rule_1", "passed", "present"]
    assert press("hapus rule_1") == ["too_little", "passed", "present"]
    assert press("turun too_little") == ["passed", "too_little", "present"]
    assert press("salin present") == ["passed", "too_little", "present", "rule_1"]
    assert press("naik present") == ["passed", "present", "too_little", "rule_1"]


def test_columns_are_added_described_and_removed(owner: Browser, alur: Alur, design: int) -> None:
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, aksi="kolom input"))
    added = sheet(alur, design).columns[2]
    typed = {"l-2": "Unit", "e-2": "unit.name", "t-2": "string", "a-2": '"A", "B"', "aksi": "simpan"}
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, **typed))
    changed = sheet(alur, design).columns[2]
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, aksi=f"buang {added.id}"))

    assert (added.expression, sheet(alur, design).rows[0].cells[2]) == ("masukan_1", "false")
    assert (changed.label, changed.expression, changed.type) == ("Unit", "unit.name", "string")
    assert [column.title for column in sheet(alur, design).columns][2] == "Bersertifikat"


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(
    owner: Browser, alur: Alur, design: int
) -> None:
    typed = form_of(alur, design, **{"c-0-5": "Kurang hadir."})
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, **{"c-2-5": "Hadir saja."}))

    answer = owner.post(tables(design, f"/{OUTCOME}/daftar"), {**typed, "aksi": "simpan"})

    assert answer.status_code == 409
    assert "Tabel ini diubah orang lain sesudah Anda membukanya" in owner.text
    assert "Kurang hadir." in owner.text
    assert sheet(alur, design).rows[0].cells[-1] == "Kehadiran di bawah ambang batas."


def test_a_mistake_stands_at_its_cell_and_a_rule_that_never_applies_is_named(
    owner: Browser, alur: Alur, design: int
) -> None:
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, **{"c-1-0": "maybe((", "aksi": "simpan"}))
    mistaken = owner.text
    owner.post(tables(design, f"/{OUTCOME}/daftar"), form_of(alur, design, **{"c-1-0": "false", "aksi": "simpan"}))

    assert "Aturan 2, kolom Kehadiran cukup:" in mistaken
    assert "Aturan 2 tidak pernah berlaku" in owner.text


def test_pasted_rules_are_checked_cell_by_cell_before_they_are_kept(owner: Browser, alur: Alur, design: int) -> None:
    wrong = "Ya\t-\tya\tbisa jadi\tbaik\tAlasan"
    good = "ya\t\tya\ttidak\tbaik\tHadir saja"
    mark = content_mark(content(alur, design))

    refused = owner.post(tables(design, f"/{OUTCOME}/tempel"), {"rows": wrong, "mark": mark})
    said = owner.text
    looked_at = owner.post(tables(design, f"/{OUTCOME}/tempel"), {"rows": good, "mark": mark})
    unchanged = len(sheet(alur, design).rows)
    owner.post(tables(design, f"/{OUTCOME}/tempel"), {"rows": good, "mark": mark, "keep": "1"})

    assert (refused.status_code, looked_at.status_code, unchanged) == (422, 200, 3)
    assert "Baris 1, Lulus level 2" in said
    assert sheet(alur, design).rows[-1].cells == ("true", "-", "true", "false", '"baik"', "Hadir saja")


def test_a_table_is_tried_with_the_values_of_a_scenario(owner: Browser, design: int) -> None:
    address = tables(design, "/training_eligibility/coba")

    owner.get(f"{address}?skenario=scenarios/cannot_come.json")
    filled = owner.page
    facts = ("is_open", "has_taken", "is_over_hours", "is_for_all", "has_gap", "has_superior_reason")
    typed = {f"v_facts__{name}": "true" if name in ("is_open", "has_gap") else "false" for name in facts}
    owner.post(address, typed)

    assert filled.count("selected") >= len(facts)
    assert '{is_eligible: true, reason: "gap"}' in owner.text
    assert "Yang berlaku: aturan 5." in owner.text
    assert "yang tidak memenuhi uji" in owner.text


def test_a_table_is_tried_with_the_working_days_of_the_city(owner: Browser, alur: Alur) -> None:
    days = '<literalExpression><text>working days after(date("2026-01-05"), 1)</text></literalExpression>'
    table = definitions(f'<decision id="next" name="Next"><variable name="Next"/>{days}</decision>')
    files = {**shipped_releases()["training_nomination"], "next.dmn": table}
    number = int(alur.engine.run(BeginDesign(files), system_actor(CITY)).value)
    with alur.database.writing() as connection:
        connection.execute(holiday.insert(), {"tenant": CITY, "day": date(2026, 1, 6), "name": "Hari jadi"})

    owner.post(tables(number, "/next/coba"), {})

    assert "hari libur kota tidak ikut dihitung" in owner.text
    assert "2026-01-07" in owner.page


def test_what_a_page_does_not_count_of_many_scenarios_is_said(
    owner: Browser, alur: Alur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covering, "_MOST_PLAYED", 2)
    (one, *_rest) = shipped_scenarios("training_nomination").values()
    many = {f"scenarios/many_{number}.json": one for number in range(3)}
    number = alur.engine.run(
        BeginDesign({**shipped_releases()["training_nomination"], **many}), system_actor(CITY)
    ).value
    assert isinstance(number, int)

    for address in (tables(number), tables(number, f"/{OUTCOME}/cakupan")):
        owner.get(address)
        assert "2 dari 3 skenario dihitung di sini" in owner.text


def test_a_value_that_cannot_be_read_is_said_at_its_field(owner: Browser, design: int) -> None:
    answer = owner.post(tables(design, f"/{OUTCOME}/coba"), {"v_attendance": "{share: "})

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in owner.text


def test_each_rule_names_the_scenarios_that_fire_it(owner: Browser, design: int) -> None:
    owner.get(tables(design, f"/{OUTCOME}/cakupan"))

    assert "3 dari 3" in owner.text
    assert "Sesi berikutnya" in owner.text or "Dari kesenjangan" in owner.text


def test_a_new_table_is_made_of_columns_that_were_typed(owner: Browser, alur: Alur, design: int) -> None:
    cells = {"title": "Besar bonus", "name": "bonus"}
    cells |= {"inputs-0-label": "Nilai", "inputs-0-name": "score", "inputs-0-type": "number"}
    cells |= {"outputs-0-label": "Bonus", "outputs-0-name": "amount", "outputs-0-type": "number"}

    owner.post(f"/studio/rancangan/{design}/tabel-baru", cells)
    made = read_sheet(content(alur, design, "bonus"), "bonus")
    again = owner.post(f"/studio/rancangan/{design}/tabel-baru", cells)

    assert [(column.title, column.expression, column.type) for column in made.columns[:2]] == [
        ("Nilai", "score", "number"),
        ("Bonus", "amount", "number"),
    ]
    assert again.status_code == 422


def test_a_table_that_a_step_asks_is_not_deleted_and_its_copy_is(owner: Browser, alur: Alur, design: int) -> None:
    owner.post(tables(design, f"/{OUTCOME}/hapus"))
    kept = owner.text
    owner.post(tables(design, f"/{OUTCOME}/salin"))
    copied = content(alur, design, f"{OUTCOME}_2")
    owner.post(tables(design, f"/{OUTCOME}_2/hapus"))

    assert "masih dipakai oleh: “Nilai kehadiran dan tes”" in kept
    assert read_sheet(copied, f"{OUTCOME}_2").rows == sheet(alur, design).rows
    assert owner.get(tables(design, f"/{OUTCOME}_2/daftar")).status_code == 404


def test_an_uploaded_file_is_taken_over_and_a_hostile_one_refused(owner: Browser, alur: Alur, design: int) -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    sent = owner.get(tables(design, f"/{OUTCOME}/unduh"), follow_redirects=False).data

    refused = owner.post(tables(design), {"file": (BytesIO(hostile), "jahat.dmn")})
    said = owner.text
    exists = owner.post(tables(design), {"file": (BytesIO(sent), f"{OUTCOME}.dmn")})
    changed = sent.replace(b'"passed"</text>', b'"sukses"</text>')
    owner.post(tables(design), {"file": (BytesIO(changed), f"{OUTCOME}.dmn"), "replaces": "true"})

    assert (refused.status_code, exists.status_code) == (422, 422)
    assert "DOCTYPE" in said
    assert content(alur, design) == changed


def test_the_editor_is_told_of_mistakes_in_a_text_that_is_not_saved(owner: Browser, alur: Alur, design: int) -> None:
    text = content(alur, design).decode().replace("<text>true</text>", "<text>maybe((</text>", 1)
    owner.get(tables(design))
    headers = {"X-CSRFToken": owner.token}

    answer = owner.client.post(f"/{CITY}{tables(design, f'/{OUTCOME}/periksa')}", json={"text": text}, headers=headers)

    found = answer.json["problems"][0] if answer.json else {}
    assert (found["rule"], found["column"], found["severity"]) == (2, "Kehadiran cukup", "error")


def test_only_the_drawn_editor_may_style_inline_and_no_page_may_script(owner: Browser, design: int) -> None:
    drawn = owner.get(tables(design, f"/{OUTCOME}")).headers["Content-Security-Policy"]
    plain = owner.get(tables(design, f"/{OUTCOME}/daftar")).headers["Content-Security-Policy"]

    assert "style-src 'self' 'unsafe-inline';" in drawn
    assert "'unsafe-inline'" not in plain
    assert "script-src 'self' 'nonce-" in drawn


def test_a_design_that_was_put_away_is_read_and_not_changed(owner: Browser, alur: Alur, design: int) -> None:
    sent = form_of(alur, design, **{"c-1-4": '"lulus"'})
    alur.engine.run(DiscardDesign(design), system_actor(CITY))

    owner.get(tables(design, f"/{OUTCOME}"))
    page = owner.page
    answer = owner.post(tables(design, f"/{OUTCOME}/daftar"), sent)

    assert "<textarea" not in page
    assert answer.status_code == 409
    assert '"lulus"' not in content(alur, design).decode()


def test_whoever_owns_no_process_sees_no_table(design: int, signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    pages = ("", f"/{OUTCOME}", f"/{OUTCOME}/daftar", f"/{OUTCOME}/coba", f"/{OUTCOME}/cakupan", f"/{OUTCOME}/unduh")

    assert [teacher.get(tables(design, page)).status_code for page in pages] == [404] * len(pages)
