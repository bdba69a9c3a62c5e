"""What somebody from outside sees of a design, from his invitation to his remark: part of a chapter of the walk."""

from playwright.sync_api import Page

from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

EMAIL, PASSWORD = "sari@kampus.example", "payung semangka biru jendela"


def see_outsider(walk: Walk, design: str) -> None:
    """Invite somebody to a design, look at its sides as he does, and leave a remark."""
    outside = _enter(walk, _invite(walk, design))
    walk.seen("tinjauan, bagi orang luar", outside)
    for part in ("gambar", "langkah", "aturan", "formulir", "formulir/training_approval/coba"):
        outside.goto(f"/{walk.city}{design}/{part}")
        walk.seen(f"{part}, bagi orang luar", outside)
    outside.goto(f"/{walk.city}{design}/tinjauan")
    outside.get_by_label("Isi", exact=True).fill("Cukup satu orang.")
    leave(Mouse(outside), outside.get_by_role("button", name="Simpan catatan"))
    walk.seen("tinjauan, dengan catatan orang luar", outside)
    page = walk.go("owner", f"{design}/tinjauan", "tinjauan, dengan orang luar")
    leave(Mouse(page), page.get_by_role("link", name="Ubah masa"))
    walk.seen("tamu rancangan", page)


def _invite(walk: Walk, design: str) -> str:
    """Invite somebody, and return his code."""
    page = walk.go("owner", f"{design}/tinjauan", "tinjauan, sebelum undangan")
    leave(Mouse(page), page.get_by_role("link", name="Undang orang luar"))
    walk.press(page, "Buat undangan", "undang orang luar, galat")
    day = walk.staff.office.clock.now.date()
    typed = {"Nama lengkap": "Dr. Sari Wulan", "Lembaga": "Universitas Contoh", "Alamat surel": EMAIL}
    for label, text in {**typed, "Berlaku sampai": f"{day.day}/{day.month}/{day.year}"}.items():
        page.get_by_label(label).fill(text)
    walk.press(page, "Buat undangan", "lembar undangan ke rancangan")
    return page.locator(".slips .code").inner_text()


def _enter(walk: Walk, code: str) -> Page:
    outside = walk.staff.open_browser()
    outside.goto(f"/{walk.city}/masuk/tamu")
    outside.get_by_label("Alamat surel").fill(EMAIL)
    outside.get_by_label("Kata sandi").fill(code)
    leave(Mouse(outside), outside.get_by_role("button", name="Masuk", exact=True))
    leave(Mouse(outside), outside.get_by_role("link", name="Ya, ini saya"))
    outside.get_by_label("Kata sandi baru").fill(PASSWORD)
    outside.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    leave(Mouse(outside), outside.locator("main").get_by_role("button").last)
    outside.goto(f"/{walk.city}/studio/menunggu")
    return outside
