"""Training from a gap to the certificate that closes it, with its pages in every state: a chapter of the walk."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.records.case import case, open_task
from engine.worker import sweep_timers
from processes.people.careers import competency_level
from processes.people.queries import groups_on
from processes.training.queries.catalogue import newest_sessions
from processes.training.variables import nomination_key
from tests.browser.hands import Mouse, leave
from tests.browser.installation import persona
from tests.browser.walk import Walk
from tests.functional.personas_training import training_papers

REASON = "Akan memegang pelayanan di loket yang baru."
CODE, COMPETENCY = "PEL-CEPAT", "MAN-5"
NAME, SKILL = "Pelayanan publik prima", "Pelayanan publik"


def see_training(walk: Walk) -> None:
    """Open a session, nominate oneself and one of one's people, plan, be trained, and find the gap closed."""
    claim = _hand_in(walk)
    _lack(walk)
    _run(walk, claim)
    page = walk.go("employee", "/pelatihan", "pelatihan, katalog")
    leave(Mouse(page), page.locator("section[aria-labelledby=coming-title]").get_by_role("link", name=NAME).first)
    walk.seen("pelatihan, sesi", page)
    walk.press(page, "Usulkan saya", "pelatihan, diusulkan")
    first = _day(walk, 7)
    walk.go("employee", f"/pelatihan/kalender/{first.year}/{first.month}", "kalender pelatihan")
    page = walk.go("employee", "/pengembangan/pelatihan-luar", "pelatihan dari luar")
    walk.press(page, "Kirim ke BKPSDM", "pelatihan dari luar, galat")
    page = walk.go("employee", "/pengembangan", "pengembangan")
    walk.press(page, "Kirim usulan", "pengembangan, usulan galat")
    page.get_by_label("Apa yang akan dikembangkan").fill("Menyusun kontrak pengadaan sendiri")
    page.get_by_label("Paling lambat").fill("31/12/2026")
    walk.press(page, "Tambah rencana", "pengembangan, rencana")
    _lead(walk)
    _receive(walk)
    _complete(walk)


def _day(walk: Walk, days: int) -> date:
    return walk.staff.office.clock.now.date() + timedelta(days=days)


def _hand_in(walk: Walk) -> int:
    """Let the superior have handed in a training that he took elsewhere; return its number."""
    superior, verifier = _actor(walk, "appraiser"), _actor(walk, "verifier")
    found: int = training_papers(walk.staff.office.alur, superior, verifier)["claim"]["claim_id"]
    return found


def _actor(walk: Walk, part: str) -> Actor:
    office = walk.staff.office
    person, day = office.person(walk.city, part), office.clock.now.date()
    with office.alur.database.reading() as read:
        return Actor(walk.city, person, groups_on(read, walk.city, person, day))


def _pass_days(walk: Walk, days: int) -> None:
    """Let days go by; whoever was signed in signs in anew."""
    office = walk.staff.office
    office.clock.now += timedelta(days=days)
    sweep_timers(office.alur.engine)
    office.work()
    walk.staff.pages.clear()


def _session(walk: Walk) -> int:
    with walk.staff.office.alur.database.reading() as read:
        return next(one.id for one in newest_sessions(read, walk.city) if one.code == CODE)


def _waiting(walk: Walk, element: str, key: str) -> Any:
    """Return the task that waits at an element of a case, by the case's key; None if there is none."""
    of_case = open_task.join(case, case.c.id == open_task.c.case_id)
    wanted = (case.c.tenant == walk.city, case.c.business_key == key, open_task.c.element == element)
    with walk.staff.office.alur.database.reading() as read:
        return read.execute(select(open_task).select_from(of_case).where(*wanted)).one_or_none()


def _lack(walk: Walk) -> None:
    """Let an assessment have found that the employee lacks what a course teaches."""
    office = walk.staff.office
    row = {"tenant": walk.city, "employee_id": office.person(walk.city, "employee"), "competency": COMPETENCY}
    found = {"assessed_on": office.clock.now.date(), "level": 1, "source": "Asesmen (data uji)"}
    with office.alur.database.writing() as connection:
        connection.execute(competency_level.insert(), {**row, **found})


def _lead(walk: Walk) -> None:
    page = walk.go("appraiser", "/pengembangan", "pengembangan, orang yang dipimpin")
    who = page.locator("section[aria-labelledby=team-title] .row-link").filter(
        has_text=persona(walk.city, "employee").name
    )
    leave(Mouse(page), who)
    walk.seen("pengembangan, bawahan", page)
    leave(Mouse(page), page.get_by_role("button", name="Setujui"))
    walk.seen("pengembangan, disetujui", page)
    page.get_by_label("Pelatihan dan sesi").select_option(index=1)
    page.get_by_label("Alasan usulan").fill(REASON)
    walk.press(page, "Kirim usulan", "pengembangan, bawahan diusulkan")


def _run(walk: Walk, claim: int) -> None:
    walk.go("verifier", "/pelatihan/kebutuhan", "kebutuhan pelatihan")
    walk.go("verifier", "/pelatihan/keadilan", "keadilan pencalonan")
    walk.go("verifier", "/pelatihan/konfirmasi", "konfirmasi pelatihan")
    page = walk.go("verifier", f"/pelatihan/konfirmasi/{claim}", "konfirmasi pelatihan, satu")
    leave(Mouse(page), page.get_by_role("button", name="Konfirmasi", exact=True))
    walk.seen("konfirmasi pelatihan, kosong", page)
    page = walk.go("verifier", "/pelatihan/sesi-baru", "sesi baru")
    walk.press(page, "Buka sesi", "sesi baru, galat")
    page.get_by_label("Pelatihan").select_option(label=NAME)
    days = {"Pendaftaran sampai": 1, "Hari pertama": 7, "Hari terakhir": 7}
    given = {label: f"{_day(walk, number):%d/%m/%Y}" for label, number in days.items()}
    given |= {"Kode sesi": CODE, "Tempat": "Aula", "Kuota peserta": "5", "Biaya per peserta": "0"}
    for label, text in given.items():
        page.get_by_label(label).fill(text)
    walk.press(page, "Buka sesi", "sesi, baru dibuka")
    walk.staff.office.work()


def _receive(walk: Walk) -> None:
    """Let superior and officer agree, BKPSDM confirm the ranking, and the participant come."""
    office, session = walk.staff.office, _session(walk)
    nomination = nomination_key(session, office.person(walk.city, "employee"))
    for element, decision in (("approve", "approve"), ("review", "forward")):
        row = _waiting(walk, element, nomination)
        if row is not None:
            office.complete(walk.city, row.assignee, row, decision=decision)
            office.work()
    _pass_days(walk, 5)
    row, verifier = _waiting(walk, "choose", str(session)), _actor(walk, "verifier")
    office.alur.engine.run(ClaimTask(row.case_id, row.token), verifier)
    office.alur.engine.run(CompleteTask(row.case_id, row.token, {"rows": [{"seat": "seat"}]}), verifier)
    office.work()
    row = _waiting(walk, "confirm", nomination)
    office.complete(walk.city, row.assignee, row, answer="coming")
    page = walk.go("employee", "/pengembangan", "pengembangan, surat tugas")
    leave(Mouse(page), page.get_by_role("link", name="ST-").first)
    walk.seen("surat tugas", page)


def _complete(walk: Walk) -> None:
    """Let BKPSDM record the attendance and the test; the employee finds hours, certificate and no gap any more."""
    _pass_days(walk, 3)
    session = _session(walk)
    page = walk.go("verifier", f"/pelatihan/sesi/{session}/kehadiran", "kehadiran dari berkas")
    walk.press(page, "Isi dengan tangan", "kehadiran, antrean")
    walk.press(page, "Ambil tugas ini", "kehadiran")
    for name, value in (("share", "100"), ("pre_test", "50"), ("post_test", "90")):
        page.locator(f"[name=rows-0-{name}]").fill(value)
    walk.press(page, "Kirim", "kehadiran, terkirim")
    walk.staff.office.work()
    walk.go("verifier", f"/pelatihan/sesi/{session}/sertifikat", "sertifikat, unggah")
    walk.go("verifier", f"/pelatihan/sesi/{session}", "pelatihan, sesi bkpsdm")
    page = walk.go("employee", "/pengembangan", "pengembangan, kesenjangan tertutup")
    page.locator("section[aria-labelledby=history-title]").get_by_text("SERT-00001/").first.wait_for()
    met = page.locator("details tr").filter(has_text=SKILL).filter(has_text="terpenuhi")
    assert met.count(), "what was learnt has joined the competency map"
