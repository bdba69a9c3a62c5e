"""Somebody from outside is asked for an opinion on one design: invited, in, heard, and out again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from engine.commands.answer_remark import AnswerRemark
from engine.commands.deploy_release import DeployRelease
from engine.commands.discard_design import DiscardDesign
from engine.commands.invite_to_design import InviteToDesign
from engine.commands.remark_on_design import RemarkOnDesign
from engine.commands.save_design import SaveDesign
from engine.designs.finding import content_mark, find_design
from engine.designs.reviewing import MOST_REMARKS, RemarkKind, remarks_on
from engine.dmn.editing import NewColumn, new_table
from engine.policy.actor import system_actor
from engine.queries.verification import verify
from engine.records.design import design_remark
from engine.records.history import audit
from processes.people.commands.grant_role import GrantRole
from processes.people.guests import guest
from processes.people.records import Role
from processes.recognition.definitions import release_files
from processes.recognition.unit_awards.variables import PROCESS
from tests.functional.browser import Browser
from tests.functional.test_guests import begin as begin_case
from tests.functional.test_guests import release as selection_release
from tests.functional.test_studio_releasing import DIAGRAM, NEW, OWNER, approve, begin
from tests.functional.town import ADMIN, CITY, INSPECTOR, OFFICER, TEACHER, Moment, Person
from webapp.access import is_for_guests
from webapp.auth.records import guest_session
from webapp.texts import text_for
from webapp.wiring import Alur

DOOR = f"/{CITY}/masuk/tamu"
EMAIL, FULL_NAME = "sari@kampus.example", "Dr. Sari Wulan, Universitas Contoh"
PASSWORD = "payung semangka biru jendela"
INVITATION = {
    "name": "Dr. Sari Wulan", "institution": "Universitas Contoh", "email": EMAIL, "valid_until": "20/12/2026",
}  # fmt: skip
REMARK = {"kind": "suggestion", "place": f"{DIAGRAM}#decide", "text": "Cukup satu orang."}


@dataclass
class Studio:
    """A design in which a step has another name, its owner, and what they do.

    :param design: its address.
    """

    alur: Alur
    app: Flask
    owner: Browser
    design: str

    @property
    def number(self) -> int:
        """The number of the design."""
        return int(self.design.rpartition("/")[2])

    @property
    def inviting(self) -> str:
        """Where somebody is invited to it."""
        return f"/tamu/undang/rancangan/{self.number}"

    def invite(self, **changes: str) -> int:
        """Invite a guest and return his number; the page then shows his code."""
        answer = self.owner.post(self.inviting, {**INVITATION, **changes})
        assert answer.status_code == 200, self.owner.text
        with self.alur.database.reading() as read:
            return int(read.execute(select(func.max(guest.c.id))).scalar_one())

    def enter(self, secret: str | None = None) -> Browser:
        """Sign in as the guest: by the code on the owner's page and with a new password, or by another secret."""
        browser = Browser(self.app)
        browser.get("/masuk/tamu")
        code = re.search(r'class="code">([^<]+)<', self.owner.page)
        browser.post("/masuk/tamu", {"email": EMAIL, "secret": secret or (code[1] if code else "")})
        if secret is None:
            browser.post("/langkah-awal", {"password": PASSWORD, "again": PASSWORD})
        return browser

    def refused(self) -> str:
        """What the door says to the guest."""
        browser = self.enter(PASSWORD)
        assert browser.cookie() is None
        return browser.text


def links_of(page: str) -> list[str]:
    """Return where a page leads within the city."""
    found = {address.replace("&amp;", "&") for address in re.findall(rf'href="/{CITY}(/[^"#]*)', page)}
    return sorted(address for address in found if "/aset/" not in address)


@pytest.fixture
def studio(alur: Alur, app: Flask, signed_in: Callable[[Person], Browser]) -> Studio:
    for person in (OFFICER, INSPECTOR):
        alur.engine.run(GrantRole(person.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
    alur.engine.run(DeployRelease(release_files(PROCESS), alur.catalogue, PROCESS), system_actor(CITY))
    owner = signed_in(OFFICER)
    return Studio(alur, app, owner, begin(alur, owner))


def test_a_guest_suggests_something_under_his_name_and_hears_of_the_answer(studio: Studio) -> None:
    studio.invite()
    browser = studio.enter()

    first = browser.get("/")
    said = browser.post(f"{studio.design}/catatan", REMARK)

    assert first.request.path == f"/{CITY}{studio.design}/tinjauan"
    assert NEW.decode() in first.text
    assert "Orang luar yang diundang" not in first.text
    assert said.status_code == 200
    assert FULL_NAME in browser.text
    studio.owner.get(f"{studio.design}/tinjauan")
    assert f"{FULL_NAME}, " in studio.owner.text
    assert "Cukup satu orang." in studio.owner.text
    with studio.alur.database.reading() as read:
        (remark,) = remarks_on(read, CITY, studio.number)
    studio.alur.engine.run(AnswerRemark(remark.id, "Baik, terima kasih."), OWNER)
    notices = browser.get("/pemberitahuan")
    assert "Catatan Anda pada sebuah rancangan dijawab" in notices.text
    assert "/studio/menunggu" in links_of(notices.text)
    assert "Baik, terima kasih." in browser.get("/studio/menunggu").text


def test_a_guest_sees_the_picture_the_steps_and_the_forms_and_every_link_leads_somewhere(studio: Studio) -> None:
    studio.invite()
    browser = studio.enter()

    picture = browser.get(f"{studio.design}/gambar.svg")
    pages = {
        part: browser.get(f"{studio.design}/{part}").text for part in ("gambar", "langkah", "formulir", "tinjauan")
    }
    tried = browser.post(f"{studio.design}/formulir/unit_award_decision/coba")

    assert picture.mimetype == "image/svg+xml"
    assert NEW in picture.data
    assert re.search(r'id="drawn-decide"[^>]* class="[^"]*active"', picture.text)
    assert NEW.decode() in pages["langkah"]
    assert "/formulir/unit_award_decision/coba" in pages["formulir"]
    assert tried.status_code == 422
    assert [link for page in pages.values() for link in links_of(page) if browser.get(link).status_code != 200] == []


def test_a_guest_reads_the_decision_tables_of_his_design(studio: Studio) -> None:
    table = new_table("a_b", "Siapa yang berwenang", [NewColumn("Nilai", "amount", "number")],
                      [NewColumn("Pejabat", "official", "string")])  # fmt: skip
    studio.invite()
    browser = studio.enter()
    before = browser.get(f"{studio.design}/langkah").text, browser.get(f"{studio.design}/aturan").text
    studio.alur.engine.run(SaveDesign(studio.number, {"a_b.dmn": table}, {"a_b.dmn": None}), OWNER)

    page = browser.get(f"{studio.design}/aturan")
    places = browser.get(f"{studio.design}/tinjauan").text
    answer = browser.post(f"{studio.design}/catatan", {**REMARK, "place": "a_b.dmn"})

    assert f"{studio.design}/aturan" not in before[0] and "tidak memakai tabel keputusan" in before[1]
    assert all(words in page.text for words in ("Siapa yang berwenang", "Nilai", "Pejabat", "apa saja", "UNIQUE"))
    assert [link for link in links_of(page.text) if browser.get(link).status_code != 200] == []
    assert f"{studio.design}/aturan" in places and answer.status_code == 200
    assert browser.get(f"{studio.design}/tabel").status_code == 404
    assert [browser.get(f"{studio.design}/aturan?halaman={page}").status_code for page in ("2", "0", "x")] == [404] * 3


def test_a_guest_is_not_told_what_the_check_finds_nor_what_is_installed(studio: Studio) -> None:
    with studio.alur.database.reading() as read:
        before = find_design(read, CITY, studio.number).files[DIAGRAM]
    broken = re.sub(rb'service name="[^"]+"', b'service name="there.is_none"', before)
    studio.alur.engine.run(SaveDesign(studio.number, {DIAGRAM: broken}, {DIAGRAM: content_mark(before)}), OWNER)
    studio.invite()
    browser = studio.enter()

    pages = [studio.owner.get(f"{studio.design}/langkah").text, browser.get(f"{studio.design}/langkah").text]
    forms = [studio.owner.get(f"{studio.design}/formulir").text, browser.get(f"{studio.design}/formulir").text]

    assert broken != before
    assert [("yang ada: " in page, "masalah" in page) for page in pages] == [(True, True), (False, False)]
    assert ["Keadaan" in page for page in forms] == [True, False]


def test_a_guest_reads_what_he_began_and_nothing_of_what_others_say(studio: Studio) -> None:
    alur, scenario = studio.alur, "scenarios/hanya_di_sini.json"
    alur.engine.run(SaveDesign(studio.number, {scenario: b"{}"}, {scenario: None}), OWNER)
    theirs = alur.engine.run(RemarkOnDesign(studio.number, RemarkKind.REMARK, "Antara kita saja."), OWNER).value
    studio.invite()
    browser = studio.enter()
    browser.post(f"{studio.design}/catatan", REMARK)
    with alur.database.reading() as read:
        own = remarks_on(read, CITY, studio.number)[-1].id
    alur.engine.run(AnswerRemark(own, "Baik, terima kasih."), OWNER)

    page = browser.get(f"{studio.design}/tinjauan").text
    answers = [browser.post(f"{studio.design}/catatan/{key}/jawab", {f"r{key}-text": "Ya."}) for key in (theirs, own)]

    assert ("Cukup satu orang." in page, "Baik, terima kasih." in page, "Antara kita" in page) == (True, True, False)
    assert "hanya_di_sini" not in page
    assert [answer.status_code for answer in answers] == [404, 200]
    assert browser.post(f"{studio.design}/catatan", {**REMARK, "place": scenario}).status_code == 422
    colleague = studio.owner.get(f"{studio.design}/tinjauan").text
    assert all(words in colleague for words in ("Antara kita saja.", "Ya.", "hanya_di_sini"))


def test_a_guest_says_no_more_than_there_is_room_for(studio: Studio) -> None:
    number = studio.invite()
    browser = studio.enter()
    browser.post(f"{studio.design}/catatan", REMARK)
    with studio.alur.database.writing() as connection:
        (said,) = connection.execute(select(design_remark)).mappings()
        more = [{**said, "id": said["id"] + place} for place in range(1, MOST_REMARKS)]
        connection.execute(design_remark.insert(), more)

    refused = browser.post(f"{studio.design}/catatan", {**REMARK, "text": "Satu lagi."})
    words = browser.text
    answered = browser.post(f"{studio.design}/catatan/{said['id']}/jawab", {f"r{said['id']}-text": "Satu lagi."})

    assert (said["said_by"], refused.status_code, answered.status_code) == (number, 422, 422)
    assert "Anda sudah menulis 200 catatan" in words
    assert "Satu lagi." in words


def test_no_design_but_his_own_answers_a_guest_and_of_that_no_other_page(studio: Studio) -> None:
    other, own = begin(studio.alur, studio.owner).rpartition("/")[2], str(studio.number)
    studio.invite()
    browser, wrong = studio.enter(), []
    for rule in studio.app.url_map.iter_rules():
        is_open = is_for_guests(studio.app.view_functions[rule.endpoint])
        for design in (own, other) if "design_id" in rule.rule else ():
            address = re.sub(r"<[^>]*design_id>", design, rule.rule)
            address = re.sub(r"<[^>]*int[^>]*>", "1", address)
            address = re.sub(r"<[^>]*key>", "unit_award_decision", address)
            address = re.sub(r"<[^>]+>", "x" * 64, address)
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                status = (browser.get if method == "GET" else browser.post)(address).status_code
                is_meant = is_open and design == own and "jawab" not in address
                if (status == 404) is is_meant:
                    wrong.append((method, address, status))

    assert wrong == []


def test_a_guest_of_a_case_sees_no_design(studio: Studio, alur: Alur, signed_in: Callable[[Person], Browser]) -> None:
    alur.engine.run(GrantRole(OFFICER.id, Role.HR_VERIFIER, date(2026, 1, 1)), system_actor(CITY))
    alur.engine.run(DeployRelease(selection_release("open_selection"), alur.catalogue), system_actor(CITY))
    studio.owner = signed_in(OFFICER)
    studio.owner.post("/tamu/undang", {"case": str(begin_case(alur, "A")), **INVITATION})

    browser = studio.enter()

    assert browser.get("/tugas").status_code == 200
    assert browser.get(f"{studio.design}/tinjauan").status_code == 404
    assert browser.post(f"{studio.design}/catatan", REMARK).status_code == 404
    assert browser.get("/studio/menunggu").text.count("/studio/rancangan/") == 0


def test_what_a_guest_typed_is_in_its_page_after_signing_in_again(studio: Studio) -> None:
    studio.invite()
    browser = studio.enter()
    page = browser.get(f"{studio.design}/tinjauan").text
    (token,) = set(re.findall(r'name="csrf_token" value="([^"]+~[^"]+)"', page))
    with studio.alur.database.writing() as connection:
        connection.execute(guest_session.delete())

    late = browser.post(f"{studio.design}/catatan", {**REMARK, "text": "Tunggu dahulu.", "csrf_token": token})
    (following,) = re.findall(r'name="next" value="([^"]+)"', browser.page)
    browser.post("/masuk/tamu", {"email": EMAIL, "secret": PASSWORD, "next": following})

    assert late.request.path == DOOR
    assert re.search(r"<textarea[^>]*>\s*Tunggu dahulu.</textarea>", browser.page)
    assert "Isian Anda sudah kembali di halaman ini" in browser.text


def test_an_invitation_that_is_taken_back_ends_at_once_and_the_remarks_stay(studio: Studio) -> None:
    number = studio.invite()
    browser = studio.enter()
    browser.post(f"{studio.design}/catatan", REMARK)

    studio.owner.post(f"/tamu/{number}/cabut")
    later = browser.post(f"{studio.design}/catatan", REMARK)

    assert later.status_code == 401
    assert browser.get(f"{studio.design}/tinjauan").request.path == DOOR
    assert "Terima kasih atas pendapat Anda" in studio.refused()
    with studio.alur.database.reading() as read:
        assert [remark.said_by for remark in remarks_on(read, CITY, studio.number)] == [number]
        assert [*verify(read, studio.alur.directory).findings()] == []
        commands = read.execute(select(audit.c.command).where(audit.c.subject == number)).scalars().all()
    assert commands == ["InviteGuestToDesign", "RevokeGuest"]


def test_an_invitation_ends_with_its_last_day_and_can_be_extended(studio: Studio, moment: Moment) -> None:
    number = studio.invite()
    studio.enter()

    moment.pass_by(days=40)
    words = studio.refused()
    studio.owner.sign_in(OFFICER)
    studio.owner.post(f"/tamu/{number}/masa", {"valid_until": "15/01/2027"})

    assert "berlaku sampai 20 Desember 2026" in words
    assert "masa undangan dapat diperpanjang" in words
    studio.owner.post(f"/tamu/{number}/kode")
    assert "Kode masuk baru dibuat untuk Anda oleh pemilik proses" in studio.enter().get("/pemberitahuan").text


def test_an_invitation_that_is_over_keeps_nobody_out_who_has_its_address_now(studio: Studio, moment: Moment) -> None:
    first = studio.invite()
    moment.pass_by(days=40)
    studio.owner.sign_in(OFFICER)
    other = begin(studio.alur, studio.owner)
    second = replace(studio, design=other)
    second.invite(valid_until="10/01/2027")
    browser = second.enter()

    extended = studio.owner.post(f"/tamu/{first}/masa", {"valid_until": "15/01/2027"})
    words = studio.owner.text
    studio.owner.post(f"/tamu/{first}/kode")

    assert extended.status_code == 422
    assert "sudah dipakai tamu lain" in words
    assert "sudah dipakai tamu lain" in studio.owner.text
    assert browser.get("/").request.path == f"/{CITY}{other}/tinjauan"
    assert second.enter(PASSWORD).get("/").request.path == f"/{CITY}{other}/tinjauan"


def test_the_refusal_of_an_address_does_not_say_whose_guest_has_it() -> None:
    words = [text_for("guest.invited_already", {}, "id"), text_for("guest.invited_already", {}, "en")]

    assert not re.search("seleksi|rancangan|selection|design", " ".join(words))


def test_an_invitation_ends_when_the_design_is_released(
    studio: Studio, alur: Alur, signed_in: Callable[[Person], Browser]
) -> None:
    studio.invite()
    browser = studio.enter()
    approve(alur, studio.owner, signed_in(INSPECTOR), studio.design)
    page = studio.owner.get(f"{studio.design}/rilis").text
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))

    studio.owner.post(f"{studio.design}/rilis", {**hidden, "cases": "stay", "reason": "Uji dengan nama lain."})

    with alur.database.reading() as read:
        assert find_design(read, CITY, studio.number).status.is_closed
    assert browser.get(f"{studio.design}/tinjauan").request.path == DOOR
    assert "sudah selesai dikerjakan" in studio.refused()


def test_whoever_was_a_guest_of_a_design_that_was_put_away_can_be_invited_to_another(studio: Studio) -> None:
    number = studio.invite(valid_until="31/12/2026")
    studio.enter()
    studio.alur.engine.run(DiscardDesign(studio.number), OWNER)
    assert "undangannya ikut berakhir" in studio.owner.get(f"/tamu/{number}").text
    assert studio.owner.get(studio.inviting).status_code == 409

    studio.design = begin(studio.alur, studio.owner)
    studio.invite()

    assert studio.enter().get("/").request.path == f"/{CITY}{studio.design}/tinjauan"


def test_only_owners_of_processes_invite_to_designs_and_see_those_guests(
    studio: Studio, alur: Alur, signed_in: Callable[[Person], Browser]
) -> None:
    alur.engine.run(InviteToDesign(studio.number, TEACHER.id), OWNER)
    alur.engine.run(GrantRole(ADMIN.id, Role.HR_HEAD, date(2026, 1, 1)), system_actor(CITY))
    number = studio.invite()

    colleague, agency = signed_in(TEACHER), signed_in(ADMIN)

    assert [colleague.get(path).status_code for path in (studio.inviting, f"/tamu/{number}")] == [403, 404]
    assert FULL_NAME in colleague.get(f"{studio.design}/tinjauan").text
    assert EMAIL not in agency.get("/tamu").text
    assert agency.get(f"/tamu/{number}").status_code == 404
    assert signed_in(INSPECTOR).get(f"/tamu/{number}").status_code == 200
    wrong = {"paling lama 200 hari": {"valid_until": "31/12/2028"}, "masih berlaku": {"email": EMAIL.upper()}}
    for words, change in wrong.items():
        sent = {**INVITATION, "email": "lain@kampus.example", **change}
        assert studio.owner.post(studio.inviting, sent).status_code == 422
        assert words in studio.owner.text
