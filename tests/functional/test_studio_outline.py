"""The list of steps in the studio: everything about a process is changed without the drawing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lxml import html

from engine.commands.begin_design import BeginDesign
from engine.commands.deploy_release import DeployRelease
from engine.commands.discard_design import DiscardDesign
from engine.commands.save_design import SaveDesign
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.finding import content_mark, find_design
from engine.designs.tidying import tidy
from engine.errors import Conflict
from engine.policy.actor import system_actor
from engine.records.design import design_revision
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, TEACHER, Person
from webapp.studio.outline import part_views
from webapp.studio.outline import views as outline_views
from webapp.studio.outline.saving import Saved, change_diagram
from webapp.wiring import Alur
from webapp.wiring.parts import shipped_releases

SignIn = Callable[[Person], Browser]
PROCESS = "unit_award"


@pytest.fixture
def design(alur: Alur) -> int:
    """A design of the award for units, begun by the process owner of the town."""
    alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
    files = shipped_releases()[PROCESS]
    tidied = {name: tidy(content) if name.endswith(".bpmn") else content for name, content in files.items()}
    number = alur.engine.run(BeginDesign(tidied), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


@pytest.fixture
def owner(design: int, signed_in: SignIn) -> Browser:
    """The process owner, signed in."""
    return signed_in(ADMIN)


def kept(alur: Alur, design: int) -> bytes:
    """Return the diagram as it is kept."""
    with alur.database.reading() as read:
        return find_design(read, CITY, design).diagram


def files_of(alur: Alur, design: int) -> dict[str, bytes]:
    """Return all files as they are kept."""
    with alur.database.reading() as read:
        return dict(find_design(read, CITY, design).files)


def diagram(alur: Alur, design: int) -> Diagram:
    """Return the diagram as it is kept, as a tree."""
    return open_diagram(kept(alur, design))


def steps(design: int, rest: str = "") -> str:
    """Return the address of the list of steps, or of a page below it."""
    return f"/studio/rancangan/{design}/langkah{rest}"


def filled(owner: Browser, address: str, **changed: str) -> dict[str, str]:
    """Return what the form of a page sends when some fields were filled in."""
    return {**values_of(owner.get(address).text), **changed}


def values_of(text: str, path: str = ".//input[@name='mark']") -> dict[str, str]:
    """Return what the form of a page sends in which something stands."""
    found: Any = html.fromstring(text).xpath(f"//main//form[{path}]")
    return dict(found[0].form_values())


def test_the_list_says_who_does_what_and_what_comes_next(owner: Browser, design: int) -> None:
    owner.get(steps(design))

    assert "Putuskan penghargaan unit" in owner.text
    assert "authority.person" in owner.text
    assert "selain itu" in owner.text
    assert "10 hari kerja" in owner.text
    assert "Tidak ada masalah" in owner.text


def test_a_form_that_is_sent_as_it_came_changes_nothing(owner: Browser, alur: Alur, design: int) -> None:
    before = kept(alur, design)
    everything = ["decide", "find_authority", "decide_late", "is_granted", "lane_authority", PROCESS, "proposed",
                  "flow_is_granted__issue_decree", "issue_decree"]  # fmt: skip

    for element in everything:
        answer = owner.post(steps(design, f"/{element}"), filled(owner, steps(design, f"/{element}")))
        assert answer.status_code == 200, element

    assert kept(alur, design) == before


def test_a_step_is_changed_by_its_form(owner: Browser, alur: Alur, design: int) -> None:
    sent = filled(owner, steps(design, "/decide"), name="Putuskan bersama", who="role", role="hr_head", due="today()")
    sent["calendar"] = "six_days"

    answer = owner.post(steps(design, "/decide"), sent)

    assert "tersimpan" in answer.text
    node = diagram(alur, design).node("decide")
    assert node.get("name") == "Putuskan bersama"
    assert b'candidate=\'"hr_head"\' due="today()"' in kept(alur, design)
    assert b'<alur:calendar name="six_days" />' in kept(alur, design)


def test_an_expression_that_cannot_be_read_is_said_at_its_field(owner: Browser, alur: Alur, design: int) -> None:
    before = kept(alur, design)

    answer = owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), due="today(("))

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text and "today((" in answer.text
    assert kept(alur, design) == before


def test_a_second_approver_is_added_taken_back_and_removed(owner: Browser, alur: Alur, design: int) -> None:
    before = kept(alur, design)
    address = steps(design, "/flow_find_authority__decide/tambah?apa=branch")
    sent = filled(owner, address, step="userTask", branch="exclusiveGateway", name="Setujui kedua",
                  name_en="Second approval", question="Di atas 10 juta?", condition="amount > 10000000")  # fmt: skip

    answer = owner.post(address, sent)
    after = diagram(alur, design)
    owner.post(steps(design), values_of(answer.text, ".//input[@value='urungkan']"))

    assert after.node("second_approval").get("name") == "Setujui kedua"
    assert "amount &gt; 10000000" in after.write().decode()
    assert kept(alur, design) == before


def test_many_changes_are_taken_back_and_made_again_also_after_a_look_elsewhere(
    owner: Browser, alur: Alur, design: int
) -> None:
    def press(what: str) -> None:
        owner.post(steps(design), values_of(owner.get(steps(design)).text, f".//input[@value='{what}']"))

    kept_at = [kept(alur, design)]
    added = steps(design, "/decide/tambah?apa=note")
    owner.post(added, filled(owner, added, text="Menurut peraturan."))
    kept_at.append(kept(alur, design))
    moved = steps(design, "/issue_decree/pindah")
    owner.post(moved, filled(owner, moved, spot="flow:flow_find_authority__decide"))
    kept_at.append(kept(alur, design))
    owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), name="Putuskan bersama"))
    kept_at.append(kept(alur, design))
    assert len(set(kept_at)) == 4

    for content in reversed(kept_at[:-1]):
        press("urungkan")
        assert kept(alur, design) == content
    for content in kept_at[1:]:
        press("ulangi")
        assert kept(alur, design) == content
    assert "ulangi" not in owner.get(steps(design)).text


def test_what_somebody_else_has_changed_since_is_not_taken_back(owner: Browser, alur: Alur, design: int) -> None:
    owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), name="Punya saya"))
    sent = values_of(owner.get(steps(design)).text, ".//input[@value='urungkan']")
    before, file = kept(alur, design), f"{PROCESS}.bpmn"
    theirs = before.replace(b'name="Terbitkan', b'name="Punya mereka')
    alur.engine.run(SaveDesign(design, {file: theirs}, {file: content_mark(before)}), system_actor(CITY))

    assert "urungkan" not in owner.get(steps(design)).text
    assert owner.post(steps(design), sent).status_code == 409
    answer = owner.post(steps(design), {**sent, "mark": content_mark(theirs)})
    assert answer.status_code == 409 and "tidak dapat diurungkan" in answer.text
    assert kept(alur, design) == theirs


def test_only_as_many_changes_are_offered_as_are_kept(owner: Browser, alur: Alur, design: int) -> None:
    for number in range(3):
        owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), name=f"Nama {number}"))
    gone = design_revision.delete().where(design_revision.c.design_id == design, design_revision.c.version == 2)
    with alur.database.writing() as write:
        write.execute(gone)

    page = owner.get(steps(design)).text
    assert re.search(r"Urungkan perubahan terakhir\s*\(1\)", page)
    answer = owner.post(steps(design), values_of(page, ".//input[@value='urungkan']"))
    assert answer.status_code == 200 and 'value="urungkan"' not in answer.text


def test_a_step_is_moved_copied_and_brought_from_another_process(owner: Browser, alur: Alur, design: int) -> None:
    address = steps(design, "/issue_decree/pindah")
    owner.post(address, filled(owner, address, how="copy", spot="flow:flow_find_authority__decide", lane="lane_agency"))
    assert diagram(alur, design).node("issue_decree_2").get("name") == diagram(alur, design).node("issue_decree").get(
        "name"
    )

    alur.engine.run(DeployRelease(shipped_releases()["award"], alur.catalogue), system_actor(CITY))
    address = steps(design, "/lain/salin")
    found: Any = html.fromstring(owner.get(address).text).xpath("//select[@name='rilis']/option[@value!='']/@value")
    address = f"{address}?rilis={found[0]}"
    listed: Any = html.fromstring(owner.get(address).text).xpath("//select[@name='step']/option[@value!='']/@value")
    sent = values_of(owner.get(address).text) | {"step": listed[0], "spot": "flow:flow_find_authority__decide"}
    answer = owner.post(address, sent)

    assert "sudah disalin" in answer.text
    assert owner.post(address, sent).status_code == 409
    assert owner.get(steps(design, "/proposed/pindah")).status_code == 404
    assert owner.get(f"{address}x").status_code == 404


def test_what_stands_beside_the_flow_is_listed_changed_and_deleted(owner: Browser, alur: Alur, design: int) -> None:
    address = steps(design, "/decide/tambah?apa=data")
    owner.post(address, filled(owner, address, variable="decision", line="keeps", name="Keputusan"))
    page = owner.get(steps(design)).text
    assert "Keputusan" in page and "diisi oleh" in page
    owner.post(steps(design, "/data_decision"), filled(owner, steps(design, "/data_decision"), name="Hasilnya"))
    assert b'name="Hasilnya"' in kept(alur, design)

    for part in ("decide_keeps", "data_decision"):
        owner.post(steps(design), {"mark": content_mark(kept(alur, design)), "bagian": part})

    assert b"decide_keeps" not in kept(alur, design)
    assert diagram(alur, design).find("decision") is None

    address = steps(design, f"/{PROCESS}/tambah?apa=listener")
    owner.post(address, filled(owner, address, trigger="signal", event_name="batal", name="Bila dibatalkan",
                               name_en="When cancelled"))  # fmt: skip
    start = next(one for one in diagram(alur, design).node("when_cancelled") if one.get("id") == "when_cancelled_start")
    address = steps(design, "/when_cancelled_start")
    owner.post(address, filled(owner, address, trigger="signal", event_name="batal"))

    assert start.get("isInterrupting") is None
    assert "Bila dibatalkan" in owner.get(steps(design)).text


def test_a_time_limit_and_an_end_are_added_at_a_step(owner: Browser, alur: Alur, design: int) -> None:
    address = steps(design, "/issue_decree/tambah?apa=edge")
    sent = filled(owner, address, trigger="timer", time_kind="timeDuration", time="P3D", name="3 hari")

    owner.post(address, sent)

    (event,) = diagram(alur, design).attached("issue_decree")
    assert event.get("name") == "3 hari"
    assert len(diagram(alur, design).outgoing(event.get("id", ""))) == 1


def test_steps_flows_and_lanes_are_deleted_and_lanes_are_added(owner: Browser, alur: Alur, design: int) -> None:
    def press(**values: str) -> str:
        return owner.post(steps(design), {"mark": content_mark(kept(alur, design)), **values}).text

    assert "sudah ditambahkan" in press(lakukan="lajur", nama="Bendahara", nama_en="Treasurer")
    assert "sudah dihapus" in press(bagian="lane_treasurer")
    assert "sudah dihapus" in press(bagian="record_award")
    assert "beberapa alur keluar" in press(bagian="is_granted")

    left = diagram(alur, design)
    assert left.find("record_award") is None
    assert [flow.get("targetRef") for flow in left.outgoing("issue_decree")] == ["awarded"]


def test_what_was_typed_is_kept_when_somebody_else_was_faster(owner: Browser, alur: Alur, design: int) -> None:
    sent = filled(owner, steps(design, "/decide"), name="Punya saya")
    owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), name="Punya mereka"))

    answer = owner.post(steps(design, "/decide"), sent)
    owner.post(steps(design, "/decide"), values_of(answer.text))

    assert answer.status_code == 409
    assert "Punya saya" in answer.text and "Punya mereka" in answer.text
    assert diagram(alur, design).node("decide").get("name") == "Punya saya"


def test_what_was_typed_about_a_part_that_was_deleted_meanwhile_is_shown(
    owner: Browser, alur: Alur, design: int
) -> None:
    sent = filled(owner, steps(design, "/record_award"), name="Punya saya")
    owner.post(steps(design), {"mark": content_mark(kept(alur, design)), "bagian": "record_award"})

    answer = owner.post(steps(design, "/record_award"), sent)

    assert answer.status_code == 409
    assert "sudah dihapus" in answer.text and "Punya saya" in answer.text
    assert owner.get(steps(design, "/record_award")).status_code == 404


def test_whoever_is_overtaken_while_it_is_saved_keeps_what_was_typed(
    owner: Browser, alur: Alur, design: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*arguments: Any) -> Saved:
        before, file = kept(alur, design), f"{PROCESS}.bpmn"
        theirs = before.replace(b'name="Putuskan penghargaan unit"', b'name="Punya mereka"')
        alur.engine.run(SaveDesign(design, {file: theirs}, {file: content_mark(before)}), system_actor(CITY))
        return change_diagram(*arguments)

    sent = filled(owner, steps(design, "/decide"), name="Punya saya")
    monkeypatch.setattr(part_views, "change_diagram", overtaken)
    answer = owner.post(steps(design, "/decide"), sent)

    assert answer.status_code == 409
    assert "Punya saya" in answer.text and "Punya mereka" in answer.text


def test_whoever_loses_every_race_with_others_who_save_sees_the_list_and_what_to_do(
    owner: Browser, alur: Alur, design: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_arguments: Any) -> Saved:
        raise Conflict()

    monkeypatch.setattr(outline_views, "change_diagram", lost)
    press = {"mark": content_mark(kept(alur, design)), "bagian": "record_award"}
    answer = owner.post(steps(design), press)
    alur.engine.run(DiscardDesign(design), system_actor(CITY))
    closed = owner.post(steps(design), press)

    assert (answer.status_code, closed.status_code) == (409, 409)
    assert "Daftar di bawah sudah yang terbaru; ulangi perubahan Anda." in answer.text
    assert "Catat penghargaan" in answer.text


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/decide", {"name": "Punya saya"}),
        ("/issue_decree/tambah?apa=edge", {"trigger": "timer", "time": "P3D", "name": "3 hari"}),
        ("/issue_decree/pindah", {"how": "copy", "spot": "flow:flow_find_authority__decide"}),
    ],
)
def test_what_was_typed_is_there_when_every_race_is_lost_and_when_the_design_was_put_away(
    owner: Browser,
    alur: Alur,
    design: int,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    typed: dict[str, str],
) -> None:
    def lost(*_arguments: Any) -> Saved:
        raise Conflict()

    sent = filled(owner, steps(design, address), **typed)
    with monkeypatch.context() as patched:
        patched.setattr(part_views, "change_diagram", lost)
        overtaken = owner.post(steps(design, address), sent)
    alur.engine.run(DiscardDesign(design), system_actor(CITY))
    closed = owner.post(steps(design, address), sent)

    assert (overtaken.status_code, closed.status_code) == (409, 409)
    assert values_of(overtaken.text).items() >= typed.items() <= values_of(closed.text).items()
    assert "tekan tombolnya sekali lagi" in overtaken.text
    assert "Mulailah rancangan baru" in closed.text
    button = "//main//form[.//input[@name='mark']]//button"
    assert html.fromstring(overtaken.text).xpath(button) and not html.fromstring(closed.text).xpath(button)


def test_a_problem_is_mended_by_its_button(owner: Browser, alur: Alur, design: int) -> None:
    before = kept(alur, design)
    broken = before.replace(b'unit_award_decision" result="decision"', b'unit_award_decision"')
    headers = {"If-Match": f'"{content_mark(before)}"', "X-CSRFToken": owner.token}
    address = f"/{CITY}/studio/rancangan/{design}/berkas/{PROCESS}.bpmn"
    assert owner.client.put(address, data=broken, headers=headers).status_code == 200
    sent = values_of(owner.get(steps(design)).text, ".//button[@name='cara'][@value='result']")

    assert owner.post(steps(design), {**sent, "cara": "result", "masalah": "9" * 5000}).status_code == 404
    answer = owner.post(steps(design), {**sent, "cara": "result"})

    assert "Masalahnya sudah diperbaiki" in answer.text
    assert "Tidak ada masalah" in answer.text


def mend_the_form(owner: Browser, alur: Alur, design: int) -> None:
    """Break the form of a step, and have a new one made by the button of the list."""
    before = kept(alur, design)
    broken = before.replace(
        b'<alur:form key="unit_award_decision" result="decision" />', b'<alur:form result="decision" />'
    )
    alur.engine.run(
        SaveDesign(design, {f"{PROCESS}.bpmn": broken}, {f"{PROCESS}.bpmn": content_mark(before)}), system_actor(CITY)
    )
    sent = values_of(owner.get(steps(design)).text, ".//button[@name='cara'][@value='new_form']")
    assert "sudah diperbaiki" in owner.post(steps(design), {**sent, "cara": "new_form"}).text


def go(owner: Browser, design: int, what: str) -> None:
    """Press the button that takes a change back, or makes it again."""
    owner.post(steps(design), values_of(owner.get(steps(design)).text, f".//input[@value='{what}']"))


def test_a_repair_of_several_files_is_taken_back_and_made_again_as_one(owner: Browser, alur: Alur, design: int) -> None:
    mend_the_form(owner, alur, design)
    mended = files_of(alur, design)

    go(owner, design, "urungkan")
    before = files_of(alur, design)
    go(owner, design, "ulangi")

    assert mended.keys() - before.keys() == {"forms/decide.json"}
    assert b'<alur:form key="decide" ' not in before[f"{PROCESS}.bpmn"]
    assert files_of(alur, design) == mended


def test_a_repair_of_several_files_stays_whole_when_somebody_has_gone_on_with_one_of_them(
    owner: Browser, alur: Alur, design: int
) -> None:
    mend_the_form(owner, alur, design)
    sent = values_of(owner.get(steps(design)).text, ".//input[@value='urungkan']")
    form = files_of(alur, design)["forms/decide.json"]
    theirs = {"forms/decide.json": form.replace(b"Catatan", b"Alasan")}
    alur.engine.run(SaveDesign(design, theirs, {"forms/decide.json": content_mark(form)}), system_actor(CITY))
    after = files_of(alur, design)

    assert 'value="urungkan"' not in owner.get(steps(design)).text
    assert owner.post(steps(design), sent).status_code == 409
    assert files_of(alur, design) == after


def test_what_a_form_is_filled_in_with_is_kept_under_the_name_of_its_step(
    owner: Browser, alur: Alur, design: int
) -> None:
    owner.post(steps(design, "/decide"), filled(owner, steps(design, "/decide"), result=""))

    assert b'<alur:form key="unit_award_decision" result="decide" />' in kept(alur, design)


def test_the_drawing_editor_is_offered_the_same_ways_out(owner: Browser, alur: Alur, design: int) -> None:
    file = f"{PROCESS}.bpmn"
    text = (
        kept(alur, design)
        .decode()
        .replace('unit_award_decision" result="decision', 'unit_award_decisio" result="decision')
    )
    headers = {"X-CSRFToken": owner.token}
    address = f"/{CITY}/studio/rancangan/{design}"

    found = owner.client.post(f"{address}/periksa", json={"files": {file: text}}, headers=headers).json
    assert found is not None
    (problem,) = [one for one in found["problems"] if one["code"] == "unknown_form"]
    asked = {"files": {file: text}, "problem": problem, "fix": problem["fixes"][0]["name"]}
    mended = owner.client.post(f"{address}/perbaiki", json=asked, headers=headers).json

    assert mended is not None
    assert mended["files"] == {file: kept(alur, design).decode()}


def test_a_closed_design_is_read_only_and_strangers_see_nothing(
    owner: Browser, alur: Alur, design: int, signed_in: SignIn
) -> None:
    sent = filled(owner, steps(design, "/decide"), name="Terlambat")
    alur.engine.run(DiscardDesign(design), system_actor(CITY))

    assert owner.post(steps(design, "/decide"), sent).status_code == 409
    assert "Simpan</button>" not in owner.get(steps(design, "/decide")).text
    teacher = signed_in(TEACHER)
    assert [teacher.get(steps(design, rest)).status_code for rest in ("", "/decide", "/decide/tambah")] == [404] * 3


def test_the_pages_speak_english_as_well(owner: Browser, design: int) -> None:
    owner.post("/bahasa", {"language": "en"})

    page = owner.get(steps(design)).text

    assert "Steps in their order" in page and "Decide on the award for the unit" in page
