"""Versions of a process beside each other, and merging a release or a new national default into a design."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from engine.commands.begin_design import BeginDesign
from engine.commands.deploy_release import DeployRelease
from engine.commands.save_design import SaveDesign
from engine.designs.finding import Design, content_mark, find_design
from engine.policy.actor import Actor, system_actor
from engine.queries.designs import releases_in_force
from engine.records.packing import pack
from processes.people.city import ParameterSet
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, parameter_set
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.definitions import release_files as promotion_files
from processes.recognition.definitions import release_files
from processes.recognition.unit_awards.variables import PROCESS
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, OFFICER, Person
from webapp.security import FILE_POLICY
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
SYSTEM = system_actor(CITY)
OWNER = Actor(CITY, OFFICER.id, frozenset({str(Role.PROCESS_OWNER)}))
DIAGRAM = f"{PROCESS}.bpmn"
FILES = release_files(PROCESS)
STEP = b"Putuskan penghargaan unit"
AWARD = "award"
NOTE = b"<bpmn:documentation>Catatan baru</bpmn:documentation>"


@pytest.fixture
def owner(alur: Alur, signed_in: SignIn) -> Browser:
    alur.engine.run(GrantRole(OFFICER.id, Role.PROCESS_OWNER, date(2026, 1, 1)), SYSTEM)
    alur.engine.run(DeployRelease(FILES, alur.catalogue, PROCESS), SYSTEM)
    return signed_in(OFFICER)


def design_of(alur: Alur, design: int) -> Design:
    with alur.database.reading() as read:
        return find_design(read, CITY, design)


def begin(alur: Alur, name: bytes = STEP) -> int:
    """Begin a design in which a step has another name."""
    design: int = alur.engine.run(BeginDesign(FILES), OWNER).value
    rename(alur, design, name)
    return design


def rename(alur: Alur, design: int, name: bytes) -> None:
    before = design_of(alur, design).diagram
    changed = before.replace(b'name="' + STEP, b'name="' + name)
    alur.engine.run(SaveDesign(design, {DIAGRAM: changed}, {DIAGRAM: content_mark(before)}), OWNER)


def deploy(alur: Alur, old: bytes, new: bytes) -> int:
    """Put a release in force in which something is written otherwise; return its number."""
    files = {**FILES, DIAGRAM: FILES[DIAGRAM].replace(old, new)}
    assert files != FILES
    alur.engine.run(DeployRelease(files, alur.catalogue, PROCESS), SYSTEM)
    return next(found.id for found in alur.engine.read(releases_in_force, SYSTEM) if found.process == PROCESS)


def test_a_design_is_compared_with_the_release_in_force_in_words(alur: Alur, owner: Browser) -> None:
    design = begin(alur, b"Tetapkan penghargaan unit")

    page = owner.get(f"/studio/rancangan/{design}/bandingkan").text

    assert "nama kini «Tetapkan penghargaan unit», sebelumnya «Putuskan penghargaan unit»" in page
    assert 'data-show="' in page
    assert owner.get(f"/studio/rancangan/{design}/bandingkan/diagram/rancangan").data == design_of(alur, design).diagram
    assert owner.get(f"/studio/rancangan/{design}/bandingkan/diagram/bawaan").data == FILES[DIAGRAM]


def test_any_two_versions_are_compared_and_others_are_not_found(alur: Alur, owner: Browser, signed_in: SignIn) -> None:
    design = begin(alur)
    number = deploy(alur, STEP, b"Tetapkan")
    address = f"/studio/rancangan/{design}/bandingkan"

    page = signed_in(ADMIN).get(f"{address}?dengan=bawaan&versi=rilis-{number}").text

    assert "nama kini «Tetapkan" in page
    assert signed_in(ADMIN).get(f"{address}/gabung/bawaan").status_code == 403
    for wrong in ("dengan=rilis-7", "versi=rilis-x", "versi=lain"):
        assert owner.get(f"{address}?{wrong}").status_code == 404
    assert owner.get(f"{address}/diagram/rilis-99999999999999999999").status_code == 404
    assert owner.get(f"{address}/diagram/rilis-9999999999999999999").status_code == 404
    assert owner.get(f"{address}/diagram/bawaan").headers["Content-Security-Policy"] == FILE_POLICY


def test_tables_and_forms_are_laid_upon_each_other(alur: Alur, owner: Browser) -> None:
    files = release_files(AWARD)
    alur.engine.run(DeployRelease(files, alur.catalogue, AWARD), SYSTEM)
    design = alur.engine.run(BeginDesign(files), OWNER).value
    changed = {
        "award_reward.dmn": files["award_reward.dmn"].replace(b"<text>null</text>", b"<text>0</text>", 1),
        "forms/award_score.json": files["forms/award_score.json"].replace(b"Prestasi kerja", b"Hasil kerja"),
    }
    seen = {name: content_mark(files[name]) for name in changed}
    alur.engine.run(SaveDesign(design, changed, seen), OWNER)

    page = owner.get(f"/studio/rancangan/{design}/bandingkan").text

    assert '<td class="is-changed"><del>' in page
    assert "Hasil kerja</ins>" in page


def test_the_numbers_that_a_process_computes_with_are_compared_as_they_hold_on_both_days(
    alur: Alur, owner: Browser
) -> None:
    files = promotion_files(BOARD_PROCESS)
    alur.engine.run(DeployRelease(files, alur.catalogue, BOARD_PROCESS), SYSTEM)
    design = alur.engine.run(BeginDesign(files), OWNER).value
    address = f"/studio/rancangan/{design}/bandingkan"
    assert "Tidak ada angka yang berbeda" in owner.get(address).text
    sheet = ParameterSet(
        key="promotion.board",
        version="2026.1",
        valid_from=date(2026, 1, 1),
        source="Perwal 7/2026",
        values={"quorum": Decimal(5), "performance.least": Decimal(40)},
    )
    with alur.database.writing() as connection:
        row = {"id": 1, "tenant": CITY, "name": sheet.key, "valid_from": sheet.valid_from, "source": sheet.source}
        connection.execute(parameter_set.insert(), {**row, "content": pack(sheet.to_plain())})

    page = owner.get(f"{address}?dengan=bawaan").text

    assert '<del><span class="hide">sebelumnya </span>3 orang</del>' in page
    assert "5 orang</ins>" in page and "Perwal 7/2026</ins>" in page
    assert "Predikat kinerja tahunan" in owner.text
    assert "tidak menghitung dengan angka" in owner.get(f"/studio/rancangan/{begin(alur)}/bandingkan").text


def test_a_release_that_came_into_force_meanwhile_is_merged(alur: Alur, owner: Browser) -> None:
    design = begin(alur, b"Tetapkan penghargaan unit")
    number = deploy(alur, b'isExecutable="true">', b'isExecutable="true">' + NOTE)
    address = f"/studio/rancangan/{design}/bandingkan/gabung/rilis-{number}"
    assert "Gabungkan rilis 2" in owner.get(f"/studio/rancangan/{design}/bandingkan").text

    assert "Catatan baru" in owner.get(address).text
    answer = owner.post(address, {"seen": str(design_of(alur, design).version)})

    assert answer.status_code == 200
    merged = design_of(alur, design)
    assert merged.base == number
    assert b"Tetapkan penghargaan unit" in merged.diagram
    assert b"Catatan baru" in merged.diagram


def test_what_was_merged_is_not_taken_back_with_a_change_before_it(alur: Alur, owner: Browser) -> None:
    design = begin(alur, b"Tetapkan penghargaan unit")
    number = deploy(alur, b'isExecutable="true">', b'isExecutable="true">' + NOTE)
    steps = f"/studio/rancangan/{design}/langkah"
    owner.post(steps, {"mark": content_mark(design_of(alur, design).diagram), "lakukan": "lajur", "nama": "Bendahara"})
    assert 'value="urungkan"' in owner.get(steps).text

    address = f"/studio/rancangan/{design}/bandingkan/gabung/rilis-{number}"
    owner.post(address, {"seen": str(design_of(alur, design).version)})
    merged = design_of(alur, design)
    page = owner.get(steps).text
    answer = owner.post(steps, {"mark": content_mark(merged.diagram), "lakukan": "urungkan"})

    assert 'value="urungkan"' not in page and answer.status_code == 409
    assert merged.base == number and b"Catatan baru" in merged.diagram and b"Bendahara" in merged.diagram
    assert design_of(alur, design) == merged


def test_what_contradicts_is_chosen_before_anything_is_merged(alur: Alur, owner: Browser) -> None:
    design = begin(alur, b"Tetapkan penghargaan unit")
    number = deploy(alur, STEP, b"Sahkan penghargaan unit")
    address = f"/studio/rancangan/{design}/bandingkan/gabung/rilis-{number}"
    owner.get(address)
    [choice] = set(re.findall(r'name="(pilih_[^"]+)"', owner.page))
    seen = {"seen": str(design_of(alur, design).version)}

    assert owner.post(address, seen).status_code == 422
    assert "Sahkan" in owner.post(address, {**seen, choice: "theirs", "_do": "lihat"}).text
    assert b"Tetapkan" in design_of(alur, design).diagram
    refused = owner.post(address, {"seen": "1", choice: "theirs"})
    assert refused.status_code == 409 and "Orang lain baru saja mengubah" in refused.text
    assert re.search(
        rf'name="{choice}" value="theirs"[^>]* checked|checked[^>]*name="{choice}"[^>]*theirs', refused.text
    )
    assert owner.post(address, {"seen": "9" * 5000, choice: "theirs"}).status_code == 409
    assert owner.post(address, {**seen, choice: "theirs"}).status_code == 200
    assert b"Sahkan" in design_of(alur, design).diagram


def test_the_national_default_is_merged_and_counts_as_taken(alur: Alur, owner: Browser) -> None:
    design = begin(alur, b"Tetapkan penghargaan unit")
    address = f"/studio/rancangan/{design}/bandingkan/gabung/bawaan"

    owner.post(address, {"seen": str(design_of(alur, design).version)})

    assert design_of(alur, design).taken == FILES
    assert b"Tetapkan penghargaan unit" in design_of(alur, design).diagram
