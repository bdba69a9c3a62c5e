"""The pages of open selections: a post is announced, somebody applies and may withdraw, what the agency sees."""

from playwright.sync_api import FilePayload

from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def see_selections(walk: Walk) -> None:
    """Let the verifier announce a post and the superior apply for it; then look at the candidates."""
    page = walk.go("verifier", "/seleksi-jpt/baru", "umumkan jabatan")
    page.get_by_label("Jabatan yang kosong").select_option(index=1)
    page.get_by_label("Hari terakhir melamar").fill("04/01/2027")
    page.get_by_label("Nomor SK panitia seleksi").fill("800/12/2026")
    walk.press(page, "Umumkan seleksi", "panitia seleksi")
    page = walk.go("superior", "/seleksi-jpt", "seleksi terbuka")
    leave(Mouse(page), page.locator("a.row-link").first)
    address = page.url
    walk.seen("seleksi satu jabatan", page)
    leave(Mouse(page), page.get_by_role("link", name="Melamar"))
    walk.seen("melamar", page)
    walk.press(page, "Kirim lamaran", "melamar, galat")
    for kind in ("cv", "statement", "paper"):
        file = FilePayload(name=f"{kind}.pdf", mimeType="application/pdf", buffer=PDF)
        page.locator(f"input[name='{kind}']").set_input_files(file)
    walk.press(page, "Kirim lamaran", "seleksi, sudah melamar")
    leave(Mouse(page), page.get_by_role("link", name="Mengundurkan diri dari seleksi ini"))
    walk.seen("mengundurkan diri", page)
    place = "/seleksi-jpt/" + address.rpartition("/")[2]
    walk.go("verifier", f"{place}/calon", "calon dan nilai")
