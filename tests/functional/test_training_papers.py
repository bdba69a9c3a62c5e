"""Papers of training: attendance from a file, certificates of many, training from elsewhere, SIASN, the calendar."""

import csv
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pytest

from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from processes.people.queries import find_employee
from processes.training.commands.nominate import Nominate
from processes.training.definitions import PROCESSES, release_files
from processes.training.jobs import open_training_sessions
from processes.training.queries.catalogue import Session, coming_sessions
from processes.training.queries.hours import hours_in, records_of
from tests.functional.personas_training import PDF
from tests.functional.quarter_world import CITY, OPENS, the_city, the_quarter, the_template
from tests.functional.quarter_world import Quarter as World
from tests.functional.staff_pages import Page
from tests.functional.test_training import lacks, pass_time, session_of

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_quarter, the_template)
CLAIM = {
    "name": "Kursus arsip",
    "field": "Administrasi",
    "hours": "6",
    "ended_on": "30/09/2026",
    "provider": "ANRI",
    "certificate": "ANRI-7",
}


@pytest.fixture
def course(city: World) -> Session:
    """A session is over in which the employee took part; its attendance waits in the queue of BKPSDM."""
    for process in PROCESSES:
        city.alur.engine.run(DeployRelease(release_files(process), city.alur.catalogue), system_actor(CITY))
    open_training_sessions(city.alur.engine, CITY)
    session, person = session_of(city, "PEL-01"), city.people["employee"]
    lacks(city, person)
    city.alur.engine.run(Nominate(person, session.id), city.actor(person))
    pass_time(city, session.last_day + timedelta(days=1))
    return session


def nip_of(world: World, who: str) -> str:
    with world.alur.database.reading() as read:
        return find_employee(read, CITY, world.people[who]).nip


def send_file(world: World, path: str, content: bytes, *, name: str) -> Page:
    field = "files" if name.endswith(".zip") else "file"
    return world.browser("verifier").post(path, {field: (BytesIO(content), name)})


def attendance(*rows: str) -> bytes:
    return "\n".join(["NIP;Kehadiran;Tes Awal;Tes Akhir", *rows]).encode()


def test_bad_cells_of_the_attendance_are_named_and_nothing_is_filled(city: World, course: Session) -> None:
    path = f"/pelatihan/sesi/{course.id}/kehadiran"
    rows = (f"{nip_of(city, 'employee')};101;;", f"{nip_of(city, 'appraiser')};90;;")

    page = send_file(city, path, attendance(*rows), name="kehadiran.csv")

    assert page.status == 422
    assert "2 masalah ditemukan" in page.text
    assert "101 di luar batas 0 sampai 100" in page.text and "bukan peserta sesi ini" in page.text


def test_attendance_from_a_file_leads_to_certificate_paper_and_siasn(city: World, course: Session) -> None:
    browser, path = city.browser("verifier"), f"/pelatihan/sesi/{course.id}"
    (row,) = csv.DictReader(StringIO(browser.get(f"{path}/kehadiran.csv").response.text), delimiter=";")
    filled = send_file(city, f"{path}/kehadiran", attendance(f"{row['NIP']};100;50;85,5"), name="kehadiran.csv")
    form = browser.get(filled.response.location)
    assert form.values()["rows-0-post_test"] == "85,5"

    browser.send(filled.response.location, form)
    run_until_idle(city.alur.jobs)
    papers = send_file(city, f"{path}/sertifikat", archive(f"{row['NIP']}.pdf", "lain.pdf"), name="x.zip")

    assert "“lain.pdf”: tidak cocok" in papers.text
    own = city.browser("employee")
    assert own.get(own.get("/pengembangan").links("/pelatihan/sertifikat/")[0]).response.data == PDF
    siasn = csv.DictReader(StringIO(browser.get("/pelatihan/rw-kursus/2026/4/siasn.csv").response.text))
    (told,) = [one for one in siasn if one["noSertipikat"] == "SERT-00001/2026"]
    assert (told["nip"], told["jumlahJam"], told["tanggalKursus"]) == (row["NIP"], "8", course.first_day.isoformat())


def archive(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(f"sertifikat/{name}", PDF)
    return packed.getvalue()


def test_training_from_elsewhere_counts_once_it_is_confirmed(city: World) -> None:
    browser, verifier = city.browser("employee"), city.browser("verifier")
    before = shown_hours(city)

    sent = browser.post("/pengembangan/pelatihan-luar", {**CLAIM, "file": (BytesIO(PDF), "arsip.pdf")})
    waiting = shown_hours(city)
    verifier.press(verifier.get(verifier.get("/pelatihan/konfirmasi").links("/pelatihan/konfirmasi/")[0]), "Konfirmasi")

    assert sent.status == 303
    assert (waiting, shown_hours(city)) == (before, before + 6)


def shown_hours(world: World) -> int:
    with world.alur.database.reading() as read:
        return hours_in(records_of(read, CITY, world.people["employee"]), 2026)


def test_a_refusal_tells_what_to_correct_and_a_certificate_is_handed_in_once(city: World) -> None:
    browser, verifier = city.browser("employee"), city.browser("verifier")
    page = "/pengembangan/pelatihan-luar"
    browser.post(page, {**CLAIM, "file": (BytesIO(PDF), "arsip.pdf")})

    again = browser.post(page, {**CLAIM, "file": (BytesIO(PDF), "arsip.pdf")})
    claim = verifier.get("/pelatihan/konfirmasi").links("/pelatihan/konfirmasi/")[0]
    verifier.post(f"{claim}/tolak", {"note": "Halaman pertama tidak terbaca."})

    assert again.status == 422 and "sudah tercatat atau sedang menunggu" in again.text
    assert "Halaman pertama tidak terbaca." in browser.get(page).text


def test_the_calendar_shows_a_session_in_each_week_that_it_takes(city: World) -> None:
    session = session_of(city, "PEL-01")
    first = session.first_day

    page = city.browser("employee").get(f"/pelatihan/kalender/{first.year}/{first.month}")

    weeks = page.tree.xpath("//section[.//a[normalize-space()='Pelayanan publik prima']]/h2")
    assert len(weeks) == 1 + (session.last_day.isocalendar()[1] != first.isocalendar()[1])


def test_the_calendar_opens_on_the_month_of_the_next_session_and_says_what_comes_after(city: World) -> None:
    browser = city.browser("employee")
    with city.alur.database.reading() as read:
        first = min(item.first_day for item in coming_sessions(read, CITY, OPENS))

    (opened,) = browser.get("/pelatihan").tree.xpath("//a[.='Kalender']/@href")
    empty = browser.get("/pelatihan/kalender/2026/8")

    assert opened.endswith(f"/pelatihan/kalender/{first.year}/{first.month}")
    assert "Tidak ada sesi pada bulan ini" in empty.text
    assert empty.tree.xpath("//a[contains(., 'Buka')]/@href") == [opened]
    assert "Belum ada sesi yang dijadwalkan" in browser.get("/pelatihan/kalender/2099/1").text
