"""What the people of a city do in a quarter, page by page; the tests say who does it how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from re import Pattern
from re import compile as pattern

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Staff
from tests.browser.hands import Hands, Mouse, hear, leave
from tests.browser.installation import persona

#: What the employee of each city reports: name of the input, and what is typed there.
REALISED: Mapping[str, Mapping[str, str]] = {
    "tebingtinggi": {
        "G1__pre_mean": "61,5",
        "G1__post_mean": "78,25",
        "G1__tested": "30",
        "G1__enrolled": "32",
        "G1__excused": "2",
        "G3__on_time": "9",
        "G3__received": "10",
        "G5__hours": "20",
    },
    "tanjungselor": {"S5__on_time": "18", "S5__due": "20", "S5__reopened": "1"},
    "serang": {"R1__value": "92,5"},
    "tanjungbalai": {"T1__value": "2,5", "T3__value": "110", "T5__value": "3"},
    "mataram": {"M3__value": "104", "M5__hours": "20"},
}
#: What the appraiser of each city measures: rubric levels by radio, figures by text.
RUBRIC: Mapping[str, Mapping[str, str]] = {
    "tebingtinggi": {"G2__level": "4"},
    "serang": {"R5__superior": "88"},
    "tanjungbalai": {"T4__panel_1": "4", "T4__panel_2": "4", "T4__panel_3": "3"},
    "mataram": {"M2__level": "4"},
}
VALUES = "berorientasi_pelayanan akuntabel kompeten harmonis loyal adaptif kolaboratif".split()
#: The smallest document that a PDF reader opens: one empty page.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

Seen = Callable[[str, Page], None]


def look_away(_name: str, _page: Page) -> None:
    """See a page without doing anything about it."""


@dataclass
class Quarter:
    """One employee's quarter in one city.

    :param hands: how everybody uses the pages.
    :param seen: called with a name for every page and state that somebody sees.
    :param is_known: nobody needs to sign in.
    :param tasks: where each task was that somebody opened, by its step.
    """

    staff: Staff
    city: str
    folder: Path
    hands: Callable[[Page], Hands] = Mouse
    seen: Seen = look_away
    person: str = "employee"
    is_known: bool = False
    tasks: dict[str, str] = field(default_factory=dict)
    _hands: dict[str, Hands] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The employee, by whose name people search."""
        return persona(self.city, self.person).name

    @cached_property
    def unit(self) -> str:
        """The unit whose predicate comes before the employee's rating."""
        return self.staff.office.unit_of(self.city, self.person)

    @cached_property
    def setter(self) -> str:
        """Who sets the predicate of the unit: the persona to whom the unit's case gave the task."""
        return next(part for part in ("superior", "official") if self._sets_predicate(part))

    def of(self, part: str) -> Hands:
        """Return the hands of a persona, signed in."""
        if part not in self._hands:
            self._hands[part] = self.hands(self._page(part))
        return self._hands[part]

    def open_task(self, part: str, step: str, about: str = "") -> Hands:
        """Let a persona find a task in the inbox and open it."""
        title = about or self.name
        hands = self.of(part)
        leave(hands, self._menu(hands.page, pattern("^Tugas")))
        self.seen(f"tugas {part}", hands.page)
        self._search(hands, title)
        leave(hands, hands.page.get_by_role("link", name=f"{step} – {title} · TW 3 2026", exact=True))
        expect(hands.page.get_by_role("heading", level=1)).to_have_text(step)
        self.tasks[step] = hands.page.url
        self.seen(step, hands.page)
        return hands

    def send(self, hands: Hands, button: str = "Kirim") -> None:
        """Send the form, and let the worker do what follows."""
        leave(hands, hands.page.get_by_role("button", name=button, exact=True))
        expect(hands.page.locator(".flash .tone-success")).to_be_visible()
        self.staff.office.work()
        self.seen("terkirim", hands.page)

    def enter_realisation(self) -> None:
        """The employee reports results, with a document as evidence."""
        hands = self.open_task(self.person, "Isi realisasi dan bukti dukung")
        for name, text in REALISED[self.city].items():
            hands.write(control(hands, name), text)
        hands.attach(control(hands, "evidence"), self._evidence())
        self.send(hands)

    def assess(self) -> None:
        """The appraiser measures, marks the seven values, and gives feedback."""
        hands = self.open_task("appraiser", "Isi rubrik, perilaku, dan umpan balik")
        for name, answer in RUBRIC.get(self.city, {}).items():
            self._enter(hands, name, answer)
        for value in VALUES:
            self._enter(hands, f"berakhlak_{value}__mark", "0")
        self._enter(hands, "feedback_tone", "positive")
        hands.write(control(hands, "feedback_text"), "Laporan selalu rapi dan tepat waktu.")
        self.send(hands)

    def set_predicate(self) -> None:
        """The superior of the unit sets how the unit did."""
        hands = self.open_task(self.setter, "Tetapkan predikat organisasi", self.unit)
        self._enter(hands, "predicate", "BAIK")
        hands.write(control(hands, "note"), "Rencana aksi triwulan ini tercapai.")
        self.send(hands)

    def confirm(self, *, override: bool = False) -> None:
        """The appraiser confirms both recommended ratings, or overrides that of the work with a reason."""
        hands = self.open_task("appraiser", "Tetapkan rating")
        work = "DIATAS_EKSPEKTASI" if override else "SESUAI_EKSPEKTASI"
        for rating, chosen in (("work", work), ("behaviour", "SESUAI_EKSPEKTASI")):
            self._enter(hands, rating, chosen)
            note = control(hands, f"{rating}_note")
            if self._differs(hands, rating, chosen):
                hands.write(note, "Berdasarkan bukti yang saya periksa sendiri.")
        self.send(hands)

    def sign(self) -> None:
        """The appraiser signs, and says why if the unit's ratings leave the guide."""
        hands = self.open_task("appraiser", "Tanda tangani evaluasi")
        self._enter(hands, "outcome", "sign")
        reason = control(hands, "justification")
        if reason.count():
            hands.write(reason, "Baru satu pegawai unit ini yang selesai dinilai.")
        self.send(hands)

    def hand_over(self) -> None:
        """The appraiser tells the employee in a dialogue."""
        hands = self.open_task("appraiser", "Sampaikan hasil dalam dialog kinerja")
        hands.write(control(hands, "dialogue_on"), "01/10/2026")
        hands.write(control(hands, "note"), "Hasil dan rencana perbaikan sudah dibicarakan bersama.")
        self.send(hands)

    def respond(self, answer: str) -> None:
        """The employee accepts the result, or objects to it."""
        hands = self.open_task(self.person, "Terima hasil atau ajukan keberatan")
        self._enter(hands, "answer", answer)
        if answer == "object":
            hands.write(control(hands, "reason"), "Bukti dukung saya belum ikut dihitung.")
        self.send(hands)

    def decide(self) -> None:
        """The appraiser's superior grants the objection."""
        hands = self.open_task("superior", "Periksa dan putuskan keberatan")
        self._enter(hands, "outcome", "change")
        self._enter(hands, "work", "DIATAS_EKSPEKTASI")
        self._enter(hands, "behaviour", "DIATAS_EKSPEKTASI")
        hands.write(control(hands, "reason"), "Bukti dukung diterima setelah diperiksa bersama.")
        self.send(hands)

    def until_rated(self) -> None:
        """Take the quarter to where the appraiser can rate."""
        self.enter_realisation()
        self.assess()
        self.set_predicate()

    def until_handed_over(self, *, override: bool = False) -> None:
        """Take the quarter to where the employee answers."""
        self.until_rated()
        self.confirm(override=override)
        self.sign()
        self.hand_over()

    def open_result(self, part: str = "") -> Hands:
        """Let somebody go from the last notice to the case, and from there to why the result is what it is."""
        hands = self.of(part or self.person)
        leave(hands, self._menu(hands.page, pattern("^Pemberitahuan")))
        self.seen("pemberitahuan", hands.page)
        leave(hands, hands.page.get_by_role("link", name=pattern("^Lihat kasus")).first)
        expect(hands.page.get_by_role("button", name="Tampilkan semua")).to_be_visible()
        self.seen("kasus", hands.page)
        leave(hands, hands.page.get_by_role("link", name=pattern("^Mengapa nilai")))
        self.seen("hasil", hands.page)
        return hands

    def _page(self, part: str) -> Page:
        if self.is_known:
            return self.staff.page(self.city, part)
        return self.staff.arrive(self.city, part, self.hands)

    def _enter(self, hands: Hands, name: str, answer: str) -> None:
        """Choose among radios, or type."""
        one = control(hands, name)
        if one.first.get_attribute("type") == "radio":
            hands.tick(hands.page.locator(f"[name='{name}'][value='{answer}']"))
        else:
            hands.write(one, answer)

    def _differs(self, hands: Hands, rating: str, chosen: str) -> bool:
        words = hands.page.locator(f"label:has([name='{rating}'][value='{chosen}'])").inner_text()
        return "disarankan" not in words

    def _search(self, hands: Hands, title: str) -> None:
        """Type into the search box, and the list follows by itself; who sees all tasks at once has no box."""
        box = hands.page.get_by_label("Cari nama atau judul")
        if box.count():
            hands.write(box, title)
            hear(hands.page, r"\d+ tugas ditampilkan\.")

    def _evidence(self) -> Path:
        file = self.folder / "laporan triwulan.pdf"
        file.write_bytes(PDF)
        return file

    def _sets_predicate(self, part: str) -> bool:
        rows = self.staff.office.tasks(self.city, part)
        return any(row.element == "set_org_predicate" and row.title.startswith(self.unit) for row in rows)

    def _menu(self, page: Page, name: Pattern[str]) -> Locator:
        return page.get_by_role("navigation", name="Navigasi utama").get_by_role("link", name=name)


def control(hands: Hands, name: str, form: str = "#task-form") -> Locator:
    """Return the input of a form with a name."""
    return hands.page.locator(form).locator(f"[name='{name}']")
