"""The pages of open selections: a post is announced, somebody applies and may withdraw, what the agency sees."""

from datetime import date

from playwright.sync_api import FilePayload

from processes.people.careers import rank
from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def see_selections(walk: Walk) -> None:
    """Let the verifier announce a post and the process owner apply for it; then look at the candidates."""
    _promote(walk)
    page = walk.go("verifier", "/seleksi-jpt/baru", "umumkan jabatan")
    page.get_by_label("Jabatan yang kosong").select_option(index=1)
    page.get_by_label("Hari terakhir melamar").fill("04/01/2027")
    page.get_by_label("Nomor SK panitia seleksi").fill("800/12/2026")
    walk.press(page, "Umumkan seleksi", "panitia seleksi")
    page = walk.go("superior", "/seleksi-jpt", "seleksi terbuka")
    leave(Mouse(page), page.locator("a.row-link").first)
    walk.seen("seleksi satu jabatan, terlalu tua", page)
    assert "Anda belum dapat melamar" in page.locator("main").inner_text()
    address = page.url
    page = walk.go("owner", "/seleksi-jpt/" + address.rpartition("/")[2], "seleksi satu jabatan")
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


def _promote(walk: Walk) -> None:
    """Record the rank with which the process owner may apply: nobody else of the right age has the years in a post."""
    owner, office = walk.staff.office.person(walk.city, "owner"), walk.staff.office
    row = {"tenant": walk.city, "employee_id": owner, "grade": "IV/a", "valid_from": date(2026, 4, 1)}
    with office.alur.database.writing() as connection:
        connection.execute(rank.insert(), {"id": office.alur.engine.new_id(), **row})
