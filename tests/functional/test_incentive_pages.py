"""The pages of allowances through HTTP: the own slip and its dispute, an officer's list, a correction by two people."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.commands.claim_task import ClaimTask
from engine.policy.actor import Actor
from engine.queries.case import view_case
from engine.records.changes import apply_writes
from engine.records.counting import count_statements
from engine.records.history import audit
from processes.incentive.corrections import find_correction
from processes.incentive.records import allowance_signal, allowance_slip
from processes.incentive.runs import open_run, read_run
from processes.incentive.signals import Signal
from processes.incentive.signals.kept import PAGE
from processes.incentive.signals.signal import packed
from processes.people.queries import all_units, groups_on, placement_on
from tests.functional.personas_incentive import LETTER
from tests.functional.personas_world import HERE, World, open_personas_world

SLIP = "/slip/2026/9"
REASON = "Tanggal 17 September saya dinas luar."


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_personas_world(tmp_path_factory.mktemp("allowances")) as opened:
        yield opened


@pytest.fixture
def world(settled: World) -> Iterator[World]:
    """The world as it was settled, whatever the test before did."""
    yield settled
    settled.restore()


def get(world: World, persona: str, path: str) -> TestResponse:
    return world.client(HERE, persona).get(f"/{HERE}{path}")


def post(world: World, persona: str, path: str, answers: Mapping[str, object] = {}) -> TestResponse:  # only read
    client = world.client(HERE, persona)
    token = re.search(r'name="csrf-token" content="([^"]*)"', client.get(f"/{HERE}/bantuan").text)
    assert token is not None
    return client.post(f"/{HERE}{path}", data={**answers, "csrf_token": token[1]})


def unit(world: World, thing: str) -> str:
    return f"/tpp/2026/9/{world.places[HERE].objects[thing]['unit']}"


def test_a_slip_names_the_days_the_parameters_and_until_when_it_is_disputed(world: World) -> None:
    page = get(world, "employee", SLIP).text

    assert "terlambat 42 menit" in page
    assert "Potongan karena kehadiran, versi" in page
    assert "Dapat disanggah sampai 8 Oktober 2026" in page


def test_a_dispute_without_a_reason_says_what_is_missing(world: World) -> None:
    office = world.places[HERE].objects["allowance_unit"]["unit"]

    answer = post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": "salah"})

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text


def test_a_disputed_slip_shows_its_dispute_and_takes_no_second_one(world: World) -> None:
    office = world.places[HERE].objects["allowance_unit"]["unit"]
    post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": REASON})

    again = post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": REASON})

    slip = get(world, "employee", SLIP).text
    assert "Sanggahan sedang diperiksa" in slip
    case_path = re.search(rf'href="/{HERE}(/kasus/[0-9]+)"', slip)
    assert case_path is not None
    case = get(world, "employee", case_path[1])
    assert "– siapa pun dari kelompoknya, paling lambat" in case.text
    assert (again.status_code, "sudah Anda sanggah" in again.text) == (422, True)


def test_an_officer_sees_the_own_units_and_the_agency_all(world: World) -> None:
    own, everything = get(world, "unrelated_hr", "/tpp/2026/9").text, get(world, "verifier", "/tpp/2026/9").text

    assert "Badan Perencanaan Pembangunan Daerah" in own
    assert "Dinas Kesehatan" not in own.split("<main")[1]
    assert "Dinas Kesehatan" in everything


def test_reading_the_slip_of_somebody_else_leaves_a_trace(world: World) -> None:
    person = world.places[HERE].objects["allowance_slip"]["person"]

    get(world, "inspector", f"/tpp/2026/9/pegawai/{person}")

    with world.alur.database.reading() as read:
        found = select(audit.c.actor).where(audit.c.command == "ReadSlip", audit.c.subject == person)
        assert world.places[HERE].people["inspector"] in set(read.execute(found).scalars())


def test_a_correction_needs_its_evidence(world: World) -> None:
    answers = {"day": "03/09/2026", "kind": "dinas_luar", "reason": "Rapat koordinasi di provinsi."}

    answer = post(world, "unit_hr", f"{unit(world, 'allowance_below')}/koreksi", answers)

    assert answer.status_code == 422


def test_a_correction_with_evidence_waits_for_somebody_else(world: World) -> None:
    path = unit(world, "allowance_below")
    form = get(world, "unit_hr", f"{path}/koreksi").text
    person = re.search(r'<option value="(\d+)"', form)
    assert person is not None
    answers = {"person": person[1], "day": "10/09/2026", "kind": "dinas_luar", "reason": "Rapat koordinasi."}

    sent = post(world, "unit_hr", f"{path}/koreksi", {**answers, "evidence": (BytesIO(LETTER), "surat.pdf")})

    assert sent.status_code == 303
    assert "Orang lain yang memutuskan" in get(world, "unit_hr", path).text
    assert "Setujui" in get(world, "verifier", path).text


def test_a_correction_is_decided_once(world: World) -> None:
    correction = world.places[HERE].objects["attendance_correction"]["correction"]
    post(world, "verifier", f"/tpp/koreksi/{correction}/setujui")

    again = post(world, "hr_head", f"/tpp/koreksi/{correction}/tolak", {"note": "Suratnya tidak ada."})

    with world.alur.database.reading() as read:
        kept = find_correction(read, HERE, correction)
    assert (again.status_code, kept.status, kept.decided_by) == (303, "approved", world.places[HERE].people["verifier"])


def test_a_month_that_every_unit_has_is_not_opened_again(world: World) -> None:
    answer = post(world, "verifier", "/tpp/buka", {"year": "2026", "month": "9"})

    assert (answer.status_code, "sudah dibuka untuk semua unit" in answer.text) == (422, True)


def test_a_month_shows_how_much_waits_and_leads_to_its_signals(world: World) -> None:
    month = get(world, "verifier", "/tpp/2026/9").text
    listed = get(world, "inspector", "/tpp/2026/9/isyarat").text

    assert "isyarat belum ditutup" in month
    assert "1 koreksi bulan terkunci menunggu orang kedua" in month
    assert "Periksa apakah presensinya dititipkan" in listed
    assert "Perlu dilihat" not in get(world, "unit_hr", "/tpp/2026/9").text


def test_a_signal_is_given_to_somebody_and_closed_with_what_was_found(world: World) -> None:
    path = f"/tpp/isyarat/{world.places[HERE].objects['allowance_signal']['signal']}"
    own = {"person": str(world.places[HERE].people["verifier"])}
    assert post(world, "hr_head", f"{path}/serahkan", own).status_code == 303
    assert "Sedang diperiksa" in get(world, "verifier", path).text
    assert "Ada yang perlu diperbaiki" in post(world, "verifier", f"{path}/tutup", {"note": "ok"}).text

    post(world, "verifier", f"{path}/tutup", {"note": "Berangkat bersama, rekaman gerbang cocok."})

    assert "Berangkat bersama" in get(world, "inspector", path).text
    closed = get(world, "inspector", "/tpp/2026/9/isyarat?ditutup=1").text
    assert "Ditutup" in closed
    assert path in closed


def test_a_locked_slip_is_corrected_by_two_people_and_shows_it(world: World) -> None:
    proposal = world.places[HERE].objects["adjustment"]["proposal"]
    wrong = world.places[HERE].objects["locked_slip"]
    slip = f"/tpp/2026/9/pegawai/{wrong['person']}"
    assert "Menunggu orang kedua" in get(world, "verifier", slip).text

    answer = post(world, "hr_head", f"/tpp/koreksi-terkunci/{proposal}/setujui")

    assert answer.status_code == 303
    assert "Rekaman mesin diperiksa ulang." in get(world, "verifier", slip).text
    assert "Oktober 2026" in get(world, "verifier", slip).text.split("Dibayar bersama")[1][:200]
    again = get(world, "verifier", f"/tpp/2026/9/{wrong['unit']}/pegawai/{wrong['person']}/koreksi").text
    assert "Slip ini sesuai dengan data sekarang" in again


def test_attendance_of_a_signed_list_is_not_corrected_and_the_page_says_what_to_do(world: World) -> None:
    path = f"/{HERE}{unit(world, 'allowance_unit')}/koreksi"

    page = world.client(HERE, "unit_hr").get(path, follow_redirects=True).text

    assert "Kehadiran bulan ini tidak dikoreksi lagi" in page
    assert "Daftar TPP bulan itu sudah ditandatangani" in page


def statements(world: World, persona: str, path: str) -> int:
    """Return how many statements a page asks for; the second look has what the application keeps in mind."""
    client = world.client(HERE, persona)
    client.get(f"/{HERE}{path}")
    with count_statements(world.alur.database) as counted:
        assert client.get(f"/{HERE}{path}").status_code == 200
    return len(counted)


def open_august(world: World, units: list[int]) -> None:
    """Let units have a month that nobody has computed, and a signal each."""
    new_id = world.alur.engine.new_id
    august = date(2026, 8, 1)
    month = {"tenant": HERE, "month": august}
    content = packed(Signal("after_lock", (), (), 2, mark="unit"))
    stamp = {"content": content, "found_at": world.alur.clock(), "status": "new", "code": "after_lock"}
    with world.alur.database.writing() as connection:
        opened = (open_run(tenant=HERE, unit_id=unit, month=august, case_id=None, new_id=new_id) for unit in units)
        apply_writes(connection, list(opened))
        for unit in units:
            for mark in ("1", "2", "3", "4"):
                row = {**month, **stamp, "id": new_id(), "unit_id": unit, "about": mark}
                connection.execute(allowance_signal.insert(), row)


@pytest.mark.parametrize("persona", ["verifier", "official", "superior"])
def test_a_month_asks_for_as_many_statements_with_many_units_as_with_two(world: World, persona: str) -> None:
    with world.alur.database.reading() as read:
        units = [unit.id for unit in all_units(read, HERE)]
        place = placement_on(read, HERE, world.places[HERE].people["superior"], date(2026, 8, 3))
    assert place is not None
    first = [place.unit_id, next(unit for unit in units if unit != place.unit_id)]
    open_august(world, first)
    few = statements(world, persona, "/tpp/2026/8")

    open_august(world, [unit for unit in units if unit not in first])

    assert statements(world, persona, "/tpp/2026/8") == few


def test_signals_are_listed_page_by_page_with_as_many_statements_as_for_a_few(world: World) -> None:
    with world.alur.database.reading() as read:
        units = [unit.id for unit in all_units(read, HERE)]
    open_august(world, units[:1])
    few = statements(world, "verifier", "/tpp/2026/8/isyarat")

    open_august(world, units[1:])

    assert statements(world, "verifier", "/tpp/2026/8/isyarat") == few
    page = get(world, "verifier", "/tpp/2026/8/isyarat").text
    assert (page.count("/tpp/isyarat/"), "hal=2" in page) == (PAGE, True)


def deputies(world: World, path: str) -> list[int]:
    """Return whom the page of a task offers to give it to."""
    _, _, offered = get(world, "unit_hr", path).text.partition("Alihkan kepada")
    return [int(person) for person in re.findall(r'<option value="(\d+)"', offered)]


def test_a_deputy_who_must_not_do_the_task_is_not_offered_and_refused_with_the_reason(world: World) -> None:
    alur, officer, below = world.alur, world.places[HERE].people["unit_hr"], unit(world, "allowance_below")
    number, day = int(below.rsplit("/", 1)[1]), alur.now_in(HERE).date()
    with alur.database.reading() as read:
        run = read_run(read, HERE, number, date(2026, 9, 1))
        assert run is not None
        assert run.case_id is not None
        actor = Actor(HERE, officer, groups_on(read, HERE, officer, day), day)
        (task,) = view_case(read, actor, run.case_id).waiting
    alur.engine.run(ClaimTask(run.case_id, task.token), actor)
    path = f"/tugas/{run.case_id}/{task.token}"
    (deputy,) = deputies(world, path)

    # Now the list is about the deputy alone.
    slip = {"id": alur.engine.new_id(), "tenant": HERE, "employee_id": deputy, "unit_id": number, "month": run.month}
    sums = {"gross": Decimal(1), "deductions": Decimal(0), "net": Decimal(1), "content": b"", "digest": "0" * 64}
    more = {"version": 9, "run_id": run.id, "case_id": None, "is_void": False, "made_at": alur.clock()}
    with alur.database.writing() as connection:
        connection.execute(allowance_slip.delete().where(allowance_slip.c.unit_id == number))
        connection.execute(allowance_slip.insert(), {**slip, **sums, **more})

    assert deputies(world, path) == []
    client = world.client(HERE, "unit_hr")
    token = re.search(r'name="csrf-token" content="([^"]*)"', client.get(f"/{HERE}/bantuan").text)
    assert token is not None
    answer = client.post(
        f"/{HERE}{path}/alihkan", data={"person": str(deputy), "csrf_token": token[1]}, follow_redirects=True
    )
    assert "tidak boleh mengerjakan tugas ini" in answer.text
