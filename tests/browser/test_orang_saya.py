"""A head rates forty people by keyboard, one by one, and signs them together; the keys are counted."""

from playwright.sync_api import Page, expect

from tests.browser.beforehand import ASSESSED, CITY, set_predicate, taught
from tests.browser.conftest import SCREENS, Staff
from tests.browser.hands import Keyboard, leave
from tests.browser.installation import Office

HEAD = "head_of_40"
PEOPLE = 40
#: Enter follows the recommendation, the arrow goes to the next one; the third is for whatever lies around them.
STROKES_A_PERSON = 3
FOCUSED = "document.activeElement.closest('[data-person]')?.dataset.person ?? ''"
IS_ON_SOMEBODY_ELSE = f"name => !['', name].includes({FOCUSED})"


def prepare(office: Office) -> None:
    """Bring the forty people of the head to where they wait for their ratings; their results differ."""
    team = [row for row in office.tasks(CITY, HEAD) if row.element == "assess_behaviour"]
    for number, row in enumerate(team):
        person = office.subject_of(row.case_id)
        (report,) = (one for one in office.tasks_of(CITY, person) if one.element == "record_realisation")
        office.complete(CITY, person, report, **taught(62 + number % 20))
        office.complete(CITY, office.person(CITY, HEAD), row, **ASSESSED)
    set_predicate(office, HEAD)
    office.work()


def rate_everybody(hands: Keyboard) -> int:
    """Follow every recommendation, one person after the other; return how many keys that took."""
    before = hands.strokes
    hands.reach(hands.page.locator("[data-person] input[type=radio]").first)
    for number in range(1, PEOPLE + 1):
        hands.hit("Enter")
        done = hands.page.locator("[data-people-done]").first
        expect(done).to_have_text(f"Rating {number} dari {PEOPLE} orang sudah dipilih")
        if number < PEOPLE:
            name = hands.page.evaluate(FOCUSED)
            hands.hit("ArrowDown")
            hands.page.wait_for_function(IS_ON_SOMEBODY_ELSE, arg=name)
    leave(hands, hands.page.get_by_role("button", name="Simpan penetapan"))
    return hands.strokes - before


def sign_together(hands: Keyboard) -> int:
    """Sign all of them on the page that shows their distribution; return how many keys that took."""
    before, page = hands.strokes, hands.page
    leave(hands, page.get_by_role("link", name=f"Tanda tangani bersama ({PEOPLE})"))
    reason = page.locator("#signing-form textarea")
    if reason.count():
        hands.write(reason, "Guru yang mencapai target dinilai sama, sesuai buktinya.")
    hands.tick(page.locator("#signing-form [name=confirmed]"))
    leave(hands, page.get_by_role("button", name="Tanda tangani"))
    return hands.strokes - before


def expect_signed(page: Page) -> None:
    """See that every one of the forty is signed."""
    expect(page.get_by_role("main").get_by_role("row").filter(has_text="Ditandatangani.")).to_have_count(PEOPLE)


def test_forty_people_are_rated_one_by_one_and_signed_together_by_keyboard(staff: Staff) -> None:
    prepare(staff.office)
    hands = Keyboard(staff.page(CITY, HEAD))
    hands.page.goto(f"/{CITY}/orang-saya")

    rating = rate_everybody(hands)
    signing = sign_together(hands)

    expect_signed(hands.page)
    SCREENS.mkdir(parents=True, exist_ok=True)
    counts = f"rating {PEOPLE} people: {rating} keys\nsigning them together: {signing} keys\n"
    (SCREENS / "keystrokes.txt").write_text(counts, encoding="utf-8")
    assert rating <= STROKES_A_PERSON * PEOPLE, counts
    assert signing <= 2 * PEOPLE, counts


def test_no_key_rates_two_people(staff: Staff) -> None:
    prepare(staff.office)
    hands = Keyboard(staff.page(CITY, HEAD))
    hands.page.goto(f"/{CITY}/orang-saya")
    hands.reach(hands.page.locator("[data-person] input[type=radio]").first)

    for key in ("Control+Enter", "Control+a", "Alt+1", "a", "Home", "Enter"):
        hands.hit(key)

    expect(hands.page.locator("[data-person]:has(input:checked)")).to_have_count(1)
