"""A process owner builds the forms of a design: fields, tables, conditions, a preview and a try, without any script."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import html

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from processes.training.definitions import release_files
from processes.training.variables import NOMINATION
from tests.functional.browser import Browser
from tests.functional.conftest import settings_of
from tests.functional.town import ADMIN, CITY, SINCE, TEACHER, Moment, hash_quickly
from webapp.app import create_app
from webapp.wiring import build


@pytest.fixture(scope="module")
def app(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application of a city with a process owner and the training nomination; each test makes forms of its own."""
    home = tmp_path_factory.mktemp("forms") / "home"
    shutil.copytree(settled_home, home)
    with closing(build(settings_of(home), clock=Moment())) as alur:
        city = system_actor(CITY)
        alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, SINCE), city)
        alur.engine.run(DeployRelease(release_files(NOMINATION), alur.catalogue), city)
        yield hash_quickly(create_app(alur))


@pytest.fixture(scope="module")
def owner(app: Flask) -> Browser:
    """The browser of the process owner."""
    browser = Browser(app)
    browser.sign_in(ADMIN)
    return browser


@pytest.fixture(scope="module")
def forms(owner: Browser) -> str:
    """The address of the forms of a design of the training nomination."""
    return begun(owner)


def begun(owner: Browser) -> str:
    """Begin a design and return the address of its forms."""
    owner.get(f"/studio/proses/{NOMINATION}")
    answer = owner.post(f"/studio/proses/{NOMINATION}/rancangan", follow_redirects=False)
    owner.get("/bantuan")
    return str(answer.location).removeprefix(f"/{CITY}") + "/formulir"


def kept(owner: Browser, form: str) -> dict[str, Any]:
    """Return a form as the design holds it."""
    design, _, key = form.partition("/formulir/")
    answer = owner.client.get(f"/{CITY}{design}/berkas/forms/{key}.json")
    found: dict[str, Any] = json.loads(answer.data)
    return found


def inputs(owner: Browser) -> dict[str, str]:
    """Return what the builder would send as it stands, without a button."""
    tree: Any = html.fromstring(owner.page)
    (form,) = tree.xpath("//form[@id='builder']")
    return {str(name): str(value) for name, value in form.form_values() if name != "csrf_token"}


def line_of(owner: Browser, key: str) -> dict[str, str]:
    """Return what the list of forms would send about one of them, without a button."""
    tree: Any = html.fromstring(owner.page)
    (form,) = tree.xpath(f"//form[input[@name='key'][@value='{key}']]")
    return {str(name): str(value) for name, value in form.form_values() if name != "csrf_token"}


def press(owner: Browser, address: str, button: str, **typed: str) -> int:
    """Type something into the opened card and press a button of the builder."""
    values = {name.replace("__", "-"): text for name, text in typed.items()}
    return owner.post(address, {**inputs(owner), **values, "do": button}).status_code


def made(owner: Browser, forms: str) -> str:
    """Make a form, show it in the builder, and return its address."""
    owner.get(forms)
    fields = {"do": "new", "title-id": "Rincian biaya", "title-en": "Cost details"}
    answer = owner.post(forms, fields, follow_redirects=False)
    address = str(answer.location).removeprefix(f"/{CITY}")
    owner.get(address)
    return address


def test_the_list_says_who_asks_a_form_and_keeps_one_that_is_in_use(owner: Browser, forms: str) -> None:
    page = owner.get(forms).text

    assert "Persetujuan" in page
    assert owner.post(forms, {"do": "delete", "key": "training_approval"}).status_code == 200
    assert "masih dipakai langkah" in owner.text
    assert kept(owner, f"{forms}/training_approval")["fields"]


def test_a_new_key_goes_into_the_steps_that_ask_the_form(owner: Browser, forms: str) -> None:
    owner.get(forms)
    before = kept(owner, f"{forms}/training_review")

    owner.post(forms, {**line_of(owner, "training_review"), "do": "rename", "new": "persetujuan_pelatihan"})

    diagram = owner.client.get(f"/{CITY}{forms.removesuffix('/formulir')}/berkas/{NOMINATION}.bpmn").text
    assert kept(owner, f"{forms}/persetujuan_pelatihan") == before
    assert '"persetujuan_pelatihan"' in diagram
    assert '"training_review"' not in diagram
    assert owner.get(f"{forms}/training_review").status_code == 404
    owner.get(forms)
    owner.post(forms, {"do": "rename", "key": "persetujuan_pelatihan", "new": "../x"})
    assert "Kunci formulir terdiri atas" in owner.text


def test_a_copy_is_a_form_of_its_own_and_an_unused_one_can_go(owner: Browser, forms: str) -> None:
    owner.get(forms)
    owner.post(forms, {"do": "copy", "key": "training_approval"})
    owner.get(forms)

    owner.post(forms, {**line_of(owner, "training_approval_copy"), "do": "delete"})

    assert "Formulir dihapus." in owner.text
    assert owner.get(f"{forms}/training_approval_copy").status_code == 404


def test_a_form_that_was_changed_after_the_list_was_opened_stays(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    owner.get(forms)
    seen = line_of(owner, key := form.rpartition("/")[2])
    owner.get(form)
    press(owner, form, "open-0")
    press(owner, form, "save", **{"b-label-id": "Isian baru"})

    for button in ("delete", "rename"):
        owner.post(forms, {**seen, "do": button, "new": "lain"})
        assert "ulangi perubahan Anda" in owner.text

    assert kept(owner, f"{forms}/{key}")["fields"][0]["label"]["id"] == "Isian baru"


def test_a_repeating_table_and_a_field_with_a_condition_are_made_with_a_few_buttons(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    press(owner, form, "add", kind="table")
    press(owner, form, "save", **{"b-label-id": "Rincian", "b-label-en": "Items"})
    press(owner, form, "add", kind="radio")
    press(owner, form, "save", **{"b-label-id": "Di luar kota?", "b-label-en": "Out of town?"})
    press(owner, form, "add", kind="textarea")

    status = press(
        owner,
        form,
        "save",
        **{"b-label-id": "Alasan", "b-label-en": "Reason", "b-show-field": "out_of_town", "b-show-value": "ya"},
    )

    fields = {field["name"]: field for field in kept(owner, form)["fields"]}
    assert status == 200
    assert [column["type"] for column in fields["items"]["columns"]] == ["text", "money"]
    assert fields["reason"]["show_when"] == {"field": "out_of_town", "equals": "YES"}
    assert "Pratinjau" in owner.text
    assert 'data-when="out_of_town" data-equals="YES"' in owner.page


def test_what_is_filled_in_for_a_try_is_refused_or_shown_as_the_process_gets_it(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    press(owner, form, "add", kind="table")
    press(owner, form, "add", kind="computed")
    press(owner, form, "save", **{"b-label-en": "Total", "b-feel": "sum(table_2.amount)"})
    press(owner, form, "open-0")
    press(owner, form, "save", **{"b-show-field": "=feel", "b-show-value": "total > 1000"})
    rows = {"table_2-0-description": "Buku", "table_2-0-amount": "1.250.000"}

    refused = owner.post(f"{form}/coba", {**rows, "table_2-0-amount": "banyak"})
    taken = owner.post(f"{form}/coba?bahasa=en&lebar=sempit", {**rows, "table_2-0-amount": "1,250,000"})

    assert refused.status_code == 422
    assert "Tulis angka" in refused.text
    assert taken.status_code == 200
    assert '[{"description": "Buku", "amount": 1250000}]' in owner.text
    assert "total 1250000" in owner.text
    assert "is-narrow" in owner.page
    assert "Short text" in owner.text
    live = owner.post(f"{form}/hitung", {**rows, "table_2-0-amount": "2.000"}).json
    assert live == {"shown": {"text_1": True}, "values": {"total": "2.000"}}
    page = owner.get(form).text
    assert 'data-live="text_1" data-live-shown="false"' in page
    assert re.search(r'<output id="total"[^>]*>–</output>', page)
    assert page.count('aria-hidden="true">Rp</span>') == 1


def test_a_mistake_is_told_at_its_field_and_the_preview_waits(owner: Browser, forms: str) -> None:
    form = made(owner, forms)

    press(owner, form, "open-0")
    press(owner, form, "save", **{"b-label-en": "", "b-name": "if"})

    assert "Nama “if” sudah dipakai sistem" in owner.text
    assert "Pratinjau muncul setelah masalah" in owner.text
    assert owner.post(f"{form}/coba", {}).status_code == 422


def test_whoever_comes_second_keeps_what_he_typed(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    press(owner, form, "open-0")
    seen = inputs(owner)
    press(owner, form, "save", **{"b-label-id": "Nama kegiatan"})

    second = owner.post(form, {**seen, "b-label-id": "Judul kegiatan", "do": "save"})

    assert second.status_code == 409
    assert "sudah diubah orang lain" in owner.text
    assert inputs(owner)["b-label-id"] == "Judul kegiatan"
    assert press(owner, form, "save") == 200
    assert kept(owner, form)["fields"][0]["label"]["id"] == "Judul kegiatan"


def test_the_script_saves_with_the_mark_of_what_it_saw(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    press(owner, form, "open-0")
    typed = "opened=0&b-type=text&b-name=short&b-label-id=Nama&b-label-en=Name&do=remove-0"
    headers = {"If-Match": f'"{inputs(owner)["mark"]}"', "X-CSRFToken": owner.token, "X-Requested-With": "fetch"}

    saved = owner.client.put(f"/{CITY}{form}", data=typed, headers=headers)
    late = owner.client.put(f"/{CITY}{form}", data=typed.replace("Nama", "Judul"), headers=headers)

    assert (saved.status_code, late.status_code) == (200, 412)
    assert late.json is not None and late.json["by"] == ADMIN.name
    assert kept(owner, form)["fields"] == [{"name": "short", "type": "text", "label": {"id": "Nama", "en": "Name"}}]


def test_headings_move_with_their_fields_and_columns_among_themselves(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    for kind in ("heading", "table", "heading"):
        press(owner, form, "add", kind=kind)
    press(owner, form, "place-3-1")
    press(owner, form, "column-down-3-0")
    press(owner, form, "column-add-3", **{"column-kind": "date"})

    plain = kept(owner, form)

    assert [section["fields"] for section in plain["sections"]] == [[], ["text_1", "table_3"]]
    assert [column["type"] for column in plain["fields"][1]["columns"]] == ["money", "text", "date"]


def test_every_input_of_the_builder_has_its_label_and_every_id_is_there_once(owner: Browser, forms: str) -> None:
    form = made(owner, forms)
    for kind in ("table", "radio", "file", "computed"):
        press(owner, form, "add", kind=kind)
        owner.get(f"{form}?buka=1&bahasa=en&lebar=sempit")

        tree: Any = html.fromstring(owner.page)
        ids = tree.xpath("//@id")
        named = set(tree.xpath("//label/@for"))
        controls = tree.xpath("//form[@id='builder']//*[self::input[@type!='hidden' or not(@type)] or self::select]")

        assert sorted({one for one in ids if ids.count(one) > 1}) == []
        assert [one.get("id") for one in controls if one.get("id") not in named] == []


def test_the_forms_of_a_design_are_for_those_who_may_see_it(owner: Browser, forms: str, app: Flask) -> None:
    form = made(owner, forms)
    teacher = Browser(app)
    teacher.sign_in(TEACHER)

    for address in (forms, form, f"{form}/coba"):
        assert teacher.get(address).status_code == 404
    assert teacher.post(forms, {"do": "delete", "key": "cost_details"}).status_code == 404
    assert teacher.post(form, {"do": "remove-0"}).status_code == 404
    assert teacher.post(f"{form}/hitung", {}).status_code == 404


def test_a_design_that_was_put_away_is_only_shown(owner: Browser) -> None:
    forms = begun(owner)
    form = made(owner, forms)
    before = inputs(owner)
    owner.post(f"{forms.removesuffix('/formulir')}/singkirkan")

    page = owner.get(form).text

    assert "Rincian biaya" in page
    assert not re.search(r'value="(add|remove-0)"', page)
    assert owner.post(form, {**before, "do": "add", "kind": "text"}).status_code == 409
