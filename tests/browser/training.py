"""The pages of training in every state: catalogue, plan, need, a new session, a letter: a chapter of the walk."""

from datetime import timedelta

from engine.worker import sweep_timers
from tests.browser.hands import Mouse, leave
from tests.browser.installation import persona
from tests.browser.walk import Walk

REASON = "Akan memegang pelayanan di loket yang baru."


def see_training(walk: Walk) -> None:
    """Nominate oneself and one of one's people, plan, open a session, and get a letter when the ranking holds."""
    page = walk.go("employee", "/pelatihan", "pelatihan, katalog")
    leave(Mouse(page), page.get_by_role("link", name="Pemakaian Alur bagi semua pegawai"))
    walk.seen("pelatihan, sesi", page)
    walk.press(page, "Usulkan saya", "pelatihan, diusulkan")
    page = walk.go("employee", "/pengembangan", "pengembangan")
    walk.press(page, "Kirim usulan", "pengembangan, usulan galat")
    page.get_by_label("Apa yang akan dikembangkan").fill("Menyusun kontrak pengadaan sendiri")
    page.get_by_label("Paling lambat").fill("31/12/2026")
    walk.press(page, "Tambah rencana", "pengembangan, rencana")
    _lead(walk)
    _run(walk)
    _receive(walk)


def _lead(walk: Walk) -> None:
    page = walk.go("appraiser", "/pengembangan", "pengembangan, orang yang dipimpin")
    who = page.locator("section[aria-labelledby=team-title] .row-link").filter(
        has_text=persona(walk.city, "employee").name
    )
    leave(Mouse(page), who)
    walk.seen("pengembangan, bawahan", page)
    leave(Mouse(page), page.get_by_role("button", name="Setujui"))
    walk.seen("pengembangan, disetujui", page)
    page.get_by_label("Pelatihan dan sesi").select_option(index=1)
    page.get_by_label("Alasan usulan").fill(REASON)
    walk.press(page, "Kirim usulan", "pengembangan, bawahan diusulkan")


def _run(walk: Walk) -> None:
    walk.go("verifier", "/pelatihan/kebutuhan", "kebutuhan pelatihan")
    walk.go("verifier", "/pelatihan/keadilan", "keadilan pencalonan")
    page = walk.go("verifier", "/pelatihan/sesi-baru", "sesi baru")
    walk.press(page, "Buka sesi", "sesi baru, galat")
    page = walk.go("verifier", "/pelatihan", "pelatihan, katalog bkpsdm")
    leave(Mouse(page), page.get_by_role("link", name="Penegakan peraturan daerah yang humanis"))
    walk.seen("pelatihan, sesi bkpsdm", page)


def _receive(walk: Walk) -> None:
    """Let superior, officer and BKPSDM stay silent until the ranking holds."""
    office = walk.staff.office
    for _ in range(25):
        office.clock.now += timedelta(days=3)
        sweep_timers(office.alur.engine)
        office.work()
    walk.staff.pages.clear()
    page = walk.go("employee", "/pengembangan", "pengembangan, surat tugas")
    leave(Mouse(page), page.get_by_role("link", name="ST-").first)
    walk.seen("surat tugas", page)
