"""The pages of recognition in every state: thanks, ideas, an award from its opening to a nomination."""

from tests.browser.arrival import leaving
from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

THANKS = "Terima kasih sudah menyiapkan bahan rapat sampai malam."
REASON = "Antrean berkas turun dari dua hari menjadi dua jam tanpa menambah pengerjaan ulang."


def see_recognition(walk: Walk) -> None:
    """Thank a colleague, note an idea, open an award and nominate somebody."""
    _thanks(walk)
    _ideas(walk)
    _awards(walk)
    _citizens(walk)
    _reports(walk)


def _thanks(walk: Walk) -> None:
    walk.go("employee", "/apresiasi", "apresiasi, dinding")
    walk.go("employee", "/apresiasi/milik-saya", "apresiasi, milik saya kosong")
    page = walk.go("employee", "/apresiasi/beri", "apresiasi, pilih rekan")
    page.get_by_label("Nama rekan").fill("x")
    walk.press(page, "Cari", "apresiasi, pencarian galat")
    page.get_by_label("Nama rekan").fill("tidak ada yang bernama ini")
    walk.press(page, "Cari", "apresiasi, tidak cocok")
    walk.press(page, "Kembali ke rekan satu unit", "apresiasi, pilih rekan lagi")
    leave(Mouse(page), page.locator("main .row-link").first)
    walk.press(page, "Kirim ucapan", "apresiasi, galat")
    page.get_by_label("Terima kasih atas apa?").fill(THANKS)
    walk.press(page, "Kirim ucapan", "apresiasi, terkirim")
    walk.press(page, "Tarik kembali", "apresiasi, tarik")
    page = walk.go("employee", "/apresiasi", "apresiasi, dinding lagi")
    leave(Mouse(page), page.get_by_role("link", name="Laporkan").first)
    walk.press(page, "Laporkan", "apresiasi, lapor galat")
    page.locator("#report-form textarea").fill("Bukan dia yang mengerjakan.")
    walk.press(page, "Laporkan", "apresiasi, dilaporkan")
    page = walk.go("verifier", "/apresiasi/laporan", "apresiasi, laporan")
    leave(Mouse(page), page.get_by_role("button", name="Pantas, boleh tampil").first)
    walk.seen("apresiasi, laporan selesai", page)


def _ideas(walk: Walk) -> None:
    for kind in ("innovation", "good_practice", "activity"):
        walk.go("employee", f"/apresiasi/inovasi?jenis={kind}", f"inovasi, {kind}")
    page = walk.go("employee", "/apresiasi/inovasi/baru", "inovasi, baru")
    walk.press(page, "Simpan", "inovasi, galat")
    page.get_by_role("radio").first.check()
    page.get_by_label("Judul").fill("Daftar periksa pendaftaran siswa")
    page.get_by_label("Masalah, gagasan, dan manfaatnya").fill("Berkas lengkap sejak awal, orang tua datang sekali.")
    walk.press(page, "Simpan", "inovasi, milik sendiri")
    walk.press(page, "Catat tindak lanjut", "inovasi, tindak lanjut galat")
    page.locator("#note-form textarea").fill("Dibahas dalam rapat guru.")
    walk.press(page, "Catat tindak lanjut", "inovasi, tindak lanjut")
    page = walk.go("verifier", "/apresiasi/inovasi", "inovasi, petugas")
    leave(Mouse(page), page.locator("main .row-link").first)
    walk.press(page, "Simpan tahap", "inovasi, tahap galat")
    walk.press(page, "Berguna juga bagi kami", "inovasi, berguna")


def _awards(walk: Walk) -> None:
    page = walk.go("verifier", "/apresiasi/penghargaan", "penghargaan")
    walk.press(page, "Buka penghargaan", "penghargaan, baru")
    walk.press(page, "Buka penghargaan", "penghargaan, galat")
    page.get_by_label("Nama penghargaan").fill("Pelayan Terbaik")
    page.get_by_label("Usulan mulai").fill("01/10/2026")
    page.get_by_label("Usulan sampai").fill("31/12/2026")
    walk.press(page, "Buka penghargaan", "penghargaan, panel kosong")
    leave(Mouse(page), page.get_by_role("button", name="Tambahkan").first)
    walk.seen("penghargaan, panel", page)
    leave(Mouse(page), page.locator(".crumbs").get_by_role("link", name="Pelayan Terbaik"))
    walk.seen("penghargaan, program", page)
    walk.press(page, "Usulkan rekan", "penghargaan, pilih rekan")
    leave(Mouse(page), page.locator("main .row-link").first)
    walk.press(page, "Kirim usulan", "penghargaan, usulan galat")
    page.locator("#nomination-form textarea").first.fill(REASON)
    page.locator("#nomination-form textarea").last.fill("Laporan layanan triwulan lalu")
    walk.press(page, "Kirim usulan", "penghargaan, terkirim")
    leave(Mouse(page), page.locator("section:has(#mine-title) .row-link").first)
    walk.seen("penghargaan, usulan", page)
    with leaving(page):
        page.go_back()
    page = walk.go("verifier", "/tugas?antrean=kelompok", "antrean kelompok, penghargaan")
    leave(Mouse(page), page.get_by_role("row").filter(has_text="Pelayan Terbaik").get_by_role("link").first)
    walk.seen("tugas, penghargaan", page)


def _citizens(walk: Walk) -> None:
    page = walk.go("verifier", "/apresiasi/warga", "warga, kosong")
    walk.press(page, "Catat untuk unit", "warga, unit")
    walk.press(page, "Simpan ucapan", "warga, galat")
    page = walk.go("verifier", "/apresiasi/warga", "warga, lagi")
    walk.press(page, "Catat untuk pegawai", "warga, pilih pegawai")
    leave(Mouse(page), page.locator("main .row-link").first)
    walk.seen("warga, pegawai", page)
    page.get_by_label("Apa yang ditulis warga?").fill("Dilayani dengan sabar sampai selesai.")
    page.get_by_label("Asalnya").fill("Kotak saran")
    page.get_by_label("Diterima tanggal").fill("01/10/2026")
    walk.press(page, "Simpan ucapan", "warga, tercatat")


def _reports(walk: Walk) -> None:
    page = walk.go("verifier", "/laporan", "laporan")
    for name in ("tpp-ikm", "kesetaraan", "hubungan", "pelatihan", "peringkat"):
        walk.go("verifier", f"/laporan/{name}", f"laporan, {name}")
    page = walk.go("verifier", "/laporan/layanan?tahun=2026&triwulan=2", "laporan, layanan")
    leave(Mouse(page), page.get_by_role("link", name="Usulkan").first)
    walk.press(page, "Kirim usulan", "penghargaan unit, galat")
    page.locator("#unit-award-form textarea").first.fill(REASON)
    page.locator("#unit-award-form textarea").last.fill("Laporan survei triwulan lalu")
    walk.press(page, "Kirim usulan", "penghargaan unit")
