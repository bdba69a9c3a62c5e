"""Playing a design in the studio: what it waits for, forms, time, scenarios, what is not tried yet."""

from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from lxml import html

from engine.commands.begin_design import BeginDesign
from engine.commands.deploy_release import DeployRelease
from engine.commands.discard_design import DiscardDesign
from engine.designs.finding import find_design
from engine.policy.actor import Actor, system_actor
from engine.queries.designs import designs_in
from engine.scenarios import Complete, Pass, Scenario, read_file
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, holiday
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, TEACHER, Person
from webapp.studio.play import results, tested, views
from webapp.wiring import Alur, shipped_scenarios
from webapp.wiring.parts import shipped_releases

SignIn = Callable[[Person], Browser]
SYSTEM = system_actor(CITY)
NOMINATION = "training_nomination"
LAPSES = "scenarios/lapses.json"
KEPT = "scenarios/atasan_menolak.json"
FILLED = {"outcome": "wrong", "statement": "Ada surat dokter.", "day": "05/01/2026", "kind": "sakit"}
#: One white dot.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==")


@pytest.fixture
def design(alur: Alur) -> int:
    """A design of training with its scenarios, begun by the process owner of the town."""
    alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
    process = "training_nomination"
    files = {**shipped_releases()[process], **shipped_scenarios(process)}
    number = alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


@pytest.fixture
def owner(design: int, signed_in: SignIn) -> Browser:
    """The process owner, signed in."""
    return signed_in(ADMIN)


class Play:
    """A play in a browser without scripts: it sends the page's own forms."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.status = browser, address, 200

    def begin(self, file: str = LAPSES, **more: str) -> None:
        """Begin with the data of a scenario."""
        self._post({"_do": "begin", "_file": file, **more})

    def do(self, action: str, **fields: Any) -> None:
        """Press a button, with what is typed into the fields around it."""
        self._post({**self.sent(action), **fields})

    def sent(self, action: str) -> dict[str, str]:
        """Return what pressing a button would send."""
        forms = self._tree.xpath(f"//form[.//input[@name='_do'][@value='{action}']]")
        return {str(name): str(value) for name, value in forms[0].form_values() if name != "csrf_token"}

    @property
    def text(self) -> str:
        return self.browser.text

    @property
    def scenario(self) -> Scenario:
        """What the page holds of the play."""
        return read_file(str(self._tree.xpath("//input[@name='_scenario']/@value")[0]))

    def _post(self, fields: dict[str, Any]) -> None:
        self.status = self.browser.post(self.address, fields).status_code

    @property
    def _tree(self) -> Any:
        return html.fromstring(self.browser.page)


@pytest.fixture
def play(owner: Browser, design: int) -> Play:
    """The pages of a play."""
    return Play(owner, f"/studio/rancangan/{design}/uji-coba")


def play_of(alur: Alur, owner: Browser, process: str) -> Play:
    """Return the pages of a play of a new design of a process as it is shipped."""
    files = {**shipped_releases()[process], **shipped_scenarios(process)}
    return Play(owner, f"/studio/rancangan/{alur.engine.run(BeginDesign(files), SYSTEM).value}/uji-coba")


def kept(alur: Alur, design: int, file: str) -> Scenario:
    """Return a scenario of the design as it is kept."""
    with alur.database.reading() as read:
        return read_file(find_design(read, CITY, design).files[file])


def test_the_page_says_how_the_scenarios_go_and_what_they_walk(owner: Browser, design: int) -> None:
    owner.get(f"/studio/rancangan/{design}/uji-coba")

    assert "13 dari 13 skenario berjalan sebagaimana tertulis" in owner.text
    assert "Langkah 45 dari 45" in owner.text
    assert "Semua sudah dilalui" in owner.text
    picture = owner.get(f"/studio/rancangan/{design}/uji-coba/cakupan.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]


def test_scenarios_for_which_there_is_no_time_are_said_and_never_count_as_good(
    owner: Browser, design: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((tested, "SECONDS"), (views, "SECONDS"), (views, "_TRYING")):
        monkeypatch.setattr(module, name, -1.0)
    monkeypatch.setattr(results, "_kept", OrderedDict())

    owner.get(f"/studio/rancangan/{design}/uji-coba")

    assert "0 dari 13 skenario berjalan sebagaimana tertulis" in owner.text
    assert "13 skenario belum dijalankan" in owner.text
    assert "Sudah dijalankan 0 dari 13" in owner.text
    owner.get(f"/studio/rancangan/{design}/tinjauan")
    assert "13 skenario belum dijalankan sampai selesai" in owner.text
    owner.post(f"/studio/rancangan/{design}/uji-coba/usulan", {})
    assert "Pencarian dihentikan karena terlalu lama" in owner.text
    owner.post(f"/studio/rancangan/{design}/uji-coba/skenario", {"_file": LAPSES, "_renew": "1"})
    assert "Skenario ini terlalu lama, sehingga hasilnya tidak diketahui." in owner.text


def test_the_form_of_a_task_is_the_real_one_and_checks_what_is_filled_in(play: Play) -> None:
    play.begin()
    assert "Tugas: Setujui usulan pelatihan" in play.text
    assert "Anda bertindak sebagai Atasan" in play.text

    play.do("complete", decision="decline", reason="")
    assert play.status == 422
    assert not play.scenario.steps

    play.do("complete", decision="decline", reason="Belum ada anggaran tahun ini.")
    assert "Kasus sudah selesai" in play.text
    assert "Tugas “Setujui usulan pelatihan” dikirim" in play.text

    play.do("again", _scenario='{"process": "other"}')
    assert "Uji coba ini tidak terbaca lagi" in play.text


def test_time_moves_on_and_never_back_and_other_data_begin_anew(play: Play) -> None:
    play.begin()

    play.do("timer")
    assert "Waktu “5 hari kerja” tiba" in play.text
    assert "Tugas: Periksa usulan unit" in play.text

    play.do("date", _date="01/01/2026")
    assert play.status == 422
    assert "Waktu hanya dapat maju" in play.text

    play.do("days", _days="9" * 5000)
    assert play.status == 422
    play.do("days", _days="3660")
    assert play.status == 422

    play.do("days", _days="3")
    assert len(play.scenario.steps) == 2

    play.do("back")
    assert len(play.scenario.steps) == 1

    play.do("start", _name=["superior", "officer", "session"], _value=["", "13", '{key: "7:11"}'])
    assert play.scenario.start == {"superior": None, "officer": 13, "session": {"key": "7:11"}}
    assert not play.scenario.steps


def test_a_service_without_an_answer_is_asked_for_and_the_scenarios_propose_one(play: Play) -> None:
    play.begin()
    play.do("answers", _service="training.gather_facts", _answers="")
    assert "Apa jawaban layanan training.gather_facts?" in play.text
    assert "dari skenario" in play.text

    play.do("answer", _kind="own", _answer='{"is_open": false}')

    assert "Tabel “Kelayakan usulan pelatihan”: berlaku aturan 1" in play.text
    assert "Kasus sudah selesai" in play.text


def test_a_form_for_which_the_data_do_not_suffice_is_answered_by_names_and_values(owner: Browser, alur: Alur) -> None:
    play = play_of(alur, owner, "periodic_evaluation")

    play.begin("scenarios/everybody_silent.json")
    assert "data uji coba ini belum cukup untuk menyusunnya" in play.text

    play.do("complete", _name=["note", "2x"], _value=["Selesai.", "1"])
    assert "tidak dapat dipakai sebagai nama data" in play.text
    play.do("complete", _name=["note"], _value=["Selesai."])
    assert play.scenario.steps == (Complete("record_realisation", {"note": "Selesai."}),)


def test_what_a_case_would_send_is_said_and_a_message_comes_from_outside(play: Play) -> None:
    play.begin("scenarios/cannot_come.json", _whole="1")
    assert "Akan mengirim pesan “training_seat_free”" in play.text

    play.begin("scenarios/lapses.json", _whole="1")
    play.do("back")
    assert "Pesan “training_choice”" in play.text
    play.do("message", _name=["is_chosen"], _value=["true"])
    assert "Pesan “training_choice” diterima" in play.text


def test_a_play_is_kept_as_a_scenario_that_expects_what_came_of_it(play: Play, alur: Alur, design: int) -> None:
    play.begin()
    play.do("complete", decision="decline", reason="Belum ada anggaran tahun ini.")
    play.do("save", _called="lapses")
    assert "Sudah ada skenario dengan nama ini" in play.text

    play.do("save", _called="Atasan menolak", _expect=["approval"])

    found = kept(alur, design, KEPT)
    assert found.names["id"] == "Atasan menolak"
    assert found.expect.ended is True
    assert found.expect.variables["approval"]["decision"] == "decline"
    assert "14 dari 14 skenario" in play.text


def test_a_scenario_that_fails_says_so_and_takes_over_what_is_so_now(owner: Browser, alur: Alur, design: int) -> None:
    other = shipped_scenarios("training_nomination")[LAPSES].replace(b'"ended": true', b'"ended": false')
    files = {**shipped_releases()["training_nomination"], LAPSES: other}
    number = alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    address = f"/studio/rancangan/{number}/uji-coba"

    owner.get(address)
    assert "Sudah berakhir atau belum: menurut skenario false, ternyata true." in owner.text

    owner.post(f"{address}/skenario", {"_file": LAPSES, "_renew": "1"})
    assert "1 dari 1 skenario berjalan sebagaimana tertulis" in owner.text

    owner.post(f"{address}/skenario", {"_file": LAPSES, "_delete": "1"})
    assert "Belum ada skenario" in owner.text


def test_ways_that_no_scenario_goes_are_proposed_and_kept(owner: Browser, alur: Alur, design: int) -> None:
    address = f"/studio/rancangan/{design}/uji-coba"
    owner.post(f"{address}/skenario", {"_file": "scenarios/superior_declines.json", "_delete": "1"})
    assert "belum dilalui" in owner.text

    owner.post(f"{address}/usulan")
    assert "jalur. Bersama-sama melalui" in owner.text
    page: Any = html.fromstring(owner.page)
    proposed = page.xpath("//input[@name='_scenario']/@value")
    owner.post(f"{address}/usulan/simpan", {"_scenario": list(map(str, proposed))})

    assert f"{12 + len(proposed)} dari {12 + len(proposed)} skenario" in owner.text


def test_a_design_that_cannot_run_says_what_to_mend(owner: Browser, alur: Alur) -> None:
    files = dict(shipped_releases()["training_nomination"])
    broken = files["training_nomination.bpmn"].replace(b"training.gather_facts", b"training.nothing")
    number = alur.engine.run(BeginDesign({**files, "training_nomination.bpmn": broken}), system_actor(CITY)).value

    owner.get(f"/studio/rancangan/{number}/uji-coba")

    assert "Rancangan ini belum dapat dijalankan" in owner.text
    assert "training.nothing" in owner.text


def test_who_owns_no_process_plays_nothing(owner: Browser, design: int, signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    assert teacher.get(f"/studio/rancangan/{design}/uji-coba").status_code == 404
    assert teacher.post(f"/studio/rancangan/{design}/uji-coba", {"_do": "begin"}).status_code == 404


def test_a_release_is_played_without_a_design_and_the_play_goes_along_into_one(alur: Alur, signed_in: SignIn) -> None:
    alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), SYSTEM)
    alur.engine.run(DeployRelease(shipped_releases()[NOMINATION], alur.catalogue, NOMINATION), SYSTEM)
    owner = signed_in(ADMIN)
    play = Play(owner, f"/studio/proses/{NOMINATION}/uji-coba/1")
    owner.get(play.address)
    assert "13 dari 13 skenario berjalan sebagaimana tertulis" in play.text

    play.begin()
    play.do("complete", decision="decline", reason="Belum ada anggaran tahun ini.")
    sent = play.sent("carry")
    begun = owner.post(play.address, sent, follow_redirects=False)
    assert begun.status_code == 307
    owner.post(begun.location.partition(CITY)[2], sent)

    assert "Rancangan berdasarkan rilis 1" in play.text
    assert [step.element for step in play.scenario.steps if isinstance(step, Complete)] == ["approve"]
    (line,) = alur.engine.read(designs_in, Actor(CITY, ADMIN.id, frozenset()))
    Play(owner, f"/studio/rancangan/{line.id}/uji-coba").do("save", _called="Atasan menolak")
    assert kept(alur, line.id, KEPT).expect.ended is True
    assert owner.get(f"/studio/proses/{NOMINATION}/uji-coba/bawaan").status_code == 200
    assert owner.get(f"/studio/proses/{NOMINATION}/uji-coba/2").status_code == 404


def test_working_days_of_a_play_are_counted_without_the_holidays_of_the_city(play: Play, alur: Alur) -> None:
    with alur.database.writing() as connection:
        connection.execute(holiday.insert(), {"tenant": CITY, "day": date(2026, 1, 6), "name": "Hari jadi"})
    play.begin()

    play.do("days", _days="1")

    assert play.scenario.holidays == (date(2026, 1, 6),)
    (step,) = play.scenario.steps
    assert isinstance(step, Pass) and step.until is not None
    assert step.until.date() == date(2026, 1, 7)
    play.begin(_whole="1")
    assert date(2026, 1, 6) not in play.scenario.holidays


def test_a_form_that_python_gives_is_the_real_one_and_checks_what_is_filled_in(owner: Browser, alur: Alur) -> None:
    play = play_of(alur, owner, "periodic_evaluation")
    play.begin("scenarios/accepted_meets_meets.json", _whole="1")
    play.do("back")
    assert "Saya menerima hasil evaluasi ini" in play.text

    play.do("complete")
    assert play.status == 422

    play.do("complete", answer="accept")
    assert play.scenario.steps[-1] == Complete("respond", {"answer": "accept"})


def test_a_file_of_a_play_is_noted_and_not_kept(owner: Browser, alur: Alur) -> None:
    play = play_of(alur, owner, "incentive_dispute")
    play.begin(sorted(shipped_scenarios("incentive_dispute"))[0])
    before = sorted(alur.files.root.rglob("*"))
    play.do("complete", **FILLED, evidence=(BytesIO(b"no picture"), "bukti.png"))
    assert play.status == 422

    play.do("complete", **FILLED, evidence=(BytesIO(PNG), "bukti.png"))

    assert "berkas “bukti.png” (PNG, 1 KB; tidak disimpan)" in play.text
    assert sorted(alur.files.root.rglob("*")) == before


def test_an_english_reader_sees_the_diagram_in_english(owner: Browser, design: int) -> None:
    owner.client.set_cookie("alur_language", "en")

    drawn = owner.get(f"/studio/rancangan/{design}/uji-coba/diagram").data

    assert b'name="Approve the nomination"' in drawn
    assert b"Training nomination" in owner.get(f"/studio/rancangan/{design}/uji-coba/cakupan.svg").data


def test_many_scenarios_are_all_played_and_shown_page_by_page(owner: Browser, alur: Alur) -> None:
    files = dict(shipped_releases()[NOMINATION])
    (one, *_rest) = shipped_scenarios(NOMINATION).values()
    files |= {f"scenarios/way_{number:03}.json": one for number in range(210)}
    number = alur.engine.run(BeginDesign(files), SYSTEM).value
    address = f"/studio/rancangan/{number}/uji-coba"

    owner.get(address)
    assert "210 dari 210 skenario berjalan sebagaimana tertulis" in owner.text

    owner.get(f"{address}?hal=5")
    page: Any = html.fromstring(owner.page)
    assert len(page.xpath("//table[contains(@class, 'records')]//tbody/tr")) == 10


def test_who_keeps_a_play_in_a_design_that_was_put_away_is_told_so(play: Play, alur: Alur, design: int) -> None:
    play.begin()
    alur.engine.run(DiscardDesign(design), SYSTEM)

    play.do("save", _called="Terlambat")

    assert play.status == 422
    assert "sudah dirilis atau disingkirkan" in play.text


def test_the_tables_say_that_scenarios_were_not_played_since(
    owner: Browser, design: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_kept", OrderedDict())
    owner.get(f"/studio/rancangan/{design}/tabel")
    assert "13 skenario belum dijalankan sejak perubahan terakhir" in owner.text

    owner.get(f"/studio/rancangan/{design}/uji-coba")
    owner.get(f"/studio/rancangan/{design}/tabel")

    assert "belum dijalankan sejak perubahan terakhir" not in owner.text
