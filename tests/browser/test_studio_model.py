"""The diagram editor in Chromium: drawn with the keyboard alone, saved by itself, never over somebody else's change."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Staff
from tests.browser.hands import hear
from tests.browser.studio_model import CITY, Drawing, begin, begin_crowded, kept, open_drawing

PROCESS = "training_session"
RANK = "Susun peringkat"


@pytest.fixture
def drawing(staff: Staff) -> Drawing:
    """The diagram of a session of training, open before the process owner."""
    return open_drawing(staff.page(CITY, "owner"), begin(staff, PROCESS))


def test_a_step_is_added_named_saved_and_undone_with_the_keyboard_alone(staff: Staff, drawing: Drawing) -> None:
    page = drawing.page
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    drawing.walk_to("ArrowRight", "ArrowRight", name=RANK)
    hear(page, "Layanan sistem, Susun peringkat, lajur Sistem\\. Lanjut ke Ada usulan\\?\\.")

    drawing.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(".djs-direct-editing-content")).to_be_focused()
    page.keyboard.type("Minta pendapat")
    page.keyboard.press("Enter")

    expect(drawing.panel.get_by_label("Nama", exact=True)).to_have_value("Minta pendapat")
    drawing.wait_saved()
    assert 'id="minta_pendapat"' in kept(staff, drawing.design)
    expect(drawing.problems).to_contain_text("Minta pendapat")
    drawing.press("n")
    page.keyboard.press("Enter")
    drawing.name_it("Catat pendapat")
    drawing.press(*["Control+z"] * 4)
    expect(drawing.problems).to_contain_text("Tidak ada masalah")


def test_two_who_draw_at_once_join_what_both_have_done(staff: Staff, drawing: Drawing) -> None:
    other = open_drawing(drawing.page.context.new_page(), drawing.design)
    other.panel.get_by_label("Dasar hukum").fill("PermenPANRB 6/2022")
    other.wait_saved()

    drawing.panel.get_by_label("Tujuan penggunaan data").fill("Pengembangan kompetensi")
    dialog = drawing.page.get_by_role("dialog")
    expect(dialog).to_contain_text("PermenPANRB 6/2022")
    dialog.get_by_role("button", name="Gabungkan keduanya").click()

    drawing.wait_saved()
    expect(drawing.panel.get_by_label("Dasar hukum")).to_have_value("PermenPANRB 6/2022")
    diagram = kept(staff, drawing.design)
    assert "PermenPANRB 6/2022" in diagram and "Pengembangan kompetensi" in diagram
    staff.watch.faults[:] = [fault for fault in staff.watch.faults if not fault.startswith("412 for PUT")]


def test_what_came_before_a_fix_is_undone_and_redone_like_anything_else(staff: Staff, drawing: Drawing) -> None:
    page, shapes = drawing.page, drawing.page.locator(".djs-shape")
    before = shapes.count()
    drawing.walk_to("ArrowRight", "ArrowRight", name=RANK)
    drawing.panel.get_by_label("Nama", exact=True).fill("Urutkan usulan")
    drawing.press("Escape", "Home", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Delete")
    page.get_by_role("button", name="Tambahkan akhir sesudah langkah ini").click()
    expect(shapes).to_have_count(before + 2)  # an end, and its name below
    drawing.wait_saved()
    assert "Urutkan usulan" in kept(staff, drawing.design)
    expect(page.locator(".djs-minimap.open .djs-visual").first).to_be_attached()
    for _ in range(4):
        page.locator("[data-do=in]").click()

    drawing.press("Control+z", "Control+z", "Control+z")

    expect(shapes).to_have_count(before)
    expect(page.locator(".djs-minimap.open .djs-visual:empty")).to_have_count(0)  # of what is out of sight, too
    expect(drawing.problems).to_contain_text("Tidak ada masalah")
    drawing.wait_saved()
    assert RANK in kept(staff, drawing.design)
    drawing.press("Control+y", "Control+y", "Control+y")
    expect(shapes).to_have_count(before + 2)
    drawing.wait_saved()
    assert "Urutkan usulan" in kept(staff, drawing.design)


def test_many_problems_of_a_kind_are_one_line_that_opens_to_its_places_by_keyboard(staff: Staff) -> None:
    drawing = open_drawing(staff.page(CITY, "owner"), begin_crowded(staff))
    keyboard, problems = drawing.page.keyboard, drawing.problems
    expect(problems.get_by_role("heading")).to_have_text("Masalah (6)")
    expect(problems.locator("summary")).to_contain_text("Harus diperbaiki: 6 tempat")

    problems.locator("summary").focus()
    keyboard.press("Enter")
    expect(problems.locator("li li")).to_have_count(6)
    for key in ("Tab", "Tab", "Tab", "Enter"):  # past the first place and what mends it
        keyboard.press(key)

    expect(drawing.panel.get_by_label("Nama", exact=True)).to_have_value("Periksa berkas usulan 2")


@pytest.mark.long
def test_what_a_reload_left_does_not_write_over_what_another_one_has_drawn(staff: Staff, drawing: Drawing) -> None:
    other = open_drawing(drawing.page.context.new_page(), drawing.design)
    other.panel.get_by_label("Dasar hukum").fill("PermenPANRB 6/2022")
    other.wait_saved()
    drawing.panel.get_by_label("Tujuan penggunaan data").fill("Pengembangan kompetensi")
    expect(drawing.page.get_by_role("dialog")).to_be_visible()

    again = open_drawing(drawing.page, drawing.design)
    again.page.locator("[data-restore]").click()
    dialog = again.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Pakai punya saya")).to_be_visible()

    assert dialog.get_by_role("button", name="Gabungkan keduanya").count() == 0
    dialog.get_by_role("button", name="Pakai punya mereka").click()
    again.wait_saved()
    assert "PermenPANRB 6/2022" in kept(staff, drawing.design)
    staff.watch.faults[:] = [fault for fault in staff.watch.faults if not fault.startswith("412 for PUT")]


@pytest.mark.long
def test_what_is_drawn_without_a_connection_is_kept_and_sent_later(staff: Staff, drawing: Drawing) -> None:
    drawing.page.context.set_offline(True)
    drawing.panel.get_by_label("Lama data disimpan").fill("5 tahun")
    expect(drawing.page.locator("[data-studio=status]")).to_contain_text("jaringan terputus")
    assert "5 tahun" not in kept(staff, drawing.design)

    drawing.page.context.set_offline(False)

    drawing.wait_saved()
    assert "5 tahun" in kept(staff, drawing.design)
    staff.watch.faults[:] = [fault for fault in staff.watch.faults if "INTERNET_DISCONNECTED" not in fault]


@pytest.mark.long
def test_an_expression_is_helped_and_corrected_while_it_is_typed(staff: Staff, drawing: Drawing) -> None:
    drawing.walk_to("ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", name="Ya")
    field = drawing.panel.get_by_label("Dilalui bila")

    field.fill("count(rank")
    expect(drawing.panel.locator(".error:visible")).to_contain_text("belum ditutup")
    field.press("ArrowDown")
    field.press("Enter")
    drawing.page.keyboard.type(".rows) > 1")

    expect(field).to_have_value("count(ranking.rows) > 1")
    expect(drawing.panel.locator(".error:visible")).to_have_count(0)
    drawing.wait_saved()
    assert "count(ranking.rows) &gt; 1" in kept(staff, drawing.design)


@pytest.mark.long
def test_steps_go_from_one_process_to_another_and_patterns_in_behind_a_step(staff: Staff, drawing: Drawing) -> None:
    drawing.walk_to("ArrowRight", "ArrowRight", name=RANK)
    drawing.press("Control+c")
    there = open_drawing(drawing.page, begin(staff, "training_evaluation"))

    there.walk_to("ArrowRight", name="Tiga bulan kemudian")
    there.press("Control+v")
    expect(there.page.locator(".djs-shape", has_text="Susun")).to_have_count(1)
    there.press("Control+z")
    there.walk_to("ArrowRight", "ArrowRight", name="Tentukan penilai")
    there.page.get_by_text("Sisipkan pola").click()
    there.page.get_by_role("button", name="Penyetuju kedua di atas jumlah tertentu").click()

    expect(there.problems).to_contain_text("Setujui jumlah besar")
    there.press("Control+z")
    expect(there.problems).to_contain_text("Tidak ada masalah")
