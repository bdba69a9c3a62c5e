"""The allowance's pages in every state: lateness on a slip, a won dispute that corrects it, and a month's list."""

from datetime import date
from re import compile as pattern

from playwright.sync_api import FilePayload, Page, expect

from engine.policy.actor import system_actor
from engine.records.changes import apply_writes
from processes.incentive.records import RunStatus, attendance
from processes.incentive.runs import read_run, status_write
from processes.incentive.slips import slips_of_unit
from processes.people.commands.grant_role import GrantRole
from processes.people.queries import all_units
from processes.people.records import Role
from tests.browser.hands import Mouse, leave
from tests.browser.installation import persona
from tests.browser.walk import Walk
from webapp.demo.places import TOP

MONTH = "2026/9"
OF_MONTH = date(2026, 9, 1)
LATE = date(2026, 9, 3)
REASON = "Tanggal 15 September saya dinas luar ke provinsi; surat tugasnya ada di bagian umum."
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FILE: FilePayload = {"name": "surat-tugas.pdf", "mimeType": "application/pdf", "buffer": LETTER}


def see_allowances(walk: Walk) -> None:
    """Read the own slip, dispute it, let the unit answer and the agency decide; then look after the month."""
    before = _dispute(walk)
    _answer(walk)
    _decide(walk)
    page = walk.go("employee", f"/slip/{MONTH}", "slip TPP, dikoreksi")
    expect(page.get_by_role("main")).to_contain_text("Ini versi 2")
    assert _gross(page) > before, "the day of lateness does not count any more"
    _look_after(walk)
    _see_signals(walk)
    _correct_locked(walk)


def _dispute(walk: Walk) -> int:
    page = walk.go("employee", "/slip", "slip TPP saya")
    leave(Mouse(page), page.get_by_role("link", name="September 2026"))
    for line in page.locator("main details").all():
        line.evaluate("line => line.open = true")
    walk.seen("slip TPP, terbuka", page)
    expect(page.get_by_role("main")).to_contain_text("terlambat 18 menit")
    before = _gross(page)
    walk.press(page, "Sanggah slip ini", "sanggahan, isian")
    walk.press(page, "Kirim sanggahan", "sanggahan, galat")
    page.get_by_label("Apa yang keliru?").fill(REASON)
    walk.press(page, "Kirim sanggahan", "sanggahan, terkirim")
    walk.staff.office.work()
    return before


def _gross(page: Page) -> int:
    value = page.locator("main dt", has_text="TPP sebelum potongan lain").first.locator("xpath=following::dd[1]")
    return int("".join(letter for letter in value.inner_text() if letter.isdigit()))


def _answer(walk: Walk) -> None:
    page = _take(walk, "unit_hr", "Jawab dengan bukti")
    walk.press(page, "Kirim", "jawaban sanggahan, galat")
    page.get_by_label("Kehadiran satu hari keliru").check()
    page.get_by_label("Penjelasan").fill("Benar, ada surat tugas nomor 800/15.")
    page.get_by_label("Hari yang dikoreksi").fill("15/09/2026")
    page.get_by_label("Yang sebenarnya").select_option("dinas_luar")
    page.locator("#task-form input[type=file]").set_input_files([FILE])
    walk.press(page, "Kirim", "jawaban sanggahan, terkirim")
    walk.staff.office.work()


def _decide(walk: Walk) -> None:
    page = _take(walk, "verifier", "Putuskan sanggahan")
    page.get_by_label("Kabulkan seperti usulan unit").check()
    page.get_by_label("Pertimbangan").fill("Surat tugas sah dan diterbitkan sebelumnya.")
    walk.press(page, "Kirim", "keputusan sanggahan, terkirim")
    walk.staff.office.work()


def _take(walk: Walk, part: str, step: str) -> Page:
    """Take the task about the tour's employee out of the group's queue."""
    page = walk.go(part, "/tugas?antrean=kelompok", f"antrean, {part}")
    leave(Mouse(page), page.get_by_role("link", name=pattern(f"^{step} – {persona(walk.city, 'employee').name}")))
    walk.seen(f"{step}, di antrean", page)
    walk.press(page, "Ambil tugas ini", f"{step}, diambil")
    return page


def _look_after(walk: Walk) -> None:
    page = walk.go("verifier", "/tpp/buka", "TPP, buka bulan")
    walk.press(page, "Buka bulan ini", "TPP, buka bulan galat")
    page = walk.go("unit_hr", f"/tpp/{MONTH}", "TPP bulanan")
    leave(Mouse(page), page.get_by_role("row").filter(has_text="Diperiksa unit").locator("a").last)
    walk.seen("TPP, daftar unit", page)
    walk.press(page, "Usulkan koreksi kehadiran", "TPP, usulan koreksi")
    walk.press(page, "Kirim usulan", "TPP, usulan koreksi galat")
    page.get_by_label("Pegawai").select_option(index=1)
    page.get_by_label("Hari", exact=True).fill("03/09/2026")
    page.get_by_label("Yang sebenarnya").select_option("dinas_luar")
    page.get_by_label("Alasan").fill("Rapat koordinasi di provinsi.")
    page.locator("#correction-form input[type=file]").set_input_files([FILE])
    walk.press(page, "Kirim usulan", "TPP, koreksi menunggu")
    page = _see_as_verifier(walk, page.url)
    walk.press(page, "Tolak", "TPP, tolak koreksi")
    walk.press(page, "Tolak koreksi", "TPP, tolak koreksi galat")
    page.get_by_label("Alasan penolakan").fill("Surat tugasnya bukan untuk hari itu.")
    walk.press(page, "Tolak koreksi", "TPP, koreksi ditolak")
    walk.go("verifier", f"/tpp/{MONTH}", "TPP bulanan, BKPSDM")
    page = walk.staff.page(walk.city, "verifier")
    leave(Mouse(page), page.get_by_role("link", name=walk.staff.office.unit_of(walk.city, "employee")))
    leave(Mouse(page), page.locator("main table a").first)
    walk.seen("slip TPP pegawai lain", page)


def _see_as_verifier(walk: Walk, address: str) -> Page:
    page = walk.staff.page(walk.city, "verifier")
    page.goto(address)
    walk.seen("TPP, koreksi untuk diputuskan", page)
    return page


def _see_signals(walk: Walk) -> None:
    page = walk.go("verifier", f"/tpp/{MONTH}/isyarat", "isyarat")
    leave(Mouse(page), page.locator("main table a").first)
    walk.seen("isyarat, buktinya", page)
    walk.press(page, "Tutup isyarat", "isyarat, galat")
    page.get_by_label("Hasil pemeriksaan").fill("Keduanya berangkat bersama; rekaman gerbang cocok.")
    walk.press(page, "Tutup isyarat", "isyarat, ditutup")


def _correct_locked(walk: Walk) -> None:
    unit, person = _lock_secretariat(walk)
    page = walk.go("verifier", f"/tpp/{MONTH}/{unit}/pegawai/{person}/koreksi", "koreksi bulan terkunci")
    walk.press(page, "Usulkan koreksi", "koreksi bulan terkunci, galat")
    page.get_by_label("Alasan koreksi").fill("Rekaman mesin presensi diperiksa ulang.")
    walk.press(page, "Usulkan koreksi", "slip TPP terkunci, koreksi diusulkan")
    page = walk.go("owner", "/tpp/koreksi-terkunci", "koreksi bulan terkunci, menunggu")
    leave(Mouse(page), page.locator("main table a").first)
    walk.seen("koreksi bulan terkunci, untuk diputuskan", page)
    walk.press(page, "Setujui dan tanda tangani", "koreksi bulan terkunci, disetujui")


def _lock_secretariat(walk: Walk) -> tuple[int, int]:
    """Lock the secretariat's month, let somebody's day turn out late, and give the agency a second person."""
    alur, city = walk.staff.office.alur, walk.city
    with alur.database.reading() as read:
        unit = next(unit.id for unit in all_units(read, city) if unit.code == TOP)
        run = read_run(read, city, unit, OF_MONTH)
        person = slips_of_unit(read, city, unit, OF_MONTH)[-1].employee_id
    assert run is not None, "the month is open for every unit"
    of_day = (attendance.c.tenant == city, attendance.c.employee_id == person, attendance.c.day == LATE)
    with alur.database.writing() as connection:
        apply_writes(connection, [status_write(run, RunStatus.LOCKED, now=alur.clock())])
        connection.execute(attendance.update().where(*of_day).values(late=100))
    owner = walk.staff.office.person(city, "owner")
    alur.engine.run(GrantRole(owner, Role.HR_VERIFIER, OF_MONTH), system_actor(city))
    return unit, person
