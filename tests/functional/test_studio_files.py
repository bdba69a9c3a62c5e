"""Scripts of the studio read, save and check single files of a design, and nobody writes over anybody."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from engine.commands.deploy_release import DeployRelease
from engine.designs.finding import content_mark
from engine.policy.actor import system_actor
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from processes.training.definitions import release_files
from processes.training.variables import NOMINATION
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, SINCE, TEACHER, Person
from webapp.security import FILE_POLICY
from webapp.studio.naming import name_of_files
from webapp.wiring import Alur

OWNER = ADMIN
SignIn = Callable[[Person], Browser]
DIAGRAM = f"{NOMINATION}.bpmn"


@pytest.fixture
def owner(alur: Alur, signed_in: SignIn) -> Browser:
    """The browser of somebody who looks after the processes of a city with the training nomination."""
    city = system_actor(CITY)
    alur.engine.run(GrantRole(OWNER.id, Role.PROCESS_OWNER, SINCE), city)
    alur.engine.run(DeployRelease(release_files(NOMINATION), alur.catalogue), city)
    return signed_in(OWNER)


@pytest.fixture
def design(owner: Browser) -> str:
    """The address of a design of the training nomination."""
    owner.get(f"/studio/proses/{NOMINATION}")
    answer = owner.post(f"/studio/proses/{NOMINATION}/rancangan", follow_redirects=False)
    owner.get("/bantuan")
    return str(answer.location).removeprefix(f"/{CITY}")


def put(browser: Browser, address: str, content: bytes, seen: str) -> TestResponse:
    headers = {"If-Match": f'"{seen}"', "X-CSRFToken": browser.token}
    return browser.client.put(f"/{CITY}{address}", data=content, headers=headers)


def kept(browser: Browser, design: str) -> bytes:
    return bytes(browser.client.get(f"/{CITY}{design}/berkas/{DIAGRAM}").data)


def test_a_design_begins_with_the_release_in_force_and_its_scenarios(owner: Browser, design: str, alur: Alur) -> None:
    answer = owner.client.get(f"/{CITY}{design}/berkas/scenarios/no_gap.json")

    assert answer.json is not None and answer.json["process"] == NOMINATION
    assert answer.headers["X-Mark"] == content_mark(answer.data)
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY


def test_a_file_is_saved_with_the_mark_of_what_was_seen(owner: Browser, design: str) -> None:
    before = kept(owner, design)
    changed = before.replace(b"Kumpulkan kesenjangan", b"Kumpulkan celah")

    answer = put(owner, f"{design}/berkas/{DIAGRAM}", changed, content_mark(before))

    assert answer.status_code == 200 and answer.json is not None
    assert answer.json["mark"] == content_mark(kept(owner, design))
    assert b"Kumpulkan celah" in kept(owner, design)


def test_a_save_over_another_ones_change_is_answered_with_who_and_when(owner: Browser, design: str) -> None:
    before = kept(owner, design)
    put(owner, f"{design}/berkas/{DIAGRAM}", before.replace(b"Catat usulan", b"Catat ini"), content_mark(before))

    answer = put(owner, f"{design}/berkas/{DIAGRAM}", before.replace(b"Catat usulan", b"Lain"), content_mark(before))

    assert answer.status_code == 412 and answer.json is not None
    assert answer.json["by"] == OWNER.name and answer.json["mark"] == content_mark(kept(owner, design))


def test_a_hostile_file_is_refused_with_the_reason(owner: Browser, design: str) -> None:
    before = kept(owner, design)

    answer = put(owner, f"{design}/berkas/{DIAGRAM}", b"<!DOCTYPE x><x/>", content_mark(before))

    assert answer.status_code == 422 and answer.json is not None
    assert "DOCTYPE" in answer.json["problems"][0]["text"]
    assert kept(owner, design) == before


def test_a_scenario_of_half_a_sign_is_refused_with_the_reason(owner: Browser, design: str) -> None:
    answer = put(owner, f"{design}/berkas/scenarios/half.json", rb'{"process": "\ud800"}', "none")

    assert answer.status_code == 422 and answer.json is not None
    assert "huruf" in answer.json["problems"][0]["text"]


def test_a_diagram_that_cannot_be_read_has_the_id_of_its_process_for_a_name() -> None:
    assert name_of_files({DIAGRAM: b"<broken"}, NOMINATION) == NOMINATION


def test_what_is_not_saved_yet_is_checked(owner: Browser, design: str) -> None:
    text = kept(owner, design).replace(b'"training.gather_facts"', b'"training.nothing"').decode()
    headers = {"X-CSRFToken": owner.token}

    answer = owner.client.post(f"/{CITY}{design}/periksa", json={"files": {DIAGRAM: text}}, headers=headers)

    assert answer.json is not None
    (found,) = answer.json["problems"]
    assert (found["element"], found["code"], found["severity"]) == ("gather", "unknown_service", "error")
    assert "training.nothing" not in kept(owner, design).decode()


def test_what_is_nested_without_end_is_refused(owner: Browser, design: str) -> None:
    headers = {"X-CSRFToken": owner.token, "Content-Type": "application/json"}
    addresses = [f"{design}/{name}" for name in ("periksa", "benturan", "perbaiki")] + ["/studio/feel"]

    answers = [owner.client.post(f"/{CITY}{one}", data="[" * 100_000, headers=headers) for one in addresses]

    assert [answer.status_code for answer in answers] == [400] * 4


def test_others_do_not_know_of_a_design(signed_in: SignIn, design: str) -> None:
    teacher = signed_in(TEACHER)

    assert teacher.get("/studio").status_code == 404
    assert teacher.client.get(f"/{CITY}{design}/berkas/{DIAGRAM}").status_code == 404
