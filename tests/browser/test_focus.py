"""After an error or a change in place, focus and a spoken sentence go to what changed."""

from datetime import UTC, datetime
from pathlib import Path
from re import compile as pattern

from playwright.sync_api import Locator, Page, expect

from tests.browser.arrival import settle
from tests.browser.conftest import Staff
from tests.browser.hands import Keyboard, Mouse, leave
from tests.browser.quarter import Quarter, control

COVERED = """element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const seen = document.elementFromPoint(x + width / 2, y + height / 2);
    return element !== seen && !element.contains(seen);
}"""


def live(page: Page) -> Locator:
    """Return the region that speaks."""
    return page.locator("#live")


def open_realisation(staff: Staff, tmp_path: Path) -> Keyboard:
    """Open the employee's task, to be used by keyboard."""
    quarter = Quarter(staff, "serang", tmp_path, hands=Keyboard, is_known=True)
    hands = quarter.open_task("employee", "Isi realisasi dan bukti dukung")
    assert isinstance(hands, Keyboard)
    return hands


def test_a_refused_form_speaks_its_errors_and_leads_to_the_fields(staff: Staff, tmp_path: Path) -> None:
    hands = open_realisation(staff, tmp_path)
    leave(hands, hands.page.get_by_role("button", name="Kirim", exact=True))

    expect(hands.page.locator("[data-error-summary]")).to_be_focused()
    hands.hit("Tab")
    hands.hit("Enter")

    field = control(hands, "R1__value")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(pattern("Isian ini wajib diisi"))
    expect(field).to_have_attribute("aria-invalid", "true")


def test_a_search_as_one_types_keeps_the_focus_and_says_how_much_it_found(staff: Staff) -> None:
    page = staff.page("serang", "appraiser")
    page.goto("/serang/tugas")
    box = page.get_by_label("Cari nama atau judul")

    box.press_sequentially("tidak ada orang ini", delay=5)

    expect(live(page)).to_have_text("0 tugas ditampilkan.")
    expect(box).to_be_focused()
    expect(page.get_by_role("heading", name="Tidak ada tugas yang cocok")).to_be_visible()


def test_a_draft_is_saved_and_spoken_while_the_focus_stays(staff: Staff, tmp_path: Path) -> None:
    hands = open_realisation(staff, tmp_path)
    field = control(hands, "R1__value")

    hands.write(field, "48,5")

    expect(live(hands.page)).to_have_text("Draf tersimpan pukul 10.00")
    expect(field).to_be_focused()
    expect(hands.page.locator("[data-draft-status]")).to_be_visible()


def test_a_field_that_appears_by_a_choice_comes_next(staff: Staff, tmp_path: Path) -> None:
    hands = open_realisation(staff, tmp_path)
    reason = control(hands, "R1__not_measurable")
    expect(reason).to_be_hidden()

    hands.press(hands.page.locator("summary").filter(has_text="Tidak dapat diukur").first)
    hands.tick(control(hands, "R1__unmeasured"))
    hands.hit("Tab")

    expect(reason).to_be_focused()
    expect(control(hands, "R1__value")).to_be_hidden()


def test_the_first_stop_leads_past_the_menu(staff: Staff) -> None:
    hands = Keyboard(staff.page("serang", "employee"))
    hands.page.goto("/serang/tugas")

    hands.hit("Tab")
    expect(hands.page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    hands.hit("Enter")

    expect(hands.page.get_by_role("main")).to_be_focused()


def test_the_progress_of_an_opening_quarter_is_spoken_when_it_changes(staff: Staff) -> None:
    staff.office.clock.now = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
    page = staff.page("serang", "verifier")
    page.clock.install()
    page.goto("/serang/triwulan/buka")
    for button in ("Lanjut", "Buka triwulan sekarang"):
        leave(Mouse(page), page.get_by_role("button", name=button))
    expect(page.get_by_text("Sedang dibuka")).to_be_visible()

    staff.office.work()
    page.clock.fast_forward("00:06")

    expect(live(page)).to_have_text(pattern(r"^[1-9]\d* dari \d+ kasus sudah dibuka\.$"))


def test_a_session_warns_in_time_and_asks_to_stay(staff: Staff) -> None:
    page = staff.page("serang", "employee")
    page.clock.install()
    page.goto("/serang/tugas")

    page.clock.fast_forward("18:30")

    stay = page.get_by_role("dialog").get_by_role("button", name="Tetap masuk")
    expect(stay).to_be_focused()
    stay.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_dangerous_button_asks_first_and_no_is_the_answer_at_hand(staff: Staff) -> None:
    hands = Keyboard(staff.page("serang", "admin"))
    hands.page.goto("/serang/admin/peran")
    end = hands.page.get_by_role("button", name="Akhiri").first

    hands.press(end)
    expect(hands.page.get_by_role("dialog").get_by_role("button", name="Akhiri peran")).to_be_visible()
    expect(hands.page.get_by_role("dialog").get_by_role("button", name="Batal")).to_be_focused()
    hands.hit("Enter")

    expect(end).to_be_focused()
    expect(hands.page.get_by_role("dialog")).to_be_hidden()


def test_a_case_has_its_diagram_with_the_watermark_and_the_same_as_text(staff: Staff) -> None:
    hands = Keyboard(staff.page("serang", "employee"))
    hands.page.goto(f"/serang/kasus/{staff.office.case_of('serang', 'employee')}")
    settle(hands.page)
    watermark = hands.page.locator(".bjs-powered-by")
    expect(watermark).to_be_visible()
    watermark.scroll_into_view_if_needed()
    assert not watermark.evaluate(COVERED)

    hands.press(hands.page.get_by_role("link", name="Baca alur ini sebagai teks"))

    steps = hands.page.locator("#steps")
    expect(steps).to_be_focused()
    expect(steps.get_by_role("listitem").filter(has_text="Isi realisasi dan bukti dukung")).to_contain_text("Rahmat")
    drawn = hands.page.locator("#diagram [data-element-id].djs-shape text").all_inner_texts()
    assert drawn, "the diagram is drawn"
