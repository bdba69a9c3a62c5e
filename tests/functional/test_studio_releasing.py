"""From a design to a release and back: what colleagues say, a second person, running cases, new national defaults."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from engine.commands.deploy_release import DeployRelease
from engine.commands.save_design import SaveDesign
from engine.commands.start_case import NewCase, StartCases
from engine.designs.finding import content_mark, find_design
from engine.policy.actor import Actor, system_actor
from engine.queries.designs import designs_in, releases_in_force
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from processes.recognition.definitions import release_files
from processes.recognition.unit_awards.variables import PROCESS
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, INSPECTOR, OFFICER, SCHOOL, STRANGER, TEACHER, Person
from webapp.setup import deploy_shipped
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
SYSTEM = system_actor(CITY)
OWNER = Actor(CITY, OFFICER.id, frozenset({str(Role.PROCESS_OWNER)}))
DIAGRAM = f"{PROCESS}.bpmn"
OLD, NEW = b"Putuskan penghargaan unit", b"Tetapkan penghargaan unit"


@pytest.fixture
def owner(alur: Alur, signed_in: SignIn) -> Browser:
    """A process owner of a city with one process; another owner and the administrator are there."""
    for person in (OFFICER, INSPECTOR):
        alur.engine.run(GrantRole(person.id, Role.PROCESS_OWNER, date(2026, 1, 1)), SYSTEM)
    alur.engine.run(DeployRelease(release_files(PROCESS), alur.catalogue, PROCESS), SYSTEM)
    return signed_in(OFFICER)


def begin(alur: Alur, owner: Browser) -> str:
    """Begin a design and rename a step in it; return the address of the design."""
    owner.get(f"/studio/proses/{PROCESS}")
    owner.post(f"/studio/proses/{PROCESS}/rancangan")
    line = max(alur.engine.read(designs_in, OWNER), key=lambda found: found.id)
    rename_step(alur, line.id, NEW)
    return f"/studio/rancangan/{line.id}"


def rename_step(alur: Alur, design: int, name: bytes) -> None:
    """Give the step of a design that decides another name."""
    with alur.database.reading() as read:
        before = find_design(read, CITY, design).files[DIAGRAM]
    changed = re.sub(b'name="(%b|%b)' % (OLD, NEW), b'name="' + name, before)
    alur.engine.run(SaveDesign(design, {DIAGRAM: changed}, {DIAGRAM: content_mark(before)}), OWNER)


def fields_of(browser: Browser, form: str) -> dict[str, str]:
    """Return what the hidden fields of a form of the last page hold."""
    part = re.search(rf'id="{form}".*?</form>', browser.page, re.DOTALL)
    assert part is not None, form
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part[0]))


def approve(alur: Alur, owner: Browser, second: Browser, design: str) -> None:
    assert owner.post(f"{design}/tinjauan/minta").status_code == 200
    second.get(f"{design}/tinjauan")
    values = {**fields_of(second, "review-form"), "verdict": "approved"}
    assert second.post(f"{design}/tinjauan", values).status_code == 200


def in_force(alur: Alur) -> int:
    (found,) = (item for item in alur.engine.read(releases_in_force, SYSTEM) if item.process == PROCESS)
    return found.number


def test_a_design_is_reviewed_by_a_second_person_released_and_taken_back(
    alur: Alur, owner: Browser, signed_in: SignIn
) -> None:
    case = NewCase("1", TEACHER.id, "Kasus", {"unit": SCHOOL.id, "unit_name": "SD Negeri 1"})
    alur.engine.run(StartCases(PROCESS, (case,)), SYSTEM)
    design, second = begin(alur, owner), signed_in(INSPECTOR)
    page = owner.get(f"{design}/tinjauan").text
    assert "Tetapkan penghargaan unit" in page and "Minta tinjauan" in page

    owner.post(f"{design}/tinjauan/minta")
    owner.get(f"{design}/tinjauan")
    assert 'id="review-form"' not in owner.page
    assert "Sebuah rancangan menunggu tinjauan" in second.get("/pemberitahuan").text
    assert design in second.get("/studio/menunggu").text
    second.get(f"{design}/tinjauan")
    values = fields_of(second, "review-form")
    assert second.post(f"{design}/tinjauan", {**values, "verdict": "returned"}).status_code == 422
    assert "alasannya" in second.text
    second.post(f"{design}/tinjauan", {**values, "verdict": "approved", "reason": ""})

    owner.get(f"{design}/rilis")
    assert "lihat dahulu pemindahan 1 kasus dari rilis 1" in owner.text
    assert owner.post(f"{design}/rilis", {}).status_code == 422
    answer = owner.post(f"{design}/rilis", {"cases": "stay"})
    assert answer.status_code == 200 and "Rilis 2 berlaku" in owner.text
    assert in_force(alur) == 2

    back = f"/studio/proses/{PROCESS}/berlakukan/1"
    owner.get(back)
    assert "rilis 1: 1 kasus" in owner.text
    assert owner.post(back, {"reason": "kurang"}).status_code == 422
    owner.post(back, {"reason": "Langkah baru keliru"})
    assert in_force(alur) == 1
    assert "Langkah baru keliru" in owner.get(f"/studio/proses/{PROCESS}").text
    assert "berlaku kembali" in second.get("/pemberitahuan").text


def test_an_invited_colleague_sees_a_design_and_says_something_but_changes_nothing(
    alur: Alur, owner: Browser, signed_in: SignIn
) -> None:
    design, teacher = begin(alur, owner), signed_in(TEACHER)
    assert teacher.get(f"{design}/tinjauan").status_code == 404
    assert owner.post(f"{design}/undangan", {"nip": "1" * 18}).status_code == 422
    owner.post(f"{design}/undangan", {"nip": TEACHER.nip})

    assert design in teacher.get("/studio/menunggu").text
    place = f"{DIAGRAM}#decide"
    teacher.get(f"{design}/tinjauan")
    assert teacher.post(f"{design}/catatan", {"kind": "remark", "place": place, "text": " "}).status_code == 422
    teacher.post(f"{design}/catatan", {"kind": "suggestion", "place": place, "text": "Dua orang saja <b>cukup</b>"})
    (said,) = owner.get(f"{design}/catatan").get_json()["remarks"]
    owner.post(f"{design}/catatan/{said['id']}/jawab", {f"r{said['id']}-text": "Setuju."})
    owner.post(f"{design}/catatan/{said['id']}/selesai")

    found = teacher.get(f"{design}/catatan").get_json()
    (remark,) = found["remarks"]
    assert (remark["element"], remark["kind"], remark["open"], remark["by"]) == (
        "decide",
        "suggestion",
        False,
        TEACHER.name,
    )
    assert ([answer["text"] for answer in remark["answers"]], found["may_remark"]) == (["Setuju."], True)
    page = owner.get(f"{design}/tinjauan").text
    assert "Langkah: Tetapkan penghargaan unit" in page and "&lt;b&gt;cukup" in page
    teacher.get(f"{design}/tinjauan")
    for refused in (f"{design}/catatan/{said['id']}/selesai", f"{design}/tinjauan/minta", f"{design}/singkirkan"):
        assert teacher.post(refused).status_code == 403
    assert [teacher.get(path).status_code for path in ("/studio", f"{design}/rilis")] == [404, 404]
    assert "dijawab" in teacher.get("/pemberitahuan").text

    owner.post(f"{design}/undangan/{TEACHER.id}/hapus")
    assert teacher.get(f"{design}/tinjauan").status_code == 404


def test_what_was_typed_is_there_when_the_design_was_changed_or_put_away_meanwhile(
    alur: Alur, owner: Browser, signed_in: SignIn
) -> None:
    design, second = begin(alur, owner), signed_in(INSPECTOR)
    owner.post(f"{design}/tinjauan/minta")
    second.get(f"{design}/tinjauan")
    verdict = {**fields_of(second, "review-form"), "verdict": "returned", "reason": "Langkahnya terlalu banyak"}
    rename_step(alur, int(design.rpartition("/")[2]), b"Sahkan penghargaan unit")

    overtaken = second.post(f"{design}/tinjauan", verdict)
    assert overtaken.status_code == 409
    assert "berubah sejak Anda melihatnya" in overtaken.text and "Langkahnya terlalu banyak" in overtaken.text

    owner.post(f"{design}/singkirkan")
    kind = {"kind": "remark", "place": "", "text": "Belum sempat saya tulis"}
    closed = owner.post(f"{design}/catatan", kind), owner.post(f"{design}/undangan", {"nip": TEACHER.nip})
    assert [answer.status_code for answer in closed] == [409, 409]
    assert all("Mulailah rancangan baru" in answer.text for answer in closed)
    assert "Belum sempat saya tulis" in closed[0].text and TEACHER.nip in closed[1].text
    late = owner.post(f"{design}/rilis", {"reason": "Tetap perlu dirilis"})
    assert late.status_code == 409 and "Tetap perlu dirilis" in late.text
    script = owner.post(f"{design}/catatan", kind, headers={"X-Requested-With": "fetch"})
    assert script.status_code == 409 and "rancangan baru" in script.get_json()["message"]


def test_a_script_keeps_a_remark_of_one_design_and_is_told_what_is_missing(alur: Alur, owner: Browser) -> None:
    design, other, script = begin(alur, owner), begin(alur, owner), {"X-Requested-With": "fetch"}

    kept = owner.post(f"{design}/catatan", {"kind": "remark", "place": "", "text": "Baik"}, headers=script)
    empty = owner.post(f"{design}/catatan", {"kind": "remark", "place": "", "text": ""}, headers=script)

    (remark,) = owner.get(f"{design}/catatan").get_json()["remarks"]
    assert (kept.get_json()["id"], remark["element"], remark["file"]) == (remark["id"], None, None)
    assert (empty.status_code, [error["field"] for error in empty.get_json()["errors"]]) == (422, ["text"])
    assert owner.post(f"{other}/catatan/{remark['id']}/selesai").status_code == 404


def test_a_failing_scenario_is_shown_and_a_release_needs_a_reason(
    alur: Alur, owner: Browser, signed_in: SignIn
) -> None:
    design, second = begin(alur, owner), signed_in(ADMIN)
    number = int(design.rpartition("/")[2])
    said = {"process": PROCESS, "at": "2026-01-05T08:00:00+07:00", "start": {}, "steps": [], "expect": {"ended": True}}
    name = "scenarios/langsung.json"
    alur.engine.run(SaveDesign(number, {name: json.dumps(said).encode()}, {name: None}), OWNER)
    approve(alur, owner, second, design)
    assert "Tidak sesuai langsung" in " ".join(second.text.split())

    assert owner.get(f"{design}/rilis").status_code == 200
    assert "langsung" in owner.text
    assert owner.post(f"{design}/rilis", {"reason": ""}).status_code == 422
    owner.post(f"{design}/rilis", {"reason": "Diperbaiki bulan depan"})

    assert in_force(alur) == 2
    assert "Diperbaiki bulan depan" in owner.get(f"/studio/proses/{PROCESS}").text


def test_a_design_is_not_reviewed_while_it_has_errors_or_another_release_came(alur: Alur, owner: Browser) -> None:
    design = begin(alur, owner)
    number = int(design.rpartition("/")[2])
    with alur.database.reading() as read:
        before = find_design(read, CITY, number).files[DIAGRAM]
    broken = before.replace(b'name="recognition.find_unit_authority"', b'name="nobody.knows"')
    alur.engine.run(SaveDesign(number, {DIAGRAM: broken}, {DIAGRAM: content_mark(before)}), OWNER)

    page = owner.get(f"{design}/tinjauan").text
    assert "galat harus diperbaiki" in page and "nobody.knows" in page
    assert owner.post(f"{design}/tinjauan/minta").status_code == 422
    alur.engine.run(DeployRelease({**release_files(PROCESS), DIAGRAM: before}, alur.catalogue), SYSTEM)
    assert "Rilis yang berlaku sudah berubah" in owner.get(f"{design}/tinjauan").text
    assert f"{design}/bandingkan/gabung/rilis-" in owner.page


@pytest.mark.long
def test_a_start_of_the_program_replaces_no_release_of_a_city(alur: Alur, owner: Browser) -> None:
    own = {**release_files(PROCESS), DIAGRAM: release_files(PROCESS)[DIAGRAM].replace(OLD, NEW)}
    alur.engine.run(DeployRelease(own, alur.catalogue), SYSTEM)

    deploy_shipped(alur, CITY)

    assert in_force(alur) == 2
    assert len(alur.engine.read(releases_in_force, SYSTEM)) > 10


def test_a_new_national_default_is_offered_as_a_design(alur: Alur, owner: Browser, signed_in: SignIn) -> None:
    shipped = release_files(PROCESS)
    older = {**shipped, DIAGRAM: shipped[DIAGRAM].replace(b'name="' + OLD, b'name="Putuskan dahulu')}
    own = {**older, DIAGRAM: older[DIAGRAM].replace(b'name="Terbitkan keputusan"', b'name="Terbitkan SK"')}
    alur.engine.run(DeployRelease(older, alur.catalogue, PROCESS), SYSTEM)
    alur.engine.run(DeployRelease(own, alur.catalogue), SYSTEM)
    before = in_force(alur)

    assert "Bawaan nasional baru" in owner.get(f"/studio?cari={PROCESS}").text
    page = owner.get(f"/studio/proses/{PROCESS}").text
    assert "Bawaan nasional yang baru tersedia" in page and OLD.decode() in page
    owner.post(f"/studio/proses/{PROCESS}/bawaan")
    (line,) = alur.engine.read(designs_in, OWNER, PROCESS)
    with alur.database.reading() as read:
        diagram = find_design(read, CITY, line.id).diagram
    assert OLD in diagram and b"Terbitkan SK" in diagram and b"Putuskan dahulu" not in diagram

    design = f"/studio/rancangan/{line.id}"
    approve(alur, owner, signed_in(INSPECTOR), design)
    owner.get(f"{design}/rilis")
    assert owner.post(f"{design}/rilis").status_code == 200
    assert in_force(alur) == before + 1
    page = owner.get(f"/studio/proses/{PROCESS}").text
    assert "Bawaan nasional yang baru tersedia" not in page and "sejak itu tidak ada yang lebih baru" in page


def test_a_default_that_contradicts_the_city_is_merged_by_hand(alur: Alur, owner: Browser) -> None:
    shipped = release_files(PROCESS)
    older = {**shipped, DIAGRAM: shipped[DIAGRAM].replace(b'name="' + OLD, b'name="Putuskan dahulu')}
    own = {**shipped, DIAGRAM: shipped[DIAGRAM].replace(b'name="' + OLD, b'name="Putuskan di kota')}
    alur.engine.run(DeployRelease(older, alur.catalogue, PROCESS), SYSTEM)
    alur.engine.run(DeployRelease(own, alur.catalogue), SYSTEM)

    page = owner.get(f"/studio/proses/{PROCESS}").text
    answer = owner.post(f"/studio/proses/{PROCESS}/bawaan")

    assert "Anda yang memutuskan mana yang dipakai" in page
    (line,) = alur.engine.read(designs_in, OWNER, PROCESS)
    merging = f"/studio/rancangan/{line.id}/bandingkan/gabung/bawaan"
    assert answer.request.path.endswith(merging)
    assert f'{merging}">Gabungkan ke' in owner.get(f"/studio/proses/{PROCESS}").text


def test_the_list_finds_processes_and_is_for_process_owners(alur: Alur, owner: Browser, signed_in: SignIn) -> None:
    assert "Penghargaan unit" in owner.get("/studio?cari=PENGHARGAAN").text
    assert "Tidak ada proses dengan nama itu" in owner.get("/studio?cari=xyz").text
    teacher, admin, stranger = signed_in(TEACHER), signed_in(ADMIN), signed_in(STRANGER)
    pages = ("/studio", "/studio/baru", f"/studio/proses/{PROCESS}", f"/studio/proses/{PROCESS}/berlakukan/1")

    assert {person.get(page).status_code for person in (teacher, stranger) for page in pages} == {404}
    assert [admin.get(page).status_code for page in pages] == [403, 403, 403, 404]
    assert "Tidak ada yang menunggu" in teacher.get("/studio/menunggu").text
    assert owner.get("/studio/proses/tidak_ada").status_code == 404
    assert owner.get(f"/studio/proses/{PROCESS}/berlakukan/7").status_code == 404


def test_a_release_that_the_check_of_today_refuses_is_pointed_out(alur: Alur, owner: Browser) -> None:
    """As after a newer Alur that has the service no more."""
    files = release_files(PROCESS)
    broken = {**files, DIAGRAM: files[DIAGRAM].replace(b"recognition.find_unit_authority", b"nobody.knows")}
    known = replace(alur.catalogue, services=alur.catalogue.services | {"nobody.knows"})
    alur.engine.run(DeployRelease(broken, known), SYSTEM)

    assert "1 galat pemeriksaan" in owner.get("/studio").text
    assert "Pemeriksaan sekarang menolak rilis ini" in owner.get(f"/studio/proses/{PROCESS}").text

    back = f"/studio/proses/{PROCESS}/berlakukan"
    assert "semua layanan, formulir, dan peran" in owner.get(f"{back}/1").text
    owner.post(f"{back}/1", {"reason": "Layanan itu tidak ada"})
    assert in_force(alur) == 1
    assert "nobody.knows" in owner.get(f"{back}/2").text
    assert owner.post(f"{back}/2", {"reason": "Layanan dipasang besok"}).status_code == 422
    assert in_force(alur) == 1
    owner.post(f"{back}/2", {"reason": "Layanan dipasang besok", "despite_errors": "on"})
    assert in_force(alur) == 2


def test_a_process_begins_empty_or_as_a_copy(alur: Alur, owner: Browser) -> None:
    owner.get("/studio/baru")
    assert owner.post("/studio/baru/kosong", {"baru-name": ""}).status_code == 422
    owner.post("/studio/baru/kosong", {"baru-name": "Izin belajar", "baru-english": "Leave to study"})
    copied = owner.post("/studio/baru/salinan", {"salin-pattern": PROCESS, "salin-name": "Penghargaan kelurahan"})

    assert copied.status_code == 200
    lines = {line.process: line.id for line in alur.engine.read(designs_in, OWNER)}
    assert set(lines) == {"izin_belajar", "penghargaan_kelurahan"}
    assert "Izin belajar" in owner.get("/studio").text
    page = owner.get(f"/studio/rancangan/{lines['penghargaan_kelurahan']}/tinjauan").text
    assert "Minta tinjauan" in page and "Berjalan sesuai" in page


def archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as entries:
        for name, content in files.items():
            entries.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def upload(owner: Browser, *files: tuple[str, bytes]) -> int:
    """Send files and return the status of the answer."""
    owner.get("/studio/baru")
    sent = [(io.BytesIO(content), name) for name, content in files]
    answer = owner.post("/studio/baru/unggah", {"files": sent}, content_type="multipart/form-data")
    # The client leaves the temporary file of a large body open.
    answer.request.environ["wsgi.input"].close()
    return answer.status_code


def test_a_folder_in_an_archive_becomes_a_design_of_the_process_that_is_there(alur: Alur, owner: Browser) -> None:
    files = release_files(PROCESS)
    folder = {f"award__{name.replace('/', '__')}": content for name, content in files.items()}

    assert upload(owner, ("award.zip", archive(**folder))) == 200

    (line,) = alur.engine.read(designs_in, OWNER)
    with alur.database.reading() as read:
        design = find_design(read, CITY, line.id)
    assert (design.process, design.base_number, design.files) == (PROCESS, 1, files)


HOSTILE = {
    "bomb": ("p.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "script": ("p.bpmn", b"<html><script>alert(1)</script></html>"),
    "encoding": ("p.bpmn", "<a/>".encode("utf-16")),
    "deep": ("p.bpmn", b"<a>" * 5000 + b"</a>" * 5000),
    "huge": ("p.bpmn", b"<a>" + b" " * (3 << 20) + b"</a>"),
    "bidi": ("p\u202e.bpmn", b"<a/>"),
    "path": ("a.zip", archive(**{"..__p_dot_bpmn": b"<a/>"})),
    "zip bomb": ("a.zip", archive(p_dot_bpmn=b" " * (30 << 20))),
    "no zip": ("a.zip", b"PK"),
    "no diagram": ("t.dmn", b"<a/>"),
    "kind": ("p.exe", b"MZ"),
}


def test_hostile_uploads_are_refused_with_a_reason_and_nothing_is_kept(alur: Alur, owner: Browser) -> None:
    for kind, file in HOSTILE.items():
        assert upload(owner, file) == 422, kind
        assert "Ada yang perlu diperbaiki" in owner.text, kind
    assert alur.engine.read(designs_in, OWNER) == ()
