"""The pages of guests and those for everybody, once a post is announced."""

from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

EMAIL = "ratna@kampus.example"


def see_guests(walk: Walk) -> None:
    """Invite somebody from outside, stand at the door of guests, and read what everybody may."""
    page = walk.go("verifier", "/tamu", "tamu, belum ada")
    walk.press(page, "Undang tamu", "undang tamu")
    walk.press(page, "Buat undangan", "undang tamu, galat")
    page.get_by_label("Seleksi").select_option(index=1)
    typed = {"Nama lengkap": "Prof. Ratna Dewi", "Lembaga": "Universitas Contoh", "Alamat surel": EMAIL}
    day = walk.staff.office.clock.now.date()
    for label, text in {**typed, "Berlaku sampai": f"{day.day}/{day.month}/{day.year}"}.items():
        page.get_by_label(label).fill(text)
    walk.press(page, "Buat undangan", "lembar undangan")
    walk.press(page, "Selesai, kembali ke daftar", "tamu")
    leave(Mouse(page), page.locator("a.row-link").first)
    walk.seen("tamu, satu orang", page)
    outside = walk.staff.open_browser()
    outside.goto(f"/{walk.city}/masuk/tamu")
    walk.seen("masuk sebagai tamu", outside)
    leave(Mouse(outside), outside.get_by_role("button", name="Masuk", exact=True))
    walk.seen("masuk sebagai tamu, kosong", outside)
    outside.goto(f"/{walk.city}/publik/seleksi")
    walk.seen("publik, seleksi", outside)
    leave(Mouse(outside), outside.locator("main").get_by_role("link").first)
    walk.seen("publik, satu seleksi", outside)
