"""The pages about posts and competencies in every state, for whoever wants to look: a chapter of the walk."""

from sqlalchemy import select

from processes.people.city import PositionLevel
from processes.people.records import post
from tests.browser.beforehand import CITY
from tests.browser.hands import Mouse, leave
from tests.browser.walk import Walk

NEW_POST = 77


def see_posts(walk: Walk) -> None:
    """Go from the map to a post and change its analysis; look at competencies, the register and the plan."""
    page = walk.go("verifier", "/jabatan", "peta jabatan")
    walk.go("verifier", "/jabatan?keadaan=kosong", "peta jabatan, kosong")
    leave(Mouse(page), page.get_by_role("link", name="Kepala Dinas Sosial"))
    walk.seen("jabatan kosong dengan Plt", page)
    walk.go("verifier", "/jabatan?keadaan=lebih&jenjang=administrator", "peta jabatan, tidak ada yang cocok")
    page = walk.go("unit_hr", "/jabatan", "peta jabatan satu dinas")
    leave(Mouse(page), page.get_by_role("link", name="Analis Kebijakan Ahli Muda"))
    walk.seen("jabatan", page)
    walk.press(page, "Ubah analisis beban kerja", "analisis beban kerja")
    leave(Mouse(page), page.get_by_role("button", name="Tambah baris").first)
    walk.seen("analisis beban kerja, baris baru", page)
    page.get_by_label("Uraian tugas").last.fill("Menyusun telaahan staf")
    walk.press(page, "Simpan analisis", "analisis beban kerja, galat")
    page.get_by_label("Hasil kerja").last.fill("telaahan")
    page.get_by_label("Volume setahun").last.fill("50")
    page.get_by_label("Jam per hasil").last.fill("12,5")
    walk.press(page, "Simpan analisis", "jabatan, analisis tersimpan")
    page = walk.go("verifier", "/kompetensi", "peta kompetensi")
    page.locator("details.disclosure > summary").first.click()
    walk.seen("peta kompetensi, tabel", page)
    leave(Mouse(page), page.locator("main table a[href*='/kompetensi/']").first)
    walk.seen("kompetensi seorang pegawai", page)
    page.get_by_label("Bandingkan dengan jabatan").select_option(index=1)
    walk.press(page, "Cari", "kompetensi dibandingkan dengan jabatan lain")
    walk.go("appraiser", "/kompetensi", "kompetensi orang saya")
    walk.go("verifier", "/jabatan/pemantauan", "pemantauan jabatan")
    walk.go("verifier", "/jabatan/rencana", "rencana kebutuhan")
    walk.go("verifier", "/jabatan/merit", "bukti sistem merit")
    walk.go("verifier", "/pengisian-jabatan", "pengisian jabatan, belum ada")
    walk.go("verifier", "/pengisian-jabatan/sk", "SK pengangkatan jabatan")
    _plan_a_post(walk)
    page = walk.go("verifier", f"/jabatan/{NEW_POST}", "jabatan kosong yang diisi tim penilai")
    walk.press(page, "Buka pengisian", "pengisian jabatan dibuka")


def _plan_a_post(walk: Walk) -> None:
    """Plan a post of a supervisor's level, which nobody holds yet."""
    with walk.staff.office.alur.database.writing() as connection:
        unit = connection.execute(select(post.c.unit_id).where(post.c.tenant == CITY).limit(1)).scalar_one()
        level = {"level": PositionLevel.SUPERVISOR.value, "family": "general", "job_class": 9}
        known = {"id": NEW_POST, "tenant": CITY, "code": "BARU-1", "name": "Kepala Subbagian Baru", "unit_id": unit}
        connection.execute(post.insert(), {**known, **level})
