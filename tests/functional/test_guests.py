"""Somebody from outside: invited, in, at his task and nowhere else, and out again."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.verification import verify
from engine.records.case import CaseStatus, case, open_task
from engine.records.history import audit
from processes.people.guests import guest
from processes.people.queries import staff_on
from processes.people.queries.names import names_of
from processes.people.records import Role, role_grant
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, INSPECTOR, OFFICER, SINCE, TEACHER, Moment, Person
from tests.unit.engine.diagrams import end, path, start, text, user
from webapp.access import is_for_guests
from webapp.wiring import Alur
from webapp.wiring.city_archive import close_city

DOOR, INBOX = f"/{CITY}/masuk/tamu", f"/{CITY}/tugas"
EMAIL, NAME, INSTITUTION = "ratna@kampus.example", "Prof. Ratna Dewi", "Universitas Contoh"
PASSWORD = "payung semangka biru jendela"
INVITATION = {"name": NAME, "institution": INSTITUTION, "email": EMAIL.upper(), "valid_until": "31/12/2026"}


@dataclass
class House:
    """A city with a selection, an officer of the agency, and what they do."""

    alur: Alur
    app: Flask
    agency: Browser
    case_id: int

    def invite(self, **changes: str) -> int:
        """Invite a guest and return his number; the page then shows his code."""
        answer = self.agency.post("/tamu/undang", {"case": str(self.case_id), **INVITATION, **changes})
        assert answer.status_code == 200, self.agency.text
        with self.alur.database.reading() as read:
            return int(read.execute(select(func.max(guest.c.id))).scalar_one())

    @property
    def code(self) -> str:
        """The code on the page of the agency."""
        found = re.search(r'class="code">([^<]+)<', self.agency.page)
        assert found is not None, self.agency.text
        return found[1]

    def enter(self, email: str = EMAIL, secret: str | None = None) -> Browser:
        """Sign in as a guest, by his code unless another secret is given, and choose a password."""
        browser = Browser(self.app)
        browser.get("/masuk/tamu")
        browser.post("/masuk/tamu", {"email": email, "secret": secret or self.code})
        if secret is None:
            browser.post("/langkah-awal", {"password": PASSWORD, "again": PASSWORD})
        return browser

    def ask(self, guest_id: int) -> str:
        """Let the selection ask the guest for a score, and return the address of his task."""
        first = self._token("name_member")
        answers = {"member": guest_id}
        self.alur.engine.run(CompleteTask(self.case_id, first, answers), Actor(CITY, TEACHER.id))
        return f"/tugas/{self.case_id}/{self._token('score')}"

    def status(self) -> CaseStatus:
        """How it stands with the selection."""
        with self.alur.database.reading() as read:
            return CaseStatus(read.execute(select(case.c.status).where(case.c.id == self.case_id)).scalar_one())

    def _token(self, element: str) -> int:
        tasks = select(open_task.c.token).where(open_task.c.case_id == self.case_id, open_task.c.element == element)
        with self.alur.database.reading() as read:
            return int(read.execute(tasks).scalar_one())


def begin(alur: Alur, key: str, process: str = "open_selection") -> int:
    """Begin a case, which waits until somebody names the member who is to score."""
    new = NewCase(key, TEACHER.id, f"Seleksi {key}", {"person": TEACHER.id})
    started: tuple[int, ...] = alur.engine.run(StartCases(process, (new,)), system_actor(CITY)).value
    return started[0]


def release(process: str) -> dict[str, bytes]:
    """A diagram in which somebody of the city names a member, and the member scores."""
    tasks = (user("name_member").replace('key="any"', 'key="member"'), user("score", "name_member.member"))
    drawn = text(start(), *tasks, end(), path("begin", "name_member", "score", "done"), process=process)
    forms = {
        f"forms/{key}.json": form(name, kind)
        for key, name, kind in (("member", "member", "integer"), ("any", "note", "text"))
    }
    return {f"{process}.bpmn": drawn.encode(), **forms}


def form(name: str, kind: str) -> bytes:
    """A form of one field."""
    words = {"id": "Isian", "en": "Entry"}
    field = {"name": name, "type": kind, "label": words, "required": True}
    return json.dumps({"version": 1, "title": words, "fields": [field]}).encode()


@pytest.fixture
def house(alur: Alur, app: Flask, signed_in: Callable[[Person], Browser]) -> House:
    grant = {"tenant": CITY, "employee_id": OFFICER.id, "role": str(Role.HR_VERIFIER), "valid_from": SINCE}
    with alur.database.writing() as connection:
        connection.execute(role_grant.insert(), {"id": 901, **grant})
    for process in ("open_selection", "antrean"):
        alur.engine.run(DeployRelease(release(process), alur.catalogue), system_actor(CITY))
    return House(alur, app, signed_in(OFFICER), begin(alur, "A"))


@pytest.fixture
def guest_id(house: House) -> int:
    """A guest who was invited, and has not signed in yet."""
    return house.invite()


def test_a_guest_signs_in_scores_and_is_out_when_the_invitation_ends(
    house: House, guest_id: int, moment: Moment
) -> None:
    browser, task = house.enter(), house.ask(guest_id)
    assert "Seleksi A" in browser.post("/tugas", {"cari": "seleksi"}).text
    browser.get(task)

    browser.post(task, {"note": "Baik"})
    moment.pass_by(days=50)
    later = browser.get("/tugas")

    assert house.status() is CaseStatus.FINISHED
    assert later.request.path == DOOR
    assert browser.post("/masuk/tamu", {"email": EMAIL, "secret": PASSWORD}).status_code == 403
    assert "berlaku sampai 30 November 2026" in browser.text  # seven days after the selection ended


def test_an_invitation_that_is_taken_back_ends_at_once(house: House, guest_id: int) -> None:
    browser = house.enter()
    assert browser.get("/tugas").request.path == INBOX

    house.agency.post(f"/tamu/{guest_id}/cabut")

    assert browser.get("/tugas").request.path == DOOR
    assert browser.post("/masuk/tamu", {"email": EMAIL, "secret": PASSWORD}).status_code == 403
    assert "Dicabut" in house.agency.get("/tamu").text


def test_no_page_answers_a_guest_but_those_that_are_meant_for_guests(house: House, guest_id: int, app: Flask) -> None:
    browser, wrong = house.enter(), []
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<int\(min=2000[^>]*>", "2026", rule.rule)
        address = re.sub(r"<[^>]*int[^>]*>", "1", address)
        address = re.sub(r"<[^>]+>", "x" * 64, address)
        for method in sorted({"GET", "POST"} & set(rule.methods or ())):
            send = browser.get if method == "GET" else browser.post
            if not is_for_guests(app.view_functions[rule.endpoint]) and send(address).status_code != 404:
                wrong.append((method, rule.rule))

    assert wrong == []


def test_the_menu_of_a_guest_leads_to_his_tasks_and_notices_only(house: House, guest_id: int) -> None:
    browser = house.enter()

    page = browser.get("/")

    assert page.request.path == INBOX
    menu = {entry for entry in re.findall(rf'href="/{CITY}(/[^"?]*)"', page.text) if entry != "/"}
    assert menu == {"/tugas", "/tamu/seleksi", "/pemberitahuan", "/akun", "/bantuan"}


def test_a_guest_does_no_task_of_another_case(house: House, guest_id: int) -> None:
    browser = house.enter()
    elsewhere = replace(house, case_id=begin(house.alur, "B", "antrean")).ask(guest_id)

    assert browser.get(elsewhere).status_code == 404
    assert browser.post(elsewhere, {"note": "Baik"}).status_code == 404


def test_no_task_is_opened_for_a_guest_whose_invitation_is_over(house: House, guest_id: int, moment: Moment) -> None:
    moment.pass_by(days=50)

    house.ask(guest_id)

    view = house.alur.engine.read(view_case, system_actor(CITY), house.case_id)
    assert [(item.element, "is not there" in item.text) for item in view.incidents] == [("score", True)]


def test_a_guest_is_named_with_where_he_comes_from_and_is_on_no_list_of_employees(
    house: House, guest_id: int, moment: Moment
) -> None:
    browser, task = house.enter(), house.ask(guest_id)
    browser.get(task)
    browser.post(task, {"note": "Baik"})

    with house.alur.database.reading() as read:
        did = read.execute(select(audit.c.actor).where(audit.c.command == "CompleteTask")).scalars().all()
        names = names_of(read, system_actor(CITY), did)
        staff = staff_on(read, CITY, moment.now.date())
        found = [*verify(read, house.alur.directory).findings()]
    assert names[guest_id] == f"{NAME}, {INSTITUTION}"
    assert guest_id not in {person.id for person in staff}
    assert found == []


def test_an_invitation_says_what_is_wrong_with_it(house: House, guest_id: int) -> None:
    wrong = {
        "paling lama 200 hari": {"valid_until": "31/12/2028"},
        "hari ini atau hari sesudahnya": {"valid_until": "01/01/2026"},
        "Alamat surel tidak benar": {"email": "bukan surel"},
        "masih berlaku": {"email": EMAIL},
        "Pilih": {"case": "1"},
    }
    sent = {"case": str(house.case_id), **INVITATION, "email": "lain@kampus.example"}

    for said, change in wrong.items():
        assert house.agency.post("/tamu/undang", {**sent, **change}).status_code == 422
        assert said in house.agency.text


def test_a_new_code_takes_the_place_of_the_password_and_the_guest_is_told(house: House, guest_id: int) -> None:
    browser = house.enter()

    house.agency.post(f"/tamu/{guest_id}/kode")

    assert browser.get("/tugas").request.path == DOOR
    assert browser.post("/masuk/tamu", {"email": EMAIL, "secret": PASSWORD}).status_code == 422
    assert "Kode masuk baru dibuat" in house.enter().get("/pemberitahuan").text


def test_an_invitation_can_end_on_another_day(house: House, guest_id: int) -> None:
    house.agency.post(f"/tamu/{guest_id}/masa", {"valid_until": "01/03/2027"})

    assert "1 Maret 2027" in house.agency.text


def test_what_a_guest_typed_when_his_session_was_over_is_kept_as_his_draft(
    house: House, guest_id: int, moment: Moment
) -> None:
    browser, task = house.enter(), house.ask(guest_id)
    owner = re.search(r'name="owner" value="([^"]+)"', browser.get(task).text)
    assert owner is not None

    moment.pass_by(hours=1)
    answer = browser.post(task, {"note": "Sangat baik", "owner": owner[1]})
    browser.post("/masuk/tamu", {"email": EMAIL, "secret": PASSWORD, "next": f"/{CITY}{task}"})

    assert answer.request.path == DOOR
    assert "Sangat baik" in browser.page


def test_whoever_closes_a_city_ends_the_sessions_of_its_guests(house: House, guest_id: int) -> None:
    browser = house.enter()

    close_city(house.alur.database, CITY, house.alur.clock())

    assert browser.get("/tugas").status_code == 503


def test_a_guest_changes_his_own_password(house: House, guest_id: int) -> None:
    browser, new = house.enter(), "kompor wajan sendok panci"
    browser.get("/akun")

    browser.post("/akun/sandi", {"current": PASSWORD, "password": new, "again": new})

    assert house.enter(secret=new).get("/tugas").request.path == INBOX
    assert house.enter(secret=PASSWORD).cookie() is None


def test_a_guest_reads_about_his_invitation_and_ends_his_other_sessions(house: House, guest_id: int) -> None:
    browser, other = house.enter(), house.enter(secret=PASSWORD)
    browser.get("/akun")
    assert "Undangan berlaku sampai" in browser.text and "NIP" not in browser.text

    browser.post("/akun/sesi")

    assert "dikeluarkan dari semua perangkat lain" in browser.text
    assert other.get("/akun").request.path == DOOR


def test_only_the_agency_invites_and_others_do_not_see_guests(
    house: House, guest_id: int, signed_in: Callable[[Person], Browser]
) -> None:
    for person, status in ((TEACHER, 404), (ADMIN, 404), (INSPECTOR, 200)):
        assert signed_in(person).get("/tamu").status_code == status

    inspector = signed_in(INSPECTOR)
    assert inspector.get(f"/tamu/{guest_id}").status_code == 403
    assert inspector.post(f"/tamu/{guest_id}/cabut").status_code == 403
