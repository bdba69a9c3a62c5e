"""The pages of careers and rank promotions in every state: from very good results to a decree and the new rank."""

from datetime import UTC, date, datetime
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.queries.inbox import InboxRow, group_tasks
from engine.worker import sweep_timers
from processes.people.queries import groups_on
from tests.browser.conftest import sign_in
from tests.browser.guests import see_guests
from tests.browser.hands import Mouse, leave
from tests.browser.installation import OPENS, Office
from tests.browser.selections import see_selections
from tests.browser.walk import Walk

#: A morning after the rank of November began to count.
IN_FORCE = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def see_promotion(walk: Walk) -> None:
    """Let two years of Sangat Baik lead to a rank: the proposal, the decree, the new rank; and careers of others."""
    walk.go("employee", "/karier", "karier saya, tanpa kenaikan pangkat")
    walk.go("appraiser", "/karier", "karier saya, masih kurang")
    person = _propose(walk)
    _issue(walk)
    step(walk, "unit_hr", "hand_over", person, handed_over_on=OPENS)
    _talents(walk)
    see_selections(walk)
    see_guests(walk)
    walk.staff.office.clock.now = IN_FORCE
    for _ in range(2):  # the wait for the day of effect began with the hand-over
        sweep_timers(walk.staff.office.alur.engine)
        walk.staff.office.work()
    page = walk.staff.open_browser()  # a month later every session is over
    sign_in(Mouse(page), walk.city, "verifier")
    page.goto(f"/{walk.city}/kenaikan-pangkat/{person}")
    walk.seen("kenaikan pangkat, pangkat baru berlaku", page)
    assert "sejak 1 November 2026" in page.locator("main").inner_text()


def _propose(walk: Walk) -> int:
    """Begin the proposal of a teacher and propose him with the checklist; return who it is."""
    page = walk.go("unit_hr", "/kenaikan-pangkat", "kenaikan pangkat satu dinas")
    row = page.get_by_role("row").filter(has_text="Memenuhi syarat").filter(has_text="Sedang diproses").first
    address = str(row.locator("a.row-link").get_attribute("href"))
    person = int(address.rpartition("/")[2].partition("?")[0])
    leave(Mouse(page), row.locator("a.row-link"))
    walk.seen("kenaikan pangkat seorang pegawai, sedang diproses", page)
    task = waiting(walk, "unit_hr", "propose", person)
    page = walk.go("unit_hr", f"/tugas/{task.case_id}/{task.token}", "usulan pangkat, belum diambil")
    walk.press(page, "Ambil tugas ini", "usulan pangkat")
    walk.press(page, "Kirim", "usulan pangkat, galat")
    page.get_by_label("Usulkan", exact=True).check()
    for box in page.locator("#task-form").get_by_role("checkbox").all():
        box.check()
    walk.press(page, "Kirim", "usulan pangkat, terkirim")
    step(walk, "verifier", "verify", person, outcome="accept")
    step(walk, "official", "decide_official", person, outcome="approve")
    step(walk, "verifier", "await_approval", person, outcome="approved", number="KP-0117/2026", approved_on=OPENS)
    _begin_another(walk)
    return person


def _begin_another(walk: Walk) -> None:
    """Begin the proposal of somebody who is eligible and has none."""
    page = walk.go("verifier", "/kenaikan-pangkat", "kenaikan pangkat satu kota")
    row = page.get_by_role("row").filter(has_text="Memenuhi syarat").filter(has_text="Belum diusulkan").first
    leave(Mouse(page), row.locator("a.row-link"))
    walk.seen("kenaikan pangkat seorang pegawai", page)
    walk.press(page, "Mulai usulan TMT 1 November 2026", "kenaikan pangkat, usulan dimulai")


def _issue(walk: Walk) -> None:
    """Issue the decree with all that wait, and print the batch."""
    page = walk.go("verifier", "/kenaikan-pangkat/sk", "SK menunggu diterbitkan")
    page.get_by_role("checkbox").first.uncheck()
    walk.press(page, "Terbitkan yang dipilih", "SK, tidak ada yang dipilih")
    page.get_by_role("checkbox").first.check()
    walk.press(page, "Terbitkan yang dipilih", "SK terbit")
    leave(Mouse(page), page.get_by_role("link", name="Cetak SK"))
    walk.seen("SK satu periode", page)


def _talents(walk: Walk) -> None:
    page = walk.go("verifier", "/talenta", "kotak talenta")
    leave(Mouse(page), page.get_by_role("link", name="Kotak 8"))
    walk.seen("kotak talenta, satu kotak", page)
    leave(Mouse(page), page.locator("#box tbody a").first)
    walk.seen("talenta seorang pegawai", page)
    walk.press(page, "Simpan tindak lanjut", "tindak lanjut, galat")
    page.get_by_role("combobox", name="Tindak lanjut").select_option(index=1)
    page.get_by_label("Batas waktu").fill("31/03/2027")
    walk.press(page, "Simpan tindak lanjut", "tindak lanjut, tersimpan")
    page = walk.go("verifier", "/suksesi", "rencana suksesi")
    leave(Mouse(page), page.locator("tbody a").first)
    walk.seen("rencana suksesi satu jabatan, belum disusun", page)
    walk.press(page, "Susun daftar", "rencana suksesi satu jabatan, disusun")


def waiting(walk: Walk, part: str, element: str, about: int) -> InboxRow:
    """Return the task of somebody's promotion that waits in the queue of a persona."""
    office = walk.staff.office
    rows = office.alur.engine.read(group_tasks, _actor(office, walk.city, part)).rows
    return next(row for row in rows if row.element == element and office.subject_of(row.case_id) == about)


def step(walk: Walk, part: str, element: str, about: int, **answers: Any) -> None:
    """Let a persona take a task out of the queue and complete it without its page."""
    office, row = walk.staff.office, waiting(walk, part, element, about)
    actor = _actor(office, walk.city, part)
    office.alur.engine.run(ClaimTask(row.case_id, row.token), actor)
    office.alur.engine.run(CompleteTask(row.case_id, row.token, answers), actor)
    office.work()


def _actor(office: Office, city: str, part: str) -> Actor:
    person, day = office.person(city, part), date(2026, 10, 1)
    with office.alur.database.reading() as read:
        return Actor(city, person, groups_on(read, city, person, day), day)
