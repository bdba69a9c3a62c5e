"""Goes through every page and state of the application, and shows each to whoever wants to look."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from re import compile as pattern

from playwright.sync_api import Page

from tests.browser.beforehand import CITY, until_handed_over, until_rated, until_signed
from tests.browser.conftest import Staff
from tests.browser.hands import Mouse, leave
from tests.browser.installation import persona
from tests.browser.quarter import Quarter, Seen, control

GOOD_PASSWORD = "kuda laut naik sepeda"
NOBODY = "198001012005011999"


class Walk:
    """A walk through one city, in chapters that can be read in any order, each in a city of its own."""

    def __init__(self, staff: Staff, folder: Path, seen: Seen) -> None:
        self.staff, self.folder, self.seen, self.city = staff, folder, seen, CITY
        self.quarter = Quarter(staff, CITY, folder, seen=seen, is_known=True)

    def go(self, part: str, path: str, name: str) -> Page:
        """Let a persona open an address."""
        page = self.staff.page(self.city, part)
        page.goto(f"/{self.city}{path}")
        self.seen(name, page)
        return page

    def press(self, page: Page, name: str, seen_as: str) -> None:
        """Press a button or link that leads to another page, and see that."""
        leave(Mouse(page), page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name)))
        self.seen(seen_as, page)

    def before_sign_in(self) -> None:
        """Pages that need no account."""
        page = self.staff.open_browser()
        for path, name in (
            ("/", "daftar kota"),
            (f"/{self.city}/masuk", "masuk"),
            (f"/{self.city}/masuk?habis=1", "masuk, sesi habis"),
            (f"/{self.city}/bantuan", "bantuan"),
            ("/bukan-kota/", "tidak ada, tanpa kota"),
        ):
            page.goto(path)
            self.seen(name, page)
        page.goto(f"/{self.city}/masuk")
        self.press(page, "Masuk", "masuk, kosong")
        page.get_by_label("NIP").fill(NOBODY)
        page.get_by_label("Kata sandi").fill("bukan sandi yang benar")
        self.press(page, "Masuk", "masuk, salah")

    def first_sign_in(self) -> None:
        """A code on paper, and the three steps of whoever uses it."""
        page = self.go("unit_hr", "/kode", "kode masuk")
        box = page.get_by_role("row").filter(has_text="Belum punya kode").get_by_role("checkbox").first
        nip = box.locator("xpath=ancestor::label").locator("small").inner_text().removeprefix("NIP ")
        box.check()
        self.press(page, "Buat kode untuk yang dicentang", "kode masuk, dicetak")
        code = page.locator(".slips .code").inner_text()
        new = self.staff.open_browser()
        new.goto(f"/{self.city}/masuk")
        new.get_by_label("NIP").fill(nip)
        new.get_by_label("Kata sandi").fill(code)
        self.press(new, "Masuk", "langkah awal 1")
        self.press(new, "Ya, ini saya", "langkah awal 2")
        new.get_by_label("Kata sandi", exact=False).first.fill("pendek")
        self.press(new, "Simpan kata sandi", "langkah awal 2, galat")
        for box in new.locator("input[type=password]").all():
            box.fill(GOOD_PASSWORD)
        self.press(new, "Simpan kata sandi", "langkah awal 3")
        self.press(new, "Mulai bekerja", "tugas, orang baru")

    def own_pages(self) -> None:
        """What everybody has besides tasks, and what is not for him."""
        page = self.go("appraiser", "/tugas", "tugas")
        page.locator("#own-menu > summary").click()
        self.seen("menu terbuka", page)
        page.locator("#own-menu > summary").click()
        page.get_by_label("Cari nama atau judul").fill("tidakada")
        page.get_by_role("heading", name="Tidak ada tugas yang cocok").wait_for()
        self.seen("tugas, tidak cocok", page)
        self.go("employee", "/tugas", "tugas, hanya satu")
        self.go("verifier", "/tugas?antrean=kelompok", "antrean kelompok, kosong")
        self.go("employee", "/pemberitahuan", "pemberitahuan")
        self.go("employee", "/hasil-saya", "hasil saya")
        page = self.go("employee", "/akun", "akun")
        leave(Mouse(page), page.get_by_role("button", name="Ganti kata sandi"))
        self.seen("akun, galat", page)
        self.go("employee", "/orang-saya", "orang saya, tanpa orang")
        self.go("employee", "/triwulan/buka", "bukan wewenang")
        page = self.go("employee", "/tidak/ada", "tidak ada")
        page.goto(f"/{self.city}/")

    def reporting(self) -> None:
        """The tasks before any rating: fresh, with errors, with a draft; the case under way."""
        quarter = self.quarter
        self._try_form("employee", "Isi realisasi dan bukti dukung")
        quarter.enter_realisation()
        self._see_gone()
        self.go("appraiser", "/orang-saya", "orang saya, belum siap")
        self._try_form("appraiser", "Isi rubrik, perilaku, dan umpan balik")
        quarter.assess()
        self._try_form(quarter.setter, "Tetapkan predikat organisasi", quarter.unit)
        quarter.set_predicate()
        self.go("employee", f"/kasus/{self._case}", "kasus berjalan")
        self.go("employee", f"/kasus/{self._case}/waktu", "kasus berjalan, langkah demi langkah")
        self._see_result("berjalan")

    def rating(self) -> None:
        """*Orang Saya* in every state, and the two tasks whose work is done there."""
        until_rated(self.staff.office)
        self._rate()
        self._sign()

    def handing_over(self) -> None:
        """The tasks around the dialogue."""
        until_signed(self.staff.office)
        self.go("employee", f"/kasus/{self._case}/keputusan", "keputusan, belum disampaikan")
        self._try_form("appraiser", "Sampaikan hasil dalam dialog kinerja")
        self.quarter.hand_over()
        self._try_form("employee", "Terima hasil atau ajukan keberatan")

    def objecting(self) -> None:
        """An objection until it is decided; the case and its result, locked."""
        until_handed_over(self.staff.office)
        self.quarter.respond("object")
        self._try_form("superior", "Periksa dan putuskan keberatan")
        self.quarter.decide()
        self._see_result("terkunci")
        self._see_decisions()
        self.go("employee", f"/kasus/{self._case}", "kasus selesai")
        self.go("employee", "/hasil-saya", "hasil saya, baru")
        self.go("employee", "/pemberitahuan", "pemberitahuan, ada")

    def offices(self) -> None:
        """The pages of HR."""
        self.go("verifier", "/triwulan", "triwulan")
        self.go("verifier", "/triwulan/2026/3/kasus", "kasus triwulan")
        self.go("verifier", "/triwulan/2026/3/kasus?terlambat=y", "kasus triwulan, tidak cocok")
        page = self.go("verifier", "/triwulan/buka", "buka triwulan")
        self.press(page, "Lanjut", "buka triwulan, galat")
        self.go("verifier", "/pegawai", "pegawai")
        self.go("unit_hr", "/pegawai", "pegawai unit")
        self._correct_a_line()

    def records(self) -> None:
        """Imports, and the roles that the administrator gives."""
        self._import()
        page = self.go("admin", "/admin/peran", "peran")
        page.get_by_label("Cari nama").fill(self.quarter.name.split()[0])
        self.press(page, "Cari", "peran, dicari")
        leave(Mouse(page), page.locator("main section .row-link").first)
        self.seen("beri peran", page)
        self.press(page, "Beri peran", "beri peran, galat")
        self.go("admin", "/kode", "kode masuk admin")
        self.go("unit_hr", "/pegawai/penjabat", "plt dan plh")

    def a_quarter_later(self) -> None:
        """What is overdue while no worker runs, and the next quarter while it is being opened."""
        self.staff.office.clock.now = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
        self.go("appraiser", "/tugas", "tugas, terlambat")
        self.go("verifier", "/triwulan", "triwulan, terlambat")
        page = self.go("verifier", "/triwulan/buka", "buka triwulan berikutnya")
        self.press(page, "Lanjut", "buka triwulan, pasti")
        self.press(page, "Buka triwulan sekarang", "triwulan, sedang dibuka")

    @property
    def _case(self) -> int:
        return self.staff.office.case_of(self.city, "employee")

    def _try_form(self, part: str, step: str, about: str = "") -> None:
        """See a task whose form is sent empty, and one whose draft is kept."""
        hands = self.quarter.open_task(part, step, about)
        leave(hands, hands.page.get_by_role("button", name="Kirim", exact=True))
        self.seen(f"{step}, galat", hands.page)
        leave(hands, hands.page.get_by_role("button", name="Simpan draf", exact=True))
        self.seen(f"{step}, draf", hands.page)

    def _see_gone(self) -> None:
        """See a task that is done already, from a page that stayed open."""
        page = self.staff.page(self.city, "employee")
        page.goto(self.quarter.tasks["Isi realisasi dan bukti dukung"])
        self.seen("tugas sudah selesai", page)

    def _see_result(self, state: str) -> None:
        page = self.go("employee", f"/kasus/{self._case}/hasil", f"hasil, {state}")
        page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        self.seen(f"hasil, {state}, dibuka", page)

    def _see_decisions(self) -> None:
        """Come from the result to how it was decided, and ask why a rule did not apply."""
        page = self.go("employee", f"/kasus/{self._case}/hasil", "hasil, ke keputusan")
        leave(Mouse(page), page.get_by_role("link", name="Bagaimana keputusan ini dibuat?"))
        page.locator("main details > summary").first.click()
        self.seen("keputusan", page)

    def _rate(self) -> None:
        """See *Orang Saya* with somebody to rate: fresh, an override without its reason, and rated."""
        page = self.go("appraiser", "/orang-saya", "orang saya, untuk ditetapkan")
        page.get_by_role("button", name="Bantuan papan ketik").click()
        self.seen("orang saya, bantuan", page)
        page.get_by_role("button", name="Tutup").click()
        for rating in page.locator("[data-rating]").all():
            rating.locator("label").last.click()
        self.seen("orang saya, berbeda dari rekomendasi", page)
        self.press(page, "Simpan penetapan", "orang saya, galat")
        self._try_form("appraiser", "Tetapkan rating")
        self.quarter.confirm()
        self.go("appraiser", "/orang-saya", "orang saya, untuk ditandatangani")

    def _sign(self) -> None:
        """See the signature as a task, and sign on the page for signing together."""
        self._try_form("appraiser", "Tanda tangani evaluasi")
        page = self.go("appraiser", "/orang-saya/tanda-tangan", "tanda tangan bersama")
        self.press(page, "Tanda tangani", "tanda tangan bersama, galat")
        reason = page.locator("#signing-form textarea")
        if reason.count():
            reason.fill("Baru satu pegawai unit ini yang selesai dinilai.")
        page.locator("#signing-form label:has([name=confirmed])").click()
        self.press(page, "Tanda tangani", "tanda tangan bersama, selesai")
        self.staff.office.work()
        self.go("appraiser", "/orang-saya", "orang saya, sudah ditandatangani")
        self.go("appraiser", "/orang-saya/tanda-tangan", "tanda tangan bersama, kosong")

    def _correct_a_line(self) -> None:
        """Propose another appraiser, and see the proposal as its author and as who decides."""
        page = self.staff.page(self.city, "unit_hr")
        leave(Mouse(page), page.get_by_role("link", name=pattern("^Usulkan perbaikan ?:")).first)
        self.seen("usulkan perbaikan", page)
        self.press(page, "Kirim usulan", "usulkan perbaikan, galat")
        page.get_by_label("Cari pejabat penilai yang benar").fill(persona(self.city, "superior").name)
        self.press(page, "Cari", "usulkan perbaikan, dicari")
        Mouse(page).tick(control(Mouse(page), "appraiser", "#line-form").first)
        control(Mouse(page), "reason", "#line-form").fill("Penilainya pindah ke unit lain bulan lalu.")
        leave(Mouse(page), page.get_by_role("button", name="Kirim usulan"))
        self.go("unit_hr", "/pegawai/usulan", "usulan, milik sendiri")
        page = self.go("verifier", "/pegawai/usulan", "usulan, untuk diputuskan")
        page.locator("main summary").first.click()
        self.press(page, "Tolak usulan", "usulan, tolak tanpa alasan")

    def _import(self) -> None:
        """Import a file: the empty form, a bad file, and one that is good."""
        self.go("verifier", "/impor", "impor")
        page = self.go("verifier", "/impor/holidays", "impor, hari libur")
        self.press(page, "Periksa berkas", "impor, galat")
        soon = f"{self._next_wednesday():%d/%m/%Y}"  # deadlines that are under way move
        for name, day, seen_as in (("buruk.csv", "kapan-kapan", "impor, berkas buruk"), ("baik.csv", soon, "")):
            page.goto(f"/{self.city}/impor/holidays")
            file = self.folder / name
            file.write_text(f"tanggal,nama\n{day},Cuti bersama\n", encoding="utf-8")
            control(Mouse(page), "file", "#import-form").set_input_files(file)
            self.press(page, "Periksa berkas", seen_as or "impor, siap")
        self.press(page, "Impor sekarang", "tenggat yang berubah")
        page.locator("main summary").first.click()
        self.press(page, "Ubah semua tenggat ini", "tenggat diubah")

    def _next_wednesday(self) -> date:
        today = self.staff.office.clock().date()
        return today + timedelta(days=(2 - today.weekday()) % 7 or 7)
