"""The pages of feedback among colleagues in every state, for whoever wants to look: a chapter of the walk."""

from tests.browser.arrival import leaving
from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

WORDS = "Laporan bulanan selesai dua hari sebelum batas waktu.\nKami tidak perlu lembur untuk rapat anggaran."


def see_feedback(walk: Walk) -> None:
    """Look for a colleague, write with a mistake, send, correct, take back; and read what is for oneself."""
    walk.go("employee", "/umpan-balik/untuk-saya", "umpan balik untuk saya, kosong")
    walk.go("employee", "/umpan-balik/kiriman", "umpan balik terkirim, kosong")
    page = walk.go("employee", "/umpan-balik", "umpan balik")
    page.get_by_label("Nama rekan").fill("x")
    walk.press(page, "Cari", "umpan balik, pencarian galat")
    page.get_by_label("Nama rekan").fill("tidak ada yang bernama ini")
    walk.press(page, "Cari", "umpan balik, tidak cocok")
    page.get_by_label("Nama rekan").fill("ra")
    walk.press(page, "Cari", "umpan balik, ditemukan")
    leave(Mouse(page), page.locator("main table a").first)
    walk.seen("umpan balik, isian", page)
    page.get_by_label("Umpan balik Anda").fill("Bagus")
    walk.press(page, "Lanjut: periksa sebelum dikirim", "umpan balik, isian galat")
    page.get_by_role("radio").first.check()
    page.get_by_label("Umpan balik Anda").fill(WORDS)
    walk.press(page, "Lanjut: periksa sebelum dikirim", "umpan balik, periksa")
    walk.press(page, "Kirim umpan balik", "umpan balik terkirim")
    walk.press(page, "Perbaiki", "umpan balik, perbaikan")
    with leaving(page):
        page.go_back()
    walk.press(page, "Tarik kembali", "umpan balik, penarikan")
