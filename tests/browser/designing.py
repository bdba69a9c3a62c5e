"""The pages of the studio in every state, for whoever wants to look: a chapter of the walk."""

from processes.training.variables import NOMINATION
from tests.browser.hands import Mouse, leave
from tests.browser.outsiders import see_outsider
from tests.browser.studio_model import begin_crowded
from tests.browser.walk import Walk

PROCESS = f"/studio/proses/{NOMINATION}"


def see_studio(walk: Walk) -> None:
    """Go from the list of processes to a design, look at each side of it, break it, and send it to review."""
    walk.go("owner", "/studio", "studio")
    walk.go("owner", "/studio/baru", "studio, proses baru")
    walk.go("owner", f"{PROCESS}/pantau", "pantauan proses")
    walk.go("owner", f"{PROCESS}/uji-coba/1", "uji coba rilis")
    page = walk.go("owner", PROCESS, "proses dan rilisnya")
    walk.press(page, "Mulai rancangan baru", "rancangan, diagram")
    design = page.url.partition(f"/{walk.city}")[2]
    _see_sides(walk, design)
    page = walk.go("owner", f"{design}/langkah/approve/tambah", "langkah, tambah")
    walk.press(page, "Langkah tambahan, hanya bila syaratnya benar atau sekaligus", "langkah, tambah cabang")
    page.get_by_label("hanya bila syaratnya benar").check()
    page.get_by_label("Nama dalam bahasa Inggris").fill("Second approval")
    page.get_by_label("Syarat (FEEL)").fill("officer > 10")
    walk.press(page, "Tambahkan", "langkah, dengan masalah")
    walk.go("owner", design, "rancangan, diagram dengan masalah")
    walk.go("owner", f"{design}/uji-coba", "uji coba, rancangan bermasalah")
    walk.go("owner", f"{design}/tinjauan", "tinjauan, rancangan bermasalah")
    walk.go("owner", f"{design}/bandingkan", "bandingkan, ada yang berubah")
    _see_crowded(walk)
    page = walk.go("owner", PROCESS, "proses dengan rancangan")
    walk.press(page, "Mulai rancangan baru", "rancangan kedua")
    _review(walk, page.url.partition(f"/{walk.city}")[2])


def _see_crowded(walk: Walk) -> None:
    """Look at a drawing with many problems of a kind, and open them."""
    design = begin_crowded(walk.staff, walk.city)
    page = walk.go("owner", f"/studio/rancangan/{design}", "rancangan, diagram dengan banyak masalah sejenis")
    page.locator(".studio-kind > summary").click()
    walk.seen("rancangan, masalah sejenis dibuka", page)


def _see_sides(walk: Walk, design: str) -> None:
    """Look at every side of a design, and at its forms and tables."""
    for path, name in (
        ("/langkah", "langkah"),
        ("/langkah/approve", "langkah, ubah"),
        ("/langkah/approve/pindah", "langkah, pindahkan atau salin"),
        ("/langkah/lain/salin", "langkah, salin dari proses lain"),
        ("/formulir", "formulir"),
        ("/formulir/training_approval", "formulir, ubah"),
        ("/formulir/training_approval/coba", "formulir, coba isi"),
        ("/tabel", "tabel"),
        ("/tabel-baru", "tabel baru"),
        ("/tabel/training_eligibility", "tabel, digambar"),
        ("/tabel/training_eligibility/daftar", "tabel, sebagai daftar"),
        ("/tabel/training_eligibility/tempel", "tabel, tempel"),
        ("/tabel/training_eligibility/coba", "tabel, coba"),
        ("/tabel/training_eligibility/cakupan", "tabel, cakupan"),
        ("/bandingkan", "bandingkan, sama"),
        ("/bandingkan/gabung/bawaan", "gabungkan bawaan nasional"),
        ("/uji-coba", "uji coba"),
    ):
        walk.go("owner", f"{design}{path}", name)
    _look_ahead(walk, design)
    page = walk.go("owner", f"{design}/uji-coba", "uji coba, skenario")
    walk.press(page, "Mulai uji coba", "uji coba berjalan")
    leave(Mouse(page), page.get_by_role("button", name="Kirim tugas").first)
    walk.seen("uji coba, galat", page)


def _look_ahead(walk: Walk, design: str) -> None:
    """Ask for a forecast, wait, and see it come by itself."""
    page = walk.go("owner", f"{design}/perkiraan", "perkiraan")
    walk.press(page, "Hitung perkiraan", "perkiraan, sedang dihitung")
    walk.staff.office.work()
    page.get_by_role("heading", name="Hasil perkiraan").wait_for()
    walk.seen("perkiraan, hasil", page)
    walk.go("owner", f"{design}/perkiraan", "perkiraan, sudah ada yang dihitung")


def _review(walk: Walk, design: str) -> None:
    """Ask for a review, approve, release, and go back to the release before."""
    page = walk.go("owner", f"{design}/formulir", "formulir, sebelum tinjauan")
    page.get_by_label("Judul (Indonesia)").fill("Formulir baru")
    page.get_by_label("Judul (Inggris)").fill("A new form")
    walk.press(page, "Buat formulir", "formulir baru")
    see_outsider(walk, design)
    page = walk.go("owner", f"{design}/tinjauan", "tinjauan")
    walk.press(page, "Minta tinjauan", "tinjauan diminta")
    walk.go("admin", "/studio/menunggu", "rancangan yang menunggu tinjauan")
    page = walk.go("admin", f"{design}/tinjauan", "tinjauan oleh orang kedua")
    page.locator("#review-form input[type=radio]").first.check()
    walk.press(page, "Kirim keputusan", "tinjauan, disetujui")
    walk.go("owner", f"{design}/tinjauan", "tinjauan, siap dirilis")
    page = walk.go("owner", f"{design}/rilis", "rilis, ditanyakan")
    walk.press(page, "Rilis sekarang", "dirilis")
    walk.go("owner", design, "rancangan yang sudah dirilis")
    walk.go("owner", PROCESS, "proses dengan dua rilis")
    walk.go("owner", f"{PROCESS}/berlakukan/1", "berlakukan kembali, ditanyakan")
