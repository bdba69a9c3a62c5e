"""The pages of the operators in every state, for whoever wants to look: a chapter of the walk."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from processes.appraisal.definitions import catalogue, release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.browser.beforehand import CITY, until_rated
from tests.browser.deciding import see_decisions
from tests.browser.hands import Mouse, leave
from tests.browser.installation import Office
from tests.browser.walk import Walk

WHY = "Diperiksa bersama pegawai dan penilainya"
BROKEN = "appraisal.record_ratings"
FIRST, REVISED = "record_realisation", "enter_realisation"
RATED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}


def see_operations(walk: Walk) -> None:
    """Look at what is stuck, and carry out every operation on one case, the last of them its end."""
    office = walk.staff.office
    walk.go("verifier", "/operasi", "operasi, tidak ada yang tertahan")
    until_rated(office)
    with _without_service(office):
        _rate(office)
    page = walk.go("verifier", "/operasi", "operasi")
    walk.go("owner", "/operasi", "operasi, pemilik proses")
    walk.press(page, "Catat rating dan periksa distribusi", "hambatan")
    walk.press(page, "Coba lagi semua", "hambatan, coba lagi semua")
    _mend(walk, f"/kasus/{office.case_of(CITY, 'employee')}/operasi")
    _see_moves(walk)
    see_decisions(walk)


def _see_moves(walk: Walk) -> None:
    """Move running cases to another release: looked at beforehand, carried through, and taken back."""
    walk.go("owner", "/operasi/pindah-rilis", "pindah rilis, tidak ada")
    _deploy_revised(walk.staff.office)
    page = walk.go("owner", "/operasi/pindah-rilis", "pindah rilis")
    for name in ("Dari rilis", "Ke rilis"):
        page.get_by_label(name).select_option(index=1)
    walk.press(page, "Lanjut", "pindah rilis, langkah pengganti")
    page.locator("main details > summary").filter(has_text="Langkah lain").click()
    walk.seen("pindah rilis, langkah lain", page)
    walk.press(page, "Periksa akibatnya", "pindah rilis, sedang diperiksa")
    _reload(walk, page, "pindah rilis, akibatnya, ada yang tertahan")
    walk.press(page, "Ubah langkah pengganti", "pindah rilis, langkah pengganti lagi")
    page.locator("[aria-labelledby=open-title] select").first.select_option(REVISED)
    walk.press(page, "Periksa akibatnya", "pindah rilis, sedang diperiksa lagi")
    _reload(walk, page, "pindah rilis, akibatnya")
    leave(Mouse(page), page.locator("#start-form button"))
    walk.seen("pemindahan, berjalan", page)
    _reload(walk, page, "pemindahan, selesai")
    walk.press(page, "Kembalikan", "kembalikan kasus")
    leave(Mouse(page), page.locator("#sure-form button"))
    walk.seen("pemindahan, sedang dikembalikan", page)
    _reload(walk, page, "pemindahan, dikembalikan")
    walk.go("owner", "/operasi/pindah-rilis", "pindah rilis, sejauh ini")


def _reload(walk: Walk, page: Page, name: str) -> None:
    """Look again when the work in the background is done."""
    walk.staff.office.work()
    walk.press(page, "Muat ulang", name)


def _deploy_revised(office: Office) -> None:
    """Deploy a release in which the first step of the employees has another id."""
    files = dict(release_files(EMPLOYEE_PROCESS))
    name = next(name for name in files if name.endswith(".bpmn"))
    for old, new in ((f'"{FIRST}"', f'"{REVISED}"'), (f">{FIRST}<", f">{REVISED}<")):
        files[name] = files[name].replace(old.encode(), new.encode())
    office.alur.engine.run(DeployRelease(files, catalogue()), system_actor(CITY))


def _mend(walk: Walk, place: str) -> None:
    page = walk.go("verifier", place, "operasi kasus")
    leave(Mouse(page), page.get_by_role("link", name="Keputusan", exact=True))
    walk.seen("keputusan, kasus tertahan", page)
    page = walk.go("verifier", place, "operasi kasus, dari keputusan")
    page.locator("main details > summary").nth(1).click()
    walk.seen("operasi kasus, data", page)
    walk.go("owner", place, "operasi kasus, pemilik proses")
    walk.press(page, "Lewati langkah ini", "lewati langkah")
    walk.press(page, "Lewati langkah", "lewati langkah, galat")
    page = walk.go("verifier", f"{place}/0/data?nama=quarter", "ubah data")
    page.locator("#value").fill("tiga")
    page.locator("#reason").fill(WHY)
    walk.press(page, "Simpan", "ubah data, galat")
    page = walk.go("verifier", place, "operasi kasus, lagi")
    walk.press(page, "Pindahkan", "pindahkan")
    page.locator("#target").select_option("confirm_ratings")
    page.locator("#reason").fill(WHY)
    walk.press(page, "Lihat akibatnya", "pindahkan, akibatnya")
    walk.press(page, "Pindahkan", "operasi kasus, dipindahkan")
    _hold_and_end(walk, page, place)


def _hold_and_end(walk: Walk, page: Page, place: str) -> None:
    walk.press(page, "Tangguhkan kasus", "tangguhkan kasus")
    page.locator("#reason").fill(WHY)
    walk.press(page, "Tangguhkan kasus", "operasi kasus, ditangguhkan")
    walk.go("verifier", "/operasi", "operasi, ada yang ditangguhkan")
    walk.go("employee", place.removesuffix("/operasi"), "kasus ditangguhkan")
    appraiser = walk.quarter.open_task("appraiser", "Tetapkan rating").page
    walk.seen("tugas ditangguhkan", appraiser)
    page = walk.go("verifier", place, "operasi kasus, masih ditangguhkan")
    walk.press(page, "Lanjutkan kasus", "lanjutkan kasus")
    page.locator("#reason").fill(WHY)
    walk.press(page, "Lanjutkan kasus", "operasi kasus, dilanjutkan")
    walk.press(page, "Batalkan kasus", "batalkan kasus")
    walk.press(page, "Batalkan kasus", "batalkan kasus, galat")
    page.locator("#reason").fill(WHY)
    page.locator("#sure").check()
    walk.press(page, "Batalkan kasus", "operasi kasus, dibatalkan")
    walk.go("verifier", place.removesuffix("/operasi"), "kasus dibatalkan")


@contextmanager
def _without_service(office: Office) -> Iterator[None]:
    """Take a service away, as if its plugin were gone, and bring it back."""
    directory, services = office.alur.directory, dict(office.alur.directory.services)
    directory._services = {name: service for name, service in services.items() if name != BROKEN}
    yield
    directory._services = services


def _rate(office: Office) -> None:
    which = office.case_of(CITY, "employee"), "confirm_ratings"
    (row,) = (row for row in office.tasks(CITY, "appraiser") if (row.case_id, row.element) == which)
    office.complete(CITY, office.person(CITY, "appraiser"), row, **RATED)
    office.work()
